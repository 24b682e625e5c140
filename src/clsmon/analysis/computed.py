"""
Les mesures calculées depuis le dossier, par une règle nommée dans `calcul`.

Sans matière dans le dossier, une mesure est non calculable : jamais zéro.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from clsmon.analysis.attendance import meetings_held, sum_attendance
from clsmon.analysis.heads import Synthese
from clsmon.analysis.programme import count_actions, programmed_actions
from clsmon.analysis.wording import typeset
from clsmon.model.constat import Constat
from clsmon.model.dossier import Dossier, MesureSituee
from clsmon.model.statut import Statut

RegleCalcul = Callable[[Dossier, MesureSituee, int, Mapping[str, Synthese]], Constat]


def participation_instances(
    dossier: Dossier, situee: MesureSituee, exercice: int, syntheses: Mapping[str, Synthese]
) -> Constat:
    """
    Présents parmi les convoqués, en %, sur les séances tenues dans l'année civile de l'exercice.

    Une séance sans liste de convoqués ne compte pas ; une personne venue sans être convoquée non
    plus. Source : fiche 5.1, « taux de participation aux instances ».
    """
    del situee, syntheses
    assiduite = sum_attendance(meetings_held(dossier, exercice))
    return _rate(exercice, assiduite.presents, assiduite.convocations)


def actions_realisees(
    dossier: Dossier, situee: MesureSituee, exercice: int, syntheses: Mapping[str, Synthese]
) -> Constat:
    """
    Actions réalisées parmi les actions programmées, en %, pour un organisme.

    Cet organisme est le premier répondant de la mesure ; ses actions sont celles qu'il porte dans
    le programme de l'exercice, toutes fiches ensemble, réalisées quand son relevé le dit. Non
    calculable sans programme ou quand aucun état n'est déclaré ; incomplet quand il en manque.
    Source : fiche 5.1 ; le contrat ne définit pas « réalisation ».
    """
    porteur = next(iter(situee.repondants), None)
    siennes = [
        action
        for action in programmed_actions(dossier, exercice, syntheses)
        if porteur is not None and action.organisme == porteur
    ]
    realisation = count_actions(siennes)
    if porteur is None or realisation.taux is None:
        return Constat(exercice, Statut.NON_CALCULABLE)
    manque = (porteur,) if realisation.sans_etat else ()
    return _rate(exercice, realisation.realisees, realisation.programmees, manque)


def suivi_annuel_realise(
    dossier: Dossier, situee: MesureSituee, exercice: int, syntheses: Mapping[str, Synthese]
) -> Constat:
    """
    Oui quand le bilan de l'exercice est adopté, non quand sa vie est ouverte sans adoption.

    Non calculable quand le dossier ne dit rien de ce bilan. Source : fiche 5.2.
    """
    del situee, syntheses
    vie = dossier.exercices.get(exercice)
    if vie is None:
        return Constat(exercice, Statut.NON_CALCULABLE)
    return Constat(exercice, Statut.CALCULE, texte="oui" if vie.adopte else "non")


CALCULS: tuple[RegleCalcul, ...] = (
    participation_instances,
    actions_realisees,
    suivi_annuel_realise,
)
"""Les règles de `clsmon.model.fiche.REGLES_CALCUL` : chaque fonction porte le nom de la sienne."""


def describe_rule(nom: str) -> str:
    """Ce que calcule une règle, en mots ; vide si elle n'existe pas."""
    regle = _find_rule(nom)
    return typeset(regle.__doc__ or "") if regle else ""


def _find_rule(nom: str) -> RegleCalcul | None:
    return next((r for r in CALCULS if getattr(r, "__name__", "") == nom), None)


def compute_rule(
    dossier: Dossier, situee: MesureSituee, exercice: int, syntheses: Mapping[str, Synthese]
) -> Constat:
    """Le constat d'une mesure calculée ; non calculable si sa règle n'existe pas."""
    regle = _find_rule(situee.mesure.calcul.regle if situee.mesure.calcul else "")
    if regle is None:
        return Constat(exercice, Statut.NON_CALCULABLE)
    return regle(dossier, situee, exercice, syntheses)


def _rate(
    exercice: int, numerateur: int, denominateur: int, manque: tuple[str, ...] = ()
) -> Constat:
    if not denominateur:
        return Constat(exercice, Statut.NON_CALCULABLE)
    haut, bas = Decimal(numerateur), Decimal(denominateur)
    return Constat(exercice, Statut.CALCULE, haut / bas * 100, haut, bas, incomplet=manque)

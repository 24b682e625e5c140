"""La gouvernance d'un exercice : instances, présences, programme annuel et lieux."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from clsmon.analysis.attendance import (
    attendance_of,
    meetings_held,
    meetings_planned,
    sum_attendance,
)
from clsmon.analysis.heads import Synthese
from clsmon.analysis.places import compute_places
from clsmon.analysis.programme import count_actions, programmed_actions
from clsmon.model.bilan import BilanFiche
from clsmon.model.dossier import Dossier
from clsmon.model.gouvernance import (
    BilanInstance,
    BilanMembre,
    BilanProgramme,
    BilanSeance,
    Gouvernance,
    Minimum,
)
from clsmon.model.seance import EtatSeance, Seance

REGLE_REALISATION = "actions_realisees"
"""La règle de calcul qui désigne l'organisme dont les actions sont suivies (fiche 5.1)."""


def compute_governance(
    dossier: Dossier,
    exercice: int,
    jour: date,
    syntheses: Mapping[str, Synthese],
    fiches: Sequence[BilanFiche],
) -> Gouvernance:
    """
    La gouvernance de l'année civile de l'exercice, vue le jour `jour`.

    Les deux indicateurs de la fiche 5.1 se calculent des mêmes séances et des mêmes actions.
    Source : contrat, article 3 et fiche 5.1.
    """
    tenues = meetings_held(dossier, exercice)
    prevues = meetings_planned(dossier, exercice)
    codes = _instances(dossier, (*tenues, *prevues))
    return Gouvernance(
        instances=tuple(
            _compute_instance(dossier, code, (*tenues, *prevues), fini=jour.year > exercice)
            for code in codes
        ),
        membres=tuple(_compute_members(dossier, tenues, codes)),
        programme=_compute_programme(dossier, exercice, syntheses),
        lieux=compute_places(dossier, fiches),
    )


def _instances(dossier: Dossier, seances: Sequence[Seance]) -> tuple[str, ...]:
    """Les instances du contrat, puis celles que seule une séance nomme."""
    return tuple(dict.fromkeys([*dossier.contrat.instances, *(s.instance for s in seances)]))


def _compute_instance(
    dossier: Dossier, code: str, seances: Sequence[Seance], *, fini: bool
) -> BilanInstance:
    instance = dossier.contrat.instances.get(code)
    minimum = instance.minimum_annuel if instance else None
    siennes = [seance for seance in seances if seance.instance == code]
    tenues = [seance for seance in siennes if seance.etat is EtatSeance.TENUE]
    return BilanInstance(
        code=code,
        nom=instance.nom if instance else code,
        minimum=minimum,
        verdict=judge_minimum(minimum, len(tenues), fini=fini, enregistree=bool(seances)),
        tenues=tuple(
            BilanSeance(
                seance,
                attendance_of(seance),
                tuple(c for c in seance.excuses if c not in seance.presents),
            )
            for seance in tenues
        ),
        prevues=tuple(s for s in siennes if s.etat is EtatSeance.PREVUE),
    )


def judge_minimum(minimum: int | None, tenues: int, *, fini: bool, enregistree: bool) -> Minimum:
    """
    Le minimum annuel d'une instance est-il atteint ?

    `fini` : l'année est passée. Rien ne se juge quand le dossier n'enregistre aucune séance de
    l'année : on ne sait pas ce qui s'est tenu.
    """
    if minimum is None:
        return Minimum.SANS_MINIMUM
    if tenues >= minimum:
        return Minimum.ATTEINT
    if not enregistree:
        return Minimum.INCONNU
    return Minimum.NON_ATTEINT if fini else Minimum.EN_COURS


def _compute_members(
    dossier: Dossier, tenues: Sequence[Seance], codes: Sequence[str]
) -> Iterator[BilanMembre]:
    """Les signataires du contrat, puis les autres convoqués, dans l'ordre du registre."""
    convoques = {code for seance in tenues for code in seance.convoques}
    if not convoques:
        return
    signataires = dossier.contrat.signataires
    connus = [c for c in dossier.contrat.organismes if c in convoques and c not in signataires]
    inconnus = sorted(convoques - dossier.contrat.organismes.keys())
    for organisme in (*signataires, *connus, *inconnus):
        yield BilanMembre(
            organisme,
            organisme in signataires,
            tuple(
                sum_attendance((s for s in tenues if s.instance == code), organisme)
                for code in codes
            ),
        )


def _compute_programme(
    dossier: Dossier, exercice: int, syntheses: Mapping[str, Synthese]
) -> BilanProgramme:
    actions = programmed_actions(dossier, exercice, syntheses)
    porteurs = dict.fromkeys(action.organisme for action in actions)
    return BilanProgramme(
        actions=actions,
        ensemble=count_actions(actions),
        par_porteur=tuple(
            (porteur, count_actions(a for a in actions if a.organisme == porteur))
            for porteur in porteurs
        ),
        porteur_suivi=_followed_carrier(dossier, exercice),
    )


def _followed_carrier(dossier: Dossier, exercice: int) -> str | None:
    """Le premier répondant de la mesure que calcule la règle de réalisation, si elle est suivie."""
    return next(
        (
            situee.repondants[0]
            for situee in dossier.mesures.values()
            if situee.mesure.calcul is not None
            and situee.mesure.calcul.regle == REGLE_REALISATION
            and situee.suivie_en(exercice)
            and situee.repondants
        ),
        None,
    )

"""La matière de l'évaluation finale, réunie à partir du bilan de chaque exercice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from clsmon.analysis.bilan import compute_bilan
from clsmon.analysis.decisions import decisions_taken
from clsmon.analysis.evaluation_facts import compute_facts
from clsmon.analysis.evaluation_series import (
    LignesParAnnee,
    compute_series,
    find_disputed,
    find_unanswered,
    lines_by_year,
)
from clsmon.analysis.final_evaluation import compute_final_dates
from clsmon.model.bilan import Bilan, BilanFiche
from clsmon.model.dossier import Dossier
from clsmon.model.evaluation import (
    AnneeEvaluee,
    AxeEvalue,
    EtatExercice,
    Evaluation,
    FicheEvaluee,
    SeancesTenues,
    SortFiche,
)
from clsmon.model.fiche import Fiche, StatutFiche
from clsmon.model.releve import Avancement
from clsmon.model.seance import EtatSeance


def compute_evaluation(dossier: Dossier, jour: date) -> Evaluation:
    """
    Tous les exercices du contrat, vus le jour `jour`.

    Un exercice compte dès que sa campagne est ouverte ou qu'un formulaire est rendu ; les autres
    sont dits « à venir ». Rien n'est recalculé : chaque chiffre vient du bilan de son année.
    Source : contrat, article 7 et fiche 5.2.
    """
    annees = tuple(
        _compute_year(dossier, exercice, jour) for exercice in dossier.contrat.periode.exercices
    )
    bilans = tuple(annee.bilan for annee in annees if annee.bilan is not None)
    evaluation = Evaluation(
        contrat=dossier.contrat,
        date=jour,
        fin=compute_final_dates(dossier.contrat),
        annees=annees,
        axes=tuple(_compute_axes(dossier, bilans)),
        decisions=decisions_taken(dossier, jour),
        avenants=tuple(sorted(dossier.avenants, key=lambda avenant: avenant.numero)),
        sans_reponse=find_unanswered(dossier, bilans),
        discutes=find_disputed(bilans),
    )
    return replace(evaluation, faits=compute_facts(evaluation))


def _compute_year(dossier: Dossier, exercice: int, jour: date) -> AnneeEvaluee:
    vie = dossier.exercices.get(exercice)
    du = _is_due(dossier, exercice, jour) or bool(dossier.releves_de(exercice))
    bilan = compute_bilan(dossier, exercice, jour) if du else None
    etat = EtatExercice.A_VENIR
    if bilan is not None:
        rendu = any(organisme.releves for organisme in bilan.organismes)
        etat = EtatExercice.RENDU if rendu else EtatExercice.SANS_RETOUR
    return AnneeEvaluee(
        exercice=exercice,
        etat=etat,
        bilan=bilan,
        seances=_count_meetings(dossier, exercice, jour),
        adopte=(vie.adopte or "") if vie else "",
    )


def _is_due(dossier: Dossier, exercice: int, jour: date) -> bool:
    """Vrai quand la campagne est ouverte ; sans campagne au contrat, dès l'année suivante."""
    ouverture = dossier.contrat.ouverture(exercice)
    return jour.year > exercice if ouverture is None else jour >= ouverture


def _count_meetings(dossier: Dossier, annee: int, jour: date) -> tuple[SeancesTenues, ...]:
    tenues = Counter(
        seance.instance
        for seance in dossier.seances
        if seance.etat is EtatSeance.TENUE and seance.date.year == annee and seance.date <= jour
    )
    connues = any(seance.date.year == annee for seance in dossier.seances)
    return tuple(
        SeancesTenues(code, tenues[code] if connues else None, instance.minimum_annuel)
        for code, instance in dossier.contrat.instances.items()
    )


def _compute_axes(dossier: Dossier, bilans: Sequence[Bilan]) -> Iterator[AxeEvalue]:
    """Les axes dans l'ordre du contrat, puis les fiches qui n'en ont pas, s'il y en a."""
    lignes = lines_by_year(bilans)
    connus = {axe.id for axe in dossier.contrat.axes}
    for axe in dossier.contrat.axes:
        fiches = (fiche for fiche in dossier.fiches if fiche.axe == axe.id)
        yield AxeEvalue(axe, tuple(_compute_fiche(dossier, f, bilans, lignes) for f in fiches))
    sans_axe = [fiche for fiche in dossier.fiches if fiche.axe not in connus]
    if sans_axe:
        yield AxeEvalue(None, tuple(_compute_fiche(dossier, f, bilans, lignes) for f in sans_axe))


def _compute_fiche(
    dossier: Dossier, fiche: Fiche, bilans: Sequence[Bilan], lignes: LignesParAnnee
) -> FicheEvaluee:
    dits = tuple(
        (bilan.exercice, dite)
        for bilan in bilans
        for dite in bilan.fiches
        if dite.fiche.id == fiche.id
    )
    return FicheEvaluee(
        fiche=fiche,
        bilans=dits,
        series=tuple(
            compute_series(dossier, situee, lignes)
            for situee in dossier.mesures.values()
            if situee.fiche is fiche
        ),
        sorts=tuple(_fates(fiche, [dite for _, dite in dits])),
    )


def _fates(fiche: Fiche, dits: Sequence[BilanFiche]) -> Iterator[SortFiche]:
    """Ce que la fiche est devenue ; rien quand elle est suivie du début à la fin."""
    vigueur = fiche.vigueur
    if vigueur.debut is not None or vigueur.decision_debut is not None:
        yield SortFiche.AJOUTEE
    if vigueur.fin is not None or fiche.statut is StatutFiche.RETIREE:
        yield SortFiche.RETIREE
    if fiche.statut is StatutFiche.A_PROGRAMMER:
        yield SortFiche.A_PROGRAMMER
        return
    avancements = {dite.avancement for dite in dits if dite.avancement is not None}
    if dits and not avancements:
        yield SortFiche.SANS_AVANCEMENT
    elif avancements == {Avancement.NON_DEMARREE}:
        yield SortFiche.NON_DEMARREE

"""Les tableaux d'ensemble de l'évaluation finale : années, complétude, fiches, vie du contrat."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.bilan import Bilan
from clsmon.model.completude import Completude
from clsmon.model.echeance import spell_due
from clsmon.model.evaluation import AnneeEvaluee, Evaluation, FicheEvaluee, SortFiche
from clsmon.model.libelles import ETATS_ACTION, spell_date
from clsmon.model.releve import EtatAction
from clsmon.model.seance import NatureAvenant
from clsmon.render.cells import Annee, Cellule, Colonne, Tableau, Taux
from clsmon.render.overview import COLONNES_COMPLETUDE, completeness_cells, name_axis
from clsmon.render.spelling import spell_advance

A_VENIR = "à venir"
RETIREE, NON_DIT = "hors vigueur", "non répondu"
AVENANTS = {
    NatureAvenant.AXE: "axe",
    NatureAvenant.ORIENTATION: "orientation",
    NatureAvenant.PARTENAIRE: "partenaire",
    NatureAvenant.DUREE: "durée",
}


def year_columns(evaluation: Evaluation, largeur: float = 12) -> tuple[Colonne, ...]:
    """Une colonne par exercice du contrat."""
    return tuple(Colonne(str(a.exercice), largeur, nombre=True) for a in evaluation.annees)


def years_table(evaluation: Evaluation) -> Tableau:
    """Une ligne par exercice : ce qui est rendu, répondu, adopté et réalisé."""
    return Tableau(
        "Les exercices du contrat",
        (
            Colonne("Exercice", 10),
            Colonne("Collecte", 14),
            Colonne("Formulaires rendus", 14, nombre=True),
            Colonne("Organismes interrogés", 14, nombre=True),
            Colonne("Réponses reçues", 12, nombre=True),
            Colonne("Réponses attendues", 12, nombre=True),
            Colonne("Taux de réponse", 12, nombre=True),
            Colonne("Actions réalisées", 12, nombre=True),
            Colonne("Actions programmées", 13, nombre=True),
            Colonne("Bilan adopté par", 22),
        ),
        tuple(
            (Annee(a.exercice), a.etat.value, *_collected(a), *_realised(a), a.adopte or None)
            for a in evaluation.annees
        ),
    )


def _collected(annee: AnneeEvaluee) -> tuple[Cellule, ...]:
    if annee.bilan is None:
        return (None,) * 5
    organismes, completude = annee.bilan.organismes, annee.bilan.completude
    return (
        sum(bool(organisme.releves) for organisme in organismes),
        len(organismes),
        completude.renseignees + completude.estimees,
        completude.demandees - completude.sans_objet,
        _rate(completude),
    )


def _rate(completude: Completude | None) -> Cellule:
    return None if completude is None or completude.taux is None else Taux(completude.taux)


def _realised(annee: AnneeEvaluee) -> tuple[Cellule, Cellule]:
    if not annee.actions:
        return None, None
    return annee.count_actions(EtatAction.REALISEE), len(annee.actions)


def axes_table(evaluation: Evaluation) -> Tableau:
    """Le taux de réponse de chaque axe par année, puis de l'ensemble."""
    noms = {axe.axe.id if axe.axe else None: name_axis(axe) for axe in evaluation.axes}
    lignes = [
        (nom, *(_rate_of(a.bilan, axe) for a in evaluation.annees)) for axe, nom in noms.items()
    ]
    ensemble = (_rate(a.bilan.completude) if a.bilan else A_VENIR for a in evaluation.annees)
    return Tableau(
        "Taux de réponse par axe et par année",
        (Colonne("Axe", 44), *year_columns(evaluation)),
        (*lignes, ("Ensemble", *ensemble)),
    )


def _rate_of(bilan: Bilan | None, axe: str | None) -> Cellule:
    if bilan is None:
        return A_VENIR
    trouves = (a for a in bilan.axes if (a.axe.id if a.axe else None) == axe)
    return _rate(next((a.completude for a in trouves), None))


def organisms_table(evaluation: Evaluation) -> Tableau:
    """Le taux de réponse de chaque organisme par année ; vide s'il n'est pas interrogé."""
    par_annee = {
        b.exercice: {o.code: o.completude for o in b.organismes} for b in evaluation.bilans
    }
    codes = dict.fromkeys(code for completudes in par_annee.values() for code in completudes)
    registre = [code for code in evaluation.contrat.organismes if code in codes]
    return Tableau(
        "Taux de réponse par organisme et par année",
        (Colonne("Organisme", 34), *year_columns(evaluation)),
        tuple(
            (
                evaluation.contrat.nom_court(code),
                *(
                    _rate(par_annee[a.exercice].get(code)) if a.bilan else A_VENIR
                    for a in evaluation.annees
                ),
            )
            for code in dict.fromkeys([*registre, *codes])
        ),
    )


def completeness_long_table(evaluation: Evaluation) -> Tableau:
    """Une ligne par année et par axe, organisme ou ensemble, avec tous les comptes."""
    return Tableau(
        "Complétude : une ligne par année et par axe ou organisme",
        (Colonne("Année", 8), Colonne("Niveau", 12), Colonne("Nom", 44), *COLONNES_COMPLETUDE),
        tuple(ligne for annee in evaluation.annees for ligne in _completeness_rows(annee)),
    )


def _completeness_rows(evaluee: AnneeEvaluee) -> Iterator[tuple[Cellule, ...]]:
    annee, bilan = Annee(evaluee.exercice), evaluee.bilan
    if bilan is None:
        yield (annee, "ensemble", A_VENIR, *(None for _ in COLONNES_COMPLETUDE))
        return
    yield (annee, "ensemble", "Ensemble", *completeness_cells(bilan.completude))
    for axe in bilan.axes:
        yield (annee, "axe", name_axis(axe), *completeness_cells(axe.completude))
    for organisme in bilan.organismes:
        nom = bilan.contrat.nom_court(organisme.code)
        yield (annee, "organisme", nom, *completeness_cells(organisme.completude))


def meetings_table(evaluation: Evaluation) -> Tableau:
    """Les séances tenues par chaque instance, par année civile."""
    jour, contrat = evaluation.date, evaluation.contrat

    def spell(annee: AnneeEvaluee, rang: int) -> Cellule:
        tenues = annee.seances[rang].tenues
        if annee.exercice > jour.year:
            return A_VENIR
        if tenues is None:
            return "non connu"
        return f"{tenues} à ce jour" if annee.exercice == jour.year else tenues

    return Tableau(
        "Séances tenues par année civile",
        (
            Colonne("Instance", 30),
            Colonne("Minimum par an", 12, nombre=True),
            *year_columns(evaluation, 14),
        ),
        tuple(
            (instance.nom, instance.minimum_annuel, *(spell(a, rang) for a in evaluation.annees))
            for rang, instance in enumerate(contrat.instances.values())
        ),
    )


def fiches_table(evaluation: Evaluation) -> Tableau:
    """L'avancement de chaque fiche par année, et ce qu'elle est devenue."""
    return Tableau(
        "Avancement des fiches par année",
        (
            Colonne("Fiche", 50),
            *(Colonne(str(a.exercice), 14) for a in evaluation.annees),
            Colonne("Ce qu’elle est devenue", 44),
        ),
        tuple(
            (
                fiche.fiche.nom,
                *(_advance(fiche, annee) for annee in evaluation.annees),
                "\n".join(_spell_fate(fiche, sort) for sort in fiche.sorts),
            )
            for fiche in evaluation.fiches
        ),
    )


def _advance(fiche: FicheEvaluee, annee: AnneeEvaluee) -> str | None:
    if SortFiche.A_PROGRAMMER in fiche.sorts:
        return None
    if not fiche.fiche.en_vigueur(annee.exercice):
        return RETIREE
    dits = dict(fiche.bilans)
    return spell_advance(dits[annee.exercice].avancement) if annee.exercice in dits else A_VENIR


def _spell_fate(fiche: FicheEvaluee, sort: SortFiche) -> str:
    vigueur = fiche.fiche.vigueur
    quand, decision = {
        SortFiche.AJOUTEE: (vigueur.debut, vigueur.decision_debut),
        SortFiche.RETIREE: (vigueur.fin, vigueur.decision_fin),
    }.get(sort, (None, None))
    date_ = f" le {spell_date(quand)}" if quand else ""
    return f"{sort.value}{date_}{f' ({decision})' if decision else ''}"


def amendments_table(evaluation: Evaluation) -> Tableau:
    """Les avenants, signés ou à signer."""
    return Tableau(
        "Avenants",
        (
            Colonne("Numéro", 8, nombre=True),
            Colonne("Nature", 14),
            Colonne("Objet", 60),
            Colonne("Signé le", 18),
            Colonne("Signataires", 40),
            Colonne("Décision", 24),
        ),
        tuple(
            (
                avenant.numero,
                AVENANTS[avenant.nature],
                avenant.objet,
                avenant.signe_le or "non signé",
                ", ".join(evaluation.contrat.nom_court(code) for code in avenant.signataires),
                avenant.decision,
            )
            for avenant in evaluation.avenants
        ),
    )


def programme_table(evaluation: Evaluation) -> Tableau:
    """Une ligne par action de chaque programme annuel, et ce qui en est déclaré."""
    return Tableau(
        "Actions des programmes annuels",
        (
            Colonne("Exercice", 10),
            Colonne("Fiche", 40),
            Colonne("Action", 50),
            Colonne("Organisme", 20),
            Colonne("Échéance", 16),
            Colonne("État", 14),
        ),
        tuple(
            (
                Annee(annee.exercice),
                fiche.fiche.nom,
                suivie.action.libelle,
                evaluation.contrat.nom_court(suivie.organisme) if suivie.organisme else None,
                spell_due(suivie.action.echeance),
                ETATS_ACTION[suivie.etat] if suivie.etat else NON_DIT,
            )
            for annee in evaluation.annees
            for fiche, suivie in annee.actions
        ),
    )

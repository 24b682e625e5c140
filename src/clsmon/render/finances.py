"""L'argent montré : sommes par axe, fiche, organisme et financeur, ce qui manque, le contrat."""

from __future__ import annotations

from clsmon.model.bilan import Bilan
from clsmon.model.finances import (
    Somme,
    Sommes,
)
from clsmon.model.libelles import STATUTS
from clsmon.model.statut import Statut
from clsmon.render.amounts import spell_missing
from clsmon.render.cells import Cellule, Colonne, Montant, Tableau
from clsmon.render.overview import name_axis_of
from clsmon.render.planned import spell_written
from clsmon.render.spelling import INSECABLE

COLONNES_SOMMES = (
    Colonne("Dépenses prévues", 14, nombre=True),
    Colonne("Dépenses engagées", 14, nombre=True),
    Colonne("Dépenses réalisées", 14, nombre=True),
    Colonne("Aides notifiées", 14, nombre=True),
    Colonne("Aides versées", 14, nombre=True),
    Colonne("dont ARS, notifiées", 14, nombre=True),
    Colonne("dont ARS, versées", 14, nombre=True),
    Colonne("Montants déclarés", 12),
)
REGLES: tuple[tuple[str, str], ...] = (
    (
        "Argent",
        (
            "Les dépenses et les aides sont celles de chaque organisme, en euros, telles qu’il les "
            "déclare. Une dépense et une aide ne s’additionnent jamais : une aide paie une "
            "dépense. L’aide de l’ARS est montrée à part."
        ),
    ),
    (
        "Sommes d’argent",
        (
            "Chaque montant est celui d’un organisme, d’une fiche et d’un axe : les sommes par "
            "fiche, par axe, par organisme et, pour les aides, par financeur sont les mêmes. Un "
            "astérisque suit une somme à laquelle il manque un montant ; sans aucun montant, il "
            "n’y a pas de somme, et surtout pas zéro. De chaque répondant d’une fiche sont "
            "attendus trois montants de dépense et deux d’aide de l’ARS ; ce qu’il dit « sans "
            "objet » ne manque pas. Un montant à vérifier n’est pas compté."
        ),
    ),
    (
        "Montants écrits au contrat",
        (
            "Ils sont montrés tels quels, avec ce que le contrat laisse dans le doute, et ne sont "
            "ni additionnés, ni multipliés par un taux, ni répartis par année."
        ),
    ),
    (
        "Poste d’animateur santé",
        (
            "Le contrat ne connaît qu’un poste, nommé dans plusieurs fiches : une seule "
            "déclaration compte, la première chiffrée, en commençant par la fiche qui le "
            "finance. L’aide maximale de l’ARS est le moindre de deux montants : le taux maximum "
            "de la dépense éligible déclarée, ramenée à un ETP quand le temps le dépasse, et le "
            "plafond annuel. Le plafond n’est réduit ni selon le temps ni selon les mois : le "
            "contrat ne le dit pas. L’aide comparée est celle que l’ARS verse pour cette fiche."
        ),
    ),
)
"""Les règles de cette section, en mots."""


def sum_cell(somme: Somme) -> Cellule:
    """Une somme typée, marquée si elle est incomplète ; vide quand rien n'est déclaré."""
    if somme.total is None:
        return STATUTS[Statut.SANS_OBJET] if somme.sans_objet else None
    return Montant(somme.total, somme.incomplete)


def _sum_cells(sommes: Sommes) -> tuple[Cellule, ...]:
    declares = sommes.attendus - len(sommes.manquants)
    return (
        sum_cell(sommes.prevu),
        sum_cell(sommes.engage),
        sum_cell(sommes.realise),
        sum_cell(sommes.notifie),
        sum_cell(sommes.verse),
        sum_cell(sommes.ars_notifie),
        sum_cell(sommes.ars_verse),
        f"{declares} sur {sommes.attendus}" if sommes.attendus else "",
    )


def is_declared(bilan: Bilan) -> bool:
    """Vrai si au moins un montant est déclaré."""
    return any(montant.montant is not None for montant in bilan.finances.montants)


def axes_table(bilan: Bilan) -> Tableau:
    """Les sommes par axe, puis l'ensemble."""
    f = bilan.finances
    return Tableau(
        f"Par axe, {bilan.exercice} (astérisque : somme incomplète)",
        (Colonne("Axe", 44), *COLONNES_SOMMES),
        (
            *((name_axis_of(axe), *_sum_cells(sommes)) for axe, sommes in f.par_axe),
            ("Ensemble", *_sum_cells(f.ensemble)),
        ),
    )


def fiches_table(bilan: Bilan) -> Tableau:
    """Les sommes par fiche, et les organismes dont il manque un montant."""
    return Tableau(
        f"Par fiche, {bilan.exercice} (astérisque : somme incomplète)",
        (
            Colonne("Fiche", 30),
            Colonne("Écrit au contrat", 18),
            *COLONNES_SOMMES,
            Colonne("Ce qui manque", 50),
        ),
        tuple(
            (
                fiche.nom,
                spell_written(bilan, fiche),
                *_sum_cells(sommes),
                spell_missing(bilan, fiche),
            )
            for fiche, sommes in bilan.finances.par_fiche
        ),
    )


def organisms_table(bilan: Bilan) -> Tableau:
    """Les sommes par organisme."""
    return Tableau(
        f"Par organisme, {bilan.exercice} (astérisque : somme incomplète)",
        (Colonne("Organisme", 44), *COLONNES_SOMMES),
        tuple(
            (bilan.contrat.nom_court(code), *_sum_cells(sommes))
            for code, sommes in bilan.finances.par_organisme
        ),
    )


def funders_table(bilan: Bilan) -> Tableau:
    """Les aides par financeur : sommes, fiches et organismes aidés."""
    nom = bilan.contrat.nom_court
    return Tableau(
        f"Aides par financeur, {bilan.exercice} (astérisque : somme incomplète)",
        (
            Colonne("Financeur", 44),
            Colonne("Aides notifiées", 14, nombre=True),
            Colonne("Aides versées", 14, nombre=True),
            Colonne("Fiches aidées", 40),
            Colonne("Organismes aidés", 64),
        ),
        tuple(
            (
                nom(s.financeur),
                sum_cell(s.notifie),
                sum_cell(s.verse),
                ", ".join(fiche.id for fiche in s.fiches),
                ", ".join(nom(code) for code in s.organismes),
            )
            for s in bilan.finances.par_financeur
        ),
    )


def uncounted_words(bilan: Bilan) -> str:
    """Les montants reçus de fiches non suivies cet exercice, et qui les déclare."""
    noms = (f"{cle} ({bilan.contrat.nom_court(code)})" for cle, code in bilan.finances.hors_vigueur)
    return (
        "Montants reçus pour des fiches qui ne sont pas suivies cet exercice, gardés et non "
        f"comptés{INSECABLE}: {', '.join(noms)}."
    )


def nothing_declared(bilan: Bilan) -> str:
    """Ce qui se dit quand aucun montant n'est déclaré."""
    return f"Aucun montant n’est encore déclaré pour l’exercice {bilan.exercice}."

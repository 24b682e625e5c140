"""Une feuille par axe : où en sont ses fiches, leurs résultats de l'année, ce qui s'en dit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from clsmon.model.bilan import Bilan, BilanAxe
from clsmon.render.cells import Cellule, Colonne, Tableau
from clsmon.render.excel_blocks import Bloc, NouvellePage
from clsmon.render.excel_tables import (
    COLONNES_ACTIONS,
    COLONNES_INDICATEURS,
    action_rows,
    measure_row,
)
from clsmon.render.overview import COLONNES_COMPLETUDE, completeness_cells
from clsmon.render.spelling import INSECABLE, spell_advance, spell_completeness

LONGUEUR_DE_NOM = 31
"""Celle qu'un tableur permet au nom d'une feuille."""
RESULTATS = (0, 1, 2, 4, 5, 6, 8, 9, 10)
"""Les colonnes de « Indicateurs » qui se lisent dans l'année : ni l'année, ni les commentaires."""
RECITS = (0, 1, 2, 4, 5, 6)
"""Celles de « Actions » qui racontent : ni les lieux, ni l'argent."""


def name_sheets(axes: Sequence[BilanAxe]) -> tuple[str, ...]:
    """
    « Axe 1 », « Axe 2 », « Sans axe » : le nom de la feuille de chaque axe.

    C'est le rang de l'axe quand son identifiant est trop long, ou qu'un tableur, qui ignore la
    casse, le prendrait pour celui d'un autre.
    """
    noms = [f"Axe {axe.axe.id}" if axe.axe else "Sans axe" for axe in axes]
    fois = Counter(nom.casefold() for nom in noms)
    return tuple(
        nom if len(nom) <= LONGUEUR_DE_NOM and fois[nom.casefold()] == 1 else f"Axe n° {rang}"
        for rang, nom in enumerate(noms, 1)
    )


def axis_blocks(bilan: Bilan, axe: BilanAxe) -> Iterator[Bloc]:
    """L'avancement des fiches d'un axe, leurs résultats de l'année, puis les récits."""
    yield f"Complétude{INSECABLE}: {spell_completeness(axe.completude)}."
    if axe.a_programmer:
        titres = f"{INSECABLE}; ".join(fiche.titre for fiche in axe.a_programmer)
        yield f"Fiches à programmer{INSECABLE}: {titres}."
    if not axe.fiches:
        yield "Aucune fiche de cet axe n’est suivie cet exercice."
        return
    yield _advance_table(axe)
    yield _results_table(bilan, axe)
    yield NouvellePage.ICI
    yield _stories_table(bilan, axe)


def _advance_table(axe: BilanAxe) -> Tableau:
    return Tableau(
        "Avancement et réponses de chaque fiche",
        (Colonne("Fiche", 72), Colonne("Avancement", 16), *COLONNES_COMPLETUDE),
        tuple(
            (
                fiche.fiche.nom,
                spell_advance(fiche.avancement),
                *completeness_cells(fiche.completude),
            )
            for fiche in axe.fiches
        ),
    )


def _results_table(bilan: Bilan, axe: BilanAxe) -> Tableau:
    lignes = (
        measure_row(bilan, axe, ligne, ligne.constat)
        for fiche in axe.fiches
        for indicateur in fiche.indicateurs
        for ligne in indicateur.lignes
    )
    return Tableau(
        f"Résultats de {bilan.exercice}",
        tuple(COLONNES_INDICATEURS[rang] for rang in RESULTATS),
        tuple(_keep(ligne, RESULTATS) for ligne in lignes),
    )


def _stories_table(bilan: Bilan, axe: BilanAxe) -> Tableau:
    lignes = (ligne for fiche in axe.fiches for ligne in action_rows(bilan, axe, fiche))
    return Tableau(
        "Ce que chaque répondant en dit",
        tuple(COLONNES_ACTIONS[rang] for rang in RECITS),
        tuple(_keep(ligne, RECITS) for ligne in lignes),
    )


def _keep(ligne: tuple[Cellule, ...], rangs: tuple[int, ...]) -> tuple[Cellule, ...]:
    return tuple(ligne[rang] for rang in rangs)

"""Une feuille par axe : où en sont ses fiches, leurs résultats de l'année, ce qui s'en dit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

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
RESULTATS = {0: 8, 1: 56, 2: 16, 4: 16, 5: 16, 6: 40, 8: 24, 9: 16, 10: 16}
"""Les colonnes de « Indicateurs » qui se lisent dans l'année, et leur largeur ici."""
RECITS = {0: 40, 1: 16, 2: 16, 4: 56, 5: 40, 6: 40}
"""Celles de « Actions » qui racontent : ni les lieux, ni l'argent."""


A_FILTRER = (
    f"Pour trier ou filtrer{INSECABLE}: les feuilles Indicateurs et Actions, colonne Axe, ont une "
    "ligne par mesure et par réponse."
)
"""Des cellules fusionnées, qui se lisent et s'impriment bien, ne se trient pas."""


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
    yield A_FILTRER
    yield _advance_table(axe)
    yield _results_table(bilan, axe)
    yield NouvellePage.ICI
    yield _stories_table(bilan, axe)


def _advance_table(axe: BilanAxe) -> Tableau:
    return Tableau(
        "Avancement et réponses de chaque fiche",
        (
            Colonne("Fiche", 64),
            Colonne("Avancement", 16),
            *(replace(colonne, largeur=16) for colonne in COLONNES_COMPLETUDE),
        ),
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
        _resize(COLONNES_INDICATEURS, RESULTATS),
        tuple(_keep(ligne, RESULTATS) for ligne in lignes),
    )


def _stories_table(bilan: Bilan, axe: BilanAxe) -> Tableau:
    lignes = (ligne for fiche in axe.fiches for ligne in action_rows(bilan, axe, fiche))
    return Tableau(
        "Ce que chaque répondant en dit",
        _resize(COLONNES_ACTIONS, RECITS),
        tuple(_keep(ligne, RECITS) for ligne in lignes),
    )


def _resize(colonnes: Sequence[Colonne], largeurs: Mapping[int, float]) -> tuple[Colonne, ...]:
    """Les colonnes gardées, à la largeur qu'elles ont sur une page."""
    return tuple(replace(colonnes[rang], largeur=voulue) for rang, voulue in largeurs.items())


def _keep(ligne: tuple[Cellule, ...], rangs: Iterable[int]) -> tuple[Cellule, ...]:
    return tuple(ligne[rang] for rang in rangs)

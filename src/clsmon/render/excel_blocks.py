"""Une feuille de plusieurs tableaux, sur une même grille de colonnes étroites."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from clsmon.render.cells import Colonne, Tableau
from clsmon.render.excel_sheet import Feuille

UNITE = 8
"""La largeur d'une colonne de la grille, en caractères."""
UNITES = 26
"""Leur nombre : ce qui se lit encore sur une page A4 en paysage."""
GRILLE = tuple(Colonne("", UNITE) for _ in range(UNITES))
BORD = {"border": 1, "border_color": "#C9CDD2"}


class NouvellePage(Enum):
    """À l'impression, la suite commence une page."""

    ICI = "ici"


Bloc = Tableau | str | NouvellePage
"""Un tableau sous son titre, une phrase, ou un saut de page."""


def write_blocks(feuille: Feuille, titre: str, blocs: Sequence[Bloc]) -> None:
    """
    Écrit des tableaux et des phrases l'un sous l'autre ; un tableau vide n'est pas montré.

    Le titre reste à l'écran, et se répète sur chaque page imprimée.
    """
    feuille.set_widths(GRILLE)
    feuille.feuille.repeat_rows(feuille.ligne)
    feuille.write_title(titre)
    feuille.feuille.freeze_panes(feuille.ligne, 0)
    coupures: list[int] = []
    for bloc in blocs:
        if isinstance(bloc, str):
            feuille.write_wide(bloc, GRILLE)
        elif isinstance(bloc, NouvellePage):
            coupures.append(feuille.ligne)
        elif bloc.lignes:
            feuille.ligne += 1
            feuille.write_title(bloc.titre, 12)
            _write_spread(feuille, bloc)
            feuille.ligne += 1
    feuille.feuille.set_h_pagebreaks(coupures)
    feuille.feuille.print_area(0, 0, feuille.ligne, UNITES - 1)


def spans_of(colonnes: Sequence[Colonne]) -> tuple[int, ...]:
    """
    Le nombre de colonnes de la grille que prend chaque colonne d'un tableau.

    Chacune a au moins sa largeur arrondie ; si le tout dépasse, les plus larges cèdent d'abord.
    """
    portees = [max(1, round(colonne.largeur / UNITE)) for colonne in colonnes]
    while sum(portees) > UNITES and max(portees) > 1:
        portees[portees.index(max(portees))] -= 1
    return tuple(portees)


def _write_spread(feuille: Feuille, tableau: Tableau) -> None:
    portees = spans_of(tableau.colonnes)
    largeurs = [float(portee * UNITE) for portee in portees]
    rangs = [sum(portees[:rang]) for rang in range(len(portees))]
    places = list(zip(rangs, portees, largeurs, strict=True))
    for colonne, (rang, portee, _) in zip(tableau.colonnes, places, strict=True):
        style = feuille.heading_style(colonne)
        _merge(feuille, rang, portee, style)
        feuille.feuille.write_string(feuille.ligne, rang, colonne.titre, style)
    feuille.fit_row((c.titre for c in tableau.colonnes), (0.8 * w for w in largeurs))
    feuille.ligne += 1
    for cellules in tableau.lignes:
        for cellule, (rang, portee, largeur) in zip(cellules, places, strict=True):
            _merge(feuille, rang, portee, feuille.style(**BORD))
            feuille.write_cell(feuille.ligne, rang, cellule, {}, largeur)
        feuille.fit_row(cellules, largeurs)
        feuille.ligne += 1


def _merge(feuille: Feuille, rang: int, portee: int, style: object) -> None:
    """Une cellule de tableau large de plusieurs colonnes de la grille, encadrée."""
    if portee > 1:
        dernier = rang + portee - 1
        feuille.feuille.merge_range(feuille.ligne, rang, feuille.ligne, dernier, "", style)

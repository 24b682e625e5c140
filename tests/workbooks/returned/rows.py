"""One row of the sheet « Saisie », as its reader receives it."""

from __future__ import annotations

from collections.abc import Mapping

from clsmon.workbooks.layout import COLONNES_SAISIE
from clsmon.workbooks.reader.grid import Cellule, Nature
from clsmon.workbooks.returned.locating import Ligne

COLONNES = {colonne.cle: rang for rang, colonne in enumerate(COLONNES_SAISIE, start=1)}

DATE = Cellule("2025-04-03", Nature.DATE)
BOOLEEN = Cellule("VRAI", Nature.BOOLEEN)
ERREUR = Cellule("#DIV/0!", Nature.ERREUR)
FORMULE = Cellule("", Nature.FORMULE_SANS_RESULTAT, True)


def number(texte: str, *, formule: bool = False, pourcentage: bool = False) -> Cellule:
    return Cellule(texte, Nature.NOMBRE, formule, pourcentage)


def text(texte: str) -> Cellule:
    return Cellule(texte, Nature.TEXTE)


def row(**cellules: Cellule | str) -> Ligne:
    """Row 12; a plain text stands for a text cell."""
    return row_at(12, cellules)


def row_at(rangee: int, cellules: Mapping[str, Cellule | str]) -> Ligne:
    typees = {c: text(v) if isinstance(v, str) else v for c, v in cellules.items()}
    return Ligne("Saisie", rangee, COLONNES, typees)

"""Un tableau typé, montré tel quel par chaque format : les mêmes chiffres partout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clsmon.model.libelles import spell_date
from clsmon.render.spelling import (
    ABSENT,
    INSECABLE,
    spell_amount,
    spell_number,
    spell_rate,
)

INCOMPLETE = f"{INSECABLE}*"
"""Ce qui suit une somme d'argent incomplète ; le titre du tableau le dit."""


@dataclass(frozen=True)
class Taux:
    """Un taux en points de %."""

    points: Decimal


@dataclass(frozen=True)
class Montant:
    """Un montant en euros ; `incomplet` : une somme à laquelle il manque un montant."""

    euros: Decimal
    incomplet: bool = False


@dataclass(frozen=True)
class Annee:
    """Une année, qui ne prend pas d'espace des milliers."""

    annee: int


Cellule = str | int | Decimal | date | Taux | Montant | Annee | None
"""None : rien à montrer (un tiret dans un texte, une cellule vide dans un classeur)."""


@dataclass(frozen=True)
class Colonne:
    """
    Un titre de colonne et sa largeur en caractères ; `nombre` : alignée à droite.

    `technique` : pour filtrer et recouper dans un classeur, à droite, hors de ce qui s'imprime.
    """

    titre: str
    largeur: float = 14
    nombre: bool = False
    technique: bool = False


@dataclass(frozen=True)
class Tableau:
    """
    Des colonnes et des lignes de même longueur, sous un titre.

    Ligne par ligne, s'il y en a : `reperes`, son nom dans le document, unique ou vide ; `liens`,
    le repère où mène sa première cellule.
    """

    titre: str
    colonnes: tuple[Colonne, ...]
    lignes: tuple[tuple[Cellule, ...], ...]
    reperes: tuple[str, ...] = ()
    liens: tuple[str, ...] = ()


def spell_cell(cellule: Cellule) -> str:  # noqa: PLR0911 one return per kind of cell
    """Une cellule en français."""
    match cellule:
        case None | "":
            return ABSENT
        case Taux(points):
            return spell_rate(points)
        case Montant(euros, incomplet):
            return spell_amount(euros) + (INCOMPLETE if incomplet else "")
        case Annee(annee):
            return str(annee)
        case date():
            return spell_date(cellule)
        case int() | Decimal():
            return spell_number(cellule)
        case _:
            return cellule

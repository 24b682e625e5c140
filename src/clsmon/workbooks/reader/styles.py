"""What each cell style makes of a number: a date, a percentage, or the number itself."""

from __future__ import annotations

from enum import Enum, auto
from functools import lru_cache

from clsmon.workbooks.reader.container import LIMITES
from clsmon.workbooks.reader.markup import PartieIllisible, read_elements
from clsmon.workbooks.reader.serials import LITERAL, is_date_format

_POURCENTAGES = frozenset({9, 10})
"""Built-in formats « 0% » and « 0.00% » (ECMA-376-1 § 18.8.30)."""


GARDES = 64 * 1024
"""Jusqu'à combien d'octets les styles d'un classeur sont gardés pour le suivant."""


class Affichage(Enum):
    """Ce qu'un style de cellule montre d'un nombre."""

    NOMBRE = auto()
    DATE = auto()
    POURCENTAGE = auto()


def read_styles(octets: bytes) -> tuple[Affichage, ...]:
    """
    Pour chaque numéro de style de cellule, ce qu'il affiche. Lève `PartieIllisible`.

    Les classeurs d'un même formulaire ont les mêmes styles : les derniers lus sont gardés.
    """
    return _read_kept(octets) if len(octets) <= GARDES else _read_afresh(octets)


@lru_cache(maxsize=16)
def _read_kept(octets: bytes) -> tuple[Affichage, ...]:
    return _read_afresh(octets)


def _read_afresh(octets: bytes) -> tuple[Affichage, ...]:
    elements = read_elements(octets, "numFmts", "numFmt", "cellXfs", "xf")
    codes = {
        element.attributs.get("numFmtId", ""): element.attributs.get("formatCode", "")
        for element in elements
        if element.tag == "numFmt" and element.parent == "numFmts"
    }
    formats = [
        element.attributs.get("numFmtId", "0")
        for element in elements
        if element.tag == "xf" and element.parent == "cellXfs"
    ]
    if len(formats) > LIMITES.styles:
        raise PartieIllisible(f"{len(formats)} styles, la limite est {LIMITES.styles}")
    shown = {number: _shows(number, codes.get(number)) for number in set(formats)}
    # A cell that names no style has the first one; where none is declared, nothing can be a date.
    return tuple(shown[number] for number in formats) or (Affichage.NOMBRE,)


def _shows(number: str, code: str | None) -> Affichage:
    if not (number.isascii() and number.isdigit() and len(number) <= 9):
        raise PartieIllisible("un format de nombre y est mal désigné")
    if is_date_format(int(number), code):
        return Affichage.DATE
    if _is_percent_format(int(number), code):
        return Affichage.POURCENTAGE
    return Affichage.NOMBRE


def _is_percent_format(number: int, code: str | None) -> bool:
    """A « % » between quotes or after a backslash is only shown: it multiplies nothing."""
    if code is None:
        return number in _POURCENTAGES
    return "%" in LITERAL.sub("", code[:255])

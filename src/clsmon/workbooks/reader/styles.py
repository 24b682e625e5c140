"""What each cell style makes of a number: a date, a percentage, or the number itself."""

from __future__ import annotations

from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from clsmon.workbooks.reader.appearance import Apparence, read_format
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


class Style(NamedTuple):
    """Un style de cellule : ce qu'il fait d'un nombre, et ce qu'il montre à sa place."""

    affichage: Affichage
    apparence: Apparence = ()


def read_styles(octets: bytes) -> tuple[Style, ...]:
    """
    Pour chaque numéro de style de cellule, ce qu'il affiche. Lève `PartieIllisible`.

    Les classeurs d'un même formulaire ont les mêmes styles : les derniers lus sont gardés.
    """
    return _read_kept(octets) if len(octets) <= GARDES else _read_afresh(octets)


@lru_cache(maxsize=16)
def _read_kept(octets: bytes) -> tuple[Style, ...]:
    return _read_afresh(octets)


def _read_afresh(octets: bytes) -> tuple[Style, ...]:
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
    shown = {number: _read_style(number, codes.get(number)) for number in set(formats)}
    # A cell that names no style has the first one; where none is declared, nothing can be a date.
    return tuple(shown[number] for number in formats) or (Style(Affichage.NOMBRE),)


def _read_style(number: str, code: str | None) -> Style:
    if not (number.isascii() and number.isdigit() and len(number) <= 9):
        raise PartieIllisible("un format de nombre y est mal désigné")
    return style_of(int(number), code)


def style_of(number: int, code: str | None) -> Style:
    """Le style que donne un format de nombre ; `code` : None pour un format prédéfini."""
    if is_date_format(number, code):
        return Style(Affichage.DATE)
    apparence = read_format(code[:255]) if code is not None else ()
    if _is_percent_format(number, code):
        return Style(Affichage.POURCENTAGE, apparence)
    return Style(Affichage.NOMBRE, apparence)


def _is_percent_format(number: int, code: str | None) -> bool:
    """A « % » between quotes or after a backslash is only shown: it multiplies nothing."""
    if code is None:
        return number in _POURCENTAGES
    return "%" in LITERAL.sub("", code[:255])

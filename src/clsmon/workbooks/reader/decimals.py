"""The number of a cell, as exact decimal text."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal

CHIFFRES = 15
"""Significant digits a spreadsheet keeps (ECMA-376-1 § 18.3.1.96; IEEE 754 double)."""

_NUMBER = re.compile(
    r"[+-]?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,4})?", re.ASCII
)
# Half up, as Excel shows: writers cut a double at 16 digits, which makes ties of what was above.
_CONTEXT = Context(prec=CHIFFRES, rounding=ROUND_HALF_UP)
_LARGEST = Decimal("1.7976931348623157E308")
_SMALLEST = Decimal("4.9E-324")


def parse_number(texte: str) -> str | None:
    """
    L'écriture décimale de la valeur d'une cellule, sans exposant ni zéro inutile.

    Arrondie à 15 chiffres significatifs : « 0.30000000000000004 » donne « 0.3 », « 1.5E-3 »
    donne « 0.0015 », « -0 » donne « 0 ». None pour ce qui n'est pas un nombre fini de tableur :
    « 1e309 », « NaN », « 12,5 », chiffres non ASCII.
    """
    if len(texte) <= CHIFFRES and texte.isascii() and texte.isdigit() and texte[0] != "0":
        return texte
    if _NUMBER.fullmatch(texte) is None:
        return None
    value = Decimal(texte)
    if abs(value) > _LARGEST:
        return None
    if abs(value) < _SMALLEST:
        return "0"
    return format(_CONTEXT.plus(value).normalize(_CONTEXT), "f")

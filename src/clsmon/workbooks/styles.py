"""Which cell styles show a date."""

from __future__ import annotations

from clsmon.workbooks.container import LIMITES
from clsmon.workbooks.markup import PartieIllisible, read_elements
from clsmon.workbooks.serials import is_date_format


def read_date_styles(octets: bytes) -> list[bool]:
    """Pour chaque numéro de style de cellule : affiche-t-il une date ? Lève `PartieIllisible`."""
    elements = read_elements(octets, "numFmt", "cellXfs", "xf")
    codes = {
        element.attributs.get("numFmtId", ""): element.attributs.get("formatCode", "")
        for element in elements
        if element.tag == "numFmt"
    }
    formats = [
        element.attributs.get("numFmtId", "0")
        for element in elements
        if element.tag == "xf" and element.parent == "cellXfs"
    ]
    if len(formats) > LIMITES.styles:
        raise PartieIllisible(f"{len(formats)} styles, la limite est {LIMITES.styles}")
    shown = {number: _shows_date(number, codes.get(number)) for number in set(formats)}
    return [shown[number] for number in formats]


def _shows_date(number: str, code: str | None) -> bool:
    if not (number.isascii() and number.isdigit() and len(number) <= 9):
        raise PartieIllisible("un format de nombre y est mal désigné")
    return is_date_format(int(number), code)

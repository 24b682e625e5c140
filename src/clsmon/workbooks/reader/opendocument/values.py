"""From the attributes and the text of an .ods cell to what it says, or to why it is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from clsmon.workbooks.reader.appearance import is_dash, quote_shown
from clsmon.workbooks.reader.cell_values import TROP_LONG, CelluleIllisible
from clsmon.workbooks.reader.container import LIMITES
from clsmon.workbooks.reader.decimals import parse_number
from clsmon.workbooks.reader.grid import Cellule, Nature
from clsmon.workbooks.reader.serials import date_of_serial, parse_iso_date

_ERROR = re.compile(
    r"#(?:N/A|DIV/0!|VALUE!|VALEUR!|REF!|NAME\?|NOM\?|NUM!|NOMBRE!|NULL!|NUL!)"
    r"|(?:Err|Erreur)\s?:\s?[0-9]{3}",
    re.ASCII,
)
_CONSTANTS = {"of:=TRUE()": "VRAI", "of:=FALSE()": "FAUX"}
"""Formulas that LibreOffice writes for what was typed as a constant in another format."""

_BOOLEANS = {"true": "VRAI", "vrai": "VRAI", "false": "FAUX", "faux": "FAUX"}
_TIME = re.compile(
    r"PT(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9}(?:[.,][0-9]{1,9})?)S)?", re.ASCII
)
_WRITTEN = re.compile(r"[0-9]+(?:[ \u00a0\u202f\u2009.,'’][0-9]+)*", re.ASCII)
_INEXACT = re.compile(r"[0-9]E[+-]?[0-9]|/|^#+$")
"""What shows a number by an approximation of its own: exponent, fraction, column too narrow."""


def decode_cell(attributs: Mapping[str, str], texte: str | None) -> Cellule | None:
    """
    La cellule d'un .ods, ou None si elle est vide ; `texte` : ce qu'elle montre, None sans texte.

    Lève `CelluleIllisible` : rien n'est deviné.
    """
    written = attributs.get("table:formula", "")
    if written in _CONSTANTS:
        return Cellule(_CONSTANTS[written], Nature.BOOLEEN)
    formule = bool(written)
    montre = (texte or "").strip()
    told = attributs.get("calcext:value-type")
    if told == "error" or (told is None and _ERROR.fullmatch(montre)):
        return Cellule(montre, Nature.ERREUR, formule and not written.startswith("of:=#"))
    genre = attributs.get("office:value-type", "")
    if genre in ("float", "currency", "percentage"):
        return _decode_number(attributs, genre, texte, formule)
    if genre in ("", "string"):
        return _decode_text(attributs, texte, formule)
    return _decode_constant(attributs, genre, formule)


def _decode_text(attributs: Mapping[str, str], texte: str | None, formule: bool) -> Cellule | None:
    stored = attributs.get("office:string-value")
    if stored is not None and texte is not None and stored.split() != texte.split():
        raise CelluleIllisible("contient un autre texte que celui qu'elle montre")
    value = stored if stored is not None else texte
    if value is None:
        return Cellule("", Nature.FORMULE_SANS_RESULTAT, True) if formule else None
    if len(value) > LIMITES.texte:
        raise CelluleIllisible(TROP_LONG)
    return Cellule(value, Nature.TEXTE, formule) if value or formule else None


def _decode_number(
    attributs: Mapping[str, str], genre: str, texte: str | None, formule: bool
) -> Cellule:
    written = attributs.get("office:value")
    if written is None and formule and not texte:
        return Cellule("", Nature.FORMULE_SANS_RESULTAT, True)
    number = parse_number(written or "")
    if number is None:
        raise CelluleIllisible("ne contient pas un nombre lisible")
    word = _BOOLEANS.get((texte or "").strip().casefold())
    if word and number == ("1" if word == "VRAI" else "0"):
        return Cellule(word, Nature.BOOLEEN, formule)
    percent = genre == "percentage"
    montre = "" if texte is None or _shows(number, texte, percent) else quote_shown(texte)
    return Cellule(number, Nature.NOMBRE, formule, percent, montre)


def _shows(number: str, texte: str, percent: bool) -> bool:
    """The text is this number, rounded to the decimals it shows, whatever stands around it."""
    plain = texte.strip()
    if _INEXACT.search(plain) or (number == "0" and is_dash(plain)):
        return True
    value = abs(Decimal(number))
    if re.sub(r"[^0-9]", "", plain).lstrip("0") == str(value):
        return True  # a code cut by dashes: « 0-42272-00105-3 »
    wanted = (value, value * 100) if percent else (value,)
    return any(
        abs(candidate - expected) <= unit / 2
        for written in _WRITTEN.findall(plain)
        for candidate, unit in _readings(written)
        for expected in wanted
    )


def _readings(written: str) -> list[tuple[Decimal, Decimal]]:
    """What shown digits may be: (number, its last unit), without decimals, then with some."""
    parts = re.split(r"[^0-9]", written[:400])
    readings = [(Decimal("".join(parts)), Decimal(1))]
    if len(parts) > 1:
        unit = Decimal(1).scaleb(-len(parts[-1]))
        readings.append((Decimal("".join(parts)) * unit, unit))
    return readings


def _decode_constant(attributs: Mapping[str, str], genre: str, formule: bool) -> Cellule:
    word = attributs.get("office:boolean-value")
    if genre == "boolean" and word in ("true", "false"):
        return Cellule(_BOOLEANS[word], Nature.BOOLEEN, formule)
    if genre == "date" and (date := parse_iso_date(attributs.get("office:date-value", ""))):
        return Cellule(date, Nature.DATE, formule)
    if genre == "time" and (serial := _serial_of_time(attributs.get("office:time-value", ""))):
        return Cellule(date_of_serial(serial, False), Nature.DATE, formule)
    raise CelluleIllisible("a un contenu qui n'est pas celui de son type")


def _serial_of_time(written: str) -> str | None:
    """The same text as a time has in an .xlsx: a number of days."""
    match = _TIME.fullmatch(written)
    if match is None or not any(match.groups()):
        return None
    hours, minutes, seconds = (
        Decimal((group or "0").replace(",", ".")) for group in match.groups()
    )
    return parse_number(f"{(hours * 3600 + minutes * 60 + seconds) / 86400:.28f}")

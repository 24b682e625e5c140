"""Dates are numbers with a style: which styles, and which day a serial number is."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

_BUILTIN = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Built-in date and time formats (ECMA-376-1 § 18.8.30, with the East Asian ones)."""

LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
"""Ce qu'un format de nombre montre tel quel : ni une lettre de date, ni un « % »."""

_DATE_LETTER = re.compile(r"[dmyhs]", re.IGNORECASE)
_ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?Z?)?",
    re.ASCII,
)
_DAY = 86_400
_ORIGIN_1900 = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet knows no time zone
_ORIGIN_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 - a spreadsheet knows no time zone
_LEAP_BUG = 60
"""The serial of 29 February 1900, a day that never was (kept from Lotus 1-2-3)."""


def is_date_format(number: int, code: str | None) -> bool:
    """Le format de nombre affiche une date ou une heure ; `code` : le format personnalisé."""
    if code is None:
        return number in _BUILTIN
    section = LITERAL.sub("", code[:255]).split(";", 1)[0]
    if section.strip().casefold() in ("general", "standard"):
        return False
    return _DATE_LETTER.search(section) is not None


def date_of_serial(serial: str, calendrier_1904: bool) -> str:
    """
    La date ISO 8601 d'un numéro de série (jours), à la seconde près ; l'heure si elle n'est pas 0.

    Le numéro lui-même quand il n'est celui d'aucune date : négatif, 60 ou moins d'un jour dans le
    calendrier 1900, au-delà de l'an 9999.
    """
    if len(serial) > 24:
        return serial
    seconds = int((Decimal(serial) * _DAY).to_integral_value(ROUND_HALF_EVEN))
    day = seconds // _DAY
    if calendrier_1904:
        origin, first = _ORIGIN_1904, 0
    else:
        origin, first = _ORIGIN_1900 + timedelta(days=day < _LEAP_BUG), 1
        if day == _LEAP_BUG:
            return serial
    if day < first:
        return serial
    try:
        return _spell(origin + timedelta(seconds=seconds))
    except OverflowError:
        return serial


def parse_iso_date(texte: str) -> str | None:
    """La même écriture d'une cellule de type date (`t="d"`), ou None si ce n'est pas une date."""
    if _ISO.fullmatch(texte) is None:
        return None
    try:
        return _spell(datetime.fromisoformat(texte.removesuffix("Z")))
    except ValueError:
        return None


def _spell(moment: datetime) -> str:
    moment = moment.replace(microsecond=0)
    day, _, time = moment.isoformat().partition("T")
    return day if time == "00:00:00" else f"{day}T{time}"

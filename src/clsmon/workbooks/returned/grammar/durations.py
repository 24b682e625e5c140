"""Les durées composées : « 1h30 », « 1 h 05 min », dans une mesure en heures ou en minutes."""

from __future__ import annotations

import re
from decimal import Decimal

from clsmon.workbooks.returned.grammar.expected import Attendu
from clsmon.workbooks.returned.grammar.outcome import FRANCAIS, Lu
from clsmon.workbooks.returned.grammar.units import convert, find_unit

_HEURES_ET_MINUTES = re.compile(
    r"(0|[1-9][0-9]{0,4}) ?h(?:eures?)? ?([0-5][0-9])(?: ?(?:min|mn|minutes?)\.?)?",
    re.ASCII | re.IGNORECASE,
)


def read_duration(texte: str, attendu: Attendu) -> Lu | None:
    """La durée dans l'unité de la mesure ; None si elle n'y tombe pas juste, ou n'en est pas."""
    unite = find_unit(attendu.unite)
    compose = _HEURES_ET_MINUTES.fullmatch(re.sub(r"\s", " ", texte))
    if compose is None or unite is None or unite.famille != "minutes":
        return None
    minutes = Decimal(int(compose[1]) * 60 + int(compose[2]))
    lu = convert(Lu(minutes, FRANCAIS), Decimal(1), Decimal(unite.vaut))
    return lu and Lu(lu.nombre, "heures et minutes", dite=True)

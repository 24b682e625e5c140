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


def read_duration(texte: str) -> Decimal | None:
    """Les minutes d'une durée composée ; None si ce n'en est pas une."""
    compose = _HEURES_ET_MINUTES.fullmatch(re.sub(r"\s", " ", texte))
    return None if compose is None else Decimal(int(compose[1]) * 60 + int(compose[2]))


def apply_duration(minutes: Decimal, attendu: Attendu) -> Lu | None:
    """La durée dans l'unité de la mesure ; None si elle n'y tombe pas juste, ou n'y mène pas."""
    unite = find_unit(attendu.unite)
    if unite is None or unite.famille != "minutes":
        return None
    lu = convert(Lu(minutes, FRANCAIS), Decimal(1), Decimal(unite.vaut))
    return lu and Lu(lu.nombre, "heures et minutes", dite=True)

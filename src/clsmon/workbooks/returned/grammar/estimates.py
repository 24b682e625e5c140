"""L'estimation dite dans la cellule : « ~40 », « environ 40 », « 40 env. »."""

from __future__ import annotations

import re
import unicodedata

from clsmon.workbooks.returned.grammar.outcome import ESPACES

ESTIMATION = "estimation"

_MOTS = r"environ|env\.?|à peu près|a peu pres|approximativement|approx\.?"
_AVANT = re.compile(rf"(?:[~≈≃∼]|(?:{_MOTS})(?=[{ESPACES}0-9]))[{ESPACES}]*", re.IGNORECASE)
_APRES = re.compile(rf"[{ESPACES}]*(?<![a-zà-ÿ])(?:{_MOTS})", re.IGNORECASE)


def strip_estimate(texte: str) -> str | None:
    """Le texte sans le mot qui dit l'estimation ; None s'il n'y en a pas."""
    nu = unicodedata.normalize("NFC", texte)
    if avant := _AVANT.match(nu):
        return nu[avant.end() :]
    for apres in _APRES.finditer(nu):
        if apres.end() == len(nu):
            return nu[: apres.start()]
    return None

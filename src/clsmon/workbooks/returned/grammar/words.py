"""Les nombres en lettres, de un à 999 999 : l'orthographe de 1990, l'ancienne, la Suisse aussi."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clsmon.model.libelles import simplify

_MOTS = re.compile(r"[ \u2010-]")
_UNITES = ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
_DIX = ("dix", "onze", "douze", "treize", "quatorze", "quinze", "seize")
_DIX_ET_PLUS = (*_DIX, "dix sept", "dix huit", "dix neuf")
_DIZAINES = {
    "vingt": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    "septante": 70,
    "huitante": 80,
    "octante": 80,
    "nonante": 90,
}


def _spell_small() -> Iterator[tuple[str, int]]:
    """Chaque écriture des nombres de 1 à 99, mots séparés par des espaces."""
    yield from (("un", 1), ("une", 1), ("quatre vingts", 80))
    yield from ((mot, n) for n, mot in enumerate(_UNITES, start=2))
    yield from ((mot, n) for n, mot in enumerate(_DIX_ET_PLUS, start=10))
    for dizaine, base in (*_DIZAINES.items(), ("quatre vingt", 80)):
        et = "" if dizaine == "quatre vingt" else "et "
        yield dizaine, base
        yield from ((f"{dizaine} {et}{un}", base + 1) for un in ("un", "une"))
        yield from ((f"{dizaine} {mot}", base + n) for n, mot in enumerate(_UNITES, start=2))
    yield "soixante et onze", 71
    for dizaine, base in (("soixante", 70), ("quatre vingt", 90)):
        for n, mot in enumerate(_DIX_ET_PLUS):
            if (base, n) != (70, 1):
                yield f"{dizaine} {mot}", base + n


_PETITS = dict(_spell_small())
_CENTS, _MILLE = {"cent", "cents"}, "mille"


def read_words(texte: str) -> int | None:
    """Le nombre qu'un texte dit en lettres, accents et casse pardonnés ; None si un mot gêne."""
    mots = _MOTS.split(simplify(texte))
    if _MILLE not in mots:
        return _below_thousand(mots)
    place = mots.index(_MILLE)
    milliers = _multiple(mots[:place])
    reste = _rest(mots[place + 1 :])
    return None if milliers is None or reste is None else milliers * 1000 + reste


def _below_thousand(mots: list[str]) -> int | None:
    place = next((rang for rang, mot in enumerate(mots) if mot in _CENTS), None)
    if place is None:
        return _PETITS.get(" ".join(mots))
    if place > 1 or (place and mots[0] not in _UNITES) or (not place and mots[0] == "cents"):
        return None
    reste = _PETITS.get(" ".join(mots[place + 1 :])) if mots[place + 1 :] else 0
    centaines = _PETITS[mots[0]] if place else 1
    return None if reste is None else centaines * 100 + reste


def _multiple(mots: list[str]) -> int | None:
    """Ce qui précède « mille » : rien, ou un nombre d'au moins deux."""
    lu = _below_thousand(mots) if mots else 1
    return None if mots and lu == 1 else lu


def _rest(mots: list[str]) -> int | None:
    return _below_thousand(mots) if mots else 0

"""What a number format shows: the number, or something else that the person saw instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.reader.serials import LITERAL

_DASHES = frozenset("-–—")

RIEN = "rien"

_TOKEN = re.compile(rf"{LITERAL.pattern}|.", re.IGNORECASE | re.DOTALL)
_DIGIT = re.compile(r"[0#?]")
_SCALED = re.compile(r"[0#?](,+)(?![0#?,])")
_WORDS = ("general", "standard", "@")
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9]{1,15}(?:\.[0-9]{1,15})?)\]", re.ASCII)
_TESTS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lambda number, bound: number < bound,
    "<=": lambda number, bound: number <= bound,
    ">": lambda number, bound: number > bound,
    ">=": lambda number, bound: number >= bound,
    "=": lambda number, bound: number == bound,
    "<>": lambda number, bound: number != bound,
    "": lambda number, bound: True,  # noqa: ARG005 - the section of all that remains
}
_BY_SIGN = {1: ("",), 2: (">=", ""), 3: (">", "<", "")}
"""What chooses each section of a format without conditions, by their count; against zero."""


class Section(NamedTuple):
    """Une section d'un format : quels nombres y passent, et ce qu'elle montre à leur place."""

    operateur: str
    seuil: Decimal
    montre: str


Apparence = tuple[Section, ...]
"""Les sections d'un format, dans l'ordre ; vide quand chaque nombre est montré tel quel."""


@lru_cache(maxsize=1024)
def read_format(code: str) -> Apparence:
    """
    Ce qu'un format de nombre montre à la place du nombre (ECMA-376-1 § 18.8.31).

    « #,##0, » montre des milliers, « "ND" » un mot, « ;;; » rien ; un format ordinaire, avec unité,
    couleur ou comptable, donne un résultat vide. `code` : ses 255 premiers caractères.
    """
    if not code.strip():
        return ()
    written = _split(code)[:3]
    conditions = ["".join(tokens) for tokens in written]
    explicit = [_CONDITION.match(_without_colour(text)) for text in conditions]
    sections = tuple(
        Section(*_chooses(explicit, rank), _shows(tokens)) for rank, tokens in enumerate(written)
    )
    return sections if any(section.montre for section in sections) else ()


def shown_instead(number: str, apparence: Apparence) -> str:
    """Ce que la personne voit à la place de ce nombre : « « ND » », « rien » ; vide : le nombre."""
    if not apparence:
        return ""
    value = Decimal(number)
    for operateur, seuil, montre in apparence:
        if _TESTS[operateur](value, seuil):
            return "" if value == 0 and is_dash(montre) else montre
    return ""


def is_dash(texte: str) -> bool:
    """Un tiret, seul ou près d'un symbole : ce que montrent de zéro les formats de comptabilité."""
    return not _DASHES.isdisjoint(texte) and not any(c.isalnum() for c in texte)


def quote_shown(texte: str) -> str:
    """Un texte vu à la place d'un nombre, prêt pour une phrase : entre guillemets, ou « rien »."""
    texte = texte.strip()
    return f"« {shorten(texte)} »" if texte else RIEN


def _split(code: str) -> list[list[str]]:
    """The tokens of each section: a « ; » between quotes or after a backslash splits nothing."""
    sections: list[list[str]] = [[]]
    for part in _TOKEN.findall(code):
        if part == ";":
            sections.append([])
        else:
            sections[-1].append(part)
    return sections


def _without_colour(text: str) -> str:
    return re.sub(r"^(?:\[(?![<>=])[^\]]*\])+", "", text)


def _chooses(explicit: list[re.Match[str] | None], rank: int) -> tuple[str, Decimal]:
    condition = explicit[rank]
    if condition:
        return condition[1], Decimal(condition[2])
    if not any(explicit):
        return _BY_SIGN[len(explicit)][rank], Decimal(0)
    negatives = rank == 1 and len(explicit) == 3
    return ("<" if negatives else ""), Decimal(0)


def _shows(tokens: list[str]) -> str:
    bare = "".join(token for token in tokens if len(token) == 1)
    if scaled := _SCALED.search(bare):
        zeros = " 000" * len(scaled[1])
        return f"le nombre divisé par 1{zeros}"
    if _DIGIT.search(bare) or any(word in bare.casefold() for word in _WORDS):
        return ""
    return quote_shown("".join(map(_literal, tokens)))


def _literal(token: str) -> str:
    """What one token of a section without digits shows."""
    if len(token) == 1:
        return token
    if token.startswith("[$"):
        return token[2:-1].partition("-")[0]
    if token.startswith("_"):
        return " "
    return "" if token.startswith(("[", "*")) else token.removeprefix("\\").strip('"')

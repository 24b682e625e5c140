"""Au plus une suggestion, et seulement quand elle est proche."""

from __future__ import annotations

from collections.abc import Iterable

PROXIMITE_MIN = 70
"""Ressemblance minimale, de 0 à 100 (rapidfuzz, ratio)."""

PROXIMITE_SEULE = 85
"""Ressemblance minimale de deux libellés entiers, que seules distinguent une faute ou une coupe."""


def suggest(saisi: str, possibles: Iterable[str]) -> str | None:
    """Le mot possible le plus proche de `saisi`, ou None si aucun ne lui ressemble."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  loaded only when something is wrong

    trouve = process.extractOne(
        saisi.casefold(), sorted(possibles), scorer=fuzz.ratio, score_cutoff=PROXIMITE_MIN
    )
    return str(trouve[0]) if trouve else None


def suggest_only(saisi: str, possibles: Iterable[str]) -> str | None:
    """Le seul texte possible qui ressemble de près à `saisi` ; None si deux lui ressemblent."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  idem

    proches = process.extract(
        saisi, sorted(possibles), scorer=fuzz.ratio, score_cutoff=PROXIMITE_SEULE, limit=2
    )
    return str(proches[0][0]) if len(proches) == 1 else None


def advise(saisi: str, possibles: Iterable[str]) -> str:
    """Le conseil qui va avec un mot inconnu : la suggestion, sinon la liste si elle est courte."""
    connus = sorted(possibles)
    if proche := suggest(saisi, connus):
        return f"vouliez-vous dire « {proche} » ?"
    if connus and sum(map(len, connus)) <= 200:
        return "valeurs possibles : " + ", ".join(connus)
    return ""

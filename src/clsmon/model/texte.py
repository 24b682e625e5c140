"""Le texte des partenaires, débarrassé de ce qui ne se voit pas, avant toute sortie."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

_FINS_DE_LIGNE = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SUPPRIMEES = frozenset({"Cc", "Cf", "Cs"})
_SELECTEURS_CACHES = range(0xE0100, 0xE01F0)


@cache
def _is_kept(caractere: str) -> bool:
    if caractere == "\n":
        return True
    rang = ord(caractere)
    sans_caractere = rang & 0xFFFE == 0xFFFE or 0xFDD0 <= rang <= 0xFDEF
    cache = sans_caractere or rang in _SELECTEURS_CACHES
    return not cache and unicodedata.category(caractere) not in _SUPPRIMEES


@lru_cache(maxsize=4096)
def clean_text(texte: str) -> str:
    """
    Un texte sans caractère de contrôle, de largeur nulle ou de direction, ni demi-codet isolé.

    Toute fin de ligne devient un saut de ligne, une tabulation devient une espace, une espace fine
    insécable devient une espace insécable. Le reste est gardé tel quel, accents compris.
    """
    lignes = _FINS_DE_LIGNE.sub("\n", texte).replace("\t", " ").replace("\u202f", "\u00a0")
    for caractere in {c for c in set(lignes) if not _is_kept(c)}:
        lignes = lignes.replace(caractere, "")
    return lignes


def strip_stop(texte: str) -> str:
    """Une phrase citée au milieu d'une autre, sans son point final ; « etc. » garde le sien."""
    propre = texte.strip()
    return propre if propre.endswith(("..", "etc.")) else propre.removesuffix(".")

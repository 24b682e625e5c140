"""Une couleur de document : son contraste, et les teintes lisibles qui s'en déduisent."""

from __future__ import annotations

import re
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass
from functools import lru_cache

BLEU, BLANC, NOIR = "#0b5fa5", "#ffffff", "#000000"
VOILE, NUIT = "#f3f5f8", "#1a222c"
"""Les fonds les moins contrastés d'un texte de couleur : d'une page claire, d'une page sombre."""
LISIBLE = 4.5
"""Le contraste d'un texte que tous peuvent lire (WCAG 2.1 AA, RGAA)."""
AISE = 8.5
"""Celui de la teinte claire d'une page sombre, où les titres et les liens se cherchent de loin."""
_PAS = 0.01
_PART_PALE = 0.07


@dataclass(frozen=True)
class Teintes:
    """
    Ce qui se déduit d'une couleur assez foncée pour porter du blanc.

    `lien` : celle d'un texte, même sur un fond légèrement gris ; `pale` : un fond où la couleur
    elle-même se lit ; `nuit` : la teinte d'une page sombre.
    """

    accent: str
    lien: str
    pale: str
    nuit: str


def is_colour(texte: str) -> bool:
    """Vrai pour « #rrggbb »."""
    return bool(re.fullmatch("#[0-9a-fA-F]{6}", texte))


def contrast(une: str, autre: str) -> float:
    """Le rapport de contraste de deux couleurs, de 1 à 21 (WCAG 2.1)."""
    sombre, claire = sorted((_luminance(une), _luminance(autre)))
    return (claire + 0.05) / (sombre + 0.05)


def is_readable(couleur: str) -> bool:
    """Vrai si un texte blanc se lit sur cette couleur, et donc cette couleur sur du blanc."""
    return contrast(couleur, BLANC) >= LISIBLE


def darken(couleur: str, fond: str = BLANC) -> str:
    """La même couleur, assez foncée pour se lire sur ce fond clair."""
    return next(c for c in _towards(couleur, NOIR) if contrast(c, fond) >= LISIBLE)


@lru_cache(maxsize=64)
def tints_of(accent: str) -> Teintes:
    """Les teintes d'une couleur que `is_readable` accepte."""
    pales = _towards(_mix(BLANC, accent, _PART_PALE), BLANC)
    return Teintes(
        accent=accent,
        lien=darken(accent, VOILE),
        pale=next(p for p in pales if contrast(accent, p) >= LISIBLE),
        nuit=_lighten(accent),
    )


def _channels(couleur: str) -> tuple[float, float, float]:
    rouge, vert, bleu = (int(couleur[rang : rang + 2], 16) / 255 for rang in (1, 3, 5))
    return rouge, vert, bleu


def _spell(canaux: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(255 * canal):02x}" for canal in canaux)


def _luminance(couleur: str) -> float:
    rouge, vert, bleu = (
        canal / 12.92 if canal <= 0.04045 else ((canal + 0.055) / 1.055) ** 2.4
        for canal in _channels(couleur)
    )
    return 0.2126 * rouge + 0.7152 * vert + 0.0722 * bleu


def _mix(couleur: str, autre: str, part: float) -> str:
    paires = zip(_channels(couleur), _channels(autre), strict=True)
    return _spell(tuple(a + (b - a) * part for a, b in paires))


def _towards(couleur: str, autre: str) -> list[str]:
    """D'une couleur à l'autre, pas à pas, les deux comprises."""
    return [_mix(couleur, autre, pas * _PAS) for pas in range(round(1 / _PAS) + 1)]


def _lighten(accent: str) -> str:
    """La même teinte, éclaircie sans la délaver jusqu'à se lire à l'aise sur une page sombre."""
    teinte, clarte, vivacite = rgb_to_hls(*_channels(accent))
    eclaircies = (
        _spell(hls_to_rgb(teinte, clarte + (1 - clarte) * pas * _PAS, vivacite))
        for pas in range(round(1 / _PAS) + 1)
    )
    return next(c for c in eclaircies if contrast(c, NUIT) >= AISE)

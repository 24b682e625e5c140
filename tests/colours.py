"""The contrast of two colours, written again from WCAG 2.1 to check the tool's own."""

from __future__ import annotations


def luminance(couleur: str) -> float:
    """WCAG 2.1, « relative luminance »."""
    canaux = (int(couleur[rang : rang + 2], 16) / 255 for rang in (1, 3, 5))
    rouge, vert, bleu = (
        canal / 12.92 if canal <= 0.04045 else ((canal + 0.055) / 1.055) ** 2.4 for canal in canaux
    )
    return 0.2126 * rouge + 0.7152 * vert + 0.0722 * bleu


def contrast(une: str, autre: str) -> float:
    sombre, claire = sorted((luminance(une), luminance(autre)))
    return (claire + 0.05) / (sombre + 0.05)

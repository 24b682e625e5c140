"""Les couleurs et les motifs des graphiques : chaque état se reconnaît aussi sans la couleur."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from clsmon.model.releve import Avancement

BLEU, ORANGE, ROUGE, GRIS, ENCRE = "#0b5fa5", "#b35900", "#8b1a1a", "#5b6472", "#1b1f24"
BLANC, FILET = "#ffffff", "#c9ced6"
"""Le fond de tout graphique ; un filet qui ne fait que guider l'œil d'une ligne à l'autre."""

TEXTES = (ENCRE, GRIS, ROUGE)
"""Les couleurs d'un texte : contraste d'au moins 4,5 sur le fond."""
TRACES = (BLEU, ORANGE, ROUGE, GRIS, ENCRE)
"""Les couleurs d'un tracé qui dit quelque chose : contraste d'au moins 3 sur le fond."""


class Motif(StrEnum):
    """Comment une surface est remplie."""

    PLEIN = "plein"
    VIDE = "vide"
    TIRETS = "tirets"
    RAYE = "raye"
    VERTICAL = "vertical"
    CROISE = "croise"
    POINTS = "points"


@dataclass(frozen=True)
class Style:
    """La couleur et le motif d'une surface."""

    couleur: str
    motif: Motif = Motif.PLEIN


STYLES: Mapping[Avancement | None, Style] = {
    Avancement.REALISEE: Style(BLEU),
    Avancement.EN_COURS: Style(BLEU, Motif.RAYE),
    Avancement.NON_DEMARREE: Style(GRIS, Motif.VIDE),
    Avancement.REPORTEE: Style(ORANGE, Motif.POINTS),
    Avancement.SUSPENDUE: Style(ORANGE, Motif.VERTICAL),
    Avancement.ABANDONNEE: Style(ROUGE, Motif.CROISE),
    None: Style(GRIS, Motif.TIRETS),
}
"""Chaque avancement a son motif ; None : non déclaré."""

_DESSINS: Mapping[Motif, str] = {
    Motif.RAYE: '<path d="M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4" stroke-width="3"/>',
    Motif.VERTICAL: '<path d="M2,0 v8" stroke-width="3"/>',
    Motif.CROISE: '<path d="M0,0 l8,8 M0,8 l8,-8" stroke-width="2"/>',
    Motif.POINTS: '<path d="M4,4 h0.01" stroke-width="4.5" stroke-linecap="round"/>',
}


def _pattern_id(graphique: str, style: Style) -> str:
    return f"{graphique}-{style.motif}-{style.couleur[1:]}"


def fill(graphique: str, style: Style) -> str:
    """Les attributs qui remplissent une surface ; `graphique` rend le nom du motif unique."""
    fond = BLANC
    if style.motif is Motif.PLEIN:
        fond = style.couleur
    elif style.motif in _DESSINS:
        fond = f"url(#{_pattern_id(graphique, style)})"
    tirets = ' stroke-dasharray="4 3"' if style.motif is Motif.TIRETS else ""
    return f'fill="{fond}" stroke="{style.couleur}" stroke-width="2"{tirets}'


def define_patterns(graphique: str, corps: str) -> str:
    """Les motifs dont le corps d'un graphique se sert, et eux seuls."""
    styles = {
        _pattern_id(graphique, style): style
        for style in (Style(couleur, motif) for couleur in TRACES for motif in _DESSINS)
    }
    return "".join(
        f'<pattern id="{nom}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="{BLANC}"/>'
        f'<g stroke="{style.couleur}" fill="none">{_DESSINS[style.motif]}</g></pattern>'
        for nom, style in styles.items()
        if f"url(#{nom})" in corps
    )

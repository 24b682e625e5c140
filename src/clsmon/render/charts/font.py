"""Les polices du moteur de mise en page : celles que l'outil apporte, aucune du poste."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import typst

POLICE = "Liberation Sans"
"""Celle que l'outil apporte : les mesures d'Arial, qui décident de la place de chaque mot."""

_POLICES = re.compile(r'font-family="[^"]*"')


def set_font(svg: str, police: str = POLICE) -> str:
    """Le même dessin, dans cette seule police."""
    return _POLICES.sub(f'font-family="{police}"', svg)


@cache
def load_fonts(polices: Path) -> typst.Fonts:
    """Les polices de ce dossier, et elles seules : les mêmes pages sur toute machine."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[polices]
    )

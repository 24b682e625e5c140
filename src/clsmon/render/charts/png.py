"""Un graphique en PNG, pour les documents qui ne montrent pas de SVG."""

from __future__ import annotations

from pathlib import Path

import typst

from clsmon.render.charts.drawing import Graphique
from clsmon.render.charts.font import load_fonts, set_font

ECHELLE = 1.5
"""Les points d’image par unité du dessin : quelque 190 au pouce une fois imprimé dans la page."""
_SOURCE = (
    b"#set page(width: auto, height: auto, margin: 0pt)\n"
    b'#image(bytes(sys.inputs.svg), format: "svg")\n'
)


def render_png(graphique: Graphique, polices: Path) -> bytes:
    """
    Le dessin en PNG, les mêmes octets sur toute machine.

    `polices` : le dossier de celles que l'outil apporte ; aucune n'est prise du poste.
    """
    return typst.compile(
        _SOURCE,
        format="png",
        ppi=96.0 * ECHELLE,
        sys_inputs={"svg": set_font(graphique.svg)},
        font_paths=load_fonts(polices),
    )

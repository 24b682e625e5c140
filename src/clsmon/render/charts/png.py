"""Un graphique en PNG, pour les documents qui ne montrent pas de SVG."""

from __future__ import annotations

import typst

from clsmon.render.charts.drawing import Graphique

ECHELLE = 2
"""Deux points d'image par unité du dessin, qui en a 96 au pouce : net une fois imprimé."""
_SOURCE = (
    b"#set page(width: auto, height: auto, margin: 0pt)\n"
    b'#image(bytes(sys.inputs.svg), format: "svg")\n'
)


def render_png(graphique: Graphique) -> bytes:
    """
    Le dessin en PNG, les mêmes octets sur toute machine.

    Les polices sont celles du moteur, jamais celles du poste.
    """
    return typst.compile(
        _SOURCE,
        format="png",
        ppi=96.0 * ECHELLE,
        sys_inputs={"svg": graphique.svg},
        ignore_system_fonts=True,
    )

"""Un graphique en PNG, pour les documents qui ne montrent pas de SVG."""

from __future__ import annotations

import typst

from clsmon.render.charts import Graphique

POINTS_PAR_POUCE = 192.0
"""Deux points d'image par unité du dessin : net une fois imprimé."""
_SOURCE = (
    b"#set page(width: auto, height: auto, margin: 0pt)\n"
    b'#image(bytes(sys.inputs.svg), format: "svg")\n'
)


def render_png(graphique: Graphique) -> bytes:
    """Le dessin en PNG ; les polices sont celles du moteur, les mêmes sur toute machine."""
    return typst.compile(
        _SOURCE,
        format="png",
        ppi=POINTS_PAR_POUCE,
        sys_inputs={"svg": graphique.svg},
        ignore_system_fonts=True,
    )

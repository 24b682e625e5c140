"""Les graphiques du bilan, en SVG lisibles sans couleur, avec leur texte de remplacement."""

from __future__ import annotations

from clsmon.render.charts.bars import (
    describe_advance,
    describe_completeness,
    draw_advance,
    draw_completeness,
)
from clsmon.render.charts.bullets import draw_bullets
from clsmon.render.charts.drawing import Graphique
from clsmon.render.charts.money import draw_money
from clsmon.render.charts.multiples import draw_measures
from clsmon.render.charts.palette import BLEU
from clsmon.render.charts.strip import draw_strips

__all__ = (
    "BLEU",
    "Graphique",
    "describe_advance",
    "describe_completeness",
    "draw_advance",
    "draw_bullets",
    "draw_completeness",
    "draw_measures",
    "draw_money",
    "draw_strips",
)

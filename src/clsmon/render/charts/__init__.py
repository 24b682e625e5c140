"""Les graphiques du bilan, en SVG lisibles sans couleur, avec leur texte de remplacement."""

from __future__ import annotations

from collections.abc import Mapping

from clsmon.model.bilan import Bilan
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
    "draw_charts",
    "draw_completeness",
    "draw_front",
    "draw_measures",
    "draw_money",
    "draw_strips",
    "render_charts",
)


def draw_front(bilan: Bilan) -> tuple[Graphique, ...]:
    """Les graphiques de la première page."""
    return (draw_advance(bilan), draw_completeness(bilan))


def draw_charts(bilan: Bilan) -> tuple[Graphique, ...]:
    """Tous les graphiques d'un bilan, dans l'ordre du document."""
    return (
        *draw_front(bilan),
        *draw_strips(bilan),
        *draw_bullets(bilan),
        *(image for fiche in bilan.fiches for image in draw_measures(bilan, fiche)),
        *draw_money(bilan),
    )


def render_charts(bilan: Bilan) -> Mapping[str, str]:
    """Les graphiques à poser à côté du Markdown : nom de fichier, texte SVG."""
    return {graphique.fichier: graphique.svg for graphique in draw_charts(bilan)}

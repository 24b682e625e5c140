from __future__ import annotations

from clsmon.model.bilan import Bilan
from clsmon.model.releve import Avancement
from clsmon.render.charts.bars import draw_advance, draw_completeness
from clsmon.render.overview import AVANCEMENTS_MONTRES
from clsmon.render.spelling import spell_advance

from .samples import bilan_of_fiches, texts_of


def test_each_advance_is_counted_by_name_where_it_fits() -> None:
    bilan = bilan_of_fiches([Avancement.EN_COURS] * 5 + [Avancement.NON_DEMARREE])
    image = draw_advance(bilan)
    assert "en cours\u00a0: 5" in texts_of(image)
    assert "1" in texts_of(image)
    assert image.texte == "Axe 1 – Axe ordinaire\u00a0: en cours 5, non démarrée 1."


def test_the_legend_names_what_is_drawn_and_nothing_else() -> None:
    tous = draw_advance(bilan_of_fiches(list(AVANCEMENTS_MONTRES)))
    assert {spell_advance(a) for a in AVANCEMENTS_MONTRES} <= set(texts_of(tous))
    seul = texts_of(draw_advance(bilan_of_fiches([Avancement.REALISEE] * 2)))
    assert "réalisée" in seul
    assert "en cours" not in seul


def test_an_axe_without_fiche_says_so() -> None:
    image = draw_advance(bilan_of_fiches([]))
    assert "aucune fiche suivie" in texts_of(image)
    assert "aucune fiche suivie" in image.texte


def test_completeness_is_written_at_the_end_of_its_track(bilan: Bilan) -> None:
    image = draw_completeness(bilan)
    assert "66,7\u00a0%" in texts_of(image)
    assert "6 réponses sur 9, soit 66,7\u00a0%" in image.texte

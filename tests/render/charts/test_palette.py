from __future__ import annotations

import pytest

from clsmon.model.releve import Avancement
from clsmon.render.charts.palette import (
    BLANC,
    STYLES,
    TEXTES,
    TRACES,
    Motif,
    Style,
    define_patterns,
    fill,
)
from tests.colours import contrast


def test_the_measure_of_contrast_is_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("couleur", TEXTES)
def test_a_text_is_readable_on_white(couleur: str) -> None:
    assert contrast(couleur, BLANC) >= 4.5


@pytest.mark.parametrize("couleur", TRACES)
def test_a_shape_is_seen_on_white(couleur: str) -> None:
    assert contrast(couleur, BLANC) >= 3


def test_each_avancement_has_its_own_pattern_without_colour() -> None:
    assert set(STYLES) == {*Avancement, None}
    assert len({style.motif for style in STYLES.values()}) == len(STYLES)
    assert {style.couleur for style in STYLES.values()} <= set(TRACES)


@pytest.mark.parametrize("motif", Motif)
def test_a_pattern_is_defined_only_where_it_is_used(motif: Motif) -> None:
    style = Style(TRACES[0], motif)
    corps = f"<rect {fill('image', style)}/>"
    definis = define_patterns("image", corps)
    assert (f'id="image-{motif}-' in definis) is ("url(#" in corps)
    assert definis.count("<pattern") == corps.count("url(#")
    assert define_patterns("autre", corps) == ""

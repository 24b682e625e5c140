from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest

from clsmon.model.bilan import Bilan
from clsmon.render.charts import render_charts

from .hostile import HOSTILES

SVG = "{http://www.w3.org/2000/svg}"


def texts_of(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}text")]


def test_charts_are_accessible(bilan: Bilan) -> None:
    graphiques = render_charts(bilan)
    assert list(graphiques) == ["bilan-2025-avancement.svg", "bilan-2025-completude.svg"]
    for svg in graphiques.values():
        racine = ET.fromstring(svg)
        noms = str(racine.get("aria-labelledby")).split()
        assert racine.get("role") == "img"
        assert [e.get("id") for e in list(racine)[:2]] == noms
        assert all(e.text for e in list(racine)[:2])


def test_charts_write_their_values(bilan: Bilan) -> None:
    avancement, completude = render_charts(bilan).values()
    assert {"1", "en cours"} <= set(texts_of(avancement))
    assert "66,7\u00a0%" in texts_of(completude)


@pytest.mark.parametrize("texte", HOSTILES)
def test_hostile_text_draws_nothing(bilan_of: Callable[..., Bilan], texte: str) -> None:
    for nom, svg in render_charts(bilan_of(texte)).items():
        sain = ET.fromstring(render_charts(bilan_of())[nom])
        lu = ET.fromstring(svg)
        assert [e.tag for e in lu.iter()] == [e.tag for e in sain.iter()]


def test_fictitious_chart_says_so(bilan_of: Callable[..., Bilan]) -> None:
    graphiques = render_charts(bilan_of(fictif=True)).values()
    assert all("DONNÉES FICTIVES" in texts_of(svg) for svg in graphiques)

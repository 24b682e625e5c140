"""What holds for every chart of a report."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest

from clsmon.model.bilan import Bilan
from clsmon.model.texte import clean_text
from clsmon.render.charts import Graphique
from clsmon.render.charts.palette import BLANC, FILET, TEXTES, TRACES
from clsmon.render.markdown import text_of
from tests.render.bilan_samples import GABARITS, build_bilan
from tests.render.hostile import HOSTILES

from .samples import SVG, texts_of

NOMS = ("avancement", "completude", "etats", "cibles", "mesures-1-1", "depenses")
NOMBRE = re.compile(r"\d[\d\u00a0]*(?:,\d+)?")


def draw_charts(bilan: Bilan) -> tuple[Graphique, ...]:
    return tuple(text_of(bilan, [GABARITS]).dessins)


IMAGES = {image.fichier: image for image in draw_charts(build_bilan())}


def numbers_in(texte: str) -> set[str]:
    return {nombre.strip("\u00a0") for nombre in NOMBRE.findall(texte)}


def shapes_of(image: Graphique) -> list[str]:
    """Every element but texts, which fold into as many lines as they need."""
    return [e.tag for e in ET.fromstring(image.svg).iter() if e.tag != f"{SVG}text"]


def test_charts_follow_the_order_of_the_document(bilan: Bilan) -> None:
    assert [image.fichier for image in draw_charts(bilan)] == [
        f"bilan-2025-{nom}.svg" for nom in NOMS
    ]


@pytest.mark.parametrize("image", IMAGES.values(), ids=NOMS)
def test_a_chart_is_named_and_described_in_french(image: Graphique) -> None:
    racine = ET.fromstring(image.svg)
    titre, description = list(racine)[:2]
    assert racine.get("role") == "img"
    assert racine.get("lang") == "fr"
    assert racine.get("aria-labelledby") == f"{titre.get('id')} {description.get('id')}"
    assert (titre.tag, titre.text) == (f"{SVG}title", image.titre)
    assert (description.tag, description.text) == (f"{SVG}desc", image.texte)


@pytest.mark.parametrize("image", IMAGES.values(), ids=NOMS)
def test_every_figure_drawn_is_in_the_text_alternative(image: Graphique) -> None:
    dessines = {nombre for texte in texts_of(image) for nombre in numbers_in(texte)}
    assert dessines
    assert dessines <= numbers_in(image.titre + " " + image.texte)


def test_no_two_charts_of_a_report_share_an_identifier() -> None:
    ids = [
        str(element.get("id"))
        for image in IMAGES.values()
        for element in ET.fromstring(image.svg).iter()
        if element.get("id")
    ]
    assert len(ids) > 2 * len(IMAGES)
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("image", IMAGES.values(), ids=NOMS)
def test_a_chart_refers_only_to_its_own_patterns(image: Graphique) -> None:
    motifs = {str(p.get("id")) for p in ET.fromstring(image.svg).iter(f"{SVG}pattern")}
    assert set(re.findall(r"url\(#([^)]+)\)", image.svg)) == motifs
    assert all(motif.startswith(image.fichier.removesuffix(".svg")) for motif in motifs)


@pytest.mark.parametrize("image", IMAGES.values(), ids=NOMS)
def test_a_chart_uses_the_colours_of_the_palette_only(image: Graphique) -> None:
    couleurs = set(re.findall(r'"(#[0-9a-f]{6})"', image.svg))
    assert couleurs <= {BLANC, FILET, *TEXTES, *TRACES}
    for texte in ET.fromstring(image.svg).iter(f"{SVG}text"):
        assert texte.get("fill") in {None, *TEXTES}


@pytest.mark.parametrize("image", IMAGES.values(), ids=NOMS)
def test_a_chart_stands_on_its_own_white_ground(image: Graphique) -> None:
    racine = ET.fromstring(image.svg)
    (fond,) = racine.findall(f"{SVG}rect")
    assert fond.get("fill") == BLANC
    assert [fond.get("width"), fond.get("height")] == str(racine.get("viewBox")).split()[2:]


@pytest.mark.parametrize("texte", HOSTILES)
def test_hostile_text_stays_text(bilan_of: Callable[..., Bilan], texte: str) -> None:
    sains = draw_charts(bilan_of())
    for image, sain in zip(draw_charts(bilan_of(texte)), sains, strict=True):
        assert shapes_of(image) == shapes_of(sain)
        assert clean_text(texte).strip() in image.titre + image.texte


def test_fictitious_charts_say_so(bilan_of: Callable[..., Bilan]) -> None:
    for image in draw_charts(bilan_of(fictif=True)):
        assert "DONNÉES FICTIVES" in texts_of(image)
    assert not any("FICTIVES" in image.svg for image in draw_charts(bilan_of()))


def test_same_bilan_same_bytes(bilan_of: Callable[..., Bilan]) -> None:
    assert draw_charts(bilan_of()) == draw_charts(bilan_of())


def test_an_empty_year_shows_no_chart(bilan_vide: Bilan) -> None:
    assert draw_charts(bilan_vide) == ()

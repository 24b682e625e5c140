from __future__ import annotations

import struct

import pytest

from clsmon.model.bilan import Bilan
from clsmon.render.charts import Graphique, draw_advance
from clsmon.render.charts.png import render_png
from tests.images import SIGNATURE
from tests.render.bilan_samples import POLICES


@pytest.fixture
def image(bilan: Bilan) -> Graphique:
    return draw_advance(bilan)


def test_a_png_has_three_pixels_for_two_units_of_its_drawing(image: Graphique) -> None:
    octets = render_png(image, POLICES)
    hauteur = int(image.svg.split('height="')[1].split('"')[0])
    assert octets.startswith(SIGNATURE)
    assert struct.unpack(">II", octets[16:24]) == (860 * 3 // 2, -(-hauteur * 3 // 2))


def test_same_drawing_same_bytes(image: Graphique) -> None:
    assert render_png(image, POLICES) == render_png(image, POLICES)


def test_the_words_of_a_drawing_are_drawn(image: Graphique) -> None:
    sans = Graphique(image.fichier, image.titre, image.texte, image.svg.replace("ordinaire", ""))
    assert render_png(sans, POLICES) != render_png(image, POLICES)

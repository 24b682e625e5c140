from __future__ import annotations

from io import BytesIO

import pytest
import typst
from pypdf import PdfReader
from pypdf.generic import StreamObject

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


@pytest.mark.parametrize("motif", sorted(set(Motif) - {Motif.PLEIN, Motif.VIDE, Motif.TIRETS}))
def test_a_pattern_leaves_ink_in_a_pdf_too(motif: Motif) -> None:
    style = Style(TRACES[0], motif)
    aplat = f'<rect width="90" height="90" {fill("g", style)}/>'
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90">'
        f"<defs>{define_patterns('g', aplat)}</defs>{aplat}</svg>"
    )
    source = b'#image(bytes(sys.inputs.svg), format: "svg")'
    octets = typst.compile(source, format="pdf", sys_inputs={"svg": svg})
    assert isinstance(octets, bytes)
    lecteur = PdfReader(BytesIO(octets))
    objets = (lecteur.get_object(rang) for rang in lecteur.xref[0])
    (dessin,) = (
        o.get_data() for o in objets if isinstance(o, StreamObject) and "/PatternType" in o
    )
    assert dessin.count(b"\nS") == 1

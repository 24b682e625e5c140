"""What the packaged fonts draw, read from the fonts themselves."""

from __future__ import annotations

import pytest
from typst import Fonts

from clsmon.opening import packaged
from clsmon.render.glyphs import POLICES, Dessins, load_glyphs, read_glyphs

LIBERATION, DEJAVU = (read_glyphs((packaged("polices") / nom).read_bytes()) for nom in POLICES)


@pytest.mark.parametrize(
    ("caractere", "liberation", "dejavu"),
    [
        pytest.param("A", True, True, id="lettre"),
        pytest.param("œ", True, True, id="ligature"),
        pytest.param("€", True, True, id="euro"),
        pytest.param("\u00a0", True, True, id="espace insécable"),
        pytest.param("⚠", False, True, id="signe"),
        pytest.param("\U0001f600", False, True, id="hors du plan de base"),
        pytest.param("中", False, False, id="chinois"),
        pytest.param("\uffff", False, False, id="fin de table"),
    ],
)
def test_a_font_tells_what_it_draws(caractere: str, liberation: bool, dejavu: bool) -> None:
    assert ((ord(caractere) in LIBERATION), (ord(caractere) in DEJAVU)) == (liberation, dejavu)


@pytest.mark.parametrize(
    ("texte", "ecrit"),
    [
        pytest.param("Été à l’œuvre", "Été à l’œuvre", id="français"),
        pytest.param("a\n中", "a\n[U+4E2D]", id="inconnu"),
        pytest.param("\U0001f9d1", "[U+1F9D1]", id="cinq chiffres"),
        pytest.param("\ue000", "[U+E000]", id="usage privé, même dessiné"),
        pytest.param("e\u0301", "e\u0301", id="accent que la police a"),
        pytest.param("中\u0301", "[U+4E2D]\u0301", id="accent sur un inconnu"),
        pytest.param("\u2610\u0591", "\u2610[U+0591]", id="accent d'une autre police"),
    ],
)
def test_what_is_not_drawn_is_written(texte: str, ecrit: str) -> None:
    assert load_glyphs(packaged("polices")).spell(texte) == ecrit


def test_a_sign_needs_the_font_of_its_letter() -> None:
    dessins = Dessins((frozenset(map(ord, "éa\u0301")), frozenset(map(ord, "éb\u0302"))))
    assert dessins.spell("éa\u0302é\u0302") == "éa[U+0302]é\u0302"


def test_each_packaged_font_comes_with_its_licence() -> None:
    familles = Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[packaged("polices")],
    ).families()
    assert set(familles) == {"Liberation Sans", "DejaVu Sans"}
    licences = "".join(
        chemin.read_text(encoding="utf-8") for chemin in packaged("polices").glob("LICENCE-*.txt")
    )
    assert "SIL OPEN FONT LICENSE" in licences
    assert "Bitstream Vera" in licences

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clsmon.model import couleur as tool
from clsmon.model.couleur import (
    BLANC,
    BLEU,
    LISIBLE,
    NUIT,
    VOILE,
    darken,
    is_colour,
    is_readable,
    tints_of,
)
from tests.colours import contrast

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("#0b5fa5", True),
        ("#0B5FA5", True),
        ("0b5fa5", False),
        ("#fff", False),
        ("#0b5fa5 ", False),
        ("#0b5fa5\n", False),
        ("#0b5fag", False),
        ("bleu", False),
        ("", False),
    ],
)
def test_a_colour_is_a_hash_and_six_digits(texte: str, attendu: bool) -> None:
    assert is_colour(texte) is attendu


@pytest.mark.parametrize(
    ("couleur", "attendu"),
    [("#767676", True), ("#777777", False), ("#ed0000", True), ("#ee0000", True), (BLEU, True)],
)
def test_white_is_read_from_a_contrast_of_4_5(couleur: str, attendu: bool) -> None:
    assert is_readable(couleur) is (contrast(couleur, BLANC) >= 4.5) is attendu


@given(COLOURS, COLOURS)
def test_the_contrast_is_that_of_the_norm(une: str, autre: str) -> None:
    assert tool.contrast(une, autre) == pytest.approx(contrast(une, autre))


@given(COLOURS)
def test_a_colour_too_light_has_a_darker_one_that_is_accepted(couleur: str) -> None:
    foncee = darken(couleur)
    assert is_readable(foncee)
    assert (foncee == couleur) is is_readable(couleur)


@given(COLOURS.map(darken))
def test_each_tint_of_an_accepted_colour_is_readable_where_it_stands(accent: str) -> None:
    teintes = tints_of(accent)
    assert teintes.accent == accent
    assert contrast(accent, BLANC) >= LISIBLE
    assert contrast(teintes.lien, VOILE) >= LISIBLE
    assert contrast(accent, teintes.pale) >= LISIBLE
    assert contrast(teintes.nuit, NUIT) >= LISIBLE
    assert contrast(teintes.nuit, "#10161d") >= LISIBLE


def test_a_tint_keeps_the_colour() -> None:
    rouge, vert, bleu = (int(tints_of("#00553a").nuit[rang : rang + 2], 16) for rang in (1, 3, 5))
    assert vert > max(rouge, bleu)
    assert tints_of(BLEU).lien == BLEU

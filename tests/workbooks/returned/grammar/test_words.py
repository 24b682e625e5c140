"""Numbers in words: every French spelling reads back, and no other text does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clsmon.workbooks.returned.grammar.words import read_words
from tests.workbooks.returned.grammar.speller import Style, spell_cardinal

STYLES = [Style(reform=reform, swiss=swiss) for reform in (False, True) for swiss in (False, True)]
LAW = settings(derandomize=True, max_examples=300, deadline=None)


@pytest.mark.parametrize(
    ("saisi", "nombre"),
    [
        ("vingt-cinq", 25),
        ("Vingt Cinq", 25),
        ("une", 1),
        ("vingt et une", 21),
        ("vingt-et-un", 21),
        ("soixante et onze", 71),
        ("quatre-vingts", 80),
        ("quatre-vingt-un", 81),
        ("quatre vingt dix neuf", 99),
        ("septante-deux", 72),
        ("octante", 80),
        ("nonante et un", 91),
        ("cent", 100),
        ("deux cents", 200),
        ("deux cent trois", 203),
        ("mille", 1000),
        ("quatre-vingt mille", 80_000),
        ("neuf cent quatre-vingt-dix-neuf mille neuf cent quatre-vingt-dix-neuf", 999_999),
        ("VINGT\u2011CINQ", 25),
    ],
)
def test_words(saisi: str, nombre: int) -> None:
    assert read_words(saisi) == nombre


@pytest.mark.parametrize(
    "saisi",
    [
        "",
        "vingt-un",
        "vint",
        "deux trois",
        "dix vingt",
        "un cent",
        "un mille",
        "cents",
        "mille mille",
        "soixante et dix",
        "quatre-vingt et un",
        "vingt-",
        "-vingt",
        "vingt--cinq",
        "vingt, cinq",
        "vingt-cinq personnes",
        "un million",
        "cent un mille un cent",
        "zéro",
        "deux et demi",
    ],
)
def test_any_other_word_is_not_a_number(saisi: str) -> None:
    assert read_words(saisi) is None


@pytest.mark.parametrize("style", STYLES, ids=str)
def test_every_number_below_two_thousand_reads_back(style: Style) -> None:
    assert all(read_words(spell_cardinal(n, style)) == n for n in range(1, 2000))


@given(st.integers(1, 999_999), st.sampled_from(STYLES))
@LAW
def test_a_number_spelled_in_french_reads_back(n: int, style: Style) -> None:
    assert read_words(spell_cardinal(n, style)) == n


def test_two_numbers_never_share_a_spelling() -> None:
    spellings = [spell_cardinal(n, style) for style in STYLES for n in (*range(1, 2000), 80_000)]
    assert all(read_words(mots) == read_words(mots.upper()) for mots in spellings)
    assert len({spell_cardinal(n) for n in range(1, 2000)}) == 1999

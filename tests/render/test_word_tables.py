"""The columns of a Word table: as wide as asked, never narrower than their words."""

from __future__ import annotations

import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from clsmon.model.arial import measure_text
from clsmon.render.cells import Colonne, Tableau
from clsmon.render.document import Table
from clsmon.render.word_tables import MOT_MAX, TAILLE, Rangees, share_width, spell_rows

from .docx_reading import Lu
from .test_word import read

PORTRAIT = 9864


def rows(*colonnes: Colonne, cellules: tuple[str, ...] = ()) -> Rangees:
    lignes = (cellules,) if cellules else ()
    return spell_rows(Table(Tableau("T", colonnes, lignes)))


@pytest.mark.parametrize(
    ("largeurs", "attendues"),
    [
        pytest.param((10, 10), [4932, 4932], id="equal"),
        pytest.param((30, 10), [7398, 2466], id="as asked"),
        pytest.param((40, 40, 20), [3945, 3945, 1972], id="three"),
    ],
)
def test_a_page_is_shared_as_the_table_asks(
    largeurs: tuple[int, ...], attendues: list[int]
) -> None:
    parts = share_width(rows(*(Colonne("t", largeur) for largeur in largeurs)), PORTRAIT)
    assert [abs(a - b) <= 1 for a, b in zip(parts, attendues, strict=True)]
    assert PORTRAIT - len(parts) <= sum(parts) <= PORTRAIT


def test_a_column_keeps_the_place_of_its_longest_word() -> None:
    mot = "déclarations"
    rangees = rows(Colonne("A", 100), Colonne("B", 1, nombre=True), cellules=("x", f"12 {mot}"))
    _, etroite = share_width(rangees, PORTRAIT)
    assert etroite >= measure_text(mot) * TAILLE / 50


def test_a_column_of_sentences_is_not_one_word_wide() -> None:
    phrase = rows(Colonne("A", 40), cellules=("un mot et un autre",))
    nombre = rows(Colonne("A", 40, nombre=True), cellules=("12",))
    assert phrase.minima[0] > 3 * nombre.minima[0]


def test_a_word_longer_than_the_page_is_cut_and_the_others_are_not() -> None:
    long = "x" * 400
    rangees = rows(*(Colonne("Texte", 14),) * 9, cellules=("court",) * 8 + (long,))
    parts = share_width(rangees, PORTRAIT)
    assert sum(parts) <= PORTRAIT
    assert rangees.minima[8] < MOT_MAX + 200
    assert all(part >= rangees.minima[0] for part in parts[:8])


def test_when_nothing_fits_the_widest_give_way_first() -> None:
    rangees = rows(
        *(Colonne("Texte", 30),) * 12,
        Colonne("N", 4, nombre=True),
        cellules=("mot",) * 12 + ("12",),
    )
    parts = share_width(rangees, PORTRAIT)
    assert rangees.needs(PORTRAIT)
    assert parts[-1] == rangees.minima[-1]
    assert len(set(parts[:-1])) == 1
    assert PORTRAIT - len(parts) <= sum(parts) <= PORTRAIT


def test_words_that_fill_the_page_to_the_last_point_all_stay_whole() -> None:
    rangees = rows(*(Colonne("Texte", 14),) * 3, cellules=("un mot", "deux", "trois"))
    assert share_width(rangees, sum(rangees.minima)) == rangees.minima


@given(
    st.lists(st.tuples(st.integers(1, 90), st.text("ab -", max_size=60)), min_size=1, max_size=16),
    st.integers(2000, 20000),
)
def test_a_table_always_fits_its_page(colonnes: list[tuple[int, str]], place: int) -> None:
    rangees = rows(
        *(Colonne("T", largeur) for largeur, _ in colonnes),
        cellules=tuple(texte for _, texte in colonnes),
    )
    parts = share_width(rangees, place)
    assert all(part > 0 for part in parts)
    assert place - len(parts) <= sum(parts) <= place
    if not rangees.needs(place):
        assert all(a >= b for a, b in zip(parts, rangees.minima, strict=True))


def kept(lu: Lu) -> list[bool]:
    """Row by row, whether it stays with the next one."""
    (tableau,) = lu.tables()
    return [next(r.iter(qn("w:keepNext")), None) is not None for r in tableau.tr_lst]


@pytest.mark.parametrize(
    ("lignes", "attendues"),
    [
        pytest.param(1, [True, False], id="one"),
        pytest.param(3, [True, True, True, False], id="three"),
        pytest.param(6, [True, True, False, False, True, True, False], id="six"),
    ],
)
def test_no_row_is_left_alone_on_a_page(lignes: int, attendues: list[bool]) -> None:
    tableau = Tableau("T", (Colonne("A"),), (("mot",),) * lignes)
    assert kept(read(Table(tableau)))[1:] == attendues[1:]

"""Columns on paper: readable size, no word cut that could be whole, small columns served first."""

from __future__ import annotations

import pytest

from clsmon.render.pdf_grids import (
    CORPS,
    CORPS_SERRE,
    COUPE_TEXTE,
    COUPE_TITRE,
    COUPURE,
    PAYSAGE,
    POINTS,
    PORTRAIT,
    lay_out,
    measure,
    soften,
)


@pytest.mark.parametrize(
    ("texte", "coupe", "attendu"),
    [
        pytest.param("des mots courts", 6, "des mots courts", id="mots courts"),
        pytest.param("1.1/porteurs-suivis", 12, "1.1/|porteurs-|suivis", id="charnières"),
        pytest.param("abcdefghij", 4, "abcd|efgh|ij", id="sans charnière"),
        pytest.param("un abcdef\nabcdef", 4, "un abcd|ef\nabcd|ef", id="chaque mot, chaque ligne"),
        pytest.param("10\u00a0000\u00a0€", 24, "10\u00a0000\u00a0€", id="un nombre reste entier"),
    ],
)
def test_only_outsized_words_may_break(texte: str, coupe: int, attendu: str) -> None:
    assert soften(texte, coupe).replace("\u200b", "|") == attendu


@pytest.mark.parametrize(
    ("titres", "cellule", "paysage", "corps"),
    [
        pytest.param(["Axe", "Nombre"], "12", False, CORPS[0], id="peu de colonnes"),
        pytest.param(["Colonne"] * 10, "sans objet", False, CORPS[0], id="dix colonnes"),
        pytest.param(["Intitulé"] * 10, "non disponible", False, CORPS[-1], id="dix, à l'étroit"),
        pytest.param(["C"] * 11, "participants", True, CORPS[0], id="onze, en largeur"),
        pytest.param(["C"] * 11, "x" * 24, True, CORPS_SERRE, id="mots démesurés"),
        pytest.param(["C"] * 40, "x" * 60, True, CORPS_SERRE, id="quarante colonnes"),
    ],
)
def test_a_table_takes_the_largest_type_that_shows_all(
    titres: list[str], cellule: str, paysage: bool, corps: float
) -> None:
    grille = lay_out(titres, [[cellule] * len(titres)] * 3)
    assert (grille.paysage, grille.corps) == (paysage, corps)
    assert sum(grille.largeurs) == pytest.approx(PAYSAGE if paysage else PORTRAIT)


@pytest.mark.parametrize(
    ("coupe", "corps", "place"),
    [
        pytest.param(COUPE_TEXTE, 16, PORTRAIT, id="titre de section"),
        pytest.param(COUPE_TITRE, 24, PORTRAIT - 20 * POINTS, id="titre de couverture"),
    ],
)
def test_the_widest_word_holds_in_the_page(coupe: int, corps: float, place: float) -> None:
    assert all(measure(mot) * corps < place for mot in soften("m" * 99, coupe).split(COUPURE))


def test_each_column_holds_its_longest_word() -> None:
    titres = ["Clé", "Unité", "2025"]
    lignes = [["1.1/a/b", "accompagnements", "9"], ["Bourgogne-Franche-Comté", "%", "réponse"]]
    grille = lay_out(titres, lignes)
    for largeur, mot in zip(
        grille.largeurs, ("Bourgogne-", "accompagnements", "réponse"), strict=True
    ):
        assert largeur > measure(mot) * grille.corps


def test_short_columns_stay_on_one_line_and_long_ones_share_the_rest() -> None:
    recit = "un récit " * 30
    grille = lay_out(["Date", "Récit", "Récit"], [["15 mars 2026", recit, recit]] * 5)
    date, premier, second = grille.largeurs
    assert date > measure("15 mars 2026") * grille.corps
    assert premier == pytest.approx(second)
    assert premier > 2 * date


def test_a_row_breaks_between_pages_only_when_it_is_tall() -> None:
    grille = lay_out(["A", "B"], [["court", "x"], ["mot " * 2000, "x"]])
    assert grille.secables == (False, True)


def test_an_empty_table_still_has_its_columns() -> None:
    grille = lay_out(["A", "B"], [])
    assert grille.lignes == ()
    assert sum(grille.largeurs) == pytest.approx(PORTRAIT)

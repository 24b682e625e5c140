"""The bookmarks of a Word document: names that Word accepts, one for each anchor."""

from __future__ import annotations

import pytest

from clsmon.render.cells import Colonne, Tableau
from clsmon.render.document import Bloc, Citation, Document, Liste, Table, Titre, split_parts
from clsmon.render.word_marks import bookmarks_of


def names_of(*blocs: Bloc) -> list[str]:
    document = Document("x", "t", "s", "", False, split_parts(blocs))
    return [nom for _, nom in bookmarks_of(document).noms.values()]


@pytest.mark.parametrize(
    ("ancres", "noms"),
    [
        pytest.param(["fiche-2.3"], ["fiche_2_3"], id="a fiche"),
        pytest.param(["résultats-d’été"], ["resultats_dete"], id="accents"),
        pytest.param(["1-lessentiel"], ["p_1_lessentiel"], id="a figure first"),
        pytest.param(["a-b", "a.b", "A_B"], ["a_b", "a_b_2", "A_B_3"], id="the same once written"),
        pytest.param(["x" * 50, "x" * 60], ["x" * 40, "x" * 38 + "_2"], id="cut alike"),
        pytest.param(["日本"], ["p_"], id="nothing that Word accepts"),
        pytest.param(["a", "a", ""], ["a"], id="once, and only if named"),
    ],
)
def test_each_anchor_has_a_name_that_word_accepts(ancres: list[str], noms: list[str]) -> None:
    assert names_of(*(Titre(2, "T", ancre) for ancre in ancres)) == noms


def test_an_anchor_is_found_wherever_it_stands() -> None:
    tableau = Tableau("T", (Colonne("A"),), (("x",), ("y",)), ("ligne-1", ""))
    titre = Titre(4, "T", "dedans")
    assert names_of(Table(tableau), Liste(((titre,),)), Citation((Titre(5, "U", "cite"),))) == [
        "ligne_1",
        "dedans",
        "cite",
    ]

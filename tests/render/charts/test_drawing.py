from __future__ import annotations

import pytest

from clsmon.render.charts.drawing import width_of, wrap


@pytest.mark.parametrize(
    ("texte", "lignes", "attendu"),
    [
        pytest.param("Santé mentale", 2, ["Santé mentale"], id="it fits"),
        pytest.param("", 2, [""], id="nothing"),
        pytest.param("Axe 3 – Santé des jeunes", 2, ["Axe 3 – Santé", "des jeunes"], id="folded"),
        pytest.param("Santé des enfants et des jeunes", 1, ["Santé des…"], id="cut, and said"),
        pytest.param(
            "On en compte 1\u00a0234", 2, ["On en compte", "1\u00a0234"], id="a number is whole"
        ),
        pytest.param("a\nb\x00c\u202e", 2, ["a bc"], id="one line, no control character"),
    ],
)
def test_a_text_folds_between_words(texte: str, lignes: int, attendu: list[str]) -> None:
    assert list(wrap(texte, 100, lignes)) == attendu


@pytest.mark.parametrize("texte", ["x" * 400, "日本語" * 90, "W" * 60 + " i" * 80])
def test_no_line_is_wider_than_its_place(texte: str) -> None:
    plies = wrap(texte, 200, 3)
    assert len(plies) == 3
    assert plies[-1].endswith("…")
    assert all(width_of(ligne) <= 200 for ligne in plies)

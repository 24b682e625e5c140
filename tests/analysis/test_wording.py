"""French turns of phrase."""

from __future__ import annotations

from datetime import date

import pytest

from clsmon.analysis.wording import count, enumerate_words, short_date, typeset


@pytest.mark.parametrize(
    ("nombre", "attendu"),
    [(0, "0 fiche"), (1, "1 fiche"), (2, "2 fiches")],
)
def test_count(nombre: int, attendu: str) -> None:
    assert count(nombre, "fiche") == attendu


def test_count_with_its_own_plural() -> None:
    assert count(2, "total", "totaux") == "2 totaux"


@pytest.mark.parametrize(
    ("mots", "attendu"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a et b"),
        (["a", "b", "c"], "a, b et c"),
        pytest.param(list("abcdef"), "a, b, c, d, e et f", id="six se lisent"),
        pytest.param(list("abcdefgh"), "a, b, c, d, e et 3 autres", id="au-delà, un compte"),
    ],
)
def test_enumerate_words(mots: list[str], attendu: str) -> None:
    assert enumerate_words(mots) == attendu


def test_short_date() -> None:
    assert short_date(date(2026, 9, 3)) == "03/09/2026"


def test_typeset_binds_signs_and_keeps_one_line() -> None:
    assert typeset("l'avis :\n « oui » ; non ? 5 %") == (
        "l’avis\u00a0: «\u00a0oui\u00a0»\u00a0; non\u00a0? 5\u00a0%"
    )

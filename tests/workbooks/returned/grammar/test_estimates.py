"""The words that say a number is an estimate, before or after it."""

from __future__ import annotations

import pytest

from clsmon.workbooks.returned.grammar.estimates import strip_estimate


@pytest.mark.parametrize(
    ("saisi", "reste"),
    [
        ("~40", "40"),
        ("~ 40", "40"),
        ("≈40", "40"),
        ("environ 40", "40"),
        ("Environ\u00a040", "40"),
        ("env. 40", "40"),
        ("env 40", "40"),
        ("à peu près 40", "40"),
        ("a\u0300 peu pre\u0300s 40", "40"),
        ("A PEU PRES 40", "40"),
        ("approx. 40", "40"),
        ("approximativement 40", "40"),
        ("40 environ", "40"),
        ("40 env.", "40"),
        ("40 à peu près", "40"),
        ("40 personnes environ", "40 personnes"),
        ("environ vingt", "vingt"),
    ],
)
def test_estimate(saisi: str, reste: str) -> None:
    assert strip_estimate(saisi) == reste


@pytest.mark.parametrize("saisi", ["40", "environs", "environ", "l'environnement 40", "40 ~"])
def test_no_estimate(saisi: str) -> None:
    assert strip_estimate(saisi) in {None, ""}

"""A deadline in words: a day, a month or a year, and nothing guessed."""

from __future__ import annotations

from datetime import date

import pytest

from clsmon.model.echeance import read_due, spell_due


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("2025-06-30", date(2025, 6, 30)),
        ("2025-06", date(2025, 6, 30)),
        ("2025", date(2025, 12, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("30/06/2025", date(2025, 6, 30)),
        ("06/2025", date(2025, 6, 30)),
        ("juin 2025", date(2025, 6, 30)),
        ("Août 2025", date(2025, 8, 31)),
        ("1er mai 2025", date(2025, 5, 1)),
        (" 15 décembre 2025 ", date(2025, 12, 15)),
        ("", None),
        ("à la rentrée", None),
        ("juin", None),
        ("2e trimestre 2025", None),
        ("trimestre 2025", None),
        ("2025-13", None),
        ("31/02/2025", None),
        ("0000", None),
        ("٢٠٢٥", None),
    ],
)
def test_read_due(texte: str, attendu: date | None) -> None:
    assert read_due(texte) == attendu


@pytest.mark.parametrize(
    ("ecrit", "montre"),
    [
        ("2025-06", "juin 2025"),
        ("06/2025", "juin 2025"),
        ("2025-06-01", "1er juin 2025"),
        ("30/06/2025", "30 juin 2025"),
        ("juin 2025", "juin 2025"),
        ("Juin 2025", "Juin 2025"),
        ("2025", "2025"),
        ("2025-13", "2025-13"),
        ("à la rentrée", "à la rentrée"),
        ("", ""),
    ],
)
def test_a_due_month_is_shown_in_words(ecrit: str, montre: str) -> None:
    assert spell_due(ecrit) == montre

"""A sentence cited within another."""

from __future__ import annotations

import pytest

from clsmon.model.texte import strip_stop


@pytest.mark.parametrize(
    ("texte", "cite"),
    [
        ("Réunir la conférence.", "Réunir la conférence"),
        ("Réunir la conférence", "Réunir la conférence"),
        (" Réunir. Puis conclure. ", "Réunir. Puis conclure"),
        ("Écoles, crèches, etc.", "Écoles, crèches, etc."),
        ("À suivre...", "À suivre..."),
        ("", ""),
    ],
)
def test_a_cited_sentence_has_no_final_stop(texte: str, cite: str) -> None:
    assert strip_stop(texte) == cite

"""Acronyms that really occur."""

from __future__ import annotations

import unicodedata

import pytest

from clsmon.analysis.glossary import compute_glossary


@pytest.mark.parametrize(
    ("texte", "present"),
    [
        pytest.param("L’ARS finance.", True, id="après une apostrophe"),
        pytest.param("Protocole ARS-DREETS", True, id="devant un tiret"),
        pytest.param("(ARS)", True, id="entre parenthèses"),
        pytest.param("PARS et ARSX", False, id="dans un autre mot"),
        pytest.param("éARS, ARSé", False, id="contre une lettre accentuée"),
        pytest.param(unicodedata.normalize("NFD", "éARS"), False, id="accent décomposé"),
        pytest.param("ars", False, id="en minuscules"),
        pytest.param("", False, id="rien"),
    ],
)
def test_whole_words_only(texte: str, present: bool) -> None:
    assert bool(compute_glossary({"ARS": "Agence"}, [texte])) is present


def test_sorted_without_regard_to_accents_or_case() -> None:
    glossaire = {"PRS": "p", "Éd": "e", "CLS": "c", "R.S.A.": "r", "ZZ": "absent"}
    trouves = compute_glossary(glossaire, ["Le PRS, l’Éd et le CLS", "le R.S.A."])
    assert [sigle for sigle, _ in trouves] == ["CLS", "Éd", "PRS", "R.S.A."]

"""What looks like a number and is none: the question says what to write."""

from __future__ import annotations

import pytest

from clsmon.workbooks.returned.grammar.approximations import read_approximation


@pytest.mark.parametrize(
    ("saisi", "regle", "demande"),
    [
        ("une dizaine", "ordre de grandeur", "« environ 10 »"),
        ("Une quinzaine de parents", "ordre de grandeur", "« environ 15 »"),
        ("environ une centaine", "ordre de grandeur", "« environ 100 »"),
        ("un millier", "ordre de grandeur", "« environ 1 000 »"),
        ("quelques dizaines", "ordre de grandeur", "un seul nombre"),
        ("deux douzaines", "ordre de grandeur", "un seul nombre"),
        ("10-20", "intervalle", "un seul nombre"),
        ("10 – 20", "intervalle", "un seul nombre"),
        ("10 à 20", "intervalle", "un seul nombre"),
        ("de 10 à 20 personnes", "intervalle", "un seul nombre"),
        ("entre 10 et 20", "intervalle", "un seul nombre"),
        ("10 ou 12", "intervalle", "un seul nombre"),
        ("> 100", "borne", "un seul nombre"),
        ("<5", "borne", "un seul nombre"),
        ("≥ 100", "borne", "un seul nombre"),
        ("plus de 100", "borne", "un seul nombre"),
        ("moins de 5", "borne", "un seul nombre"),
        ("au moins 100", "borne", "un seul nombre"),
        ("100+", "borne", "un seul nombre"),
        ("100 et plus", "borne", "un seul nombre"),
        ("± 40", "borne", "un seul nombre"),
        ("+/- 40", "borne", "un seul nombre"),
        ("près de 40", "borne", "un seul nombre"),
        ("3/4", "fraction", "le nombre seul"),
        ("12 sur 15", "fraction", "le nombre seul"),
        ("03/04/2025", "date en texte", "le nombre seul"),
        ("2024-2025", "date en texte", "le nombre seul"),
        ("5+7", "calcul en texte", "le résultat seul"),
        ("3 x 4", "calcul en texte", "le résultat seul"),
        ("oui", "oui ou non", "combien ?"),
        ("Non.", "oui ou non", "combien ?"),
        ("x", "oui ou non", "combien ?"),
    ],
)
def test_a_trap_is_a_question_with_a_suggestion(saisi: str, regle: str, demande: str) -> None:
    lu = read_approximation(saisi)
    assert lu is not None
    assert (lu.code, lu.regle) == ("SAI002", regle)
    assert lu.question.startswith(f"« {saisi} » : ")
    assert demande in lu.question


@pytest.mark.parametrize("saisi", ["12", "12 personnes", "beaucoup", "", "à revoir", "12 (dont 3)"])
def test_no_trap(saisi: str) -> None:
    assert read_approximation(saisi) is None

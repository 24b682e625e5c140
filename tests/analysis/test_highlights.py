"""Which measures are shown first when there is no room for all: an order that no value decides."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from clsmon.analysis.bilan import compute_bilan
from clsmon.model.fiche import Fiche

from .builder import dossier, fiche, measure, releve

JOUR = date(2026, 3, 20)


def build_fiche(numero: str, *mesures: dict[str, Any]) -> Fiche:
    indicateurs = [{"id": "i", "libelle": "Indicateur", "mesures": list(mesures)}]
    return fiche(numero, indicateurs=indicateurs)


def shown(valeurs: dict[int, dict[str, Any]], *fiches: Fiche) -> list[str]:
    """The keys shown first, after these answers of the ARS, year by year."""
    releves = [
        releve(f"ars-{annee}", valeurs=reponses, exercice=annee)
        for annee, reponses in valeurs.items()
    ]
    return list(compute_bilan(dossier(*fiches, releves=releves), 2025, JOUR).marquantes)


CIBLE = {"annee": 2028, "valeur": 20}


@pytest.mark.parametrize(
    ("annees", "mesure", "montree"),
    [
        pytest.param((2024, 2025), measure("a"), True, id="two years"),
        pytest.param((2025,), measure("a"), False, id="one year"),
        pytest.param((), measure("a", cibles=[CIBLE]), True, id="a target and no value"),
        pytest.param((), measure("a"), False, id="nothing"),
    ],
)
def test_a_measure_needs_a_target_or_two_years(
    annees: tuple[int, ...], mesure: dict[str, Any], montree: bool
) -> None:
    reponses = {annee: {"1.1/i/a": 5} for annee in annees}
    assert bool(shown(reponses, build_fiche("1.1", mesure))) is montree


def test_a_text_is_no_figure() -> None:
    assert shown({2024: {"1.1/i/a": "oui"}}, build_fiche("1.1", measure("a", "texte"))) == []


@pytest.mark.parametrize("hausse", [1, 1_000], ids=["small changes", "large changes"])
def test_each_fiche_in_turn_targets_first_whatever_the_values(hausse: int) -> None:
    une = build_fiche("1.1", measure("a"), measure("b", cibles=[CIBLE]), measure("c"))
    autre = build_fiche("1.2", measure("d"))
    cles = ("1.1/i/a", "1.1/i/b", "1.1/i/c", "1.2/i/d")
    reponses = {2024: dict.fromkeys(cles, 5), 2025: {**dict.fromkeys(cles, 6), "1.1/i/c": hausse}}
    assert shown(reponses, une, autre) == ["1.1/i/b", "1.2/i/d", "1.1/i/a", "1.1/i/c"]

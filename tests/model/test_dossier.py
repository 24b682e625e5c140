"""A dossier to which relevés are added one at a time, as collect does by thousands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clsmon.model.dossier import Dossier
from clsmon.model.releve import Recu, Releve

RECU = Recu(fichier="apo.xlsx", sha256="0" * 64, formulaire="1", lecteur="1")
PLACES = [("apo", 2025), ("ars", 2025), ("apo", 2024), ("apo", 2025)]


def releve(organisme: str, exercice: int) -> Releve:
    return Releve(organisme=organisme, exercice=exercice, recu=RECU)


def test_a_releve_more_gives_the_dossier_that_would_have_been_opened(dijon: Dossier) -> None:
    grown, whole = dijon, {}
    for rang, (organisme, exercice) in enumerate(PLACES):
        before = dict(grown.releves)
        after = grown.plus(f"r{rang}", releve(organisme, exercice))
        whole[f"r{rang}"] = releve(organisme, exercice)
        assert dict(grown.releves) == before, "the former dossier is left as it was"
        grown = after
    opened = replace(dijon, releves=whole)
    assert grown == opened
    for exercice in (2024, 2025, 2026):
        for code in (None, "apo", "ars", "emas"):
            asked = grown.releves_de(exercice, code)
            assert asked == opened.releves_de(exercice, code)
            assert list(asked) == [
                nom
                for nom, r in whole.items()
                if r.exercice == exercice and code in {None, r.organisme}
            ]


def test_a_releve_more_computes_nothing_of_the_contract_again(dijon: Dossier) -> None:
    mesures, repondants = dijon.mesures, dijon.repondants(2025)
    grown = dijon.plus("r", releve("apo", 2025))
    assert grown.mesures is mesures
    assert grown.repondants(2025) is repondants


def test_each_organisme_is_asked_its_own_measures(dijon: Dossier) -> None:
    for code in dijon.contrat.organismes:
        asked = tuple(s for s in dijon.demandees(2025) if code in s.repondants)
        assert dijon.demandees(2025, code) == asked


@pytest.mark.parametrize(
    ("objet", "nom"),
    [
        ("2.3/sorties/sorties", "2.3 Sorties du dispositif"),
        ("5.2", "5.2 Évaluer le Contrat Local de Santé"),
        ("partenaire", "partenaire"),
        ("", ""),
    ],
)
def test_what_a_decision_is_about_is_named(dijon: Dossier, objet: str, nom: str) -> None:
    assert dijon.nom_objet(objet) == nom

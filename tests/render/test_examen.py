"""Opinions and contested figures, told to the reader in both formats."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from clsmon.model.bilan import Bilan
from clsmon.opening import packaged
from clsmon.render.examen import contest_remarks, observations_table, opinions_of, spell_declared
from clsmon.render.excel import render_excel
from clsmon.render.plain import spell_examined
from tests.render.bilan_samples import build_bilan, build_empty, render_markdown
from tests.render.examen_samples import contest_first, with_first
from tests.render.hostile import HOSTILES
from tests.render.test_markdown import skeleton_of


def markdown(bilan: Bilan) -> str:
    return render_markdown(bilan, [packaged("templates")])


def contested_bilan(**constat: Any) -> Bilan:
    """The sample, its first figure contested, and perhaps decided by the COPIL."""
    bilan = contest_first(build_bilan(), "ordinaire")
    ligne = bilan.lignes[0]
    nouveau = replace(ligne.constat, **constat)
    return with_first(bilan, replace(ligne, constat=nouveau, serie=(*ligne.serie[:-1], nouveau)))


def test_a_contested_figure_says_who_contests_it_and_how_it_will_be_settled() -> None:
    bilan = contested_bilan()
    remarques = dict(contest_remarks(bilan, bilan.lignes[0]))
    assert list(remarques) == [
        "valeur déclarée par APO ordinaire",
        "valeur contestée par ARS",
        "arbitrage",
    ]
    assert remarques["valeur déclarée par APO ordinaire"] == "1\u00a0234,5"
    contestee = remarques["valeur contestée par ARS"]
    assert contestee.startswith(
        "1\u00a0300 au lieu de 1\u00a0234,5 — motif\u00a0: ordinaire — source"
    )
    assert contestee.endswith("(examen ordinaire.xlsx, Chiffres!I4)")
    assert remarques["arbitrage"] == "aucun à ce jour, la valeur déclarée compte"
    assert "contestée par ARS) |" in markdown(bilan)


def test_both_values_stay_when_the_copil_has_chosen() -> None:
    bilan = contested_bilan(
        arbitrage="2026-05-12-copil/D1", nombre=Decimal(1300), proposant="ars", retenues=0
    )
    remarques = dict(contest_remarks(bilan, bilan.lignes[0]))
    assert remarques["valeur déclarée par APO ordinaire"] == "1\u00a0234,5"
    assert "1\u00a0300 au lieu de" in remarques["valeur contestée par ARS"]
    dit = "la décision 2026-05-12-copil/D1 retient 1\u00a0300, proposée par ARS"
    assert remarques["arbitrage"] == dit
    assert "| 1\u00a0300 (arbitrage) |" in markdown(bilan)


def test_opinions_are_told_fiche_by_fiche() -> None:
    bilan = build_bilan()
    (rubrique,) = opinions_of(bilan, bilan.fiches[0])
    assert rubrique.titre == "Examen contradictoire\u00a0: désaccord"
    assert rubrique.textes == (("ARS", "ordinaire"),)


@pytest.mark.parametrize(
    ("texte", "rang", "attendu"),
    [
        pytest.param("1234.5", 0, "1\u00a0234,5", id="un nombre"),
        pytest.param("12/15", 1, "12 sur 15", id="deux termes"),
        pytest.param("80", 1, "80\u00a0%", id="un taux en points"),
        pytest.param("oui", 4, "oui", id="un mot"),
        pytest.param("", 0, "aucune valeur", id="rien"),
    ],
)
def test_the_value_that_was_shown_is_spelled_in_french(texte: str, rang: int, attendu: str) -> None:
    assert spell_declared(texte, build_bilan().lignes[rang].situee) == attendu


def test_the_sheet_of_observations_has_typed_cells_and_their_provenance() -> None:
    classeur = load_workbook(BytesIO(render_excel(build_bilan())))
    lignes = list(classeur["Observations"].iter_rows(min_row=2, values_only=True))
    titres = [str(titre) for titre in lignes[0]]
    rangees = [dict(zip(titres, ligne, strict=True)) for ligne in lignes[1:]]
    contestee = next(r for r in rangees if r["Avis"] == "chiffre contesté")
    assert (contestee["Valeur déclarée"], contestee["Valeur proposée"]) == (1234.5, 1300)
    assert (contestee["Ce qui compte"], contestee["Arbitrage"]) == (1234.5, "pas d’arbitrage")
    assert (contestee["Cellule"], contestee["Clé"]) == ("Chiffres!I4", "1.1/i/m0")
    doute = next(r for r in rangees if r["Clé"] == "1.1/i/m1")
    assert (doute["Avis"], doute["Valeur proposée"]) == ("à vérifier", None)
    assert doute["Valeur déclarée"] == 80
    avis = next(r for r in rangees if r["Avis"] == "désaccord")
    assert (avis["Signataire"], avis["Texte ou motif"]) == ("ARS", "ordinaire")


def test_nothing_is_said_where_nobody_examined() -> None:
    bilan = build_empty()
    assert observations_table(bilan).lignes == ()
    assert "**Examen contradictoire\u00a0:" not in markdown(bilan)


@pytest.mark.parametrize(
    ("rendus", "attendu"),
    [
        ((), "0 cahier rendu sur 1."),
        (("ars",), "1 cahier rendu sur 1 (ARS)."),
        (("ars", "apo"), "2 cahiers rendus sur 1 (ARS, APO ordinaire)."),
    ],
)
def test_how_many_workbooks_came_back(rendus: tuple[str, ...], attendu: str) -> None:
    phrase = spell_examined(rendus, build_bilan().contrat)
    assert phrase == f"Examen contradictoire : {attendu}"


@pytest.fixture(scope="module")
def sain() -> list[str]:
    """The structure of the document when the signatory writes an ordinary word."""
    return skeleton_of(markdown(contest_first(build_bilan(), "ordinaire")))


@pytest.mark.parametrize("texte", HOSTILES)
def test_what_a_signatory_writes_changes_no_structure(sain: list[str], texte: str) -> None:
    assert skeleton_of(markdown(contest_first(build_bilan(texte), texte))) == sain

"""Merged cells of a returned form: nothing is taken or lost in silence."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from clsmon.model.collecte import Collecte
from clsmon.model.releve import Etat
from clsmon.workbooks.reader.grid import Cellule, Feuille, Fusion, Nature
from clsmon.workbooks.returned.merges import set_aside_merged
from tests.returns import Atelier

N = Nature.NOMBRE
COLONNES = {"valeur": 8, "numerateur": 9, "commentaire": 12}


def aside(
    *fusions: Fusion, rangees: dict[int, dict[str, str]]
) -> tuple[dict[int, dict[str, str]], list[tuple[str, str]]]:
    """What stays of these rows, « ? » before a question, and what is told: (cell, message)."""
    known = {r: {c: Cellule(v, N) for c, v in cells.items()} for r, cells in rangees.items()}
    anomalies = list(set_aside_merged(Feuille("Saisie", {}, False, fusions), COLONNES, known, "a"))
    assert all(anomalie.code == "FOR023" for anomalie in anomalies)
    left = {
        r: {c: "?" * (v.nature is Nature.FUSIONNEE) + v.texte for c, v in cells.items()}
        for r, cells in known.items()
    }
    return left, [(a.lieu.cellule, a.message) for a in anomalies]


@pytest.mark.parametrize(
    ("fusion", "rangees", "left", "told"),
    [
        pytest.param(
            Fusion(12, 8, 13, 8),
            {12: {"valeur": "5"}, 13: {}},
            {12: {"valeur": "?5"}, 13: {"valeur": "?5"}},
            [],
            id="two rows, the second hidden by the merge",
        ),
        pytest.param(
            Fusion(12, 8, 13, 8),
            {12: {"valeur": "5"}, 13: {"valeur": "7"}},
            {12: {"valeur": "?5"}, 13: {"valeur": "?7"}},
            [],
            id="two rows, each with its own",
        ),
        pytest.param(
            Fusion(12, 8, 12, 9),
            {12: {"valeur": "5"}},
            {12: {"valeur": "?5", "numerateur": "?5"}},
            [],
            id="two columns of one row",
        ),
        pytest.param(
            Fusion(12, 7, 12, 8),
            {12: {"valeur": "5"}},
            {12: {"valeur": "?5"}},
            [],
            id="with a column that is not typed",
        ),
        pytest.param(
            Fusion(12, 8, 14, 8),
            {12: {}, 13: {}, 14: {}},
            {12: {}, 13: {}, 14: {}},
            ["H12:H14"],
            id="empty, told once",
        ),
        pytest.param(
            Fusion(12, 12, 14, 12),
            {12: {"commentaire": "c", "valeur": "5"}, 13: {"valeur": "6"}},
            {12: {"valeur": "5"}, 13: {"valeur": "6"}},
            ["L12:L14"],
            id="a comment is told, the values stay",
        ),
        pytest.param(
            Fusion(1, 8, 12, 8),
            {12: {"valeur": "5"}},
            {12: {"valeur": "?5"}},
            [],
            id="from the headings",
        ),
        pytest.param(
            Fusion(1, 1, 1_048_576, 16_384),
            {12: {"valeur": "5"}},
            {12: {"valeur": "?5"}},
            [],
            id="the whole sheet",
        ),
        pytest.param(
            Fusion(2, 2, 2, 9), {12: {"valeur": "5"}}, {12: {"valeur": "5"}}, [], id="headings only"
        ),
        pytest.param(
            Fusion(12, 2, 13, 7), {12: {"valeur": "5"}}, {12: {"valeur": "5"}}, [], id="not typed"
        ),
        pytest.param(
            Fusion(14, 8, 15, 8), {12: {"valeur": "5"}}, {12: {"valeur": "5"}}, [], id="other rows"
        ),
    ],
)
def test_what_a_merge_touches(
    fusion: Fusion,
    rangees: dict[int, dict[str, str]],
    left: dict[int, dict[str, str]],
    told: list[str],
) -> None:
    found, anomalies = aside(fusion, rangees=rangees)
    assert found == left
    assert [message.split()[4] for _, message in anomalies] == told


def test_a_lost_comment_is_quoted() -> None:
    _, anomalies = aside(Fusion(12, 12, 13, 12), rangees={12: {"commentaire": "deux mots"}})
    assert anomalies == [
        (
            "L12",
            "les cellules à remplir L12:L13 sont fusionnées ; « deux mots » n'est pas enregistré",
        )
    ]


def test_many_merges_over_many_rows_are_one_pass() -> None:
    fusions = [Fusion(rank, 1, 60_000, 100) for rank in range(1, 30_001)]
    rangees = {rank: {"valeur": "5"} for rank in range(1, 30_001)}
    found, anomalies = aside(*fusions, rangees=rangees)
    assert all(cells["valeur"] == "?5" for cells in found.values())
    assert len(anomalies) <= len(fusions)


# Sur un vrai formulaire


@pytest.fixture
def atelier(copie: Path) -> Atelier:
    return Atelier(copie)


def collect_merged(atelier: Atelier, reference: str, feuille: str = "Saisie") -> Collecte:
    """The APO answers 12 and 34 in its first rows, merges some cells and sends its form."""
    classeur = load_workbook(BytesIO(atelier.form("apo")))
    saisie: Worksheet = classeur["Saisie"]
    saisie["H12"], saisie["H13"] = 12, 34
    saisie["L12"] = "avec la ville"
    classeur[feuille].merged_cells.add(reference)
    tampon = BytesIO()
    classeur.save(tampon)
    chemin = atelier.drop("apo.xlsx", tampon.getvalue())
    (collecte,) = atelier.collect(chemin)
    return collecte


def states(collecte: Collecte) -> dict[str, tuple[Etat | None, str | None, str]]:
    assert collecte.releve is not None
    return {
        valeur.cellule.partition("!")[2]: (valeur.etat, valeur.valeur, valeur.saisi)
        for valeur in collecte.releve.valeurs.values()
    }


def told(collecte: Collecte) -> list[tuple[str, str]]:
    return [(a.lieu.cellule, a.code) for a in collecte.anomalies]


def test_a_merge_over_two_measures_takes_neither(atelier: Atelier) -> None:
    collecte = collect_merged(atelier, "H12:H13")
    assert told(collecte) == [("H12", "FOR023"), ("H13", "FOR023")]
    assert states(collecte) == {
        "H12": (Etat.A_VERIFIER, None, "12"),
        "H13": (Etat.A_VERIFIER, None, "34"),
    }


def test_a_merge_that_hides_an_unanswered_row_asks_for_it(atelier: Atelier) -> None:
    collecte = collect_merged(atelier, "H13:H14")
    assert told(collecte) == [("H13", "FOR023"), ("H14", "FOR023")]
    assert states(collecte)["H12"] == (Etat.RENSEIGNE, "12", "")
    assert states(collecte)["H14"] == (Etat.A_VERIFIER, None, "34")


def test_a_merged_comment_is_told_and_the_values_stay(atelier: Atelier) -> None:
    collecte = collect_merged(atelier, "L12:L13")
    assert told(collecte) == [("L12", "FOR023")]
    assert {etat for etat, _, _ in states(collecte).values()} == {Etat.RENSEIGNE}


def test_an_empty_merge_of_the_story_is_told(atelier: Atelier) -> None:
    collecte = collect_merged(atelier, "E5:E6", "Fiches")
    assert told(collecte) == [("E5", "FOR023")]


@pytest.mark.parametrize("reference", ["B2:G2", "A1:M1", "B12:C13", "N12:P20", "H200:I210"])
def test_a_merge_outside_the_answers_says_nothing(atelier: Atelier, reference: str) -> None:
    collecte = collect_merged(atelier, reference)
    assert collecte.anomalies == []
    assert {valeur for _, valeur, _ in states(collecte).values()} == {"12", "34"}


def test_a_merge_of_the_notice_says_nothing(atelier: Atelier) -> None:
    assert collect_merged(atelier, "A1:C3", "Lisez-moi").anomalies == []


def test_a_return_with_a_merge_replaces_nothing(atelier: Atelier) -> None:
    atelier.answer("apo", {"3.1/ecoles-classes/ecoles": 5})
    (premiere,) = atelier.collect()
    atelier.retours.joinpath("apo.xlsx").unlink()
    assert premiere.releve is not None
    seconde = collect_merged(atelier, "H13:H14")
    assert seconde.releve is not None
    assert seconde.releve.remplace == ()
    assert "FOR019" in {code for _, code in told(seconde)}

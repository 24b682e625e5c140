"""One sheet per axe: where its fiches stand, their results of the year, what is said of them."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from clsmon.model.bilan import Bilan, BilanAxe
from clsmon.model.contrat import Axe
from clsmon.render.excel import render_excel
from clsmon.render.excel_axes import name_sheets


def read(bilan: Bilan) -> Workbook:
    return load_workbook(BytesIO(render_excel(bilan)))


def rows_below(feuille: Worksheet, titre: str) -> list[dict[str, Any]]:
    """The rows of the block that has this title, by column heading, until its blank row."""
    lignes: list[list[Any]] = [[c.value for c in ligne] for ligne in feuille.iter_rows()]
    debut = next(rang for rang, ligne in enumerate(lignes) if ligne[0] == titre) + 1
    places = {rang: str(nom) for rang, nom in enumerate(lignes[debut]) if nom is not None}
    rangees = []
    for ligne in lignes[debut + 1 :]:
        if all(valeur is None for valeur in ligne):
            break
        rangees.append({nom: ligne[rang] for rang, nom in places.items()})
    return rangees


@pytest.fixture(scope="module")
def feuille() -> Worksheet:
    from .bilan_samples import build_bilan  # noqa: PLC0415  one workbook for the whole module

    return read(build_bilan())["Axe 1"]


def test_each_fiche_has_its_advance_in_words_and_its_answers(feuille: Worksheet) -> None:
    (fiche,) = rows_below(feuille, "Avancement et réponses de chaque fiche")
    assert fiche["Fiche"] == "1.1 Fiche ordinaire"
    assert fiche["Avancement"] == "en cours"
    assert (fiche["Réponses demandées"], fiche["Non répondues"]) == (10, 1)


def test_the_results_are_those_of_the_year_and_typed(feuille: Worksheet) -> None:
    resultats = rows_below(feuille, "Résultats de 2025")
    assert len(resultats) == 10
    assert [ligne["Valeur"] for ligne in resultats[:4]] == [1234.5, 80, 30000, 34]
    assert [ligne["État"] for ligne in resultats[5:]] == [
        *("estimé", "non disponible", "sans objet", "à vérifier", "non répondu"),
    ]
    assert (resultats[0]["Cible"], resultats[1]["Cible"]) == (2469, "cible non fixée")


def test_each_respondent_is_there_even_silent(feuille: Worksheet) -> None:
    recits = rows_below(feuille, "Ce que chaque répondant en dit")
    dits = [(ligne["Organisme"], ligne["Avancement déclaré"]) for ligne in recits]
    assert dits == [("APO ordinaire", "en cours"), ("Sedap", "non répondu")]
    assert recits[0]["Freins"] == "ordinaire"


def test_an_axis_without_fiche_says_so(bilan: Bilan) -> None:
    vide = replace(bilan, axes=(replace(bilan.axes[0], fiches=()),))
    textes = [str(cellule.value) for cellule in read(vide)["Axe 1"]["A"]]
    assert "Aucune fiche de cet axe n’est suivie cet exercice." in textes
    assert "Fiches à programmer\u00a0: Plateforme ordinaire." in textes


def test_every_sheet_but_the_cover_has_its_print_area(bilan: Bilan) -> None:
    for feuille in read(bilan).worksheets[1:]:
        assert feuille.print_area, feuille.title


def build_axes(identifiants: list[str | None], modele: BilanAxe) -> tuple[BilanAxe, ...]:
    return tuple(
        replace(modele, axe=None if nom is None else Axe(id=nom, titre="Titre"))
        for nom in identifiants
    )


@pytest.mark.parametrize(
    ("identifiants", "noms"),
    [
        pytest.param(["1", "2", None], ["Axe 1", "Axe 2", "Sans axe"], id="plain"),
        pytest.param(["1", "a" * 40], ["Axe 1", "Axe n° 2"], id="too long"),
        pytest.param(["A", "b", "a"], ["Axe n° 1", "Axe b", "Axe n° 3"], id="only the case"),
    ],
)
def test_a_sheet_has_a_name_that_a_spreadsheet_takes(
    bilan: Bilan, identifiants: list[str | None], noms: list[str]
) -> None:
    axes = build_axes(identifiants, bilan.axes[0])
    assert list(name_sheets(axes)) == noms
    assert set(noms) < set(read(replace(bilan, axes=axes)).sheetnames)

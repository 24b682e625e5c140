"""What a row shows: whether it is what its key says, and what a row without key seems to be."""

from __future__ import annotations

import pytest

from clsmon.workbooks.reader.grid import Cellule, Nature
from clsmon.workbooks.returned.locating import Ligne
from clsmon.workbooks.returned.shown import Attendue, find_disorder, propose, proves, shows

COLONNES = {"fiche": 2, "indicateur": 3, "mesure": 4, "valeur": 8}


def row(feuille: str = "Saisie", **textes: str) -> Ligne:
    cellules = {colonne: Cellule(texte, Nature.TEXTE) for colonne, texte in textes.items()}
    return Ligne(feuille, 7, COLONNES, cellules)


def expected(fiche: str, indicateur: str, mesure: str, ligne: Ligne | None = None) -> Attendue:
    montre = {"fiche": fiche, "indicateur": indicateur, "mesure": mesure}
    return Attendue(f"{fiche} {mesure}", montre, ligne)


ATTENDUES = [
    expected("1.1", "Nombre de livres distribués", "Livres distribués"),
    expected("1.1", "Nombre d’ateliers", "Participants"),
    expected("1.10", "Nombre de sorties", "Participants"),
    expected("1.10", "Nombre de sorties", "Sorties"),
]


@pytest.mark.parametrize(
    ("montre", "nom"),
    [
        pytest.param({"mesure": "Livres distribués"}, "1.1 Livres distribués", id="label alone"),
        pytest.param({"mesure": "LIVRES  DISTRIBUES"}, "1.1 Livres distribués", id="case, accents"),
        pytest.param({"mesure": "Livres distibués"}, "1.1 Livres distribués", id="letter missing"),
        pytest.param(
            {"fiche": "1.10", "mesure": "Participants"}, "1.10 Participants", id="told by its fiche"
        ),
        pytest.param(
            {"indicateur": "Nombre d’ateliers"}, "1.1 Participants", id="told by its indicator"
        ),
        pytest.param({"mesure": "Participants"}, None, id="two of the same name"),
        pytest.param({"fiche": "1.1"}, None, id="a fiche alone says nothing"),
        pytest.param({"mesure": "Budget"}, None, id="nothing close"),
        pytest.param({"fiche": "2.1", "mesure": "Nuitées"}, None, id="of another fiche"),
        pytest.param({}, None, id="no label at all"),
    ],
)
def test_propose_only_what_cannot_be_another(montre: dict[str, str], nom: str | None) -> None:
    proposee = propose(row(**montre, valeur="12"), ATTENDUES)
    assert (proposee.nom if proposee else None) == nom


@pytest.mark.parametrize(
    ("montre", "montree"),
    [("Sorties", True), ("sorties\u00a0", True), ("", True), ("Sorties faites", False)],
)
def test_a_row_shows_a_label_or_nothing(montre: str, montree: bool) -> None:
    assert shows(row(mesure=montre), "mesure", ["Sorties"]) is montree


def test_a_blank_label_proves_nothing_where_rows_were_mixed() -> None:
    vide = row(mesure="")
    assert proves(vide, "mesure", ["Sorties"], ())
    assert not proves(vide, "mesure", ["Sorties"], {"Saisie"})
    assert proves(row(mesure="Sorties"), "mesure", ["Sorties"], {"Saisie"})


def test_one_row_that_shows_another_label_puts_its_sheet_in_disorder() -> None:
    juste = row(fiche="1.10", mesure="Sorties")
    fausse = row("Copie", fiche="1.10", mesure="Participants")
    places = [expected("1.10", "Nombre de sorties", "Sorties", ligne) for ligne in (juste, fausse)]
    assert find_disorder([*places, *ATTENDUES]) == {"Copie"}

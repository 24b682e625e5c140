"""Where the tables of a returned workbook are, and what was lost of them."""

from __future__ import annotations

import pytest

from clsmon.workbooks.disposition import DISPOSITION_FICHES, DISPOSITION_SAISIE
from clsmon.workbooks.layout import COLONNES_FICHES, COLONNES_SAISIE, heading
from clsmon.workbooks.reader.grid import Cellule, Feuille, Nature
from clsmon.workbooks.returned.tables import Defaut, find_faults, find_tables
from tests.workbooks.returned.test_identity import workbook

CLES = {"3.1/livres/livres"}
Contenus = dict[tuple[int, int], str]

ENTETE: Contenus = {(1, rang): c.cle for rang, c in enumerate(COLONNES_SAISIE, start=1)}
TITRES: Contenus = {(2, r): heading(c, 2025) for r, c in enumerate(COLONNES_SAISIE, start=1)}
LIGNE: Contenus = {(3, 1): "3.1/livres/livres", (3, 2): "3.1", (3, 8): "12"}
PLEINE = ENTETE | TITRES | LIGNE


def sheet(contenus: Contenus, nom: str = "Saisie") -> Feuille:
    cellules = {place: Cellule(texte, Nature.TEXTE) for place, texte in contenus.items()}
    return Feuille(nom, cellules, cachee=False)


def faults(*feuilles: Feuille) -> list[Defaut]:
    tableaux = list(find_tables(workbook(*feuilles), DISPOSITION_SAISIE))
    lues = [tableau.feuille for tableau in tableaux]
    autres = [feuille for feuille in feuilles if feuille not in lues]
    return list(find_faults(autres, tableaux, DISPOSITION_SAISIE, 2025, CLES))


def moved(contenus: Contenus, bas: int, droite: int) -> Contenus:
    return {(r + bas, c + droite): texte for (r, c), texte in contenus.items()}


def test_nothing_is_wrong_with_the_sheet_as_it_was_sent() -> None:
    assert faults(sheet(PLEINE)) == []


@pytest.mark.parametrize(
    ("contenus", "combien"),
    [
        pytest.param(PLEINE, 1, id="as sent"),
        pytest.param(PLEINE | moved(ENTETE, 9, 0), 1, id="headings copied below"),
        pytest.param(PLEINE | moved(PLEINE, 5, 20), 2, id="table copied beside, lower"),
        pytest.param(TITRES | LIGNE, 0, id="hidden row deleted"),
    ],
)
def test_tables_found_in_one_sheet(contenus: Contenus, combien: int) -> None:
    assert len(list(find_tables(workbook(sheet(contenus)), DISPOSITION_SAISIE))) == combien


@pytest.mark.parametrize(
    ("feuille", "code", "cellule", "message"),
    [
        pytest.param(
            sheet(PLEINE | {(2, 8): "Valeur 2024"}),
            "FOR031",
            "H2",
            "la feuille « Saisie » demande « Valeur 2024 », et non 2025 : rien n'en est pris",
            id="the sheet of last year",
        ),
        pytest.param(
            sheet(PLEINE | {(2, 10): "État"}),
            "FOR031",
            "J1",
            "la colonne « Dénominateur » a pour titre « État » : rien n'en est pris",
            id="the heading of another column",
        ),
        pytest.param(
            sheet(PLEINE | {(3, 20): "à revoir"}),
            "FOR032",
            "T3",
            "« à revoir » est hors des colonnes : rien n'en est enregistré",
            id="a note beside",
        ),
        pytest.param(
            sheet(PLEINE | {(3, 20): "à revoir", (5, 20): "oui", (6, 20): "non"}),
            "FOR032",
            "T3",
            "« à revoir », comme 2 autres cellules, est hors des colonnes : "
            "rien n'en est enregistré",
            id="a column of notes, in one sentence",
        ),
    ],
)
def test_what_is_wrong_is_told_once(
    feuille: Feuille, code: str, cellule: str, message: str
) -> None:
    assert faults(feuille) == [Defaut(code, "Saisie", cellule, message)]


@pytest.mark.parametrize("titre", ["Valeur 2025 (en milliers)", "Notre valeur", ""])
def test_a_heading_reworded_is_no_fault(titre: str) -> None:
    assert faults(sheet(PLEINE | {(2, 8): titre})) == []


@pytest.mark.parametrize(
    ("morceau", "cellule", "dit"),
    [
        pytest.param(moved(TITRES | LIGNE, -1, 0), "H2", "a perdu ses clés cachées", id="no keys"),
        pytest.param(
            moved(LIGNE, -2, 3), "D1", "des lignes du formulaire sans ses", id="no titles"
        ),
    ],
)
def test_a_piece_of_the_form_elsewhere_is_told(morceau: Contenus, cellule: str, dit: str) -> None:
    (defaut,) = faults(sheet(PLEINE), sheet(morceau, "Pour Paul"))
    assert (defaut.code, defaut.feuille, defaut.cellule) == ("FOR033", "Pour Paul", cellule)
    assert dit in defaut.message


def test_lists_of_choices_and_own_tables_are_no_piece_of_the_form() -> None:
    listes = sheet({(1, 1): "etat", (1, 2): "3.1/livres/livres", (2, 2): "oui"}, "Listes")
    calculs = sheet({(1, 1): "Livres distribués", (2, 1): "12", (2, 2): "3.1"}, "Calculs")
    assert faults(sheet(PLEINE), listes, calculs) == []


def test_narratives_without_their_column_of_rubriques() -> None:
    contenus = {(1, rang): c.cle for rang, c in enumerate(COLONNES_FICHES, 1) if c.cle != "champ"}
    tableaux = list(find_tables(workbook(sheet(contenus)), DISPOSITION_FICHES))
    (defaut,) = find_faults([], tableaux, DISPOSITION_FICHES, 2025, CLES)
    assert defaut.message == "la colonne « Champ » a été supprimée ; ses réponses manquent"

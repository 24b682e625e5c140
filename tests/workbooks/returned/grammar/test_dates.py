"""A day as people write it: the closed grammar, and a question for everything else."""

from __future__ import annotations

from datetime import date

import pytest

from clsmon.workbooks.reader.grid import Cellule, Nature
from clsmon.workbooks.returned.grammar.dates import read_date, read_date_cell
from clsmon.workbooks.returned.grammar.outcome import Illisible

MAI = date(2026, 5, 12)


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("12/05/2026", MAI),
        ("12/5/2026", MAI),
        ("12.05.2026", MAI),
        ("12-05-2026", MAI),
        ("12 / 05 / 2026", MAI),
        ("2026-05-12", MAI),
        ("12 mai 2026", MAI),
        ("Mardi 12 MAI 2026", MAI),
        ("le 12 mai 2026", MAI),
        ("1er août 2026", date(2026, 8, 1)),
        ("29/02/2028", date(2028, 2, 29)),
    ],
)
def test_a_whole_day_is_read(texte: str, attendu: date) -> None:
    assert read_date(texte) == attendu


@pytest.mark.parametrize(
    ("texte", "raison"),
    [
        ("12/05/26", "de quelle année ?"),
        ("mai 2026", "quel jour est-ce ?"),
        ("mi-mai", "quel jour est-ce ?"),
        ("12/2026", "quel jour est-ce ?"),
        ("12/05-2026", "quel jour est-ce ?"),
        ("05/13/2026", "n'existe pas"),
        ("31 juin 2026", "n'existe pas"),
        ("12/05/2206", "l'année est-elle juste ?"),
        ("١٢/٠٥/٢٠٢٦", "quel jour est-ce ?"),
        ("à la rentrée", "quel jour est-ce ?"),
    ],
)
def test_what_is_not_a_whole_day_is_asked(texte: str, raison: str) -> None:
    lu = read_date(texte)
    assert isinstance(lu, Illisible)
    assert (lu.code, raison in lu.question, texte in lu.question) == ("SAI036", True, True)


@pytest.mark.parametrize(
    ("cellule", "attendu"),
    [
        pytest.param(Cellule("2026-05-12", Nature.DATE), MAI, id="date du tableur"),
        pytest.param(Cellule(" 12/05/2026 ", Nature.TEXTE), MAI, id="texte"),
        pytest.param(Cellule("46154", Nature.NOMBRE), "Est-ce le 12 mai 2026 ?", id="nombre"),
        pytest.param(Cellule("12", Nature.NOMBRE), "et non une date.", id="petit nombre"),
        pytest.param(Cellule("2026-05-12T09:30:00", Nature.DATE), "une heure", id="heure"),
        pytest.param(Cellule("99999999", Nature.DATE), "quel jour", id="aucune date"),
        pytest.param(Cellule("VRAI", Nature.BOOLEEN), "pas une date", id="vrai ou faux"),
        pytest.param(Cellule("#N/A", Nature.ERREUR), "pas une date", id="erreur"),
        pytest.param(Cellule("", Nature.FORMULE_SANS_RESULTAT), "pas une date", id="formule"),
    ],
)
def test_a_cell_is_read_by_its_kind(cellule: Cellule, attendu: date | str) -> None:
    lu = read_date_cell(cellule)
    if isinstance(attendu, date):
        assert lu == attendu
    else:
        assert isinstance(lu, Illisible)
        assert attendu in lu.question

"""No row hides the end of a text: a workbook is printed as it is written, nothing adjusts it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from clsmon.model.arial import count_lines
from clsmon.model.bilan import Bilan
from clsmon.model.evaluation import Evaluation
from clsmon.render.evaluation_excel import render_excel_evaluation
from clsmon.render.excel import render_excel
from clsmon.render.excel_sheet import HAUTEUR_MAXIMALE

from .test_evaluation import reunite

pytestmark = pytest.mark.filterwarnings("ignore:Sparkline Group:UserWarning")

LIGNE = 12.2
"""The height of a line of Arial 10, in points."""

TEXTES = [
    pytest.param("ordinaire", id="a word"),
    pytest.param("MAMMOGRAPHIE " * 9, id="capitals"),
    pytest.param("Hauteville-les-Dijon, " * 30, id="a long list"),
]


def widths_of(feuille: Worksheet) -> dict[str, float]:
    """The room of each cell; a merged one has that of all its columns."""
    seules = {
        get_column_letter(rang): colonne.width - 0.71
        for colonne in feuille.column_dimensions.values()
        for rang in range(colonne.min or 1, (colonne.max or 1) + 1)
    }
    reunies = {
        str(plage.start_cell.coordinate): sum(
            seules.get(get_column_letter(rang), 8)
            for rang in range(plage.min_col, plage.max_col + 1)
        )
        for plage in feuille.merged_cells.ranges
    }
    return {**seules, **reunies}


def hidden_texts(octets: bytes) -> Iterator[str]:
    for feuille in load_workbook(BytesIO(octets)):
        largeurs = widths_of(feuille)
        for ligne in feuille.iter_rows():
            for cellule in ligne:
                if isinstance(cellule, Cell) and cellule.alignment.wrap_text:
                    if not isinstance(cellule.value, str):
                        continue
                    largeur = largeurs.get(cellule.coordinate) or largeurs[cellule.column_letter]
                    lignes = count_lines(cellule.value, largeur)
                    hauteur = feuille.row_dimensions[cellule.row].height or 15
                    if hauteur < min(HAUTEUR_MAXIMALE - 1, LIGNE * lignes):
                        yield f"{feuille.title}!{cellule.coordinate} {cellule.value[:60]!r}"


@pytest.mark.parametrize("texte", TEXTES)
def test_every_text_of_the_bilan_is_whole(bilan_of: Callable[..., Bilan], texte: str) -> None:
    assert list(hidden_texts(render_excel(bilan_of(texte)))) == []


@pytest.mark.parametrize("texte", TEXTES)
def test_every_text_of_the_evaluation_is_whole(texte: str) -> None:
    evaluation: Evaluation = reunite(texte)
    assert list(hidden_texts(render_excel_evaluation(evaluation))) == []


def test_a_table_is_as_high_as_the_columns_of_its_sheet_ask() -> None:
    evaluation = reunite()
    adoptee = replace(evaluation.annees[0], adopte="2026-05-12-comite-de-pilotage/D10")
    evaluation = replace(evaluation, annees=(adoptee, *evaluation.annees[1:]))
    assert list(hidden_texts(render_excel_evaluation(evaluation))) == []

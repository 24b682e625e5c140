"""A text in a spreadsheet's cell: whole, within its limit, and never taken for what it is not."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from clsmon.model.tableur import LIMITE_CELLULE, count_units, cut_units, spell_string

COUPE = " [texte coupé]"
RICHES = (
    "<r></r>",
    "<r>texte</r>",
    "<r><t>& mal formé</r>",
    "<r>\ndeux lignes\n</r>",
    "<r>" + "]]>" * 300 + "</r>",
)


def store(texte: str) -> str:
    """What a spreadsheet reads of a text written in a cell."""
    sortie = BytesIO()
    with Workbook(sortie, {"in_memory": True}) as classeur:
        classeur.add_worksheet().write_string(0, 0, spell_string(texte, COUPE))
    return str(load_workbook(BytesIO(sortie.getvalue())).worksheets[0]["A1"].value)


@pytest.mark.parametrize("texte", RICHES, ids=lambda t: repr(t[:20]))
def test_what_looks_like_a_rich_text_is_written_as_it_is(texte: str) -> None:
    assert store(texte) == texte


@pytest.mark.parametrize("texte", ["=1+1", "<r>ouvert", "fermé</r>", " <r>x</r>", ""])
def test_any_other_text_is_given_as_it_is(texte: str) -> None:
    assert spell_string(texte, COUPE) == texte


def test_what_no_longer_fits_once_escaped_is_cut_and_says_so() -> None:
    lu = store("<r>" + "&" * 32_000 + "</r>")
    assert lu.endswith(COUPE)
    assert len(lu) > 31_000


@pytest.mark.parametrize("signe", ["é", "😀"])
def test_a_text_is_cut_by_what_a_spreadsheet_counts(signe: str) -> None:
    coupe = cut_units(signe * 40_000, LIMITE_CELLULE, COUPE)
    assert LIMITE_CELLULE - 1 <= count_units(coupe) <= LIMITE_CELLULE
    assert coupe.endswith(COUPE)
    entier = signe * (LIMITE_CELLULE // count_units(signe))
    assert cut_units(entier, LIMITE_CELLULE, COUPE) == entier

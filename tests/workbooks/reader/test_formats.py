"""The same workbook saved by LibreOffice in three formats gives the same cells."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from clsmon.workbooks.reader.cells import Cellule, Classeur, Nature, Place, read_workbook
from tests.workbooks.reader.test_cells import check_cell

FIXTURES = Path(__file__).parent / "fixtures"
FORMATS = ("xlsx", "ods", "xls")

CONSTANTS = {(15, 1), (16, 1), (21, 1)}
"""True, false and #N/A typed: LibreOffice makes formulas of them, which an .ods alone tells."""

THOUSANDS = (10, 3)
"""12000 shown « 12 »: an .ods says what is shown, the others by what it is divided."""


@pytest.fixture(scope="module")
def saved() -> dict[str, Classeur]:
    return {
        suffix: read_workbook((FIXTURES / f"natures.{suffix}").read_bytes(), suffix)
        for suffix in FORMATS
    }


def without_differences(cellules: dict[Place, Cellule]) -> dict[Place, Cellule]:
    """The cells, without what one format cannot say as the others do."""
    known = dict(cellules)
    for place in CONSTANTS & known.keys():
        known[place] = replace(known[place], formule=False)
    if THOUSANDS in known and known[THOUSANDS].montre:
        known[THOUSANDS] = replace(known[THOUSANDS], montre="autre chose")
    return known


@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_the_three_formats_give_the_same_sheets(saved: dict[str, Classeur], suffix: str) -> None:
    expected, found = saved["xlsx"], saved[suffix]
    assert [(f.nom, f.cachee, set(f.fusions)) for f in found.feuilles] == [
        (f.nom, f.cachee, set(f.fusions)) for f in expected.feuilles
    ]
    for mine, theirs in zip(found.feuilles, expected.feuilles, strict=True):
        assert without_differences(dict(mine.cellules)) == without_differences(
            dict(theirs.cellules)
        )
    assert found.anomalies == expected.anomalies == ()
    assert found.macros is expected.macros is False


def test_every_nature_is_in_the_fixture(saved: dict[str, Classeur]) -> None:
    cells = list(saved["xlsx"].feuilles[0].cellules.values())
    assert {cell.nature for cell in cells} == {
        Nature.NOMBRE,
        Nature.TEXTE,
        Nature.BOOLEEN,
        Nature.ERREUR,
        Nature.DATE,
    }
    assert {cell.montre for cell in cells} > {"« ND »", "rien", "« beaucoup »"}
    assert sum(cell.formule for cell in cells) > 8
    assert sum(cell.pourcentage for cell in cells) == 2
    assert [f.adresse for f in saved["xlsx"].feuilles[0].fusions] == ["F1:G3", "F5:F6"]


def test_names_and_properties_survive_in_an_ods(saved: dict[str, Classeur]) -> None:
    for suffix in ("xlsx", "ods"):
        assert saved[suffix].noms == {"empreinte": '"4c1"'}
        assert saved[suffix].proprietes["contrat"] == "Dijon"
    assert (saved["xls"].noms, saved["xls"].proprietes) == ({}, {})


def test_openpyxl_reads_the_same(saved: dict[str, Classeur]) -> None:
    book = openpyxl.load_workbook(FIXTURES / "natures.xlsx", data_only=True)
    for feuille, page in zip(saved["xlsx"].feuilles, book.worksheets, strict=True):
        values = {
            (cell.row, cell.column): cell.value
            for line in page.iter_rows()
            for cell in line
            if cell.value is not None
        }
        found = {place: cell for place, cell in feuille.cellules.items() if cell.texte}
        assert set(found) == set(values)
        for place, value in values.items():
            cell = found[place]
            if cell.nature is Nature.ERREUR:
                assert cell.texte == value
            elif isinstance(value, dt.time | dt.timedelta):
                assert cell.nature is Nature.DATE  # an hour without a day is a part of a day
            else:
                check_cell(value, Cellule(cell.texte, cell.nature))


SCRIPT = """
import sys
from clsmon.collecting import read_workbook
read_workbook(open(sys.argv[1], "rb").read())
rooms = ("opendocument", "biff")
print([room for room in rooms if f"clsmon.workbooks.reader.{room}.workbook" in sys.modules])
"""


@pytest.mark.parametrize(
    ("suffix", "loaded"), [("xlsx", []), ("ods", ["opendocument"]), ("xls", ["biff"])]
)
def test_a_reader_is_loaded_by_the_first_file_of_its_format(suffix: str, loaded: list[str]) -> None:
    shown = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(FIXTURES / f"natures.{suffix}")],
        check=True,
        capture_output=True,
        text=True,
    )
    assert shown.stdout.strip() == repr(loaded)

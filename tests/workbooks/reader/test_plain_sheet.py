"""A plain sheet says what the strict walk says; all the rest is left to the walk."""

from __future__ import annotations

import os
import random
import re
from dataclasses import dataclass

import pytest

from clsmon.workbooks.reader.cell_values import Tables, number_texts
from clsmon.workbooks.reader.grid import Cellule, Fusion, Place
from clsmon.workbooks.reader.markup import PartieIllisible
from clsmon.workbooks.reader.plain_sheet import read_plain
from clsmon.workbooks.reader.sheets import SheetWalk
from clsmon.workbooks.reader.styles import Affichage, Style
from clsmon.workbooks.reader.tally import Comptes
from tests.workbooks.reader.test_mutations import change

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STYLES = (Style(Affichage.NOMBRE), Style(Affichage.POURCENTAGE), Style(Affichage.DATE))
TABLES = Tables(number_texts(["Clé", "Écoles", ""]), STYLES, calendrier_1904=False)

CELLS = (
    '<c r="A1" t="s"><v>0</v></c>',
    '<c r="B1" t="inlineStr"><is><t xml:space="preserve"> Ahuy </t></is></c>',
    '<c r="C1" t="inlineStr"><is><t> Ahuy _x0041_</t></is></c>',
    '<c r="D1" s="1"><v>0.8</v></c>',
    '<c r="E1" s="2"><v>45750</v></c>',
    '<c r="F1"><f>SUM(A2:A9)</f><v>12</v></c>',
    '<c r="G1"><f>SUM(A2:A9)</f></c>',
    '<c r="H1" t="str"><f>A1</f><v>Clé</v></c>',
    '<c r="I1" t="b"><v>1</v></c>',
    '<c r="J1" t="e"><v>#N/A</v></c>',
    '<c r="K1" s="1"/>',
)


def sheet(data: str, *, after: str = "", space: str = MAIN, before: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{space}">{before}'
        f"<sheetData>{data}</sheetData>{after}</worksheet>"
    ).encode()


def row(*cells: str, number: int = 1) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


@dataclass
class Said:
    """What one of the two readers says of a sheet."""

    cellules: dict[Place, Cellule]
    fusions: tuple[Fusion, ...]
    ecrites: int
    comptees: int


def by_plain(octets: bytes) -> Said | None:
    comptes = Comptes()
    lue = read_plain(octets, TABLES, comptes)
    if lue is None:
        assert comptes == Comptes(), "a sheet left to the walk is not counted twice"
        return None
    return Said(lue.cellules, lue.fusions, comptes.cellules, comptes.fusions)


def by_walk(octets: bytes) -> Said | None:
    """None when the walk refuses the sheet or one of its cells."""
    comptes = Comptes()
    walk = SheetWalk(TABLES, comptes)
    try:
        walk.parse(octets)
    except PartieIllisible:
        return None
    if walk.refusees:
        return None
    return Said(walk.cellules, tuple(walk.fusions), comptes.cellules, comptes.fusions)


MERGES = '<mergeCells count="2"><mergeCell ref="A2:B2"/><mergeCell ref="C1"/></mergeCells>'
VALIDATIONS = (
    '<dataValidations><dataValidation sqref="A1"><formula1>1</formula1></dataValidation>'
    "</dataValidations>"
)


@pytest.mark.parametrize(
    "octets",
    [
        pytest.param(sheet(""), id="empty"),
        pytest.param(sheet(row(*CELLS)), id="every kind of cell"),
        pytest.param(sheet(row(*CELLS), space=STRICT), id="strict vocabulary"),
        pytest.param(sheet(row(CELLS[0]), after=MERGES), id="merges"),
        pytest.param(sheet(row(CELLS[0]), after=VALIDATIONS), id="validations"),
        pytest.param(sheet(row(CELLS[0]), before="<cols><col min='1'/></cols>"), id="columns"),
        pytest.param(sheet(row(number=3) + row(number=7)), id="rows left out"),
    ],
)
def test_plain_sheet_is_read_as_the_walk_reads_it(octets: bytes) -> None:
    assert by_plain(octets) is not None
    assert by_plain(octets) == by_walk(octets)


@pytest.mark.parametrize(
    "octets",
    [
        pytest.param(sheet(row(CELLS[1], CELLS[0])), id="cells out of order"),
        pytest.param(sheet(row(CELLS[0], CELLS[0])), id="a cell twice"),
        pytest.param(sheet(row(number=2) + row(number=1)), id="rows out of order"),
        pytest.param(sheet(row(CELLS[0], number=2)), id="a cell of another row"),
        pytest.param(sheet("<row><c><v>1</v></c></row>"), id="no reference"),
        pytest.param(sheet(row('<c r="A1" t="s"><v>9</v></c>')), id="unknown text"),
        pytest.param(sheet(row('<c r="A1" s="9"><v>1</v></c>')), id="unknown style"),
        pytest.param(sheet(row('<c r="A1"><v>douze</v></c>')), id="not a number"),
        pytest.param(sheet(row('<c r="A1"><v>1<b/></v></c>')), id="a value that holds an element"),
        pytest.param(sheet(row('<c r="A1"><v>1</v><v>2</v></c>')), id="two values"),
        pytest.param(sheet(row('<c r="A1"><v>1</v><f>A2</f></c>')), id="the value first"),
        pytest.param(sheet(row(), after="<row r='9'/>"), id="a row elsewhere"),
        pytest.param(sheet("", after="<x><sheetData/></x>"), id="two sets of rows"),
        pytest.param(sheet("", after="<x><mergeCell ref='A1:B1'/></x>"), id="a merge elsewhere"),
        pytest.param(
            sheet(
                "", after='<mergeCells><mergeCell ref="C1"/></mergeCells><mergeCell ref="A1:B1"/>'
            ),
            id="a merge beside the list",
        ),
        pytest.param(sheet("", after="<x>" * 80 + "</x>" * 80), id="too deep"),
        pytest.param(sheet("<!-- -->"), id="a comment"),
        pytest.param(sheet(row(CELLS[0])).replace(b"?>", b"?><!DOCTYPE x>"), id="a DOCTYPE"),
        pytest.param(sheet("<x:c xmlns:x='y'/>" + " " * 1100 + "<z xmlns='t'/>"), id="vocabulary"),
        pytest.param(sheet("").replace(b"worksheet", b"chartsheet"), id="another root"),
        pytest.param(sheet("", space="y"), id="another vocabulary"),
        pytest.param(sheet("<row"), id="malformed"),
        pytest.param(sheet("").decode().encode("utf-16"), id="UTF-16"),
        pytest.param(sheet("<x/>" * 60_000), id="too many elements"),
    ],
)
def test_all_the_rest_is_left_to_the_walk(octets: bytes) -> None:
    assert by_plain(octets) is None


PIECES = (
    b"<row r='2'>",
    b"</row>",
    b"<c r='B2'>",
    b"</c>",
    b"<v>1</v>",
    b"<f>A1</f>",
    b"<is><t>a</t></is>",
    b"<mergeCell ref='A1:B2'/>",
    b"<mergeCells>",
    b"</mergeCells>",
    b"<rPh><t>x</t></rPh>",
    b"<sheetData>",
    b" xml:space='preserve'",
    b"<!-- -->",
    b"<r>",
    b"</r>",
    b" t='s'",
    b" t='n'",
    b" r='A1'",
    b"&#10;",
    b"&amp;",
    b"<extLst>",
    b"</extLst>",
    "é".encode(),
    b"<x:row xmlns:x='" + MAIN.encode() + b"'/>",
    b"\xff",
)

TAG = re.compile(rb"<[^<>]*>")


def disturb(octets: bytes, chance: random.Random) -> bytes:
    """One or two whole tags put in, taken out, moved, or one character changed inside a text."""
    for _ in range(chance.randint(1, 2)):
        found = chance.choice(list(TAG.finditer(octets)))
        start, end = found.span()
        match chance.randrange(5):
            case 0:
                octets = octets[:end] + chance.choice(PIECES) + octets[end:]
            case 1:
                octets = octets[:start] + octets[end:]
            case 2:
                octets = octets[:end] + found[0] + octets[end:]
            case 3:
                octets = (
                    octets[: end - 1]
                    + chance.choice((b" t='n'", b" r='A2'", b"/"))
                    + octets[end - 1 :]
                )
            case _:
                octets = (
                    octets[:end]
                    + chance.choice((b"1", b" ", b"\xc3\xa9", b"&amp;", b"-"))
                    + octets[end:]
                )
    return octets


def run(seed: int, count: int) -> tuple[int, int]:
    """How many changed sheets the plain reader took, and how many the walk accepts."""
    rows = row(*CELLS) + row('<c r="A2"><v>3</v></c>', number=2)
    whole = sheet(rows, after=MERGES + VALIDATIONS)
    taken = accepted = 0
    for number in range(count):
        chance = random.Random(seed * 1_000_003 + number)
        octets = change(whole, chance, PIECES) if number % 3 == 0 else disturb(whole, chance)
        plain, walk = by_plain(octets), by_walk(octets)
        assert plain is None or plain == walk, octets.decode("utf-8", "replace")
        taken += plain is not None
        accepted += walk is not None
    return taken, accepted


def test_changed_sheets_are_read_as_the_walk_reads_them() -> None:
    taken, accepted = run(seed=1, count=3000)
    assert 200 < taken < accepted


@pytest.mark.campagne
def test_campaign_of_changed_sheets(capsys: pytest.CaptureFixture[str]) -> None:
    """`CLSMON_GRAINE=2 CLSMON_NOMBRE=100000 python -m pytest -m campagne tests`."""
    seed = int(os.environ.get("CLSMON_GRAINE", "2"))
    count = int(os.environ.get("CLSMON_NOMBRE", "100000"))
    taken, accepted = run(seed, count)
    with capsys.disabled():
        print(f"\ngraine {seed} : {count} feuilles, {taken} lues vite, {accepted} en tout")  # noqa: T201
    assert taken

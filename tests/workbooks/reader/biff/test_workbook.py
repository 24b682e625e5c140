"""The .xls reader: each record, each way of hiding a cell, each cause of refusal."""

from __future__ import annotations

import struct

import pytest

from clsmon.model.anomalie import Anomalie
from clsmon.workbooks.reader.cells import Cellule, ClasseurRefuse, Nature, address, read_workbook
from clsmon.workbooks.reader.container import Limites
from tests.workbooks.reader.biff.raw_xls import (
    CHART,
    END,
    OLE,
    begin,
    cell,
    compound,
    formula,
    number,
    record,
    shared,
    special,
    stream,
    text,
    xls,
)

N, T, E = Nature.NOMBRE, Nature.TEXTE, Nature.ERREUR


def rk(value: int) -> bytes:
    return struct.pack("<I", value)


def only(octets: bytes) -> dict[str, Cellule]:
    classeur = read_workbook(octets)
    assert classeur.anomalies == ()
    return {address(place): cell for place, cell in classeur.feuilles[0].cellules.items()}


def refusal(octets: bytes) -> ClasseurRefuse:
    with pytest.raises(ClasseurRefuse) as caught:
        read_workbook(octets, "apo.xls")
    return caught.value


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(number(0, 0, 12.5), Cellule("12.5", N), id="number"),
        pytest.param(number(0, 0, 0.1 + 0.2), Cellule("0.3", N), id="15 digits"),
        pytest.param(cell(0x027E, 0, 0, rk(12 << 2 | 2)), Cellule("12", N), id="whole rk"),
        pytest.param(cell(0x027E, 0, 0, rk(0xFFFFFFD2)), Cellule("-12", N), id="negative rk"),
        pytest.param(cell(0x027E, 0, 0, rk(1234 << 2 | 3)), Cellule("12.34", N), id="rk by 100"),
        pytest.param(cell(0x027E, 0, 0, rk(0x3FF80000)), Cellule("1.5", N), id="head of a double"),
        pytest.param(cell(0x0204, 0, 0, text("été")), Cellule("été", T), id="text in the cell"),
        pytest.param(cell(0x0204, 0, 0, text("12")), Cellule("12", T), id="digits as text"),
        pytest.param(cell(0x0205, 0, 0, b"\1\0"), Cellule("VRAI", Nature.BOOLEEN), id="true"),
        pytest.param(cell(0x0205, 0, 0, b"\0\0"), Cellule("FAUX", Nature.BOOLEEN), id="false"),
        pytest.param(cell(0x0205, 0, 0, b"\x2a\1"), Cellule("#N/A", E), id="error"),
        pytest.param(cell(0x0205, 0, 0, b"\x63\1"), Cellule("#99", E), id="unknown error"),
        pytest.param(
            formula(0, 0, struct.pack("<d", 2)), Cellule("2", N, True), id="formula of a number"
        ),
        pytest.param(
            formula(0, 0, struct.pack("<d", 2), 0x0406), Cellule("2", N, True), id="old formula"
        ),
        pytest.param(
            formula(0, 0, special(0)) + record(0x0207, text("ab")),
            Cellule("ab", T, True),
            id="formula of a text",
        ),
        pytest.param(
            formula(0, 0, special(0)) + record(0x04BC, bytes(10)) + record(0x0207, text("ab")),
            Cellule("ab", T, True),
            id="shared formula of a text",
        ),
        pytest.param(
            formula(0, 0, special(0)),
            Cellule("", Nature.FORMULE_SANS_RESULTAT, True),
            id="formula whose text never comes",
        ),
        pytest.param(formula(0, 0, special(3)), Cellule("", T, True), id="formula of no text"),
        pytest.param(
            formula(0, 0, special(1, 1)), Cellule("VRAI", Nature.BOOLEEN, True), id="formula true"
        ),
        pytest.param(formula(0, 0, special(2, 7)), Cellule("#DIV/0!", E, True), id="formula error"),
    ],
)
def test_each_record(written: bytes, expected: Cellule) -> None:
    assert only(xls([written])) == {"A1": expected}


def test_several_numbers_in_one_record() -> None:
    several = struct.pack("<HHHIHIH", 4, 1, 0, 5 << 2 | 2, 0, 6 << 2 | 2, 2)
    assert {a: c.texte for a, c in only(xls([record(0x00BD, several)])).items()} == {
        "B5": "5",
        "C5": "6",
    }


def test_shared_texts() -> None:
    rows = [cell(0x00FD, 0, rank, struct.pack("<I", rank)) for rank in range(3)]
    octets = xls(rows, plan=shared("été", "", "œuvre"))
    assert only(octets) == {"A1": Cellule("été", T), "C1": Cellule("œuvre", T)}


def test_a_text_cut_by_the_end_of_its_record_goes_on_in_the_next() -> None:
    """The second half says its own width; formatting runs and phonetic help are passed over."""
    head = struct.pack("<II", 2, 2) + struct.pack("<HBHI", 6, 8 | 4, 1, 3) + b"abc"
    rest = b"\1" + "dé€".encode("utf-16-le") + bytes(4) + b"xyz" + text("fin")
    plan = record(0x00FC, head) + record(0x003C, rest)
    rows = [cell(0x00FD, 0, rank, struct.pack("<I", rank)) for rank in range(2)]
    assert only(xls(rows, plan=plan)) == {"A1": Cellule("abcdé€", T), "B1": Cellule("fin", T)}


@pytest.mark.parametrize(
    ("code", "value", "expected"),
    [
        ("dd/mm/yyyy", 46115, Cellule("2026-04-03", Nature.DATE)),
        ("0.0%", 0.8, Cellule("0.8", N, False, True)),
        ('"ND"', 12, Cellule("12", N, False, False, "« ND »")),
        ('0" écoles"', 12, Cellule("12", N)),
    ],
)
def test_formats(code: str, value: float, expected: Cellule) -> None:
    assert only(xls([number(0, 0, value, 1)], formats=[code])) == {"A1": expected}


def test_1904_calendar() -> None:
    octets = xls(
        [number(0, 0, 0, 1)], formats=["dd/mm/yyyy"], plan=record(0x0022, struct.pack("<H", 1))
    )
    assert only(octets) == {"A1": Cellule("1904-01-01", Nature.DATE)}


def test_sheets_merges_macros_and_empty_cells() -> None:
    merges = record(0x00E5, struct.pack("<9H", 2, 0, 2, 5, 6, 9, 9, 0, 0))
    blanks = cell(0x0201, 0, 0, b"") + record(0x00BE, struct.pack("<5H", 0, 1, 0, 0, 2))
    flux = stream([blanks, merges], [number(0, 0, 1)], hidden=2, names=["Été", "Deux"])
    classeur = read_workbook(compound({"WORKBOOK": flux, "_VBA_PROJECT_CUR": b""}))
    assert [(f.nom, f.cachee, len(f.cellules)) for f in classeur.feuilles] == [
        ("Été", True, 0),
        ("Deux", True, 1),
    ]
    assert [f.adresse for f in classeur.feuilles[0].fusions] == ["F1:G3"]
    assert classeur.macros


def test_a_chart_inside_a_sheet_gives_no_cell() -> None:
    chart = begin(CHART) + number(7, 7, 99) + record(0x000A)
    assert set(only(xls([number(0, 0, 1), chart, number(1, 0, 2)]))) == {"A1", "A2"}


@pytest.mark.parametrize(
    ("written", "raw", "cause"),
    [
        pytest.param(number(0, 0, float("nan")), "nan", "nombre lisible", id="nan"),
        pytest.param(number(0, 0, float("inf")), "inf", "nombre lisible", id="infinite"),
        pytest.param(number(0, 0, 1, style=9), "1", "style qui n'existe pas", id="no style"),
        pytest.param(cell(0x00FD, 0, 0, rk(7)), "7", "texte partagé", id="no text"),
        pytest.param(cell(0x0205, 0, 0, b"\2\0"), "", "pas celui de son type", id="neither"),
        pytest.param(cell(0x0203, 0, 0, b"\0"), "", "pas celui de son type", id="cut number"),
        pytest.param(formula(0, 0, special(9)), "", "pas celui de son type", id="odd result"),
        pytest.param(cell(0x0204, 0, 0, text("é" * 8000)), "", "", id="long but whole"),
        pytest.param(
            number(0, 0, 12) + number(0, 0, 21), "12 / 21", "écrite deux fois", id="twice"
        ),
    ],
)
def test_refused_cell_stays_visible_and_named(written: bytes, raw: str, cause: str) -> None:
    classeur = read_workbook(xls([written, number(0, 1, 5)]), "apo.xls")
    found = classeur.feuilles[0].cellules
    assert found[1, 2] == Cellule("5", N)
    if not cause:
        assert classeur.anomalies == ()
        return
    assert (found[1, 1].nature, found[1, 1].texte) == (E, raw)
    anomalie: Anomalie = classeur.anomalies[0]
    assert (anomalie.code, str(anomalie.lieu)) == (
        "SAI001",
        "apo.xls, feuille Feuille1, cellule A1",
    )
    assert cause in anomalie.message


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param([cell(0x0002, 0, 0, bytes(4))], id="cell of Excel 2"),
        pytest.param([record(0x00FD, b"\0\0")], id="record too short"),
        pytest.param([record(0x00BD, bytes(7))], id="numbers cut"),
        pytest.param([cell(0x0204, 0, 0, struct.pack("<HB", 9, 0))], id="text cut"),
        pytest.param([record(0x00E5, struct.pack("<5H", 1, 5, 2, 0, 0))], id="merge upside down"),
    ],
)
def test_a_broken_sheet_is_named_and_the_others_load(broken: list[bytes]) -> None:
    classeur = read_workbook(xls(broken, [number(0, 0, 1)]))
    assert [feuille.nom for feuille in classeur.feuilles] == ["Feuille2"]
    (anomalie,) = classeur.anomalies
    assert anomalie.code == "FOR008"
    assert anomalie.message.startswith("La feuille « Feuille1 » n'est pas lue : ")


def test_two_sheets_of_the_same_name_or_place_are_refused() -> None:
    assert "porte le même nom" in refusal(xls([], [], names=["A", "a"])).message
    flux = stream([number(0, 0, 1)], names=["A"])
    start = flux.index(b"\x85\x00")
    twice = flux[:start] + flux[start : start + 13] * 2 + flux[start + 13 :]
    renamed = bytearray(twice)
    renamed[start + 25] = ord("B")
    for position in (start + 4, start + 17):
        renamed[position : position + 4] = struct.pack("<I", len(flux) - 34 + 13)
    assert "désigne la même partie" in refusal(compound({"Workbook": bytes(renamed)})).message


WHOLE = xls([number(0, 0, 12)], plan=shared("a"))


@pytest.mark.parametrize(
    ("octets", "code", "words"),
    [
        pytest.param(compound({"EncryptedPackage": b"x"}), "FOR002", "mot de passe", id="xlsx"),
        pytest.param(
            xls([], plan=record(0x002F, bytes(6))), "FOR002", "mot de passe", id="password"
        ),
        pytest.param(
            compound({"Book": b"x"}), "FOR003", "d'avant Excel 97", id="Excel 95 by its stream"
        ),
        pytest.param(
            compound({"Workbook": begin(5, 0x0500) + record(0x000A)}),
            "FOR003",
            "d'avant Excel 97",
            id="Excel 95 by its version",
        ),
        pytest.param(b"\x09\x08\x10\x00" + bytes(9), "FOR003", "d'avant Excel 97", id="bare"),
        pytest.param(compound({"WordDocument": b"x"}), "FOR001", "Word (.doc)", id="doc"),
        pytest.param(
            compound({"PowerPoint Document": b"x"}), "FOR001", "une présentation", id="ppt"
        ),
        pytest.param(compound({"x": b"x"}), "FOR001", "ancien fichier bureautique", id="other"),
        pytest.param(OLE + bytes(504), "FOR005", "son en-tête", id="zeros"),
        pytest.param(OLE, "FOR005", "son en-tête", id="head only"),
        pytest.param(WHOLE[:1024], "FOR005", "coupé ou abîmé", id="cut"),
        pytest.param(
            compound({"Workbook": WHOLE[1556:]}), "FOR008", "n'est pas là où", id="no beginning"
        ),
        pytest.param(compound({"Workbook": begin(5)}), "FOR008", "sa fin manque", id="no end"),
        pytest.param(
            xls([], plan=shared("a") * 2), "FOR008", "deux listes de textes", id="two lists"
        ),
        pytest.param(xls(), "FOR008", "Il n'a pas de feuille", id="no sheet"),
        pytest.param(OLE + bytes(10_000_000), "FOR007", "10,0 Mo", id="size"),
        pytest.param(
            xls([], plan=record(0x00FC, struct.pack("<II", 1, 10**9))),
            "FOR007",
            "1000000000 textes",
            id="a billion texts",
        ),
    ],
)
def test_each_cause_has_its_sentence(octets: bytes, code: str, words: str) -> None:
    refused = refusal(octets)
    assert refused.code == code
    assert words in refused.message
    assert refused.conseil.endswith(".")


@pytest.mark.parametrize(
    ("sheet", "limites", "words"),
    [
        ([number(r, 0, 1) for r in range(4)], Limites(cellules=3), "trop de cellules"),
        ([record(0x00E5, struct.pack("<9H", 2, *[0] * 8))], Limites(fusions=1), "trop de fusions"),
        ([record(0x0999)] * 9, Limites(enregistrements=12), "trop d'éléments"),
    ],
)
def test_what_is_counted(
    sheet: list[bytes], limites: Limites, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clsmon.workbooks.reader.tally.LIMITES", limites)
    refused = refusal(xls(sheet))
    assert refused.code == "FOR007"
    assert words in refused.message


def chained(octets: bytes, changes: dict[int, int]) -> bytes:
    """The same file, some entries of its table of sectors changed."""
    changed = bytearray(octets)
    for sector, following in changes.items():
        struct.pack_into("<I", changed, 512 + 4 * sector, following)
    return bytes(changed)


@pytest.mark.parametrize(
    ("octets", "words"),
    [
        pytest.param(chained(WHOLE, {1: 1}), "rompue", id="directory in a circle"),
        pytest.param(chained(WHOLE, {1: 99_999}), "rompue", id="chain out of the table"),
        pytest.param(
            chained(WHOLE, {1: 100, 100: END}), "hors du fichier", id="sector out of the file"
        ),
        pytest.param(
            WHOLE[:80] + struct.pack("<I", 0) + WHOLE[84:], "se répètent", id="table twice"
        ),
        pytest.param(WHOLE[:1090] + b"\2" + WHOLE[1091:], "dossier principal manque", id="no root"),
    ],
)
def test_a_compound_file_that_lies_is_damaged(octets: bytes, words: str) -> None:
    refused = refusal(octets)
    assert refused.code == "FOR005"
    assert words in refused.message


def test_every_cut_ends_in_a_refusal() -> None:
    for cut in range(8, len(WHOLE) - 512, 61):
        assert refusal(WHOLE[:cut]).code in ("FOR005", "FOR008")

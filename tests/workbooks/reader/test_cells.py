"""The strict cell reader: raw XML cases, then openpyxl and xlsxwriter as oracles."""

from __future__ import annotations

import datetime as dt
import io
import string
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clsmon.model.anomalie import Anomalie
from clsmon.workbooks.reader.cells import (
    Cellule,
    Classeur,
    ClasseurRefuse,
    Nature,
    address,
    parse_address,
    read_workbook,
)
from clsmon.workbooks.reader.container import Limites
from clsmon.workbooks.reader.decimals import parse_number
from clsmon.workbooks.reader.serials import date_of_serial, is_date_format
from tests.workbooks.reader.raw_workbook import (
    MAIN,
    OFFICE,
    cells,
    minimal,
    minimal_parts,
    relations,
    sheet,
    workbook,
)
from tests.workbooks.reader.raw_workbook import zip_parts as archive

STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts>'
    '<numFmt numFmtId="164" formatCode="[$-40C]d mmmm yyyy;@"/>'
    '<numFmt numFmtId="165" formatCode="0 &quot;personnes&quot;"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>'
    '<xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>'
)


def strings(*items: str) -> str:
    return f'<sst xmlns="{MAIN}">{"".join(f"<si>{item}</si>" for item in items)}</sst>'


def only(octets: bytes) -> dict[str, Cellule]:
    classeur = read_workbook(octets)
    return {address(place): cell for place, cell in classeur.feuilles[0].cellules.items()}


def one(cell_xml: str, **parts: str) -> Cellule:
    return only(minimal(cells(cell_xml), **parts))["A1"]


def told(classeur: Classeur) -> list[tuple[str, str, str]]:
    return [(a.code, a.lieu.feuille, a.lieu.cellule) for a in classeur.anomalies]


def refused(octets: bytes) -> tuple[dict[str, Cellule], Anomalie]:
    classeur = read_workbook(octets, "apo.xlsx")
    (anomalie,) = classeur.anomalies
    feuille = classeur.feuilles[0]
    return {address(place): cell for place, cell in feuille.cellules.items()}, anomalie


@pytest.mark.parametrize(
    ("cell_xml", "expected"),
    [
        pytest.param("<v>12</v>", Cellule("12", Nature.NOMBRE), id="integer"),
        pytest.param("<v>0</v>", Cellule("0", Nature.NOMBRE), id="zero is not empty"),
        pytest.param("<v> 12.50\n</v>", Cellule("12.5", Nature.NOMBRE), id="blanks around"),
        pytest.param("<f>1+1</f><v>2</v>", Cellule("2", Nature.NOMBRE, True), id="formula"),
        pytest.param(
            "<f>1+1</f>", Cellule("", Nature.FORMULE_SANS_RESULTAT, True), id="no result at all"
        ),
        pytest.param(
            "<f>1+1</f><v/>", Cellule("", Nature.FORMULE_SANS_RESULTAT, True), id="empty result"
        ),
        pytest.param("<v><![CDATA[1]]>2</v>", Cellule("12", Nature.NOMBRE), id="cdata"),
    ],
)
def test_untyped_cell(cell_xml: str, expected: Cellule) -> None:
    assert one(f'<c r="A1">{cell_xml}</c>') == expected


@pytest.mark.parametrize(
    ("cell_xml", "expected"),
    [
        pytest.param('<c r="A1" t="b"><v>1</v></c>', Cellule("VRAI", Nature.BOOLEEN), id="true"),
        pytest.param('<c r="A1" t="b"><v>0</v></c>', Cellule("FAUX", Nature.BOOLEEN), id="false"),
        pytest.param('<c r="A1" t="e"><v>#N/A</v></c>', Cellule("#N/A", Nature.ERREUR), id="n/a"),
        pytest.param(
            '<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
            Cellule("#DIV/0!", Nature.ERREUR, True),
            id="div/0",
        ),
        pytest.param(
            '<c r="A1" t="str"><f>"a"</f><v>a_x000D_b</v></c>',
            Cellule("a\rb", Nature.TEXTE, True),
            id="text of a formula",
        ),
        pytest.param(
            '<c r="A1" t="str"><f>""</f><v></v></c>',
            Cellule("", Nature.TEXTE, True),
            id="empty text of a formula",
        ),
        pytest.param(
            '<c r="A1" t="inlineStr"><is><t>12</t></is></c>',
            Cellule("12", Nature.TEXTE),
            id="digits as text",
        ),
        pytest.param(
            '<c r="A1" t="inlineStr"><is><r><t>Lire </t></r><r><rPr><b/></rPr><t>à l’école</t></r>'
            "<rPh><t>phonétique</t></rPh></is></c>",
            Cellule("Lire à l’école", Nature.TEXTE),
            id="rich inline",
        ),
        pytest.param(
            '<c r="A1" t="d"><v>2025-04-03T00:00:00Z</v></c>',
            Cellule("2025-04-03", Nature.DATE),
            id="iso date",
        ),
    ],
)
def test_typed_cell(cell_xml: str, expected: Cellule) -> None:
    assert one(cell_xml) == expected


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        pytest.param("<t>douze</t>", "douze", id="plain"),
        pytest.param("<t> douze\n</t>", "douze", id="blanks dropped"),
        pytest.param('<t xml:space="preserve"> douze </t>', " douze ", id="blanks kept"),
        pytest.param("<r><t>deux </t></r><r><t>mots</t></r>", "deux mots", id="runs"),
        pytest.param("<t>a</t><rPh sb='0' eb='1'><t>b</t></rPh><phoneticPr/>", "a", id="phonetic"),
        pytest.param("<t>_x001B_[31m</t>", "\x1b[31m", id="escape decoded"),
        pytest.param("<t>_x005F_x001B_</t>", "_x001B_", id="escaped escape"),
        pytest.param("<t>_xD83D__xDE00_ _xD83D_</t>", "😀 \ufffd", id="surrogates"),
        pytest.param("<t>&lt;b&gt; &amp; &#233;</t>", "<b> & é", id="entities"),
    ],
)
def test_shared_text(item: str, expected: str) -> None:
    octets = minimal(cells('<c r="A1" t="s"><v>1</v></c>'), strings=strings("<t>autre</t>", item))
    assert only(octets) == {"A1": Cellule(expected, Nature.TEXTE)}


def test_empty_cells_are_absent() -> None:
    octets = minimal(
        cells(
            '<c r="A1"/><c r="B1" s="1"/><c r="C1"><v></v></c><c r="D1" t="s"><v>0</v></c>'
            '<c r="E1" t="inlineStr"><is><t></t></is></c><c r="F1" t="str"><v/></c>'
        ),
        strings=strings("<t/>"),
    )
    assert only(octets) == {}
    assert read_workbook(octets).anomalies == ()


@pytest.mark.parametrize(
    ("style", "serial", "expected"),
    [
        pytest.param("1", "46115", Cellule("2026-04-03", Nature.DATE), id="builtin"),
        pytest.param("2", "45000.75", Cellule("2023-03-15T18:00:00", Nature.DATE), id="custom"),
        pytest.param("3", "46115", Cellule("46115", Nature.NOMBRE), id="literal text"),
        pytest.param("0", "46115", Cellule("46115", Nature.NOMBRE), id="general"),
        pytest.param("1", "60", Cellule("60", Nature.DATE), id="29 February 1900"),
        pytest.param("1", "-1", Cellule("-1", Nature.DATE), id="negative"),
    ],
)
def test_date_by_style(style: str, serial: str, expected: Cellule) -> None:
    assert one(f'<c r="A1" s="{style}"><v>{serial}</v></c>', styles=STYLES) == expected


@pytest.mark.parametrize(
    ("serial", "in_1900", "in_1904"),
    [
        ("0", "0", "1904-01-01"),
        ("0.5", "0.5", "1904-01-01T12:00:00"),
        ("1", "1900-01-01", "1904-01-02"),
        ("59", "1900-02-28", "1904-02-29"),
        ("60", "60", "1904-03-01"),
        ("61", "1900-03-01", "1904-03-02"),
        ("45000.999999", "2023-03-16", "2027-03-17"),
        ("2957003", "9995-12-30", "9999-12-31"),
        ("2958465", "9999-12-31", "2958465"),
        ("2958466", "2958466", "2958466"),
        ("-1", "-1", "-1"),
        ("1" + "0" * 60, "1" + "0" * 60, "1" + "0" * 60),
    ],
)
def test_serials(serial: str, in_1900: str, in_1904: str) -> None:
    assert date_of_serial(serial, False) == in_1900
    assert date_of_serial(serial, True) == in_1904


def test_1904_calendar_is_the_workbooks() -> None:
    parts = minimal_parts(cells('<c r="A1" t="n" s="1"><v>0</v></c>'))
    listed = '<sheet name="Saisie" sheetId="1" r:id="rId1"/>'
    parts["xl/workbook.xml"] = workbook(listed, '<workbookPr date1904="true"/>')
    parts["xl/_rels/workbook.xml.rels"] = relations(
        ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml")
    )
    parts["xl/styles.xml"] = STYLES
    classeur = read_workbook(archive(parts))
    assert classeur.calendrier_1904
    assert classeur.feuilles[0].cellules == {(1, 1): Cellule("1904-01-01", Nature.DATE)}


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("dd/mm/yyyy", True),
        ("[h]:mm", True),
        ("[$-40C]mmm\\-yy", True),
        ("General", False),
        ("0.00E+00", False),
        ('# ##0 "jours"', False),
        ("[Red]0\\d", False),
        ("#,##0_h", False),
        ("0;yyyy", False),
    ],
)
def test_date_formats(code: str, is_date: bool) -> None:
    assert is_date_format(164, code) is is_date


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("0.30000000000000004", "0.3"),
        ("1.1000000000000001", "1.1"),
        ("1.5E-3", "0.0015"),
        ("1E+2", "100"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("007", "7"),
        (".5", "0.5"),
        ("5.", "5"),
        ("+3", "3"),
        ("123456789012345678", "123456789012346000"),
        ("1.7976931348623157E308", "179769313486232" + "0" * 294),
        ("1e-400", "0"),
        ("1e309", None),
        ("1e99999", None),
        ("NaN", None),
        ("inf", None),
        ("12,5", None),
        ("1_000", None),
        ("1 000", None),
        ("٣", None),
        ("0x1F", None),
        ("", None),
        ("1" * 500, None),
    ],
)
def test_numbers(written: str, expected: str | None) -> None:
    assert parse_number(written) == expected


@pytest.mark.parametrize(
    ("cell_xml", "raw", "cause"),
    [
        ("<c r='A1'><v>1e309</v></c>", "1e309", "un nombre lisible"),
        ("<c r='A1'><v>NaN</v></c>", "NaN", "un nombre lisible"),
        ("<c r='A1'><v>12,5</v></c>", "12,5", "un nombre lisible"),
        ("<c r='A1' t='s'><v>7</v></c>", "7", "texte partagé qui n'existe pas"),
        ("<c r='A1' t='s'><v>-1</v></c>", "-1", "texte partagé qui n'existe pas"),
        ("<c r='A1' t='s'><f>1</f><v>x</v></c>", "x", "texte partagé qui n'existe pas"),
        ("<c r='A1' t='b'><v>2</v></c>", "2", "n'est pas celui de son type"),
        ("<c r='A1' t='d'><v>2025-02-30</v></c>", "2025-02-30", "n'est pas celui de son type"),
        ("<c r='A1' t='zz'><v>1</v></c>", "1", "n'est pas celui de son type"),
        ("<c r='A1' s='9'><v>1</v></c>", "1", "désigne un style qui n'existe pas"),
    ],
)
def test_refused_cell_stays_visible_and_named(cell_xml: str, raw: str, cause: str) -> None:
    octets = minimal(
        cells(cell_xml, "<c r='B1'><v>5</v></c>"), styles=STYLES, strings=strings("<t>a</t>")
    )
    found, anomalie = refused(octets)
    assert found["A1"] == Cellule(raw, Nature.ERREUR, "<f>" in cell_xml)
    assert found["B1"] == Cellule("5", Nature.NOMBRE)
    assert (anomalie.code, str(anomalie.lieu)) == (
        "SAI001",
        "apo.xlsx, feuille Saisie, cellule A1",
    )
    assert cause in anomalie.message
    assert f"« {raw} »" in anomalie.message


def test_too_long_text_is_refused() -> None:
    octets = minimal(
        cells('<c r="A1" t="s"><v>0</v></c>'), strings=strings(f"<t>{'é' * 32_768}</t>")
    )
    found, anomalie = refused(octets)
    assert found["A1"].nature is Nature.ERREUR
    assert "32767 caractères" in anomalie.message


def test_duplicate_reference_takes_neither_value() -> None:
    found, anomalie = refused(minimal(cells("<c r='B1'><v>12</v></c><c r='B1'><v>21</v></c>")))
    assert found == {"B1": Cellule("12 / 21", Nature.ERREUR)}
    assert "écrite deux fois" in anomalie.message
    assert anomalie.lieu.cellule == "B1"


@pytest.mark.parametrize("reference", ["XFE1", "A0", "A1048577", "a1", "$A$1", "1", "", "A2", "AA"])
def test_bad_reference_is_named(reference: str) -> None:
    found, anomalie = refused(minimal(cells(f"<c r='{reference}'><v>12</v></c>")))
    assert found == {}
    assert anomalie.lieu.cellule == reference
    assert "« 12 »" in anomalie.message


def test_many_refused_cells_are_summed_up() -> None:
    octets = minimal(cells(*("<c><v>x</v></c>" for _ in range(150))))
    classeur = read_workbook(octets)
    assert len(classeur.anomalies) == 101
    assert classeur.anomalies[-1].message.startswith("50 autres cellules")
    assert len(classeur.feuilles[0].cellules) == 150


def test_cells_without_reference_take_their_place() -> None:
    rows = (
        "<row><c><v>1</v></c><c/><c><v>3</v></c></row>"
        "<row r='5'><c r='D5'><v>4</v></c><c><v>5</v></c><c r='H5'/><c><v>6</v></c></row>"
        "<row><c><v>7</v></c></row>"
        "<row><c r='B9'><v>8</v></c></row>"
    )
    found = only(minimal(sheet(rows)))
    assert {adresse: cell.texte for adresse, cell in found.items()} == {
        "A1": "1",
        "C1": "3",
        "D5": "4",
        "E5": "5",
        "I5": "6",
        "A6": "7",
        "B9": "8",
    }


def test_last_cell_of_the_sheet_costs_nothing() -> None:
    rows = '<row r="1048576"><c r="XFD1048576"><v>1</v></c><c><v>2</v></c></row>'
    found, anomalie = refused(minimal(sheet(rows, "<dimension ref='A1:XFD1048576'/>")))
    assert found == {"XFD1048576": Cellule("1", Nature.NOMBRE)}
    assert anomalie.code == "SAI001"


def test_merged_cells_are_not_expanded() -> None:
    merges = (
        '<mergeCells count="2"><mergeCell ref="A1:XFD1048576"/><mergeCell ref="C3"/></mergeCells>'
    )
    rows = "<row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>2</v></c></row>"
    octets = minimal(sheet(rows, merges))
    assert set(only(octets)) == {"A1", "B1"}
    (fusion,) = read_workbook(octets).feuilles[0].fusions
    assert fusion == (1, 1, 1_048_576, 16_384)
    assert fusion.adresse == "A1:XFD1048576"


@pytest.mark.parametrize("reference", ["", "B2:A1", "A1:B", "a1:b2", "A1:XFE1", "A1:B2:C3"])
def test_a_merge_that_is_no_range_refuses_the_sheet(reference: str) -> None:
    merges = f'<mergeCells><mergeCell ref="{reference}"/></mergeCells>'
    with pytest.raises(ClasseurRefuse, match="n'est pas une plage"):
        read_workbook(minimal(sheet("", merges)))


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<row r='1'><c r='A1'><v>1</v></row>", id="not well formed"),
        pytest.param("<c r='A1'><v>1</v></c>", id="cell out of a row"),
        pytest.param("<row r='1'><c r='A1'><c r='B1'/></c></row>", id="cell in a cell"),
        pytest.param("<row r='1'><row r='2'/></row>", id="row in a row"),
        pytest.param("<row r='1'><c r='A1'><v>1</v><v>2</v></c></row>", id="two values"),
        pytest.param("<row r='1048577'/>", id="row too far"),
        pytest.param("<row r='x'/>", id="row without number"),
        pytest.param("<a>" * 100 + "</a>" * 100, id="deep"),
        pytest.param("".join(f"<a{n}/>" for n in range(20_000)), id="too many names"),
    ],
)
def test_malformed_sheet_is_named_and_the_others_load(body: str) -> None:
    parts = two_sheets(sheet(body), cells("<c r='A1'><v>1</v></c>"))
    classeur = read_workbook(archive(parts))
    assert [feuille.nom for feuille in classeur.feuilles] == ["Deux"]
    (anomalie,) = classeur.anomalies
    assert anomalie.code == "FOR008"
    assert anomalie.message.startswith("La feuille « Une » n'est pas lue : ")


def two_sheets(
    first: str, second: str, targets: tuple[str, str] = ("1.xml", "2.xml")
) -> dict[str, str | bytes]:
    parts = minimal_parts("")
    del parts["xl/worksheets/sheet1.xml"]
    parts["xl/workbook.xml"] = workbook(
        '<sheet name="Une" sheetId="1" r:id="a"/>'
        '<sheet name="Deux" sheetId="2" state="veryHidden" r:id="b"/>'
    )
    parts["xl/_rels/workbook.xml.rels"] = relations(
        ("a", "worksheet", targets[0]), ("b", "worksheet", targets[1])
    )
    return {**parts, "xl/1.xml": first, "xl/2.xml": second}


@pytest.mark.parametrize("targets", [("1.xml", "2.xml"), ("/xl/1.xml", "../xl/2.xml")])
def test_targets_absolute_or_relative(targets: tuple[str, str]) -> None:
    one_cell = cells("<c r='A1'><v>1</v></c>")
    classeur = read_workbook(archive(two_sheets(one_cell, one_cell, targets)))
    assert [(f.nom, f.cachee) for f in classeur.feuilles] == [("Une", False), ("Deux", True)]


def test_two_sheets_of_the_same_part_are_refused() -> None:
    parts = two_sheets(cells(), cells(), ("1.xml", "1.xml"))
    with pytest.raises(ClasseurRefuse, match="une autre feuille désigne la même partie") as caught:
        read_workbook(archive(parts))
    assert caught.value.code == "FOR008"


def test_missing_sheet_part_is_named() -> None:
    parts = two_sheets(cells(), cells("<c><v>1</v></c>"), ("absent.xml", "2.xml"))
    classeur = read_workbook(archive(parts))
    assert [feuille.nom for feuille in classeur.feuilles] == ["Deux"]
    assert classeur.anomalies[0].message == (
        "La feuille « Une » n'est pas lue : la partie qui la contient manque."
    )


def test_missing_strings_part_refuses_only_its_cells() -> None:
    parts = minimal_parts(cells('<c r="A1" t="s"><v>0</v></c><c r="B1"><v>1</v></c>'))
    parts["xl/_rels/workbook.xml.rels"] = relations(
        ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "absent.xml")
    )
    classeur = read_workbook(archive(parts))
    assert told(classeur) == [("FOR008", "", ""), ("SAI001", "Saisie", "A1")]
    assert classeur.feuilles[0].cellules[1, 2] == Cellule("1", Nature.NOMBRE)


def test_without_readable_styles_no_styled_number_is_taken() -> None:
    octets = minimal(
        cells('<c r="A1" s="1"><v>46115</v></c><c r="B1"><v>1</v></c>'), styles="<styleSheet>"
    )
    classeur = read_workbook(octets)
    assert told(classeur) == [("FOR008", "", ""), ("SAI001", "Saisie", "A1")]


@pytest.mark.parametrize("name", ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
@pytest.mark.parametrize("content", [None, "", "<a", "<a/>", f'<a xmlns="{MAIN}"/>'])
def test_broken_plan_is_a_refusal(name: str, content: str | None) -> None:
    parts = minimal_parts(cells())
    if content is None:
        del parts[name]
    else:
        parts[name] = content
    with pytest.raises(ClasseurRefuse) as caught:
        read_workbook(archive(parts))
    assert caught.value.code == "FOR008"


def test_cells_and_merges_are_counted_over_all_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    merge = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    page = sheet("<row><c><v>1</v></c><c s='0'/></row>", merge)
    octets = archive(two_sheets(page, page))
    for limites, words in (
        (Limites(cellules=3), "trop de cellules ; la limite est 3"),
        (Limites(fusions=1), "trop de fusions ; la limite est 1"),
    ):
        monkeypatch.setattr("clsmon.workbooks.reader.tally.LIMITES", limites)
        with pytest.raises(ClasseurRefuse, match=words) as caught:
            read_workbook(octets)
        assert caught.value.code == "FOR007"


def test_prefixed_and_strict_vocabularies_are_read() -> None:
    prefixed = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1">'
        '<x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    assert set(only(minimal(prefixed))) == {"A1"}
    strict = cells("<c r='A1'><v>1</v></c>").replace(
        MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"
    )
    assert set(only(minimal(strict))) == {"A1"}
    with pytest.raises(ClasseurRefuse, match="vocabulaire"):
        read_workbook(minimal('<worksheet xmlns="urn:autre"/>'))


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(f'<row r="1"><x:c xmlns:x="{MAIN}" r="A1"><v>2</v></x:c></row>', id="cell"),
        pytest.param(f'<row><c r="A1"><x:v xmlns:x="{MAIN}">2</x:v></c></row>', id="value"),
        pytest.param(f'<x:row xmlns:x="{MAIN}" r="1"><x:c r="A1"/></x:row>', id="row"),
        pytest.param(f'<row><c t="str"><x:f xmlns:x="{MAIN}">1</x:f></c></row>', id="formula"),
        pytest.param("<row><c><v>1<x/>2</v></c></row>", id="element in a value"),
        pytest.param("<row><c><v>1<f>2</f></v></c></row>", id="formula in a value"),
        pytest.param('<row><c t="inlineStr"><v>1</v><is><t>2</t></is></c></row>', id="v and is"),
        pytest.param('<row><c t="inlineStr"><is><t>1<b/>2</t></is></c></row>', id="in a text"),
    ],
)
def test_nothing_that_looks_like_a_cell_passes_unread(row: str) -> None:
    with pytest.raises(ClasseurRefuse, match="La feuille « Saisie » n'est pas lue") as caught:
        read_workbook(minimal(sheet(row)))
    assert caught.value.code == "FOR008"


def test_rows_and_merges_of_another_vocabulary_refuse_the_sheet() -> None:
    rows = '<x:sheetData><x:row><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData>'
    merge = '<sheetData/><x:mergeCells><x:mergeCell ref="A1:A2"/></x:mergeCells>'
    for body in (rows, merge):
        page = f'<worksheet xmlns="{MAIN}" xmlns:x="{MAIN}">{body}</worksheet>'
        with pytest.raises(ClasseurRefuse, match="écrite dans un autre vocabulaire"):
            read_workbook(minimal(page))


def test_an_element_in_a_shared_text_refuses_the_texts() -> None:
    octets = minimal(cells('<c t="s"><v>0</v></c>'), strings=strings("<t>1<b/>2</t>"))
    assert told(read_workbook(octets)) == [("FOR008", "", ""), ("SAI001", "Saisie", "A1")]


def test_a_formula_of_another_vocabulary_after_the_cells_is_no_cell() -> None:
    after = '<extLst xmlns:xm="urn:xm"><ext><xm:f>1</xm:f></ext></extLst>'
    octets = minimal(sheet("<row><c><v>1</v></c></row>", after))
    assert set(only(octets)) == {"A1"}


def test_names_properties_and_macros() -> None:
    parts = minimal_parts(cells("<c><v>1</v></c>"))
    parts["xl/workbook.xml"] = workbook(
        '<sheet name="Saisie" sheetId="1" r:id="rId1"/>',
        after='<definedNames><definedName name="empreinte">"4c1"</definedName>'
        '<definedName name="zone" localSheetId="0">Saisie!$A$1</definedName>'
        '<definedName name="double">1</definedName><definedName name="Double">2</definedName>'
        "</definedNames>",
    )
    parts["_rels/.rels"] = relations(
        ("a", "officeDocument", "/xl/workbook.xml"),
        ("b", "custom-properties", "docProps/custom.xml"),
    )
    parts["docProps/custom.xml"] = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        ' xmlns:vt="urn:vt"><property name="contrat"><vt:lpwstr>Dijon</vt:lpwstr></property>'
        '<property name="exercice"><vt:i4>2025</vt:i4></property></Properties>'
    )
    parts["xl/vbaProject.bin"] = b"macro"
    classeur = read_workbook(archive(parts))
    assert classeur.noms == {"empreinte": '"4c1"'}
    assert classeur.proprietes == {"contrat": "Dijon", "exercice": "2025"}
    assert classeur.macros
    assert [a.message for a in classeur.anomalies] == [
        "Le nom « double » est défini deux fois dans le classeur."
    ]


def test_link_prefix_declared_on_the_sheet_itself() -> None:
    parts = minimal_parts(cells("<c><v>1</v></c>"))
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}"><sheets>'
        f'<sheet xmlns:q="{OFFICE}" name="Saisie" sheetId="1" q:id="rId1"/></sheets></workbook>'
    )
    assert read_workbook(archive(parts)).feuilles[0].nom == "Saisie"


@pytest.mark.parametrize(
    ("place", "adresse"),
    [((1, 1), "A1"), ((12, 8), "H12"), ((3, 26), "Z3"), ((3, 27), "AA3"), ((9, 16384), "XFD9")],
)
def test_addresses(place: tuple[int, int], adresse: str) -> None:
    assert address(place) == adresse
    assert parse_address(adresse) == place


SETTINGS = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
FINITE = st.floats(-1e300, 1e300, allow_subnormal=False).filter(lambda number: abs(number) > 1e-300)
NUMBERS = st.one_of(
    FINITE,
    st.integers(-(10**15), 10**15),
    st.decimals("-1e9", "1e9", places=2).map(float),
)
# A text of blanks alone is written by openpyxl without xml:space, hence as nothing.
TEXTS = st.text(
    st.sampled_from(string.printable[:95] + "éèàçœ’« »\u00a0\u202f\n\t€😀"), min_size=1, max_size=40
).filter(lambda text: text.strip() != "" and text[0] != "=" and "_x" not in text)
FIRST, LAST = dt.datetime.fromisoformat("1900-03-01"), dt.datetime.fromisoformat("9999-12-30")
DATES = st.datetimes(FIRST, LAST).map(lambda moment: moment.replace(microsecond=0))
GRIDS = st.dictionaries(
    st.tuples(st.integers(1, 40), st.integers(1, 30)),
    st.one_of(NUMBERS, TEXTS, st.booleans(), DATES),
    min_size=1,
    max_size=25,
)


def same_number(written: float, found: str) -> bool:
    """Equal when 15 digits say it all; else as near as 15 digits allow after a 16-digit writer."""
    exact = Decimal(repr(written))
    if len(exact.as_tuple().digits) <= 15:
        return Decimal(found) == exact
    unit = Decimal(1).scaleb(exact.adjusted() - 14)
    return abs(Decimal(found) - exact) <= unit * Decimal("0.6")


def check_cell(expected: object, cell: Cellule) -> None:
    if isinstance(expected, bool):
        assert cell == Cellule("VRAI" if expected else "FAUX", Nature.BOOLEEN)
    elif isinstance(expected, int | float):
        assert cell.nature is Nature.NOMBRE
        assert same_number(expected, cell.texte)
    elif isinstance(expected, dt.datetime):
        assert cell.nature is Nature.DATE
        assert abs(dt.datetime.fromisoformat(cell.texte) - expected) <= dt.timedelta(seconds=1)
    else:
        assert cell == Cellule(str(expected), Nature.TEXTE)


@SETTINGS
@given(GRIDS)
def test_reads_what_openpyxl_wrote_and_reads(grid: dict[tuple[int, int], object]) -> None:
    book = openpyxl.Workbook()
    written = book.active
    assert written is not None
    for (row, column), value in grid.items():
        written.cell(row, column).value = value  # type: ignore[assignment]
    buffer = io.BytesIO()
    book.save(buffer)
    classeur = read_workbook(buffer.getvalue())
    assert classeur.anomalies == ()
    found = classeur.feuilles[0].cellules
    again = openpyxl.load_workbook(io.BytesIO(buffer.getvalue())).worksheets[0]
    assert set(found) == {
        (cell.row, cell.column)
        for line in again.iter_rows()
        for cell in line
        if cell.value is not None
    }
    for (row, column), cell in found.items():
        value = again.cell(row, column).value
        expected = grid[row, column] if isinstance(value, dt.date | dt.time) else value
        check_cell(expected, cell)


@SETTINGS
@given(GRIDS)
def test_reads_what_xlsxwriter_wrote(grid: dict[tuple[int, int], object]) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        dated = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
        page = book.add_worksheet("Saisie")
        for (row, column), value in grid.items():
            if isinstance(value, dt.datetime):
                page.write_datetime(row - 1, column - 1, value, dated)
            elif isinstance(value, bool):
                page.write_boolean(row - 1, column - 1, value)
            elif isinstance(value, str):
                page.write_string(row - 1, column - 1, value)
            else:
                page.write_number(row - 1, column - 1, value)
    classeur = read_workbook(buffer.getvalue())
    assert classeur.anomalies == ()
    assert set(classeur.feuilles[0].cellules) == set(grid)
    for place, cell in classeur.feuilles[0].cellules.items():
        check_cell(grid[place], cell)


def test_control_characters_escaped_by_xlsxwriter_come_back() -> None:
    texts = ["a\x1bb", "_x001B_", "\x07", "fin\r\n", "_x0041", "_x00e9_"]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.add_worksheet().write_column(0, 0, texts)
    found = read_workbook(buffer.getvalue()).feuilles[0].cellules
    assert [found[row, 1].texte for row in range(1, 7)] == texts


def test_an_empty_style_part_leaves_an_unstyled_number_a_number() -> None:
    octets = minimal(
        cells('<c r="A1"><v>12</v></c><c r="B1" s="1"><v>13</v></c>'),
        styles=f'<styleSheet xmlns="{MAIN}"/>',
    )
    classeur = read_workbook(octets)
    assert classeur.feuilles[0].cellules[1, 1] == Cellule("12", Nature.NOMBRE)
    (anomalie,) = classeur.anomalies
    assert (anomalie.lieu.cellule, anomalie.code) == ("B1", "SAI001")

"""The .ods reader: each kind of cell, each way of writing a sheet, each cause of refusal."""

from __future__ import annotations

import pytest

from clsmon.workbooks.reader.cells import (
    Cellule,
    Classeur,
    ClasseurRefuse,
    Nature,
    address,
    read_workbook,
)
from clsmon.workbooks.reader.container import Limites
from tests.workbooks.reader.opendocument.raw_ods import (
    DECLARED,
    SPACES,
    cell,
    content,
    number,
    ods,
    parts,
    row,
    table,
)
from tests.workbooks.reader.raw_workbook import zip_parts

N, T, E, D, B = Nature.NOMBRE, Nature.TEXTE, Nature.ERREUR, Nature.DATE, Nature.BOOLEEN
SANS = Cellule("", Nature.FORMULE_SANS_RESULTAT, True)


def only(octets: bytes) -> dict[str, Cellule]:
    classeur = read_workbook(octets)
    assert classeur.anomalies == ()
    return {address(place): found for place, found in classeur.feuilles[0].cellules.items()}


def refusal(octets: bytes) -> ClasseurRefuse:
    with pytest.raises(ClasseurRefuse) as caught:
        read_workbook(octets, "apo.ods")
    return caught.value


def p(*paragraphs: str) -> str:
    return "".join(f"<text:p>{paragraph}</text:p>" for paragraph in paragraphs)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(number("12", "12"), Cellule("12", N), id="number"),
        pytest.param(number("12"), Cellule("12", N), id="number without text"),
        pytest.param(number("0.30000000000000004", "0,3"), Cellule("0.3", N), id="15 digits"),
        pytest.param(number("1.5E-7", "1,5E-07"), Cellule("0.00000015", N), id="exponent"),
        pytest.param(number("0", "0"), Cellule("0", N), id="zero is not empty"),
        pytest.param(
            number("12", "12,00 €", value_type="currency", currency="EUR"),
            Cellule("12", N),
            id="currency",
        ),
        pytest.param(
            number("0.8", "80 %", value_type="percentage"),
            Cellule("0.8", N, False, True),
            id="percentage",
        ),
        pytest.param(
            cell(p("VRAI"), value_type="boolean", boolean_value="true"),
            Cellule("VRAI", B),
            id="true",
        ),
        pytest.param(
            number("1", "TRUE", formula="of:=TRUE()"), Cellule("VRAI", B), id="typed true"
        ),
        pytest.param(
            number("0", "FAUX", formula="of:=1=2"), Cellule("FAUX", B, True), id="computed false"
        ),
        pytest.param(
            cell(p("3 avril"), value_type="date", date_value="2026-04-03"),
            Cellule("2026-04-03", D),
            id="date",
        ),
        pytest.param(
            cell(p("3 avril"), value_type="date", date_value="2026-04-03T18:30:15.000000000"),
            Cellule("2026-04-03T18:30:15", D),
            id="moment",
        ),
        pytest.param(
            cell(p("14:30"), value_type="time", time_value="PT14H30M00S"),
            Cellule("0.604166666666667", D),
            id="time, as the serial of an .xlsx",
        ),
        pytest.param(
            cell(p("36:00"), value_type="time", time_value="PT36H00M00S"),
            Cellule("1900-01-01T12:00:00", D),
            id="duration, as the serial of an .xlsx",
        ),
        pytest.param(cell(p("douze"), value_type="string"), Cellule("douze", T), id="text"),
        pytest.param(cell(p("12"), value_type="string"), Cellule("12", T), id="digits as text"),
        pytest.param(cell(p("douze")), Cellule("douze", T), id="text without a type"),
        pytest.param(
            cell(p("ab"), value_type="string", string_value="ab", formula="of:=a"),
            Cellule("ab", T, True),
            id="formula of a text",
        ),
        pytest.param(number("2", "2", formula="of:=1+1"), Cellule("2", N, True), id="formula"),
        pytest.param(cell(p(""), formula="of:="), Cellule("", T, True), id="formula of no text"),
        pytest.param(cell(formula="of:=1+1"), SANS, id="formula without result"),
        pytest.param(cell(formula="of:=1", value_type="float"), SANS, id="typed, without result"),
        pytest.param(
            cell(
                p("#DIV/0!"), value_type="string", string_value="", told="error", formula="of:=1/0"
            ),
            Cellule("#DIV/0!", E, True),
            id="error",
        ),
        pytest.param(
            number("0", "#N/A", told="error", formula="of:=NA()"),
            Cellule("#N/A", E, True),
            id="error as a number",
        ),
        pytest.param(
            cell(p("Err:502"), value_type="string", told="error", formula="of:=X"),
            Cellule("Err:502", E, True),
            id="error of LibreOffice",
        ),
        pytest.param(
            cell(p("#N/A"), value_type="string", told="error", formula="of:=#N/A"),
            Cellule("#N/A", E),
            id="error typed",
        ),
        pytest.param(
            number("0", "#VALEUR!", formula="of:=A1"),
            Cellule("#VALEUR!", E, True),
            id="error of a writer that does not say so",
        ),
        pytest.param(
            cell(p("#N/A"), value_type="string", told="string"), Cellule("#N/A", T), id="no error"
        ),
    ],
)
def test_each_kind_of_cell(written: str, expected: Cellule) -> None:
    assert only(ods(row(written))) == {"A1": expected}


@pytest.mark.parametrize(
    ("value", "shown", "montre"),
    [
        ("12000", "12 000", ""),
        ("12000", "12\u202f000,00 €", ""),
        ("-12.345", "-12,3", ""),
        ("12.5", "13", ""),
        ("12", "12 écoles", ""),
        ("12", "n° 7 : 12", ""),
        ("0", "-   €", ""),
        ("0.5", "1/2", ""),
        ("1234567", "1,23E+06", ""),
        ("12", "###", ""),
        ("4227200105", "42272-00105", ""),
        ("12000", "12", "« 12 »"),
        ("12", "ND", "« ND »"),
        ("12", "-", "« - »"),
        ("12", "", "rien"),
        ("0", "", "rien"),
        ("12", "21", "« 21 »"),
    ],
)
def test_what_a_cell_shows_instead_of_its_number(value: str, shown: str, montre: str) -> None:
    found = only(ods(row(number(value, shown))))["A1"]
    assert (found.nature, found.montre) == (N, montre)


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        pytest.param(p("a", "b", ""), "a\nb\n", id="paragraphs"),
        pytest.param(p("a<text:line-break/>b<text:tab/>c"), "a\nb\tc", id="break and tab"),
        pytest.param(p('<text:s text:c="2"/>a <text:s/>b '), "  a  b ", id="spaces"),
        pytest.param(p("deux  mots"), "deux  mots", id="spaces as LibreOffice leaves them"),
        pytest.param(p("\n   deux\n   mots"), "deux mots", id="lines of the XML"),
        pytest.param(
            p('<text:a href="x">li<text:span>en</text:span></text:a>s'), "liens", id="link"
        ),
        pytest.param(
            p(
                "<text:ruby><text:ruby-base>a</text:ruby-base><text:ruby-text>b</text:ruby-text>"
                "</text:ruby>c"
            ),
            "ac",
            id="ruby",
        ),
        pytest.param(
            "<office:annotation><text:p>une note</text:p></office:annotation>" + p("a"),
            "a",
            id="note",
        ),
        pytest.param(
            p("a<office:annotation><text:p>une note</text:p></office:annotation>b"),
            "ab",
            id="note in a paragraph",
        ),
        pytest.param(
            "<draw:frame><draw:text-box><text:p>x</text:p></draw:text-box></draw:frame>" + p("a"),
            "a",
            id="drawing",
        ),
        pytest.param(
            f"<text:list><text:list-item>{p('a')}</text:list-item></text:list>", "a", id="list"
        ),
        pytest.param(p("&lt;b&gt; &amp; &#233;"), "<b> & é", id="entities"),
    ],
)
def test_text(inner: str, expected: str) -> None:
    declared = DECLARED + ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    body = table(row(cell(inner, value_type="string")))
    octets = zip_parts(parts(content(body, declared=declared)))
    assert only(octets) == {"A1": Cellule(expected, T)}


def test_repeated_cells_and_rows() -> None:
    octets = ods(
        row(cell(columns_repeated="3"), number("1", columns_repeated="2"), cell()),
        row(cell(columns_repeated="16384"), times="10"),
        row(number("2"), times="2"),
        row(cell(), times="1048562"),
    )
    assert {adresse: found.texte for adresse, found in only(octets).items()} == {
        "D1": "1",
        "E1": "1",
        "A12": "2",
        "A13": "2",
    }


def test_merges_keep_what_they_cover() -> None:
    covered = "<table:covered-table-cell office:value-type='float' office:value='2'/>"
    rows = (
        row(number("1", columns_spanned="2", rows_spanned="3"), covered),
        row(cell(columns_repeated="4"), cell(columns_spanned="2"), cell(rows_spanned="1")),
    )
    (feuille,) = read_workbook(ods(*rows)).feuilles
    assert [fusion.adresse for fusion in feuille.fusions] == ["A1:B3", "E2:F2"]
    assert {address(place): found.texte for place, found in feuille.cellules.items()} == {
        "A1": "1",
        "B1": "2",
    }


def test_sheets_names_properties_and_macros() -> None:
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table">'
        f'<style:table-properties table:display="{shown}"/></style:style>'
        for name, shown in (("ta1", "true"), ("ta2", "false"))
    )
    names = (
        "<table:named-expressions>"
        '<table:named-expression table:name="empreinte" table:expression="&quot;4c1&quot;"/>'
        '<table:named-range table:name="zone" table:cell-range-address="$Saisie.$A$1"/>'
        '<table:named-range table:name="double"/><table:named-range table:name="Double"/>'
        "</table:named-expressions>"
    )
    local = '<table:named-expressions><table:named-range table:name="x"/></table:named-expressions>'
    body = (
        table(row(number("1")) + local, more=' table:style-name="ta1"')
        + table(row(number("2")), name="Cachée", more=' table:style-name="ta2"')
        + table(row(number("3")), name="&apos;file:///tmp/x.ods&apos;#$Saisie")
        + names
    )
    meta = (
        f"<office:document-meta {DECLARED}><office:meta>"
        '<meta:user-defined meta:name="contrat">Dijon</meta:user-defined>'
        '<meta:user-defined meta:name="exercice" meta:value-type="float">2025</meta:user-defined>'
        "</office:meta></office:document-meta>"
    )
    script = "<!DOCTYPE library:library PUBLIC 'x' 'x'><library:library/>"
    archive = parts(content(body, styles), meta=meta) | {"Basic/Standard/script-lb.xml": script}
    classeur = read_workbook(zip_parts(archive))
    assert [(f.nom, f.cachee) for f in classeur.feuilles] == [("Saisie", False), ("Cachée", True)]
    assert classeur.noms == {"empreinte": '"4c1"', "zone": "$Saisie.$A$1"}
    assert classeur.proprietes == {"contrat": "Dijon", "exercice": "2025"}
    assert classeur.macros
    assert not classeur.calendrier_1904
    assert [a.message for a in classeur.anomalies] == [
        "Le nom « double » est défini deux fois dans le classeur."
    ]


def test_only_the_sheets_hold_cells() -> None:
    """Tracked changes, shapes, forms and linked data hold tables that are not the answers."""
    hidden = table(row(number("99")), name="ancienne")
    body = (
        f"<table:tracked-changes><table:cell-content-change>{hidden}{row(number('98'))}"
        "</table:cell-content-change></table:tracked-changes>"
        + table(
            f"<table:shapes>{hidden}</table:shapes><office:forms>{hidden}</office:forms>"
            f"<table:table-row-group><table:table-header-rows>{row(number('1'))}"
            f"</table:table-header-rows>{row(number('2'))}</table:table-row-group>"
        )
        + f"<table:dde-links><table:dde-link>{hidden}</table:dde-link></table:dde-links>"
    )
    classeur = read_workbook(zip_parts(parts(content(body))))
    assert [feuille.nom for feuille in classeur.feuilles] == ["Saisie"]
    assert {c.texte for c in classeur.feuilles[0].cellules.values()} == {"1", "2"}


@pytest.mark.parametrize(
    ("written", "raw", "cause"),
    [
        (number("1e309"), "1e309", "un nombre lisible"),
        (number("NaN"), "NaN", "un nombre lisible"),
        (number("12,5", "12,5"), "12,5", "un nombre lisible"),
        (cell(p("12"), value_type="float"), "12", "un nombre lisible"),
        (cell(p("x"), value_type="boolean", boolean_value="1"), "1", "celui de son type"),
        (cell(value_type="date", date_value="2025-02-30"), "2025-02-30", "celui de son type"),
        (cell(value_type="time", time_value="PT"), "PT", "celui de son type"),
        (cell(p("x"), value_type="zz"), "x", "celui de son type"),
        (cell(p("21"), value_type="string", string_value="12"), "21", "qu'elle montre"),
        (
            cell(p('a<text:s text:c="999999999"/>'), value_type="string"),
            "a",
            "plus de 32767 caractères",
        ),
    ],
)
def test_refused_cell_stays_visible_and_named(written: str, raw: str, cause: str) -> None:
    classeur = read_workbook(ods(row(written, number("5"))), "apo.ods")
    found = classeur.feuilles[0].cellules
    assert (found[1, 1].nature, found[1, 1].texte.strip()) == (E, raw)
    assert found[1, 2] == Cellule("5", N)
    (anomalie,) = classeur.anomalies
    assert (anomalie.code, str(anomalie.lieu)) == ("SAI001", "apo.ods, feuille Saisie, cellule A1")
    assert cause in anomalie.message


def test_two_sheets_of_the_same_name_are_refused() -> None:
    body = table(row(number("1"))) + table(row(number("2")), name="saisie") + table("", name="x")
    classeur = read_workbook(zip_parts(parts(content(body))))
    assert [feuille.nom for feuille in classeur.feuilles] == ["x"]
    assert [a.code for a in classeur.anomalies] == ["FOR008", "FOR008"]


CELL = number("1")
ENCRYPTED = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"


@pytest.mark.parametrize(
    ("octets", "code", "words"),
    [
        pytest.param(ods(manifest=ENCRYPTED), "FOR002", "mot de passe", id="encrypted"),
        pytest.param(
            ods(mimetype="application/vnd.oasis.opendocument.spreadsheet-template"),
            "FOR004",
            "modèle (.ots)",
            id="template",
        ),
        pytest.param(
            f'<?xml version="1.0"?><office:document {DECLARED} office:mimetype='
            '"application/vnd.oasis.opendocument.spreadsheet"/>'.encode(),
            "FOR004",
            "à plat (.fods)",
            id="flat",
        ),
        pytest.param(
            ods(mimetype="application/vnd.oasis.opendocument.text"),
            "FOR001",
            "traitement de texte",
            id="text document",
        ),
        pytest.param(
            zip_parts({"mimetype": parts("")["mimetype"]}), "FOR008", "son contenu", id="no content"
        ),
        pytest.param(zip_parts(parts("<a")), "FOR008", "XML mal formé", id="not well formed"),
        pytest.param(zip_parts(parts("<a/>")), "FOR004", "vocabulaire", id="another vocabulary"),
        pytest.param(
            zip_parts(parts(f"<office:document-meta {DECLARED}/>")), "FOR008", "contenu", id="root"
        ),
        pytest.param(zip_parts(parts(content(""))), "FOR008", "pas de feuille", id="no sheet"),
        pytest.param(
            zip_parts(parts(content("").replace("<office:body>", "<!DOCTYPE a><office:body>"))),
            "FOR007",
            "DOCTYPE",
            id="doctype",
        ),
        pytest.param(
            zip_parts({**parts(""), "content.xml": content("").encode("utf-16")}),
            "FOR008",
            "UTF-8",
            id="utf-16",
        ),
        pytest.param(
            zip_parts(parts(content(f"<a x='{'y' * 262_145}'/>"))), "FOR007", "256 ko", id="token"
        ),
        pytest.param(
            zip_parts({**parts(content("")), "CONTENT.xml": "<a/>"}), "FOR007", "deux", id="twice"
        ),
    ],
)
def test_each_cause_has_its_sentence(octets: bytes, code: str, words: str) -> None:
    refused = refusal(octets)
    assert refused.code == code
    assert words in refused.message
    assert refused.conseil.endswith(".")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(CELL, id="cell out of a sheet"),
        pytest.param(row(CELL), id="row out of a sheet"),
        pytest.param(table(CELL), id="cell out of a row"),
        pytest.param(table(row(row(CELL))), id="row in a row"),
        pytest.param(table(row(cell(CELL))), id="cell in a cell"),
        pytest.param(table(row(cell(table("")))), id="sheet in a cell"),
        pytest.param(table(row(cell("<table:sub-table/>"))), id="sub-table"),
        pytest.param(table(table("")), id="sheet in a sheet"),
        pytest.param(table(row(cell("<text:p><text:p/></text:p>"))), id="paragraph in a paragraph"),
        pytest.param(table(row(cell('<text:p><text:s text:c="-1"/></text:p>'))), id="spaces"),
        pytest.param(table(row(number("1", columns_repeated="0"))), id="repeated no time"),
        pytest.param(table(row(number("1", columns_repeated="1 "))), id="repeated badly"),
        pytest.param(table(row(number("1", rows_spanned="2000000"))), id="merge out of the sheet"),
        pytest.param(table(row(cell(columns_repeated="16384"), CELL)), id="column too far"),
        pytest.param(table(row(times="1048576") + row(CELL)), id="row too far"),
        pytest.param(table("<a>" * 100 + "</a>" * 100), id="deep"),
    ],
)
def test_malformed_content_is_refused(body: str) -> None:
    refused = refusal(zip_parts(parts(content(body))))
    assert refused.code == "FOR008"
    assert refused.message.startswith("Une partie interne du classeur est illisible : ")


@pytest.mark.parametrize(
    "octets",
    [
        pytest.param(
            zip_parts(
                parts(content("<t:table/>", declared=DECLARED.replace("xmlns:table=", "xmlns:t=")))
            ),
            id="unusual prefix",
        ),
        pytest.param(
            zip_parts(parts(content("", declared=DECLARED.replace(SPACES["text"], "urn:autre")))),
            id="usual prefix, other meaning",
        ),
        pytest.param(
            ods(f'<x:table-row xmlns:x="{SPACES["table"]}"/>'), id="second prefix, inside"
        ),
        pytest.param(
            ods(row(cell('<text:p xmlns:text="urn:autre">1</text:p>'))), id="prefix changed inside"
        ),
    ],
)
def test_prefixes_are_the_usual_ones(octets: bytes) -> None:
    refused = refusal(octets)
    assert refused.code == "FOR004"
    assert "inhabituel" in refused.message or "vocabulaire" in refused.message


def test_a_foreign_prefix_is_passed_over() -> None:
    foreign = '<x:note xmlns:x="urn:autre"><x:p>caché</x:p></x:note>'
    assert only(ods(row(cell(foreign + p("a"))))) == {"A1": Cellule("a", T)}


def test_unreadable_properties_are_told_and_the_cells_kept() -> None:
    classeur: Classeur = read_workbook(ods(row(CELL), meta=f"<office:x {DECLARED}/>"))
    assert [a.code for a in classeur.anomalies] == ["FOR008"]
    assert len(classeur.feuilles[0].cellules) == 1


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        pytest.param(
            [row(number("1", columns_repeated="999999999"), times="999999999")],
            "trop de cellules",
            id="a billion times a billion",
        ),
        pytest.param(
            [row(cell(columns_spanned="2", columns_repeated="16000"), times="60000")],
            "trop de fusions",
            id="merges repeated",
        ),
    ],
)
def test_repetitions_are_counted_before_they_are_read(rows: list[str], words: str) -> None:
    refused = refusal(ods(*rows))
    assert refused.code == "FOR007"
    assert words in refused.message


def test_empty_cells_are_counted_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clsmon.workbooks.reader.tally.LIMITES", Limites(cellules=3))
    assert "trop de cellules" in refusal(ods(row(*[cell()] * 4))).message


def test_empty_repetitions_cost_nothing() -> None:
    octets = ods(row(cell(columns_repeated="999999999"), times="999999999"), row(cell()))
    assert only(octets) == {}


def test_sheets_and_names_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "clsmon.workbooks.reader.opendocument.content.LIMITES", Limites(feuilles=2, noms=2)
    )
    sheets = "".join(table("", name=str(rank)) for rank in range(3))
    names = "<table:named-range/>" * 3
    for body, words in (
        (sheets, "trop de feuilles"),
        (f"<table:named-expressions>{names}</table:named-expressions>", "trop de noms"),
    ):
        refused = refusal(zip_parts(parts(content(body))))
        assert refused.code == "FOR007"
        assert words in refused.message

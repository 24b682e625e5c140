"""The container check: one sentence per cause, and nothing beyond the limits."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile
import zlib

import pytest

from clsmon.workbooks.reader.container import LIMITES, Genre, Limites, open_container
from clsmon.workbooks.reader.refusal import ClasseurRefuse
from tests.workbooks.reader.raw_workbook import (
    CONTENT_TYPES,
    cells,
    minimal,
    minimal_parts,
    zip_parts,
)

GOOD = minimal(cells('<c r="A1"><v>12</v></c>'))


def refusal(octets: bytes, limites: Limites = LIMITES) -> ClasseurRefuse:
    with pytest.raises(ClasseurRefuse) as caught:
        open_container(octets, limites)
    return caught.value


def archive_of(mimetype: str) -> bytes:
    return zip_parts({"mimetype": mimetype, "content.xml": "<a/>"})


def typed(content_type: str) -> bytes:
    return zip_parts({"[Content_Types].xml": f'<Types><Default ContentType="{content_type}"/>'})


def with_part(name: str, content: str | bytes) -> bytes:
    return zip_parts({**minimal_parts(cells()), name: content})


@pytest.mark.parametrize(
    ("octets", "code", "words"),
    [
        pytest.param(b"", "FOR006", "est vide (0 octet)", id="empty"),
        pytest.param(bytes(2048), "FOR006", "octets nuls", id="zeros"),
        pytest.param(
            archive_of("application/vnd.oasis.opendocument.text"),
            "FOR001",
            "traitement de texte",
            id="odt",
        ),
        pytest.param(b"\xef\xbb\xbf\r\n<HTML><table>", "FOR001", "page web", id="html"),
        pytest.param(b"MIME-Version: 1.0\n", "FOR001", "page web", id="mht"),
        pytest.param(
            b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>',
            "FOR001",
            "XML d'Excel 2003",
            id="xml 2003",
        ),
        pytest.param("clé;été\n1;2".encode("cp1252"), "FOR001", "CSV", id="csv latin"),
        pytest.param("a\tb\n1\t2".encode("utf-16"), "FOR001", "CSV", id="csv utf-16"),
        pytest.param(b"Bonjour", "FOR001", "texte", id="text"),
        pytest.param(b"%PDF-1.7", "FOR001", "document PDF", id="pdf"),
        pytest.param(b"\x89PNG\r\n", "FOR001", "une image", id="png"),
        pytest.param(b"\x01\x02\x03", "FOR001", "n'est pas un classeur", id="bytes"),
        pytest.param(GOOD[:-40], "FOR005", "coupé ou abîmé", id="cut at the end"),
        pytest.param(GOOD[:200], "FOR005", "coupé ou abîmé", id="cut in the middle"),
        pytest.param(
            typed("wordprocessingml.document.main+xml"), "FOR001", "traitement", id="docx"
        ),
        pytest.param(typed("presentationml.slide"), "FOR001", "une présentation", id="pptx"),
        pytest.param(typed("ms-excel.sheet.binary.macroEnabled.main"), "FOR001", "xlsb", id="xlsb"),
        pytest.param(
            zip_parts({"retour/apo.xlsx": GOOD}), "FOR001", "contient « retour/apo.xlsx »", id="zip"
        ),
        pytest.param(zip_parts({"Index/Document.iwa": "x"}), "FOR001", "Numbers", id="numbers"),
        pytest.param(zip_parts({"a.txt": "x"}), "FOR001", "une archive .zip", id="plain zip"),
        pytest.param(
            zip_parts({"xl/workbook.xml": "<a/>"}), "FOR008", "liste de ses parties", id="no types"
        ),
    ],
)
def test_each_cause_has_its_sentence(octets: bytes, code: str, words: str) -> None:
    refused = refusal(octets)
    assert refused.code == code
    assert words in refused.message
    assert refused.conseil.endswith(".")


def test_what_is_no_workbook_here_is_asked_again_as_xlsx() -> None:
    menu = "« Fichier > Enregistrer sous > Classeur Excel (.xlsx) »"
    template = archive_of("application/vnd.oasis.opendocument.spreadsheet-template")
    for octets, code in ((template, "FOR004"), (b"\x09\x08\x10\x00", "FOR003")):
        refused = refusal(octets)
        assert refused.code == code
        assert menu in refused.conseil


def test_the_kind_is_that_of_the_archive() -> None:
    ods = archive_of("application/vnd.oasis.opendocument.spreadsheet")
    assert (open_container(GOOD).genre, open_container(ods).genre) == (Genre.XLSX, Genre.ODS)


def test_only_the_parts_an_ods_may_be_read_by_are_kept() -> None:
    parts: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": "<a/>",
        "Basic/Standard/script-lb.xml": "<!DOCTYPE a><a/>",
    }
    conteneur = open_container(zip_parts(parts))
    assert set(conteneur.parties) == {"content.xml"}
    assert "Basic/Standard/script-lb.xml" in conteneur.entrees


def test_good_workbook_keeps_its_parts() -> None:
    conteneur = open_container(GOOD)
    assert conteneur.partie("XL/Workbook.xml") == str(minimal_parts("")["xl/workbook.xml"]).encode()
    assert conteneur.partie("xl/absent.xml") is None


def test_macro_workbook_is_accepted() -> None:
    types = CONTENT_TYPES.replace(
        "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main",
        "vnd.ms-excel.sheet.macroEnabled.main",
    )
    octets = zip_parts({**minimal_parts(cells()), "[Content_Types].xml": types})
    assert "xl/workbook.xml" in open_container(octets).entrees


@pytest.mark.parametrize(
    ("octets", "words"),
    [
        pytest.param(
            with_part("xl/a.xml", "<!DOCTYPE a [<!ENTITY b 'bb'>]><a>&b;</a>"), "DOCTYPE", id="dtd"
        ),
        pytest.param(with_part("xl/../../etc/a.xml", "<a/>"), "« .. »", id="escape"),
        pytest.param(with_part("/xl/a.xml", "<a/>"), "« .. »", id="absolute"),
        pytest.param(with_part("XL/WORKBOOK.XML", "<a/>"), "deux fois", id="duplicate"),
        pytest.param(with_part("xl/a.xml", "a" * 262_145 + "<a/>"), "256 ko", id="huge token"),
        pytest.param(
            with_part("xl/media/a.bin", bytes(2_000_000)), "anormalement compressée", id="ratio"
        ),
        pytest.param(
            zip_parts({**minimal_parts(cells()), **{f"a/{n}": "" for n in range(2_000)}}),
            "2005 parties",
            id="entries",
        ),
        pytest.param(b"PK\x03\x04" + bytes(10_000_000), "10,0 Mo", id="file size"),
    ],
)
def test_beyond_limits_is_for007(octets: bytes, words: str) -> None:
    refused = refusal(octets)
    assert refused.code == "FOR007"
    assert words in refused.message


def test_tags_are_counted_over_all_parts() -> None:
    refused = refusal(GOOD, Limites(balises=10))
    assert "balises XML" in refused.message


def test_part_and_total_stop_while_inflating() -> None:
    octets = with_part("xl/a.bin", bytes(range(256)) * 40)
    assert "« xl/a.bin » est trop grande" in refusal(octets, Limites(partie=10_000)).message
    assert "classeur est trop grand" in refusal(octets, Limites(total=11_000)).message


def test_claimed_size_is_not_believed() -> None:
    octets = bytearray(with_part("xl/a.bin", bytes(500_000)))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = octets.rfind(signature)
        octets[start + offset : start + offset + 4] = struct.pack("<I", 10)
    assert refusal(bytes(octets)).code == "FOR005"


def test_overlapping_entries_are_refused() -> None:
    """Two names over the same compressed bytes: a directory entry is pointed at another."""
    octets = bytearray(with_part("xl/b.bin", b"x" * 50))
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        first = archive.infolist()[0]
    entry = octets.find(b"PK\x01\x02")
    octets[entry + 20 : entry + 24] = struct.pack("<I", first.compress_size + 60)
    refused = refusal(bytes(octets))
    assert refused.code == "FOR007"
    assert "recouvrent" in refused.message


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_part_is_refused(encoding: str) -> None:
    octets = with_part("xl/a.xml", "<a>é</a>".encode(encoding))
    assert refusal(octets).code == "FOR008"
    assert "UTF-8" in refusal(octets).message


def test_custom_data_in_utf16_are_no_reason_to_refuse_what_excel_wrote() -> None:
    conteneur = open_container(with_part("customXml/item1.xml", "<a>é</a>".encode("utf-16")))
    assert conteneur.partie("customXml/item1.xml") is None


def test_part_names_have_no_case_from_the_first_one_on() -> None:
    parts = {name.swapcase(): content for name, content in minimal_parts(cells()).items()}
    assert open_container(zip_parts(parts)).partie("xl/workbook.xml")


def test_an_empty_part_may_have_no_compressed_byte_at_all() -> None:
    octets = bytearray(with_part("docProps/thumbnail.wmf", ""))
    assert zipfile.ZipFile(io.BytesIO(octets)).infolist()[-1].compress_size == 2
    local, listed = octets.rfind(b"PK\x03\x04"), octets.rfind(b"PK\x01\x02")
    for start in (local + 18, listed + 20):
        octets[start : start + 4] = struct.pack("<I", 0)
    assert "docProps/thumbnail.wmf" in open_container(bytes(octets)).entrees


def test_every_part_is_read_to_its_crc() -> None:
    octets = bytearray(zip_parts(minimal_parts(cells()), zipfile.ZIP_STORED))
    octets[octets.find(b"sheetData")] ^= 1
    assert refusal(bytes(octets)).code == "FOR005"


def test_encrypted_and_unknown_compression() -> None:
    for offset, value, code in ((8, 1, "FOR002"), (10, 12, "FOR005")):
        octets = bytearray(GOOD)
        entry = octets.find(b"PK\x01\x02")
        octets[entry + offset] |= value
        assert refusal(bytes(octets)).code == code


def test_every_cut_and_every_flipped_byte_ends_in_a_refusal_or_a_container() -> None:
    for cut in range(0, len(GOOD), 7):
        assert refusal(GOOD[:cut]).code in ("FOR001", "FOR005", "FOR006")
    for position in range(len(GOOD)):
        octets = bytearray(GOOD)
        octets[position] ^= 1 << zlib.crc32(bytes([position % 251])) % 8
        with contextlib.suppress(ClasseurRefuse):
            assert len(open_container(bytes(octets)).entrees) <= 5

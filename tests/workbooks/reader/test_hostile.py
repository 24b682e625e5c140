"""Crafted .ods and .xls files end in a refusal or named cells, within 2 s and 256 MB each."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.workbooks.reader.biff.raw_xls import compound, record, shared, stream, xls
from tests.workbooks.reader.biff.raw_xls import number as biff_number
from tests.workbooks.reader.opendocument.raw_ods import (
    DECLARED,
    cell,
    content,
    number,
    ods,
    parts,
    row,
    table,
)
from tests.workbooks.reader.raw_workbook import zip_parts

QUIET = {
    "ods": {
        "repeated empty",
        "merges repeated",
        "paragraphs",
        "attribute",
        "long number",
        "long shown",
        "long shown digits",
        "exponent",
        "nan",
        "long time",
        "long date",
        "long name",
    },
    "xls": {"continued", "last cell"},
}
"""Those that are read, their odd cells named; all the others are refused as a whole."""

SCRIPT = """
import re, sys, time
from pathlib import Path
from clsmon.workbooks.reader.cells import ClasseurRefuse, read_workbook
import clsmon.workbooks.reader.opendocument.workbook, clsmon.workbooks.reader.biff.workbook
for name in sys.argv[1:]:
    start = time.process_time()
    try:
        classeur = read_workbook(Path(name).read_bytes(), name)
        end = f"{len(classeur.anomalies)} {len(classeur.feuilles[0].cellules)}"
    except ClasseurRefuse as refus:
        end = refus.code
    print(f"{time.process_time() - start:.2f}", end)
    sys.stdout.flush()
print(re.search(r"VmHWM:\\s+([0-9]+)", Path("/proc/self/status").read_text())[1])
"""
"""Each file read in turn by one process: (seconds, end), then the peak of memory in kB."""

LONG = 255 * 1024


def varied(count: int) -> str:
    """Empty elements that do not compress beyond what is allowed."""
    noise = (f"{rank * 2654435761 % 2**32:x}" for rank in range(count))
    return "".join(f"<x:a{rank % 9000} x:b='{word}'/>" for rank, word in enumerate(noise))


def crowded(prefix: str, value: str, count: int) -> str:
    """One element of many attributes."""
    attributes = " ".join(f"{prefix}:b{rank}='{value}{rank}'" for rank in range(count))
    return f"<x:a {attributes}/>"


def hostile_ods() -> dict[str, bytes]:
    """Each with one way of costing more than it weighs."""
    spaces = '<text:p><text:s text:c="999999999"/></text:p>'
    foreign = DECLARED + ' xmlns:x="urn:x"'
    filled = number("1", "1")
    return {
        "repeated": ods(row(number("1", columns_repeated="999999999"), times="999999999")),
        "repeated rows": ods(row(filled, times="199999"), row(filled, times="199999")),
        "repeated empty": ods(row(cell(columns_repeated="999999999"), times="999999999")),
        "merges": ods(row(cell(columns_spanned="16384", rows_spanned="1048576"), times="60000")),
        "merges repeated": ods(
            row(cell(columns_spanned="2", columns_repeated="59"), times="1000"), row(filled)
        ),
        "spaces": ods(*[row(cell(spaces * 40)) for _ in range(2000)]),
        "paragraphs": ods(row(cell("<text:p/>" * 50_000))),
        "deep": ods("<table:table-row-group>" * 100_000),
        "deep spans": ods(row(cell(f"<text:p>{'<text:span>' * 50_000}"))),
        "attribute": ods(row(cell(x="y" * LONG))),
        "attributes": zip_parts(parts(content(crowded("x", "", 12_000), declared=foreign))),
        "namespaces": zip_parts(parts(content(crowded("xmlns", "u", 9_000), declared=foreign))),
        "names": zip_parts(parts(content(varied(20_000), declared=foreign))),
        "elements": zip_parts(parts(content(varied(120_000), declared=foreign))),
        "entity": zip_parts(parts('<!DOCTYPE a [<!ENTITY b "bbbb">]>' + content("&b;"))),
        "sheets": zip_parts(
            parts(content("".join(table("", name=f"f{n * 7919 % 10**6}") for n in range(3000))))
        ),
        "long number": ods(row(number("1" * LONG, "1"))),
        "long shown": ods(row(number("1", "1 " * 120_000))),
        "long shown digits": ods(row(number("1", "1" * LONG))),
        "exponent": ods(row(number("1e9999", "1")), row(number("1e-9999", "0"))),
        "nan": ods(row(number("NaN"), number("12,5"), number("1e309"), number("٣"))),
        "long time": ods(
            row(cell(value_type="time", time_value="PT999999999H999999999M999999999.999999999S"))
        ),
        "long date": ods(row(cell(value_type="date", date_value="9" * LONG))),
        "long name": zip_parts(parts(content(table(row(filled), name="é" * 100_000)))),
    }


def hostile_xls() -> dict[str, bytes]:
    """The same for a compound file and its records."""
    flux = stream([biff_number(0, 0, 1)])
    sheets = [record(0x0809, b"\0\6\x10\0") for _ in range(900)]
    whole = compound({"Workbook": flux})
    return {
        "nested": compound({"Workbook": stream(sheets)}),
        "continued": xls([], plan=shared("a") + record(0x003C, b"") * 500_000),
        "texts": xls([], plan=record(0x00FC, b"\xff" * 8)),
        "last cell": xls([biff_number(65_535, 255, 1), biff_number(65_535, 65_535, 1)]),
        "merges": xls([record(0x00E5, b"\0\0" + bytes(8) * 1000)] * 100),
        "styles": xls([], plan=record(0x00E0, bytes(20)) * 70_000),
        "stream of nothing": compound({"Workbook": bytes(6_500_000)}),
        "table in a circle": whole[:68] + b"\1\0\0\0" + whole[72:],
        "streams": compound({f"f{n}": b"x" for n in range(5000)}),
    }


def heavy() -> dict[str, bytes]:
    """What costs the most within the limits, up to the one that refuses it."""
    filled = "".join(row(*[number(f"{n}.5", f"{n}.5") for n in range(200)]) for _ in range(1001))
    return {
        "xls records": compound({"Workbook": stream([])[:-4] + record(0x0999) * 1_600_000}),
        "xls cells": xls([biff_number(n // 200, n % 200, n) for n in range(210_000)]),
        "ods cells": zip_parts(parts(content(table(filled))), zipfile.ZIP_STORED),
    }


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is read in /proc")
@pytest.mark.parametrize("family", ["ods", "xls"])
def test_hostile_files_cost_little_and_end_well(family: str, tmp_path: Path) -> None:
    codes = ends_of(hostile_ods() if family == "ods" else hostile_xls(), tmp_path)
    assert {name for name, code in codes.items() if not code.startswith("FOR")} == QUIET[family]


@pytest.mark.campagne
@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is read in /proc")
def test_campaign_of_the_heaviest_files(tmp_path: Path) -> None:
    assert set(ends_of(heavy(), tmp_path).values()) == {"FOR007"}


def ends_of(files: dict[str, bytes], tmp_path: Path) -> dict[str, str]:
    """How each file ends, once it is seen that none costs more than 2 s and 256 MB."""
    paths = []
    for rank, octets in enumerate(files.values()):
        paths.append(tmp_path / f"{rank}.bin")
        paths[-1].write_bytes(octets)
    shown = subprocess.run(
        [sys.executable, "-c", SCRIPT, *map(str, paths)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert shown.returncode == 0, shown.stderr
    *lines, peak = shown.stdout.splitlines()
    ends = dict(zip(files, lines, strict=True))
    slow = {name: line for name, line in ends.items() if float(line.split()[0]) > 2}
    assert not slow
    assert int(peak) < 256 * 1024, f"{int(peak) // 1024} MB"
    return {name: line.split(maxsplit=1)[1] for name, line in ends.items()}

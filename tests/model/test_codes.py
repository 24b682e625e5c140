"""Every code the tool can print has its page, and no page is for a code nobody prints."""

from __future__ import annotations

import re
from pathlib import Path

from clsmon.model.codes import PAGES
from clsmon.rules import REGLES

SOURCES = Path(__file__).parents[2] / "src" / "clsmon"
CODE = re.compile(r"\b(?:YML|CON|FIC|SUI|SEA|FOR|SAI|REV|GAB)[0-9]{3}\b")


def printed_codes() -> set[str]:
    return {
        code
        for path in SOURCES.rglob("*.py")
        if not path.name.startswith("codes") and path.parent.name != "cli"
        for code in CODE.findall(path.read_text(encoding="utf-8"))
    }


def test_every_printed_code_has_a_page() -> None:
    known = {page.code for page in PAGES} | {regle.code for regle in REGLES}
    assert printed_codes() <= known


def test_no_code_has_two_pages() -> None:
    codes = [page.code for page in PAGES] + [regle.code for regle in REGLES]
    assert len(codes) == len(set(codes))


def test_a_workbook_or_cell_page_is_for_a_code_that_is_printed() -> None:
    families = ("FOR", "SAI", "YML", "REV", "GAB")
    assert {p.code for p in PAGES if p.code.startswith(families)} <= printed_codes()

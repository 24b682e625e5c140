"""
A sheet of the plainest form, read at the speed of the C parser: a form's own, most of the time.

Whatever departs from that form is left to the strict walk of `sheets`, which alone refuses and
reports: this reader never says anything but the cells and merges that the walk would have found.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from clsmon.workbooks.reader.cell_values import CelluleIllisible, Tables, decode_cell, text_cell
from clsmon.workbooks.reader.container import LIMITES
from clsmon.workbooks.reader.grid import (
    LIGNES_MAX,
    Cellule,
    Fusion,
    Nature,
    Place,
    number_column,
    parse_range,
)
from clsmon.workbooks.reader.markup import ESPACES
from clsmon.workbooks.reader.strings import decode_text
from clsmon.workbooks.reader.tally import Comptes

Element = ET.Element

_OCTETS_MAX = 2_000_000
_BALISES_MAX = 50_000
"""Beyond, the tree of the sheet would weigh more than its cells: the walk keeps nothing of it."""

_TETE = 1_024
"""Where the root and all its prefixes must stand; none may be declared further down."""

_ROOT = re.compile(rb'(?:<\?xml[^<>]*\?>)?\s*<worksheet\s[^<>]*?xmlns="([^"<>]*)"')
_ROW = re.compile(r"[1-9][0-9]{0,6}", re.ASCII)
_XML_SPACE = " \t\r\n"
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"


class PlainSheet(NamedTuple):
    """What a plain sheet holds."""

    cellules: dict[Place, Cellule]
    fusions: tuple[Fusion, ...]


class _DepartsError(Exception):
    """The sheet is not of the plain form; never shown to anyone."""


def read_plain(octets: bytes, tables: Tables, comptes: Comptes) -> PlainSheet | None:
    """
    The cells and merges of a sheet, counted in `comptes`; None when it is not plain.

    Raises `ClasseurRefuse` (FOR007) when the workbook then holds too many, as the walk does.
    """
    space = _plain_vocabulary(octets)
    if not space:
        return None
    # The walk reads every part as UTF-8 too, whatever its declaration says.
    parser = ET.XMLParser(encoding="utf-8")  # noqa: S314  bounded, no DOCTYPE
    try:
        root = ET.fromstring(octets, parser)  # noqa: S314  as above
        reader = _Cells(f"{{{space}}}", tables)
        sheet = reader.read(root, octets.count(b"mergeCell"))
    except (ET.ParseError, CelluleIllisible, _DepartsError):
        return None
    comptes.count_cell(reader.written)
    comptes.count_merge(reader.merges)
    return sheet


def _plain_vocabulary(octets: bytes) -> str:
    """The address of the default vocabulary; empty if it is not alone, or if a comment is there."""
    root = _ROOT.match(octets)
    if root is None or root[1].decode("ascii", "replace") not in ESPACES:
        return ""
    plain = (
        len(octets) <= _OCTETS_MAX
        and octets.count(b"<") <= _BALISES_MAX
        and not (b"!" in octets and b"<!" in octets)
        and octets.find(b"<?", 2) < 0
        and octets.find(b"xmlns", _TETE) < 0
        and octets.count(root[1]) == 1
        and octets.count(b"sheetData") == 2
    )
    return root[1].decode("ascii") if plain else ""


class _Cells:
    """The cells of one sheet, taken from its tree."""

    def __init__(self, space: str, tables: Tables) -> None:
        self.written = self.merges = 0
        self._tables = tables
        self._space = space
        self._tags = tuple(space + tag for tag in ("row", "c", "v", "is", "t", "f"))

    def read(self, root: Element, named_merges: int) -> PlainSheet:
        """
        Raises `_DepartsError`, or `CelluleIllisible` which the walk will report in its place.

        `named_merges` : how many times the part writes « mergeCell », in whatever vocabulary.
        """
        data = root.find(self._space + "sheetData")
        if data is None or root.tag != self._space + "worksheet":
            raise _DepartsError
        self._check_around(child for child in root if child is not data)
        fusions = tuple(self._read_merges(root.find(self._space + "mergeCells"), named_merges))
        cellules: dict[Place, Cellule] = {}
        before = 0
        for row in data:
            written = row.get("r", "")
            if row.tag != self._tags[0] or not _ROW.fullmatch(written):
                raise _DepartsError
            number = int(written)
            if not before < number <= LIGNES_MAX:
                raise _DepartsError
            before = number
            self.written += len(row)
            self._read_row(row, number, written, cellules)
        return PlainSheet(cellules, fusions)

    def _check_around(self, others: Iterable[Element]) -> None:
        """Beside the rows, nothing looks like cells, and nothing is nested without end."""
        level = list(others)
        for _ in range(LIMITES.profondeur - 1):
            if not level:
                return
            if not {element.tag for element in level}.isdisjoint(self._tags):
                raise _DepartsError
            level = [child for element in level for child in element]
        raise _DepartsError

    def _read_merges(self, merges: Element | None, named: int) -> Iterator[Fusion]:
        """All those that the part names stand in its one list."""
        self.merges = 0 if merges is None else len(merges)
        if named != (0 if merges is None else 2 + self.merges):
            raise _DepartsError
        for merge in merges if merges is not None else ():
            fusion = parse_range(merge.get("ref", ""))
            if fusion is None or merge.tag != self._space + "mergeCell":
                raise _DepartsError
            if fusion.haut != fusion.bas or fusion.gauche != fusion.droite:
                yield fusion

    def _read_row(
        self, row: Element, number: int, written: str, cellules: dict[Place, Cellule]
    ) -> None:
        before, size, cell_tag = 0, len(written), self._tags[1]
        for cell in row:
            reference = cell.get("r", "")
            column = number_column(reference[:-size])
            if column <= before or cell.tag != cell_tag or reference[-size:] != written:
                raise _DepartsError
            before = column
            content = len(cell)
            if content:
                only = cell[0] if content == 1 else None
                found = self._read_cell(cell) if only is None else self._read_only(cell, only)
                if found is not None:
                    cellules[number, column] = found

    def _read_only(self, cell: Element, child: Element) -> Cellule | None:
        """A text, a value, or a formula without result; each holds characters only."""
        _, _, value_tag, inline_tag, run_tag, formula_tag = self._tags
        genre = cell.get("t", "n")
        if child.tag == inline_tag and genre == "inlineStr":
            run = child[0] if len(child) == 1 else None
            if run is None or run.tag != run_tag or len(run):
                raise _DepartsError
            text = run.text or ""
            if run.get(_PRESERVE) != "preserve":
                text = text.strip(_XML_SPACE)
            text = decode_text(text) if "_x" in text else text
            if len(text) > LIMITES.texte:
                raise _DepartsError
            return text_cell(text) if text else None
        if len(child) or genre == "inlineStr":
            raise _DepartsError
        if child.tag == formula_tag:
            return decode_cell("n", "", cell.get("s", "0"), True, self._tables)
        if child.tag != value_tag:
            raise _DepartsError
        found = self._tables.textes.get(child.text or "") if genre == "s" else None
        if found is not None and found.nature is Nature.TEXTE:
            return found
        return decode_cell(genre, child.text or "", cell.get("s", "0"), False, self._tables)

    def _read_cell(self, cell: Element) -> Cellule | None:
        """A formula and its result."""
        formula, value = cell if len(cell) == 2 else (cell[0], cell[0])
        expected = (self._tags[5], self._tags[2])
        if (formula.tag, value.tag) != expected or len(formula) or len(value):
            raise _DepartsError
        genre = cell.get("t", "n")
        if genre == "inlineStr":
            raise _DepartsError
        return decode_cell(genre, value.text or "", cell.get("s", "0"), True, self._tables)

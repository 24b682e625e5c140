"""The tables of content.xml, in one pass; repeated empty cells cost nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from clsmon.workbooks.reader.cell_values import CelluleIllisible
from clsmon.workbooks.reader.container import LIMITES
from clsmon.workbooks.reader.grid import (
    COLONNES_MAX,
    LIGNES_MAX,
    Cellule,
    Fusion,
    Nature,
    Place,
    address,
)
from clsmon.workbooks.reader.markup import PartieIllisible
from clsmon.workbooks.reader.opendocument.text import PARAGRAPHES, CellText
from clsmon.workbooks.reader.opendocument.values import decode_cell
from clsmon.workbooks.reader.opendocument.vocabulary import OdfWalk
from clsmon.workbooks.reader.refusal import beyond, shorten
from clsmon.workbooks.reader.tally import Comptes, Refusee

_REPEAT = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
_CELLS = ("table:table-cell", "table:covered-table-cell")
_ROW = "table:table-row"
_TABLE = "table:table"
_GROUPS = ("table:table-row-group", "table:table-header-rows", "table:table-rows")
_PLAN = (
    "office:document-content",
    "office:body",
    "office:spreadsheet",
    "office:automatic-styles",
    "table:named-expressions",
)
"""The elements that only hold others; whatever is not named in this module is passed over."""

_EXTERNAL = ("'file:", "'http:", "'https:")
"""How the name begins of the copy that LibreOffice keeps of another document's sheet."""


@dataclass
class Table:
    """Une feuille de content.xml, telle que lue."""

    nom: str
    style: str
    cellules: dict[Place, Cellule] = field(default_factory=dict)
    fusions: list[Fusion] = field(default_factory=list)
    refusees: list[Refusee] = field(default_factory=list)
    lignes: int = 0


class _Written(NamedTuple):
    """One cell element of the current row, not yet placed on the rows it is repeated on."""

    column: int
    times: int
    cellule: Cellule | None
    cause: str
    span: tuple[int, int]


class ContentWalk(OdfWalk):
    """The walk over content.xml: sheets, names, and the table styles that hide a sheet."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Table] = []
        self.noms: list[tuple[str, str]] = []
        self.caches: set[str] = set()
        self._comptes = Comptes()
        self._style = ""
        self._skipped = 0
        self._table: Table | None = None
        self._row: list[_Written] | None = None
        self._rows = 1
        self._column = 0
        self._cell: dict[str, str] | None = None
        self._text = CellText()

    def open_part(self, name: str) -> None:
        if name != "office:document-content":
            raise PartieIllisible("son contenu n'est pas celui d'un classeur")
        self.depth += 1

    def open_element(self, name: str, attributes: dict[str, str]) -> None:
        self.go_deeper()
        if self._skipped:
            self._skipped += 1
        elif self._cell is not None:
            self._open_in_cell(name, attributes)
        elif name in _CELLS:
            self._open_cell(attributes)
        elif name == _ROW:
            self._open_row(attributes)
        elif self._table is not None:
            self._open_in_table(name)
        elif not self._opens_plan(name, attributes):
            self._skipped = 1

    def close_element(self, name: str) -> None:
        self.depth -= 1
        if self._skipped:
            self._skipped -= 1
            self.texts.clear()
        elif self._cell is not None:
            self._close_in_cell(name, self._cell)
        elif name == _ROW:
            self._close_row()
        elif name == _TABLE:
            self._table = None

    def _opens_plan(self, name: str, attributes: dict[str, str]) -> bool:
        """Takes an element outside the tables; False when nothing in it matters."""
        if name == _TABLE:
            self._open_table(attributes)
        elif name == "style:style":
            self._style = attributes.get("style:name", "")
            return attributes.get("style:family") == "table"
        elif name == "style:table-properties":
            if attributes.get("table:display") == "false":
                self.caches.add(self._style)
        elif name in ("table:named-expression", "table:named-range"):
            written = attributes.get("table:expression", attributes.get("table:cell-range-address"))
            self.noms.append((attributes.get("table:name", ""), written or ""))
            if len(self.noms) > LIMITES.noms:
                raise beyond("Le classeur définit trop de noms", f"{LIMITES.noms}")
        else:
            return name in _PLAN
        return True

    def _open_table(self, attributes: dict[str, str]) -> None:
        nom = attributes.get("table:name", "")
        if nom.startswith(_EXTERNAL):
            self._skipped = 1
            return
        self._table = Table(nom, attributes.get("table:style-name", ""))
        self.tables.append(self._table)
        if len(self.tables) > LIMITES.feuilles:
            raise beyond("Le classeur déclare trop de feuilles", f"{LIMITES.feuilles}")

    def _open_in_table(self, name: str) -> None:
        if name == _TABLE:
            raise PartieIllisible("une feuille y est placée dans une autre")
        if name not in _GROUPS or self._row is not None:
            self._skipped = 1

    def _open_row(self, attributes: dict[str, str]) -> None:
        if self._table is None or self._row is not None:
            raise PartieIllisible("une ligne y est mal placée")
        self._row = []
        self._rows = _count(attributes, "table:number-rows-repeated")
        self._column = 0

    def _open_cell(self, attributes: dict[str, str]) -> None:
        if self._row is None:
            raise PartieIllisible("une cellule y est mal placée")
        self._comptes.count_cell()
        self._cell = attributes
        self._text = CellText()
        self.texts.clear()

    def _open_in_cell(self, name: str, attributes: dict[str, str]) -> None:
        if name in (*_CELLS, _ROW, _TABLE) or name == "table:sub-table":
            raise PartieIllisible("un tableau y est placé dans une cellule")
        self._flush()
        if not self._text.opens(name, attributes):
            self._skipped = 1

    def _close_in_cell(self, name: str, attributes: dict[str, str]) -> None:
        if name not in _CELLS:
            self._flush()
            if name in PARAGRAPHES:
                self._text.in_paragraph = False
            return
        self._cell = None
        self._keep(attributes, self._text.take())

    def _flush(self) -> None:
        """The characters since the last tag belong to the open paragraph, if there is one."""
        if self._text.in_paragraph:
            self._text.add("".join(self.texts))
        self.texts.clear()

    def _keep(self, attributes: dict[str, str], texte: str | None) -> None:
        times = _count(attributes, "table:number-columns-repeated")
        rows = _count(attributes, "table:number-rows-spanned")
        columns = _count(attributes, "table:number-columns-spanned")
        cause = ""
        try:
            cellule = decode_cell(attributes, texte)
        except CelluleIllisible as error:
            brut = next((v for k, v in attributes.items() if k in _VALUES), texte or "")
            formule = "table:formula" in attributes
            cellule = Cellule(brut[: LIMITES.texte], Nature.ERREUR, formule)
            cause = str(error)
        if (cellule or (rows, columns) != (1, 1)) and self._row is not None:
            self._row.append(_Written(self._column + 1, times, cellule, cause, (rows, columns)))
        self._column += times

    def _close_row(self) -> None:
        table, row, self._row = self._table, self._row or [], None
        if table is None:
            return
        for written in row:
            self._check_extent(table, written)
            for line in range(table.lignes + 1, table.lignes + 1 + self._rows):
                for column in range(written.column, written.column + written.times):
                    _place(table, (line, column), written)
        table.lignes += self._rows

    def _check_extent(self, table: Table, written: _Written) -> None:
        """Counted before any is placed: repeated a billion times, a cell is one element."""
        height, width = written.span
        copies = self._rows * written.times
        if written.cellule:
            self._comptes.count_cell(copies - 1)
        if written.span != (1, 1):
            self._comptes.count_merge(copies)
        last_row = table.lignes + self._rows + height - 1
        last_column = written.column + written.times + width - 2
        if last_row > LIGNES_MAX or last_column > COLONNES_MAX:
            raise PartieIllisible(
                f"une cellule de la feuille « {shorten(table.nom)} » est hors de la feuille"
            )


_VALUES = ("office:value", "office:date-value", "office:time-value", "office:boolean-value")


def _place(table: Table, place: Place, written: _Written) -> None:
    if written.cellule:
        table.cellules[place] = written.cellule
    if written.cause and written.cellule:
        brut = shorten(written.cellule.texte)
        table.refusees.append(Refusee(address(place), brut, written.cause))
    if written.span != (1, 1):
        (row, column), (height, width) = place, written.span
        table.fusions.append(Fusion(row, column, row + height - 1, column + width - 1))


def _count(attributes: dict[str, str], name: str) -> int:
    written = attributes.get(name, "1")
    if _REPEAT.fullmatch(written) is None:
        raise PartieIllisible(f"une répétition y est mal écrite (« {shorten(written)} »)")
    return int(written)

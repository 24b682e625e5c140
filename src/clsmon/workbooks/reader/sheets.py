"""The cells of one sheet, in one pass, sparse: what is not written costs nothing."""

from __future__ import annotations

import re

from clsmon.workbooks.reader.cell_values import CelluleIllisible, Tables, decode_cell, text_cell
from clsmon.workbooks.reader.container import LIMITES
from clsmon.workbooks.reader.grid import (
    COLONNES_MAX,
    LIGNES_MAX,
    Cellule,
    Fusion,
    Nature,
    Place,
    address,
    number_column,
    parse_address,
    parse_range,
)
from clsmon.workbooks.reader.markup import PartieIllisible, Walk
from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.reader.strings import TextRuns
from clsmon.workbooks.reader.tally import Comptes, Refusee

_ROW = re.compile(r"[1-9][0-9]{0,6}", re.ASCII)


_OPEN = "\0"
"""The content of a value whose end tag has not come: no XML text holds this character."""

_DATA = ("row", "c", "v", "f", "is", "t")
"""The elements that carry what a cell says: elsewhere, these names have other meanings."""

_OTHERS = ("f", "rPh", "mergeCell", "sheetData")
"""What is read beside rows, cells, values and texts."""

_HOLDERS = ("sheetData", "mergeCell")
"""Those around the cells, which mean nothing else anywhere in a sheet."""


class SheetWalk(Walk):
    """
    The walk over one worksheet part; merged ranges are counted, never expanded.

    Cells, values, rows and texts, most of a sheet, come first in both handlers and need no stack: a
    row holds no row, a cell stands in a row and holds no cell, a value and a text hold nothing.
    """

    def __init__(self, tables: Tables, comptes: Comptes) -> None:
        super().__init__()
        self.cellules: dict[Place, Cellule] = {}
        self.refusees: list[Refusee] = []
        self.fusions: list[Fusion] = []
        self._tables = tables
        self._shared = tables.textes
        self._comptes = comptes
        self._in_row = False
        self._row = 0
        self._row_text: str | None = ""
        self._before = ""
        self._column = 0
        self._cell: dict[str, str] | None = None
        self._value: str | None = None
        self._formula = False
        self._runs = TextRuns()
        self._in_data = False

    def take_prefix(self, prefix: str) -> None:
        self._prefix = prefix
        self._c, self._v, self._row_tag = (prefix + tag for tag in ("c", "v", "row"))
        self._t, self._is = prefix + "t", prefix + "is"
        self._others = {prefix + tag: tag for tag in _OTHERS}

    def open_element(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._c:
            if self._cell is not None or not self._in_row:
                raise PartieIllisible("une cellule y est mal placée")
            self._comptes.count_cell()
            self._cell = attributes
            self._value = None
            self._formula = False
        elif name == self._v and self._cell is not None:
            if self._value is not None:
                raise PartieIllisible("une cellule y a deux valeurs")
            self._value = _OPEN
            self.texts.clear()
        elif name == self._row_tag:
            self._open_row(attributes.get("r"))
        elif name in (self._t, self._is):
            self._check_alone()
            if self._cell is not None and name == self._t:
                self.texts.clear()
                self._runs.open(attributes)
        else:
            self._open_other(name, attributes)

    def close_element(self, name: str) -> None:
        if name == self._c:
            if self._cell is not None:
                self._close_cell(self._cell)
            self._cell = None
        elif name == self._v and self._cell is not None:
            self._value = "".join(self.texts)
        elif name == self._row_tag:
            self._in_row = False
        elif name == self._t:
            if self._cell is not None:
                self._runs.add("".join(self.texts))
        elif name == self._is:
            if self._cell is not None:
                self._take_inline()
        else:
            self._close_other(name)

    def _open_other(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > LIMITES.profondeur:
            self.refuse_depth()
        if self._in_data or self._prefix or ":" in name:
            self._check_vocabulary(name)
        tag = self._others.get(name)
        if tag == "mergeCell":
            self._take_merge(attributes.get("ref", ""))
        elif tag == "sheetData":
            self._in_data = True
        elif self._cell is None:
            return
        elif tag == "f":
            self._formula = True
        elif tag == "rPh":
            self._runs.phonetic = True

    def _close_other(self, name: str) -> None:
        self.depth -= 1
        tag = self._others.get(name)
        if tag == "sheetData":
            self._in_data = False
        elif tag == "rPh":
            self._runs.phonetic = False

    def _take_inline(self) -> None:
        if self._value is not None:
            raise PartieIllisible("une cellule y a deux valeurs")
        self._value = self._runs.take()

    def _check_alone(self) -> None:
        """A value and a text hold characters only."""
        if self._value == _OPEN or self._runs.is_open:
            raise PartieIllisible("la valeur d'une cellule y contient un autre élément")

    def _check_vocabulary(self, name: str) -> None:
        """Nothing that looks like cells may pass unread."""
        self._check_alone()
        head, colon, tag = name.rpartition(":")
        if head + colon != self._prefix and tag in (_DATA if self._in_data else _HOLDERS):
            raise PartieIllisible("une cellule y est écrite dans un autre vocabulaire")

    def _take_merge(self, written: str) -> None:
        self._comptes.count_merge()
        fusion = parse_range(written)
        if fusion is None:
            raise PartieIllisible(f"la fusion « {shorten(written)} » n'est pas une plage")
        if fusion.haut != fusion.bas or fusion.gauche != fusion.droite:
            self.fusions.append(fusion)

    def _open_row(self, written: str | None) -> None:
        if self._in_row:
            raise PartieIllisible("une ligne y est mal placée")
        self._in_row = True
        self._before = ""
        self._column = 0
        self._row_text = written
        self._row += 1
        if written is not None and written != str(self._row):
            self._row = int(written) if _ROW.fullmatch(written) else LIGNES_MAX + 1
        if self._row > LIGNES_MAX:
            raise PartieIllisible(f"la ligne « {shorten(written or str(self._row))} » n'existe pas")

    def _place(self, written: str | None) -> Place | None:
        """Where the cell stands; None when its reference is no cell of its row."""
        if written is None:
            return self._place_next()
        if self._row_text is None:
            place = parse_address(written)
            if place is None:
                return None
            self._row, self._row_text = place[0], str(place[0])
        if not written.endswith(self._row_text):
            return None
        column = number_column(written[: -len(self._row_text)])
        return (self._row, column) if column else None

    def _place_next(self) -> Place | None:
        """The cell after the last one, whose written reference is looked at only now."""
        before = self._place(self._before) if self._before else None
        self._column = (before[1] if before else self._column) + 1
        self._before = ""
        return (self._row, self._column) if self._column <= COLONNES_MAX else None

    def _close_cell(self, attributes: dict[str, str]) -> None:
        written = attributes.get("r")
        if written is None:
            place = self._place_next()
        else:
            self._before = written
            if self._value is None and not self._formula:
                return
            place = self._place(written)
        genre = attributes.get("t", "n")
        found = None
        if self._value and not self._formula:
            if genre == "s":
                found = self._shared.get(self._value)
            elif genre == "inlineStr" and len(self._value) <= LIMITES.texte:
                found = text_cell(self._value)
        if found is None or found.nature is not Nature.TEXTE:
            found = self._decode(genre, attributes.get("s", "0"), place, written)
        if found is None:
            return
        if place is not None and place not in self.cellules:
            self.cellules[place] = found
        else:
            self._set_aside(place, written, found)

    def _decode(
        self, genre: str, style: str, place: Place | None, written: str | None
    ) -> Cellule | None:
        if self._value is None:
            genre = "n"
        value = self._value or ""
        try:
            return decode_cell(genre, value, style, self._formula, self._tables)
        except CelluleIllisible as error:
            refused = Cellule(value[: LIMITES.texte], Nature.ERREUR, self._formula)
            self._refuse(place, written, refused, str(error))
            return refused

    def _set_aside(self, place: Place | None, written: str | None, found: Cellule) -> None:
        """A cell that has no place of its own: nothing says which of two is right."""
        if place is None:
            self._refuse(place, written, found, "porte une adresse qui n'est pas la sienne")
            return
        self._refuse(place, written, found, "est écrite deux fois dans la feuille")
        both = f"{shorten(self.cellules[place].texte)} / {shorten(found.texte)}"
        self.cellules[place] = Cellule(both, Nature.ERREUR)

    def _refuse(
        self, place: Place | None, written: str | None, cellule: Cellule, cause: str
    ) -> None:
        adresse = address(place) if place else shorten(written or "")
        self.refusees.append(Refusee(adresse, shorten(cellule.texte), cause))

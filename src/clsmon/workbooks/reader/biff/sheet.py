"""The cells of one sheet of an .xls, record by record."""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import partial

from clsmon.workbooks.reader.biff.plan import check_version
from clsmon.workbooks.reader.biff.records import BOF, Enregistrement, TextReader, read_records
from clsmon.workbooks.reader.biff.values import CODES, TEXTE_SUIT, Decodeur, is_special
from clsmon.workbooks.reader.cell_values import TROP_LONG, CelluleIllisible
from clsmon.workbooks.reader.container import LIMITES
from clsmon.workbooks.reader.grid import Cellule, Fusion, Nature, Place, address
from clsmon.workbooks.reader.markup import PartieIllisible
from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.reader.tally import Comptes, Refusee

COLONNES_BIFF = 256
_STRING, _MERGES, _MULRK = 0x0207, 0x00E5, 0x00BD
_FORMULAS = {0x0006, 0x0206, 0x0406}
"""The last two are those of older versions, that some writers keep."""

_OLD_CELLS = {0x0002, 0x0003, 0x0004, 0x0005}
"""Cells of Excel 2, which have no place here: none may pass unread."""

_AROUND_FORMULA = {0x04BC, 0x0221, 0x0236}
"""What may stand between a formula and its text: shared formula, array, data table."""

_BLANK, _BLANKS = 0x0201, 0x00BE
_WITHOUT_RESULT = Cellule("", Nature.FORMULE_SANS_RESULTAT, True)

_WORD, _TWO_WORDS, _CELL, _RANGE = (struct.Struct(forme) for forme in ("<H", "<2H", "<3H", "<4H"))
_STYLED_RK = struct.Struct("<HI")


class SheetReader:
    """
    La lecture d'une feuille ; `comptes` vaut pour tout le classeur.

    `cellules`, `fusions` et `refusees` sont remplies par `read`.
    """

    def __init__(self, decodeur: Decodeur, comptes: Comptes) -> None:
        self.cellules: dict[Place, Cellule] = {}
        self.fusions: list[Fusion] = []
        self.refusees: list[Refusee] = []
        self._decodeur = decodeur
        self._comptes = comptes
        self._pending: Place | None = None

    def read(self, flux: bytes, debut: int) -> None:
        """Lit la feuille qui commence à `debut`. Lève `ClasseurRefuse`."""
        for record in read_records(flux, debut, self._comptes):
            if self._pending and record.code not in _AROUND_FORMULA:
                self._close_formula(record)
            self._take_record(record)
        if self._pending:
            self._keep(self._pending, _WITHOUT_RESULT)

    def _take_record(self, record: Enregistrement) -> None:
        if record.code in CODES:
            self._take_single(record)
        elif record.code in _FORMULAS:
            self._take_formula(record)
        elif record.code == _MULRK:
            self._take_numbers(record)
        elif record.code in (_BLANK, _BLANKS):
            self._comptes.count_cell()
        elif record.code == _MERGES:
            self._take_merges(record)
        elif record.code == BOF:
            check_version(record)
        elif record.code in _OLD_CELLS:
            raise PartieIllisible("une cellule y est écrite comme avant Excel 97")

    def _take_single(self, record: Enregistrement) -> None:
        row, column, style = record.unpack(_CELL)
        decode = self._decodeur.decode
        self._take((row + 1, column + 1), lambda: decode(record.code, style, record.blocs))

    def _take(self, place: Place, decode: Callable[[], Cellule | None]) -> None:
        self._comptes.count_cell()
        try:
            cellule = decode()
        except CelluleIllisible as error:
            self._refuse(place, Cellule(error.brut, Nature.ERREUR), str(error))
        else:
            if cellule:
                self._keep(place, cellule)

    def _take_numbers(self, record: Enregistrement) -> None:
        """One row of numbers: (style, number) six octets each, then the last column."""
        row, column = record.unpack(_TWO_WORDS)
        body = record.octets[_TWO_WORDS.size : -_WORD.size]
        if len(body) % _STYLED_RK.size:
            raise PartieIllisible("un de ses enregistrements est trop court")
        for rank, (style, packed) in enumerate(_STYLED_RK.iter_unpack(body), start=1):
            decode = partial(self._decodeur.decode_rk, packed, style)
            self._take((row + 1, column + rank), decode)

    def _take_formula(self, record: Enregistrement) -> None:
        """The result is a number, or says by its last two octets what else it is."""
        row, column, style = record.unpack(_CELL)
        place = (row + 1, column + 1)
        result = record.octets[_CELL.size : _CELL.size + 8]
        if is_special(result) and result[0] == TEXTE_SUIT:
            self._comptes.count_cell()
            self._pending = place
        else:
            self._take(place, partial(self._decodeur.decode_result, result, style))

    def _close_formula(self, record: Enregistrement) -> None:
        place, self._pending = self._pending, None
        if place is None:
            return
        if record.code != _STRING:
            self._keep(place, _WITHOUT_RESULT)
            return
        texte = TextReader(record.blocs).read_text()
        if len(texte) > LIMITES.texte:
            self._refuse(place, Cellule(texte[: LIMITES.texte], Nature.ERREUR, True), TROP_LONG)
        else:
            self._keep(place, Cellule(texte, Nature.TEXTE, True))

    def _take_merges(self, record: Enregistrement) -> None:
        """Rows and columns count from zero, both ends included."""
        octets = b"".join(record.blocs)[_WORD.size :]
        for top, bottom, left, right in _RANGE.iter_unpack(octets[: len(octets) // 8 * 8]):
            self._comptes.count_merge()
            if top > bottom or left > right or right >= COLONNES_BIFF:
                raise PartieIllisible("une fusion n'y est pas une plage")
            if (top, left) != (bottom, right):
                self.fusions.append(Fusion(top + 1, left + 1, bottom + 1, right + 1))

    def _keep(self, place: Place, cellule: Cellule) -> None:
        if place[1] > COLONNES_BIFF:
            self._refuse(place, cellule, "est hors de la feuille")
        elif place in self.cellules:
            self._refuse(place, cellule, "est écrite deux fois dans la feuille")
        else:
            self.cellules[place] = cellule

    def _refuse(self, place: Place, cellule: Cellule, cause: str) -> None:
        """A refused cell stays seen at its place; nothing says which of two is right."""
        self.refusees.append(Refusee(address(place), shorten(cellule.texte), cause))
        before = self.cellules.get(place)
        if before:
            both = f"{shorten(before.texte)} / {shorten(cellule.texte)}"
            cellule = Cellule(both, Nature.ERREUR)
        if place[1] <= COLONNES_BIFF:
            self.cellules[place] = Cellule(cellule.texte, Nature.ERREUR, cellule.formule)

"""The records of an .xls stream, and the texts they hold ([MS-XLS] § 2.1.4 and § 2.5.293)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from clsmon.workbooks.reader.markup import PartieIllisible
from clsmon.workbooks.reader.tally import Comptes

BOF, EOF, CONTINUE = 0x0809, 0x000A, 0x003C

_HEAD = struct.Struct("<HH")
_WIDE, _EXTENDED, _RICH = 1, 4, 8
"""Flags of a text: two octets a character, phonetic help after it, formatting runs after it."""


class Enregistrement(NamedTuple):
    """Un enregistrement : son code, et ses octets suivis de ceux de chacune de ses suites."""

    code: int
    blocs: list[bytes]

    @property
    def octets(self) -> bytes:
        """Les octets de l'enregistrement lui-même, sans ses suites."""
        return self.blocs[0]

    def unpack(self, forme: struct.Struct) -> tuple[int, ...]:
        """Ses premiers champs. Lève `PartieIllisible` s'il est trop court."""
        if len(self.blocs[0]) < forme.size:
            raise PartieIllisible("un de ses enregistrements est trop court")
        return forme.unpack_from(self.blocs[0])


def read_records(flux: bytes, debut: int, comptes: Comptes) -> Iterator[Enregistrement]:
    """
    Les enregistrements d'une partie du flux, jusqu'à sa fin, sans ceux des objets qu'elle enferme.

    Tous sont comptés, car les parties d'un flux peuvent se recouvrir. Lève `PartieIllisible` si
    elle ne commence ni ne finit comme il se doit.
    """
    depth = 0
    current: Enregistrement | None = None
    position = debut
    while position + 4 <= len(flux):
        comptes.count_record()
        code, length = _HEAD.unpack_from(flux, position)
        block = flux[position + 4 : position + 4 + length]
        if len(block) < length:
            break
        if depth == 0 and code != BOF:
            raise PartieIllisible("elle n'est pas là où le classeur le dit")
        position += 4 + length
        if code == CONTINUE:
            if current:
                current.blocs.append(block)
            continue
        if current:
            yield current
            current = None
        if code == EOF:
            depth -= 1
            if depth == 0:
                return
            continue
        depth += code == BOF
        if depth == 1:
            current = Enregistrement(code, [block])
    raise PartieIllisible("sa fin manque")


class TextReader:
    """
    Les textes d'un enregistrement et de ses suites, lus l'un après l'autre.

    Une suite qui coupe les caractères d'un texte commence par un octet qui redit leur largeur.
    """

    def __init__(self, blocs: list[bytes], position: int = 0) -> None:
        self._blocs = blocs
        self._rank = 0
        self._position = position

    def read_text(self, length_size: int = 2) -> str:
        """Le texte suivant, sa longueur étant écrite sur `length_size` octets."""
        length = int.from_bytes(self._take(length_size), "little")
        flags = self._take(1)[0]
        runs = int.from_bytes(self._take(2), "little") if flags & _RICH else 0
        extra = int.from_bytes(self._take(4), "little") if flags & _EXTENDED else 0
        text = self._read_characters(length, wide=bool(flags & _WIDE))
        self._skip(4 * runs + extra)
        return text

    def _read_characters(self, length: int, *, wide: bool) -> str:
        pieces = []
        while length:
            room = len(self._blocs[self._rank]) - self._position
            if room == 0:
                self._next_block()
                wide = bool(self._take(1)[0] & _WIDE)
                continue
            width = 2 if wide else 1
            count = min(length, room // width)
            if count == 0:
                raise PartieIllisible("un de ses textes est coupé")
            raw = self._take(count * width)
            pieces.append(raw.decode("utf-16-le" if wide else "latin-1", "replace"))
            length -= count
        return "".join(pieces)

    def _take(self, count: int) -> bytes:
        """Octets of one block: a header is never cut."""
        if self._position == len(self._blocs[self._rank]):
            self._next_block()
        start, self._position = self._position, self._position + count
        taken = self._blocs[self._rank][start : self._position]
        if len(taken) < count:
            raise PartieIllisible("un de ses textes est coupé")
        return taken

    def _skip(self, count: int) -> None:
        while count:
            step = min(count, len(self._blocs[self._rank]) - self._position)
            self._position += step
            count -= step
            if count:
                self._next_block()

    def _next_block(self) -> None:
        self._rank += 1
        self._position = 0
        if self._rank == len(self._blocs):
            raise PartieIllisible("un de ses textes est coupé")

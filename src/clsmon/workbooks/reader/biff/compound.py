"""The compound file around an .xls: sectors chained by tables, as a small disk ([MS-CFB])."""

from __future__ import annotations

import struct
from array import array
from dataclasses import dataclass
from sys import byteorder

from clsmon.workbooks.reader.refusal import ClasseurRefuse

_HEADER = struct.Struct("<26xH2sHH14xI4xII4xI")
_ENTRY = struct.Struct("<64sHBx3I36xIQ")
_END = 0xFFFFFFFE
_REGULAR = 0xFFFFFFFA
"""Sector numbers from here on are marks, not sectors."""

_NONE = 0xFFFFFFFF
_ROOT, _STREAM = 5, 2
_SHORT = 64


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of the directory: a stream or a folder of streams."""

    nom: str
    nature: int
    voisins: tuple[int, int]
    premier: int
    secteur: int
    taille: int


def _damaged(constat: str) -> ClasseurRefuse:
    return ClasseurRefuse("FOR005", f"Le fichier est coupé ou abîmé : {constat}.")


class Compound:
    """
    Un fichier composé, dont chaque chaîne de secteurs est suivie une fois au plus.

    Lève `ClasseurRefuse` (FOR005) dès qu'une chaîne sort du fichier, se répète ou s'arrête trop
    tôt ; aucune taille annoncée n'est crue.
    """

    def __init__(self, octets: bytes) -> None:
        if len(octets) < 512:
            raise _damaged("son en-tête manque")
        version, order, shift, short_shift, *starts = _HEADER.unpack_from(octets)
        if order != b"\xfe\xff" or (version, shift) not in ((3, 9), (4, 12)) or short_shift != 6:
            raise _damaged("son en-tête n'est pas celui d'un classeur")
        self._octets = octets
        self._size = 1 << shift
        directory, self._cutoff, short_table, more = starts
        self._table = self._read_table(more)
        self._entries = _read_directory(self._chain(directory))
        self._short_table = _numbers(self._chain(short_table) if short_table < _REGULAR else b"")
        root = self._entries[0]
        self._short = self._chain(root.secteur) if root.secteur < _REGULAR else b""
        self._children = self._list_children(root.premier)

    @property
    def noms(self) -> tuple[str, ...]:
        """Les noms des flux et dossiers de la racine, en majuscules ([MS-CFB] § 2.6.4)."""
        return tuple(self._children)

    def stream(self, nom: str) -> bytes | None:
        """Les octets d'un flux de la racine, quelle que soit sa casse, ou None s'il n'y est pas."""
        entry = self._children.get(nom.upper())
        if entry is None or entry.nature != _STREAM:
            return None
        if entry.taille < self._cutoff:
            content = self._short_chain(entry.secteur)
        else:
            content = self._chain(entry.secteur)
        if len(content) < entry.taille:
            raise _damaged(f"il manque la fin de « {nom} »")
        return content[: entry.taille]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        sector = self._octets[start : start + self._size]
        if not sector:
            raise _damaged("une partie est hors du fichier")
        return sector

    def _read_table(self, more: int) -> array[int]:
        """The table of sectors: its first 109 sectors are named in the header, then by chain."""
        numbers = _numbers(self._octets[76:512])
        seen = 0
        while more < _REGULAR:
            seen += 1
            if seen > len(self._octets) // self._size:
                raise _damaged("ses tables tournent en rond")
            block = _numbers(self._sector(more))
            more = block.pop()
            numbers.extend(block)
        named = [number for number in numbers if number < _REGULAR]
        if len(set(named)) != len(named):
            raise _damaged("ses tables se répètent")
        return _numbers(b"".join(map(self._sector, named)))

    def _chain(self, number: int) -> bytes:
        return b"".join(self._sector(n) for n in _follow(number, self._table))

    def _short_chain(self, number: int) -> bytes:
        found = _follow(number, self._short_table)
        return b"".join(self._short[n * _SHORT : (n + 1) * _SHORT] for n in found)

    def _list_children(self, first: int) -> dict[str, _Entry]:
        """The streams of the root only: an embedded document has a « Workbook » of its own."""
        found: dict[str, _Entry] = {}
        waiting, seen = [first], set[int]()
        while waiting:
            number = waiting.pop()
            if number == _NONE or number in seen:
                continue
            if number >= len(self._entries):
                raise _damaged("son dossier désigne une partie absente")
            seen.add(number)
            entry = self._entries[number]
            if entry.nom.upper() in found:
                raise _damaged("deux de ses parties portent le même nom")
            found[entry.nom.upper()] = entry
            waiting.extend(entry.voisins)
        return found


def _read_directory(octets: bytes) -> list[_Entry]:
    if len(octets) % _ENTRY.size:
        raise _damaged("son dossier principal est coupé")
    entries = []
    for name, length, nature, left, right, child, sector, size in _ENTRY.iter_unpack(octets):
        text = name[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        low = size & 0xFFFFFFFF  # the high half means nothing in version 3
        entries.append(_Entry(text, nature, (left, right), child, sector, low))
    if not entries or entries[0].nature != _ROOT:
        raise _damaged("son dossier principal manque")
    return entries


def _follow(number: int, table: array[int]) -> list[int]:
    found = []
    seen = bytearray(len(table))
    while number != _END:
        if number >= len(table) or seen[number]:
            raise _damaged("la suite d'une de ses parties est rompue")
        seen[number] = 1
        found.append(number)
        number = table[number]
    return found


def _numbers(octets: bytes) -> array[int]:
    numbers = array("I", octets[: len(octets) // 4 * 4])
    if byteorder == "big":
        numbers.byteswap()
    return numbers

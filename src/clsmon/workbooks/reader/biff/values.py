"""From the octets of a cell record to what it says, or to why it is refused."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from clsmon.workbooks.reader.biff.records import TextReader
from clsmon.workbooks.reader.cell_values import TROP_LONG, CelluleIllisible, number_cell
from clsmon.workbooks.reader.container import LIMITES
from clsmon.workbooks.reader.decimals import parse_number
from clsmon.workbooks.reader.grid import Cellule, Nature
from clsmon.workbooks.reader.styles import Style

NUMBER, RK, LABELSST, LABEL, RSTRING, BOOLERR = 0x0203, 0x027E, 0x00FD, 0x0204, 0x00D6, 0x0205
CODES = frozenset((NUMBER, RK, LABELSST, LABEL, RSTRING, BOOLERR))
"""Les enregistrements d'une seule cellule, hors formule."""

ERREURS: Mapping[int, str] = MappingProxyType(
    {
        0x00: "#NULL!",
        0x07: "#DIV/0!",
        0x0F: "#VALUE!",
        0x17: "#REF!",
        0x1D: "#NAME?",
        0x24: "#NUM!",
        0x2A: "#N/A",
        0x2B: "#GETTING_DATA",
    }
)
"""[MS-XLS] § 2.5.10."""

TEXTE_SUIT = 0
"""Le premier octet d'un résultat dont le texte est dans l'enregistrement suivant."""

_BOOLEAN, _ERROR, _EMPTY_TEXT = 1, 2, 3
_NOT_ITS_TYPE = "a un contenu qui n'est pas celui de son type"
_HEAD = 6
"""Octets of the row, the column and the style, before what the cell says."""

_DOUBLE, _INDEX, _BYTES = (struct.Struct(forme) for forme in ("<d", "<I", "<2B"))


def is_special(result: bytes) -> bool:
    """Le résultat d'une formule n'est pas un nombre : son premier octet dit ce qu'il est."""
    return len(result) == 8 and result.endswith(b"\xff\xff")


@dataclass(frozen=True, slots=True)
class Decodeur:
    """Ce qu'il faut à une cellule pour se lire : textes par numéro, styles, calendrier."""

    textes: Mapping[str, Cellule | None]
    styles: Sequence[Style]
    calendrier_1904: bool

    def decode(self, code: int, style: int, blocs: list[bytes]) -> Cellule | None:
        """La cellule d'un enregistrement de `CODES`. Lève `CelluleIllisible`."""
        if code == LABELSST:
            return self._share(_unpack(_INDEX, blocs)[0])
        if code in (LABEL, RSTRING):
            texte = TextReader(blocs, _HEAD).read_text()
            if len(texte) > LIMITES.texte:
                raise CelluleIllisible(TROP_LONG, texte[: LIMITES.texte])
            return Cellule(texte, Nature.TEXTE) if texte else None
        if code == BOOLERR:
            value, is_error = _unpack(_BYTES, blocs)
            return _constant(value, is_error == 1, formule=False)
        if code == RK:
            return self.decode_rk(_unpack(_INDEX, blocs)[0], style)
        return self._number(_unpack(_DOUBLE, blocs)[0], style)

    def decode_rk(self, packed: int, style: int) -> Cellule:
        """Un nombre sur 30 bits, entier ou tête d'un double, à diviser ou non par 100."""
        if packed & 2:
            value = float((packed >> 2) - ((packed & 0x80000000) >> 1))
        else:
            head = (packed & 0xFFFFFFFC).to_bytes(4, "little")
            value = float(_DOUBLE.unpack(bytes(4) + head)[0])
        return self._number(value / 100 if packed & 1 else value, style)

    def decode_result(self, result: bytes, style: int) -> Cellule:
        """Le résultat d'une formule, hors texte. Lève `CelluleIllisible`."""
        if len(result) < 8:
            raise CelluleIllisible(_NOT_ITS_TYPE)
        if not is_special(result):
            return self._number(_DOUBLE.unpack(result)[0], style, formule=True)
        if result[0] == _EMPTY_TEXT:
            return Cellule("", Nature.TEXTE, True)
        if result[0] in (_BOOLEAN, _ERROR):
            return _constant(result[2], result[0] == _ERROR, formule=True)
        raise CelluleIllisible(_NOT_ITS_TYPE)

    def _share(self, number: int) -> Cellule | None:
        if str(number) not in self.textes:
            raise CelluleIllisible("désigne un texte partagé qui n'existe pas", str(number))
        shared = self.textes[str(number)]
        if shared and shared.nature is Nature.ERREUR:
            raise CelluleIllisible(TROP_LONG, shared.texte)
        return shared

    def _number(self, value: float, style: int, *, formule: bool = False) -> Cellule:
        number = parse_number(repr(value))
        if number is None:
            raise CelluleIllisible("ne contient pas un nombre lisible", repr(value))
        if style >= len(self.styles):
            raise CelluleIllisible("désigne un style qui n'existe pas", number)
        return number_cell(number, self.styles[style], formule, self.calendrier_1904)


def _unpack(forme: struct.Struct, blocs: list[bytes]) -> tuple[Any, ...]:
    if len(blocs[0]) < _HEAD + forme.size:
        raise CelluleIllisible(_NOT_ITS_TYPE)
    return forme.unpack_from(blocs[0], _HEAD)


def _constant(value: int, is_error: bool, *, formule: bool) -> Cellule:
    if is_error:
        return Cellule(ERREURS.get(value, f"#{value}"), Nature.ERREUR, formule)
    if value not in (0, 1):
        raise CelluleIllisible(_NOT_ITS_TYPE)
    return Cellule("VRAI" if value else "FAUX", Nature.BOOLEEN, formule)

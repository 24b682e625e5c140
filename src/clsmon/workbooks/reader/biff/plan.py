"""What an .xls says before its sheets: where they are, its texts, its number formats."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from clsmon.workbooks.reader.biff.records import BOF, Enregistrement, TextReader, read_records
from clsmon.workbooks.reader.container import LIMITES
from clsmon.workbooks.reader.markup import PartieIllisible
from clsmon.workbooks.reader.refusal import beyond
from clsmon.workbooks.reader.signature import refuse_encrypted, refuse_xls
from clsmon.workbooks.reader.styles import Style, style_of
from clsmon.workbooks.reader.tally import Comptes

BIFF8 = 0x0600
_FILEPASS, _BOUNDSHEET, _DATEMODE, _FORMAT, _XF, _SST = 0x2F, 0x85, 0x22, 0x41E, 0xE0, 0xFC
_WORKSHEET, _MACRO_SHEET = 0, 1

_TWO_WORDS = struct.Struct("<HH")
_WORD = struct.Struct("<H")
_SHEET = struct.Struct("<IBB")
_COUNTS = struct.Struct("<II")


@dataclass(frozen=True, slots=True)
class FeuilleDeclaree:
    """Une feuille de la liste du classeur, et où elle commence dans le flux."""

    nom: str
    cachee: bool
    debut: int


@dataclass
class Plan:
    """Le plan d'un .xls. `macros` : une feuille de macros d'avant VBA y figure."""

    feuilles: list[FeuilleDeclaree] = field(default_factory=list)
    textes: list[str] = field(default_factory=list)
    styles: list[Style] = field(default_factory=list)
    calendrier_1904: bool = False
    macros: bool = False


def read_plan(flux: bytes, comptes: Comptes) -> Plan:
    """
    Le plan d'un flux « Workbook ».

    Lève `ClasseurRefuse` : mot de passe (FOR002), avant Excel 97 (FOR003), trop de feuilles ou de
    textes (FOR007), plan illisible (FOR008).
    """
    plan = Plan()
    formats: dict[int, str] = {}
    used: list[int] = []
    for record in read_records(flux, 0, comptes):
        if record.code == BOF:
            check_version(record)
        elif record.code == _FILEPASS:
            raise refuse_encrypted()
        elif record.code == _FORMAT:
            (number,) = record.unpack(_WORD)
            formats[number] = TextReader(record.blocs, 2).read_text()
        elif record.code == _XF:
            used.append(record.unpack(_TWO_WORDS)[1])
        else:
            _take(plan, record)
    if len(used) > LIMITES.styles:
        raise beyond(f"Le classeur a {len(used)} styles", f"{LIMITES.styles}")
    shown = {number: style_of(number, formats.get(number)) for number in set(used)}
    plan.styles = [shown[number] for number in used]
    return plan


def check_version(record: Enregistrement) -> None:
    """Lève `ClasseurRefuse` (FOR003) pour une version d'avant Excel 97."""
    if record.unpack(_TWO_WORDS)[0] != BIFF8:
        raise refuse_xls("il est d'avant Excel 97")


def _take(plan: Plan, record: Enregistrement) -> None:
    if record.code == _BOUNDSHEET:
        _declare_sheet(plan, record)
    elif record.code == _DATEMODE:
        plan.calendrier_1904 = record.unpack(_WORD)[0] == 1
    elif record.code == _SST:
        if plan.textes:
            raise PartieIllisible("elle a deux listes de textes")
        _, count = record.unpack(_COUNTS)
        if count > LIMITES.cellules:
            raise beyond(f"Le classeur partage {count} textes", f"{LIMITES.cellules}")
        reader = TextReader(record.blocs, _COUNTS.size)
        plan.textes = [reader.read_text() for _ in range(count)]


def _declare_sheet(plan: Plan, record: Enregistrement) -> None:
    start, visibility, nature = record.unpack(_SHEET)
    nom = TextReader(record.blocs, _SHEET.size).read_text(length_size=1)
    if nature == _WORKSHEET:
        plan.feuilles.append(FeuilleDeclaree(nom, visibility & 3 != 0, start))
    plan.macros = plan.macros or nature == _MACRO_SHEET
    if len(plan.feuilles) > LIMITES.feuilles:
        raise beyond("Le classeur déclare trop de feuilles", f"{LIMITES.feuilles}")

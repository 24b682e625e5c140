"""Un même classeur lu par nous et par openpyxl : quelles cellules diffèrent, et pourquoi."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.datetime import to_excel

from clsmon.workbooks.reader.cells import Cellule, Classeur, Feuille, Nature
from clsmon.workbooks.reader.decimals import parse_number
from clsmon.workbooks.reader.grid import Place, address

FUSION = "couverte par une fusion, qu'openpyxl vide et que nous lisons"
REFUSEE = "refusée et nommée par nous, prise par openpyxl"
STYLE = "même nombre, que nous ne disons pas tous deux une date"
SANS_DATE = "dont le numéro n'est celui d'aucune date, qu'openpyxl dit « #VALUE! »"
STRICTE = "feuille d'un classeur « strict », absente chez openpyxl"
"""Les écarts expliqués, par règle et jamais par fichier."""

PAREILLE = "pareille"

_CHIFFREES = frozenset({Nature.NOMBRE, Nature.DATE})
_SECONDE = Decimal(1) / 86_400
_ORIGINE_1900 = datetime(1899, 12, 30)  # noqa: DTZ001  a spreadsheet knows no time zone
_ORIGINE_1904 = datetime(1904, 1, 1)  # noqa: DTZ001  a spreadsheet knows no time zone
_MARS_1900 = datetime(1900, 3, 1)  # noqa: DTZ001  a spreadsheet knows no time zone


@dataclass
class Comparaison:
    """Un classeur comparé : combien de cellules pareilles, lesquelles diffèrent, et pourquoi."""

    pareilles: int = 0
    differences: list[str] = field(default_factory=list)
    excusees: Counter[str] = field(default_factory=Counter)


def compare(classeur: Classeur, octets: bytes) -> Comparaison:
    """Compare les nombres et les dates ; lève ce que lève openpyxl quand il ne sait pas lire."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        autre = load_workbook(BytesIO(octets), data_only=True)
    noms = {feuille.title: feuille for feuille in autre.worksheets}
    refusees = {(a.lieu.feuille, a.lieu.cellule) for a in classeur.anomalies if a.lieu.cellule}
    comparaison = Comparaison()
    for feuille in classeur.feuilles:
        if feuille.nom not in noms:
            comparaison.excusees[STRICTE] += 1
            continue
        siennes, couverte = _read_sheet(noms[feuille.nom])
        for place in sorted(_numbered(feuille, siennes)):
            nous, lui = feuille.cellules.get(place), siennes.get(place)
            verdict = _explain(nous, lui, classeur.calendrier_1904, autre.epoch)
            if not verdict and lui is None and couverte(place):
                verdict = FUSION
            if not verdict and (feuille.nom, address(place)) in refusees:
                verdict = REFUSEE
            if verdict == PAREILLE:
                comparaison.pareilles += 1
            elif verdict:
                comparaison.excusees[verdict] += 1
            else:
                ecart = f"{feuille.nom}!{address(place)} : nous {nous}, openpyxl {lui!r}"
                comparaison.differences.append(ecart)
    return comparaison


def _read_sheet(feuille: Any) -> tuple[dict[Place, Any], Callable[[Place], bool]]:
    """Ses valeurs par place, et de quoi savoir si une place est couverte par une fusion."""
    plages = [(p.min_row, p.min_col, p.max_row, p.max_col) for p in feuille.merged_cells.ranges]

    def couverte(place: Place) -> bool:
        return any(
            haut <= place[0] <= bas and gauche <= place[1] <= droite
            for haut, gauche, bas, droite in plages
        )

    # The sparse table has no public door; walking the grid would write a billion empty cells.
    return {place: c.value for place, c in feuille._cells.items()}, couverte  # noqa: SLF001


def _numbered(feuille: Feuille, siennes: dict[Place, Any]) -> set[Place]:
    notres = {place for place, c in feuille.cellules.items() if c.nature in _CHIFFREES}
    return notres | {
        place
        for place, valeur in siennes.items()
        if isinstance(valeur, int | float | date | time | timedelta)
        and not isinstance(valeur, bool)
    }


def _explain(nous: Cellule | None, lui: Any, calendrier_1904: bool, epoque: datetime) -> str:
    """« pareille », l'écart de style, ou vide quand les deux valeurs ne sont pas la même."""
    if nous is None or lui is None or nous.nature not in _CHIFFREES:
        return ""
    if lui == "#VALUE!" and nous.nature is Nature.DATE and "-" not in nous.texte[1:]:
        return SANS_DATE
    if isinstance(lui, str | bool):
        return ""
    if nous.nature is Nature.NOMBRE and isinstance(lui, int | float):
        # Seventeen digits are the double itself; a writer may have cut it to its shortest text.
        return PAREILLE if nous.texte in {parse_number(t) for t in _spell(lui)} else ""
    sienne = lui if isinstance(lui, int | float) else to_excel(lui, epoque)  # type: ignore[no-untyped-call]
    serie = Decimal(str(sienne))
    if abs(_serial(nous.texte, calendrier_1904) - serie) > _SECONDE:
        return ""
    dates = nous.nature is Nature.DATE and not isinstance(lui, int | float)
    return PAREILLE if dates else STYLE


def _spell(nombre: float) -> tuple[str, ...]:
    return (repr(nombre), f"{nombre:.17g}") if isinstance(nombre, float) else (str(nombre),)


def _serial(texte: str, calendrier_1904: bool) -> Decimal:
    """Le numéro de série d'une date lue, ou ce numéro lui-même s'il n'était celui d'aucune."""
    if "-" not in texte[1:]:
        return Decimal(texte)
    moment = datetime.fromisoformat(texte)
    depuis = moment - (_ORIGINE_1904 if calendrier_1904 else _ORIGINE_1900)
    avant = 1 if not calendrier_1904 and moment < _MARS_1900 else 0
    return Decimal(depuis.days - avant) + Decimal(depuis.seconds) / 86_400

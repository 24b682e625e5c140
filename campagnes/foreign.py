"""Des classeurs que nous n'avons pas écrits : tirés au hasard, par openpyxl et par xlsxwriter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from openpyxl import Workbook as OpenpyxlWorkbook
from xlsxwriter import Workbook

FORMATS = (
    *("General", "0", "0.00", "0%", "0.0%", "# ##0", '0" %"', '#,##0.00" €"', "0.00E+00"),
    *("yyyy-mm-dd", "d/m/yy h:mm", "h:mm:ss", "[h]:mm", '0" jours"', "@", "[Red]-0;0"),
)
TEXTES = ("", "12", "1 234,5", "=1+1", "une dizaine", "é à ç ’", "  12  ", "_x0041_", "l\nm", "🙂")
_ORIGINE = datetime(1900, 3, 1, tzinfo=UTC).replace(tzinfo=None)

Contenu = float | str | bool | datetime | None


def write_workbooks(hasard: Random, nombre: int, dossier: Path) -> list[Path]:
    """Écrit `nombre` classeurs sous `dossier`, un écrivain sur deux ; rend leurs chemins."""
    chemins = []
    for rang in range(nombre):
        chemin = dossier / f"etranger-{rang}.xlsx"
        cellules = [
            (ligne, colonne, draw_content(hasard), hasard.choice(FORMATS))
            for ligne in range(hasard.randint(1, 30))
            for colonne in range(hasard.randint(1, 8))
        ]
        write = _write_openpyxl if rang % 2 else _write_xlsxwriter
        write(chemin, cellules, calendrier_1904=hasard.random() < 0.3)
        chemins.append(chemin)
    return chemins


def draw_content(hasard: Random) -> Contenu:
    """Ce qu'on trouve dans une cellule : nombres de toutes tailles, dates, textes, rien."""
    return hasard.choice(
        (
            float(hasard.randint(-10, 3000)),
            hasard.uniform(-1, 1),
            hasard.uniform(-1, 1) * 10.0 ** hasard.randint(-20, 20),
            float(f"{hasard.randint(0, 10**6)}e{hasard.randint(-12, 12)}"),
            _ORIGINE + timedelta(seconds=hasard.randint(0, 6 * 10**9)),
            hasard.choice(TEXTES),
            hasard.random() < 0.5,
            None,
        )
    )


Ecrites = list[tuple[int, int, Contenu, str]]


def _write_openpyxl(chemin: Path, cellules: Ecrites, *, calendrier_1904: bool) -> None:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900  # noqa: PLC0415

    classeur = OpenpyxlWorkbook()
    classeur.epoch = CALENDAR_MAC_1904 if calendrier_1904 else CALENDAR_WINDOWS_1900
    feuille = classeur.worksheets[0]
    for ligne, colonne, contenu, code in cellules:
        cellule = feuille.cell(ligne + 1, colonne + 1, contenu)
        if not isinstance(contenu, datetime):
            cellule.number_format = code
    classeur.save(chemin)


def _write_xlsxwriter(chemin: Path, cellules: Ecrites, *, calendrier_1904: bool) -> None:
    with Workbook(chemin, {"date_1904": calendrier_1904, "strings_to_formulas": False}) as classeur:
        formats = {code: classeur.add_format({"num_format": code}) for code in FORMATS}
        feuille = classeur.add_worksheet("Feuille")
        for ligne, colonne, contenu, code in cellules:
            if isinstance(contenu, datetime):
                feuille.write_datetime(ligne, colonne, contenu, formats["yyyy-mm-dd"])
            elif contenu is not None:
                feuille.write(ligne, colonne, contenu, formats[code])

"""La main du partenaire : un classeur rempli avec openpyxl, comme dans un tableur."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import load_workbook

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

Saisies = Mapping[tuple[str, str], Mapping[str, str | int | float | None]]
"""De la clé d'une ligne (clé, rubrique) à ce qui est tapé dans chaque colonne."""

_DATE = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def fill_form(octets: bytes, saisies: Saisies) -> bytes:
    """
    Remplit un formulaire et l'enregistre ; les mêmes saisies donnent les mêmes octets.

    Lève KeyError si une clé de `saisies` n'est pas dans le formulaire.
    """
    classeur = load_workbook(BytesIO(octets))
    attendues = set(saisies)
    for feuille in classeur.worksheets:
        if feuille["A1"].value == "cle":
            attendues -= set(_fill_sheet(feuille, saisies))
    if attendues:
        raise KeyError(sorted(attendues))
    return save_workbook(classeur)


def save_workbook(classeur: Workbook) -> bytes:
    """Les octets d'un classeur, sans le jour où il est enregistré : toujours les mêmes."""
    sortie = BytesIO()
    classeur.save(sortie)
    return _undated(sortie.getvalue())


def _fill_sheet(feuille: Worksheet, saisies: Saisies) -> Iterator[tuple[str, str]]:
    colonnes = {str(cellule.value): cellule.column for cellule in feuille[1] if cellule.value}
    for rangee in range(2, feuille.max_row + 1):
        cle = feuille.cell(rangee, colonnes["cle"]).value
        champ = feuille.cell(rangee, colonnes["champ"]).value if "champ" in colonnes else ""
        ligne = (str(cle), str(champ or ""))
        if ligne in saisies:
            for colonne, tape in saisies[ligne].items():
                feuille.cell(rangee, colonnes[colonne]).value = tape
            yield ligne


def _undated(octets: bytes) -> bytes:
    """Le même classeur sans la date du jour, qu'openpyxl écrit à chaque enregistrement."""
    sortie = BytesIO()
    with ZipFile(BytesIO(octets)) as source, ZipFile(sortie, "w", ZIP_DEFLATED) as copie:
        for nom in source.namelist():
            partie = source.read(nom)
            if nom == "docProps/core.xml":
                partie = _DATE.sub(rb"\g<1>2026-01-01T00:00:00Z", partie)
            copie.writestr(ZipInfo(nom), partie, ZIP_DEFLATED)
    return sortie.getvalue()

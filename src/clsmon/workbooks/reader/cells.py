"""The one door to the cells of a returned workbook: strict, streaming, our own."""

from __future__ import annotations

from clsmon.workbooks.reader.container import Genre, check_size, open_container
from clsmon.workbooks.reader.grid import (
    Cellule,
    Classeur,
    Feuille,
    Fusion,
    Nature,
    Place,
    address,
    parse_address,
)
from clsmon.workbooks.reader.ooxml import read_ooxml
from clsmon.workbooks.reader.refusal import ClasseurRefuse
from clsmon.workbooks.reader.signature import OLE

__all__ = [
    "Cellule",
    "Classeur",
    "ClasseurRefuse",
    "Feuille",
    "Fusion",
    "Nature",
    "Place",
    "address",
    "parse_address",
    "read_workbook",
]


def read_workbook(octets: bytes, fichier: str = "") -> Classeur:
    """
    Toutes les cellules d'un .xlsx, .xlsm, .ods ou .xls, chacune avec sa nature.

    Les premiers octets, et non le nom, disent le format ; aucune macro n'est lancée. `fichier` est
    le nom reçu, porté par les anomalies. Une partie ou une cellule en défaut est refusée et nommée,
    le reste est lu.
    Lève `ClasseurRefuse` (FOR001 à FOR008) quand rien ne peut être lu ; aucune autre exception.
    """
    if octets.startswith(OLE):
        check_size(octets)
        # An .xls is rare: its reader is not worth loading for the others.
        from clsmon.workbooks.reader.biff.workbook import read_xls  # noqa: PLC0415

        return read_xls(octets, fichier)
    conteneur = open_container(octets)
    if conteneur.genre is Genre.ODS:
        from clsmon.workbooks.reader.opendocument.workbook import read_ods  # noqa: PLC0415

        return read_ods(conteneur, fichier)
    return read_ooxml(conteneur, fichier)

"""Tout le texte et tous les nombres d'un document, format par format, tels qu'un lecteur les a."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from io import BytesIO

from openpyxl import load_workbook

Table = list[list[str]]
"""Des lignes de cases ; un paragraphe est une ligne d'une case."""

_BALISE = re.compile(r"<[^>]*>")


def read_document(nom: str, octets: bytes) -> list[Table]:
    """Ce qui se lit d'un fichier ; un format sans lecteur ici arrête la campagne."""
    return LECTEURS[nom.rpartition(".")[2]](octets)


def read_markdown(octets: bytes) -> list[Table]:
    """Les tableaux, et chaque autre ligne comme un paragraphe."""
    tables: list[Table] = []
    dans = False
    for ligne in octets.decode("utf-8").replace("\\", "").split("\n"):
        if ligne.startswith("|"):
            if not dans:
                tables.append([])
            tables[-1].append([case.strip() for case in ligne.strip("|").split(" | ")])
        elif ligne.strip():
            tables.append([[ligne]])
        dans = ligne.startswith("|")
    return tables


def read_markup(octets: bytes) -> list[Table]:
    """Chaque texte d'un SVG, titres et descriptions compris, et ses attributs."""
    texte = octets.decode("utf-8")
    attributs = re.findall(r'"([^"]*)"', texte)
    return [[[unescape(t)] for t in (*_BALISE.split(texte), *attributs) if t.strip()]]


def read_excel(octets: bytes) -> list[Table]:
    """Chaque feuille, cachée ou non, puis le texte de toute partie : graphiques, propriétés."""
    feuilles = [
        [["" if case is None else str(case) for case in ligne] for ligne in feuille.values]
        for feuille in load_workbook(BytesIO(octets)).worksheets
    ]
    with zipfile.ZipFile(BytesIO(octets)) as archive:
        parties = [list(_parts(archive, nom)) for nom in archive.namelist()]
    return [*feuilles, *parties]


def _parts(archive: zipfile.ZipFile, nom: str) -> Iterator[list[str]]:
    texte = archive.read(nom).decode("utf-8", "replace") if nom.endswith(("xml", "rels")) else ""
    yield from ([unescape(morceau)] for morceau in _BALISE.split(texte) if morceau.strip())


def read_nothing(octets: bytes) -> list[Table]:
    """Une image du dossier, recopiée telle quelle."""
    del octets
    return []


LECTEURS: Mapping[str, Callable[[bytes], list[Table]]] = {
    "md": read_markdown,
    "svg": read_markup,
    "xlsx": read_excel,
    "png": read_nothing,
}
"""Un lecteur par format : un format nouveau a ici sa ligne."""

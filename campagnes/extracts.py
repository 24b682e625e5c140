"""Tout le texte et tous les nombres d'un document, format par format, tels qu'un lecteur les a."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from io import BytesIO
from typing import Any

from docx.oxml.ns import qn
from lxml import html
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from campagnes.docx_cells import read_tables

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


def read_page(octets: bytes) -> list[Table]:
    """Les tableaux d'une page, puis tout ce qu'elle dit d'autre, attributs et dessins compris."""
    page = html.document_fromstring(octets.decode("utf-8"))
    tables = [
        [[_said(case) for case in ligne.iter("th", "td")] for ligne in table.iter("tr")]
        for table in page.iter("table")
    ]
    textes = [[texte.strip()] for texte in page.itertext() if texte.strip()]
    attributs = [[valeur] for element in page.iter() for valeur in element.attrib.values()]
    return [*tables, *([texte] for texte in textes), attributs]


def _said(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def read_word(octets: bytes) -> list[Table]:
    """Les tableaux, les paragraphes dans l'ordre, puis le texte de toute partie."""
    tables, textes = read_tables(octets)
    paragraphes = [[[texte]] for texte in textes]
    with zipfile.ZipFile(BytesIO(octets)) as archive:
        parties = [
            [*_parts(archive, nom), *_attributes(archive, nom)] for nom in archive.namelist()
        ]
    return [*tables, *paragraphes, *parties]


def _words(element: Any) -> str:
    return "".join(texte.text or "" for texte in element.iter(qn("w:t")))


def _attributes(archive: zipfile.ZipFile, nom: str) -> list[list[str]]:
    texte = archive.read(nom).decode("utf-8", "replace") if nom.endswith("xml") else ""
    return [[unescape(valeur)] for valeur in re.findall(r'(?:descr|title|name)="([^"]+)"', texte)]


def read_pdf(octets: bytes) -> list[Table]:
    """Chaque ligne de chaque page, les propriétés et les textes de remplacement."""
    pdf = PdfReader(BytesIO(octets))
    lignes = [[ligne] for page in pdf.pages for ligne in page.extract_text().split("\n")]
    dits = [[str(valeur)] for valeur in (pdf.metadata or {}).values()]
    taille: Any = pdf.trailer["/Size"]
    objets: Iterator[Any] = (pdf.get_object(rang) for rang in range(1, taille))
    textes = [[str(o["/Alt"])] for o in objets if isinstance(o, dict) and "/Alt" in o]
    return [*([ligne] for ligne in lignes), dits, textes]


def read_slides(octets: bytes) -> list[Table]:
    """Les tableaux des diapositives, puis le texte de toute partie, notes et graphiques compris."""
    diapositives = [diapo.shapes for diapo in Presentation(BytesIO(octets)).slides]
    tables = [
        [[case.text for case in ligne.cells] for ligne in forme.table.rows]
        for formes in diapositives
        for forme in formes
        if forme.has_table
    ]
    textes = [[[forme.text]] for formes in diapositives for forme in formes if forme.has_text_frame]
    with zipfile.ZipFile(BytesIO(octets)) as archive:
        parties = [
            [*_parts(archive, nom), *_attributes(archive, nom)] for nom in archive.namelist()
        ]
        classeurs = [archive.read(nom) for nom in archive.namelist() if nom.endswith(".xlsx")]
    return [*tables, *textes, *parties, *(t for c in classeurs for t in read_excel(c))]


def read_json(octets: bytes) -> list[Table]:
    """Chaque mesure et ses années, comme un tableau de résultats, puis chaque valeur du fichier."""
    contenu = json.loads(octets)
    lignes = [
        ligne
        for axe in contenu.get("axes", ())
        for fiche in axe["fiches"]
        for indicateur in fiche["indicateurs"]
        for ligne in indicateur["lignes"]
    ]
    resultats = [_yearly(ligne) for ligne in lignes]
    return [*resultats, list(_leaves(contenu, ""))]


def _yearly(ligne: dict[str, Any]) -> Table:
    constats = {c["exercice"]: c for c in (*ligne["serie"], ligne["constat"])}
    valeurs = [str(c["nombre"] or c["texte"] or "") for c in constats.values()]
    return [
        ["Indicateur et mesure", *map(str, constats)],
        [f"/{ligne['situee'].rpartition('/')[2]}", *valeurs],
    ]


def _leaves(contenu: Any, place: str) -> Iterator[list[str]]:
    """Chaque valeur, sous le nom de sa mesure si elle en a une."""
    match contenu:
        case dict():
            ici = str(contenu.get("situee") or contenu.get("cle") or place)
            for nom, valeur in contenu.items():
                yield from _leaves(valeur, ici if nom != "situee" else place)
        case list():
            for element in contenu:
                yield from _leaves(element, place)
        case _:
            yield [str(contenu)]


def read_nothing(octets: bytes) -> list[Table]:
    """Une image du dossier, recopiée telle quelle."""
    del octets
    return []


LECTEURS: Mapping[str, Callable[[bytes], list[Table]]] = {
    "md": read_markdown,
    "svg": read_markup,
    "xlsx": read_excel,
    "html": read_page,
    "docx": read_word,
    "pdf": read_pdf,
    "pptx": read_slides,
    "json": read_json,
    "png": read_nothing,
}
"""Un lecteur par format : un format nouveau a ici sa ligne."""

"""
P10 : un document relu de trois façons : ce qu'il dit, comment il est bâti, ce qui y agirait.

`charpente` est ce qu'un texte ne doit jamais changer : éléments, titres, liens, relations.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
from docx.oxml.ns import qn
from lxml import etree, html
from markdown_it import MarkdownIt
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from campagnes.pdf_cells import read_kinds, read_words

_ACTIFS_PDF = frozenset(
    {
        "/JavaScript",
        "/JS",
        "/Launch",
        "/OpenAction",
        "/AA",
        "/EmbeddedFile",
        "/SubmitForm",
        "/GoToR",
    }
)
_ACTIFS_OFFICE = re.compile(
    r"vba|macro|oleObject|activeX|ctrlProps|externalLink|queryTable", re.IGNORECASE
)
_ADRESSE_SURE = re.compile(
    r"(#|https?://|mailto:|[\w.-]+\.(svg|png)$|data:image/png;base64,)", re.IGNORECASE
)


@dataclass(frozen=True)
class Lu:
    """Un document ouvert : tout son texte, sa charpente, et ce qui y agirait (rien)."""

    texte: str
    charpente: tuple[str, ...]
    actifs: tuple[str, ...]


def read_markdown(octets: bytes) -> Lu:
    """Lu comme un moteur CommonMark, HTML permis : ce qui est resté actif s'y verrait."""
    texte = octets.decode("utf-8")
    lecteur = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    jetons = [
        jeton
        for bloc in lecteur.parse(texte)
        for jeton in (bloc, *(bloc.children or ()))
        if jeton.type not in {"text", "softbreak", "text_special"}
    ]
    dits = "".join(
        (jeton.content or "") if jeton.type in {"text", "code_inline", "fence"} else "\n"
        for bloc in lecteur.parse(texte)
        for jeton in (bloc.children or (bloc,))
    )
    liens = [str(v) for j in jetons for v in (j.attrGet("href"), j.attrGet("src")) if v]
    actifs = [j.content for j in jetons if j.type in {"html_inline", "html_block"}]
    actifs += [lien for lien in liens if not _ADRESSE_SURE.match(lien)]
    return Lu(dits, (*(f"{j.type} {j.tag}" for j in jetons), *liens), tuple(actifs))


def read_page(octets: bytes) -> Lu:
    """Les éléments, leurs attributs, et les adresses où la page mène."""
    page = html.document_fromstring(octets.decode("utf-8"))
    elements = [e for e in page.iter() if isinstance(e.tag, str)]
    attributs = [(e.tag, nom, valeur) for e in elements for nom, valeur in e.attrib.items()]
    adresses = [v for _, nom, v in attributs if nom in {"href", "src"}]
    actifs = [f"<{e.tag}>" for e in elements if e.tag in {"script", "iframe", "object", "base"}]
    actifs += [nom for _, nom, _ in attributs if nom.startswith("on") or ":href" in nom]
    actifs += [adresse for adresse in adresses if not _ADRESSE_SURE.match(adresse)]
    charpente = (*(e.tag for e in elements if not _drawn(e)), *_stripped(adresses))
    return Lu(page.text_content(), charpente, tuple(actifs))


def _drawn(element: Any) -> bool:
    """Dans un dessin, un texte replié a plus ou moins de lignes."""
    return element.tag in {"tspan", "text"}


def _stripped(adresses: list[str]) -> Iterator[str]:
    yield from (adresse for adresse in adresses if not adresse.startswith("data:"))


def read_word(octets: bytes) -> Lu:
    """Les éléments du corps, les champs, et les relations de chaque partie."""
    corps = docx.Document(BytesIO(octets)).element
    elements = [e.tag for e in corps.iter() if e.tag not in {qn("w:t"), qn("w:br")}]
    champs = [e.text or "" for e in corps.iter(qn("w:instrText"))]
    champs += [e.get(qn("w:instr")) for e in corps.iter(qn("w:fldSimple"))]
    dits = (
        "".join(t.text or "" for t in p.iter(qn("w:t"), qn("w:br"))) for p in corps.iter(qn("w:p"))
    )
    parties, actifs = _parts(octets)
    return Lu("\n".join(dits), (*elements, *champs, *parties), actifs)


def _parts(octets: bytes) -> tuple[list[str], tuple[str, ...]]:
    """Les parties et leurs relations ; celles qui mènent hors du fichier ou qui agissent."""
    charpente: list[str] = []
    actifs: list[str] = []
    with ZipFile(BytesIO(octets)) as archive:
        for nom in sorted(archive.namelist()):
            charpente.append(nom)
            if nom.endswith((".xml", ".rels")):
                racine = etree.fromstring(archive.read(nom))
                liens = [e for e in racine.iter() if str(e.tag).endswith("}Relationship")]
                charpente += [f"{e.get('Type')} {e.get('Target')}" for e in liens]
                actifs += [str(e.get("Target")) for e in liens if e.get("TargetMode") == "External"]
    actifs += [partie for partie in charpente if _ACTIFS_OFFICE.search(partie)]
    return charpente, tuple(a for a in actifs if not a.startswith(("http", "mailto", "#")))


def read_slides(octets: bytes) -> Lu:
    """Les textes de chaque forme, tableau et note ; leurs liens. Le nombre de pages peut varier."""
    dits: list[str] = []
    for diapo in Presentation(BytesIO(octets)).slides:
        for forme in diapo.shapes:
            if forme.has_text_frame:
                dits.append(forme.text_frame.text)
            if forme.has_table:
                dits += [case.text for ligne in forme.table.rows for case in ligne.cells]
        dits.append(diapo.notes_slide.notes_text_frame.text if diapo.has_notes_slide else "")
    parties, actifs = _parts(octets)
    liens = sorted({p for p in parties if "hyperlink" in p})
    return Lu("\n".join(dits), tuple(liens), actifs)


def read_excel(octets: bytes) -> Lu:
    """Les feuilles, leurs dimensions, chaque formule et chaque lien."""
    classeur = load_workbook(BytesIO(octets))
    cases = [
        (feuille.title, case)
        for feuille in classeur.worksheets
        for ligne in feuille.iter_rows()
        for case in ligne
        if case.value is not None
    ]
    formules = [f"{nom}!{c.coordinate} {c.value}" for nom, c in cases if c.data_type == "f"]
    liens = [
        f"{nom}!{c.coordinate} {c.hyperlink.target or c.hyperlink.location}"
        for nom, c in cases
        if c.hyperlink
    ]
    dimensions = [f"{feuille.title} {feuille.dimensions}" for feuille in classeur.worksheets]
    parties, actifs = _parts(octets)
    noms = [f"{nom} {plage.value}" for nom, plage in classeur.defined_names.items()]
    return Lu(_strings(octets), (*dimensions, *formules, *liens, *noms, *parties), actifs)


def _strings(octets: bytes) -> str:
    """Les textes partagés, leurs « _xHHHH_ » rendus (ECMA-376-1 § 22.9.2.19)."""
    with ZipFile(BytesIO(octets)) as archive:
        textes = etree.fromstring(archive.read("xl/sharedStrings.xml"))
    bruts = "\n".join("".join(si.itertext()) for si in textes)
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), bruts)


def read_pdf(octets: bytes) -> Lu:
    """Le texte dans l'ordre de lecture, les titres, les tableaux, les liens, les signets."""
    lecteur = PdfReader(BytesIO(octets))
    adresses: set[str] = set()
    actifs: list[str] = []
    taille: Any = lecteur.trailer["/Size"]
    for rang in range(1, taille):
        objet: Any = lecteur.get_object(rang)
        if isinstance(objet, dict):
            actifs += [nom for nom in _ACTIFS_PDF if nom in objet or objet.get("/S") == nom]
            adresses |= {str(objet["/URI"])} if "/URI" in objet else set()
    genres = [genre for genre in read_kinds(lecteur) if genre[0] == "H" or genre in {"Table", "TR"}]
    signets = [str(len(lecteur.outline))]
    actifs += [adresse for adresse in adresses if not _ADRESSE_SURE.match(adresse)]
    return Lu(read_words(lecteur), (*genres, *signets, *sorted(adresses)), tuple(actifs))


def read_json(octets: bytes) -> Lu:
    """Les noms et les genres des valeurs, et chaque texte."""
    contenu = json.loads(octets)
    feuilles = list(_leaves(contenu, ""))
    return Lu(
        "\n".join(str(valeur) for _, valeur in feuilles),
        tuple(f"{place} {type(valeur).__name__}" for place, valeur in feuilles),
        (),
    )


def _leaves(contenu: Any, place: str) -> Iterator[tuple[str, Any]]:
    match contenu:
        case dict():
            for nom, valeur in contenu.items():
                yield from _leaves(valeur, f"{place}/{nom}")
        case list():
            for element in contenu:
                yield from _leaves(element, place)
        case _:
            yield place, contenu


LECTEURS: Mapping[str, Callable[[bytes], Lu]] = {
    "md": read_markdown,
    "html": read_page,
    "docx": read_word,
    "pptx": read_slides,
    "xlsx": read_excel,
    "pdf": read_pdf,
    "json": read_json,
}
"""Un lecteur par format."""

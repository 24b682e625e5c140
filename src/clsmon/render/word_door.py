"""
La porte d'un document Word de référence venu d'un dossier : lu à peu de frais, sans rien d'actif.

Ce que Word n'écrit jamais (une bombe, une partie en double, un DOCTYPE) le fait refuser en entier.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from docx import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Inches

from clsmon.model.anomalie import ClsmonError, Lieu

ILLISIBLE, ACTIF = "GAB006", "GAB009"
OCTETS_MAX = 10 * 1024 * 1024
XML_MAX, TOUT_MAX, PARTIES_MAX = 10 * 1024 * 1024, 50 * 1024 * 1024, 1_000
"""Décompressés : ses parties XML, toutes ses parties, et leur nombre."""
PAGE_MAX = Inches(22)
"""La plus grande page de Word."""
_IMAGES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"\1\0\0\0",
    b"\xd7\xcd",
)
"""PNG, JPEG, GIF, BMP, TIFF, EMF et WMF : rien de tout cela n'est du XML."""
_DOCTYPES = tuple("<!DOCTYPE".encode(codage) for codage in ("ascii", "utf-16-le", "utf-16-be"))
_RACINES = {RT.STYLES: "w:styles", RT.SETTINGS: "w:settings", RT.NUMBERING: "w:numbering"}
_NON_WORD = (
    OpcError,
    BadZipFile,
    zlib.error,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""Ce que lève la lecture d'un fichier qui n'est pas un .docx, ou l'est à moitié."""
_LANCES = ("oleObject", "control", "package", "aFChunk", "vbaProject")
"""La fin des relations d'une partie vers un objet que Word ouvrirait ou lancerait."""
_CHAMPS = re.compile(
    r"\s*(DDEAUTO|DDE|INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|EMBED|DATABASE|MACROBUTTON|RD)\b",
    re.IGNORECASE,
)


def open_word(chemin: Path) -> Any:
    """Le document de ce fichier ; lève ClsmonError (GAB006) s'il ne se lit pas comme tel."""
    try:
        _weigh(chemin)
        word: Any = Word(str(chemin))
        _check_parts(word)
        _check_page(word.element.body.get_or_add_sectPr())
    except _NON_WORD as erreur:
        raise ClsmonError(
            f"{ILLISIBLE} : ce n’est pas un document Word lisible, de 10 Mo au plus.",
            Lieu(f"{chemin.parent.name}/{chemin.name}"),
            "Enregistrez-le au format « Document Word (.docx) », sans mot de passe, ou "
            "retirez-le : celui du paquet le remplace.",
        ) from erreur
    return word


def _weigh(chemin: Path) -> None:
    """Lève ValueError, avant de rien décompresser, si le fichier est démesuré ou piégé."""
    if chemin.stat().st_size > OCTETS_MAX:
        raise ValueError("trop lourd")
    with ZipFile(chemin) as archive:
        parties = archive.infolist()
        if (
            len(parties) > PARTIES_MAX
            or len({partie.filename.lower() for partie in parties}) < len(parties)
            or sum(partie.file_size for partie in parties) > TOUT_MAX
        ):
            raise ValueError("démesuré, ou une partie en double")
        # A part is what its content type says, whatever its name: only a picture is told by itself.
        xml = [partie for partie in parties if not _is_image(archive, partie)]
        if sum(partie.file_size for partie in xml) > XML_MAX:
            raise ValueError("démesuré")
        for partie in xml:
            octets = archive.read(partie)
            if any(doctype in octets for doctype in _DOCTYPES):
                raise ValueError("un DOCTYPE")


def _is_image(archive: ZipFile, partie: ZipInfo) -> bool:
    """Vrai si les premiers octets d'une partie sont ceux d'une image que Word montre."""
    with archive.open(partie) as debut:
        return debut.read(8).startswith(_IMAGES)


def _check_parts(word: Any) -> None:
    """Lève ValueError si une partie n'est pas celle que son type annonce."""
    lues = {
        RT.STYLES: word.styles.element,
        RT.SETTINGS: word.settings.element,
        **{
            r.reltype: r.target_part.element
            for r in word.part.rels.values()
            if r.reltype == RT.NUMBERING and not r.is_external
        },
    }
    if any(element.tag != qn(_RACINES[genre]) for genre, element in lues.items()):
        raise ValueError("une partie en est une autre")
    if word.core_properties._element.tag != qn("cp:coreProperties"):  # noqa: SLF001
        raise ValueError("des propriétés qui n'en sont pas")


def _check_page(section: Any) -> None:
    """Lève ValueError si une mesure de la page n'en est pas une."""
    cotes = (section.page_width, section.page_height)
    marges = (
        section.left_margin,
        section.right_margin,
        section.top_margin,
        section.bottom_margin,
        section.header,
        section.footer,
        section.gutter,
    )
    if any(cote is not None and not 0 <= cote <= PAGE_MAX for cote in cotes):
        raise ValueError("une page hors de mesure")
    if any(marge is not None and abs(marge) > PAGE_MAX for marge in marges):
        raise ValueError("une marge hors de mesure")


def check_inert(word: Any, chemin: Path) -> None:
    """Lève ClsmonError (GAB009) si une partie gardée va chercher ou lancer quelque chose."""
    for partie in word.part.package.iter_parts():
        # The body of a reference is left out: only its fields are, its relations already were.
        champs = () if partie is word.part else _commands(partie)
        for quoi in (*_calls(partie), *champs):
            raise ClsmonError(
                f"{ACTIF} : « {partie.partname.filename} » ferait chercher ou lancer quelque chose "
                f"hors du document : « {quoi} ».",
                Lieu(f"{chemin.parent.name}/{chemin.name}"),
                "Dans Word, retirez de l’en-tête, du pied ou des notes cet objet, ce champ ou "
                "cette image liée (collez l’image elle-même), puis enregistrez.",
            )


def _calls(partie: Any) -> Iterator[str]:
    """Les relations d'une partie qui mènent dehors, un lien vers une page à part."""
    for relation in partie.rels.values():
        if relation.reltype.endswith(_LANCES):
            yield relation.reltype.rpartition("/")[2]
        elif relation.is_external and not (
            relation.reltype == RT.HYPERLINK
            and relation.target_ref.lower().startswith(("http://", "https://", "mailto:"))
        ):
            yield relation.target_ref[:80]


def _commands(partie: Any) -> Iterator[str]:
    """Les champs d'une partie qui iraient chercher ou lancer quelque chose."""
    try:
        racine = parse_xml(partie.blob)
    except SyntaxError:  # a picture, a font: no field stands in it
        return
    simples = (str(champ.get(qn("w:instr"))) for champ in racine.iter(qn("w:fldSimple")))
    for instruction in (*_fields(racine), *simples):
        trouve = _CHAMPS.match(instruction)
        if trouve:
            yield trouve[1]


def _fields(racine: Any) -> Iterator[str]:
    """L'instruction de chaque champ, de son début à sa fin ; un champ dans un champ a la sienne."""
    ouverts = [""]
    for element in racine.iter(qn("w:instrText"), qn("w:fldChar")):
        if element.tag == qn("w:instrText"):
            ouverts[-1] += element.text or ""
        elif element.get(qn("w:fldCharType")) == "begin":
            ouverts.append("")
        elif element.get(qn("w:fldCharType")) == "end" and len(ouverts) > 1:
            yield ouverts.pop()
    yield from ouverts

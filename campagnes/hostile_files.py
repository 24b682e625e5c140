"""P1 : des fichiers qui ne sont pas des classeurs, ou d'une autre sorte que leur nom."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from struct import pack

from campagnes.hostile import Fichier, Fin, Parties
from campagnes.hostile_archives import pack_zip

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_BUREAU = "urn:oasis:names:tc:opendocument:xmlns:"

SIGNATURES = {
    "html": b"<!DOCTYPE html><html><body><table><tr><td>12</td></tr></table></body></html>",
    "html-ancien": b"<HTML xmlns:x='urn:schemas-microsoft-com:office:excel'><table></table>",
    "csv": "cle;valeur\n3.1;12\n".encode("cp1252"),
    "tsv": b"cle\tvaleur\n3.1\t12\n",
    "csv-utf-16": "cle;valeur\n".encode("utf-16"),
    "pdf": b"%PDF-1.7\n1 0 obj <<>> endobj\n",
    "png": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "jpeg": b"\xff\xd8\xff\xe0" + bytes(100),
    "rtf": b"{\\rtf1\\ansi bonjour}",
    "7z": b"7z\xbc\xaf\x27\x1c" + bytes(100),
    "rar": b"Rar!\x1a\x07" + bytes(100),
    "gzip": b"\x1f\x8b\x08" + bytes(100),
    "xml": b"<?xml version='1.0'?><a/>",
    "xml-2003": b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
    "mht": b"MIME-Version: 1.0\nContent-Type: multipart/related\n",
    "courriel": b"From: a@example.org\nSubject: le formulaire\n\nbonjour\n",
    "texte": "Bonjour, voici nos réponses.".encode(),
    "elf": b"\x7fELF\x02\x01\x01" + bytes(200),
    "exe": b"MZ\x90\0" + bytes(200),
    "sqlite": b"SQLite format 3\0" + bytes(200),
    "vide": b"",
    "zeros": bytes(100_000),
    "pk": b"PK",
    "pk-seul": b"PK\x03\x04",
    "fin-seule": b"PK\x05\x06" + bytes(18),
    "bom": b"\xef\xbb\xbf",
    "json": b'{"valeur": 12}',
    "biff-nu": b"\x09\x08\x10\x00" + bytes(500),
}
"""Des débuts de fichiers que l'on reçoit sous le nom d'un classeur."""


def renamed(_: Parties) -> Iterator[Fichier]:
    """Autre chose qu'un classeur, sous trois noms de classeur."""
    for nom, octets in SIGNATURES.items():
        yield Fichier(nom, octets)
    for suffixe in (".xls", ".ods", ".xlsm"):
        yield Fichier(f"html-en{suffixe}", SIGNATURES["html"], suffixe=suffixe)
        yield Fichier(f"vide-en{suffixe}", b"", suffixe=suffixe)
    yield Fichier("trop-lourd", b"PK\x03\x04" + bytes(11_000_000))
    yield Fichier("texte-lourd", b"bonjour " * 2_000_000)


def noise(_: Parties) -> Iterator[Fichier]:
    """Des octets au hasard, nus ou derrière une signature connue."""
    hasard = Random(20_261_124)
    for rang in range(8):
        octets = hasard.randbytes(10 ** (rang % 4 + 2))
        yield Fichier(f"hasard-{rang}", octets)
        yield Fichier(f"hasard-zip-{rang}", b"PK\x03\x04" + octets)
        yield Fichier(f"hasard-ole-{rang}", _OLE + octets, suffixe=".xls")


def compound(_: Parties) -> Iterator[Fichier]:
    """Des fichiers OLE : chiffrés, d'un autre logiciel, aux tables qui bouclent."""
    for flux in ("EncryptedPackage", "WordDocument", "PowerPoint Document", "Workbook", "Book"):
        corps = _ole_header(0) + flux.encode("utf-16-le") + bytes(2_000)
        yield Fichier(f"ole-{flux.split()[0]}", corps, suffixe=".xls")
    for secteur in (0, 1, 0x7FFFFFFF, 0xFFFFFFFE):
        boucle = _ole_header(secteur) + pack("<I", 0) * 128 + "Workbook".encode("utf-16-le")
        yield Fichier(f"ole-boucle-{secteur}", boucle + bytes(5_000), suffixe=".xls")


def others(parties: Parties) -> Iterator[Fichier]:
    """Des archives d'un autre genre, dont un classeur OpenDocument démesuré."""
    for nom, genre in (
        (
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        ),
        (
            "pptx",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
        ),
        ("xlsb", "application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
    ):
        types = _TYPES.format(f'<Default Extension="xml" ContentType="{genre}"/>')
        yield Fichier(nom, pack_zip({"[Content_Types].xml": types.encode(), "a.xml": b"<a/>"}))
    yield Fichier("zip", pack_zip({"retour/reponses.xlsx": pack_zip(parties)}))
    yield Fichier("numbers", pack_zip({"Index/Document.iwa": b"x" * 100}))
    yield Fichier("odt", pack_zip({"mimetype": b"application/vnd.oasis.opendocument.text"}))
    repete = 'table:number-columns-repeated="1000000000"'
    for nom, corps in (
        ("colonnes", f'<table:table-cell {repete} office:value-type="float" office:value="1"/>'),
        ("colonnes-vides", f"<table:table-cell {repete}/>"),
        ("profond", "<text:p>" * 50_000),
        ("vide", ""),
    ):
        yield Fichier(f"ods-{nom}", _ods(corps), suffixe=".ods")
    rires = b"<!DOCTYPE a [<!ENTITY e9 'haha'>]>"
    yield Fichier("ods-doctype", _ods("&e9;", rires), suffixe=".ods")


def simple(parties: Parties) -> Iterator[Fichier]:
    """Le formulaire lui-même : s'il ne se collectait pas, rien ici ne prouverait rien."""
    yield Fichier("sain", pack_zip(parties), Fin.LU)
    yield Fichier("sain-en-ods", pack_zip(parties), Fin.LU, suffixe=".ods")


def _ole_header(secteur: int) -> bytes:
    """Un en-tête de 512 octets dont la table des secteurs commence où l'on veut."""
    tete = _OLE + bytes(16) + pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    return (tete + pack("<IIIIIIII", 1, secteur, 0, 4096, secteur, 1, secteur, 1)).ljust(
        512, pack("B", secteur & 0xFF)
    )


def _ods(corps: str, avant: bytes = b"") -> bytes:
    espaces = " ".join(f'xmlns:{p}="{_BUREAU}{p}:1.0"' for p in ("office", "table", "text"))
    lignes = f'<table:table-row table:number-rows-repeated="1000000">{corps}</table:table-row>'
    contenu = (
        f"<office:document-content {espaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Saisie">{lignes}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return pack_zip({"mimetype": _ODS, "content.xml": avant + contenu.encode("utf-8")})

"""What the first bytes say a file is, whatever its name says."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from enum import Enum, auto

from clsmon.workbooks.reader.refusal import ENREGISTRER_XLSX, RENVOYER, ClasseurRefuse, shorten

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Les premiers octets d'un ancien fichier bureautique : .xls, .doc, ou .xlsx chiffré."""

TYPES, MIMETYPE, MANIFESTE = "[content_types].xml", "mimetype", "meta-inf/manifest.xml"
"""Les parties qui disent ce qu'est une archive."""

_BARE_BIFF = (b"\x09\x08\x10\x00", b"\x09\x08\x08\x00", b"\x09\x04\x06\x00", b"\x09\x00\x04\x00")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_HEAD = 4096

_WORKBOOK = re.compile(
    rb"spreadsheetml\.(sheet|template)\.main\+xml|ms-excel\.(sheet|template)\.macroEnabled\.main\+xml"
)

_ODS = b"application/vnd.oasis.opendocument.spreadsheet"

_EXTRAIRE = "Sortez le classeur de l'archive et collectez-le lui-même."
_EXPORTER = "Dans Numbers : « Fichier > Exporter vers > Excel », puis collectez ce classeur."
_REMPLIR = "Demandez à l'organisme de remplir le formulaire .xlsx et de le renvoyer."
_PREFIXES: tuple[tuple[tuple[bytes, ...], str, str], ...] = (
    ((b"%PDF",), "un document PDF", _REMPLIR),
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM"), "une image", _REMPLIR),
    ((b"{\\rtf",), "un document de traitement de texte (.rtf)", _REMPLIR),
    (
        (b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b"),
        "une archive compressée",
        _EXTRAIRE,
    ),
)


def check_signature(octets: bytes) -> None:
    """
    Rend la main si le fichier commence comme une archive zip, seule forme d'un .xlsx ou .ods.

    Lève `ClasseurRefuse` avec une phrase propre à chaque autre cause : vide (FOR006), .xls d'avant
    1997 (FOR003), .fods (FOR004), page web, PDF, image, texte ou CSV, autre (FOR001).
    """
    if not octets:
        raise ClasseurRefuse("FOR006", "Le fichier est vide (0 octet).")
    if octets.startswith(_ZIP):
        return
    if octets.startswith(_BARE_BIFF):
        raise refuse_xls("il est d'avant Excel 97")
    for prefixes, nature, conseil in _PREFIXES:
        if octets.startswith(prefixes):
            raise _refuse_nature(nature, conseil)
    if not octets.strip(b"\0"):
        raise ClasseurRefuse("FOR006", "Le fichier ne contient que des octets nuls.")
    raise _refuse_text(octets[:_HEAD])


def _refuse_nature(nature: str, conseil: str) -> ClasseurRefuse:
    return ClasseurRefuse("FOR001", f"Le fichier est {nature}, et non un classeur.", conseil)


def refuse_xls(cause: str) -> ClasseurRefuse:
    """Le refus d'un ancien classeur que ce lecteur ne sait pas lire (FOR003)."""
    return ClasseurRefuse(
        "FOR003", f"Cet ancien classeur Excel (.xls) n'est pas lisible : {cause}.", ENREGISTRER_XLSX
    )


def refuse_ods(cause: str) -> ClasseurRefuse:
    """Le refus d'un OpenDocument qui n'est pas un classeur .ods ordinaire (FOR004)."""
    return ClasseurRefuse("FOR004", f"Ce fichier OpenDocument {cause}.", ENREGISTRER_XLSX)


def refuse_encrypted() -> ClasseurRefuse:
    """Le refus d'un classeur chiffré (FOR002)."""
    return ClasseurRefuse(
        "FOR002",
        "Le classeur est chiffré par un mot de passe.",
        "Ouvrez-le avec son mot de passe, retirez celui-ci (« Fichier > Informations > "
        "Protéger le classeur > Chiffrer avec mot de passe »), enregistrez.",
    )


def refuse_ole(noms: Collection[str]) -> ClasseurRefuse:
    """Le refus d'un ancien fichier sans classeur, par les noms de ses flux, en majuscules."""
    if "ENCRYPTEDPACKAGE" in noms:
        return refuse_encrypted()
    if "WORDDOCUMENT" in noms:
        return _refuse_nature("un document Word (.doc)", _REMPLIR)
    if "POWERPOINT DOCUMENT" in noms:
        return _refuse_nature("une présentation (.ppt)", _REMPLIR)
    if "BOOK" in noms:
        return refuse_xls("il est d'avant Excel 97")
    return _refuse_nature("un ancien fichier bureautique d'un autre type", RENVOYER)


def _refuse_text(head: bytes) -> ClasseurRefuse:
    if head.startswith(_UTF16):
        text = head[: len(head) // 2 * 2].decode("utf-16", "replace")
    else:
        text = head.decode("utf-8-sig", "replace")
    start = text.lstrip().casefold()
    if start.startswith("mime-version:") or re.search(r"<(!doctype html|html|table|body)\b", start):
        return _refuse_nature("une page web (.html)", ENREGISTRER_XLSX)
    if start.startswith("<?xml"):
        return _refuse_xml(start)
    if _CONTROLS.search(text):
        return ClasseurRefuse("FOR001", "Le fichier n'est pas un classeur.")
    if re.search(r"[;,\t]", text):
        return _refuse_nature("un fichier CSV", ENREGISTRER_XLSX)
    return _refuse_nature("un fichier de texte", _REMPLIR)


def _refuse_xml(start: str) -> ClasseurRefuse:
    if "opendocument.spreadsheet" in start:
        return refuse_ods("est enregistré à plat (.fods)")
    known = "un tableau XML d'Excel 2003" if "excel.sheet" in start else "un fichier XML"
    return _refuse_nature(known, ENREGISTRER_XLSX)


class Genre(Enum):
    """Le format d'un classeur en archive zip."""

    XLSX = auto()
    ODS = auto()


def check_archive(entrees: tuple[str, ...], tetes: Mapping[str, bytes]) -> Genre:
    """
    Le format de l'archive zip, si elle est un classeur .xlsx, .xlsm ou .ods.

    `tetes` : les octets des parties `TYPES`, `MIMETYPE` et `MANIFESTE` qu'elle contient.
    Lève `ClasseurRefuse` : .ods chiffré (FOR002), modèle .ots (FOR004), liste des parties absente
    (FOR008), autre (FOR001).
    """
    types, mimetype = tetes.get(TYPES, b""), tetes.get(MIMETYPE, b"").strip()
    if _WORKBOOK.search(types):
        return Genre.XLSX
    if mimetype.startswith(_ODS):
        if b"encryption-data" in tetes.get(MANIFESTE, b""):
            raise refuse_encrypted()
        if mimetype != _ODS:
            raise refuse_ods("est un modèle (.ots), et non un classeur")
        return Genre.ODS
    if "xl/workbook.xml" in map(str.casefold, entrees):
        raise ClasseurRefuse("FOR008", "Il manque au classeur la liste de ses parties.")
    raise _refuse_nature(*_name_archive(entrees, types, mimetype))


def _name_archive(entrees: tuple[str, ...], types: bytes, mimetype: bytes) -> tuple[str, str]:
    """(nature, conseil) of an archive that is no workbook, the surest sign first."""
    if b"sheet.binary" in types:
        return "un classeur Excel binaire (.xlsb)", ENREGISTRER_XLSX
    if b"wordprocessingml" in types or b"opendocument.text" in mimetype:
        return "un document de traitement de texte", _REMPLIR
    if b"presentationml" in types or b"opendocument.presentation" in mimetype:
        return "une présentation", _REMPLIR
    if any(name.endswith(".iwa") for name in entrees):
        return "un document Numbers, Pages ou Keynote", _EXPORTER
    for name in entrees:
        if name.casefold().endswith((".xlsx", ".xlsm", ".xls", ".ods")):
            return f"une archive .zip qui contient « {shorten(name)} »", _EXTRAIRE
    return "une archive .zip", _REMPLIR

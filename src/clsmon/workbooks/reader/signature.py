"""What the first bytes say a file is, whatever its name says."""

from __future__ import annotations

import re

from clsmon.workbooks.reader.refusal import ENREGISTRER_XLSX, RENVOYER, ClasseurRefuse, shorten

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BARE_BIFF = (b"\x09\x08\x10\x00", b"\x09\x08\x08\x00", b"\x09\x04\x06\x00", b"\x09\x00\x04\x00")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_HEAD = 4096

_WORKBOOK = re.compile(
    rb"spreadsheetml\.(sheet|template)\.main\+xml|ms-excel\.(sheet|template)\.macroEnabled\.main\+xml"
)

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
    Rend la main si le fichier commence comme une archive zip, seule forme d'un .xlsx.

    Lève `ClasseurRefuse` avec une phrase propre à chaque autre cause : vide (FOR006), chiffré
    (FOR002), ancien .xls (FOR003), page web, PDF, image, texte ou CSV, autre (FOR001).
    """
    if not octets:
        raise ClasseurRefuse("FOR006", "Le fichier est vide (0 octet).")
    if octets.startswith(_ZIP):
        return
    if octets.startswith(_OLE):
        raise _refuse_ole(octets)
    if octets.startswith(_BARE_BIFF):
        raise _refuse_xls()
    for prefixes, nature, conseil in _PREFIXES:
        if octets.startswith(prefixes):
            raise _refuse_nature(nature, conseil)
    if not octets.strip(b"\0"):
        raise ClasseurRefuse("FOR006", "Le fichier ne contient que des octets nuls.")
    raise _refuse_text(octets[:_HEAD])


def _refuse_nature(nature: str, conseil: str) -> ClasseurRefuse:
    return ClasseurRefuse("FOR001", f"Le fichier est {nature}, et non un classeur .xlsx.", conseil)


def _refuse_xls() -> ClasseurRefuse:
    return ClasseurRefuse(
        "FOR003", "Le fichier est un ancien classeur Excel (.xls).", ENREGISTRER_XLSX
    )


def _refuse_ole(octets: bytes) -> ClasseurRefuse:
    """Stream names of an OLE file are UTF-16 text of its directory."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in octets

    if holds("EncryptedPackage"):
        return ClasseurRefuse(
            "FOR002",
            "Le classeur est chiffré par un mot de passe.",
            "Ouvrez-le avec son mot de passe, retirez celui-ci (« Fichier > Informations > "
            "Protéger le classeur > Chiffrer avec mot de passe »), enregistrez.",
        )
    if holds("WordDocument"):
        return _refuse_nature("un document Word (.doc)", _REMPLIR)
    if holds("PowerPoint Document"):
        return _refuse_nature("une présentation (.ppt)", _REMPLIR)
    if holds("Workbook") or holds("Book"):
        return _refuse_xls()
    return _refuse_nature("un ancien fichier bureautique d'un autre type", RENVOYER)


def _refuse_text(head: bytes) -> ClasseurRefuse:
    if head.startswith(_UTF16):
        text = head[: len(head) // 2 * 2].decode("utf-16", "replace")
    else:
        text = head.decode("utf-8-sig", "replace")
    start = text.lstrip().casefold()
    if start.startswith("<?xml") and "excel.sheet" in start:
        return _refuse_nature("un tableau XML d'Excel 2003", ENREGISTRER_XLSX)
    if start.startswith("mime-version:") or re.search(r"<(!doctype html|html|table|body)\b", start):
        return _refuse_nature("une page web (.html)", ENREGISTRER_XLSX)
    if start.startswith("<?xml"):
        return _refuse_nature("un fichier XML", ENREGISTRER_XLSX)
    if _CONTROLS.search(text):
        return ClasseurRefuse("FOR001", "Le fichier n'est pas un classeur .xlsx.")
    if re.search(r"[;,\t]", text):
        return _refuse_nature("un fichier CSV", ENREGISTRER_XLSX)
    return _refuse_nature("un fichier de texte", _REMPLIR)


def check_archive(entrees: tuple[str, ...], types: bytes, mimetype: bytes) -> None:
    """
    Rend la main si l'archive zip est un classeur .xlsx ou .xlsm.

    `types` : les octets de « [Content_Types].xml » ; `mimetype` : ceux de la partie de ce nom.
    Lève `ClasseurRefuse` : .ods (FOR004), liste des parties absente (FOR008), autre (FOR001).
    """
    if _WORKBOOK.search(types):
        return
    if b"opendocument.spreadsheet" in mimetype:
        raise ClasseurRefuse(
            "FOR004", "Le fichier est un classeur OpenDocument (.ods).", ENREGISTRER_XLSX
        )
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

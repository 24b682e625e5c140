"""The container check: nothing of a returned workbook is parsed before it has passed."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from clsmon.workbooks.reader.refusal import ClasseurRefuse, beyond, shorten
from clsmon.workbooks.reader.signature import (
    MANIFESTE,
    MIMETYPE,
    TYPES,
    Genre,
    check_archive,
    check_signature,
)

__all__ = [
    "LIMITES",
    "MO",
    "Conteneur",
    "Genre",
    "Limites",
    "check_size",
    "open_container",
]

MO = 1_000_000


@dataclass(frozen=True, slots=True)
class Limites:
    """
    Ce qu'un classeur rendu ne dépasse pas ; presque tous les classeurs publics en sont loin.

    Tailles en octets. `taux` est le rapport entre taille décompressée et compressée d'une partie ;
    il n'est regardé qu'au-delà de `plancher_taux`, car une petite partie ne peut nuire.
    `jeton` est l'écart maximal entre deux « > » ; `balises` compte les « < » de toutes les parties,
    `vocabulaire` les noms différents d'éléments et d'attributs d'une partie.
    `elements` : ceux d'une partie de plan (liens, feuilles, noms, styles) ; `enregistrements` :
    ceux d'un .xls, qui en a un par cellule et un par ligne.
    `cellules` et `fusions` valent pour le classeur entier, `anomalies` par feuille.
    `total` et `cellules` font tenir le pire classeur, lu en entier, sous 256 Mo et 2 s.
    """

    fichier: int = 10 * MO
    partie: int = 32 * MO
    total: int = 32 * MO
    taux: int = 200
    plancher_taux: int = MO
    entrees: int = 2_000
    jeton: int = 256 * 1024
    balises: int = 2_000_000
    profondeur: int = 64
    vocabulaire: int = 10_000
    cellules: int = 75_000
    fusions: int = 60_000
    styles: int = 65_000
    feuilles: int = 1_000
    noms: int = 10_000
    elements: int = 80_000
    enregistrements: int = 600_000
    texte: int = 32_767
    anomalies: int = 100


LIMITES = Limites()


@dataclass(frozen=True, slots=True)
class Conteneur:
    """
    Un classeur .xlsx, .xlsm ou .ods dont l'enveloppe est saine.

    `entrees` : les noms de toutes les parties. `parties` : les octets décompressés de celles qui
    peuvent se lire en XML, par nom sans casse (les noms n'en ont pas, ECMA-376-2 § 6.2.2).
    """

    genre: Genre

    entrees: tuple[str, ...]
    parties: Mapping[str, bytes] = field(repr=False)

    def partie(self, nom: str) -> bytes | None:
        """Les octets de la partie XML de ce nom, ou None si elle n'existe pas."""
        return self.parties.get(nom.casefold())


def open_container(octets: bytes, limites: Limites = LIMITES) -> Conteneur:
    """
    Le contenu d'un .xlsx, .xlsm ou .ods après contrôle de toute l'enveloppe.

    Les premiers octets, et non le nom, disent ce qu'est le fichier. Chaque partie est lue jusqu'à
    son CRC, sans jamais décompresser plus que `limites`.
    Lève `ClasseurRefuse` (FOR001 à FOR008) ; aucune autre exception.
    """
    check_signature(octets)
    check_size(octets, limites)
    entries = _locate_entries(octets, *_read_directory(octets, limites))
    genre = _check_kind(octets, entries, limites)
    parties: dict[str, bytes] = {}
    total = tags = 0
    for entry in entries:
        content = _inflate(octets, entry, limites, limites.total - total)
        total += len(content)
        if _is_read(entry.nom.casefold(), genre):
            tags += _check_markup(entry.nom, content, limites)
            parties[entry.nom.casefold()] = content
    if tags > limites.balises:
        raise beyond(f"Le classeur contient {tags} balises XML", f"{limites.balises}")
    return Conteneur(genre, tuple(entry.nom for entry in entries), MappingProxyType(parties))


def _is_read(nom: str, genre: Genre) -> bool:
    """
    The parts that may be parsed.

    What an .ods keeps in folders (programs, toolbars) has a DOCTYPE; the custom data of an .xlsx
    (« customXml/ ») may be written in UTF-16 by Excel itself.
    """
    apart = "/" in nom if genre is Genre.ODS else nom.startswith("customxml/")
    return nom.endswith((".xml", ".rels")) and not apart


def check_size(octets: bytes, limites: Limites = LIMITES) -> None:
    """Lève `ClasseurRefuse` (FOR007) pour un fichier trop lourd."""
    if len(octets) > limites.fichier:
        weight = f"{len(octets) / MO:.1f}".replace(".", ",")
        raise beyond(f"Le fichier pèse {weight} Mo", f"{limites.fichier // MO} Mo")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One file of the archive and the offset of its compressed bytes."""

    nom: str
    info: zipfile.ZipInfo
    start: int


def _check_kind(octets: bytes, entries: list[_Entry], limites: Limites) -> Genre:
    """Says first what the archive is: a sound .docx must not be called a damaged workbook."""
    heads = {
        entry.nom.casefold(): _inflate(octets, entry, limites, limites.total)
        for entry in entries
        if entry.nom.casefold() in (TYPES, MIMETYPE, MANIFESTE)
    }
    return check_archive(tuple(entry.nom for entry in entries), heads)


def _abnormal(constat: str) -> ClasseurRefuse:
    return ClasseurRefuse("FOR007", f"Le classeur est construit de façon anormale : {constat}.")


def _damaged(constat: str) -> ClasseurRefuse:
    return ClasseurRefuse("FOR005", f"Le fichier est coupé ou abîmé : {constat}.")


def _read_directory(octets: bytes, limites: Limites) -> tuple[list[zipfile.ZipInfo], int]:
    """The entries and the offset of the central directory, bounded before any is built."""
    count = octets.count(b"PK\x01\x02")
    if count > limites.entrees:
        raise beyond(f"L'archive contient {count} parties", f"{limites.entrees}")
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            return archive.infolist(), archive.start_dir
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, OSError) as error:
        raise _damaged("la fin du fichier ou sa table des parties manque") from error


def _locate_entries(
    octets: bytes, infos: list[zipfile.ZipInfo], directory_start: int
) -> list[_Entry]:
    """The files of the archive, in the order of its directory, none over another."""
    found = []
    spans = []
    seen: set[str] = set()
    for info in infos:
        name = _check_name(info, seen)
        start = _find_content(octets, info)
        spans.append((info.header_offset, start + info.compress_size))
        if not name.endswith("/"):
            found.append(_Entry(name, info, start))
    spans.sort()
    limits = [start for start, _ in spans[1:]] + [directory_start]
    if any(end > limit for (_, end), limit in zip(spans, limits, strict=False)):
        raise _abnormal("des parties de l'archive se recouvrent")
    return found


def _check_name(info: zipfile.ZipInfo, seen: set[str]) -> str:
    name = info.filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/"):
        raise _abnormal("une partie de l'archive sort de son dossier (« .. »)")
    if name.casefold() in seen:
        raise _abnormal(f"la partie « {shorten(name)} » s'y trouve deux fois")
    seen.add(name.casefold())
    if info.flag_bits & 0x41:
        raise ClasseurRefuse(
            "FOR002",
            "L'archive du classeur est protégée par un mot de passe.",
            "Faites-le enregistrer sans mot de passe.",
        )
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _damaged(f"la compression de « {shorten(name)} » est inconnue")
    return name


def _find_content(octets: bytes, info: zipfile.ZipInfo) -> int:
    header = octets[info.header_offset : info.header_offset + 30]
    if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
        raise _damaged(f"la partie « {shorten(info.filename)} » est introuvable")
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    name_start = info.header_offset + 30
    raw = octets[name_start : name_start + name_length]
    encoding = "utf-8" if info.flag_bits & 0x800 else "cp437"
    if raw != info.orig_filename.encode(encoding, "replace"):
        raise _damaged(f"la partie « {shorten(info.filename)} » porte deux noms")
    return name_start + int(name_length) + int(extra_length)


def _inflate(octets: bytes, entry: _Entry, limites: Limites, remaining: int) -> bytes:
    """One call bounded by `max_length`: not one byte beyond the limits is ever inflated."""
    name, info = entry.nom, entry.info
    packed = octets[entry.start : entry.start + info.compress_size]
    by_ratio = max(limites.plancher_taux, limites.taux * len(packed))
    cap = min(limites.partie, remaining, by_ratio)
    ended = True
    if info.compress_type == zipfile.ZIP_DEFLATED:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = inflater.decompress(packed, cap + 1)
        except zlib.error as error:
            raise _damaged(f"la partie « {shorten(name)} » ne se décompresse pas") from error
        ended = inflater.eof or not packed
    else:
        content = packed
    if len(content) > cap:
        raise _name_excess(name, cap, by_ratio, limites)
    if not ended or len(content) != info.file_size or zlib.crc32(content) != info.CRC:
        raise _damaged(f"le contenu de « {shorten(name)} » n'est pas celui qui a été écrit")
    return content


def _name_excess(name: str, cap: int, by_ratio: int, limites: Limites) -> ClasseurRefuse:
    if cap == by_ratio:
        return beyond(
            f"La partie « {shorten(name)} » est anormalement compressée",
            f"{limites.taux} fois",
        )
    if cap == limites.partie:
        return beyond(
            f"La partie « {shorten(name)} » est trop grande une fois décompressée",
            f"{limites.partie // MO} Mo",
        )
    return beyond("Le classeur est trop grand une fois décompressé", f"{limites.total // MO} Mo")


def _check_markup(name: str, content: bytes, limites: Limites) -> int:
    """The number of « < », once no DOCTYPE, no UTF-16 and no oversized token can be there."""
    if b"\0" in content or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ClasseurRefuse("FOR008", f"La partie « {shorten(name)} » n'est pas écrite en UTF-8.")
    if b"<!DOCTYPE" in content:
        raise _abnormal(f"la partie « {shorten(name)} » contient une déclaration DOCTYPE")
    position = 0
    while position + limites.jeton < len(content):
        position = content.rfind(b">", position + 1, position + limites.jeton + 1)
        if position < 0:
            raise beyond(
                f"La partie « {shorten(name)} » contient un élément démesuré",
                f"{limites.jeton // 1024} ko",
            )
    return content.count(b"<")

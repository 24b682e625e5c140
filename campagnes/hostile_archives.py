"""P1 : des archives hostiles : bombes, noms, tailles et places qui mentent, fichiers coupés."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from struct import pack, unpack_from
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo

from campagnes.hostile import Fichier, Fin, Parties

NOMS = (
    *("../../echappe.xml", "..\\..\\echappe.xml", "/tmp/echappe.xml", "xl/../../echappe.xml"),
    *("xl/..", "a/b/../../../c.xml", "\\\\serveur\\partage\\a.xml", ".."),
)
METHODES = (1, 6, 9, 12, 14, 95, 97, 99)


def bombs(parties: Parties) -> Iterator[Fichier]:
    """Peu d'octets qui en deviennent beaucoup."""
    for nom in ("xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/a.bin"):
        yield Fichier(f"bombe-{nom}", pack_zip({**parties, nom: b" " * 600_000_000}))
    yield Fichier("bombe-en-morceaux", pack_zip({**parties, **_pieces(100, b" " * 990_000)}))
    yield Fichier("bombe-en-morceaux-xml", pack_zip({**parties, **_pieces(80, b"<a/>" * 240_000)}))
    yield Fichier("bombe-sous-le-taux", pack_zip({**parties, **_pieces(70, _noise(1_000_000))}))
    for methode, nom in ((ZIP_BZIP2, "bzip2"), (ZIP_LZMA, "lzma")):
        yield Fichier(f"bombe-{nom}", pack_zip({"xl/a.xml": b" " * 50_000_000, **parties}, methode))
    dedans = pack_zip({"bombe.bin": bytes(200_000_000)})
    for rang in range(1, 4):
        dedans = pack_zip({f"niveau-{rang}.zip": dedans})
        yield Fichier(f"zip-dans-zip-{rang}", dedans)
    classeur = pack_zip(parties)
    yield Fichier("contient-lui-meme", pack_zip({"contient-lui-meme.xlsx": classeur}))
    dans = {"xl/embeddings/a.xlsx": classeur, "xl/media/b.zip": dedans}
    yield Fichier("classeurs-incorpores", pack_zip({**parties, **dans}), Fin.LU)
    for nombre in (2_001, 30_000, 65_535):
        yield Fichier(f"{nombre}-parties", pack_zip(_pieces(nombre, b"")))


def names(parties: Parties) -> Iterator[Fichier]:
    """Des noms de parties qui sortent, se répètent ou ne disent pas la même chose."""
    for rang, nom in enumerate(NOMS):
        yield Fichier(f"nom-qui-sort-{rang}", pack_zip({**parties, nom: b"<a/>"}))
    for rang, nom in enumerate(("XL/Worksheets/SHEET2.xml", "xl\\worksheets\\sheet2.xml")):
        yield Fichier(f"nom-double-{rang}", pack_zip({**parties, nom: parties["xl/styles.xml"]}))
    classeur = bytearray(pack_zip(parties))
    for rang, place in enumerate(_find(classeur, b"PK\x03\x04")):
        trompe = bytearray(classeur)
        trompe[place + 30] ^= 0x20
        yield Fichier(f"deux-noms-{rang}", bytes(trompe))
    yield Fichier("nom-vide", pack_zip({**parties, "": b"<a/>"}), Fin.LIBRE)
    yield Fichier("nom-de-60-ko", pack_zip({**parties, "a" * 60_000 + ".xml": b"<a/>"}), Fin.LU)


def lies(parties: Parties) -> Iterator[Fichier]:
    """Des tailles, des sommes, des places et des drapeaux qui mentent, partie par partie."""
    classeur = pack_zip(parties)
    tables = _find(classeur, b"PK\x01\x02")
    for rang, place in enumerate(tables):
        for nom, champ, valeur in (
            ("crc", 16, unpack_from("<I", classeur, place + 16)[0] ^ 1),
            ("taille-nulle", 24, 0),
            ("taille-enorme", 24, 0xFFFFFFF0),
            ("compresse-court", 20, max(1, unpack_from("<I", classeur, place + 20)[0] // 2)),
            ("compresse-enorme", 20, 0x7FFFFFFF),
            ("place", 42, 0x7FFFFFFF),
            ("place-zero", 42, 0 if rang else 50),
        ):
            yield Fichier(f"{nom}-{rang}", _patch(classeur, place + champ, pack("<I", valeur)))
    for methode in METHODES:
        mente = _patch(classeur, tables[0] + 10, pack("<H", methode))
        yield Fichier(f"compression-{methode}", mente)
    yield Fichier("chiffre", _patch(classeur, tables[0] + 8, pack("<H", 1)))
    yield Fichier("recouvrements", _overlap(classeur, tables))
    fin = classeur.rfind(b"PK\x05\x06")
    for nom, champ, valeurs in (
        ("nombre", 8, b"\xff\xff\xff\xff"),
        ("taille-de-table", 12, b"\xff\xff\xff\x7f"),
        ("place-de-table", 16, b"\xff\xff\xff\x7f"),
        ("zip64", 16, b"\xff\xff\xff\xff"),
    ):
        yield Fichier(f"fin-{nom}", _patch(classeur, fin + champ, valeurs), Fin.LIBRE)


def cuts(parties: Parties) -> Iterator[Fichier]:
    """Le classeur coupé à chaque frontière de l'archive, et juste avant."""
    classeur = pack_zip(parties)
    places = [m.start() for m in re.finditer(rb"PK(?:\x01\x02|\x03\x04|\x05\x06)", classeur)]
    for place in places[1:]:
        yield Fichier(f"coupe-a-{place}", classeur[:place])
        yield Fichier(f"coupe-avant-{place}", classeur[: place - 1])
    yield Fichier("coupe-au-dernier-octet", classeur[:-1])
    yield Fichier("precede-de-texte", b"bonjour\n" * 200 + classeur)
    yield Fichier("suivi-de-zeros", classeur + bytes(5_000), Fin.LIBRE)
    yield Fichier("deux-classeurs-a-la-suite", classeur + classeur, Fin.LIBRE)


def pack_zip(parties: Parties, methode: int = ZIP_DEFLATED) -> bytes:
    """L'archive de ces parties."""
    sortie = BytesIO()
    with ZipFile(sortie, "w", ZIP_STORED) as archive:
        for nom, octets in parties.items():
            info = ZipInfo("a")
            info.filename = nom  # as given: ZipInfo itself would cut and mend it
            archive.writestr(info, octets, methode)
    return sortie.getvalue()


def _pieces(nombre: int, octets: bytes) -> Parties:
    return {f"xl/media/{rang}.xml": octets for rang in range(nombre)}


def _noise(taille: int) -> bytes:
    """Ce qui se compresse cent fois : assez peu pour passer sous le taux."""
    return b"".join(pack("<I", rang * 2_654_435_761 % 2**32) * 100 for rang in range(taille // 400))


def _find(octets: bytes | bytearray, signature: bytes) -> list[int]:
    return [m.start() for m in re.finditer(re.escape(signature), octets)]


def _patch(octets: bytes, place: int, valeur: bytes) -> bytes:
    return octets[:place] + valeur + octets[place + len(valeur) :]


def _overlap(classeur: bytes, tables: list[int]) -> bytes:
    """Chaque entrée de la table vise la même partie compressée."""
    premiere = classeur[tables[0] + 16 : tables[0] + 28]
    for place in tables[1:]:
        classeur = _patch(classeur, place + 16, premiere)
        classeur = _patch(classeur, place + 42, classeur[tables[0] + 42 : tables[0] + 46])
    return classeur

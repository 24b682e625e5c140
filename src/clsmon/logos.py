"""
Les logos des signataires, `data/logos/<organisme>.png` : trouvés, vérifiés, nommés s'ils manquent.

Article 8 : toute publication porte les noms et les logos, en couleur, des signataires.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.dossier import Dossier
from clsmon.model.logo import Logo

LOGOS = "data/logos"
OCTETS_MAX = 2 * 1024 * 1024
COTE_MAX = 10_000
"""En pixels."""
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GRIS, _PALETTE, _GRIS_TRANSPARENT = 0, 3, 4
_TYPES_DE_COULEUR = {_GRIS, 2, _PALETTE, _GRIS_TRANSPARENT, 6}
_ABSENT = "GAB003"
_ILLISIBLE = "GAB004"
_SANS_COULEUR = "GAB005"


class LogoRefuse(Exception):  # noqa: N818  a French noun, as the other refusals
    """Ce fichier n'est pas un logo utilisable ; le texte dit pourquoi."""


def missing_logos(dossier: Dossier) -> tuple[str, ...]:
    """Les codes des signataires sans fichier de logo, dans l'ordre du contrat."""
    return tuple(code for code in dossier.contrat.signataires if not _path(dossier, code).exists())


def load_logos(dossier: Dossier) -> tuple[tuple[Logo, ...], tuple[Anomalie, ...]]:
    """Les logos utilisables, dans l'ordre des signataires, et ce qui ne va pas."""
    absents = missing_logos(dossier)
    logos: list[Logo] = []
    anomalies = list(_report_missing(absents))
    for code in dossier.contrat.signataires:
        if code in absents:
            continue
        try:
            logo = _load(_path(dossier, code), code)
        except LogoRefuse as refus:
            conseil = "remplacez-le par une image PNG en couleur, de 2 Mo au plus"
            anomalies.append(_alert(_ILLISIBLE, f"{LOGOS}/{code}.png", str(refus), conseil))
            continue
        logos.append(logo)
        if not logo.en_couleur:
            message = f"le logo de {dossier.contrat.nom_court(code)} est en niveaux de gris"
            conseil = "demandez au signataire son logo en couleur (article 8)"
            anomalies.append(_alert(_SANS_COULEUR, f"{LOGOS}/{code}.png", message, conseil))
    return tuple(logos), tuple(anomalies)


def _report_missing(absents: tuple[str, ...]) -> Iterator[Anomalie]:
    """Une seule phrase : treize signataires ne font pas treize messages."""
    if not absents:
        return
    noms = ", ".join(f"{code}.png" for code in absents)
    message = (
        f"{len(absents)} logos de signataires manquent : {noms}"
        if len(absents) > 1
        else f"le logo d'un signataire manque : {noms}"
    )
    conseil = (
        f"rangez dans {LOGOS}/ le logo en couleur de chaque signataire, au format PNG : toute "
        "publication les porte (article 8)"
    )
    yield _alert(_ABSENT, LOGOS, message, conseil)


def _alert(code: str, fichier: str, message: str, conseil: str) -> Anomalie:
    return Anomalie(Lieu(fichier), code, Gravite.ALERTE, message, conseil)


def _path(dossier: Dossier, code: str) -> Path:
    return dossier.racine / LOGOS / f"{code}.png"


def _load(chemin: Path, code: str) -> Logo:
    if chemin.is_symlink() or not chemin.is_file():
        raise LogoRefuse("ce n'est pas un fichier ordinaire")
    try:
        with chemin.open("rb") as source:
            octets = source.read(OCTETS_MAX + 1)
    except OSError:
        raise LogoRefuse("ce fichier n'a pas pu être ouvert") from None
    return read_png(octets, code)


def read_png(octets: bytes, code: str) -> Logo:
    """
    Le logo que donnent les octets d'un PNG entier ; lève LogoRefuse.

    La signature, les dimensions et la somme de contrôle de chaque partie sont vérifiées ; l'image
    n'est pas décompressée. Source : PNG, ISO/IEC 15948, parties IHDR, PLTE, pHYs et IEND.
    """
    if len(octets) > OCTETS_MAX:
        raise LogoRefuse("ce fichier dépasse 2 Mo")
    if not octets.startswith(_SIGNATURE):
        raise LogoRefuse("ce n'est pas une image PNG, malgré son nom")
    parties = list(_chunks(octets))
    noms = [nom for nom, _ in parties]
    if noms[0] != b"IHDR" or len(parties[0][1]) != 13 or b"IDAT" not in noms:
        raise LogoRefuse("cette image PNG est abîmée")
    largeur, hauteur, _, couleur = struct.unpack(">IIBB", parties[0][1][:10])
    if not (1 <= largeur <= COTE_MAX and 1 <= hauteur <= COTE_MAX):
        raise LogoRefuse(f"cette image mesure {largeur} × {hauteur} pixels, {COTE_MAX} au plus")
    if couleur not in _TYPES_DE_COULEUR:
        raise LogoRefuse("cette image PNG est abîmée")
    palette = next((contenu for nom, contenu in parties if nom == b"PLTE"), b"")
    physique = next((contenu for nom, contenu in parties if nom == b"pHYs"), b"")
    en_couleur = _is_coloured(couleur, palette)
    return Logo(code, octets, largeur, hauteur, en_couleur, _density(physique))


def _density(physique: bytes) -> tuple[int, int] | None:
    """Les pixels par mètre, quand l'image en donne dans cette unité."""
    if len(physique) != 9 or physique[8] != 1:
        return None
    en_largeur, en_hauteur = struct.unpack(">II", physique[:8])
    return (en_largeur, en_hauteur) if en_largeur and en_hauteur else None


def _is_coloured(couleur: int, palette: bytes) -> bool:
    """Faux si l'image ne peut montrer que des gris."""
    if couleur != _PALETTE:
        return couleur not in {_GRIS, _GRIS_TRANSPARENT}
    return any(len(set(palette[rang : rang + 3])) > 1 for rang in range(0, len(palette), 3))


def _chunks(octets: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Les parties d'un PNG, (nom, contenu), jusqu'à IEND ; lève LogoRefuse si une est abîmée."""
    place = len(_SIGNATURE)
    nom = b""
    while nom != b"IEND":
        entete = octets[place : place + 8]
        if len(entete) < 8:
            raise LogoRefuse("cette image PNG est coupée")
        longueur, nom = struct.unpack(">I4s", entete)
        contenu = octets[place + 8 : place + 8 + longueur]
        somme = octets[place + 8 + longueur : place + 12 + longueur]
        if len(somme) < 4:
            raise LogoRefuse("cette image PNG est coupée")
        if zlib.crc32(nom + contenu) != struct.unpack(">I", somme)[0]:
            raise LogoRefuse("cette image PNG est abîmée")
        yield nom, contenu
        place += 12 + longueur

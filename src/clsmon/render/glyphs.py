"""
Les caractères que les polices livrées savent dessiner ; les autres s'écrivent par leur code.

Un caractère sans dessin ferait refuser le PDF entier, ou n'y laisserait qu'un carré vide.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

POLICES = ("LiberationSans-Regular.ttf", "DejaVuSans.ttf")
"""La police du texte, puis celle des signes qui lui manquent."""

_UNICODE = {(3, 10): 12, (3, 1): 4}
"""Les tables de caractères, (plateforme, codage), la plus complète d'abord, et leur format."""
_SANS_DESSIN = {"Co", "Cn"}


@dataclass(frozen=True)
class Dessins:
    """Les caractères dessinés par chaque police, dans l'ordre où elles sont essayées."""

    polices: tuple[frozenset[int], ...]

    def spell(self, texte: str) -> str:
        """Le texte, où « [U+4E2D] » tient la place d'un caractère que rien ne dessine."""
        if texte.isascii() or self._sans_surprise.issuperset(texte):
            return texte
        return "".join(self._pieces(texte))

    @cached_property
    def _sans_surprise(self) -> frozenset[str]:
        """Ce que la première police dessine et qui ne se combine à rien : presque tout texte."""
        caracteres = map(chr, self.polices[0])
        return frozenset(
            {"\n"}.union(c for c in caracteres if unicodedata.category(c)[0] not in "MC")
        )

    def _pieces(self, texte: str) -> Iterator[str]:
        """Un signe combinant doit être dans la même police que la lettre qui le porte."""
        capables = self.polices
        for caractere in texte:
            rang, genre = ord(caractere), unicodedata.category(caractere)
            essayees = capables if genre.startswith("M") else self.polices
            trouvees = tuple(police for police in essayees if rang in police)
            if caractere != "\n" and (genre in _SANS_DESSIN or not trouvees):
                yield f"[U+{rang:04X}]"
                continue
            capables = trouvees or self.polices
            yield caractere


@cache
def load_glyphs(dossier: Path) -> Dessins:
    """Les dessins des polices livrées, lus dans les polices elles-mêmes."""
    return Dessins(tuple(read_glyphs((dossier / nom).read_bytes()) for nom in POLICES))


def read_glyphs(octets: bytes) -> frozenset[int]:
    """
    Les caractères d'une police TrueType.

    Source : OpenType, ISO/IEC 14496-22, table cmap, formats 4 et 12.
    """
    nombre = struct.unpack_from(">H", octets, 4)[0]
    tables = (struct.unpack_from(">4sIII", octets, 12 + 16 * rang) for rang in range(nombre))
    debut = next(place for nom, _, place, _ in tables if nom == b"cmap")
    sous_tables = {
        (plateforme, codage): debut + place
        for plateforme, codage, place in (
            struct.unpack_from(">HHI", octets, debut + 4 + 8 * rang)
            for rang in range(struct.unpack_from(">H", octets, debut + 2)[0])
        )
    }
    cle = next(cle for cle in _UNICODE if cle in sous_tables)
    plages = _ranges_12 if _UNICODE[cle] == 12 else _ranges_4
    return frozenset(rang for plage in plages(octets, sous_tables[cle]) for rang in plage)


def _ranges_12(octets: bytes, place: int) -> Iterator[range]:
    groupes = struct.unpack_from(">I", octets, place + 12)[0]
    for rang in range(groupes):
        premier, dernier, _ = struct.unpack_from(">III", octets, place + 16 + 12 * rang)
        yield range(premier, dernier + 1)


def _ranges_4(octets: bytes, place: int) -> Iterator[range]:
    """Les plages du plan de base ; la dernière, 0xFFFF, n'est là que pour finir la table."""
    double = struct.unpack_from(">H", octets, place + 6)[0]
    forme = f">{double // 2}H"
    derniers = struct.unpack_from(forme, octets, place + 14)
    premiers = struct.unpack_from(forme, octets, place + 16 + double)
    for premier, dernier in zip(premiers, derniers, strict=True):
        if premier != 0xFFFF:
            yield range(premier, dernier + 1)

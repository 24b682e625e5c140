"""Small PNG files drawn for the tests: no real logo may be committed."""

from __future__ import annotations

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GREY, COLOUR, PALETTE = 0, 2, 3


def chunk(nom: bytes, contenu: bytes) -> bytes:
    somme = struct.pack(">I", zlib.crc32(nom + contenu))
    return struct.pack(">I", len(contenu)) + nom + contenu + somme


def draw_png(
    largeur: int = 30, hauteur: int = 12, type_: int = COLOUR, palette: bytes = b"\x0b\x5f\xa5"
) -> bytes:
    """A plain rectangle; `palette` is read only by an image of that kind."""
    point = b"\x0b\x5f\xa5" if type_ == COLOUR else b"\x00"
    lignes = (b"\x00" + point * largeur) * hauteur if largeur * hauteur < 10**6 else b""
    return b"".join(
        (
            SIGNATURE,
            chunk(b"IHDR", struct.pack(">IIBBBBB", largeur, hauteur, 8, type_, 0, 0, 0)),
            chunk(b"PLTE", palette) if type_ == PALETTE else b"",
            chunk(b"IDAT", zlib.compress(lignes)),
            chunk(b"IEND", b""),
        )
    )

"""Minimal .xls files written by hand, so that a test says exactly which records it reads."""

from __future__ import annotations

import struct
from collections.abc import Iterable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SECTOR = 512
FREE, END = 0xFFFFFFFF, 0xFFFFFFFE
GLOBALS, WORKSHEET, CHART = 5, 0x10, 0x20


def record(code: int, payload: bytes = b"") -> bytes:
    """One record."""
    return struct.pack("<HH", code, len(payload)) + payload


def begin(kind: int, version: int = 0x0600) -> bytes:
    """The BOF record of a substream."""
    return record(0x0809, struct.pack("<HH12x", version, kind))


def text(characters: str, *, length_size: int = 2) -> bytes:
    """A text, in one octet a character where it can be."""
    try:
        flags, raw = 0, characters.encode("latin-1")
    except UnicodeEncodeError:
        flags, raw = 1, characters.encode("utf-16-le")
    count = len(raw) // (2 if flags else 1)
    return count.to_bytes(length_size, "little") + bytes([flags]) + raw


def cell(code: int, row: int, column: int, content: bytes, style: int = 0) -> bytes:
    """A cell record; row and column count from zero."""
    return record(code, struct.pack("<3H", row, column, style) + content)


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    """A NUMBER record."""
    return cell(0x0203, row, column, struct.pack("<d", value), style)


def formula(row: int, column: int, result: bytes, code: int = 0x0006) -> bytes:
    """A FORMULA record of no tokens, with these eight octets of result."""
    return cell(code, row, column, result + struct.pack("<HIH", 0, 0, 0))


def special(kind: int, value: int = 0) -> bytes:
    """The result of a formula that is no number."""
    return bytes([kind, 0, value, 0, 0, 0, 0xFF, 0xFF])


def shared(*texts: str) -> bytes:
    """The SST record."""
    return record(0x00FC, struct.pack("<II", len(texts), len(texts)) + b"".join(map(text, texts)))


def stream(
    *sheets: Iterable[bytes],
    plan: bytes = b"",
    formats: Iterable[str] = (),
    names: Iterable[str] = (),
    hidden: int = 0,
) -> bytes:
    """The « Workbook » stream of these sheets; one ordinary style, then one for each format."""
    named = list(names) or [f"Feuille{rank}" for rank in range(1, len(sheets) + 1)]
    styles = record(0x00E0, struct.pack("<HH16x", 0, 0))
    for rank, code in enumerate(formats):
        styles = record(0x041E, struct.pack("<H", 164 + rank) + text(code)) + styles
        styles += record(0x00E0, struct.pack("<HH16x", 0, 164 + rank))
    bodies = [begin(WORKSHEET) + b"".join(sheet) + record(0x000A) for sheet in sheets]

    def declare(starts: Iterable[int]) -> bytes:
        return b"".join(
            record(0x0085, struct.pack("<IBB", start, hidden, 0) + text(name, length_size=1))
            for start, name in zip(starts, named, strict=True)
        )

    def head(starts: Iterable[int]) -> bytes:
        return begin(GLOBALS) + plan + styles + declare(starts) + record(0x000A)

    position = len(head([0] * len(bodies)))
    starts = []
    for body in bodies:
        starts.append(position)
        position += len(body)
    return head(starts) + b"".join(bodies)


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file of these streams at its root, none in the short table."""
    padded = {name: content.ljust(SECTOR, b"\0") for name, content in streams.items()}
    counts = [-(-len(content) // SECTOR) for content in padded.values()]
    directory_size = -(-(len(streams) + 1) * 128 // SECTOR)
    used = directory_size + sum(counts)
    table_size = next(n for n in range(1, 110) if n * 128 >= used + n)
    table = [0xFFFFFFFD] * table_size
    starts = []
    for count in (directory_size, *counts):
        starts.append(len(table))
        table += [*range(len(table) + 1, len(table) + count), END]
    table += [FREE] * (table_size * 128 - len(table))
    header = OLE + bytes(16) + struct.pack("<HH2sHH6x", 0x3E, 3, b"\xfe\xff", 9, 6)
    header += struct.pack("<9I", 0, table_size, starts[0], 0, 0, END, 0, END, 0)
    header += struct.pack("<109I", *range(table_size), *[FREE] * (109 - table_size))
    entries = [_entry("Root Entry", 5, (1 if streams else FREE, FREE), END, 0)]
    for rank, (name, content) in enumerate(streams.items(), start=1):
        following = rank + 1 if rank < len(streams) else FREE
        entries.append(_entry(name, 2, (FREE, following), starts[rank], len(content)))
    directory = b"".join(entries).ljust(directory_size * SECTOR, b"\0")
    body = b"".join(
        content.ljust(-(-len(content) // SECTOR) * SECTOR, b"\0") for content in padded.values()
    )
    return header + struct.pack(f"<{len(table)}I", *table) + directory + body


def _entry(name: str, nature: int, links: tuple[int, int], start: int, size: int) -> bytes:
    """One line of the directory; `links`: its first child, then what follows it."""
    raw = name.encode("utf-16-le")
    child, right = links
    return struct.pack(
        "<64sHBBIII36xIQ", raw, len(raw) + 2, nature, 1, FREE, right, child, start, size
    )


def xls(*sheets: Iterable[bytes], **plan: object) -> bytes:
    """A whole .xls of these sheets."""
    return compound({"Workbook": stream(*sheets, **plan)})  # type: ignore[arg-type]

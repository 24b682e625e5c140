"""The text of a cell: its paragraphs, their blanks as ODF counts them, nothing of its notes."""

from __future__ import annotations

import re

from clsmon.workbooks.reader.container import LIMITES
from clsmon.workbooks.reader.markup import PartieIllisible

_LAYOUT = re.compile(r" *[\t\r\n][ \t\r\n]*")
_COUNT = re.compile(r"[0-9]{1,9}", re.ASCII)

PARAGRAPHES = ("text:p", "text:h")
_LISTS = ("text:list", "text:list-item", "text:list-header")
_BREAKS = {"text:tab": "\t", "text:line-break": "\n"}
_UNSEEN = ("text:ruby-text", "text:note", "text:bookmark-ref", "text:tracked-changes")


class CellText:
    """
    The paragraphs of one cell, joined by a newline.

    ODF would have spaces in a row be one unless written `text:s` (ODF 1.3 part 3, § 6.1.2), but
    LibreOffice writes those of a text of several lines as they are, and reads them so: only blanks
    that lay out the XML, with a line break or a tab among them, count as one space.
    What goes beyond the longest text of a cell is not kept: one element may ask for a billion
    spaces.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._paragraphs = 0
        self._at_start = True
        self.in_paragraph = False

    def opens(self, name: str, attributes: dict[str, str]) -> bool:
        """Takes a start tag of the cell; False for one whose content is no text of the cell."""
        if name in PARAGRAPHES:
            self._open_paragraph()
        elif not self.in_paragraph:
            return name in _LISTS
        elif name == "text:s":
            written = attributes.get("text:c", "1")
            if _COUNT.fullmatch(written) is None:
                raise PartieIllisible("un nombre d'espaces y est mal écrit")
            self._add(" " * min(int(written), LIMITES.texte + 1))
        elif name in _BREAKS:
            self._add(_BREAKS[name])
        else:
            return name.startswith("text:") and name not in _UNSEEN
        return True

    def add(self, written: str) -> None:
        """Characters of a paragraph; those that lay out the XML at its start are none."""
        start = _LAYOUT.match(written) if self._at_start else None
        plain = _LAYOUT.sub(" ", written[start.end() if start else 0 :])
        if plain:
            self._add(plain)

    def take(self) -> str | None:
        """The whole text, None when the cell has no paragraph at all."""
        return "".join(self._pieces) if self._paragraphs else None

    def _open_paragraph(self) -> None:
        if self.in_paragraph:
            raise PartieIllisible("un paragraphe y est mal placé")
        if self._paragraphs:
            self._add("\n")
        self._paragraphs += 1
        self.in_paragraph = True
        self._at_start = True

    def _add(self, piece: str) -> None:
        self._at_start = False
        if self._length <= LIMITES.texte:
            self._pieces.append(piece)
            self._length += len(piece)

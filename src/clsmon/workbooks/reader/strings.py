"""The shared texts of a workbook and the decoding common to all texts."""

from __future__ import annotations

import re

from clsmon.workbooks.reader.container import LIMITES
from clsmon.workbooks.reader.markup import PartieIllisible, Walk
from clsmon.workbooks.reader.refusal import beyond

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_XML_SPACE = " \t\r\n"


def decode_text(texte: str) -> str:
    """Le texte dont chaque « _x001B_ » est rendu à son caractère (ECMA-376-1 § 22.9.2.19)."""
    if "_x" not in texte:
        return texte
    decoded = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), texte)
    if _SURROGATE.search(decoded):
        return decoded.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return decoded


class TextRuns:
    """
    The `t` elements of one text, joined; what stands in `rPh` (phonetic help) is left out.

    Blanks around the whole are dropped unless one run asks for `xml:space="preserve"`: a blank
    between two runs belongs to the text.
    """

    __slots__ = ("_preserve", "_runs", "is_open", "phonetic")

    def __init__(self) -> None:
        self._runs: list[str] = []
        self._preserve = False
        self.phonetic = False
        self.is_open = False

    def open(self, attributes: dict[str, str]) -> None:
        """One more `t` begins, which holds no element."""
        self.is_open = True
        if attributes and attributes.get("xml:space") == "preserve":
            self._preserve = True

    def add(self, texte: str) -> None:
        """The `t` ends."""
        self.is_open = False
        if not self.phonetic:
            self._runs.append(texte)

    def take(self) -> str:
        """The whole text, decoded; the object is then as new."""
        whole = self._runs[0] if len(self._runs) == 1 else "".join(self._runs)
        if not self._preserve:
            whole = whole.strip(_XML_SPACE)
        self._runs.clear()
        self._preserve = self.phonetic = False
        return decode_text(whole)


class StringsWalk(Walk):
    """The walk over sharedStrings.xml."""

    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []
        self._runs = TextRuns()

    def take_prefix(self, prefix: str) -> None:
        self._si, self._t, self._rph = (prefix + tag for tag in ("si", "t", "rPh"))

    def open_element(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > LIMITES.profondeur:
            self.refuse_depth()
        if self._runs.is_open:
            raise PartieIllisible("un texte y contient un autre élément")
        if name == self._t:
            self.texts.clear()
            self._runs.open(attributes)
        elif name == self._rph:
            self._runs.phonetic = True

    def close_element(self, name: str) -> None:
        self.depth -= 1
        if name == self._t:
            self._runs.add("".join(self.texts))
        elif name == self._si:
            self.strings.append(self._runs.take())
            if len(self.strings) > LIMITES.cellules:
                constat = f"Le classeur partage plus de {LIMITES.cellules} textes"
                raise beyond(constat, f"{LIMITES.cellules}")
        elif name == self._rph:
            self._runs.phonetic = False


def read_strings(octets: bytes) -> list[str]:
    """Les textes partagés, dans l'ordre de leur numéro. Lève `PartieIllisible`."""
    walk = StringsWalk()
    walk.parse(octets)
    return walk.strings

"""One expat walk for every XML part: no DOCTYPE, no depth, no namespace expansion."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import NamedTuple
from xml.parsers import expat

from clsmon.workbooks.reader.container import LIMITES
from clsmon.workbooks.reader.refusal import ClasseurRefuse, beyond

_OFFICE = "http://schemas.openxmlformats.org"
_STRICT = "http://purl.oclc.org/ooxml"
ESPACES = frozenset(
    (
        f"{_OFFICE}/spreadsheetml/2006/main",
        f"{_STRICT}/spreadsheetml/main",
        f"{_OFFICE}/package/2006/relationships",
        f"{_OFFICE}/officeDocument/2006/custom-properties",
        f"{_STRICT}/officeDocument/customProperties",
    )
)
"""Namespaces of the parts read here, transitional and strict (ECMA-376-1 annex A, ISO 29500)."""

_CHUNK = 64 * 1024


class PartieIllisible(ClasseurRefuse):
    """Une partie du classeur dont le XML est mal formé ou n'est pas celui attendu."""

    def __init__(self, cause: str) -> None:
        super().__init__("FOR008", f"Une partie interne du classeur est illisible : {cause}.")
        self.cause = cause


class Walk(ABC):
    """
    A walk over one part. Subclasses take `open_element`, `close_element` and read `texts`.

    Expat's own namespace mode is not used: it copies the address into every name, so that one
    long address times many attributes fills memory. The prefix of the root is enough here.
    """

    def __init__(self) -> None:
        self.depth = 0
        self.texts: list[str] = []

    def parse(self, octets: bytes) -> None:
        """Reads the whole part. Raises `PartieIllisible`."""
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler = self.start_root
        parser.EndElementHandler = self.close_element
        parser.CharacterDataHandler = self.texts.append
        self._parser = parser
        view = memoryview(octets)
        last = max(0, len(octets) - 1) // _CHUNK * _CHUNK
        try:
            for start in range(0, last, _CHUNK):
                parser.Parse(view[start : start + _CHUNK], False)
                if len(parser.intern) > LIMITES.vocabulaire:
                    raise PartieIllisible("elle contient trop de noms différents")
            parser.Parse(view[last:], True)
        except expat.ExpatError as error:
            raise PartieIllisible(f"XML mal formé à la ligne {error.lineno}") from error
        finally:
            del self._parser

    @abstractmethod
    def take_prefix(self, prefix: str) -> None:
        """Called once, before the root: what every tag of the part begins with (« x: »)."""

    @abstractmethod
    def open_element(self, name: str, attributes: dict[str, str]) -> None:
        """Called at each start tag, `name` being as written, prefix included."""

    @abstractmethod
    def close_element(self, name: str) -> None:
        """Called at each end tag."""

    def go_deeper(self) -> None:
        """Counts one more level. Raises `PartieIllisible` beyond the limit."""
        self.depth += 1
        if self.depth > LIMITES.profondeur:
            self.refuse_depth()

    def refuse_depth(self) -> None:
        """For the walks that count by themselves: a call at each tag is felt. Always raises."""
        raise PartieIllisible("les éléments y sont trop emboîtés")

    def start_root(self, name: str, attributes: dict[str, str]) -> None:
        """Checks the vocabulary at the root, then reads on. Raises `PartieIllisible`."""
        head, colon, _ = name.rpartition(":")
        if attributes.get(f"xmlns:{head}" if colon else "xmlns") not in ESPACES:
            raise PartieIllisible("son vocabulaire n'est pas celui d'un classeur")
        self.take_prefix(head + colon)
        self.read_on(self.open_element)
        self.open_element(name, attributes)

    def read_on(self, handler: Callable[[str, dict[str, str]], None]) -> None:
        """What follows the root goes to `handler`."""
        self._parser.StartElementHandler = handler

    def _refuse_doctype(self, *_: object) -> None:
        raise PartieIllisible("elle contient une déclaration DOCTYPE")


class Element(NamedTuple):
    """One element kept: its tag, its parent's, its attributes, its text since the last one kept."""

    tag: str
    parent: str
    attributs: dict[str, str]
    texte: str


class ElementWalk(Walk):
    """Keeps the elements of the wanted tags of a small part, in the order they end."""

    def __init__(self, *tags: str) -> None:
        super().__init__()
        self._tags = tags
        self._names: dict[str, str] = {}
        self.found: list[Element] = []
        self._stack: list[tuple[str, dict[str, str]]] = []

    def take_prefix(self, prefix: str) -> None:
        self._names = {prefix + tag: tag for tag in self._tags}

    def open_element(self, name: str, attributes: dict[str, str]) -> None:
        self.go_deeper()
        tag = self._names.get(name, "")
        if tag:
            self.texts.clear()
        self._stack.append((tag, attributes if tag else {}))

    def close_element(self, name: str) -> None:  # noqa: ARG002 - expat matched it already
        self.depth -= 1
        tag, attributes = self._stack.pop()
        if tag:
            parent = self._stack[-1][0] if self._stack else ""
            self.found.append(Element(tag, parent, attributes, "".join(self.texts)))
            if len(self.found) > LIMITES.elements:
                constat = f"Une partie du classeur déclare plus de {LIMITES.elements} éléments"
                raise beyond(constat, f"{LIMITES.elements}")
            self.texts.clear()


def read_elements(octets: bytes, *tags: str) -> list[Element]:
    """The elements named `tags` of a part. Raises `PartieIllisible`."""
    walk = ElementWalk(*tags)
    walk.parse(octets)
    return walk.found

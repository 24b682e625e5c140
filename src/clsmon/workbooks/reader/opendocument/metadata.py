"""The properties that a workbook's author defined, in meta.xml."""

from __future__ import annotations

from clsmon.workbooks.reader.container import LIMITES
from clsmon.workbooks.reader.markup import PartieIllisible
from clsmon.workbooks.reader.opendocument.vocabulary import OdfWalk
from clsmon.workbooks.reader.refusal import beyond

_PROPERTY = "meta:user-defined"


class MetadataWalk(OdfWalk):
    """The walk over meta.xml: each user-defined property, as text whatever its type."""

    def __init__(self) -> None:
        super().__init__()
        self.proprietes: dict[str, str] = {}
        self._nom = ""

    def open_part(self, name: str) -> None:
        if name != "office:document-meta":
            raise PartieIllisible("son contenu n'est pas celui attendu")
        self.depth += 1

    def open_element(self, name: str, attributes: dict[str, str]) -> None:
        self.go_deeper()
        self.texts.clear()
        if name == _PROPERTY:
            self._nom = attributes.get("meta:name", "")

    def close_element(self, name: str) -> None:
        self.depth -= 1
        if name != _PROPERTY:
            return
        if self._nom in self.proprietes:
            raise PartieIllisible("une propriété y figure deux fois")
        self.proprietes[self._nom] = "".join(self.texts)
        if len(self.proprietes) > LIMITES.elements:
            raise beyond("Le classeur a trop de propriétés", f"{LIMITES.elements}")

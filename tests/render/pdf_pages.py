"""A PDF read back: its text, its bookmarks and its structure tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject


def glued(texte: str) -> str:
    """A text without what a line may end on, so that it is found wherever it wraps."""
    return re.sub(r"[\s\u200b]+", "", texte)


@dataclass(frozen=True)
class Element:
    """An element of the structure tree."""

    genre: str
    texte_de_remplacement: str


class Pages:
    def __init__(self, octets: bytes) -> None:
        self.lecteur = PdfReader(BytesIO(octets))
        self.racine: Any = self.lecteur.trailer["/Root"].get_object()

    @cached_property
    def textes(self) -> list[str]:
        return [glued(page.extract_text()) for page in self.lecteur.pages]

    @property
    def signets(self) -> list[tuple[int, str]]:
        return list(self._bookmarks(self.lecteur.outline, 0))

    def _bookmarks(self, plan: list[Any], profondeur: int) -> Iterator[tuple[int, str]]:
        for entree in plan:
            if isinstance(entree, list):
                yield from self._bookmarks(entree, profondeur + 1)
            else:
                yield profondeur, str(entree.title)

    @cached_property
    def elements(self) -> list[Element]:
        return list(self._walk(self.racine["/StructTreeRoot"]))

    def _walk(self, noeud: Any) -> Iterator[Element]:
        objet = noeud.get_object()
        if isinstance(objet, ArrayObject):
            for enfant in objet:
                yield from self._walk(enfant)
        elif isinstance(objet, DictionaryObject):
            if "/S" in objet:
                yield Element(str(objet["/S"])[1:], str(objet.get("/Alt", "")))
            if "/K" in objet:
                yield from self._walk(objet["/K"])

    def count(self, genre: str) -> int:
        return sum(element.genre == genre for element in self.elements)

    @property
    def metadonnees(self) -> str:
        flux: Any = self.racine["/Metadata"].get_object()
        return str(flux.get_data().decode("utf-8"))

    @property
    def fontes(self) -> list[Any]:
        ressources: list[Any] = [page["/Resources"] for page in self.lecteur.pages]
        return [p.get_object() for r in ressources for p in r.get("/Font", {}).values()]

    @property
    def polices(self) -> set[str]:
        return {str(police["/BaseFont"]).split("+")[-1] for police in self.fontes}

    @property
    def textes_hors_balises(self) -> int:
        """How many texts are drawn neither in an element nor in an artifact."""
        hors, profondeur = 0, 0
        for page in self.lecteur.pages:
            contenu = page.get_contents()
            assert contenu is not None
            for _, operateur in contenu.operations:
                profondeur += (operateur in {b"BDC", b"BMC"}) - (operateur == b"EMC")
                hors += operateur in {b"Tj", b"TJ"} and profondeur == 0
        return hors

    @property
    def liens(self) -> list[Any]:
        annotations = (a.get_object() for p in self.lecteur.pages for a in p.get("/Annots", ()))
        return [a for a in annotations if a["/Subtype"] == "/Link"]

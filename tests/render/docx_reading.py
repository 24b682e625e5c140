"""A .docx as its reader meets it: words in order, headings, links, pictures, tables, pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from docx import Document as Word
from docx.oxml.ns import qn

from clsmon.model.texte import clean_text
from clsmon.render.cells import spell_cell
from clsmon.render.document import Avis, Bloc, Citation, Liste, Paragraphe, Table, Titre


class Lu:
    """A .docx that was opened."""

    def __init__(self, octets: bytes) -> None:
        self.octets = octets
        self.word: Any = Word(BytesIO(octets))
        self.corps: Any = self.word.element.body
        self.noms = {s.style_id: s.name for s in self.word.styles}

    def words(self) -> list[str]:
        """Every word of the body, in order, its contents apart."""
        return words_of(text_of(p) for p in self.corps.iter(qn("w:p")) if not in_contents(p))

    def styled(self, *noms: str) -> list[str]:
        """The texts of the paragraphs of these styles, in order."""
        return [texte for nom, texte in self.paragraphs() if nom in noms]

    def paragraphs(self) -> Iterator[tuple[str, str]]:
        """Each paragraph of the body: its style and its text."""
        for p in self.corps.iter(qn("w:p")):
            yield self.noms[p.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val"))], text_of(p)

    def bookmarks(self) -> list[str]:
        """The names of the bookmarks."""
        return [b.get(qn("w:name")) for b in self.corps.iter(qn("w:bookmarkStart"))]

    def targets(self) -> list[str]:
        """Where the links of the document itself lead."""
        return [lien.get(qn("w:anchor")) for lien in self.corps.iter(qn("w:hyperlink"))]

    def pictures(self) -> list[tuple[str, str]]:
        """Title and alternative text of each picture."""
        return [(d.get("title"), d.get("descr")) for d in self.corps.iter(qn("wp:docPr"))]

    def tables(self) -> list[Any]:
        """The tables."""
        return list(self.corps.iter(qn("w:tbl")))

    def parts(self) -> dict[str, str]:
        """Each XML part, as text."""
        with ZipFile(BytesIO(self.octets)) as archive:
            noms = [n for n in archive.namelist() if not n.endswith((".png", ".jpg"))]
            return {nom: archive.read(nom).decode("utf-8") for nom in noms}

    def elements(self) -> list[str]:
        """The elements of the body, in order: what a text must never change."""
        return [e.tag for e in self.corps.iter() if e.tag not in {qn("w:br"), qn("w:t")}]


def text_of(paragraphe: Any) -> str:
    """Its runs and its line breaks."""
    morceaux = paragraphe.iter(qn("w:t"), qn("w:br"))
    return "".join(m.text or "" if m.tag == qn("w:t") else "\n" for m in morceaux)


def in_contents(paragraphe: Any) -> bool:
    return any(True for _ in paragraphe.iterancestors(qn("w:sdt")))


def words_of(textes: Iterable[str]) -> list[str]:
    return [mot for texte in textes for mot in texte.split()]


def texts_of(blocs: Iterable[Bloc]) -> Iterator[str]:
    """Every text that blocks show, in order."""
    for bloc in blocs:
        match bloc:
            case Titre(texte=texte) | Avis(texte=texte):
                yield f"DONNÉES FICTIVES : {texte}" if isinstance(bloc, Avis) else texte
            case Paragraphe():
                yield bloc.texte
            case Liste(points=points):
                for point in points:
                    yield from texts_of(point)
            case Citation(blocs=dits):
                yield from texts_of(dits)
            case Table(tableau=tableau, legende=legende):
                yield legende
                yield from (colonne.titre for colonne in tableau.colonnes)
                yield from (clean_text(spell_cell(c)) for ligne in tableau.lignes for c in ligne)
            case _:
                pass

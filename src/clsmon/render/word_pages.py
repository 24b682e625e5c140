"""Les pages d'un .docx : leurs deux orientations, leur en-tête et leur pied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from docx.shared import Mm, Twips

from clsmon.model.texte import strip_stop
from clsmon.render.document import Document
from clsmon.render.word_xml import parse_blocks, write_field, write_paragraph, write_run

A4, MARGE = (Mm(210), Mm(297)), Mm(18)
FICTIF = "DONNÉES FICTIVES"
_ALERTE = '<w:b/><w:color w:val="8B1A1A"/>'
_CONTENUS = tuple(map(qn, ("w:t", "w:drawing", "w:pict", "w:object", "w:instrText", "w:fldSimple")))
_PREMIERE_SEULE = ("w:headerReference", "w:footerReference", "w:titlePg", "w:pgNumType")
"""Ce qu'une section suivante tient de la première, ou ne doit pas recommencer."""


@dataclass(frozen=True)
class Page:
    """
    Une orientation : la place entre ses marges, en vingtièmes de point, et sa section.

    `premiere` : si elle ouvre le document, dont elle porte l'en-tête ; `suivante` sinon.
    """

    largeur: int
    hauteur: int
    premiere: str
    suivante: str


def set_pages(word: Any, document: Document, styles: Mapping[str, str]) -> tuple[Page, Page]:
    """Écrit l'en-tête et le pied de chaque page ; rend la page debout et la page couchée."""
    section = word.sections[0]
    for entete in _shown(word, section, "header"):
        _add_line(entete, styles["header"], _header_line(document))
    for pied in _shown(word, section, "footer"):
        _add_line(pied, styles["footer"], _footer_line(document, pied))
    modele = section._sectPr  # noqa: SLF001  python-docx has no door for a copy of a section
    _complete(modele)
    _drop_other_lines(word, modele)
    return _page(_turned(modele, wide=False)), _page(_turned(modele, wide=True))


def _shown(word: Any, section: Any, genre: str) -> Iterator[Any]:
    """Les en-têtes, ou pieds, que la référence montre : courant, de première page, des paires."""
    yield getattr(section, genre)
    if section.different_first_page_header_footer:
        yield getattr(section, f"first_page_{genre}")
    if word.settings.odd_and_even_pages_header_footer:
        yield getattr(section, f"even_page_{genre}")


def _add_line(partie: Any, style: str, contenu: str) -> None:
    """Notre ligne, après ce que la référence y a mis ; un paragraphe vide n'est rien."""
    if partie.is_linked_to_previous:
        partie.is_linked_to_previous = False
    element = partie._element  # noqa: SLF001  idem, for a header
    if next(element.iter(*_CONTENUS), None) is None:
        for vide in list(element):
            element.remove(vide)
    element.extend(parse_blocks([write_paragraph(style, contenu)]))


def _header_line(document: Document) -> str:
    avis = write_run(f"{FICTIF} — ", _ALERTE) if document.fictif else ""
    return avis + write_run(document.sujet)


def _footer_line(document: Document, pied: Any) -> str:
    """Une référence qui numérote déjà ses pages garde son numéro."""
    dit = " — ".join(filter(None, (document.titre, strip_stop(document.nature))))
    element = pied._element  # noqa: SLF001  idem, for a footer
    champs = [champ.text or "" for champ in element.iter(qn("w:instrText"))]
    champs += [champ.get(qn("w:instr")) or "" for champ in element.iter(qn("w:fldSimple"))]
    if any(champ.split()[:1] == ["PAGE"] for champ in champs):
        return write_run(dit)
    return (
        write_run(f"{dit} — page ")
        + write_field("PAGE", "1")
        + write_run(" / ")
        + write_field("NUMPAGES", "1")
    )


def _drop_other_lines(word: Any, modele: Any) -> None:
    """Les en-têtes des autres sections de la référence ne servent plus."""
    gardes = {e.get(qn("r:id")) for e in modele}
    for cle, relation in list(word.part.rels.items()):
        if relation.reltype in {RT.HEADER, RT.FOOTER} and cle not in gardes:
            del word.part.rels[cle]


def _complete(section: Any) -> None:
    """Une page dont la référence ne dit pas la taille est une page A4."""
    section.page_width, section.page_height = (
        section.page_width or A4[0],
        section.page_height or A4[1],
    )
    for cote in ("left", "right", "top", "bottom"):
        if getattr(section, f"{cote}_margin") is None:
            setattr(section, f"{cote}_margin", MARGE)


def _turned(modele: Any, *, wide: bool) -> Any:
    """La même section, couchée si `wide` ; elle commence toujours une page."""
    section = _without(modele, ("w:type",))
    if wide and section.page_width < section.page_height:
        section.page_width, section.page_height = section.page_height, section.page_width
        section.orientation = WD_ORIENT.LANDSCAPE
    return section


def _without(section: Any, noms: Sequence[str]) -> Any:
    copie = deepcopy(section)
    for element in [e for nom in noms for e in copie.iterchildren(qn(nom))]:
        copie.remove(element)
    return copie


def _page(section: Any) -> Page:
    cotes = (section.left_margin, section.right_margin, section.gutter)
    largeur = section.page_width - sum(cote or 0 for cote in cotes)
    hauteur = section.page_height - abs(section.top_margin or 0) - abs(section.bottom_margin or 0)
    suivante = _without(section, _PREMIERE_SEULE).xml
    return Page(largeur // Twips(1), hauteur // Twips(1), section.xml, suivante)

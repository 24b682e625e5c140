"""Les blocs d'un document, en WordprocessingML : chaque genre dans son style."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE as RT

from clsmon.model.logo import Logo
from clsmon.render.document import (
    Avis,
    Bloc,
    Citation,
    Document,
    Illustration,
    Liste,
    Logos,
    Morceau,
    Paragraphe,
    Sommaire,
    Table,
    Titre,
)
from clsmon.render.spelling import INSECABLE
from clsmon.render.word_images import Images
from clsmon.render.word_lists import Comptes, level_name
from clsmon.render.word_marks import bookmarks_of
from clsmon.render.word_pages import FICTIF, Page
from clsmon.render.word_tables import Rangees, spell_rows, write_table
from clsmon.render.word_xml import (
    SANS_FORME,
    Forme,
    close_field,
    open_field,
    write_paragraph,
    write_run,
    write_style,
)

TITRE_1, NIVEAUX_DU_SOMMAIRE = 1, 2
COLONNES_DE_LOGOS, BEAUCOUP_DE_LOGOS = (4, 5), 8
"""Les logos par rangée, et le nombre au-delà duquel ils se serrent."""
PROFONDEUR = 5
"""Le dernier style de titre employé."""
COURTE = 3
"""Une section d'aussi peu de blocs laisse la suivante venir sur sa page."""
_SERRES = {
    "Normal": "Texte serré CLS",
    "List Bullet": "List Bullet serré CLS",
    "List Number": "List Number serré CLS",
}
"""Les styles d'une section qui tient sur une page."""
_SUIVI, _NOUVELLE_PAGE = Forme(suivi=True), Forme(nouvelle_page=True)
_INTRODUITS = (Citation, Illustration, Liste, Table)
"""Ce que le paragraphe d'avant annonce : il reste sur la même page."""
_ADRESSES = ("http://", "https://", "mailto:")

DESSIN_SERRE = 0.85
"""La part de la largeur que prend un graphique dans une section qui tient sur une page."""


class Ecriture:
    """L'écriture d'un document : ses signets, ses images et ses listes s'y comptent."""

    def __init__(
        self, word: Any, document: Document, styles: Mapping[str, str], images: Images
    ) -> None:
        self._word, self._document, self._styles = word, document, styles
        self._signets, self._debuts = bookmarks_of(document), _page_starts(document)
        self._images, self._comptes = images, Comptes(word, styles)
        self._serree = False

    def write(self, blocs: Sequence[Bloc | Rangees], page: Page) -> Iterator[str]:
        """Des blocs à la suite, sur une page qui commence."""
        for rang, bloc in enumerate(blocs):
            suivant = blocs[rang + 1] if rang + 1 < len(blocs) else None
            if isinstance(bloc, Titre):
                self._serree = self._is_tight(bloc)
                yield self._heading(bloc, nouvelle_page=rang > 0 and bloc.ancre in self._debuts)
            elif isinstance(bloc, Paragraphe) and bloc.texte == self._document.sujet:
                yield self._paragraph("Subtitle", bloc)
            elif isinstance(bloc, Paragraphe):
                tient = isinstance(suivant, (*_INTRODUITS, Rangees)) or _is_lead(bloc)
                yield self._paragraph("Normal", bloc, _SUIVI if tient else SANS_FORME)
            else:
                yield from self._block(bloc, page)

    def _block(self, bloc: Bloc | Rangees, page: Page) -> Iterator[str]:
        match bloc:
            case Rangees():
                yield from write_table(bloc, page.largeur, self._styles, self._signets)
            case Titre():
                yield self._heading(bloc, nouvelle_page=False)
            case Table():
                yield from self._block(spell_rows(bloc), page)
            case Liste():
                yield from self._list(bloc, page, 1)
            case Citation(blocs):
                yield from self._quote(blocs, page)
            case Avis(texte):
                dit = write_run(f"{FICTIF}{INSECABLE}: {texte}")
                yield write_paragraph(self._styles["Données fictives CLS"], dit)
            case Illustration(graphique):
                largeur = round(page.largeur * (DESSIN_SERRE if self._serree else 1))
                dessin = self._images.draw_chart(graphique, (largeur, page.hauteur))
                yield write_paragraph(self._styles["Normal"], dessin)
            case Logos(logos) if logos:
                yield from self._logos(logos, page.largeur)
            case Sommaire():
                yield self._contents()
            case _:
                pass

    def _heading(self, titre: Titre, *, nouvelle_page: bool) -> str:
        """Le titre du document n'est pas celui d'une section : les leurs commencent à 1."""
        if titre.niveau == TITRE_1:
            return self.title(titre.texte, titre.ancre)
        contenu = self._signets.mark(titre.ancre) + write_run(titre.texte)
        forme = Forme(nouvelle_page=nouvelle_page, serre=self._serree)
        return write_paragraph(self._styles[f"heading {_level(titre)}"], contenu, forme)

    def title(self, texte: str, ancre: str = "") -> str:
        """Le titre du document, puis le contrat, si ni lui ni la couverture ne le disent."""
        contenu = self._signets.mark(ancre) + write_run(texte)
        titre, sujet = write_paragraph(self._styles["Title"], contenu), self._document.sujet
        paragraphes = (b for b in self._document.parties[0].blocs if isinstance(b, Paragraphe))
        if sujet in texte or any(bloc.texte == sujet for bloc in paragraphes):
            return titre
        return titre + write_paragraph(self._styles["Subtitle"], write_run(sujet))

    def _paragraph(self, style: str, bloc: Paragraphe, forme: Forme = SANS_FORME) -> str:
        contenu = "".join(map(self._piece, bloc.morceaux))
        ecrit = _SERRES.get(style, style) if self._serree else style
        return write_paragraph(self._styles[ecrit], contenu, forme)

    def _is_tight(self, titre: Titre) -> bool:
        """Vrai d'un titre d'une section qui tient sur une page, et de ses sous-titres."""
        parties = (partie for partie in self._document.parties if partie.serree)
        return any(titre in (partie.titre, *partie.blocs) for partie in parties)

    def _piece(self, morceau: Morceau) -> str:
        lien = morceau.cible.startswith(("#", *_ADRESSES))
        forme = (
            (write_style(self._styles["Hyperlink"]) if lien else "")
            + ("<w:b/>" if morceau.fort else "")
            + ("<w:i/>" if morceau.italique else "")
        )
        ecrit = write_run(morceau.texte, forme)
        if not lien:
            return ecrit
        if morceau.cible.startswith("#"):
            return self._signets.link(morceau.cible[1:], ecrit)
        relation = self._word.part.relate_to(morceau.cible, RT.HYPERLINK, is_external=True)
        return f'<w:hyperlink r:id="{relation}">{ecrit}</w:hyperlink>'

    def _quote(self, blocs: Iterable[Bloc], page: Page) -> Iterator[str]:
        for bloc in blocs:
            if isinstance(bloc, Paragraphe):
                yield self._paragraph("Quote", bloc)
            else:
                yield from self._block(bloc, page)

    def _list(self, liste: Liste, page: Page, niveau: int) -> Iterator[str]:
        """Le premier paragraphe d'un point porte sa marque ; les autres sont en retrait."""
        numero = None if liste.depart is None else self._comptes.start(niveau, liste.depart)
        marque = "List Bullet" if liste.depart is None else "List Number"
        for point in liste.points:
            style, forme = level_name(marque, niveau), Forme(numero=numero)
            for bloc in point:
                if isinstance(bloc, Paragraphe):
                    yield self._paragraph(style, bloc, forme)
                    style, forme = level_name("List Continue", niveau), SANS_FORME
                elif isinstance(bloc, Liste):
                    yield from self._list(bloc, page, niveau + 1)
                else:
                    yield from self._block(bloc, page)

    def _logos(self, logos: Sequence[tuple[str, Logo]], largeur: int) -> Iterator[str]:
        """Des rangées de logos, chacun au milieu de sa colonne."""
        colonnes = COLONNES_DE_LOGOS[len(logos) > BEAUCOUP_DE_LOGOS]
        forme = Forme(centres=_middles(largeur, colonnes))
        for rangee in self._images.draw_logos(logos, colonnes, largeur):
            yield write_paragraph(self._styles["Logos CLS"], rangee, forme)

    def _contents(self) -> str:
        """Un sommaire que Word sait refaire, et qui se lit et se suit sans être refait."""
        entrees = [
            (_level(titre), self._signets.link(titre.ancre, write_run(titre.texte)))
            for titre in self._document.blocs
            if isinstance(titre, Titre) and 1 <= _level(titre) <= NIVEAUX_DU_SOMMAIRE
        ]
        if not entrees:
            return ""
        contenus = [contenu for _, contenu in entrees]
        contenus[0] = open_field(f'TOC \\o "1-{NIVEAUX_DU_SOMMAIRE}" \\h \\z') + contenus[0]
        contenus[-1] += close_field()
        lignes = (
            write_paragraph(self._styles[f"toc {niveau}"], contenu)
            for (niveau, _), contenu in zip(entrees, contenus, strict=True)
        )
        titre = write_paragraph(self._styles["TOC Heading"], write_run("Sommaire"), _NOUVELLE_PAGE)
        return (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
            f"<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>{titre}{''.join(lignes)}"
            "</w:sdtContent></w:sdt>"
        )


def _page_starts(document: Document) -> frozenset[str]:
    """Les sections d'un document à sommaire commencent une page, sauf après une section courte."""
    if not any(isinstance(bloc, Sommaire) for bloc in document.blocs):
        return frozenset()
    return frozenset(
        partie.titre.ancre
        for avant, partie in pairwise(document.parties)
        if partie.titre is not None and len(avant.blocs) > COURTE
    )


def _middles(largeur: int, colonnes: int) -> tuple[int, ...]:
    """Le milieu de chaque colonne d'une largeur partagée."""
    return tuple(largeur * (2 * rang + 1) // (2 * colonnes) for rang in range(colonnes))


def _level(titre: Titre) -> int:
    """Le niveau d'un titre dans Word : le titre du document y est 0."""
    return min(titre.niveau - 1, PROFONDEUR)


def _is_lead(paragraphe: Paragraphe) -> bool:
    """Un paragraphe qui commence en gras annonce ce qui le suit."""
    return any(morceau.fort for morceau in paragraphe.morceaux[:1])

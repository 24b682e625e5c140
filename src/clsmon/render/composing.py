"""
Du gabarit Markdown au document en blocs : les mots y sont lus, les objets posés y sont repris.

Un bloc remplacé par un dossier l'est donc dans tous les formats.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from clsmon.render.cells import Colonne, Tableau
from clsmon.render.document import Bloc, Citation, Liste, Morceau, Paragraphe, Repere, Table, Titre
from clsmon.render.escape import anchor_of
from clsmon.render.inlays import Texte
from clsmon.render.template_budget import MARQUE

GLUON = "@\u2060"
"""L'arobase d'un texte échappé en Markdown, que rien ne rend actif ailleurs."""


def compose(texte: Texte) -> tuple[Bloc, ...]:
    """Les blocs d'un texte Markdown, les objets posés à leur place."""
    lecteur = MarkdownIt("commonmark", {"html": False}).enable("table")
    racine = SyntaxTreeNode(lecteur.parse(texte.source))
    return tuple(_name_once(tuple(_Lecture(texte).blocks(racine.children))))


class _Lecture:
    """Une lecture : les objets posés y reprennent leur place."""

    def __init__(self, texte: Texte) -> None:
        self.texte = texte

    def blocks(self, noeuds: Iterable[SyntaxTreeNode]) -> Iterator[Bloc]:
        for noeud in noeuds:
            bloc = self._block(noeud)
            if bloc is not None:
                yield bloc

    def _block(  # noqa: PLR0911  one return per kind of block
        self, noeud: SyntaxTreeNode
    ) -> Bloc | None:
        match noeud.type:
            case "heading":
                texte = Paragraphe(_inline(noeud)).texte
                return Titre(int(noeud.tag[1:]), texte, anchor_of(texte))
            case "paragraph":
                return Paragraphe(_inline(noeud))
            case "bullet_list" | "ordered_list":
                points = tuple(tuple(self.blocks(point.children)) for point in noeud.children)
                depart = int(noeud.attrs.get("start", 1)) if noeud.tag == "ol" else None
                return Liste(points, depart)
            case "blockquote":
                return Citation(tuple(self.blocks(noeud.children)))
            case "table":
                return _plain_table(noeud)
            case "fence" if noeud.info == MARQUE:
                return self.texte.put_at(noeud.content.strip())
            case "fence" | "code_block":
                return Paragraphe((Morceau(noeud.content.rstrip("\n")),))
            case _:
                return None


def _inline(noeud: SyntaxTreeNode) -> tuple[Morceau, ...]:
    return tuple(m for enfant in noeud.children for m in _pieces(enfant, Morceau("")))


def _pieces(noeud: SyntaxTreeNode, style: Morceau) -> Iterator[Morceau]:
    match noeud.type:
        case "softbreak":
            yield replace(style, texte=" ")
        case "hardbreak":
            yield replace(style, texte="\n")
        case "strong":
            style = replace(style, fort=True)
        case "em":
            style = replace(style, italique=True)
        case "link":
            style = replace(style, cible=str(noeud.attrs["href"]))
        case "text" | "code_inline" | "image" if noeud.content:
            yield replace(style, texte=noeud.content.replace(GLUON, "@"))
    if noeud.type != "image":
        for enfant in noeud.children:
            yield from _pieces(enfant, style)


def _plain_table(noeud: SyntaxTreeNode) -> Table:
    """Un tableau écrit en Markdown dans le gabarit d'un dossier : ses cellules sont des textes."""
    rangees = [
        [Paragraphe(_inline(cellule)).texte for cellule in rangee.children]
        for groupe in noeud.children
        for rangee in groupe.children
    ]
    titres, lignes = rangees[0], rangees[1:]
    colonnes = tuple(Colonne(titre, max(8, len(titre))) for titre in titres)
    return Table(Tableau(", ".join(titres), colonnes, tuple(map(tuple, lignes))))


def _name_once(blocs: Sequence[Bloc]) -> Iterator[Bloc]:
    """Deux titres pareils ont deux ancres ; un repère prend le titre qui le suit."""
    vues: dict[str, int] = {}
    repere = ""
    for bloc in blocs:
        if isinstance(bloc, Repere):
            repere = bloc.nom
            continue
        if isinstance(bloc, Titre):
            ancre = repere or bloc.ancre
            repere, rang = "", vues.get(ancre, 0)
            vues[ancre] = rang + 1
            yield replace(bloc, ancre=f"{ancre}-{rang}" if rang else ancre)
        else:
            yield bloc

"""
Ce qu'un gabarit pose dans son texte : tableaux, dessins, logos, sommaire, repères.

Chacun n'y a que sa place, et reste l'objet typé qu'il est : largeurs de colonnes, nombres et
dessins ne passent pas par du texte. Le Markdown les écrit à leur place ; les autres formats les y
reprennent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from jinja2 import Undefined
from markupsafe import Markup

from clsmon.model.contrat import Organisme
from clsmon.model.logo import Logo
from clsmon.render.cells import Cellule, Tableau, spell_cell
from clsmon.render.charts import Graphique
from clsmon.render.document import Avis, Bloc, Illustration, Logos, Repere, Sommaire, Table
from clsmon.render.escape import anchor_of, escape_inline, file_link
from clsmon.render.plain import FICTIF
from clsmon.render.template_budget import MARQUE
from clsmon.render.templates import tidy

_PLACE = re.compile(rf"^[ \t]*```{MARQUE}\n[ \t]*(\d+)\n[ \t]*```$", re.MULTILINE)
_Objet = TypeVar("_Objet")
_SECTION = re.compile(r"^## .+$", re.MULTILINE)

A_GAUCHE, A_DROITE = Markup("---"), Markup("---:")


def named_logos(
    logos: Iterable[Logo], organismes: Mapping[str, Organisme]
) -> tuple[tuple[str, Logo], ...]:
    """Chaque logo avec le nom de son organisme."""
    return tuple((organismes[logo.organisme].nom, logo) for logo in logos)


@dataclass(frozen=True)
class Texte:
    """Un texte Markdown où chaque objet posé n'a que sa place, à son rang dans `blocs`."""

    source: str
    blocs: tuple[Bloc, ...]

    def put_at(self, rang: str) -> Bloc | None:
        """L'objet posé à ce rang ; None si un gabarit a écrit lui-même une place sans objet."""
        return self.blocs[int(rang)] if rang.isdecimal() and int(rang) < len(self.blocs) else None

    @property
    def dessins(self) -> Iterator[Graphique]:
        """Les graphiques posés, dans l'ordre."""
        return (bloc.graphique for bloc in self.blocs if isinstance(bloc, Illustration))

    @property
    def images(self) -> Mapping[str, bytes]:
        """Les fichiers des dessins et des logos posés, par leur nom."""
        dessins = {dessin.fichier: dessin.svg.encode("utf-8") for dessin in self.dessins}
        poses = (logo for bloc in self.blocs if isinstance(bloc, Logos) for _, logo in bloc.logos)
        return dessins | {logo.fichier: logo.octets for logo in poses}


@dataclass
class Places:
    """Les objets posés dans un texte, chacun à son rang."""

    organismes: Mapping[str, Organisme] = field(default_factory=dict)
    blocs: list[Bloc] = field(default_factory=list)

    def put(self, bloc: Bloc) -> Markup:
        """La place d'un bloc dans le texte."""
        self.blocs.append(bloc)
        return Markup(f"\n\n```{MARQUE}\n{len(self.blocs) - 1}\n```\n\n")  # noqa: S704 a rank only

    def fill(self, source: str) -> Texte:
        """Le texte rédigé, et ce qui y est posé."""
        return Texte(source, tuple(self.blocs))

    def filters(self) -> dict[str, Callable[..., Markup]]:
        """Les filtres d'un gabarit qui posent un objet, par leur nom."""
        return {
            "avis": lambda texte: self.put(Avis(str(texte))),
            "illustration": lambda graphique: self.put(
                Illustration(_require(graphique, Graphique, "illustration", "un graphique"))
            ),
            "logos": lambda logos: self.put(Logos(named_logos(logos, self.organismes))),
            "repere": lambda nom: self.put(Repere(str(nom))),
            "sommaire": lambda sections: self.put(
                Sommaire(tuple((section.numero, section.titre) for section in sections))
            ),
            "tableau": lambda tableau, legende="": self.put(
                Table(_require(tableau, Tableau, "tableau", "un tableau"), str(legende))
            ),
        }


def _require(valeur: Any, genre: type[_Objet], filtre: str, quoi: str) -> _Objet:
    """La valeur, si c'est bien ce que ce filtre pose ; la faute se dit là où le gabarit l'écrit."""
    if isinstance(valeur, Undefined):
        str(valeur)
    if not isinstance(valeur, genre):
        raise TypeError(f"le filtre « {filtre} » attend {quoi}")
    return valeur


def write_markdown(texte: Texte, *, fictif: bool = False) -> str:
    """
    Le texte, chaque objet écrit en Markdown à sa place.

    `fictif` : chaque section le dit à son titre, car le Markdown n'a pas de pages où le dire.
    """
    avis = f" ({FICTIF})" if fictif else ""
    source = _SECTION.sub(rf"\g<0>{avis}", texte.source)

    def put(place: re.Match[str]) -> str:
        bloc = texte.put_at(place[1])
        return place[0] if bloc is None else _write(bloc, avis)

    return tidy(_PLACE.sub(put, source))


def _write(bloc: Bloc, avis: str) -> Markup:
    """Un objet posé, en Markdown."""
    match bloc:
        case Table(tableau, legende):
            return _table(tableau, legende)
        case Illustration(graphique):
            return _image(graphique)
        case Logos(logos):
            images = (
                Markup("![{}]({})").format(escape_inline(nom), file_link(logo.fichier))
                for nom, logo in logos
            )
            return Markup("\n").join(images)
        case Sommaire(sections):
            return _contents(sections, avis)
        case Avis(dit):
            return Markup("> **{}**\u00a0: {}").format(FICTIF, escape_inline(dit))
        case _:
            return Markup("")


def _image(graphique: Graphique) -> Markup:
    texte = escape_inline(f"{graphique.titre}. {graphique.texte}")
    return Markup("![{}]({})").format(texte, file_link(graphique.fichier))


def _contents(sections: Sequence[tuple[int, str]], avis: str) -> Markup:
    lignes = (
        Markup("- [{}. {}](#{})").format(
            numero, escape_inline(titre + avis), anchor_of(f"{numero}. {titre}{avis}")
        )
        for numero, titre in sections
    )
    return Markup("**Sommaire**\n\n{}").format(Markup("\n").join(lignes))


def _table(tableau: Tableau, legende: str) -> Markup:
    """Un tableau GFM ; une valeur absente y est un tiret."""
    titres = _row(colonne.titre for colonne in tableau.colonnes)
    filet = Markup("|{}|").format(
        Markup("|").join(A_DROITE if c.nombre else A_GAUCHE for c in tableau.colonnes)
    )
    rangees = (_row(ligne) for ligne in tableau.lignes)
    corps = Markup("\n").join((titres, filet, *rangees))
    tete = Markup("**{}**\n\n").format(escape_inline(legende)) if legende else Markup("")
    return Markup("{}{}").format(tete, corps)


def _row(cellules: Iterable[Cellule]) -> Markup:
    return Markup("| {} |").format(
        Markup(" | ").join(escape_inline(spell_cell(cellule)) for cellule in cellules)
    )

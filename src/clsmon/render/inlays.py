"""
Ce qu'un gabarit pose dans son texte : tableaux, dessins, logos, sommaire, repères.

Dans le Markdown, chacun s'écrit aussitôt. Pour les autres formats, il laisse sa place, et reste
l'objet typé qu'il est : largeurs de colonnes, nombres et dessins ne passent pas par du texte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from clsmon.model.contrat import Organisme
from clsmon.model.logo import Logo
from clsmon.render.cells import Cellule, Tableau, spell_cell
from clsmon.render.charts import Graphique
from clsmon.render.document import Avis, Bloc, Illustration, Logos, Repere, Sommaire, Table
from clsmon.render.escape import anchor_of, escape_inline, file_link

MARQUE = "clsmon-place"
"""Le langage du bloc de code qui tient une place ; un texte de partenaire n'en ouvre aucun."""

A_GAUCHE, A_DROITE = Markup("---"), Markup("---:")


def named_logos(
    logos: Iterable[Logo], organismes: Mapping[str, Organisme]
) -> tuple[tuple[str, Logo], ...]:
    """Chaque logo avec le nom de son organisme."""
    return tuple((organismes[logo.organisme].nom, logo) for logo in logos)


@dataclass(frozen=True)
class Poses:
    """Les filtres d'un gabarit qui posent un objet ; `put` décide de ce qui s'écrit à sa place."""

    organismes: Mapping[str, Organisme]
    put: Callable[[Bloc], Markup]

    def filters(self) -> dict[str, Callable[..., Markup]]:
        """Les filtres, par leur nom."""
        return {
            "avis": lambda texte: self.put(Avis(str(texte))),
            "illustration": lambda graphique: self.put(Illustration(graphique)),
            "logos": lambda logos: self.put(Logos(named_logos(logos, self.organismes))),
            "repere": lambda nom: self.put(Repere(str(nom))),
            "sommaire": lambda sections: self.put(
                Sommaire(tuple((section.numero, section.libelle) for section in sections))
            ),
            "tableau": lambda tableau, legende="": self.put(Table(tableau, str(legende))),
        }


@dataclass
class Places:
    """Les objets posés dans un texte, chacun à son rang."""

    blocs: list[Bloc] = field(default_factory=list)

    def put(self, bloc: Bloc) -> Markup:
        """La place d'un bloc dans le texte."""
        self.blocs.append(bloc)
        return Markup(f"\n\n```{MARQUE}\n{len(self.blocs) - 1}\n```\n\n")  # noqa: S704 a rank only


def write_markdown(bloc: Bloc) -> Markup:
    """Un objet posé, en Markdown."""
    match bloc:
        case Table(tableau, legende):
            return _table(tableau, legende)
        case Illustration(graphique):
            return Markup("\n\n{}\n\n").format(_image(graphique))
        case Logos(logos):
            images = (
                Markup("![{}]({})").format(escape_inline(nom), file_link(logo.fichier))
                for nom, logo in logos
            )
            return Markup("\n").join(images)
        case Sommaire(sections):
            return _contents(sections)
        case Avis(texte):
            return Markup("\n\n> **DONNÉES FICTIVES**\u00a0: {}\n\n").format(escape_inline(texte))
        case _:
            return Markup("")


def _image(graphique: Graphique) -> Markup:
    texte = escape_inline(f"{graphique.titre}. {graphique.texte}")
    return Markup("![{}]({})").format(texte, file_link(graphique.fichier))


def _contents(sections: Sequence[tuple[int, str]]) -> Markup:
    lignes = (
        Markup("- [{}. {}](#{})").format(
            numero, escape_inline(titre), anchor_of(f"{numero}. {titre}")
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
    return Markup("\n\n{}{}\n\n").format(tete, corps)


def _row(cellules: Iterable[Cellule]) -> Markup:
    return Markup("| {} |").format(
        Markup(" | ").join(escape_inline(spell_cell(cellule)) for cellule in cellules)
    )

"""
Un document en blocs, le même pour chaque format à mettre en page : HTML, PDF, Word.

Les mots viennent des gabarits Markdown, les tableaux et les dessins restent typés : aucun format
ne recopie un texte ni ne recalcule un chiffre.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from clsmon.model.couleur import BLEU
from clsmon.model.logo import Logo
from clsmon.render.cells import Tableau
from clsmon.render.charts import Graphique


@dataclass(frozen=True)
class Morceau:
    """Un bout de texte ; `cible` : l'ancre du document, « #… », ou l'adresse où il mène."""

    texte: str
    fort: bool = False
    italique: bool = False
    cible: str = ""


@dataclass(frozen=True)
class Titre:
    """Un titre de niveau 1 (celui du document) à 6 ; `ancre` : son nom dans le document, unique."""

    genre: ClassVar[str] = "titre"
    niveau: int
    texte: str
    ancre: str


@dataclass(frozen=True)
class Paragraphe:
    """Un paragraphe."""

    genre: ClassVar[str] = "paragraphe"
    morceaux: tuple[Morceau, ...]

    @property
    def texte(self) -> str:
        """Le paragraphe sans mise en forme."""
        return "".join(morceau.texte for morceau in self.morceaux)


@dataclass(frozen=True)
class Liste:
    """Des points, chacun de plusieurs blocs ; `depart` : le premier rang, None pour des puces."""

    genre: ClassVar[str] = "liste"
    points: tuple[tuple[Bloc, ...], ...]
    depart: int | None = None


@dataclass(frozen=True)
class Citation:
    """Ce qu'un partenaire a écrit, un paragraphe par ligne reçue."""

    genre: ClassVar[str] = "citation"
    blocs: tuple[Bloc, ...]


@dataclass(frozen=True)
class Avis:
    """L'avertissement des données de démonstration, à ne pas manquer."""

    genre: ClassVar[str] = "avis"
    texte: str


@dataclass(frozen=True)
class Table:
    """
    Un tableau typé ; `legende` se lit au-dessus.

    Sans légende, son titre, que dit déjà le titre voisin, ne s'adresse qu'aux lecteurs d'écran.
    """

    genre: ClassVar[str] = "tableau"
    tableau: Tableau
    legende: str = ""


@dataclass(frozen=True)
class Illustration:
    """Un graphique et son texte de remplacement."""

    genre: ClassVar[str] = "illustration"
    graphique: Graphique


@dataclass(frozen=True)
class Logos:
    """Les logos des signataires, en (nom de l'organisme, logo), dans l'ordre du contrat."""

    genre: ClassVar[str] = "logos"
    logos: tuple[tuple[str, Logo], ...]


@dataclass(frozen=True)
class Sommaire:
    """La place du sommaire : (numéro, titre) de chaque section."""

    genre: ClassVar[str] = "sommaire"
    sections: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Repere:
    """Un nom stable pour ce qui suit, en plus de l'ancre de son titre : « fiche-2.3 »."""

    genre: ClassVar[str] = "repere"
    nom: str


Bloc = (
    Titre | Paragraphe | Liste | Citation | Avis | Table | Illustration | Logos | Sommaire | Repere
)


@dataclass(frozen=True)
class Partie:
    """
    Une section : son titre de niveau 2 (None avant la première) et ce qu'elle contient.

    `serree` : elle tient sur une page autant qu'il se peut, le texte et les blancs plus petits.
    """

    titre: Titre | None
    blocs: tuple[Bloc, ...]
    serree: bool = False

    @property
    def sous_titres(self) -> tuple[Titre, ...]:
        """Les titres de niveau 3 de la section, dans l'ordre."""
        return tuple(b for b in self.blocs if isinstance(b, Titre) and b.niveau == 3)


@dataclass(frozen=True)
class Document:
    """
    Un document entier.

    `nom` : celui de ses fichiers, sans suffixe. `sujet` : le titre du contrat. `nature` : ce qui
    se lit sur chaque page, « Projet soumis aux signataires ». `accent` : la couleur de ses titres.
    """

    nom: str
    titre: str
    sujet: str
    nature: str
    fictif: bool
    parties: tuple[Partie, ...]
    accent: str = BLEU

    @property
    def blocs(self) -> Iterator[Bloc]:
        """Tous les blocs de premier rang, titres de section compris, dans l'ordre."""
        for partie in self.parties:
            if partie.titre is not None:
                yield partie.titre
            yield from partie.blocs


def split_parts(blocs: tuple[Bloc, ...]) -> tuple[Partie, ...]:
    """Les sections d'un document, coupées aux titres de niveau 2 ; d'abord sa couverture."""
    parties: list[Partie] = []
    titre: Titre | None = None
    corps: list[Bloc] = []
    for bloc in blocs:
        if isinstance(bloc, Titre) and bloc.niveau == 2:
            parties.append(Partie(titre, tuple(corps)))
            titre, corps = bloc, []
        else:
            corps.append(bloc)
    return (*parties, Partie(titre, tuple(corps)))

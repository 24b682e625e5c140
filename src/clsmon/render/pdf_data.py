"""
Un document en données pour le gabarit typst : des textes et des nombres, jamais du balisage.

Ce que le moteur refuserait est réglé ici : ancres inconnues ou doubles, niveaux de titre sautés,
caractères sans dessin, mots plus larges que la page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from clsmon.model.couleur import tints_of
from clsmon.model.texte import clean_text
from clsmon.render.cells import Tableau, spell_cell
from clsmon.render.charts import Graphique
from clsmon.render.charts.font import set_font
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
    Partie,
    Sommaire,
    Table,
    Titre,
)
from clsmon.render.glyphs import Dessins
from clsmon.render.pdf_grids import COUPE_TEXTE, COUPE_TITRE, lay_out, soften

Donnees = dict[str, Any]
"""Ce que le gabarit reçoit : des dictionnaires, des listes, des textes et des nombres."""

COURTE, HAUTEUR_DESSIN = 20, 15
"""Une section d'une demi-page au plus, et ce que prend un dessin, en lignes."""
TETE = 90
"""Ce qui tient dans l'en-tête d'une page, en caractères ; la suite y devient « … »."""
_ANNONCES = {Citation.genre, Illustration.genre, Liste.genre, Table.genre}
_TAILLE_SVG = re.compile(r'<svg\b[^>]*? width="([\d.]+)" height="([\d.]+)"')
_ADRESSES = ("http://", "https://", "mailto:")


@dataclass
class Mise:
    """Un document mis en données : `images` sont les fichiers que le gabarit lit."""

    dessins: Dessins
    police: str
    ancres: frozenset[str]
    images: dict[str, bytes] = field(default_factory=dict)
    _posees: set[str] = field(default_factory=set)
    _niveau: int = 0

    def show(self, texte: str, coupe: int = COUPE_TEXTE) -> str:
        """La seule porte par où un texte entre : nettoyé, dessinable, et qui tient dans la page."""
        return soften(self._spell(texte), coupe)

    def _spell(self, texte: str) -> str:
        return self.dessins.spell(clean_text(texte))

    def blocks(self, blocs: Iterable[Bloc]) -> list[Donnees]:
        """Les blocs qui se montrent ; un paragraphe qui annonce la suite reste avec elle."""
        montres = [donnees for bloc in blocs for donnees in self._block(bloc)]
        for bloc, suivant in pairwise(montres):
            if bloc["genre"] == Paragraphe.genre:
                bloc["annonce"] = bloc["annonce"] or suivant["genre"] in _ANNONCES
        return montres

    def _block(self, bloc: Bloc) -> Iterator[Donnees]:
        match bloc:
            case Titre():
                yield {"genre": bloc.genre, **self._title(bloc)}
            case Paragraphe(morceaux):
                seul = all(morceau.fort for morceau in morceaux)
                yield {
                    "genre": bloc.genre,
                    "morceaux": self._pieces(morceaux),
                    "annonce": seul or bloc.texte.endswith(":"),
                }
            case Liste(points, depart):
                dits = [self.blocks(point) for point in points if point]
                yield {"genre": bloc.genre, "points": dits, "depart": depart}
            case Citation(blocs):
                yield {"genre": bloc.genre, "blocs": self.blocks(blocs)}
            case Avis(texte):
                yield {"genre": bloc.genre, "texte": self.show(texte)}
            case Table(tableau, legende):
                yield {"genre": bloc.genre, **self._table(tableau, legende)}
            case Illustration(graphique):
                yield {"genre": bloc.genre, **self._drawing(graphique)}
            case Logos(logos):
                montres = [
                    {"nom": self.show(nom), "image": self._keep(logo.fichier, logo.octets)}
                    for nom, logo in logos
                ]
                yield {"genre": bloc.genre, "logos": montres}
            case Sommaire():
                yield {"genre": bloc.genre}

    def _title(self, titre: Titre) -> Donnees:
        """Un titre ; celui du document n'a pas de niveau, et aucun niveau n'est sauté."""
        self._niveau = min(titre.niveau - 1, self._niveau + 1)
        return {
            "niveau": self._niveau,
            "texte": self.show(titre.texte),
            "ancre": self._place(titre.ancre),
        }

    def _place(self, ancre: str) -> str | None:
        """Une ancre à poser, une seule fois."""
        if not ancre or ancre in self._posees:
            return None
        self._posees.add(ancre)
        return ancre

    def _pieces(self, morceaux: Iterable[Morceau]) -> list[Donnees]:
        return [
            {
                "texte": self.show(morceau.texte),
                "fort": morceau.fort,
                "italique": morceau.italique,
                **self._target(morceau.cible),
            }
            for morceau in morceaux
        ]

    def _target(self, cible: str) -> Donnees:
        """Où mène un lien : une ancre qui existe, ou une adresse ; sinon ce n'est pas un lien."""
        ancre = cible.removeprefix("#")
        interne = cible.startswith("#") and ancre in self.ancres
        adresse = cible if cible.startswith(_ADRESSES) else None
        return {"ancre": ancre if interne else None, "adresse": adresse}

    def _table(self, tableau: Tableau, legende: str) -> Donnees:
        titres = [self._spell(colonne.titre) for colonne in tableau.colonnes]
        lignes = [[self._spell(spell_cell(c)) for c in ligne] for ligne in tableau.lignes]
        grille = lay_out(titres, lignes)
        reperes = tableau.reperes or ("",) * len(lignes)
        liens = tableau.liens or ("",) * len(lignes)
        rangees = [
            {
                "cellules": textes,
                "secable": secable,
                "ancre": self._place(repere),
                "lien": lien if lien in self.ancres else None,
            }
            for textes, secable, repere, lien in zip(
                grille.lignes, grille.secables, reperes, liens, strict=True
            )
        ]
        return {
            "legende": self.show(legende) or None,
            "titre": self.show(tableau.titre),
            "paysage": grille.paysage,
            "corps": grille.corps,
            "largeurs": grille.largeurs,
            "nombres": [colonne.nombre for colonne in tableau.colonnes],
            "titres": grille.titres,
            "lignes": rangees,
        }

    def _drawing(self, graphique: Graphique) -> Donnees:
        """Un dessin dans la police du document, et son texte de remplacement."""
        svg = set_font(graphique.svg, self.police)
        mesures = _TAILLE_SVG.search(svg)
        return {
            "svg": self.dessins.spell(svg),
            "proportion": float(mesures[2]) / float(mesures[1]) if mesures else 1.0,
            "texte": self.show(f"{graphique.titre}. {graphique.texte}"),
        }

    def _keep(self, fichier: str, octets: bytes) -> str:
        self.images[fichier] = octets
        return fichier


def document_data(
    document: Document, dessins: Dessins, police: str
) -> tuple[Donnees, Mapping[str, bytes]]:
    """Les données du gabarit, et les images que nomment ces données."""
    mise = Mise(dessins, police, frozenset(_anchors(document)))
    titre = next((b.texte for b in document.blocs if isinstance(b, Titre) and b.niveau == 1), None)
    return {
        "titre": mise.show(document.titre),
        "titre_affiche": mise.show(titre or document.titre, COUPE_TITRE),
        "sujet": mise.show(document.sujet),
        "nature": _shorten(mise.show(document.nature.rstrip("."))),
        "tete": _shorten(mise.show(document.sujet)),
        "pied": _shorten(mise.show(document.titre)),
        "fictif": document.fictif,
        "couverture": any(isinstance(bloc, Sommaire) for bloc in document.blocs),
        "accent": document.accent,
        "lien": tints_of(document.accent).lien,
        "police": police,
        "parties": [
            _part(mise, partie, saut=not _is_short(precedente))
            for precedente, partie in pairwise((None, *document.parties))
            if partie is not None
        ],
    }, mise.images


def _part(mise: Mise, partie: Partie, *, saut: bool) -> Donnees:
    """Une section ; `saut` : elle commence une page, si le document a une couverture."""
    blocs = tuple(b for b in partie.blocs if not (isinstance(b, Titre) and b.niveau == 1))
    titre = (partie.titre,) if partie.titre else ()
    montres = _turn_pages(mise.blocks((*titre, *blocs)))
    # A page cannot turn inside a section that holds on one.
    serree = partie.serree and all(bloc["genre"] != "paysage" for bloc in montres)
    return {"saut": saut, "serree": serree, "blocs": montres}


def _is_short(partie: Partie | None) -> bool:
    """Une section après laquelle une page neuve laisserait surtout du blanc."""
    return partie is not None and partie.titre is not None and _weigh(partie.blocs) <= COURTE


def _weigh(blocs: Iterable[Bloc]) -> int:
    """Ce que prennent des blocs, en paragraphes, points de liste et rangées de tableau."""
    return sum(
        len(bloc.tableau.lignes) + 2
        if isinstance(bloc, Table)
        else sum(map(_weigh, bloc.points))
        if isinstance(bloc, Liste)
        else HAUTEUR_DESSIN
        if isinstance(bloc, Illustration)
        else 1
        for bloc in blocs
    )


def _turn_pages(blocs: list[Donnees]) -> list[Donnees]:
    """Les tableaux qui veulent une page en largeur, chacun avec les titres qui l'annoncent."""
    tournes: list[Donnees] = []
    for bloc in blocs:
        if not bloc.get("paysage"):
            tournes.append(bloc)
            continue
        annonce: list[Donnees] = []
        while tournes and (tournes[-1]["genre"] == Titre.genre or tournes[-1].get("annonce")):
            annonce.insert(0, tournes.pop())
        if not annonce and tournes and tournes[-1]["genre"] == "paysage":
            tournes[-1]["blocs"].append(bloc)
        else:
            tournes.append({"genre": "paysage", "blocs": [*annonce, bloc]})
    return tournes


def _anchors(document: Document) -> Iterator[str]:
    """Tout ce vers quoi un lien peut mener."""
    for bloc in document.blocs:
        if isinstance(bloc, Titre) and bloc.niveau > 1:
            yield bloc.ancre
        elif isinstance(bloc, Table):
            yield from filter(None, bloc.tableau.reperes)


def _shorten(texte: str) -> str:
    return texte if len(texte) <= TETE else f"{texte[: TETE - 1].rstrip()}…"

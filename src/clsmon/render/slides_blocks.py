"""Ce dont une diapositive est faite, et la place que chaque bloc y prend, en points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from clsmon.model.logo import Logo
from clsmon.render.cells import Tableau, spell_cell
from clsmon.render.slides_fit import COUPE, cut_text, height_of, lines_of
from clsmon.render.spelling import INSECABLE

LARGEUR, HAUTEUR = 960.0, 540.0
"""Une diapositive au format 16:9."""
MARGE = 40.0
UTILE = LARGEUR - 2 * MARGE
HAUT, BAS = 92.0, 466.0
"""Où commence et finit le contenu, sous le titre et au-dessus du renvoi au bilan."""
BAS_COUVERTURE = 500.0
"""La couverture ne renvoie à rien : elle descend jusqu'au pied."""
ECART = 12.0
TAILLES = (20.0, 18.0, 16.0)
"""Celles d'un texte, selon ce qu'il y a à dire ; jamais moins de 16 points."""
TAILLES_TABLEAU = (14.0, 13.0, 12.0)
MARGE_CELLULE = (6.0, 3.0)
"""Dans une cellule : à gauche et à droite, en haut et en bas."""
TAILLE_TITRE_BLOC = 16.0
HAUTEUR_TUILES, TAILLE_TUILE, LIBELLE_TUILE = 92.0, 30.0, 16.0
HAUTEUR_VIGNETTES, VIGNETTES_PAR_RANGEE = 181.0, 3
HAUTEUR_LOGO, LARGEUR_LOGO, LOGOS_PAR_RANGEE = 40.0, 112.0, 7
MARGE_ENCART = 10.0


@dataclass(frozen=True)
class Ligne:
    """Un paragraphe ; `rang` le précède : « 1. », « • », ou rien."""

    texte: str
    rang: str = ""
    gras: bool = False


@dataclass(frozen=True)
class Texte:
    """Des paragraphes, chacun d'au plus `au_plus` lignes, sous un titre facultatif."""

    lignes: tuple[Ligne, ...]
    titre: str = ""
    au_plus: int = 3


@dataclass(frozen=True)
class Grille:
    """
    Un tableau déjà écrit ; `poids` partage la largeur, `nombres` sont les colonnes à droite.

    `au_plus` : les lignes d'une cellule, selon l'échelle. `avancement` : la colonne dont les mots
    prennent aussi une couleur. `visible` : son titre se lit au-dessus, pas seulement à l'oreille.
    """

    titre: str
    entetes: tuple[str, ...]
    rangees: tuple[tuple[str, ...], ...]
    poids: tuple[float, ...]
    nombres: frozenset[int] = frozenset()
    au_plus: tuple[int, int, int] = (3, 3, 2)
    avancement: int | None = None
    visible: bool = False

    @property
    def largeurs(self) -> tuple[float, ...]:
        """La largeur de chaque colonne."""
        total = sum(self.poids)
        return tuple(UTILE * poids / total for poids in self.poids)


@dataclass(frozen=True)
class Serie:
    """Une série d'un graphique ; `formats` : celui de l'étiquette de chaque valeur."""

    nom: str
    valeurs: tuple[Decimal | int | None, ...]
    formats: tuple[str, ...]
    style: str


def integer_format(unite: str) -> str:
    """Le format d'un nombre entier, ses milliers séparés comme en français, où qu'il s'ouvre."""
    fin = f'"{unite}"' if unite else ""
    mille = f'#"{INSECABLE}"##0{fin}'
    return f'[>=1000000]#"{INSECABLE}"###"{INSECABLE}"##0{fin};[>=1000]{mille};0{fin}'


@dataclass(frozen=True)
class Graphe:
    """Un graphique natif ; `genre` : « empile », « groupe » ou « courbe »."""

    genre: str
    titre: str
    description: str
    categories: tuple[str, ...]
    series: tuple[Serie, ...]
    hauteur: float = 288.0


@dataclass(frozen=True)
class Tuiles:
    """Quelques chiffres en grand, chacun avec ce qu'il compte."""

    chiffres: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Vignettes:
    """De petits graphiques côte à côte : (graphique, titre, ce qui s'en dit)."""

    graphes: tuple[tuple[Graphe, str, str], ...]


@dataclass(frozen=True)
class Encart:
    """Ce qui manque, et qui ou quelle commande le remplit."""

    titre: str
    lignes: tuple[str, ...]


@dataclass(frozen=True)
class Logos:
    """Les logos des signataires, chacun avec son nom."""

    logos: tuple[tuple[Logo, str], ...]


Bloc = Texte | Grille | Graphe | Tuiles | Vignettes | Encart | Logos


def grid_of(
    tableau: Tableau,
    colonnes: Sequence[int],
    poids: Sequence[float],
    *,
    au_plus: tuple[int, int, int] = (3, 3, 2),
    visible: bool = False,
) -> Grille:
    """Quelques colonnes d'un tableau, dans l'ordre dit, écrites comme partout ailleurs."""
    choisies = [tableau.colonnes[rang] for rang in colonnes]
    return Grille(
        tableau.titre,
        tuple(colonne.titre for colonne in choisies),
        tuple(tuple(spell_cell(ligne[rang]) for rang in colonnes) for ligne in tableau.lignes),
        tuple(poids),
        frozenset(rang for rang, colonne in enumerate(choisies) if colonne.nombre),
        au_plus,
        visible=visible,
    )


def _text_width(ligne: Ligne, taille: float) -> float:
    return UTILE - rank_width(ligne, taille)


def rank_width(ligne: Ligne, taille: float) -> float:
    """La largeur du retrait où s'écrit le rang d'un paragraphe."""
    return taille * (1.8 if len(ligne.rang) > 1 else 1.1) if ligne.rang else 0.0


def line_height(ligne: Ligne, taille: float) -> float:
    """La hauteur d'un paragraphe et de l'espace qui le suit."""
    combien = lines_of(ligne.texte, _text_width(ligne, taille), taille, gras=ligne.gras)
    return height_of(combien, taille) + taille * 0.35


def row_height(
    grille: Grille, rangee: Sequence[str], taille: float, *, gras: bool = False
) -> float:
    """La hauteur d'une rangée : celle de sa cellule la plus haute."""
    cote, bord = MARGE_CELLULE
    return 2 * bord + height_of(
        max(
            lines_of(texte, largeur - 2 * cote, taille, gras=gras)
            for texte, largeur in zip(rangee, grille.largeurs, strict=True)
        ),
        taille,
    )


def title_height(bloc: Texte | Grille) -> float:
    """La hauteur du titre d'un bloc, s'il en a un qui se voit."""
    montre = bool(bloc.titre) if isinstance(bloc, Texte) else bloc.visible
    return height_of(1, TAILLE_TITRE_BLOC) + 4 if montre else 0.0


def block_height(bloc: Bloc, echelle: int) -> float:  # noqa: PLR0911  one return per kind
    """La hauteur d'un bloc à une échelle : 0 pour les plus grands caractères, 2 les plus petits."""
    match bloc:
        case Texte():
            return title_height(bloc) + sum(line_height(x, TAILLES[echelle]) for x in bloc.lignes)
        case Grille():
            taille = TAILLES_TABLEAU[echelle]
            entete = row_height(bloc, bloc.entetes, taille, gras=True)
            corps = sum(row_height(bloc, rangee, taille) for rangee in bloc.rangees)
            return title_height(bloc) + entete + corps
        case Graphe():
            return bloc.hauteur
        case Tuiles():
            return HAUTEUR_TUILES
        case Vignettes():
            return HAUTEUR_VIGNETTES * -(-len(bloc.graphes) // VIGNETTES_PAR_RANGEE)
        case Encart():
            return 2 * MARGE_ENCART + sum(encart_heights(bloc))
        case Logos():
            return (HAUTEUR_LOGO + 8) * -(-len(bloc.logos) // LOGOS_PAR_RANGEE)


def encart_heights(encart: Encart) -> tuple[float, ...]:
    """La hauteur du titre d'un encart, puis de chacune de ses lignes."""
    taille, largeur = TAILLES[-1], UTILE - 2 * MARGE_ENCART - 16
    titre = height_of(lines_of(encart.titre, largeur, taille, gras=True), taille) + 4
    lignes = (height_of(lines_of(x, largeur, taille), taille) + 3 for x in encart.lignes)
    return (titre, *lignes)


def cut_block(bloc: Bloc, echelle: int) -> Bloc:
    """Le bloc dont chaque texte tient dans le nombre de lignes qu'il lui est donné."""
    match bloc:
        case Texte(lignes, titre, au_plus):
            coupees = (_cut_line(ligne, TAILLES[echelle], au_plus) for ligne in lignes)
            court = cut_text(titre, UTILE, TAILLE_TITRE_BLOC, 1, gras=True)
            return replace(bloc, lignes=tuple(coupees), titre=court)
        case Grille():
            return _cut_grid(bloc, echelle)
        case Encart(titre, lignes):
            largeur = UTILE - 2 * MARGE_ENCART - 16
            courtes = tuple(cut_text(ligne, largeur, TAILLES[-1], 3) for ligne in lignes)
            return Encart(cut_text(titre, largeur, TAILLES[-1], 2, gras=True), courtes)
        case _:
            return bloc


def is_cut(bloc: Bloc) -> bool:
    """Vrai si un des textes du bloc est abrégé."""
    match bloc:
        case Texte(lignes):
            return any(ligne.texte.endswith(COUPE) for ligne in lignes)
        case Grille(rangees=rangees):
            return any(texte.endswith(COUPE) for rangee in rangees for texte in rangee)
        case Encart(lignes=textes):
            return any(texte.endswith(COUPE) for texte in textes)
        case _:
            return False


def _cut_line(ligne: Ligne, taille: float, au_plus: int) -> Ligne:
    largeur = _text_width(ligne, taille)
    return replace(ligne, texte=cut_text(ligne.texte, largeur, taille, au_plus, gras=ligne.gras))


def _cut_grid(grille: Grille, echelle: int) -> Grille:
    taille, lignes = TAILLES_TABLEAU[echelle], grille.au_plus[echelle]
    places = [largeur - 2 * MARGE_CELLULE[0] for largeur in grille.largeurs]
    return replace(
        grille,
        titre=cut_text(grille.titre, UTILE, TAILLE_TITRE_BLOC, 1, gras=True),
        entetes=tuple(
            cut_text(texte, place, taille, 3, gras=True)
            for texte, place in zip(grille.entetes, places, strict=True)
        ),
        rangees=tuple(
            tuple(
                cut_text(texte, place, taille, lignes)
                for texte, place in zip(rangee, places, strict=True)
            )
            for rangee in grille.rangees
        ),
    )

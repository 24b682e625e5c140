"""Ce qui sert à tous les graphiques : le document SVG, ses textes pliés, ses surfaces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from clsmon.model.arial import measure_text
from clsmon.model.bilan import Bilan
from clsmon.model.texte import clean_text
from clsmon.render.charts.palette import BLANC, ENCRE, ROUGE, Style, define_patterns, fill

LARGEUR, MARGE, ETIQUETTES = 860, 16, 300
PISTE = LARGEUR - ETIQUETTES - 3 * MARGE - 60
HAUTEUR_BARRE, PAS, BASE = 24, 33, 17
TAILLE, INTERLIGNE = 14, 17
_AISANCE = 1.08
"""Une police de remplacement est un peu plus large qu'Arial."""


@dataclass(frozen=True)
class Graphique:
    """Un graphique : nom de fichier, titre, texte de remplacement et dessin SVG."""

    fichier: str
    titre: str
    texte: str
    svg: str


@dataclass(frozen=True)
class Sujet:
    """Ce qu'un graphique montre : son nom, unique dans le rapport, son titre et ses mots."""

    nom: str
    titre: str
    texte: str
    fictif: bool


def subject_of(bilan: Bilan, suffixe: str, titre: str, texte: str) -> Sujet:
    """Le sujet d'un graphique du bilan : « bilan-2025-avancement »."""
    return Sujet(f"{bilan.nom}-{suffixe}", titre, clean_text(texte), bilan.fictif)


def width_of(texte: str, taille: float = TAILLE, *, gras: bool = False) -> float:
    """La largeur d'un texte d'une ligne, en unités du dessin."""
    return measure_text(texte) * taille * _AISANCE * (1.07 if gras else 1) / 1000


def _cut(mot: str, largeur: float, taille: float) -> Iterator[str]:
    """Un mot plus long que la place, en morceaux qui y tiennent."""
    if width_of(mot, taille) <= largeur:
        yield mot
        return
    morceau = ""
    for lettre in mot:
        if morceau and width_of(morceau + lettre, taille) > largeur:
            yield morceau
            morceau = ""
        morceau += lettre
    yield morceau


@lru_cache(maxsize=4096)
def wrap(texte: str, largeur: float, lignes: int = 2, taille: float = TAILLE) -> tuple[str, ...]:
    """
    Un texte plié en `lignes` au plus, jamais à une espace insécable ; « … » dit qu'il continue.

    Le texte entier est toujours dans le texte de remplacement du graphique.
    """
    plies = [""]
    mots = filter(None, re.split(r"[ \n]+", clean_text(texte)))
    for morceau in (morceau for mot in mots for morceau in _cut(mot, largeur, taille)):
        essai = f"{plies[-1]} {morceau}".strip()
        if width_of(essai, taille) <= largeur:
            plies[-1] = essai
        else:
            plies.append(morceau)
    if len(plies) > lignes:
        derniere = plies[lignes - 1]
        while derniere and width_of(derniere + "…", taille) > largeur:
            derniere = derniere[:-1]
        plies[lignes - 1 :] = [derniere.rstrip() + "…"]
    return tuple(plies)


def write(x: float, y: float, texte: str, suite: str = "") -> str:
    """Un texte d'une ligne, posé sur sa ligne de base."""
    propre = escape(clean_text(texte).replace("\n", " "))
    attributs = f" {suite}" if suite else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{attributs}>{propre}</text>'


def write_lines(
    x: float, y: float, lignes: Iterable[str], suite: str = "", pas: float = INTERLIGNE
) -> Iterator[str]:
    """Des lignes l'une sous l'autre, la première posée en `y`."""
    return (write(x, y + pas * rang, ligne, suite) for rang, ligne in enumerate(lignes))


def label(y: float, hauteur: float, texte: str, largeur: float = ETIQUETTES) -> Iterator[str]:
    """Le nom d'une ligne du graphique, en deux lignes au plus, centré sur sa hauteur."""
    plies = wrap(texte, largeur)
    haut = y + hauteur / 2 + 5 - INTERLIGNE * (len(plies) - 1) / 2
    return write_lines(MARGE, haut, plies)


def box(x: float, y: float, largeur: float, hauteur: float, attributs: str) -> str:
    """Un rectangle."""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(largeur, 0):.1f}" height="{hauteur:.1f}" '
        f"{attributs}/>"
    )


def swatch(graphique: str, x: float, y: float, style: Style) -> str:
    """Un échantillon de couleur et de motif, à côté d'un mot."""
    return box(x + 1, y, 24, 16, fill(graphique, style))


def pill(x: float, y: float, texte: str) -> str:
    """Une valeur sur fond blanc, au milieu d'une surface colorée."""
    largeur = width_of(texte, gras=True) + 10
    fond = box(x - largeur / 2, y - 15, largeur, 20, f'rx="3" fill="{BLANC}"')
    return fond + write(x, y, texte, 'text-anchor="middle" font-weight="bold"')


def draw(sujet: Sujet, corps: Iterable[str], hauteur: float) -> Graphique:
    """
    Le graphique entier : titre, description, motifs, fond blanc, et le corps sous son titre.

    Les identifiants portent le nom du graphique : plusieurs tiennent dans une même page.
    """
    reserve = 170 if sujet.fictif else 0
    titres = wrap(sujet.titre, LARGEUR - 2 * MARGE - reserve, 2, 17)
    entete = 24 + 20 * (len(titres) - 1)
    haut = entete + 24
    contenu = "\n".join(corps)
    total = f"{haut + hauteur:.0f}"
    avis = write(LARGEUR - MARGE, 24, "DONNÉES FICTIVES", f'text-anchor="end" fill="{ROUGE}"')
    racine = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="fr" '
        f'aria-labelledby="{sujet.nom}-titre {sujet.nom}-description" '
        f'viewBox="0 0 {LARGEUR} {total}" width="{LARGEUR}" height="{total}" '
        f'font-family="Arial, Helvetica, sans-serif" font-size="{TAILLE}" fill="{ENCRE}">'
    )
    morceaux = (
        racine,
        f'<title id="{sujet.nom}-titre">{escape(clean_text(sujet.titre))}</title>',
        f'<desc id="{sujet.nom}-description">{escape(sujet.texte)}</desc>',
        f"<defs>{define_patterns(sujet.nom, contenu)}</defs>",
        f'<rect width="{LARGEUR}" height="{total}" fill="{BLANC}"/>',
        *write_lines(MARGE, 24, titres, 'font-size="16" font-weight="bold"', 20),
        *((avis,) if sujet.fictif else ()),
        f'<g transform="translate(0 {haut})">\n{contenu}\n</g>',
        "</svg>",
        "",
    )
    return Graphique(f"{sujet.nom}.svg", sujet.titre, sujet.texte, "\n".join(morceaux))

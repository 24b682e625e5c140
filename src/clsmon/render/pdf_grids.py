"""Un tableau sur du papier : son corps, ses largeurs, le sens de sa page ; rien n'y est coupé."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from clsmon.render.spelling import INSECABLE

POINTS = 72 / 25.4
PORTRAIT, PAYSAGE = 174 * POINTS, 261 * POINTS
"""Ce qu'une page A4 offre entre ses marges de 18 mm, en points."""

CORPS = (9.0, 8.5, 8.0, 7.5)
"""Les corps essayés, du plus lisible au plus petit."""
CORPS_SERRE = 7.0
RETRAIT = 9.0
"""Le blanc de part et d'autre du texte d'une cellule, en points."""

COUPE, COUPES_SERREES = 24, (14, 8, 4)
"""Longueur au-delà de laquelle un mot sans espace se coupe ; plus courte s'il le faut vraiment."""
COUPE_TEXTE, COUPE_TITRE = 30, 18
"""La même longueur dans un paragraphe ou un titre de section, puis dans le titre du document."""
CONFORT, LONGUE, LIGNE = 34.0, 80.0, 1.5
"""Une colonne de texte confortable, la plus longue, et l'interligne, en cadratins."""
AISANCE = 0.3
"""Où un plus petit corps se lit mieux : moins que cette part de ce que souhaitent les colonnes."""
HAUTEUR_INSECABLE = 170.0
"""Jusqu'à cette hauteur, en points, une rangée ne se coupe pas entre deux pages."""

COUPURE = "\u200b"
"""Une espace sans largeur : le mot peut aller à la ligne là, et nulle part rien ne s'y voit."""
_MOTS = re.compile(r"[^ \n]+")
_ATTACHES = re.compile(rf"(?<=[–{COUPURE}])|(?<=[-/])(?!\d)")
"""Où un mot peut aller à la ligne ; un trait d'union n'y laisse pas partir un chiffre."""
_CHARNIERES = re.compile(r"(?<=[/_\-:@?&=,;])(?=[^/._\-:@?&=,;])|(?<=[^\W\d]\.)(?=\w)")
"""Les charnières d'un mot démesuré : jamais au milieu d'un nombre."""
_CHASSES = {
    **dict.fromkeys("fijlrtI'’ .,;:!|/()[]-" + INSECABLE, 0.34),
    **dict.fromkeys("abdeghnopqu0123456789éèêàâôûëïîù", 0.56),
    **dict.fromkeys("cksvxyzç", 0.5),
    **dict.fromkeys("mwMW@%—…œŒæ", 0.95),
}
GRAS = 1.08
"""Ce qu'un titre de colonne, en gras, prend de plus."""


@dataclass(frozen=True)
class Grille:
    """
    La place de chaque colonne, en points, le corps du texte, et les textes à y écrire.

    `secables` : rangée par rangée, si elle peut se couper entre deux pages.
    """

    paysage: bool
    corps: float
    largeurs: tuple[float, ...]
    titres: tuple[str, ...]
    lignes: tuple[tuple[str, ...], ...]
    secables: tuple[bool, ...]


def lay_out(
    titres: Sequence[str], lignes: Sequence[Sequence[str]], *, paysage: bool | None = None
) -> Grille:
    """La grille qui montre tout, en hauteur si possible ; `paysage` impose le sens de la page."""
    grille = None
    for couche, corps, coupe in _attempts(paysage):
        if grille is not None and couche != grille.paysage:
            break
        essai, part = _try(titres, lignes, couche, corps, coupe)
        if part >= 0:
            grille = essai
        if part >= AISANCE or (grille is not None and corps == CORPS[-1]):
            break
    return grille or essai


def _attempts(paysage: bool | None) -> Iterator[tuple[bool, float, int]]:
    """(paysage, corps, coupe) du plus lisible au plus serré."""
    for couche in (False, True) if paysage is None else (paysage,):
        yield from ((couche, corps, COUPE) for corps in CORPS)
    couche = paysage is not False
    yield from ((couche, CORPS_SERRE, coupe) for coupe in (COUPE, *COUPES_SERREES))


def _try(
    titres: Sequence[str], lignes: Sequence[Sequence[str]], couche: bool, corps: float, coupe: int
) -> tuple[Grille, float]:
    """Une grille, et la part des souhaits de ses colonnes ; négative si un mot n'y tient pas."""
    coupes = tuple(soften(titre, coupe) for titre in titres)
    rangees = tuple(tuple(soften(texte, coupe) for texte in ligne) for ligne in lignes)
    colonnes = tuple(zip(coupes, *rangees, strict=True))
    largeurs, part = _widths(colonnes, (PAYSAGE if couche else PORTRAIT) / corps, RETRAIT / corps)
    secables = tuple(_height(rangee, largeurs) * corps > HAUTEUR_INSECABLE for rangee in rangees)
    points = tuple(largeur * corps for largeur in largeurs)
    return Grille(couche, corps, points, coupes, rangees, secables), part


def soften(texte: str, coupe: int) -> str:
    """Un texte dont les mots démesurés peuvent aller à la ligne, à leurs charnières d'abord."""
    if len(texte) <= coupe:
        return texte
    return _MOTS.sub(lambda mot: _soften_word(mot.group(), coupe), texte)


def _soften_word(mot: str, coupe: int) -> str:
    if len(mot) <= coupe:
        return mot
    return COUPURE.join(
        morceau[debut : debut + coupe]
        for morceau in _CHARNIERES.split(mot)
        for debut in range(0, len(morceau), coupe)
    )


@lru_cache(maxsize=16384)
def measure(texte: str) -> float:
    """La largeur d'un texte en cadratins, par excès."""
    return sum(_CHASSES.get(c) or (0.76 if c.isupper() else 0.62) for c in texte if c != COUPURE)


@lru_cache(maxsize=16384)
def _longest_word(texte: str) -> float:
    mots = (m for mot in _MOTS.findall(texte) for m in _ATTACHES.split(mot))
    return max(map(measure, mots), default=0.0)


def _widths(
    colonnes: Sequence[Sequence[str]], place: float, retrait: float
) -> tuple[tuple[float, ...], float]:
    """
    Les largeurs, en cadratins, et la part des souhaits qu'elles contentent.

    Chaque colonne a son plus long mot ; le reste va d'abord à celles qui demandent le moins.
    """
    moindres = [
        max(_longest_word(titre) * GRAS, *map(_longest_word, textes), 0.0) + retrait
        for titre, *textes in colonnes
    ]
    souhaits = [
        max(0.0, _wish(*colonne) + retrait - moindre)
        for colonne, moindre in zip(colonnes, moindres, strict=True)
    ]
    reste = place - sum(moindres)
    if reste < 0:
        return tuple(place * moindre / sum(moindres) for moindre in moindres), -1
    largeurs = [m + s for m, s in zip(moindres, _share(souhaits, reste), strict=True)]
    egale = (place - sum(largeurs)) / len(colonnes)
    voulu = sum(min(CONFORT, souhait) for souhait in souhaits)
    return tuple(n + egale for n in largeurs), reste / (voulu or reste or 1)


def _share(souhaits: Sequence[float], reste: float) -> list[float]:
    """Ce que chacun reçoit : les petits souhaits entiers, les grands à proportion."""
    parts = list(souhaits)
    ordre = sorted(range(len(souhaits)), key=souhaits.__getitem__)
    while ordre and souhaits[ordre[0]] * len(ordre) <= reste:
        reste -= souhaits[ordre.pop(0)]
    somme = sum(souhaits[rang] for rang in ordre)
    for rang in ordre:
        parts[rang] = min(souhaits[rang], souhaits[rang] * reste / somme)
    return parts


def _wish(titre: str, *textes: str) -> float:
    """La largeur souhaitée : quatre textes sur cinq d'une ligne, le titre de deux."""
    tries = sorted(map(measure, textes)) or [0.0]
    return min(LONGUE, max(measure(titre) / 2, tries[(len(tries) * 4 - 1) // 5]))


def _height(textes: Sequence[str], largeurs: Sequence[float]) -> float:
    """La hauteur d'une rangée, en cadratins, par excès."""
    return LIGNE * max(
        sum(1 + int(measure(ligne) * 1.2 / largeur) for ligne in texte.split("\n"))
        for texte, largeur in zip(textes, largeurs, strict=True)
    )

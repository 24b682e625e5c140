"""La place que prend un texte en Arial : combien de lignes il fait dans une colonne de tableur."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import normalize

_CHASSES = {
    191: "'",
    222: "ijl‘’",
    260: "|",
    278: " !,./:;I[]\\ft\u00a0\u202f",
    333: "()-`r·",
    350: "•",
    355: '"',
    389: "*",
    400: "°",
    469: "^",
    500: "Jckszvxy",
    584: "+<=>~±×÷−",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "Wœ",
    1000: "—…Œ→æÆ",
    1015: "@",
}
_CHASSE = {lettre: chasse for chasse, lettres in _CHASSES.items() for lettre in lettres}
"""En millièmes de la taille ; la même que Liberation Sans."""

_COURANTE = 556
"""Celle des chiffres et de presque toutes les minuscules."""
_IDEOGRAMME = 0x2E80
"""À partir de là, un signe est aussi large que haut."""

_PAR_CHIFFRE = 525
"""Un chiffre de largeur de colonne est sept pixels, ou 525 millièmes d'Arial 10."""
_MORCEAU = re.compile(r"[^ \-/]*[ \-/]?")
"""Ce qu'un tableur ne coupe pas : il passe à la ligne après une espace, un tiret ou une barre."""


@lru_cache(maxsize=4096)
def _advance(lettre: str) -> int:
    """La chasse d'une lettre ; un accent n'y change rien."""
    nue = normalize("NFD", lettre)[0]
    return 1000 if nue >= chr(_IDEOGRAMME) else _CHASSE.get(lettre, _CHASSE.get(nue, _COURANTE))


def measure_text(texte: str) -> int:
    """La longueur d'un texte d'une ligne, en millièmes de la taille du caractère."""
    return sum(map(_advance, texte))


@lru_cache(maxsize=16384)
def count_lines(texte: str, largeur: float, taille: float = 10) -> int:
    """
    Le nombre de lignes d'un texte en Arial dans une colonne de `largeur` chiffres.

    LibreOffice et les visionneuses ne recalculent pas la hauteur d'une ligne à l'ouverture.
    """
    place = max(_PAR_CHIFFRE, _PAR_CHIFFRE * largeur * 10 / taille)
    return sum(_fold(partie, place) for partie in texte.split("\n"))


def _fold(texte: str, place: float) -> int:
    lignes, occupee = 1, 0.0
    for plein, entier in _pieces(texte):
        if occupee and occupee + plein > place:
            lignes, occupee = lignes + 1, 0.0
        coupes = max(0, -int(-plein // place) - 1)
        lignes += coupes
        occupee += entier - coupes * place
    return lignes


def _pieces(texte: str) -> Iterator[tuple[int, int]]:
    """La longueur de chaque morceau insécable, sans puis avec l'espace qui le suit."""
    for morceau in _MORCEAU.findall(texte):
        entier = measure_text(morceau)
        yield (entier - _advance(" ") if morceau.endswith(" ") else entier), entier

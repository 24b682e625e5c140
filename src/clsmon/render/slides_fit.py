"""La place d'un texte sur une diapositive, en points : mesurée en Arial, jamais devinée."""

from __future__ import annotations

from clsmon.model.arial import count_lines
from clsmon.render.plain import one_line

INTERLIGNE = 1.2
"""La hauteur d'une ligne, en tailles de caractère ; 1,15 à l'affichage."""
COUPE = " …"
_PAR_CHIFFRE = 5.25
"""Un chiffre de `count_lines`, en points de largeur."""
_PRUDENCE = 0.97
"""Un logiciel de présentation ne coupe pas toujours une ligne au même endroit que nous."""
_GRAS = 1.1
"""De combien, au plus, Arial gras est plus large."""
_PLUS_FINE = 0.19
"""La plus étroite des lettres, en tailles de caractère : borne ce qui tient sur une ligne."""


def lines_of(texte: str, largeur: float, taille: float, *, gras: bool = False) -> int:
    """Le nombre de lignes d'un texte dans une largeur en points."""
    utile = largeur * _PRUDENCE / (_GRAS if gras else 1)
    return count_lines(texte, utile / _PAR_CHIFFRE, taille)


def height_of(lignes: int, taille: float) -> float:
    """La hauteur de quelques lignes, en points."""
    return lignes * taille * INTERLIGNE


def cut_text(texte: str, largeur: float, taille: float, lignes: int, *, gras: bool = False) -> str:
    """
    Le texte s'il tient en `lignes` lignes, sinon ce qui en tient, à un mot près, et « … ».

    La seule porte par où un texte entre dans une diapositive : nettoyé, sur une seule ligne.
    """
    texte = one_line(texte)
    borne = int(lignes * largeur / (taille * _PLUS_FINE)) + 1
    if len(texte) <= borne and lines_of(texte, largeur, taille, gras=gras) <= lignes:
        return texte
    bas, haut = 0, min(borne, len(texte))
    while bas < haut:
        milieu = (bas + haut + 1) // 2
        if lines_of(texte[:milieu] + COUPE, largeur, taille, gras=gras) <= lignes:
            bas = milieu
        else:
            haut = milieu - 1
    return _whole_words(texte, bas) + COUPE


def _whole_words(texte: str, longueur: int) -> str:
    """Le début d'un texte, sans mot coupé tant que cela ne lui ôte pas la moitié."""
    debut = texte[:longueur]
    if longueur < len(texte) and not texte[longueur].isspace():
        entier = debut.rpartition(" ")[0]
        debut = entier if len(entier) * 2 >= longueur else debut
    return debut.rstrip(" ,;:(\u00a0")

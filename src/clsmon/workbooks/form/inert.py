"""La seule sortie d'un texte vers une cellule : nettoyé, et jamais coupé sans le dire."""

from __future__ import annotations

import re

from clsmon.model.tableur import LIMITE_CELLULE, cut_units

INSECABLE = "\u00a0"
COUPE = f"{INSECABLE}[texte{INSECABLE}coupé]"
"""Ce qui termine un texte trop long pour une cellule."""

FORMULE = ("=", "+", "-", "@")
"""Les débuts de texte qu'un tableur prendrait pour une formule si la cellule était ressaisie."""

_FINS_DE_LIGNE = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_COMMANDES = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_AVANT = re.compile(" (?=[:;?!»%€])")
_APRES = re.compile("(?<=«) ")


def inert_text(texte: str) -> str:
    """
    Un texte venu de quelqu'un, prêt à être écrit comme texte dans une cellule.

    Sans caractère de commande ni d'inversion du sens de lecture, fins de ligne en « LF »,
    tabulations en espaces, espaces fines insécables en espaces insécables, d'au plus
    `LIMITE_CELLULE` unités ; un texte coupé le dit.
    """
    # U+FFFC and U+FFFD are printable, and removed below: most texts hold nothing to clean.
    if texte.isprintable() and "\ufffc" not in texte and "\ufffd" not in texte:
        return cut_units(texte, LIMITE_CELLULE, COUPE)
    lignes = _FINS_DE_LIGNE.sub("\n", texte).replace("\t", " ").replace("\u202f", INSECABLE)
    return cut_units(_COMMANDES.sub("", lignes), LIMITE_CELLULE, COUPE)


def bind_spaces(texte: str) -> str:
    """Un texte de l'outil, ses espaces rendues insécables là où la typographie le veut."""
    return _APRES.sub(INSECABLE, _AVANT.sub(INSECABLE, texte))

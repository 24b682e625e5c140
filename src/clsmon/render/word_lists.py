"""Les listes d'un .docx : celles des styles, et un compte qui recommence à chaque liste."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.oxml.ns import qn

from clsmon.render.word_reference import numbering_of

NIVEAUX = 3
"""Ceux des styles de liste ; plus profond, le retrait ne change plus."""


def level_name(nom: str, niveau: int) -> str:
    """Le style d'une liste dans une liste : « List Bullet 2 »."""
    return nom if niveau <= 1 else f"{nom} {min(niveau, NIVEAUX)}"


class Comptes:
    """Les listes numérotées d'un document, chacune avec son propre compte."""

    def __init__(self, word: Any, styles: Mapping[str, str]) -> None:
        self._word = word
        self._styles = styles

    def start(self, niveau: int, depart: int) -> tuple[int, int] | None:
        """
        Un compte qui part de `depart`, au dessin du style de ce niveau : (liste, rang).

        None si le style de la référence ne numérote pas.
        """
        identifiant = self._styles[level_name("List Number", niveau)]
        style = self._word.styles.element.get_by_id(identifiant)
        numero = next((int(n.get(qn("w:val"))) for n in style.iter(qn("w:numId"))), 0)
        rang = next((int(r.get(qn("w:val"))) for r in style.iter(qn("w:ilvl"))), 0)
        listes = numbering_of(self._word)
        modele = next((n for n in listes.num_lst if n.numId == numero), None)
        if modele is None:
            return None
        compte = listes.add_num(modele.abstractNumId.val)
        compte.add_lvlOverride(rang).add_startOverride(depart)
        return compte.numId, rang

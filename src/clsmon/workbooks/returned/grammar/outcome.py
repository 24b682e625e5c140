"""Ce que la lecture d'un texte peut donner : un nombre, une absence ou une question."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from clsmon.model.noeud import CHIFFRES_SIGNIFICATIFS, round_decimal
from clsmon.model.releve import Etat
from clsmon.workbooks.reader.refusal import shorten

ESPACES = " \u00a0\u202f\u2009"
"""Espace, insécable, insécable fine et fine : toutes séparent les milliers."""

FRANCAIS = "nombre à la française"
"""La règle d'un nombre écrit simplement ; elle ne s'ajoute pas au nom d'une autre."""

_BLANCS = re.compile(f"[{ESPACES}]")
_TROP_GRAND = Decimal(10) ** CHIFFRES_SIGNIFICATIFS


@dataclass(frozen=True)
class Lu:
    """
    Un nombre lu, et la règle qui l'a lu.

    `estime` : le texte dit que c'est une estimation. `dite` : la lecture n'est pas évidente, et une
    information la montre.
    """

    nombre: Decimal
    regle: str
    estime: bool = False
    dite: bool = False

    def by(self, regle: str, *, dite: bool = False) -> Lu:
        """Le même nombre, lu par une règle de plus."""
        regles = regle if self.regle == FRANCAIS else f"{self.regle}, {regle}"
        return replace(self, regle=regles, dite=self.dite or dite)


@dataclass(frozen=True)
class Absent:
    """Une absence dite en mots : non disponible ou sans objet."""

    etat: Etat
    regle: str


@dataclass(frozen=True)
class Illisible:
    """Un texte non accepté : le code de l'anomalie, la question à poser et la règle qui refuse."""

    code: str
    question: str
    regle: str


def without_spaces(texte: str) -> str:
    """Un texte sans les espaces qui séparent les milliers."""
    return _BLANCS.sub("", texte)


def to_number(chiffres: str, saisi: str, regle: str, *, dite: bool = False) -> Lu | Illisible:
    """
    Le nombre que dit un texte de chiffres à point décimal ; une question au-delà de 15 chiffres.

    Sans zéro inutile : « 12,50 » et « 12,5 » sont la même réponse.
    """
    nombre = Decimal(chiffres)
    if abs(nombre) >= _TROP_GRAND or round_decimal(nombre) != nombre:
        return Illisible(
            "SAI002",
            f"« {shorten(saisi)} » a plus de {CHIFFRES_SIGNIFICATIFS} chiffres : le tableur n'en "
            "garde pas autant.",
            "trop de chiffres",
        )
    return Lu(round_decimal(nombre), regle, dite=dite)

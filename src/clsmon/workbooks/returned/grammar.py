"""
La grammaire des valeurs saisies : chaque règle lit un texte, ou dit pourquoi elle ne le lit pas.

Un texte qu'aucune règle ne lit est une question, jamais un nombre deviné.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from clsmon.model.libelles import simplify
from clsmon.model.noeud import CHIFFRES_SIGNIFICATIFS, round_decimal
from clsmon.model.releve import Etat
from clsmon.workbooks.reader.refusal import shorten

ESPACES = " \u00a0\u202f\u2009"
"""Espace, insécable, insécable fine et fine : toutes séparent les milliers."""

_ENTIER = re.compile(
    rf"-?(?:[1-9][0-9]{{0,2}}(?:[{ESPACES}][0-9]{{3}})+|0|[1-9][0-9]*)(?:,[0-9]+)?", re.ASCII
)
_POINT = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+", re.ASCII)
_MILLIERS_OU_DECIMALE = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}", re.ASCII)
_CHIFFRES_ESPACES = re.compile(rf"-?[0-9]+(?:[{ESPACES}][0-9]+)+(?:,[0-9]+)?", re.ASCII)

ABSENCES = {
    "nd": Etat.NON_DISPONIBLE,
    "n.d.": Etat.NON_DISPONIBLE,
    "non disponible": Etat.NON_DISPONIBLE,
    "non connu": Etat.NON_DISPONIBLE,
    "-": Etat.NON_DISPONIBLE,
    "—": Etat.NON_DISPONIBLE,
    "–": Etat.NON_DISPONIBLE,
    "so": Etat.SANS_OBJET,
    "s.o.": Etat.SANS_OBJET,
    "sans objet": Etat.SANS_OBJET,
    "non concerne": Etat.SANS_OBJET,
}
_TROP_GRAND = Decimal(10) ** CHIFFRES_SIGNIFICATIFS
_AMBIGUS = {"nc", "n.c.", "n/a", "na", "n.a."}


@dataclass(frozen=True)
class Lu:
    """Un nombre lu, et la règle qui l'a lu."""

    nombre: Decimal
    regle: str


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


def read_absence(texte: str) -> Absent | Illisible | None:
    """« ND », « sans objet », « - »… ; une question pour « NC » ; None si ce n'est pas cela."""
    mot = simplify(texte)
    if mot in ABSENCES:
        return Absent(ABSENCES[mot], "absence dite en mots")
    if mot in _AMBIGUS:
        return Illisible(
            "SAI015",
            f"« {texte.strip()} » : non connu, ou non concerné ? Choisissez « non disponible » "
            "ou « sans objet » dans la colonne État.",
            "absence ambiguë",
        )
    return None


def read_number(texte: str) -> Lu | Absent | Illisible:
    """Lit un nombre écrit en texte, à la française ; toute autre écriture est une question."""
    nu = texte.strip(ESPACES + "\t\r\n")
    if (absence := read_absence(nu)) is not None:
        return absence
    if _MILLIERS_OU_DECIMALE.fullmatch(nu):
        return Illisible(
            "SAI018",
            f"« {nu} » : {nu.replace('.', ' ')} ou {nu.replace('.', ',')} ?",
            "point ambigu",
        )
    if _ENTIER.fullmatch(nu):
        chiffres = re.sub(f"[{ESPACES}]", "", nu).replace(",", ".")
        return _number(chiffres, nu, "nombre à la française")
    if _POINT.fullmatch(nu):
        return _number(nu, nu, "point décimal")
    if _CHIFFRES_ESPACES.fullmatch(nu):
        return Illisible(
            "SAI018",
            f"« {nu} » : un seul nombre ou plusieurs ? Écrivez-le sans espace, ou par milliers.",
            "espaces ambigus",
        )
    return Illisible(
        "SAI002",
        f"« {shorten(nu)} » n'est pas un nombre : écrivez un nombre seul, ou « non disponible », "
        "et le reste en commentaire.",
        "pas un nombre",
    )


def read_plain(chiffres: str) -> Lu | Illisible:
    """Le nombre d'une cellule de nombre, à point décimal ; une question au-delà de 15 chiffres."""
    return _number(chiffres, chiffres, "")


def _number(chiffres: str, saisi: str, regle: str) -> Lu | Illisible:
    """Le nombre, sans zéro inutile : « 12,50 » et « 12,5 » sont la même réponse."""
    nombre = Decimal(chiffres)
    if abs(nombre) >= _TROP_GRAND or round_decimal(nombre) != nombre:
        return Illisible(
            "SAI002",
            f"« {shorten(saisi)} » a plus de {CHIFFRES_SIGNIFICATIFS} chiffres : le tableur n'en "
            "garde pas autant.",
            "trop de chiffres",
        )
    return Lu(round_decimal(nombre), regle)

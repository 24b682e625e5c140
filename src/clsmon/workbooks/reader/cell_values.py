"""From the raw content of one cell to what it says, or to why it is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from clsmon.workbooks.reader.appearance import shown_instead
from clsmon.workbooks.reader.container import LIMITES
from clsmon.workbooks.reader.decimals import parse_number
from clsmon.workbooks.reader.grid import Cellule, Nature
from clsmon.workbooks.reader.serials import date_of_serial, parse_iso_date
from clsmon.workbooks.reader.strings import decode_text
from clsmon.workbooks.reader.styles import Affichage, Style

_INDEX = re.compile(r"[0-9]{1,9}", re.ASCII)
_XML_SPACE = " \t\r\n"
TROP_LONG = f"contient un texte de plus de {LIMITES.texte} caractères"
_ORDINARY = Style(Affichage.NOMBRE)
LONGUEUR_GARDEE = 200
"""Jusqu'où un texte revient assez souvent d'un classeur à l'autre pour garder sa cellule."""

_BOOLEANS = {"1": "VRAI", "true": "VRAI", "0": "FAUX", "false": "FAUX"}


class CelluleIllisible(ValueError):  # noqa: N818 - French noun
    """
    Pourquoi une cellule est refusée : la suite de « La cellule … ».

    `brut` : ce qu'elle contient, quand seul celui qui refuse le sait.
    """

    def __init__(self, cause: str, brut: str = "") -> None:
        super().__init__(cause)
        self.brut = brut


@dataclass(frozen=True, slots=True)
class Tables:
    """
    Ce que les cellules désignent par un numéro.

    `textes` : une cellule par texte partagé, par numéro tel qu'écrit : None pour un texte vide,
    nature ERREUR pour un texte démesuré. `styles` : ce que chacun fait d'un nombre ; None pour un
    classeur sans styles.
    """

    textes: Mapping[str, Cellule | None]
    styles: Sequence[Style] | None
    calendrier_1904: bool


def number_texts(textes: Sequence[str]) -> dict[str, Cellule | None]:
    """Les cellules des textes partagés, par numéro : un seul objet par texte."""
    return {str(number): _share_text(texte) for number, texte in enumerate(textes)}


def decode_cell(genre: str, brut: str, style: str, formule: bool, tables: Tables) -> Cellule | None:
    """
    La cellule de type `genre` (attribut `t`) et de contenu `brut`, ou None si elle est vide.

    Lève `CelluleIllisible` : rien n'est deviné.
    """
    if genre == "str":
        return _decode_text(decode_text(brut), formule)
    if genre == "inlineStr":
        return _decode_text(brut, formule)
    brut = brut.strip(_XML_SPACE)
    if not brut:
        return Cellule("", Nature.FORMULE_SANS_RESULTAT, True) if formule else None
    if genre == "s":
        return _share(brut, formule, tables.textes)
    if genre == "n":
        return _decode_number(brut, style, formule, tables)
    return _decode_constant(genre, brut, formule)


def _decode_constant(genre: str, brut: str, formule: bool) -> Cellule:
    if genre == "b" and brut in _BOOLEANS:
        return Cellule(_BOOLEANS[brut], Nature.BOOLEEN, formule)
    if genre == "e" and brut.startswith("#"):
        return Cellule(brut, Nature.ERREUR, formule)
    if genre == "d" and (date := parse_iso_date(brut)):
        return Cellule(date, Nature.DATE, formule)
    raise CelluleIllisible("a un contenu qui n'est pas celui de son type")


def _decode_number(brut: str, style: str, formule: bool, tables: Tables) -> Cellule:
    number = parse_number(brut)
    if number is None:
        raise CelluleIllisible("ne contient pas un nombre lisible")
    return number_cell(number, _look_up(style, tables.styles), formule, tables.calendrier_1904)


def number_cell(number: str, style: Style, formule: bool, calendrier_1904: bool) -> Cellule:
    """La cellule d'un nombre sous ce style : une date, un pourcentage, ou le nombre lui-même."""
    affichage, apparence = style
    if affichage is Affichage.DATE:
        return Cellule(date_of_serial(number, calendrier_1904), Nature.DATE, formule)
    montre = shown_instead(number, apparence) if apparence else ""
    return Cellule(number, Nature.NOMBRE, formule, affichage is Affichage.POURCENTAGE, montre)


def _look_up(style: str, styles: Sequence[Style] | None) -> Style:
    if styles is None:
        return _ORDINARY
    if _INDEX.fullmatch(style) is None or int(style) >= len(styles):
        raise CelluleIllisible("désigne un style qui n'existe pas")
    return styles[int(style)]


def _decode_text(texte: str, formule: bool) -> Cellule | None:
    if len(texte) > LIMITES.texte:
        raise CelluleIllisible(TROP_LONG)
    if formule:
        return Cellule(texte, Nature.TEXTE, formule)
    return text_cell(texte) if texte else None


def _share_text(texte: str) -> Cellule | None:
    if len(texte) > LIMITES.texte:
        return Cellule(texte[: LIMITES.texte], Nature.ERREUR)
    return text_cell(texte) if texte else None


def text_cell(texte: str) -> Cellule:
    """La cellule d'un texte tapé ; les libellés d'un formulaire reviennent dans tous les autres."""
    return _kept(texte) if len(texte) <= LONGUEUR_GARDEE else Cellule(texte, Nature.TEXTE)


@lru_cache(maxsize=4096)
def _kept(texte: str) -> Cellule:
    return Cellule(texte, Nature.TEXTE)


def _share(brut: str, formule: bool, textes: Mapping[str, Cellule | None]) -> Cellule | None:
    if brut not in textes:
        raise CelluleIllisible("désigne un texte partagé qui n'existe pas")
    shared = textes[brut]
    if shared and shared.nature is Nature.ERREUR:
        raise CelluleIllisible(TROP_LONG)
    return _decode_text(shared.texte if shared else "", True) if formule else shared

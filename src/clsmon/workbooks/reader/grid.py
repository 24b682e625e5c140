"""Ce qu'un classeur contient, une fois lu : des feuilles creuses de cellules typées."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from clsmon.model.anomalie import Anomalie

Place = tuple[int, int]
"""(ligne, colonne), comptées à partir de 1."""

LIGNES_MAX = 1_048_576
COLONNES_MAX = 16_384

_COLONNE = re.compile(r"[A-Z]{1,3}", re.ASCII)
_ADRESSE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)


class Nature(StrEnum):
    """Ce qu'une cellule contient vraiment, quelle que soit son apparence."""

    NOMBRE = "nombre"
    TEXTE = "texte"
    BOOLEEN = "booleen"
    ERREUR = "erreur"
    FORMULE_SANS_RESULTAT = "formule_sans_resultat"
    DATE = "date"
    FUSIONNEE = "fusionnee"
    """Sous une fusion de cellules à remplir : donnée par la lecture d'un retour, jamais avant."""


@dataclass(frozen=True, slots=True)
class Cellule:
    """
    Une cellule non vide.

    `texte` : l'écriture décimale exacte d'un nombre, au plus 15 chiffres significatifs, point
    décimal, sans exposant ; le texte décodé ; « VRAI » ou « FAUX » ; « #N/A » et les autres
    erreurs ; la date ISO 8601 (« 2025-04-03 » ou « 2025-04-03T14:30:00 »), ou le numéro de série
    quand il n'est celui d'aucune date ; vide pour une formule sans résultat enregistré.
    Une cellule refusée garde son texte brut avec la nature ERREUR ; une anomalie la nomme.
    `formule` : la valeur est le résultat enregistré d'une formule.
    `pourcentage` : le tableur affiche ce nombre en %, « 80 % » pour un `texte` de « 0.8 ».
    `montre` : ce que la personne voit à la place du nombre (« ND » entre guillemets, « rien », « le
    nombre divisé par 1 000 ») ; vide quand elle voit le nombre.
    """

    texte: str
    nature: Nature
    formule: bool = False
    pourcentage: bool = False
    montre: str = ""


class Fusion(NamedTuple):
    """Une fusion de cellules, bornes comprises ; le tableur n'en montre que la première cellule."""

    haut: int
    gauche: int
    bas: int
    droite: int

    @property
    def adresse(self) -> str:
        """« H12:H14 »."""
        return f"{address((self.haut, self.gauche))}:{address((self.bas, self.droite))}"


@dataclass(frozen=True, slots=True)
class Feuille:
    """
    Une feuille de calcul ; `cellules` n'a pas d'entrée pour une cellule vide.

    `fusions` : celles d'au moins deux cellules, jamais dépliées ; une cellule cachée par une fusion
    garde sa place dans `cellules`.
    """

    nom: str
    cellules: Mapping[Place, Cellule]
    cachee: bool
    fusions: tuple[Fusion, ...] = ()


@dataclass(frozen=True, slots=True)
class Classeur:
    """
    Un classeur lu, dans l'ordre de ses feuilles de calcul.

    `noms` : les noms définis de portée classeur et leur formule, telle qu'écrite.
    `proprietes` : les propriétés personnalisées, en texte.
    `macros` : le classeur en porte ; elles ne sont ni lues ni lancées.
    `anomalies` : parties (FOR008) et cellules (SAI001) refusées ; le reste est lu.
    """

    feuilles: tuple[Feuille, ...]
    noms: Mapping[str, str]
    proprietes: Mapping[str, str]
    calendrier_1904: bool
    macros: bool
    anomalies: tuple[Anomalie, ...]


def address(place: Place) -> str:
    """L'adresse d'une place : (12, 8) donne « H12 »."""
    row, column = place
    return f"{_name_column(column)}{row}"


def parse_address(adresse: str) -> Place | None:
    """La place d'une adresse en majuscules sans « $ », ou None hors de la feuille."""
    match = _ADRESSE.fullmatch(adresse)
    if match is None:
        return None
    row, column = int(match[2]), number_column(match[1])
    return (row, column) if row <= LIGNES_MAX and column else None


@lru_cache(maxsize=1024)
def parse_range(reference: str) -> Fusion | None:
    """La plage d'une référence « A1:B2 », ou « A1 » pour une seule cellule ; None sinon."""
    first, _, last = reference.partition(":")
    start, end = parse_address(first), parse_address(last or first)
    if start is None or end is None or start[0] > end[0] or start[1] > end[1]:
        return None
    return Fusion(*start, *end)


@lru_cache(maxsize=1024)
def number_column(lettres: str) -> int:
    """Le numéro d'une colonne, à partir de 1, ou 0 si ces lettres n'en nomment aucune."""
    if _COLONNE.fullmatch(lettres) is None:
        return 0
    number = 0
    for letter in lettres:
        number = number * 26 + ord(letter) - 64
    return number if number <= COLONNES_MAX else 0


def _name_column(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters

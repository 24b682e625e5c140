"""Ce qu'un cahier d'examen montrait : la valeur déclarée de chaque chiffre, et par qui."""

from __future__ import annotations

from typing import NamedTuple

from clsmon.workbooks.examen.layout import TITRES_MACHINE
from clsmon.workbooks.reader.grid import Classeur, Feuille
from clsmon.workbooks.returned.identity import holds_identity


class Declaree(NamedTuple):
    """Une valeur telle que montrée, en texte canonique, et celui qui la déclarait."""

    declarant: str
    valeur: str


def read_declared(classeur: Classeur) -> dict[str, Declaree]:
    """La valeur montrée pour chaque clé, dans la feuille cachée ; vide si elle n'y est plus."""
    declarees: dict[str, Declaree] = {}
    for feuille in classeur.feuilles:
        if holds_identity(feuille):
            declarees |= _rows(feuille)
    return declarees


def _rows(feuille: Feuille) -> dict[str, Declaree]:
    for (entete, premiere), cellule in feuille.cellules.items():
        if cellule.texte == "cle" and _texts(feuille, entete, premiere) == TITRES_MACHINE:
            lignes = (
                _texts(feuille, rangee, premiere)
                for rangee, colonne in feuille.cellules
                if colonne == premiere and rangee > entete
            )
            return {textes[0]: Declaree(*textes[-2:]) for textes in lignes}
    return {}


def _texts(feuille: Feuille, rangee: int, premiere: int) -> tuple[str, ...]:
    cellules = (
        feuille.cellules.get((rangee, premiere + rang)) for rang in range(len(TITRES_MACHINE))
    )
    return tuple(cellule.texte if cellule else "" for cellule in cellules)

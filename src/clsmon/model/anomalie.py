"""Ce qui ne va pas, où, et avec quelle conséquence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Gravite(StrEnum):
    """La gravité dit sa conséquence."""

    ERREUR = "erreur"
    """Non enregistré ou non accepté."""
    ALERTE = "alerte"
    """Enregistré, à confirmer."""
    INFO = "info"
    """Pour information."""


@dataclass(frozen=True, slots=True)
class Lieu:
    """
    Une place dans un fichier : ligne et colonne d'un texte, ou feuille et cellule d'un classeur.

    `fichier` est relatif à la racine du dossier quand il s'y trouve, avec des « / » ;
    `ligne` et `colonne` se comptent à partir de 1 ; 0 quand la place n'est pas connue.
    `longueur` est celle du texte en cause, en caractères, pour le souligner.
    """

    fichier: str
    ligne: int = 0
    colonne: int = 0
    feuille: str = ""
    cellule: str = ""
    longueur: int = 1

    def __str__(self) -> str:
        if self.feuille:
            return f"{self.fichier}, feuille {self.feuille}, cellule {self.cellule}"
        if self.ligne:
            return f"{self.fichier}:{self.ligne}:{self.colonne}"
        return self.fichier

    def order(self) -> tuple[object, ...]:
        """Le rang d'une place : fichier dans l'ordre naturel (1.2 avant 1.10), puis position."""
        return (
            natural_key(self.fichier),
            self.feuille,
            self.ligne,
            self.colonne,
            natural_key(self.cellule),
        )


@dataclass(frozen=True, slots=True)
class Anomalie:
    """
    Un constat de l'outil sur le dossier ou sur un classeur rendu.

    `code` est stable pour toujours ; `clsmon explain CODE` en donne la page.
    `message` contient la valeur rencontrée ; `conseil` dit le remède.
    """

    lieu: Lieu
    code: str
    gravite: Gravite
    message: str
    conseil: str = ""

    def order(self) -> tuple[object, ...]:
        """L'ordre d'affichage : par place, puis par code et message."""
        return (*self.lieu.order(), self.code, self.message)


class ClsmonError(Exception):
    """
    On ne peut pas continuer : une phrase en français, sa place et son remède.

    `code_sortie` est celui de la sortie : 1 pour une erreur, 2 pour une commande mal employée.
    """

    code_sortie = 1

    def __init__(self, message: str, lieu: Lieu | None = None, conseil: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.lieu = lieu
        self.conseil = conseil


class MauvaisUsageError(ClsmonError):
    """La commande est mal employée : dossier, exercice, organisme ou option inconnus."""

    code_sortie = 2


def natural_key(texte: str) -> tuple[tuple[int, int, str], ...]:
    """Une clé de tri où les nombres comptent comme des nombres : 1.2 avant 1.10."""
    morceaux = re.findall(r"[0-9]+|[^0-9]+", texte)
    return tuple(
        (0, int(morceau), "") if morceau.isdigit() else (1, 0, morceau.casefold())
        for morceau in morceaux
    )

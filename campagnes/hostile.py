"""Un fichier hostile et la façon dont sa collecte doit finir."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Parties = Mapping[str, bytes]
"""Les parties d'un classeur, par nom."""


class Fin(StrEnum):
    """
    Comment une collecte doit finir.

    REFUSE : le fichier entier est refusé, sans relevé, code 1. QUESTION : une cellule ou une partie
    l'est, le reste peut être lu, code 1. LU : rien ne gêne, le relevé est écrit, code 0. LIBRE :
    l'une de ces trois fins, selon ce que les outils d'archive tolèrent.
    """

    REFUSE = "refuse"
    QUESTION = "question"
    LU = "lu"
    LIBRE = "libre"


@dataclass(frozen=True)
class Fichier:
    """Un fichier reçu ; `suffixe` est celui de son nom, vrai ou mensonger."""

    nom: str
    octets: bytes
    fin: Fin = Fin.REFUSE
    suffixe: str = ".xlsx"

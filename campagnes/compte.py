"""Ce qu'une campagne rend : combien d'essais, ce qui a été vérifié, ce qui n'a pas tenu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Compte:
    """
    Le compte d'une campagne.

    `verifie` dit ce qui est vérifié à chaque essai ; `fautes`, une phrase par essai qui n'a pas
    tenu ; `mesures`, des chiffres à montrer qui ne sont pas des fautes.
    """

    verifie: str
    essais: int = 0
    fautes: list[str] = field(default_factory=list)
    mesures: list[str] = field(default_factory=list)

    def expect(self, tenu: bool, faute: str) -> bool:
        """Note une faute si l'attendu n'est pas tenu ; rend ce qu'il en est."""
        if not tenu:
            self.fautes.append(faute)
        return tenu


@dataclass(frozen=True)
class Campagne:
    """
    Une campagne nommée : sa promesse, son nombre d'essais entier et celui des tests ordinaires.

    `run(graine, nombre, dossier)` n'écrit que sous `dossier`, vide au départ ; la même graine
    refait les mêmes essais.
    """

    nom: str
    promesse: str
    nombre: int
    court: int
    run: Callable[[int, int, Path], Compte]

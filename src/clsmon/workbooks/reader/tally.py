"""What is counted over a whole workbook, and what is refused in one sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from clsmon.workbooks.reader.container import LIMITES
from clsmon.workbooks.reader.refusal import beyond


class Refusee(NamedTuple):
    """Une cellule refusée : son adresse telle qu'écrite, son contenu, la cause."""

    adresse: str
    brut: str
    cause: str


@dataclass(slots=True)
class Comptes:
    """Ce qui se compte sur le classeur entier, et s'arrête à ses limites."""

    cellules: int = 0
    fusions: int = 0
    enregistrements: int = 0

    def count_cell(self, nombre: int = 1) -> None:
        """Lève `ClasseurRefuse` (FOR007) au-delà de la limite."""
        self.cellules += nombre
        if self.cellules > LIMITES.cellules:
            raise beyond("Le classeur contient trop de cellules", f"{LIMITES.cellules}")

    def count_merge(self, nombre: int = 1) -> None:
        """Lève `ClasseurRefuse` (FOR007) au-delà de la limite."""
        self.fusions += nombre
        if self.fusions > LIMITES.fusions:
            raise beyond("Le classeur contient trop de fusions", f"{LIMITES.fusions}")

    def count_record(self) -> None:
        """Lève `ClasseurRefuse` (FOR007) au-delà de la limite."""
        self.enregistrements += 1
        if self.enregistrements > LIMITES.enregistrements:
            raise beyond("Le classeur contient trop d'éléments", f"{LIMITES.enregistrements}")

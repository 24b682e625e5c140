"""Ce que sont devenues les réponses demandées, en nombre."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Completude:
    """
    Les mesures demandées et ce qu'elles sont devenues, en nombre de réponses attendues.

    Une mesure demandée à trois organismes compte pour trois réponses attendues.
    """

    demandees: int = 0
    renseignees: int = 0
    estimees: int = 0
    non_disponibles: int = 0
    sans_objet: int = 0
    a_verifier: int = 0
    non_repondues: int = 0

    @property
    def taux(self) -> Decimal | None:
        """(renseigné + estimé) / (demandées - sans objet), en % ; None si rien n'est demandé."""
        base = self.demandees - self.sans_objet
        return Decimal(self.renseignees + self.estimees) / base * 100 if base else None

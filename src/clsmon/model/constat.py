"""Ce que l'on sait d'une mesure une année : qui a répondu quoi, ce qui compte, ce qui évolue."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from clsmon.model.contestation import ChiffreConteste
from clsmon.model.releve import Releve, Valeur
from clsmon.model.statut import Statut


@dataclass(frozen=True)
class Declaration:
    """La réponse d'un organisme à une mesure, et le relevé qui la porte."""

    organisme: str
    valeur: Valeur
    releve: Releve


@dataclass(frozen=True)
class Constat:
    """
    Ce que l'on sait d'une mesure pour un exercice.

    `nombre` est dans l'unité de la mesure (un taux en points de %), `texte` pour une réponse qui
    n'est pas un nombre. `declarations` sont les réponses retenues, puis les autres lectures.
    `incomplet` nomme les organismes qui manquent à une somme. `retenues` est le nombre de
    déclarations retenues, en tête de `declarations` ; `arbitrage` nomme la décision qui a choisi.
    `contestations` : ce que des signataires proposent d'autre ; `declare` est alors le constat sans
    l'arbitrage, et `proposant` celui dont la valeur proposée est retenue.
    """

    exercice: int
    statut: Statut
    nombre: Decimal | None = None
    numerateur: Decimal | None = None
    denominateur: Decimal | None = None
    texte: str = ""
    declarations: tuple[Declaration, ...] = ()
    incomplet: tuple[str, ...] = ()
    retenues: int = 0
    arbitrage: str = ""
    contestations: tuple[ChiffreConteste, ...] = ()
    declare: Constat | None = None
    proposant: str = ""

    @property
    def sources(self) -> tuple[str, ...]:
        """Les organismes d'où vient la valeur ; vide si elle est calculée ou fixée par le COPIL."""
        return tuple(declaration.organisme for declaration in self.declarations[: self.retenues])

    def holds_declared(self, declaration: Declaration) -> bool:
        """Vrai pour la réponse qui fait à elle seule la valeur déclarée d'un chiffre contesté."""
        declare = self.declare
        if declare is None or declare.retenues != 1:
            return False
        return declare.declarations[0] is declaration

    @property
    def declarant(self) -> str | None:
        """Celui d'où vient la valeur ; None pour un total de plusieurs organismes."""
        return self.sources[0] if len(self.sources) == 1 else None

    @property
    def canonique(self) -> str:
        """La valeur en texte canonique, un taux par ses termes, « 41/60 » ; vide sans valeur."""
        if self.numerateur is not None and self.denominateur is not None:
            return f"{self.numerateur:f}/{self.denominateur:f}"
        return self.texte if self.nombre is None else f"{self.nombre:f}"


@dataclass(frozen=True)
class Ecart:
    """Une évolution : différence (points pour un taux) et % ; pas de % à partir de zéro."""

    difference: Decimal
    pourcentage: Decimal | None

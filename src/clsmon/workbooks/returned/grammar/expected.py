"""Ce qu'une cellule de nombre attend : de quoi lire une unité sans la deviner."""

from __future__ import annotations

from dataclasses import dataclass

from clsmon.model.indicateur import Mesure, TypeMesure


@dataclass(frozen=True)
class Attendu:
    """
    Le type et l'unité attendus ; `unite` est vide quand on ne sait pas ce qui est compté.

    `entier` : ce qui est compté n'a pas de décimales.
    """

    type: TypeMesure
    unite: str = ""
    entier: bool = False

    @property
    def trois_decimales_douteuses(self) -> bool:
        """Vrai là où « 1,234 » ne peut guère être un nombre à trois décimales."""
        return self.entier or self.type is TypeMesure.MONTANT


TERME = Attendu(TypeMesure.NOMBRE)
"""Un terme d'un taux : un nombre seul, dont l'unité n'est écrite nulle part."""


def expect(mesure: Mesure) -> Attendu:
    """Ce qu'attend la cellule « valeur » d'une mesure chiffrée."""
    entier = mesure.type is TypeMesure.NOMBRE and not mesure.decimales
    return Attendu(mesure.type, mesure.unite_affichee, entier)

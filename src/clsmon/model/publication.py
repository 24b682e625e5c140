"""Ce qui peut être rendu public d'un exercice, et ce qui y reste secret."""

from __future__ import annotations

from dataclasses import dataclass

from clsmon.model.noeud import Identifiant, Noeud


class Publication(Noeud):
    """
    Ce que dit `data/publications/<exercice>.yaml`.

    `fiches` : celles dont les textes des partenaires peuvent être publiés, relus un à un.
    `masques` : les clés dont la valeur de cet exercice n'a pas été publiée ; l'outil en ajoute,
    n'en ôte jamais, et les tient secrètes dans les bilans publics des années suivantes.
    """

    fiches: tuple[Identifiant, ...] = ()
    masques: tuple[str, ...] = ()


@dataclass(frozen=True)
class Secret:
    """
    Ce qu'un bilan public ne dit pas.

    `seuil` : les effectifs de 1 à `seuil` - 1 sont masqués. `masques` : (clé, exercice) de chaque
    valeur masquée, petite ou liée à une petite ; `initiales` : les clés dont la valeur initiale
    l'est. `fiches` : celles dont les textes sont publiés. Tout est trié.
    """

    seuil: int
    masques: tuple[tuple[str, int], ...] = ()
    initiales: tuple[str, ...] = ()
    fiches: tuple[str, ...] = ()

    def masked_in(self, exercice: int) -> tuple[str, ...]:
        """Les clés masquées d'un exercice."""
        return tuple(cle for cle, annee in self.masques if annee == exercice)

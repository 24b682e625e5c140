"""
Ce que les partenaires proposent de changer au contrat, et ce qu'il faut pour le faire.

Source : contrat, articles 6 et 7.
"""

from __future__ import annotations

from dataclasses import dataclass

from clsmon.model.fiche import Fiche
from clsmon.model.releve import Evolution


@dataclass(frozen=True)
class Proposition:
    """Un organisme qui propose une évolution, et le motif qu'il donne ; vide s'il n'en dit rien."""

    organisme: str
    motif: str = ""


@dataclass(frozen=True)
class EvolutionProposee:
    """
    La modification ou le retrait d'une fiche, ceux qui le proposent, et sa voie.

    `decision` nomme la décision qui l'a tranché ; `suite` le dit en mots, ou que la fiche porte
    déjà une date de fin ; vide : à décider.
    """

    fiche: Fiche
    nature: Evolution
    propositions: tuple[Proposition, ...]
    voie: str
    decision: str = ""
    suite: str = ""

    @property
    def a_decider(self) -> bool:
        """Vrai si le COPIL ne s'est pas encore prononcé."""
        return not self.suite


@dataclass(frozen=True)
class FicheAProgrammer:
    """
    Une fiche annoncée par le contrat et pas encore écrite.

    `manque` nomme les rubriques vides, dans l'ordre d'une fiche ; `decision`, celle qui l'ajoute.
    """

    fiche: Fiche
    manque: tuple[str, ...]
    decision: str = ""


@dataclass(frozen=True)
class AvenantEnCours:
    """Un avenant décidé et pas encore écrit (`numero` None), ou écrit et pas encore signé."""

    objet: str
    decision: str = ""
    numero: int | None = None


@dataclass(frozen=True)
class Evolutions:
    """
    Tout ce qui est proposé pour le contrat, et le projet d'ordre du jour du prochain COPIL.

    `maintenues` : les fiches que tous ceux qui se prononcent veulent garder telles quelles ;
    `sans_avis` : celles dont personne ne dit rien. `voie_programmation` et `voie_avenant` sont les
    voies, en mots, communes à toutes les fiches à programmer et à tous les avenants.
    """

    proposees: tuple[EvolutionProposee, ...] = ()
    maintenues: tuple[Fiche, ...] = ()
    sans_avis: tuple[Fiche, ...] = ()
    a_programmer: tuple[FicheAProgrammer, ...] = ()
    voie_programmation: str = ""
    avenants: tuple[AvenantEnCours, ...] = ()
    voie_avenant: str = ""
    ordre_du_jour: tuple[str, ...] = ()

"""Une séance prête à être montrée : son ordre du jour, ou son compte rendu."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clsmon.model.bilan import Bilan, DecisionSuivie, LigneMesure
from clsmon.model.dossier import Dossier
from clsmon.model.evolutions import EvolutionProposee
from clsmon.model.fiche import Fiche
from clsmon.model.gouvernance import Assiduite
from clsmon.model.revision import Remede
from clsmon.model.seance import Action, EtatDecision, Seance


@dataclass(frozen=True)
class Presence:
    """Un organisme à une séance ; `present` et `excuse` sont faux l'un et l'autre s'il manquait."""

    organisme: str
    convoque: bool
    present: bool
    excuse: bool


@dataclass(frozen=True)
class ActionFixee:
    """Une action que cette séance a mise au programme d'un exercice."""

    exercice: int
    fiche: str
    action: Action


@dataclass(frozen=True)
class Reunion:
    """
    Une séance et ce qu'il faut pour la préparer ou en rendre compte, vu le jour où elle se tient.

    `points` : son ordre du jour, ou celui que l'on propose si elle n'en a pas (`points_proposes`).
    `evolutions` et `a_programmer` : les fiches à modifier, retirer ou ajouter (article 6), sans
    celles dont le sort est décidé. `arbitrages` : les mesures répondues deux fois ou contestées.
    `ouvertes` : les décisions des autres séances qui restent à faire. `programme` : les actions
    qu'elle fixe. `assiduite` : les présents parmi les convoqués, comme au bilan. `etats` : où en
    sont ses décisions, par identifiant. `a_reporter` : ce que les fiches n'en disent pas encore.
    """

    dossier: Dossier
    seance: Seance
    bilan: Bilan
    points: tuple[str, ...]
    points_proposes: bool
    evolutions: tuple[EvolutionProposee, ...]
    a_programmer: tuple[Fiche, ...]
    arbitrages: tuple[LigneMesure, ...]
    ouvertes: tuple[DecisionSuivie, ...]
    presences: tuple[Presence, ...]
    assiduite: Assiduite
    programme: tuple[ActionFixee, ...]
    etats: Mapping[str, EtatDecision]
    a_reporter: tuple[Remede, ...] = ()

    @property
    def exercice(self) -> int:
        """L'exercice que la séance examine."""
        return self.bilan.exercice

    @property
    def instance(self) -> str:
        """Le nom de l'instance, ou son code si le contrat ne la nomme pas."""
        instance = self.dossier.contrat.instances.get(self.seance.instance)
        return instance.nom if instance else self.seance.instance

"""Ce que contient le classeur « Séance », pour qui n'écrit pas de YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clsmon.model.dossier import Dossier
from clsmon.model.seance import Action, Seance


@dataclass(frozen=True)
class ClasseurSeance:
    """
    Tout ce qu'il faut pour écrire le classeur d'une séance.

    `seance` est celle du dossier, ou ce que l'on propose d'une séance qui n'y est pas encore.
    `participants` : les organismes qui ont leur ligne de présence ; `non_nommes` : les membres que
    le contrat ne nomme pas un à un. `programme` est celui de l'année `annee_programme`, None quand
    elle n'est plus du contrat. `base` : les empreintes de la séance et du programme d'où il part.
    """

    dossier: Dossier
    nom: str
    seance: Seance
    exercice: int
    participants: tuple[str, ...]
    non_nommes: tuple[str, ...]
    annee_programme: int | None
    programme: Mapping[str, tuple[Action, ...]]
    base: tuple[str, str]
    fictif: bool = False

    @property
    def instance(self) -> str:
        """Le nom de l'instance, ou son code si le contrat ne la nomme pas."""
        instance = self.dossier.contrat.instances.get(self.seance.instance)
        return instance.nom if instance else self.seance.instance

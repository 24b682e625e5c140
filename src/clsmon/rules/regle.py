"""Une règle et ce qu'elle rend."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.dossier import Dossier
from clsmon.model.suggestion import advise


class Constat(NamedTuple):
    """Ce qu'une règle trouve : la place, une phrase avec la valeur rencontrée, le remède."""

    lieu: Lieu
    message: str
    conseil: str = ""


@dataclass(frozen=True, slots=True)
class Regle:
    """
    Une règle d'un contrat sain.

    Le nom de `fonction` est l'énoncé qui doit être vrai ; sa docstring est la page que
    `clsmon explain` affiche. `code` est stable pour toujours.
    """

    code: str
    gravite: Gravite
    fonction: Callable[[Dossier], Iterator[Constat]]

    @property
    def nom(self) -> str:
        """L'énoncé de la règle : « cible_du_bon_cote »."""
        return self.fonction.__name__

    def check(self, dossier: Dossier) -> Iterator[Anomalie]:
        """Les anomalies du dossier pour cette règle."""
        for lieu, message, conseil in self.fonction(dossier):
            yield Anomalie(lieu, self.code, self.gravite, message, conseil)


def unknown(lieu: Lieu, quoi: str, saisi: str, connus: Iterable[str]) -> Constat:
    """Le constat d'un nom inconnu, avec au plus une suggestion."""
    return Constat(lieu, f"{quoi} : « {saisi} »", advise(saisi, connus))

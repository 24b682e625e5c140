"""Chaque mesure d'avant avec celle d'après, et la dernière année où l'on y a répondu."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clsmon.analysis.revisions.answers import Repondues, last_answer
from clsmon.analysis.revisions.contract import content_of
from clsmon.analysis.revisions.wording import describe_gap
from clsmon.model.dossier import Dossier, MesureSituee
from clsmon.model.fiche import Fiche
from clsmon.model.revision import Besoin
from clsmon.model.seance import NatureDecision


@dataclass(frozen=True)
class Couple:
    """Une mesure avant et après, la fiche d'après, et la dernière année répondue."""

    avant: MesureSituee
    apres: MesureSituee
    repondue: int | None

    @property
    def nom(self) -> str:
        return f"mesure {self.apres.cle}"

    @property
    def chemin(self) -> str:
        return f"indicateurs/{self.apres.indicateur.id}/{self.apres.mesure.id}"


def measures_of(dossier: Dossier, fiche: Fiche) -> list[MesureSituee]:
    return [s for s in dossier.mesures.values() if s.fiche.id == fiche.id]


def pair_measures(
    avant: Dossier, apres: Dossier, ancienne: Fiche, fiche: Fiche, repondues: Repondues
) -> Iterator[Couple]:
    """Par la clé, par une ancienne clé, ou par la même place dans une fiche renumérotée."""
    for situee in measures_of(avant, ancienne):
        place = situee.cle.partition("/")[2]
        actuelle = apres.cles_actuelles.get(situee.cle, f"{fiche.id}/{place}")
        if autre := apres.mesures.get(actuelle):
            yield Couple(situee, autre, last_answer(repondues, situee, autre))


def decide_on(fiche: Fiche, texte: str) -> Besoin:
    return Besoin(NatureDecision.MODIFICATION_FICHE, fiche.id, texte)


def gap_of(ancienne: object, nouvelle: object, champ: str) -> str:
    avant, apres = getattr(ancienne, champ), getattr(nouvelle, champ)
    if champ == "modalites" and set(avant) <= set(apres):
        return ""  # one choice more leaves every answer what it was
    return describe_gap(content_of(avant), content_of(apres))

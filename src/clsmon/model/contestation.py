"""Ce que les signataires ont observé d'un bilan, rattaché à qui l'a dit et d'où cela vient."""

from __future__ import annotations

from dataclasses import dataclass

from clsmon.model.observation import AvisFiche, Contestation, Examen


@dataclass(frozen=True)
class AvisRendu:
    """L'avis d'un signataire sur une fiche, pour un exercice, et l'examen qui le porte."""

    exercice: int
    organisme: str
    fiche: str
    avis: AvisFiche
    examen: Examen


@dataclass(frozen=True)
class ChiffreConteste:
    """
    Un chiffre contesté par un signataire, pour un exercice, et l'examen qui le porte.

    `cle` est la clé actuelle de la mesure. `perimee` : la valeur déclarée n'est plus celle que le
    signataire avait sous les yeux.
    """

    exercice: int
    organisme: str
    cle: str
    contestation: Contestation
    examen: Examen
    perimee: bool = False

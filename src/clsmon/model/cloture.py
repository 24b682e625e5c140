"""
Où en est un bilan : envoyé pour avis, adopté, et ce qui est arrivé depuis.

Source : contrat, articles 7 (le COPIL examine le bilan) et 8 (droit de regard des signataires).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # The report holds its closing: each would import the other.
    from clsmon.model.constat import Declaration
    from clsmon.model.dossier import MesureSituee


@dataclass(frozen=True)
class MesureTardive:
    """
    Une mesure dont la réponse d'un organisme a changé depuis l'adoption ; None : pas de réponse.

    `decision` nomme l'arbitrage, postérieur à l'adoption, qui la fait compter ; vide : elle ne
    change aucun chiffre.
    """

    situee: MesureSituee
    adoptee: Declaration | None
    recue: Declaration | None
    decision: str = ""
    secrete: bool = False
    """Vrai si ni l'une ni l'autre ne se publie : elles ne sont pas absentes."""


@dataclass(frozen=True)
class RetourTardif:
    """
    Ce qu'un organisme a rendu après l'adoption, et ce que cela changerait.

    `rubriques` nomme les rubriques de fiche qui changent : « 3.1 Freins ».
    """

    organisme: str
    releves: tuple[str, ...]
    mesures: tuple[MesureTardive, ...]
    rubriques: tuple[str, ...]


@dataclass(frozen=True)
class Cloture:
    """
    La vie d'un bilan vue par son document.

    `adoption` nomme la décision qui l'adopte, prise le `adopte_le` ; `empreinte` est celle des
    chiffres adoptés, vide tant qu'ils ne sont pas figés ; `calculee`, la même refaite aujourd'hui.
    """

    envoye_le: date | None = None
    droit_de_regard_fin: date | None = None
    adoption: str = ""
    adopte_le: date | None = None
    empreinte: str = ""
    calculee: str = ""
    tardifs: tuple[RetourTardif, ...] = ()

    @property
    def fige(self) -> bool:
        """Vrai si les chiffres adoptés sont figés."""
        return bool(self.adoption and self.empreinte)

    @property
    def fidele(self) -> bool:
        """Vrai si les chiffres sont bien ceux qui ont été adoptés ; vrai aussi avant."""
        return not self.empreinte or self.empreinte == self.calculee

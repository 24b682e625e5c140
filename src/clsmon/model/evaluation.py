"""
La matière de l'évaluation finale : tous les exercices du contrat ensemble.

Chaque chiffre d'une année est celui du bilan de cette année, tenu et non recopié.
Source : contrat, article 7 et fiche 5.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from clsmon.model.bilan import ActionSuivie, Bilan, BilanFiche, DecisionSuivie, LigneMesure
from clsmon.model.constat import Constat, Ecart
from clsmon.model.contrat import Axe, Contrat
from clsmon.model.dossier import MesureSituee
from clsmon.model.echeance import DatesFinales
from clsmon.model.fiche import Fiche
from clsmon.model.releve import EtatAction
from clsmon.model.seance import Avenant
from clsmon.model.statut import Statut


class EtatExercice(StrEnum):
    """Où en est la collecte d'un exercice."""

    RENDU = "rendu"
    SANS_RETOUR = "sans retour"
    A_VENIR = "à venir"


@dataclass(frozen=True)
class SeancesTenues:
    """
    Le nombre de séances tenues par une instance dans une année civile.

    None si le dossier n'a aucune séance de cette année : elles ne sont pas connues.
    """

    instance: str
    tenues: int | None
    minimum: int | None


@dataclass(frozen=True)
class AnneeEvaluee:
    """
    Un exercice du contrat ; `bilan` est None tant que sa campagne n'est pas ouverte.

    `seances` sont celles de l'année civile de l'exercice. `adopte` nomme la décision d'adoption.
    """

    exercice: int
    etat: EtatExercice
    bilan: Bilan | None
    seances: tuple[SeancesTenues, ...]
    adopte: str = ""

    @property
    def actions(self) -> tuple[tuple[BilanFiche, ActionSuivie], ...]:
        """Les actions du programme de l'exercice, fiche par fiche."""
        fiches = self.bilan.fiches if self.bilan else ()
        return tuple((fiche, suivie) for fiche in fiches for suivie in fiche.programme)

    def count_actions(self, etat: EtatAction | None) -> int:
        """Le nombre d'actions de cet état ; None : personne n'en dit rien."""
        return sum(suivie.etat is etat for _, suivie in self.actions)


class SituationPoint(StrEnum):
    """Pourquoi une mesure a, ou n'a pas, de constat une année."""

    SUIVIE = "suivie"
    PAS_ENCORE = "pas encore suivie"
    FINIE = "n’est plus suivie"
    HORS_VIGUEUR = "fiche hors vigueur"
    NON_DUE = "non demandée"
    A_VENIR = "à venir"


@dataclass(frozen=True)
class Point:
    """Une année d'une série ; `constat` est celui du bilan de l'année, None si non suivie."""

    exercice: int
    situation: SituationPoint
    constat: Constat | None = None


@dataclass(frozen=True)
class Serie:
    """
    Une mesure sur toute la durée du contrat.

    `succede_a` : la mesure que celle-ci remplace ; les deux séries ne se comparent pas.
    `evolution` va de la première à la dernière valeur ; None s'il n'y en a pas deux, ou si elles ne
    viennent pas des mêmes organismes (`repondant_change`). `cumul` est la somme d'un flux, None si
    les années viennent d'organismes différents (`cumul_mele`) ; `sans_valeur` sont les années
    suivies qui lui manquent. `ligne` est celle du dernier bilan où la mesure figure.
    """

    situee: MesureSituee
    points: tuple[Point, ...]
    ligne: LigneMesure | None
    succede_a: MesureSituee | None = None
    evolution: Ecart | None = None
    repondant_change: bool = False
    cumul: Decimal | None = None
    cumul_mele: bool = False
    sans_valeur: tuple[int, ...] = ()


class SortFiche(StrEnum):
    """Ce qu'une fiche est devenue, quand ce n'est pas d'être suivie du début à la fin."""

    AJOUTEE = "ajoutée"
    RETIREE = "retirée"
    NON_DEMARREE = "non démarrée à ce jour"
    SANS_AVANCEMENT = "avancement jamais déclaré"
    A_PROGRAMMER = "non programmée à ce jour"


@dataclass(frozen=True)
class FicheEvaluee:
    """Une fiche sur toute la durée du contrat ; `bilans` va de l'exercice à ce qu'il en dit."""

    fiche: Fiche
    bilans: tuple[tuple[int, BilanFiche], ...]
    series: tuple[Serie, ...]
    sorts: tuple[SortFiche, ...]


@dataclass(frozen=True)
class AxeEvalue:
    """Un axe et ses fiches ; `axe` est None pour celles qui n'en ont pas."""

    axe: Axe | None
    fiches: tuple[FicheEvaluee, ...]


@dataclass(frozen=True)
class SansReponse:
    """Une mesure demandée à un organisme, qui n'en a jamais donné de valeur."""

    organisme: str
    situee: MesureSituee
    statuts: tuple[tuple[int, Statut], ...]


@dataclass(frozen=True)
class ChiffreDiscute:
    """Une mesure aux réponses différentes, contestée par un signataire, ou arbitrée."""

    exercice: int
    ligne: LigneMesure


@dataclass(frozen=True)
class Evaluation:
    """Tous les exercices d'un contrat, prêts à être montrés à l'évaluateur."""

    contrat: Contrat
    date: date
    fin: DatesFinales
    annees: tuple[AnneeEvaluee, ...]
    axes: tuple[AxeEvalue, ...]
    decisions: tuple[DecisionSuivie, ...]
    avenants: tuple[Avenant, ...]
    sans_reponse: tuple[SansReponse, ...]
    discutes: tuple[ChiffreDiscute, ...]
    faits: tuple[str, ...] = ()
    """Ce qu'il faut savoir avant de lire les chiffres, en phrases."""

    @property
    def fictif(self) -> bool:
        """Vrai si un exercice est de démonstration."""
        return any(bilan.fictif for bilan in self.bilans)

    @property
    def bilans(self) -> tuple[Bilan, ...]:
        """Les bilans des exercices dont la campagne est ouverte."""
        return tuple(annee.bilan for annee in self.annees if annee.bilan is not None)

    @property
    def fiches(self) -> tuple[FicheEvaluee, ...]:
        """Toutes les fiches, dans l'ordre des axes."""
        return tuple(fiche for axe in self.axes for fiche in axe.fiches)

    @property
    def series(self) -> tuple[Serie, ...]:
        """Toutes les séries, dans l'ordre du contrat."""
        return tuple(serie for fiche in self.fiches for serie in fiche.series)

"""
La gouvernance d'un exercice : instances réunies, présences, programme annuel, lieux.

Les séances comptées sont celles de l'année civile de l'exercice. Source : contrat, article 3 et
fiche 5.1.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from clsmon.model.fiche import Fiche
from clsmon.model.releve import EtatAction
from clsmon.model.seance import Action, Seance


@dataclass(frozen=True)
class Assiduite:
    """
    Des présences parmi des convocations.

    Seules comptent les séances tenues qui ont une liste de convoqués ; `presents` sont ceux de
    cette liste qui sont venus, `excuses` ceux qui se sont excusés.
    """

    convocations: int = 0
    presents: int = 0
    excuses: int = 0

    @property
    def taux(self) -> Decimal | None:
        """Présents sur convoqués, en % ; None si personne n'est convoqué."""
        return Decimal(self.presents) / self.convocations * 100 if self.convocations else None

    def __add__(self, autre: Assiduite) -> Assiduite:
        return Assiduite(
            self.convocations + autre.convocations,
            self.presents + autre.presents,
            self.excuses + autre.excuses,
        )


class Minimum(StrEnum):
    """Ce que l'on peut dire du nombre de séances d'une instance."""

    ATTEINT = "atteint"
    EN_COURS = "en_cours"
    NON_ATTEINT = "non_atteint"
    SANS_MINIMUM = "sans_minimum"
    INCONNU = "inconnu"
    """Aucune séance de l'année n'est enregistrée : l'absence d'écrit n'est pas zéro séance."""


@dataclass(frozen=True)
class BilanSeance:
    """Une séance tenue ; `assiduite` est vide quand ses convoqués ne sont pas enregistrés."""

    seance: Seance
    assiduite: Assiduite
    excuses: tuple[str, ...] = ()


@dataclass(frozen=True)
class BilanInstance:
    """Une instance dans l'année : ce que le contrat demande, ce qui s'est tenu et se prévoit."""

    code: str
    nom: str
    minimum: int | None
    verdict: Minimum
    tenues: tuple[BilanSeance, ...] = ()
    prevues: tuple[Seance, ...] = ()

    @property
    def assiduite(self) -> Assiduite:
        """Les présences de toutes ses séances."""
        return sum((tenue.assiduite for tenue in self.tenues), Assiduite())


@dataclass(frozen=True)
class BilanMembre:
    """Un signataire ou un convoqué : ses présences par instance (dans leur ordre), et ensemble."""

    organisme: str
    signataire: bool
    par_instance: tuple[Assiduite, ...]

    @property
    def ensemble(self) -> Assiduite:
        """Ses présences, toutes instances réunies."""
        return sum(self.par_instance, Assiduite())


@dataclass(frozen=True)
class ActionProgrammee:
    """
    Une action du programme annuel : sa fiche, qui la porte, son état déclaré, sa décision.

    `seance` est celle où elle a été décidée ; None si la décision n'est pas nommée ou pas trouvée.
    """

    fiche: Fiche
    action: Action
    organisme: str | None
    etat: EtatAction | None
    seance: Seance | None = None


@dataclass(frozen=True)
class Realisation:
    """Les actions réalisées parmi les programmées ; `sans_etat` : celles dont rien n'est dit."""

    programmees: int = 0
    realisees: int = 0
    sans_etat: int = 0

    @property
    def taux(self) -> Decimal | None:
        """Réalisées sur programmées, en % ; None sans programme, ou si aucun état n'est déclaré."""
        if self.programmees == self.sans_etat:
            return None
        return Decimal(self.realisees) / self.programmees * 100


@dataclass(frozen=True)
class BilanProgramme:
    """Le programme annuel : ses actions, le taux d'ensemble et celui de chaque porteur."""

    actions: tuple[ActionProgrammee, ...] = ()
    ensemble: Realisation = Realisation()
    par_porteur: tuple[tuple[str | None, Realisation], ...] = ()
    porteur_suivi: str | None = None
    """L'organisme dont le contrat suit les actions par un indicateur (fiche 5.1)."""


@dataclass(frozen=True)
class BilanLieu:
    """Une commune (par son code) ou un quartier (par son nom), et les fiches qui y ont eu lieu."""

    lieu: str
    fiches: tuple[tuple[Fiche, tuple[str, ...]], ...] = ()
    """Chaque fiche et les organismes qui le déclarent."""


@dataclass(frozen=True)
class BilanLieux:
    """Où les fiches ont eu lieu, d'après ce que chaque organisme déclare."""

    communes: tuple[BilanLieu, ...] = ()
    quartiers: tuple[BilanLieu, ...] = ()
    sans_lieu: tuple[Fiche, ...] = ()
    """Les fiches racontées dont personne ne dit le lieu."""


@dataclass(frozen=True)
class Gouvernance:
    """La gouvernance d'un exercice."""

    instances: tuple[BilanInstance, ...] = ()
    membres: tuple[BilanMembre, ...] = ()
    programme: BilanProgramme = BilanProgramme()
    lieux: BilanLieux = BilanLieux()

    @property
    def assiduite(self) -> Assiduite:
        """Les présences de toutes les instances : l'indicateur de participation."""
        return sum((instance.assiduite for instance in self.instances), Assiduite())

    @property
    def enregistree(self) -> bool:
        """Vrai si au moins une séance de l'année, tenue ou prévue, est enregistrée."""
        return any(instance.tenues or instance.prevues for instance in self.instances)

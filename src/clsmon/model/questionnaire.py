"""Ce qu'un formulaire demande à un organisme pour un exercice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Protocol

from clsmon.model.contrat import Contrat
from clsmon.model.dossier import MesureSituee
from clsmon.model.fiche import Fiche
from clsmon.model.releve import DeclarationFiche, Valeur
from clsmon.model.seance import Action


@dataclass(frozen=True)
class Question:
    """
    Une mesure demandée.

    `initiale` et `precedente` (ce que cet organisme a répondu l'an dernier) sont montrées à côté ;
    `reponse` est ce qu'il a déjà répondu pour cet exercice, s'il a déjà rendu un formulaire.
    """

    situee: MesureSituee
    initiale: Decimal | None = None
    precedente: Valeur | None = None
    reponse: Valeur | None = None


@dataclass(frozen=True)
class QuestionFiche:
    """Le récit demandé pour une fiche, les actions de son programme, et ce qui est déjà répondu."""

    fiche: Fiche
    programme: tuple[Action, ...] = ()
    reponse: DeclarationFiche | None = None


class Case(NamedTuple):
    """
    Une case à remplir du formulaire, par ses clés machine.

    Mesure : sa clé, « », la colonne. Rubrique : la fiche, le champ du relevé, « reponse ».
    """

    cle: str
    champ: str
    colonne: str


@dataclass(frozen=True)
class Remarque:
    """
    Ce qu'un formulaire corrigé redemande : la question, et ce qui était écrit.

    `case` est à reprendre ; None quand la réponse n'a pas pu être rangée. `place` est la cellule
    du classeur reçu, `saisi` ce qu'elle contenait. `grave` : la réponse n'est pas enregistrée ;
    sinon elle l'est, et reste à confirmer.
    """

    question: str
    place: str
    grave: bool
    saisi: str = ""
    case: Case | None = None


@dataclass(frozen=True)
class Questionnaire:
    """
    Tout ce qu'un formulaire contient.

    `base` nomme les relevés dont il est prérempli : le retour les remplacera. `remarques` : ce
    qu'un formulaire corrigé redemande.
    """

    contrat: Contrat
    exercice: int
    organisme: str
    limite: date | None
    mesures: tuple[Question, ...]
    fiches: tuple[QuestionFiche, ...]
    base: tuple[str, ...] = ()
    fictif: bool = False
    remarques: tuple[Remarque, ...] = ()


class Envoi(Protocol):
    """Ce qu'un classeur envoyé dit de lui-même sur chacune de ses feuilles."""

    @property
    def contrat(self) -> Contrat:
        """Le contrat suivi."""

    @property
    def exercice(self) -> int:
        """L'année examinée."""

    @property
    def organisme(self) -> str:
        """Le code de celui à qui il est envoyé."""

    @property
    def fictif(self) -> bool:
        """Vrai pour une démonstration."""

    @property
    def remarques(self) -> tuple[Remarque, ...]:
        """Ce qu'il redemande."""

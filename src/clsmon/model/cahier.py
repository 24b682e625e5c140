"""Le cahier d'examen : ce qu'un signataire a sous les yeux du projet de bilan, et peut en dire."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clsmon.model.constat import Constat
from clsmon.model.contrat import Contrat
from clsmon.model.dossier import MesureSituee
from clsmon.model.fiche import Fiche
from clsmon.model.observation import AvisFiche, Contestation
from clsmon.model.questionnaire import Remarque
from clsmon.model.releve import Avancement


@dataclass(frozen=True)
class FicheExaminee:
    """Une fiche du projet de bilan : (organisme, texte) de chaque récit, et l'avis déjà rendu."""

    fiche: Fiche
    avancement: Avancement | None = None
    faits_marquants: tuple[tuple[str, str], ...] = ()
    reponse: AvisFiche | None = None


@dataclass(frozen=True)
class ChiffreExamine:
    """
    Un chiffre du projet de bilan.

    `declare` est ce que les organismes déclarent, sans arbitrage ; `precedent`, ce que retient le
    bilan de l'an dernier ; `reponse`, ce que le signataire a déjà contesté.
    """

    situee: MesureSituee
    declare: Constat
    precedent: Constat | None = None
    reponse: Contestation | None = None


@dataclass(frozen=True)
class Cahier:
    """
    Tout ce que contient le cahier d'un signataire.

    `base` nomme les examens dont il est prérempli : le retour les remplacera. `limite` est la fin
    du droit de regard, si elle est fixée.
    """

    contrat: Contrat
    exercice: int
    organisme: str
    limite: date | None
    fiches: tuple[FicheExaminee, ...]
    chiffres: tuple[ChiffreExamine, ...]
    base: tuple[str, ...] = ()
    fictif: bool = False
    remarques: tuple[Remarque, ...] = ()

"""Où en est la collecte d'un exercice : qui a répondu, ce qui manque, ce qu'il faut préciser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clsmon.model.bilan import Bilan
from clsmon.model.completude import Completude
from clsmon.model.constat import Declaration
from clsmon.model.dossier import MesureSituee
from clsmon.model.fiche import Fiche
from clsmon.model.releve import Releve


@dataclass(frozen=True)
class Delai:
    """Les dates de la campagne vues un jour donné ; None : le contrat ne les fixe pas."""

    jour: date
    ouverture: date | None
    limite: date | None

    @property
    def ouverte(self) -> bool:
        """Vrai dès le jour d'ouverture, ou si aucun n'est fixé."""
        return self.ouverture is None or self.jour >= self.ouverture

    @property
    def restants(self) -> int | None:
        """Les jours jusqu'à la limite : 0 ce jour-là, négatif après, None sans limite."""
        return None if self.limite is None else (self.limite - self.jour).days

    @property
    def depasse(self) -> bool:
        """Vrai à partir du lendemain de la limite."""
        return self.restants is not None and self.restants < 0


@dataclass(frozen=True)
class Doute:
    """
    Une réponse reçue et non acceptée, à une mesure (`situee`) ou à une rubrique de fiche (`nom`).

    `saisi` est le texte brut, vide si la cellule n'en a pas ; `nature` dit alors ce qu'elle est.
    `contradiction` : deux relevés en vigueur répondent différemment, `saisi` garde les deux.
    """

    nom: str
    saisi: str
    nature: str
    cellule: str
    situee: MesureSituee | None = None
    contradiction: bool = False


@dataclass(frozen=True)
class Reste:
    """Ce qu'une fiche attend encore d'un organisme : mesures, rubriques, réponses à préciser."""

    fiche: Fiche
    mesures: tuple[MesureSituee, ...] = ()
    rubriques: tuple[str, ...] = ()
    doutes: tuple[Doute, ...] = ()


@dataclass(frozen=True)
class SuiviOrganisme:
    """
    Où en est un organisme.

    `prepare` : son formulaire est dans `formulaires/`. `tetes` : ses relevés que rien ne remplace ;
    `rendus` : les mêmes, retraits à part. `fiches` : celles dont l'avancement lui est demandé ;
    `avancements` : celles où il l'a dit.
    """

    code: str
    tetes: tuple[str, ...]
    rendus: tuple[str, ...]
    completude: Completude
    interroge: bool = True
    prepare: bool = False
    fiches: int = 0
    avancements: int = 0
    reste: tuple[Reste, ...] = ()

    @property
    def a_relancer(self) -> bool:
        """Vrai s'il est interrogé et n'a rien rendu, ou s'il lui reste quelque chose à dire."""
        return self.interroge and (not self.rendus or bool(self.reste))

    @property
    def doutes(self) -> int:
        """Le nombre de réponses à préciser, mesures et rubriques de fiche."""
        return sum(len(reste.doutes) for reste in self.reste)


@dataclass(frozen=True)
class Suivi:
    """L'état de la collecte d'un exercice ; les complétudes sont celles du bilan."""

    bilan: Bilan
    delai: Delai
    organismes: tuple[SuiviOrganisme, ...]

    @property
    def a_relancer(self) -> tuple[SuiviOrganisme, ...]:
        """Les organismes à relancer, dans l'ordre du registre."""
        return tuple(organisme for organisme in self.organismes if organisme.a_relancer)


class GenreReleve(StrEnum):
    """Pourquoi un relevé a été écrit."""

    RETOUR = "retour"
    RELECTURE = "relecture"
    CORRECTION = "correction"
    RETRAIT = "retrait"


@dataclass(frozen=True)
class Remplacement:
    """Une mesure dont la réponse change ; None : pas de réponse. `cle` est la clé actuelle."""

    cle: str
    avant: Declaration | None
    apres: Declaration | None


@dataclass(frozen=True)
class RubriqueRemplacee:
    """Une rubrique d'une fiche dont le texte change, avec le relevé et la cellule de chacun."""

    fiche: str
    champ: str
    avant: str
    apres: str
    cellule_avant: str = ""
    cellule_apres: str = ""
    releve_avant: Releve | None = None


@dataclass(frozen=True)
class EtapeReleve:
    """Un relevé dans l'histoire d'un organisme ; `tete` : rien ne le remplace."""

    nom: str
    releve: Releve
    genre: GenreReleve
    tete: bool
    remplacements: tuple[Remplacement, ...]
    rubriques: tuple[RubriqueRemplacee, ...] = ()


@dataclass(frozen=True)
class HistoriqueOrganisme:
    """Les relevés d'un organisme pour un exercice, chacun après ceux qu'il remplace."""

    code: str
    etapes: tuple[EtapeReleve, ...]

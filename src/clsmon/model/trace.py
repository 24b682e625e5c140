"""Le chemin d'un chiffre : de la cellule tapée à la valeur retenue au bilan, année par année."""

from __future__ import annotations

from dataclasses import dataclass

from clsmon.model.constat import Constat, Declaration
from clsmon.model.dossier import MesureSituee
from clsmon.model.releve import Releve, Valeur
from clsmon.model.seance import Decision


@dataclass(frozen=True)
class Lecture:
    """
    Une réponse telle qu'un relevé la porte.

    `cle` est celle qu'il emploie, ancienne peut-être ; `remplacee_par` nomme les relevés qui ont
    pris sa place, vide si elle tient encore. `tardive` : reçue après l'adoption du bilan.
    """

    nom: str
    releve: Releve
    cle: str
    valeur: Valeur
    remplacee_par: tuple[str, ...] = ()
    tardive: bool = False


@dataclass(frozen=True)
class TraceOrganisme:
    """
    Ce qu'un organisme a dit d'une mesure une année.

    `declaration` est sa réponse, tous relevés en vigueur fusionnés ; None s'il n'en dit rien.
    `lectures` : celles qui tiennent, puis celles qui ont été remplacées, de la dernière à la
    première.
    """

    code: str
    interroge: bool
    retenu: bool
    declaration: Declaration | None
    lectures: tuple[Lecture, ...]


@dataclass(frozen=True)
class TraceAnnee:
    """Une année d'une mesure ; `decision` est l'arbitrage du COPIL, s'il y en a un."""

    exercice: int
    suivie: bool
    constat: Constat
    organismes: tuple[TraceOrganisme, ...]
    decision: Decision | None = None


@dataclass(frozen=True)
class Trace:
    """
    Tout le chemin d'une mesure.

    `demandee` est la clé telle que demandée ; `calcul`, la règle en mots d'une mesure calculée.
    """

    demandee: str
    situee: MesureSituee
    annees: tuple[TraceAnnee, ...]
    calcul: str = ""

    @property
    def fictif(self) -> bool:
        """Vrai si l'une des réponses est de démonstration."""
        return any(
            lecture.releve.fictif
            for annee in self.annees
            for organisme in annee.organismes
            for lecture in organisme.lectures
        )

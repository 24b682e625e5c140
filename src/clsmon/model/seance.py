"""La vie du contrat : séances et décisions, programme annuel, exercices et avenants."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum
from pathlib import PurePosixPath

from clsmon.model.noeud import Code, Date, Entier, Identifiant, Noeud, Nombre

_NOM = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})-([a-z0-9]+(?:-[a-z0-9]+)*)", re.ASCII)


class EtatSeance(StrEnum):
    """Une séance est prévue ou s'est tenue."""

    PREVUE = "prevue"
    TENUE = "tenue"


class NatureDecision(StrEnum):
    """Ce qu'une décision change."""

    AJOUT_FICHE = "ajout_fiche"
    RETRAIT_FICHE = "retrait_fiche"
    MODIFICATION_FICHE = "modification_fiche"
    CIBLE = "cible"
    ARBITRAGE = "arbitrage"
    PROGRAMME = "programme"
    ADOPTION_BILAN = "adoption_bilan"
    AVENANT = "avenant"
    AUTRE = "autre"


class EtatDecision(StrEnum):
    """Où en est une décision."""

    OUVERTE = "ouverte"
    REALISEE = "realisee"
    ABANDONNEE = "abandonnee"


class OrdreDuJour(Noeud):
    """L'ordre du jour et sa date d'envoi (article 6)."""

    envoye_le: Date | None = None
    points: tuple[str, ...] = ()


class Retenue(Noeud):
    """Ce qu'un arbitrage retient : la lecture d'un organisme, ou une valeur."""

    organisme: Code | None = None
    valeur: Nombre | None = None


class Decision(Noeud):
    """Une décision prise en séance : quoi, qui, pour quand."""

    id: Identifiant
    nature: NatureDecision
    objet: str = ""
    exercice: Entier | None = None
    effet_le: Date | None = None
    annee: Entier | None = None
    valeur: Nombre | None = None
    retient: Retenue | None = None
    texte: str = ""
    responsable: Code | None = None
    echeance: Date | None = None
    etat: EtatDecision = EtatDecision.OUVERTE

    @property
    def etat_suivi(self) -> EtatDecision:
        """L'état à suivre : adopter un bilan ou arbitrer est fait dès que c'est décidé."""
        immediate = self.nature in {NatureDecision.ADOPTION_BILAN, NatureDecision.ARBITRAGE}
        if immediate and self.etat is EtatDecision.OUVERTE:
            return EtatDecision.REALISEE
        return self.etat


class OrigineSeance(Noeud):
    """
    Les classeurs « Séance » dont vient une séance ; écrit par la collecte, jamais à la main.

    `classeurs` : le sha256 de chacun ; relu, il ne change plus rien. `base` et `contenu` sont deux
    empreintes, de la séance et du programme : d'où partait le dernier, et ce qu'il a donné.
    """

    classeurs: tuple[str, ...] = ()
    base: tuple[str, ...] = ()
    contenu: tuple[str, ...] = ()


class Seance(Noeud):
    """Une séance d'une instance (article 3)."""

    instance: Code
    date: Date
    etat: EtatSeance
    exercice: Entier | None = None
    ordre_du_jour: OrdreDuJour = OrdreDuJour()
    convoques: tuple[Code, ...] = ()
    presents: tuple[Code, ...] = ()
    excuses: tuple[Code, ...] = ()
    decisions: tuple[Decision, ...] = ()
    origine: OrigineSeance | None = None

    @property
    def nom(self) -> str:
        """Le nom de la séance : « 2026-05-12-copil »."""
        return PurePosixPath(self.lieu().fichier).stem

    @property
    def exercice_examine(self) -> int:
        """L'exercice que la séance examine : celui qu'elle dit, sinon l'année d'avant sa date."""
        return self.exercice or self.date.year - 1


class Action(Noeud):
    """Une action attendue d'une fiche, pour un exercice."""

    id: Code
    libelle: str
    organisme: Code | None = None
    echeance: str = ""
    decision: str = ""


class NatureAvenant(StrEnum):
    """Ce qui demande un avenant signé de tous les membres du COPIL (article 6)."""

    AXE = "axe"
    ORIENTATION = "orientation"
    PARTENAIRE = "partenaire"
    DUREE = "duree"


class Avenant(Noeud):
    """
    Un avenant au contrat (article 6).

    `porte_sur` nomme ce qu'il change : les axes, les objectifs, les organismes, ou l'année de fin.
    """

    numero: Entier
    objet: str
    nature: NatureAvenant
    porte_sur: tuple[str, ...] = ()
    signe_le: Date | None = None
    signataires: tuple[Code, ...] = ()
    decision: str = ""


class VieBilan(Noeud):
    """
    La vie d'un bilan : envoi du projet, droit de regard, adoption et empreinte.

    `releves` nomme ceux qui tenaient quand le bilan adopté a été figé, `examens` de même ceux des
    signataires : ses chiffres n'en ont pas d'autres. `empreinte` est le sha256 de ces chiffres.
    """

    projet_envoye_le: Date | None = None
    droit_de_regard_fin: Date | None = None
    adopte: str | None = None
    empreinte: str | None = None
    releves: tuple[str, ...] = ()
    examens: tuple[str, ...] = ()

    def fin_du_regard(self, jours: int | None) -> date | None:
        """
        Le dernier jour du droit de regard des signataires (article 8) : celui qui est écrit.

        Sinon le nombre de jours du contrat après l'envoi ; None si rien ne le dit.
        """
        envoi = self.projet_envoye_le
        if self.droit_de_regard_fin or envoi is None or jours is None:
            return self.droit_de_regard_fin
        possible = 0 <= jours <= (date.max - envoi).days
        return envoi + timedelta(days=jours) if possible else None


def read_meeting_name(nom: str) -> tuple[date, str] | None:
    """La date et l'instance que dit le nom d'une séance, « 2026-05-12-copil » ; None sinon."""
    trouve = _NOM.fullmatch(nom)
    if trouve is None:
        return None
    try:
        return date.fromisoformat(trouve[1]), trouve[2]
    except ValueError:
        return None

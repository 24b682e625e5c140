"""Ce qui a changé d'une version du contrat à l'autre, et la voie que chaque changement demande."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.codes_revisions import GRAVITES
from clsmon.model.seance import NatureAvenant, NatureDecision

COUVERT = "REV040"
"""Le code d'un changement qui a sa décision ou son avenant."""

A_DATER = "AAAA-MM-JJ"
"""Une date que seul le dossier papier connaît : `validate` la refuse tant qu'elle est là."""


class Voie(StrEnum):
    """Ce qu'un changement demande (article 6)."""

    AVENANT = "avenant"
    COPIL = "copil"
    INFORMATION = "information"


class Geste(StrEnum):
    """Où va un morceau de YAML."""

    CREER = "creer"
    AJOUTER = "ajouter"
    REMPLACER = "remplacer"


@dataclass(frozen=True)
class Remede:
    """
    Un morceau de YAML à écrire : dans un nouveau fichier, à la fin d'une liste, ou à la place.

    `endroit` nomme la liste ou ce qui est remplacé : « decisions », « la mesure « livres » ».
    """

    fichier: str
    geste: Geste
    yaml: str
    endroit: str = ""
    condition: str = ""

    @property
    def titre(self) -> str:
        """Où l'écrire, en une ligne de commentaire YAML : la coller avec le reste ne gêne pas."""
        suite = f", {self.condition}" if self.condition else ""
        if self.geste is Geste.CREER:
            return f"# {self.fichier} (nouveau fichier){suite}"
        ou = "à la fin de" if self.geste is Geste.AJOUTER else "à la place de"
        return f"# {self.fichier}, {ou} {self.endroit}{suite}"

    @property
    def texte(self) -> str:
        """Le titre et le YAML."""
        return f"{self.titre}\n{self.yaml}"


@dataclass(frozen=True)
class Besoin:
    """
    La décision ou l'avenant qu'un changement demande.

    `objet` : la fiche, la mesure, l'axe, l'organisme ou l'année en cause ; `texte`, ce que la
    décision dirait. `article` : l'article 6 l'exige ; sinon c'est l'outil. `annonce` : le point
    doit être à un ordre du jour envoyé avant la séance. `nommee` : la seule décision qui convienne.
    """

    nature: NatureDecision | NatureAvenant
    objet: str
    texte: str
    article: bool = False
    annonce: bool = False
    annee: int | None = None
    valeur: Decimal | None = None
    exercice: int | None = None
    effet_le: date | None = None
    nommee: str | None = None


@dataclass(frozen=True)
class Changement:
    """
    Un changement du contrat : sa place, ce qu'il était et ce qu'il est, ce qu'il demande.

    `chemin` est le champ qu'une rectification nomme. `bloque` : aucune décision ne suffit, il faut
    d'abord l'écrire autrement. `couverture` nomme la décision ou l'avenant qui l'autorise ;
    `manque` dit ce qui manque, `remedes` l'écrit.
    """

    code: str
    lieu: Lieu
    message: str
    chemin: str
    besoin: Besoin | None = None
    bloque: bool = False
    couverture: str = ""
    manque: str = ""
    remedes: tuple[Remede, ...] = ()

    @property
    def voie(self) -> Voie:
        """Sous quel titre le montrer."""
        if self.besoin is None:
            return Voie.INFORMATION
        nature = self.besoin.nature
        return Voie.AVENANT if isinstance(nature, NatureAvenant) else Voie.COPIL

    @property
    def en_defaut(self) -> bool:
        """Vrai si la décision, l'avenant ou l'écriture attendue manque."""
        return GRAVITES[self.code] is Gravite.ERREUR and not self.couverture

    @property
    def anomalie(self) -> Anomalie:
        """Le constat que montrent les formats de sortie."""
        if self.couverture:
            message = f"{self.message} : {self.couverture}"
            return Anomalie(self.lieu, COUVERT, GRAVITES[COUVERT], message)
        message = f"{self.message} : {self.manque}" if self.manque else self.message
        conseil = "\n".join(remede.texte for remede in self.remedes)
        conseil = f"écrivez :\n{conseil}" if conseil else ""
        return Anomalie(self.lieu, self.code, GRAVITES[self.code], message, conseil)


@dataclass(frozen=True)
class Revision:
    """Tout ce qui a changé ; `rectifications` compte les changements dits de transcription."""

    changements: tuple[Changement, ...] = ()
    rectifications: int = 0

    @property
    def en_defaut(self) -> tuple[Changement, ...]:
        """Ceux à qui il manque leur décision ou leur avenant."""
        return tuple(changement for changement in self.changements if changement.en_defaut)

    @property
    def remedes(self) -> tuple[Remede, ...]:
        """Ce qu'il faut écrire, chaque morceau une fois, fichier par fichier."""
        uniques = dict.fromkeys(r for c in self.en_defaut for r in c.remedes)
        rangs = {remede.fichier: rang for rang, remede in reversed(list(enumerate(uniques)))}
        return tuple(sorted(uniques, key=lambda r: (rangs[r.fichier], r.geste is not Geste.CREER)))

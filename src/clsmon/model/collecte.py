"""Ce qu'est devenu un classeur rendu."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.dossier import Dossier
from clsmon.model.observation import Examen
from clsmon.model.releve import RETRAIT, Releve, Valeur
from clsmon.model.statut import Statut


class Genre(StrEnum):
    """Ce qu'est un classeur de l'outil : sa feuille cachée le dit."""

    FORMULAIRE = "formulaire"
    EXAMEN = "examen"
    SEANCE = "seance"


@dataclass(frozen=True)
class Changement:
    """Ce que la collecte change à une mesure : l'ancienne réponse et la nouvelle."""

    cle: str
    avant: Valeur | None
    apres: Valeur | None


class Rangee(NamedTuple):
    """
    Une ligne du classeur reçu : la mesure (clé) ou la rubrique (fiche, champ) qu'elle demande.

    `cle` est vide pour une ligne dont rien n'est pris, en double ou sans clé. `colonnes` va du
    numéro d'une colonne à sa clé machine ; `textes`, d'une clé machine à ce qui y est écrit, si la
    ligne pose une question ou n'est pas prise.
    """

    cle: str
    champ: str
    colonnes: Mapping[int, str]
    textes: Mapping[str, str]


@dataclass
class Collecte:
    """
    Un classeur lu : ce qu'il donne à écrire s'il est accepté, et ses anomalies.

    `releve` est celui que donne un formulaire, `examen` ce que donne un cahier. `destination` est
    le fichier du dossier qui garde ce que dit le classeur, vide s'il est refusé ; `nom`, celui du
    relevé ou de ce fichier, sans le suffixe. `nouveau` est faux si le dossier le gardait déjà.
    `sans_base` : un relevé dont le formulaire était prérempli n'est pas au dossier.
    `remplacee` : un retour plus récent a pris la place de celui-ci, qui ne demande plus rien.
    `rangees` va de (feuille, ligne) du classeur reçu à ce que cette ligne demande. `octets` sont
    ceux du classeur reçu ; `contenu`, ceux à écrire à `destination` si c'est nouveau.
    `demandees` : le nombre de mesures demandées à cet organisme.
    Un classeur « Séance » : `fichiers` sont ceux qu'il fait écrire, du nom aux octets ; `apres`, le
    dossier où ils sont écrits ; `resume` et `ecarts`, ce qu'il dit et ce qu'il change, en mots.
    """

    fichier: str
    genre: Genre = Genre.FORMULAIRE
    anomalies: list[Anomalie] = field(default_factory=list)
    exercice: int = 0
    organisme: str = ""
    demandees: int = 0
    releve: Releve | None = None
    examen: Examen | None = None
    nom: str = ""
    destination: str = ""
    nouveau: bool = False
    remplacee: bool = False
    sans_base: bool = False
    changements: tuple[Changement, ...] = ()
    rangees: dict[tuple[str, int], Rangee] = field(default_factory=dict, repr=False)
    octets: bytes = field(default=b"", repr=False)
    contenu: bytes = field(default=b"", repr=False)
    fichiers: dict[str, bytes] = field(default_factory=dict, repr=False)
    apres: Dossier | None = field(default=None, repr=False)
    resume: str = ""
    ecarts: tuple[str, ...] = ()

    def refuse(self, code: str, message: str, conseil: str) -> None:
        """Note le refus du classeur entier."""
        lieu = Lieu(self.fichier)
        self.anomalies.append(Anomalie(lieu, code, Gravite.ERREUR, message, conseil))

    @property
    def refusee(self) -> bool:
        """Vrai si rien de ce classeur n'a été accepté."""
        return not self.destination

    @property
    def erreurs(self) -> tuple[Anomalie, ...]:
        """Ce qui n'a pas pu être accepté : autant de questions à poser."""
        return tuple(a for a in self.anomalies if a.gravite is Gravite.ERREUR)

    @property
    def vide(self) -> bool:
        """Vrai si le classeur a été rendu sans aucune réponse."""
        if self.examen is not None:
            return not self.examen.fiches and not self.examen.mesures
        return self.releve is not None and not self.releve.valeurs and not self.releve.fiches

    @property
    def retiree(self) -> bool:
        """Vrai si l'animateur santé a retiré ce classeur."""
        if self.examen is not None:
            return self.examen.retrait
        return self.releve is not None and (self.releve.motif or "").startswith(RETRAIT)

    @property
    def compte(self) -> Counter[Statut]:
        """
        Le nombre de mesures de chaque état ; ce qui manque est « non répondu ».

        Les rubriques de fiche non acceptées s'ajoutent à « à vérifier ».
        """
        if self.releve is None:
            return Counter()
        compte = Counter(Statut.of(v.etat) for v in self.releve.valeurs.values() if v.etat)
        compte[Statut.NON_REPONDU] = max(0, self.demandees - compte.total())
        compte[Statut.A_VERIFIER] += sum(len(f.a_verifier) for f in self.releve.fiches.values())
        return compte

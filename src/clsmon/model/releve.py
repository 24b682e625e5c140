"""Le relevé : ce qu'un organisme déclare pour un exercice, tel que lu dans un classeur."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from pathlib import PurePosixPath

from pydantic import Field

from clsmon.model.noeud import Booleen, Code, Date, Entier, Noeud, Nombre, read_decimal


class Etat(StrEnum):
    """L'état d'une réponse. L'absence d'entrée, ou un commentaire seul, est « non répondu »."""

    RENSEIGNE = "renseigne"
    ESTIME = "estime"
    NON_DISPONIBLE = "non_disponible"
    SANS_OBJET = "sans_objet"
    A_VERIFIER = "a_verifier"

    @property
    def repond(self) -> bool:
        """Vrai si l'état porte une valeur."""
        return self in {Etat.RENSEIGNE, Etat.ESTIME}


class Avancement(StrEnum):
    """L'avancement déclaré d'une fiche."""

    NON_DEMARREE = "non_demarree"
    EN_COURS = "en_cours"
    REALISEE = "realisee"
    REPORTEE = "reportee"
    SUSPENDUE = "suspendue"
    ABANDONNEE = "abandonnee"


class Confiance(StrEnum):
    """La confiance du porteur dans l'aboutissement."""

    SECURISE = "securise"
    ATTEIGNABLE = "atteignable"
    APPUIS_NECESSAIRES = "appuis_necessaires"
    COMPROMIS = "compromis"


class Evolution(StrEnum):
    """L'évolution proposée pour une fiche."""

    MAINTIEN = "maintien"
    MODIFICATION = "modification"
    RETRAIT = "retrait"


class EtatAction(StrEnum):
    """L'état d'une action du programme annuel."""

    PREVUE = "prevue"
    REALISEE = "realisee"
    REPORTEE = "reportee"
    ABANDONNEE = "abandonnee"


class Saisie(Noeud):
    """
    Une cellule telle que tapée : son texte brut, sa nature, sa place, la règle qui l'a jugée.

    `saisi` est vide quand le texte contenait des données personnelles : il n'est pas gardé.
    """

    saisi: str
    nature_cellule: str
    regle: str = ""
    cellule: str


class Valeur(Noeud):
    """
    La réponse d'un organisme à une mesure, avec la cellule d'où elle vient.

    `valeur` est un texte canonique : nombre en chiffres ASCII à point décimal, dans l'unité de la
    mesure, « oui » ou « non », modalité, ou texte libre. Un taux se garde en deux termes.
    `saisi` garde le texte brut quand ce n'est pas la valeur elle-même, `regle` la règle de lecture.
    """

    valeur: str | None = None
    numerateur: Nombre | None = None
    denominateur: Nombre | None = None
    etat: Etat | None = None
    saisi: str = ""
    nature_cellule: str = ""
    regle: str = ""
    commentaire: str = ""
    preuve: str = ""
    confirme: Booleen = False
    cellule: str

    @property
    def nombre(self) -> Decimal | None:
        """La valeur comme nombre ; un taux en points de %, None s'il n'y a pas de nombre."""
        if self.numerateur is not None and self.denominateur:
            return self.numerateur / self.denominateur * 100
        if self.valeur is None:
            return None
        return read_decimal(self.valeur)

    @property
    def reponse(self) -> tuple[object, ...]:
        """Ce qui fait que deux réponses sont les mêmes, cellule et commentaire à part."""
        doute = self.saisi if self.etat is Etat.A_VERIFIER else ""
        return (self.valeur, self.numerateur, self.denominateur, self.etat, doute)


class Depenses(Noeud):
    """Les dépenses de l'organisme pour la fiche, en euros, pour l'exercice."""

    prevu: Nombre | None = None
    engage: Nombre | None = None
    realise: Nombre | None = None


class Aide(Noeud):
    """Une aide reçue, en euros."""

    financeur: Code
    convention: str = ""
    notifie: Nombre | None = None
    verse: Nombre | None = None
    compte_rendu_recu_le: Date | None = None


class Poste(Noeud):
    """Le poste d'animateur santé : temps en ETP, durée en mois, coût éligible en euros."""

    etp: Nombre | None = None
    mois: Nombre | None = None
    cout_eligible: Nombre | None = None


class DeclarationFiche(Noeud):
    """
    Ce qu'un organisme dit d'une fiche : avancement, récit et argent, en euros pour l'exercice.

    `cellules` donne la cellule de chaque rubrique remplie ; `absents`, l'état de celles que
    l'organisme dit non disponibles ou sans objet ; `a_verifier`, ce qui n'a pas pu être accepté ;
    `lectures`, le texte brut et la règle d'un nombre qui n'était pas écrit seul (« 45 k€ »).
    """

    avancement: Avancement | None = None
    confiance: Confiance | None = None
    programme: dict[Code, EtatAction] = Field(default_factory=dict)
    faits_marquants: str = ""
    freins: str = ""
    leviers: str = ""
    perspectives: str = ""
    evolution_proposee: Evolution | None = None
    motif_evolution: str = ""
    communes: tuple[Code, ...] = ()
    qpv: tuple[str, ...] = ()
    depenses: Depenses = Depenses()
    aides: tuple[Aide, ...] = ()
    poste: Poste | None = None
    absents: dict[str, Etat] = Field(default_factory=dict)
    a_verifier: dict[str, Saisie] = Field(default_factory=dict)
    lectures: dict[str, Saisie] = Field(default_factory=dict)
    cellules: dict[str, str] = Field(default_factory=dict)


class Recu(Noeud):
    """Le classeur reçu : nom, empreinte sha256, empreinte du formulaire, version du lecteur."""

    fichier: str
    sha256: str
    formulaire: str
    lecteur: str


RELECTURE, RETRAIT, CORRECTION = "relecture", "retrait", "correction"
"""Ce qui commence le motif d'un relevé qui n'est pas un simple retour."""


class SaisiPar(StrEnum):
    """Qui a saisi : l'organisme dans son classeur, ou l'animateur santé pour lui."""

    ORGANISME = "organisme"
    ANIMATEUR = "animateur"


class Releve(Noeud):
    """Une lecture d'un classeur rendu : écrite une fois, jamais modifiée, au plus remplacée."""

    organisme: Code
    exercice: Entier
    recu: Recu
    motif: str | None = None
    saisi_par: SaisiPar = SaisiPar.ORGANISME
    remplace: tuple[str, ...] = ()
    fictif: Booleen = False
    fiches: dict[str, DeclarationFiche] = Field(default_factory=dict)
    valeurs: dict[str, Valeur] = Field(default_factory=dict)

    @property
    def nom(self) -> str:
        """Le nom du relevé : celui de son fichier, sans le suffixe ; vide s'il n'est pas écrit."""
        return PurePosixPath(self.lieu().fichier).stem

"""La fiche action et son texte."""

from __future__ import annotations

from enum import StrEnum

from clsmon.model.contrat import Rectification
from clsmon.model.indicateur import Indicateur
from clsmon.model.noeud import Booleen, Code, Date, Entier, Identifiant, Noeud, Nombre


class StatutFiche(StrEnum):
    """Où en est une fiche dans le contrat."""

    PROGRAMMEE = "programmee"
    A_PROGRAMMER = "a_programmer"
    RETIREE = "retiree"


class Vigueur(Noeud):
    """Les dates d'une fiche ajoutée ou retirée, et leur décision ; vide : celles du contrat."""

    debut: Date | None = None
    fin: Date | None = None
    decision_debut: str | None = None
    decision_fin: str | None = None


class ObjectifsFiche(Noeud):
    """Les objectifs ; `autres` quand le contrat ne dit pas leur genre."""

    generaux: tuple[str, ...] = ()
    operationnels: tuple[str, ...] = ()
    autres: tuple[str, ...] = ()


class Porteur(Noeud):
    """Qui porte l'action, ou une partie (`pour`) ; `texte` seul quand personne n'est nommé."""

    organisme: Code | None = None
    pour: str = ""
    texte: str = ""


class Resultat(Noeud):
    """Un résultat attendu, dans son groupe s'il y en a."""

    groupe: str | None = None
    texte: str


class Jalon(Noeud):
    """Une étape du calendrier prévisionnel."""

    libelle: str
    periode: str = ""
    texte: str = ""


class Calendrier(Noeud):
    """Le calendrier prévisionnel : il raconte, il ne décide pas de ce qui est demandé."""

    texte: str = ""
    debut: str | None = None
    fin: str | None = None
    jalons: tuple[Jalon, ...] = ()


class Cofinancement(Noeud):
    """Un cofinanceur nommé par la fiche."""

    texte: str
    organisme: Code | None = None
    a_confirmer: Booleen = False


class PorteeMontant(StrEnum):
    """À quoi se rapporte le montant écrit."""

    ARS = "ars"
    GLOBALE = "global"
    INCONNUE = "inconnue"


class Financement(Noeud):
    """Un montant prévisionnel en euros, des taux en %, et les mots du contrat."""

    objet: str | None = None
    montant: Nombre | None = None
    portee: PorteeMontant = PorteeMontant.INCONNUE
    duree_ans: Entier | None = None
    taux_ars: Nombre | None = None
    taux_ars_maximum: Nombre | None = None
    cofinancements: tuple[Cofinancement, ...] = ()
    texte: str = ""


class Suivi(Noeud):
    """
    La rubrique de suivi de la fiche.

    `valeur_initiale_texte` absent (None) : la rubrique n'existe pas ; vide : elle est vide.
    """

    valeur_initiale_texte: str | None = None
    frequence: str | None = None
    source: str | None = None
    responsable: str | None = None
    repondants: tuple[Code, ...] = ()


class Lien(Noeud):
    """Un lien avec une autre politique ; `code` renvoie au registre des parcours."""

    texte: str
    code: Code | None = None


class Liens(Noeud):
    """Les liens avec le PRS, les parcours et les autres démarches."""

    prs: tuple[Lien, ...] = ()
    parcours: tuple[Lien, ...] = ()
    autres: tuple[str, ...] = ()


class Fiche(Noeud):
    """
    Une fiche action.

    Le texte du contrat y est verbatim ; `contexte` et `description` sont des résumés fidèles.
    Source : contrat, annexe 1, et article 4 pour les fiches à programmer.
    """

    id: Identifiant
    titre: str
    sous_titre: str = ""
    axe: Identifiant | None = None
    objectif: Identifiant | None = None
    statut: StatutFiche
    vigueur: Vigueur = Vigueur()
    contexte: str = ""
    objectifs: ObjectifsFiche = ObjectifsFiche()
    description: str = ""
    porteurs: tuple[Porteur, ...] = ()
    porteurs_texte: str = ""
    partenaires: tuple[str, ...] = ()
    population: str = ""
    territoire: str = ""
    resultats_attendus: tuple[Resultat, ...] = ()
    calendrier: Calendrier = Calendrier()
    financement: tuple[Financement, ...] = ()
    indicateurs: tuple[Indicateur, ...] = ()
    suivi: Suivi = Suivi()
    liens: Liens = Liens()
    reference: str = ""
    rectifications: tuple[Rectification, ...] = ()
    notes: tuple[str, ...] = ()
    anciens_ids: tuple[Identifiant, ...] = ()

    @property
    def numerotee(self) -> bool:
        """Vrai si l'identifiant est un numéro du contrat plutôt qu'un nom court."""
        return any(caractere.isdigit() for caractere in self.id)

    @property
    def nom(self) -> str:
        """Comment nommer la fiche dans un document : « 3.1 Prévenir… »."""
        return f"{self.id} {self.titre}" if self.numerotee else self.titre

    def en_vigueur(self, exercice: int) -> bool:
        """Vrai si la fiche est en vigueur au moins un jour de l'exercice."""
        debut = self.vigueur.debut.year if self.vigueur.debut else exercice
        fin = self.vigueur.fin.year if self.vigueur.fin else exercice
        return debut <= exercice <= fin

"""La fiche action : son texte, ses indicateurs et leurs mesures."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import Field, model_validator

from clsmon.model.contrat import Rectification
from clsmon.model.noeud import Booleen, Code, Date, Entier, Identifiant, Noeud, Nombre

REGLES_CALCUL = ("participation_instances", "actions_realisees", "suivi_annuel_realise")
"""Les noms des règles qui calculent une mesure depuis le dossier (fiches 5.1 et 5.2)."""


class StatutFiche(StrEnum):
    """Où en est une fiche dans le contrat."""

    PROGRAMMEE = "programmee"
    A_PROGRAMMER = "a_programmer"
    RETIREE = "retiree"


class TypeMesure(StrEnum):
    """La forme de la réponse attendue."""

    NOMBRE = "nombre"
    TAUX = "taux"
    MONTANT = "montant"
    DUREE = "duree"
    OUI_NON = "oui_non"
    CHOIX = "choix"
    TEXTE = "texte"

    @property
    def chiffre(self) -> bool:
        """Vrai si la réponse est une quantité."""
        return self in {TypeMesure.NOMBRE, TypeMesure.TAUX, TypeMesure.MONTANT, TypeMesure.DUREE}


class NatureMesure(StrEnum):
    """Un stock vaut par sa dernière valeur ; un flux s'additionne d'une année à l'autre."""

    STOCK = "stock"
    FLUX = "flux"


class Sens(StrEnum):
    """L'évolution souhaitée."""

    HAUSSE = "hausse"
    BAISSE = "baisse"
    STABLE = "stable"


class Reponses(StrEnum):
    """Comment se combinent les réponses de plusieurs organismes à une même mesure."""

    LECTURES = "lectures"
    SOMME = "somme"
    SEPAREES = "separees"


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


class ValeurInitiale(Noeud):
    """La valeur au départ du contrat, dans l'unité de la mesure ; absente n'est pas zéro."""

    valeur: Nombre
    annee: Entier | None = None
    texte: str = ""


class Cible(Noeud):
    """Ce que le COPIL vise une année donnée, dans l'unité de la mesure."""

    annee: Entier
    valeur: Nombre
    decision: str = ""


class Frequence(Noeud):
    """Les exercices où la mesure est due ; vide : tous les ans."""

    exercices: tuple[Entier, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _read_annual(cls, brut: Any) -> Any:
        return {} if brut == "annuelle" else brut


class Calcul(Noeud):
    """Une mesure calculée à partir du dossier par une règle nommée, jamais saisie."""

    regle: str


class Mesure(Noeud):
    """
    Une grandeur ou un texte relevé chaque année pour un indicateur.

    Toutes les valeurs sont dans `unite` ; un taux se garde en numérateur et dénominateur.
    Source : contrat, annexe 1, rubrique « Indicateurs » de la fiche.
    """

    id: Code
    libelle: str
    type: TypeMesure
    unite: str = Field(default="", description="Ce qui est compté, au pluriel : « personnes ».")
    decimales: Booleen = False
    modalites: tuple[str, ...] = ()
    personnes: Booleen = False
    valeur_initiale: ValeurInitiale | None = None
    cibles: tuple[Cible, ...] = ()
    sens: Sens | None = None
    nature: NatureMesure | None = None
    partie_de: str | None = None
    minimum: Nombre | None = None
    maximum: Nombre | None = None
    frequence: Frequence = Frequence()
    repondants: tuple[Code, ...] = ()
    reponses: Reponses = Reponses.LECTURES
    calcul: Calcul | None = None
    depuis: Entier | None = None
    jusqua: Entier | None = None
    succede_a: str | None = None
    anciennes_cles: tuple[str, ...] = ()

    def due_en(self, exercice: int) -> bool:
        """Vrai si la mesure est due cet exercice."""
        if self.frequence.exercices and exercice not in self.frequence.exercices:
            return False
        apres = self.depuis is None or exercice >= self.depuis
        return apres and (self.jusqua is None or exercice <= self.jusqua)

    @property
    def unite_affichee(self) -> str:
        """L'unité à montrer : « % » pour un taux, « € » pour un montant."""
        defaut = {TypeMesure.TAUX: "%", TypeMesure.MONTANT: "€"}.get(self.type, "")
        return self.unite or defaut


class Indicateur(Noeud):
    """Un indicateur du contrat, au libellé verbatim, et les mesures qui le composent."""

    id: Code
    libelle: str
    groupe: str | None = None
    mesures: tuple[Mesure, ...]


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

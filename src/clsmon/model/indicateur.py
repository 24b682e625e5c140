"""L'indicateur et ses mesures : ce qui est relevé chaque année."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import Field, model_validator

from clsmon.model.noeud import Booleen, Code, Entier, Noeud, Nombre

REGLES_CALCUL = ("participation_instances", "actions_realisees", "suivi_annuel_realise")
"""Les noms des règles qui calculent une mesure depuis le dossier (fiches 5.1 et 5.2)."""


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

"""L'examen contradictoire (article 7) : ce qu'un signataire observe du projet de bilan."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePosixPath

from pydantic import Field

from clsmon.model.noeud import Booleen, Code, Entier, Noeud, Nombre
from clsmon.model.releve import RETRAIT, Etat, Recu, Releve, Saisie, Valeur


class Avis(StrEnum):
    """L'avis d'un signataire sur une fiche. Sans entrée, il n'en a pas donné."""

    ACCORD = "accord"
    REMARQUE = "remarque"
    DESACCORD = "desaccord"


class AvisFiche(Noeud):
    """
    Ce qu'un signataire dit d'une fiche.

    `cellules` donne la cellule de l'avis et du texte ; `a_verifier`, ce qui a été écrit et n'a pas
    pu être accepté.
    """

    avis: Avis | None = None
    texte: str = ""
    cellules: dict[str, str] = Field(default_factory=dict)
    a_verifier: dict[str, Saisie] = Field(default_factory=dict)


class Contestation(Noeud):
    """
    Un chiffre qu'un signataire conteste : ce qui était déclaré, ce qu'il propose, pourquoi, d'où.

    `valeur_declaree` est ce que le classeur montrait, en texte canonique, un taux par ses deux
    termes : « 41/60 » ; `organisme_declarant` est vide pour un total de plusieurs organismes.
    `valeur_proposee` est dans l'unité de la mesure ; un taux se propose en deux termes, ou en
    points. `saisi` garde le texte brut quand ce n'est pas la valeur elle-même, `regle` la règle de
    lecture. `motif` et `source` sont obligatoires : sans eux, tout reste dans `a_verifier`.
    """

    organisme_declarant: Code | None = None
    valeur_declaree: str = ""
    valeur_proposee: str | None = None
    numerateur: Nombre | None = None
    denominateur: Nombre | None = None
    estimee: Booleen = False
    saisi: str = ""
    regle: str = ""
    motif: str = ""
    source: str = ""
    a_verifier: dict[str, Saisie] = Field(default_factory=dict)
    cellule: str

    @property
    def conteste(self) -> bool:
        """Vrai si une autre valeur est proposée : le reste n'est pas encore une contestation."""
        return self.valeur_proposee is not None or self.numerateur is not None

    @property
    def proposition(self) -> tuple[object, ...]:
        """Ce qui fait que deux propositions sont les mêmes, cellule et raisons à part."""
        return (self.valeur_proposee, self.numerateur, self.denominateur)

    @property
    def proposee(self) -> Valeur:
        """La valeur proposée, comme une réponse."""
        return Valeur(
            valeur=self.valeur_proposee,
            numerateur=self.numerateur,
            denominateur=self.denominateur,
            etat=Etat.ESTIME if self.estimee else Etat.RENSEIGNE,
            saisi=self.saisi,
            regle=self.regle,
            cellule=self.cellule,
        )


class Examen(Noeud):
    """Une lecture d'un cahier d'examen rendu : écrite une fois, au plus remplacée."""

    organisme: Code
    exercice: Entier
    recu: Recu
    motif: str | None = None
    remplace: tuple[str, ...] = ()
    fictif: Booleen = False
    fiches: dict[str, AvisFiche] = Field(default_factory=dict)
    mesures: dict[str, Contestation] = Field(default_factory=dict)

    @property
    def retrait(self) -> bool:
        """Vrai s'il ne fait qu'en retirer d'autres."""
        return (self.motif or "").startswith(RETRAIT) and not (self.fiches or self.mesures)

    @property
    def nom(self) -> str:
        """Le nom de son fichier, sans le suffixe ; vide s'il n'est pas écrit."""
        return PurePosixPath(self.lieu().fichier).stem


Rendu = Releve | Examen
"""Ce que donne un classeur rendu, gardé dans un fichier qui ne change plus."""

"""Le contrat : territoire, période, axes, organismes, instances et règles."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from clsmon.model.couleur import BLEU
from clsmon.model.mois import add_months
from clsmon.model.noeud import Annee, Booleen, Code, Date, Entier, Identifiant, Jour, Noeud, Nombre

PILOTAGE = "copil"
"""Le code de l'instance de pilotage d'un CLS."""


class NatureContrat(StrEnum):
    """Ce que le dossier suit."""

    CLS = "cls"
    PROTOCOLE = "protocole"
    PLAN = "plan"
    AUTRE = "autre"


class Rectification(Noeud):
    """Une réparation de la transcription : elle ne change pas le contrat."""

    champ: str
    motif: str


class Territoire(Noeud):
    """Le périmètre géographique (article 2) : un nom et les codes des communes."""

    nom: str
    communes: tuple[Code, ...] = ()


class Periode(Noeud):
    """
    La durée du contrat (article 6), en années civiles.

    Sans date de signature, la fin est le 31 décembre de `fin` et toute échéance est provisoire.
    """

    debut: Annee
    fin: Annee
    duree_ans: Entier | None = None
    signature: Date | None = None

    @property
    def exercices(self) -> range:
        """Les années couvertes."""
        return range(self.debut, self.fin + 1)

    @property
    def date_fin(self) -> date:
        """Le dernier jour du contrat."""
        if self.signature is None or self.duree_ans is None:
            return date(self.fin, 12, 31)
        return add_months(self.signature, 12 * self.duree_ans)

    @property
    def fin_provisoire(self) -> bool:
        """Vrai si la fin, et donc toute échéance qui en dépend, n'est pas certaine."""
        return self.signature is None or self.duree_ans is None


class Objectif(Noeud):
    """Un niveau facultatif entre l'axe et la fiche."""

    id: Identifiant
    titre: str
    texte: str = ""


class Axe(Noeud):
    """Un axe stratégique (article 4)."""

    id: Identifiant
    titre: str
    texte: str = ""
    objectifs: tuple[Objectif, ...] = ()


class Organisme(Noeud):
    """
    Une organisation du registre du contrat : signataire, commune, porteur, financeur ou source.

    `collectif` : plusieurs organisations sous un seul nom, donc sans formulaire.
    `composantes` : les codes des membres d'une équipe, qui ne remplissent qu'un formulaire.
    """

    nom: str
    sigle: str = ""
    autres_noms: tuple[str, ...] = ()
    signataire: Booleen = False
    copilote: Booleen = False
    associe: Booleen = False
    commune: Booleen = False
    collectif: Booleen = False
    composantes: tuple[Code, ...] = ()
    rattache_a: Code | None = None
    anciens_codes: tuple[Code, ...] = ()

    @property
    def nom_court(self) -> str:
        """Le sigle s'il existe, sinon le nom."""
        return self.sigle or self.nom


class Instance(Noeud):
    """Une instance de gouvernance (article 3) et son nombre minimal de séances par an."""

    nom: str
    minimum_annuel: Entier | None = None
    membres: tuple[str, ...] = ()


class RegleAnimateur(Noeud):
    """Article 5 et fiche 5.1 : taux en %, plafond en euros par an, temps en ETP."""

    taux_max: Nombre
    plafond_annuel: Nombre
    etp_minimum: Nombre | None = None


class RegleEvaluation(Noeud):
    """
    Fiche 5.2 : délais de l'évaluation finale, en mois avant la fin du contrat.

    `responsable` porte l'évaluation ; `reference` dit où le contrat la prévoit.
    """

    lancement_mois_avant_fin: Entier
    delai_prestataire_mois: Entier
    fenetre_mois: Entier
    responsable: Code | None = None
    reference: str = ""


class RegleSecret(Noeud):
    """En dessous de `seuil` personnes, un effectif n'est pas publié."""

    seuil: Entier = 11


class Regles(Noeud):
    """Les règles chiffrées du contrat."""

    animateur_sante: RegleAnimateur | None = None
    evaluation_finale: RegleEvaluation | None = None
    secret: RegleSecret = RegleSecret()
    droit_de_regard_jours: Entier | None = None


class Campagne(Noeud):
    """Les dates de la collecte annuelle, dans l'année qui suit l'exercice."""

    ouverture: Jour
    limite: Jour


class Couleurs(Noeud):
    """La couleur des documents : celle des titres et des en-têtes, « #rrggbb »."""

    principale: Annotated[str, BeforeValidator(lambda lu: "" if lu is None else lu)] = BLEU

    @classmethod
    def _without_absent(cls, brut: Any) -> Any:
        """Une couleur sans guillemets est un commentaire de YAML : la clé vide n'est pas tue."""
        return brut


class Contrat(Noeud):
    """Le contrat tel qu'il est écrit dans `data/contrat.yaml`."""

    titre: str
    nature: NatureContrat
    territoire: Territoire
    periode: Periode
    axes: tuple[Axe, ...] = ()
    organismes: dict[Code, Organisme]
    instances: dict[Code, Instance] = Field(default_factory=dict)
    regles: Regles = Regles()
    campagne: Campagne | None = None
    parcours: dict[Code, str] = Field(default_factory=dict)
    couleurs: Couleurs = Couleurs()
    glossaire: dict[str, str] = Field(default_factory=dict)
    rectifications: tuple[Rectification, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def pilote(self) -> str | None:
        """
        L'instance qui décide : le COPIL, sinon la seule instance du contrat.

        None quand le contrat en a plusieurs sans dire laquelle : chacune convient alors.
        """
        if PILOTAGE in self.instances:
            return PILOTAGE
        return next(iter(self.instances)) if len(self.instances) == 1 else None

    def decide(self, instance: str) -> bool:
        """Vrai si cette instance adopte le bilan, arbitre et change les fiches (articles 6, 7)."""
        return self.pilote in {None, instance}

    @property
    def signataires(self) -> dict[str, Organisme]:
        """Les signataires, dans l'ordre du contrat."""
        return {code: o for code, o in self.organismes.items() if o.signataire}

    def nom_court(self, code: str) -> str:
        """Le nom court d'un organisme, ou son code s'il n'est pas au registre."""
        organisme = self.organismes.get(code)
        return organisme.nom_court if organisme else code

    def ouverture(self, exercice: int) -> date | None:
        """Le premier jour de la campagne d'un exercice."""
        return _day_of(self.campagne.ouverture, exercice + 1) if self.campagne else None

    def limite(self, exercice: int) -> date | None:
        """Le dernier jour pour rendre les formulaires d'un exercice."""
        return _day_of(self.campagne.limite, exercice + 1) if self.campagne else None


def _day_of(jour: str, annee: int) -> date:
    """Un jour de l'année « MM-JJ » ; un 29 février devient le 28."""
    mois, quantieme = (int(partie) for partie in jour.split("-"))
    return date(annee, mois, min(quantieme, 28) if mois == 2 else quantieme)


class ElementContexte(Noeud):
    """
    Un chiffre du diagnostic territorial, dans `unite`, avec sa source et son année.

    `valeurs` met les territoires côte à côte : metropole, qpv, cote-d-or, bfc, france…
    """

    theme: str
    libelle: str
    unite: str
    annee: Entier | None = None
    source: str = ""
    valeurs: dict[Code, Nombre]
    texte: str = ""

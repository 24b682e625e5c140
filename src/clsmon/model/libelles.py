"""Les mots français des listes fermées, les mêmes dans les formulaires et les documents."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from clsmon.model.indicateur import TypeMesure
from clsmon.model.observation import Avis
from clsmon.model.releve import Avancement, Confiance, Etat, EtatAction, Evolution
from clsmon.model.seance import EtatDecision, EtatSeance, NatureDecision
from clsmon.model.statut import Statut

ETATS: Mapping[Etat, str] = {
    Etat.RENSEIGNE: "renseigné",
    Etat.ESTIME: "estimé",
    Etat.NON_DISPONIBLE: "non disponible",
    Etat.SANS_OBJET: "sans objet",
}
"""Les états qu'un partenaire peut choisir ; « à vérifier » n'est pas de son ressort."""

STATUTS: Mapping[Statut, str] = {
    Statut.RENSEIGNE: "renseigné",
    Statut.ESTIME: "estimé",
    Statut.NON_DISPONIBLE: "non disponible",
    Statut.SANS_OBJET: "sans objet",
    Statut.A_VERIFIER: "à vérifier",
    Statut.NON_REPONDU: "non répondu",
    Statut.CALCULE: "calculé",
    Statut.NON_CALCULABLE: "non calculable",
    Statut.SECRET: "secret",
    Statut.NON_PUBLIE: "non publié",
}

AVANCEMENTS: Mapping[Avancement, str] = {
    Avancement.NON_DEMARREE: "non démarrée",
    Avancement.EN_COURS: "en cours",
    Avancement.REALISEE: "réalisée",
    Avancement.REPORTEE: "reportée",
    Avancement.SUSPENDUE: "suspendue",
    Avancement.ABANDONNEE: "abandonnée",
}

CONFIANCES: Mapping[Confiance, str] = {
    Confiance.SECURISE: "sécurisé",
    Confiance.ATTEIGNABLE: "atteignable",
    Confiance.APPUIS_NECESSAIRES: "appuis nécessaires",
    Confiance.COMPROMIS: "compromis",
}

EVOLUTIONS: Mapping[Evolution, str] = {
    Evolution.MAINTIEN: "maintien",
    Evolution.MODIFICATION: "modification",
    Evolution.RETRAIT: "retrait",
}

AVIS: Mapping[Avis, str] = {
    Avis.ACCORD: "accord",
    Avis.REMARQUE: "remarque",
    Avis.DESACCORD: "désaccord",
}

ETATS_ACTION: Mapping[EtatAction, str] = {
    EtatAction.PREVUE: "prévue",
    EtatAction.REALISEE: "réalisée",
    EtatAction.REPORTEE: "reportée",
    EtatAction.ABANDONNEE: "abandonnée",
}

TYPES: Mapping[TypeMesure, str] = {
    TypeMesure.NOMBRE: "nombre",
    TypeMesure.TAUX: "taux",
    TypeMesure.MONTANT: "montant",
    TypeMesure.DUREE: "durée",
    TypeMesure.OUI_NON: "oui ou non",
    TypeMesure.CHOIX: "choix",
    TypeMesure.TEXTE: "texte",
}

NATURES_DECISION: Mapping[NatureDecision, str] = {
    NatureDecision.AJOUT_FICHE: "ajout d’une fiche",
    NatureDecision.RETRAIT_FICHE: "retrait d’une fiche",
    NatureDecision.MODIFICATION_FICHE: "modification d’une fiche",
    NatureDecision.CIBLE: "cible",
    NatureDecision.ARBITRAGE: "arbitrage",
    NatureDecision.PROGRAMME: "programme annuel",
    NatureDecision.ADOPTION_BILAN: "adoption du bilan",
    NatureDecision.AVENANT: "avenant",
    NatureDecision.AUTRE: "autre",
}

ETATS_DECISION: Mapping[EtatDecision, str] = {
    EtatDecision.OUVERTE: "ouverte",
    EtatDecision.REALISEE: "réalisée",
    EtatDecision.ABANDONNEE: "abandonnée",
}

ETATS_SEANCE: Mapping[EtatSeance, str] = {
    EtatSeance.PREVUE: "prévue",
    EtatSeance.TENUE: "tenue",
}

RUBRIQUES: Mapping[str, str] = {
    "avancement": "Avancement de la fiche",
    "confiance": "Confiance dans l’aboutissement",
    "faits_marquants": "Faits marquants de l’année",
    "freins": "Freins",
    "leviers": "Leviers",
    "perspectives": "Perspectives",
    "evolution_proposee": "Évolution proposée",
    "motif_evolution": "Motif de l’évolution",
    "communes": "Communes concernées",
    "depenses.prevu": "Dépenses prévues (€)",
    "depenses.engage": "Dépenses engagées (€)",
    "depenses.realise": "Dépenses réalisées (€)",
    "aides.ars.notifie": "Aide de l’ARS notifiée (€)",
    "aides.ars.verse": "Aide de l’ARS versée (€)",
    "aides": "Aides reçues",
    "poste.etp": "Poste d’animateur santé : temps (ETP)",
    "poste.mois": "Poste d’animateur santé : mois occupés",
    "poste.cout_eligible": "Poste d’animateur santé : coût éligible (€)",
}
"""Les rubriques du récit d'une fiche, par champ du relevé, points compris."""

NATURES_CELLULE: Mapping[str, str] = {
    "nombre": "un nombre",
    "texte": "un texte non gardé (données personnelles)",
    "booleen": "une case vrai ou faux",
    "erreur": "une erreur du tableur",
    "formule_sans_resultat": "une formule sans résultat",
    "date": "une date",
    "fusionnee": "des cellules fusionnées",
}
"""Ce qu'est une cellule non acceptée, quand elle n'a pas de texte à citer."""

TERRITOIRES: Mapping[str, str] = {
    "metropole": "Métropole",
    "qpv": "Quartiers prioritaires",
    "cote-d-or": "Côte-d’Or",
    "bfc": "Bourgogne-Franche-Comté",
    "france": "France",
    "objectif-europeen": "Objectif européen",
}
"""Les territoires que les chiffres de contexte mettent côte à côte."""

E = TypeVar("E", bound=StrEnum)

OUI_NON = ("oui", "non")


MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def spell_date(jour: date) -> str:
    """« 15 mars 2026 », « 1er mai 2026 »."""
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    return f"{quantieme} {MOIS[jour.month - 1]} {jour.year}"


LONGUEUR_DE_LIBELLE = 200
"""Jusqu'où un texte est sans doute un libellé, comparé bien des fois ; au-delà, une réponse."""


def simplify(texte: str) -> str:
    """Un texte réduit pour la comparaison : sans accent, casse ni espaces superflus."""
    return _simplify_label(texte) if len(texte) <= LONGUEUR_DE_LIBELLE else _reduce(texte)


@lru_cache(maxsize=4096)
def _simplify_label(texte: str) -> str:
    return _reduce(texte)


def _reduce(texte: str) -> str:
    decompose = unicodedata.normalize("NFKD", texte.casefold())
    sans_accent = "".join(c for c in decompose if not unicodedata.combining(c))
    return " ".join(sans_accent.replace("’", "'").split())


def read_label(texte: str, libelles: Mapping[E, str]) -> E | None:
    """L'élément d'une liste fermée que désigne un texte, accents et casse pardonnés."""
    cherche = simplify(texte)
    return next((e for e, libelle in libelles.items() if simplify(libelle) == cherche), None)

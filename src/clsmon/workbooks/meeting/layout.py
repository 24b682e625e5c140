"""La disposition du classeur « Séance », décrite une fois : elle guide l'écriture et la lecture."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from hashlib import sha256
from json import dumps

from clsmon.model.classeur_seance import ClasseurSeance
from clsmon.model.libelles import ETATS_DECISION, ETATS_SEANCE, NATURES_DECISION
from clsmon.workbooks.layout import Colonne

VERSION = "1"
"""La version de cette disposition, écrite dans chaque classeur."""

SEANCE, ORDRE, PRESENCE, DECISIONS, PROGRAMME = (
    "Séance",
    "Ordre du jour",
    "Présence",
    "Décisions",
    "Programme",
)

COLONNES: Mapping[str, tuple[Colonne, ...]] = {
    SEANCE: (
        Colonne("seance.champ", "Champ", 10, cachee=True),
        Colonne("seance.libelle", "Rubrique", 32),
        Colonne("seance.reponse", "Réponse", 36, saisie=True),
        Colonne("seance.aide", "Aide", 70),
    ),
    ORDRE: (
        Colonne("point.rang", "N°", 7),
        Colonne("point.texte", "Point de l’ordre du jour", 130, saisie=True),
    ),
    PRESENCE: (
        Colonne("presence.organisme", "Organisme", 78, saisie=True),
        Colonne("presence.convoque", "Convoqué", 18, saisie=True),
        Colonne("presence.presence", "Présence", 22, saisie=True),
    ),
    DECISIONS: (
        Colonne("decision.id", "N°", 7, saisie=True),
        Colonne("decision.nature", "Nature", 17, saisie=True),
        Colonne("decision.objet", "Objet : fiche ou mesure", 29, saisie=True),
        Colonne("decision.texte", "Ce qui est décidé", 46, saisie=True),
        Colonne("decision.responsable", "Responsable", 19, saisie=True),
        Colonne("decision.echeance", "Échéance", 12, saisie=True),
        Colonne("decision.etat", "État", 12, saisie=True),
        Colonne("decision.exercice", "Exercice", 9, saisie=True),
        Colonne("decision.effet_le", "Prend effet le", 12, saisie=True),
        Colonne("decision.annee", "Année de la cible", 10, saisie=True),
        Colonne("decision.valeur", "Valeur de la cible", 12, saisie=True),
        Colonne("decision.retient_organisme", "Arbitrage : réponse de", 19, saisie=True),
        Colonne("decision.retient_valeur", "Arbitrage : valeur", 12, saisie=True),
    ),
    PROGRAMME: (
        Colonne("action.fiche", "Fiche", 44, saisie=True),
        Colonne("action.id", "Code", 8, saisie=True),
        Colonne("action.libelle", "Action attendue", 54, saisie=True),
        Colonne("action.organisme", "Organisme", 28, saisie=True),
        Colonne("action.echeance", "Échéance", 16, saisie=True),
        Colonne("action.decision", "Décision", 22, saisie=True),
    ),
}
"""Les feuilles à remplir et leurs colonnes, clés machine en ligne 1, titres en ligne 2."""


class Participation(StrEnum):
    """Ce qu'un organisme a fait d'une séance."""

    PRESENT = "present"
    EXCUSE = "excuse"
    ABSENT = "absent"


PARTICIPATIONS: Mapping[Participation, str] = {
    Participation.PRESENT: "présent",
    Participation.EXCUSE: "excusé",
    Participation.ABSENT: "absent",
}

LISTES: Mapping[str, tuple[str, ...]] = {
    "seance.etat": tuple(ETATS_SEANCE.values()),
    "decision.nature": tuple(NATURES_DECISION.values()),
    "decision.etat": tuple(ETATS_DECISION.values()),
    "presence.presence": tuple(PARTICIPATIONS.values()),
}
"""Les listes fermées, par colonne ou par rubrique."""

ETAT, ENVOYE_LE = "etat", "envoye_le"
"""Les rubriques à remplir de la feuille « Séance »."""

OUI, NON = "oui", "non"


def meeting_fingerprint(classeur: ClasseurSeance) -> str:
    """L'empreinte d'un classeur : contrat, séance, exercice, et ce dont il part."""
    dit = [
        classeur.dossier.contrat.titre,
        classeur.nom,
        classeur.exercice,
        list(classeur.base),
        [[c.cle for c in colonnes] for colonnes in COLONNES.values()],
    ]
    return sha256(dumps(dit, ensure_ascii=True).encode("ascii")).hexdigest()[:16]

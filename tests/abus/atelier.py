"""The small dossier of the abuses: its form, what its fictitious partner typed, and the outcome."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clsmon.analysis.questionnaire import compute_questionnaire
from clsmon.collecting import collect_all
from clsmon.model.anomalie import Anomalie, Gravite
from clsmon.model.collecte import Collecte
from clsmon.model.dossier import Dossier
from clsmon.model.releve import DeclarationFiche, Valeur
from clsmon.opening import require_dossier
from clsmon.workbooks.form.workbook import render_form

ICI = Path(__file__).parent
DOSSIER, FIXTURES = ICI / "dossier", ICI / "fixtures"
EXERCICE = 2025
ORGANISME = "asso"

ATELIERS, PARTICIPANTS = "1.1/ateliers/ateliers", "1.1/ateliers/participants"
LIVRES, PARENTS, PUBLICS = "1.1/livres/livres", "1.1/satisfaction/parents", "1.1/publics/texte"
SORTIES, SORTIS = "1.10/sorties/sorties", "1.10/sorties/participants"
COUT, DELAI, PARTAGE = "1.10/cout/cout", "1.10/delai/delai", "1.10/bilan/partage"
REUNIONS = "2.1/reunions/reunions"

Saisies = dict[tuple[str, str], dict[str, str | int | float]]

SAISIES: Saisies = {
    (ATELIERS, ""): {"valeur": 11},
    (PARTICIPANTS, ""): {"valeur": 112, "commentaire": "liste d’émargement"},
    (LIVRES, ""): {"valeur": 340},
    (PARENTS, ""): {"numerateur": 41, "denominateur": 60},
    (PUBLICS, ""): {"valeur": "parents et enseignants"},
    (SORTIES, ""): {"valeur": 7, "etat": "estimé"},
    (SORTIS, ""): {"valeur": 83},
    (COUT, ""): {"valeur": 1250.5},
    (DELAI, ""): {"etat": "non disponible", "commentaire": "pas encore compté"},
    (PARTAGE, ""): {"valeur": "oui"},
    (REUNIONS, ""): {"valeur": 5},
    ("1.1", "faits_marquants"): {"reponse": "Trois écoles de plus"},
    ("1.1", "depenses.realise"): {"reponse": 900},
    ("1.10", "avancement"): {"reponse": "en cours"},
    ("1.10", "faits_marquants"): {"reponse": "Sorties au musée"},
}
"""What the partner typed, by row and column: fictitious, and each number only once."""

REPONSES: dict[str, str] = {
    ATELIERS: "11",
    PARTICIPANTS: "112",
    LIVRES: "340",
    PARENTS: "41/60",
    PUBLICS: "parents et enseignants",
    SORTIES: "7 estime",
    SORTIS: "83",
    COUT: "1250.5",
    DELAI: "non_disponible",
    PARTAGE: "oui",
    REUNIONS: "5",
}
RECITS: dict[str, str] = {
    "1.1 faits_marquants": "Trois écoles de plus",
    "1.1 depenses.realise": "900",
    "1.10 avancement": "en_cours",
    "1.10 faits_marquants": "Sorties au musée",
}
"""The same, as recorded."""


def open_small(racine: Path = DOSSIER) -> Dossier:
    return require_dossier(racine)


def copy_small(racine: Path) -> Path:
    """A fresh copy of the dossier, to change or to collect in."""
    shutil.copytree(DOSSIER / "data", racine / "data")
    return racine


def form_of(dossier: Dossier, organisme: str = ORGANISME, exercice: int = EXERCICE) -> bytes:
    """The form that the dossier sends now; its answers will be fictitious."""
    return render_form(compute_questionnaire(dossier, exercice, organisme, fictif=True))


@dataclass(frozen=True)
class Issue:
    """All that came of one workbook: what is recorded, at which key, and what is told, where."""

    valeurs: dict[str, str]
    recits: dict[str, str]
    dites: list[tuple[str, str]]
    remplace: int = 0


def spell(valeur: Valeur) -> str:
    """One answer in a word: value or terms, then its état when it is not « renseigné »."""
    if valeur.etat is None:
        return f"({valeur.commentaire})"
    termes = f"{valeur.numerateur}/{valeur.denominateur}" if valeur.numerateur else ""
    lu = valeur.valeur or termes or valeur.saisi
    etat = "" if valeur.etat.value == "renseigne" else valeur.etat.value
    return f"{lu} {etat}".strip() if valeur.etat.repond or valeur.saisi else etat


def spell_recit(fiche: str, declaration: DeclarationFiche) -> dict[str, str]:
    """The rubriques of one fiche that were answered, by name."""
    dits: dict[str, str] = {}
    for champ in declaration.cellules:
        objet: Any = declaration
        for nom in champ.split("."):
            objet = objet.get(nom) if isinstance(objet, dict) else getattr(objet, nom, None)
        dits[f"{fiche} {champ}"] = str(getattr(objet, "value", objet))
    douteux = {f"{fiche} {c}": f"? {s.saisi}" for c, s in declaration.a_verifier.items()}
    return dits | douteux


def issue_of(collecte: Collecte) -> Issue:
    """The outcome of one workbook; informations are not told to anybody."""
    releve = collecte.releve
    dites = [told(a) for a in collecte.anomalies if a.gravite is not Gravite.INFO]
    if releve is None:
        return Issue({}, {}, dites)
    valeurs = {cle: spell(valeur) for cle, valeur in releve.valeurs.items()}
    recits: dict[str, str] = {}
    for fiche, declaration in releve.fiches.items():
        recits |= spell_recit(fiche, declaration)
    return Issue(valeurs, recits, dites, len(releve.remplace))


def told(anomalie: Anomalie) -> tuple[str, str]:
    """The code, and the cell with its sheet when there is one."""
    lieu = anomalie.lieu
    return anomalie.code, f"{lieu.feuille}!{lieu.cellule}" if lieu.cellule else ""


def collect_files(
    dossier: Dossier, *chemins: Path, accepter_ancien: bool = False
) -> dict[str, Collecte]:
    """Reads workbooks as `collect --dry-run` does, by file name."""
    collectes = collect_all(
        dossier, chemins, EXERCICE, ecrire=False, accepter_ancien=accepter_ancien
    )
    return {collecte.fichier: collecte for collecte in collectes}

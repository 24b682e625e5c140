"""Trouver un dossier et l'ouvrir, avec ses anomalies ; savoir où est ce qui vient avec l'outil."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from clsmon.model.anomalie import Anomalie, ClsmonError, Gravite, MauvaisUsageError
from clsmon.model.dossier import Dossier
from clsmon.model.suggestion import advise
from clsmon.text.loading import CONTRAT, load_dossier

PAQUET = Path(__file__).parent / "_paquet"
"""Ce que la roue emporte ; dans une copie de travail, la racine du dépôt en tient lieu."""


def find_root(demande: Path | None) -> Path:
    """
    La racine du dossier : celle demandée, sinon `CLSMON_DOSSIER`, sinon en remontant d'ici.

    Lève MauvaisUsageError si aucun `data/contrat.yaml` ne s'y trouve.
    """
    if demande is None and os.environ.get("CLSMON_DOSSIER"):
        demande = Path(os.environ["CLSMON_DOSSIER"])
    candidats = [demande] if demande else [Path.cwd(), *Path.cwd().parents]
    for racine in candidats:
        if (racine / CONTRAT).exists():
            return racine.resolve()
    ici = demande or Path.cwd()
    raison = f"aucun fichier {CONTRAT} n'y figure" if ici.is_dir() else "ce dossier n'existe pas"
    raise MauvaisUsageError(
        f"pas de dossier clsmon dans « {ici} » : {raison}",
        None,
        "Placez-vous dans le dossier du contrat, ou indiquez-le : --dossier CHEMIN. "
        "Pour essayer sans dossier : clsmon demo.",
    )


def open_dossier(racine: Path) -> tuple[Dossier | None, tuple[Anomalie, ...]]:
    """Ouvre le dossier ; rend (dossier, anomalies), sans dossier si le contrat ne se lit pas."""
    return load_dossier(racine)


def require_dossier(racine: Path) -> Dossier:
    """
    Ouvre un dossier sur lequel travailler : toute erreur de forme arrête, la première nommée.

    Lève ClsmonError.
    """
    dossier, anomalies = load_dossier(racine)
    erreurs = sorted((a for a in anomalies if a.gravite is Gravite.ERREUR), key=Anomalie.order)
    if dossier is None or erreurs:
        premiere = erreurs[0]
        autres = len(erreurs) - 1
        reste = f" (et {autres} autre{'s' * (autres > 1)} erreur{'s' * (autres > 1)})"
        reste = reste if autres else ""
        raise ClsmonError(
            f"le dossier ne se lit pas en entier : {premiere.message}{reste}",
            premiere.lieu,
            "Lancez « clsmon validate » pour voir toutes les erreurs et leur remède.",
        )
    return dossier


def organismes_of(demandes: Sequence[str], exercice: int, dossier: Dossier) -> tuple[str, ...]:
    """
    Les organismes demandés, ou tous ceux qui sont interrogés pour l'exercice.

    Lève MauvaisUsageError pour un code inconnu ou un organisme qui n'est pas interrogé.
    """
    interroges = dossier.repondants(exercice)
    demandes = [code.lower() for code in demandes]
    for code in demandes:
        if code not in interroges:
            connu = code in dossier.contrat.organismes
            raise MauvaisUsageError(
                f"« {code} » n'est pas interrogé pour l'exercice {exercice}"
                if connu
                else f"organisme inconnu : « {code} »",
                None,
                advise(code, interroges) or f"Codes possibles : {', '.join(interroges)}.",
            )
    return tuple(code for code in interroges if not demandes or code in demandes)


def form_path(racine: Path, exercice: int, organisme: str) -> Path:
    """Où est le formulaire d'un organisme : `formulaires/2025/apo.xlsx`."""
    return racine / "formulaires" / str(exercice) / f"{organisme}.xlsx"


def examen_path(racine: Path, exercice: int, organisme: str) -> Path:
    """Où est le cahier d'examen d'un signataire : `formulaires/2025/examen-ars.xlsx`."""
    return racine / "formulaires" / str(exercice) / f"examen-{organisme}.xlsx"


def signatories_of(demandes: Sequence[str], dossier: Dossier) -> tuple[str, ...]:
    """
    Les signataires demandés, ou tous ceux du contrat.

    Lève MauvaisUsageError si le contrat n'en a pas, ou pour un organisme qui n'en est pas un.
    """
    signataires = dossier.contrat.signataires
    if not signataires:
        raise MauvaisUsageError(
            "ce contrat n'a pas de signataire : personne n'a à examiner le bilan",
            None,
            "Écrivez « signataire: true » aux organismes qui ont signé, dans data/contrat.yaml.",
        )
    demandes = [code.lower() for code in demandes]
    for code in demandes:
        if code not in signataires:
            connu = code in dossier.contrat.organismes
            raise MauvaisUsageError(
                f"« {code} » n'est pas signataire du contrat"
                if connu
                else f"organisme inconnu : « {code} »",
                None,
                advise(code, signataires) or f"Signataires : {', '.join(signataires)}.",
            )
    return tuple(code for code in signataires if not demandes or code in demandes)


def packaged(nom: str) -> Path:
    """
    Un dossier livré avec l'outil : « templates », « polices », ou « dijon » pour ce contrat.

    Lève FileNotFoundError si la livraison est incomplète.
    """
    depot = Path(__file__).parents[2]
    dans_le_depot = {
        "templates": depot / "templates",
        "polices": depot / "polices",
        "dijon": depot,
    }
    for candidat in (PAQUET / nom, dans_le_depot[nom]):
        if candidat.is_dir():
            return candidat
    raise FileNotFoundError(PAQUET / nom)


def today(demandee: str | None) -> date:
    """
    Le jour : celui demandé, sinon `CLSMON_DATE`, sinon l'horloge, et rien d'autre.

    Lève MauvaisUsageError si la date n'est pas AAAA-MM-JJ.
    """
    texte = demandee or os.environ.get("CLSMON_DATE")
    if not texte:
        return date.today()  # noqa: DTZ011  the person's own calendar day is wanted
    jour = _read_day(texte)
    if jour is None or jour.isoformat() != texte:
        raise MauvaisUsageError(
            f"date incorrecte : « {texte} »",
            None,
            "Écrivez AAAA-MM-JJ, par exemple 2026-03-15.",
        )
    return jour


def _read_day(texte: str) -> date | None:
    try:
        return date.fromisoformat(texte)
    except ValueError:
        return None


def exercice_of(demande: int | None, jour: date, dossier: Dossier) -> int:
    """
    L'exercice examiné : celui demandé, sinon l'année d'avant.

    Lève MauvaisUsageError s'il n'est pas dans la période du contrat.
    """
    exercice = demande if demande is not None else jour.year - 1
    check_exercice(exercice, dossier)
    return exercice


def check_exercice(exercice: int, dossier: Dossier) -> None:
    """Lève MauvaisUsageError si un exercice n'est pas dans la période du contrat."""
    periode = dossier.contrat.periode
    if exercice in periode.exercices:
        return
    raise MauvaisUsageError(
        f"l'exercice {exercice} n'est pas dans la période du contrat "
        f"({periode.debut}-{periode.fin})",
        None,
        f"Choisissez-en un avec --exercice, par exemple --exercice {periode.debut}.",
    )

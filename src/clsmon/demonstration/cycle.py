"""Le cycle de démonstration, avec le même code que tout le monde."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from clsmon.analysis.job import asks_job
from clsmon.analysis.programme import asked_of, programme_of
from clsmon.collecting import collect_all
from clsmon.demonstration.answers import (
    EXERCICES,
    SANS_REPONSE,
    answer_job,
    answer_measure,
    answer_places,
    answer_programme,
    answer_rubrics,
)
from clsmon.demonstration.governance import governance_files
from clsmon.demonstration.partner import fill_form
from clsmon.founding import write_contract
from clsmon.model.anomalie import ClsmonError
from clsmon.model.collecte import Collecte
from clsmon.model.dossier import Dossier
from clsmon.opening import require_dossier
from clsmon.preparing import Formulaire, prepare_forms
from clsmon.receiving import find_workbooks
from clsmon.reporting import write_bilan
from clsmon.writing import write_file

JOUR = date(2026, 3, 20)
"""Le jour de la démonstration, fixe pour que deux démonstrations se ressemblent à l'octet près."""

MARQUE = "DEMONSTRATION.txt"
AVERTISSEMENT = (
    "DONNÉES FICTIVES. Ce dossier est une démonstration de clsmon : le texte du contrat est réel,\n"
    "les réponses sont inventées. « clsmon demo » efface et refait ce dossier.\n"
)


@dataclass(frozen=True)
class Etape:
    """Ce qui a été fait pour un exercice."""

    exercice: int
    formulaires: tuple[Formulaire, ...]
    collectes: tuple[Collecte, ...]


def make_dossier(cible: Path) -> None:
    """
    Copie le contrat de Dijon dans `cible`, vide ou déjà de démonstration.

    Lève ClsmonError si le dossier contient autre chose, qui ne sera jamais effacé.
    """
    if cible.exists() and not (cible / MARQUE).is_file():
        if not cible.is_dir() or any(cible.iterdir()):
            raise ClsmonError(
                f"« {cible} » existe déjà et n'est pas une démonstration",
                None,
                "Choisissez un autre nom : clsmon demo AUTRE-DOSSIER.",
            )
    elif cible.exists():
        _erase(cible)
    write_file(cible / MARQUE, AVERTISSEMENT.encode("utf-8"))
    write_contract("dijon", cible)
    for nom, texte in governance_files().items():
        write_file(cible / "data" / nom, texte.encode("utf-8"))


def _erase(cible: Path) -> None:
    """Efface ce que la démonstration avait fait, et rien d'autre."""
    try:
        for nom in ("data", "formulaires", "retours", "bilans"):
            if (cible / nom).is_dir():
                shutil.rmtree(cible / nom)
    except OSError as erreur:
        raise ClsmonError(
            f"impossible de refaire « {cible} »",
            None,
            "Fermez ses classeurs ouverts dans Excel, ou choisissez un autre dossier.",
        ) from erreur


def run_year(racine: Path, exercice: int) -> Etape:
    """Un exercice : formulaires, réponses fictives, collecte."""
    dossier = require_dossier(racine)
    organismes = dossier.repondants(exercice)
    formulaires = tuple(prepare_forms(dossier, exercice, organismes, fictif=True))
    retours = racine / "retours" / str(exercice)
    for formulaire in formulaires:
        if formulaire.organisme not in SANS_REPONSE.get(exercice, ()):
            rempli = fill_form(
                formulaire.chemin.read_bytes(),
                dict(_typed(dossier, formulaire.organisme, exercice)),
            )
            write_file(retours / formulaire.chemin.name, rempli)
    collectes = collect_all(dossier, find_workbooks([retours]), exercice, ecrire=True)
    return Etape(exercice, formulaires, collectes)


def _typed(
    dossier: Dossier, organisme: str, exercice: int
) -> Iterator[tuple[tuple[str, str], dict[str, str | int | float]]]:
    for situee in dossier.demandees(exercice, organisme):
        yield (situee.cle, ""), answer_measure(situee, organisme, exercice).cellules
    communes = [dossier.contrat.nom_court(code) for code in dossier.contrat.territoire.communes]
    for fiche in dossier.fiches_de(organisme, exercice):
        financee = any(f.montant is not None for f in fiche.financement)
        actions = [
            action.id
            for action in programme_of(dossier, exercice, fiche)
            if asked_of(action, fiche, organisme)
        ]
        rubriques = {
            **answer_rubrics(fiche.id, organisme, exercice, financee=financee),
            **answer_places(fiche.id, organisme, exercice, communes),
            **answer_programme(fiche.id, organisme, exercice, actions),
            **(answer_job(exercice) if asks_job(fiche) else {}),
        }
        for champ, reponse in rubriques.items():
            yield (fiche.id, champ), {"reponse": reponse}


def run_demonstration(cible: Path) -> Iterator[Etape | Path]:
    """Le cycle entier : le dossier, chaque exercice, puis les documents du dernier bilan."""
    make_dossier(cible)
    for exercice in EXERCICES:
        yield run_year(cible, exercice)
    _, documents = write_bilan(require_dossier(cible), EXERCICES[-1], JOUR, ("md", "xlsx"))
    yield from documents

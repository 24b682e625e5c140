"""Small questionnaires, and the form they give read back with openpyxl."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from clsmon.model.contrat import Contrat
from clsmon.model.dossier import MesureSituee
from clsmon.model.fiche import Fiche
from clsmon.model.questionnaire import Question, QuestionFiche, Questionnaire
from clsmon.model.releve import Valeur
from clsmon.model.seance import Action
from clsmon.workbooks.form.workbook import render_form

CONTRAT: dict[str, Any] = {
    "titre": "Contrat local de santé d’essai & compagnie",
    "nature": "cls",
    "territoire": {"nom": "Essai"},
    "periode": {"debut": "2024", "fin": "2028"},
    "organismes": {
        "apo": {"nom": "Association de Prévention en Orthophonie", "sigle": "APO"},
        "chenove": {"nom": "Chenôve", "commune": "true"},
    },
}
MESURES: dict[str, dict[str, Any]] = {
    "nombre": {"type": "nombre", "unite": "écoles", "maximum": "40"},
    "taux": {"type": "taux"},
    "montant": {"type": "montant"},
    "duree": {"type": "duree", "unite": "mois"},
    "oui-non": {"type": "oui_non"},
    "choix": {"type": "choix", "modalites": ["faible", "moyen", "fort"]},
    "long": {"type": "choix", "modalites": [f"modalité numéro {i}, longue" for i in range(20)]},
    "texte": {"type": "texte"},
}


def make_form(
    libelle: str = "Ce qui est compté", titre: str = "Prévenir", **questionnaire: Any
) -> Questionnaire:
    fiche = Fiche.model_validate(
        {
            "id": "3.1",
            "titre": titre,
            "statut": "programmee",
            "indicateurs": [
                {
                    "id": "indicateur",
                    "libelle": libelle,
                    "groupe": "Lire à l’école",
                    "mesures": [{"id": i, "libelle": libelle, **m} for i, m in MESURES.items()],
                }
            ],
        }
    )
    indicateur = fiche.indicateurs[0]
    questions = tuple(
        Question(MesureSituee(f"3.1/indicateur/{m.id}", fiche, indicateur, m))
        for m in indicateur.mesures
    )
    complet: dict[str, Any] = {
        "contrat": Contrat.model_validate(CONTRAT),
        "exercice": 2025,
        "organisme": "apo",
        "limite": date(2026, 3, 15),
        "mesures": questions,
        "fiches": (QuestionFiche(fiche, (Action(id="a1", libelle="Essai"),)),),
    }
    return Questionnaire(**(complet | questionnaire))


def answer(questionnaire: Questionnaire, **reponses: Valeur) -> Questionnaire:
    """The same form, some measures answered (« oui_non » stands for « oui-non »)."""
    return replace(
        questionnaire,
        mesures=tuple(
            replace(q, reponse=reponses.get(q.situee.mesure.id.replace("-", "_")))
            for q in questionnaire.mesures
        ),
    )


def open_form(questionnaire: Questionnaire) -> Any:
    return load_workbook(BytesIO(render_form(questionnaire)))


def rows_by_key(feuille: Any) -> dict[str, dict[str, Any]]:
    """Cells by machine key of row and of column; a row of « Fiches » adds its field."""
    colonnes = {c.value: c.column for c in feuille[1]}
    champ = colonnes.get("champ")
    return {
        str(ligne[0].value) + (f" {ligne[champ - 1].value}" if champ else ""): {
            cle: ligne[rang - 1] for cle, rang in colonnes.items()
        }
        for ligne in feuille.iter_rows(min_row=3)
        if ligne[0].value
    }


def all_cells(classeur: Any) -> Iterator[Any]:
    for feuille in classeur:
        for ligne in feuille.iter_rows():
            yield from ligne

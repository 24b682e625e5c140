"""Les formulaires à envoyer : un classeur par organisme, dans `formulaires/<exercice>/`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from clsmon.analysis.questionnaire import compute_questionnaire
from clsmon.model.dossier import Dossier
from clsmon.opening import form_path
from clsmon.workbooks.form.workbook import render_form
from clsmon.writing import write_file


@dataclass(frozen=True)
class Formulaire:
    """Un formulaire préparé : pour qui, combien de mesures, et où."""

    organisme: str
    mesures: int
    chemin: Path


def prepare_forms(
    dossier: Dossier, exercice: int, organismes: Iterable[str], *, fictif: bool = False
) -> Iterator[Formulaire]:
    """
    Écrit le formulaire de chaque organisme ; les mêmes données donnent les mêmes octets.

    Il est fictif dans un exercice qui l'est déjà : sa réponse y serait sinon refusée.
    Lève ClsmonError si un classeur ne peut pas être écrit (ouvert dans Excel, dossier protégé).
    """
    fictif = fictif or any(releve.fictif for releve in dossier.releves_de(exercice).values())
    for organisme in organismes:
        questionnaire = compute_questionnaire(dossier, exercice, organisme, fictif=fictif)
        chemin = form_path(dossier.racine, exercice, organisme)
        write_file(chemin, render_form(questionnaire))
        yield Formulaire(organisme, len(questionnaire.mesures), chemin)

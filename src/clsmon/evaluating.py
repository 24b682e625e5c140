"""La matière de l'évaluation finale, écrite dans `bilans/` à partir de tous les exercices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from clsmon.analysis.evaluation import compute_evaluation
from clsmon.model.dossier import Dossier
from clsmon.model.evaluation import Evaluation
from clsmon.opening import packaged
from clsmon.printing import Redaction, print_text
from clsmon.render.evaluation import document_of, name_of, text_of
from clsmon.render.evaluation_excel import render_excel_evaluation
from clsmon.writing import write_together

FORMATS = ("md", "xlsx", "html", "pdf", "docx")


def write_evaluation(
    dossier: Dossier, jour: date, formats: Sequence[str]
) -> tuple[Evaluation, tuple[Path, ...]]:
    """
    Réunit tous les exercices et les écrit dans chaque format ; rend l'évaluation et ses fichiers.

    Comme `write_bilan` : tout est écrit, ou rien. Lève ClsmonError.
    """
    evaluation = compute_evaluation(dossier, jour)
    gabarits = [dossier.racine / "templates", packaged("templates")]
    nom, texte = name_of(evaluation), text_of(evaluation, gabarits)
    composer = partial(document_of, evaluation)
    redaction = Redaction(nom, texte, composer, gabarits, evaluation.fictif)
    classeur = {"xlsx": lambda: {f"{nom}.xlsx": render_excel_evaluation(evaluation)}}
    faits = print_text(redaction, formats, classeur if "xlsx" in formats else {})
    sortie = dossier.racine / "bilans"
    fichiers = {sortie / f: octets for nom in formats for f, octets in faits[nom].items()}
    write_together(fichiers)
    return evaluation, tuple(fichiers)

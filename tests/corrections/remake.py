"""Remakes the returns of this folder: python -m tests.corrections.remake (needs LibreOffice)."""

from __future__ import annotations

from pathlib import Path

from clsmon.analysis.questionnaire import compute_questionnaire
from clsmon.demonstration.partner import Saisies, fill_form
from clsmon.opening import packaged, require_dossier
from clsmon.workbooks.form.workbook import render_form
from tests.libreoffice import convert

SAISIES: Saisies = {
    ("3.1/ecoles-classes/ecoles", ""): {"valeur": 12},
    ("3.1/livres/livres", ""): {"valeur": "entre dix et vingt"},
}


def remake(dossier: Path) -> None:
    """Writes the same return of APO, saved as .ods and as .xls."""
    questionnaire = compute_questionnaire(require_dossier(packaged("dijon")), 2025, "apo")
    rempli = fill_form(render_form(questionnaire), SAISIES)
    for suffixe in ("ods", "xls"):
        (dossier / f"apo.{suffixe}").write_bytes(convert(rempli, suffixe))


if __name__ == "__main__":
    remake(Path(__file__).parent)

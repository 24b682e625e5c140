"""Every document takes its colour from the contract, whatever it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from clsmon.analysis.bilan import compute_bilan
from clsmon.analysis.evaluation import compute_evaluation
from clsmon.analysis.meeting import compute_meeting
from clsmon.model.contrat import Couleurs
from clsmon.model.couleur import BLEU
from clsmon.model.dossier import Dossier
from clsmon.model.seance import Seance
from clsmon.render import evaluation, piece_text
from clsmon.render.document import Document
from clsmon.render.evaluation_excel import render_excel_evaluation
from clsmon.render.meeting import draw_agenda
from clsmon.render.minutes import draw_minutes
from clsmon.render.piece import Piece

from .bilan_samples import GABARITS, compose_bilan

JOUR, PRUNE = date(2026, 3, 20), "#6a1b4d"


def coloured(dossier: Dossier, accent: str) -> Dossier:
    couleurs = Couleurs.model_validate({"principale": accent})
    return replace(dossier, contrat=dossier.contrat.model_copy(update={"couleurs": couleurs}))


def report(dossier: Dossier) -> Document:
    return compose_bilan(compute_bilan(dossier, 2025, JOUR), [GABARITS])


def final_evaluation(dossier: Dossier) -> Document:
    evalue = compute_evaluation(dossier, JOUR)
    return evaluation.document_of(evalue, evaluation.text_of(evalue, [GABARITS]))


def piece(draw: Callable[..., Piece]) -> Callable[[Dossier], Document]:
    seance = Seance.model_validate({"instance": "copil", "date": JOUR, "etat": "prevue"})

    def compose(dossier: Dossier) -> Document:
        avec = replace(dossier, seances=(seance,))
        dessinee = draw(compute_meeting(avec, seance))
        return piece_text.document_of(dessinee, piece_text.text_of(dessinee, [GABARITS]))

    return compose


@pytest.mark.parametrize(
    "compose",
    [
        pytest.param(report, id="bilan"),
        pytest.param(final_evaluation, id="évaluation"),
        pytest.param(piece(draw_agenda), id="ordre du jour"),
        pytest.param(piece(draw_minutes), id="compte rendu"),
    ],
)
def test_a_document_is_of_the_colour_of_its_contract(
    dijon: Dossier, compose: Callable[[Dossier], Document]
) -> None:
    assert compose(coloured(dijon, PRUNE)).accent == PRUNE
    assert compose(dijon).accent == BLEU


def test_the_workbook_of_the_evaluation_too(dijon: Dossier) -> None:
    evalue = compute_evaluation(coloured(dijon, PRUNE), JOUR)
    classeur = load_workbook(BytesIO(render_excel_evaluation(evalue)))
    assert classeur["Synthèse"]["A1"].font.color.rgb == f"FF{PRUNE[1:].upper()}"

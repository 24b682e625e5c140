"""Une pièce de séance en Markdown, ou en blocs, par un gabarit qu'un dossier peut remplacer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from clsmon.render.composing import compose
from clsmon.render.document import Document, split_parts
from clsmon.render.escape import finalize
from clsmon.render.inlays import Places, Texte
from clsmon.render.piece import Piece
from clsmon.render.templates import render_template

GABARIT = "seance.md.j2"


def text_of(piece: Piece, gabarits: Sequence[Path]) -> Texte:
    """La pièce rédigée ; lève ClsmonError (GAB001) si un gabarit est fautif."""
    places = Places()
    filtres = {**places.filters(), "e": finalize, "escape": finalize}
    vues = {"document": piece, "sections": piece.sections}
    return places.fill(render_template(GABARIT, gabarits, vues, filtres, finalize))


def document_of(piece: Piece, texte: Texte) -> Document:
    """La pièce en blocs, pour les formats qui se mettent en page."""
    return Document(
        nom=piece.nom,
        titre=piece.titre,
        sujet=piece.contrat,
        nature="",
        fictif=piece.fictif,
        parties=split_parts(compose(texte)),
        accent=piece.accent,
    )

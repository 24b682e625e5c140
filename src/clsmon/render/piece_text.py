"""Une pièce de séance en Markdown, ou en blocs, par un gabarit qu'un dossier peut remplacer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from markupsafe import Markup

from clsmon.render.composing import compose
from clsmon.render.document import Bloc, Document, split_parts
from clsmon.render.escape import finalize
from clsmon.render.inlays import Places, Poses, write_markdown
from clsmon.render.piece import Piece
from clsmon.render.templates import render_template

GABARIT = "seance.md.j2"


def render_piece_markdown(piece: Piece, gabarits: Sequence[Path]) -> str:
    """La pièce en Markdown ; lève ClsmonError (GAB001) si un gabarit est fautif."""
    return _write(piece, gabarits, write_markdown)


def compose_piece(piece: Piece, gabarits: Sequence[Path]) -> Document:
    """La pièce en blocs, pour HTML et Word ; lève ClsmonError (GAB001)."""

    def write(places: Places) -> str:
        return _write(piece, gabarits, places.put)

    return Document(
        nom=piece.nom,
        titre=piece.titre,
        sujet=piece.contrat,
        nature="",
        fictif=piece.fictif,
        parties=split_parts(compose(write)),
        accent=piece.accent,
    )


def _write(piece: Piece, gabarits: Sequence[Path], put: Callable[[Bloc], Markup]) -> str:
    filtres = {**Poses({}, put).filters(), "e": finalize, "escape": finalize}
    vues = {"document": piece, "sections": piece.sections}
    return render_template(GABARIT, gabarits, vues, filtres, finalize)

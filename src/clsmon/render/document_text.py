"""Un document court en Markdown ou en HTML, par un gabarit qu'un dossier peut remplacer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from clsmon.model.texte import clean_text
from clsmon.render.cells import Cellule, spell_cell
from clsmon.render.document import Document
from clsmon.render.escape import escape_inline, finalize, spell_any
from clsmon.render.templates import render_template

MARKDOWN, HTML = "seance.md.j2", "seance.html.j2"


def render_document_markdown(document: Document, gabarits: Sequence[Path]) -> str:
    """Le document en Markdown ; lève ClsmonError (GAB001) si un gabarit est fautif."""
    filtres = {"cellule": _markdown_cell, "e": finalize, "escape": finalize}
    return render_template(MARKDOWN, gabarits, _views(document), filtres, finalize)


def render_document_html(document: Document, gabarits: Sequence[Path]) -> str:
    """Le document en une page HTML, sans script ni ressource ; lève ClsmonError (GAB001)."""
    filtres = {"cellule": _html_cell, "e": _show, "escape": _show}
    return render_template(HTML, gabarits, _views(document), filtres, _show)


def _views(document: Document) -> Mapping[str, Any]:
    return {"document": document, "sections": document.sections}


def _markdown_cell(cellule: Cellule) -> Markup:
    return escape_inline(spell_cell(cellule))


def _html_cell(cellule: Cellule) -> Markup:
    return _show(spell_cell(cellule))


def _show(valeur: Any) -> Markup:
    """La seule porte par où une valeur entre dans la page : nettoyée, puis échappée."""
    return valeur if isinstance(valeur, Markup) else escape(clean_text(spell_any(valeur)))

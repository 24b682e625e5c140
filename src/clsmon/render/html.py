"""Un document en une page HTML, sans script ni ressource extérieure."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from clsmon.model.couleur import tints_of
from clsmon.model.logo import Logo
from clsmon.model.texte import clean_text
from clsmon.render.cells import Cellule, Tableau, spell_cell
from clsmon.render.charts import Graphique
from clsmon.render.document import Document
from clsmon.render.escape import spell_any
from clsmon.render.templates import Filtres, render_template

GABARIT = "document.html.j2"
SECTIONS_SANS_SOMMAIRE = 3
"""Jusque-là, un document se parcourt d'un regard : il n'a pas de sommaire."""


def render_html(document: Document, gabarits: Sequence[Path]) -> str:
    """La page ; lève ClsmonError (GAB001) si un gabarit est fautif."""
    filtres: Filtres = {
        "cellule": _cell,
        "dessin": _drawing,
        "e": _show,
        "escape": _show,
        "image": _image,
        "parts": _shares,
    }
    sections = sum(partie.titre is not None for partie in document.parties)
    vues = {
        "document": document,
        "accent": document.accent,
        "teintes": tints_of(document.accent),
        "avec_sommaire": sections > SECTIONS_SANS_SOMMAIRE,
    }
    return render_template(GABARIT, gabarits, vues, filtres, _show)


def _show(valeur: Any) -> Markup:
    """La seule porte par où une valeur entre dans la page : nettoyée, puis échappée."""
    return valeur if isinstance(valeur, Markup) else escape(clean_text(spell_any(valeur)))


def _cell(cellule: Cellule) -> Markup:
    return _show(spell_cell(cellule))


def _shares(tableau: Tableau) -> tuple[int, ...]:
    """La part de chaque colonne dans la largeur du tableau, en %."""
    total = sum(colonne.largeur for colonne in tableau.colonnes)
    return tuple(round(100 * colonne.largeur / total) for colonne in tableau.colonnes)


def _drawing(graphique: Graphique) -> Markup:
    """Le dessin lui-même : ses textes sont échappés là où il est dessiné."""
    return Markup(graphique.svg)  # noqa: S704


def _image(logo: Logo) -> Markup:
    """L'image d'un logo, dans la page même."""
    return Markup(f"data:image/png;base64,{b64encode(logo.octets).decode('ascii')}")  # noqa: S704

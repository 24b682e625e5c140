"""La page d'un code d'anomalie, telle que `clsmon explain` l'affiche."""

from __future__ import annotations

import inspect
import textwrap

from clsmon.model.codes import PAGES
from clsmon.model.page import Page
from clsmon.rules import REGLES

LARGEUR = 80
"""Largeur d'une page, en caractères."""


def explain(code: str) -> str | None:
    """La page d'un code, en 80 colonnes au plus ; None si aucun constat ne le porte."""
    cherche = code.strip().upper()
    for regle in REGLES:
        if regle.code == cherche:
            titre = f"{regle.code} · {regle.gravite} · {regle.nom}"
            return _lay_out(titre, f"Règle : {inspect.getdoc(regle.fonction)}")
    for page in PAGES:
        if page.code == cherche:
            return _lay_out(f"{page.code} · {page.gravite}", _body(page))
    return None


def codes() -> tuple[str, ...]:
    """Tous les codes qui ont une page, triés."""
    return tuple(sorted([*(r.code for r in REGLES), *(p.code for p in PAGES)]))


def _body(page: Page) -> str:
    exemple = textwrap.indent(page.exemple, "    ")
    remede = f"Remède : {page.remede}"
    return "\n\n".join([f"Règle : {page.titre}", page.texte, "Exemple :", exemple, remede])


def _lay_out(titre: str, corps: str) -> str:
    """Un paragraphe se replie ; un exemple, en retrait, garde ses lignes."""
    paragraphes = [
        p if p.startswith(" ") else textwrap.fill(p, LARGEUR, break_on_hyphens=False)
        for p in corps.split("\n\n")
    ]
    return "\n\n".join([titre, *paragraphes]) + "\n"

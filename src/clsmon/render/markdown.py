"""Le bilan en Markdown, par des gabarits qu'un dossier peut remplacer bloc par bloc."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from clsmon.model.bilan import Bilan
from clsmon.model.libelles import spell_date
from clsmon.render import examen, method, overview, provenance, results, spelling, stories
from clsmon.render.cells import Cellule, spell_cell
from clsmon.render.charts import draw_charts
from clsmon.render.escape import (
    anchor_of,
    escape_block,
    escape_inline,
    file_link,
    finalize,
    spell_any,
)
from clsmon.render.templates import Filtres, render_template

PRINCIPAL = "bilan.md.j2"


@dataclass(frozen=True)
class Section:
    """Une section du document, numérotée comme le plan du bilan."""

    numero: int
    titre: str


def _join(morceaux: Iterable[Any], separateur: str = "") -> Markup:
    echappes = (str(finalize(morceau)) for morceau in morceaux)
    lien = separateur if separateur.strip() in {"", ",", ";", "·"} else escape_inline(separateur)
    return Markup(str(lien).join(echappes))  # noqa: S704 every piece is escaped


def _cell(cellule: Cellule) -> Markup:
    return escape_inline(spell_cell(cellule))


def _filters(bilan: Bilan) -> Filtres:
    return {
        "ancre": anchor_of,
        "axe": overview.name_axis,
        "cellule": _cell,
        "citation": escape_block,
        "completude": spelling.spell_completeness,
        "court": bilan.contrat.nom_court,
        "date": spell_date,
        "avancement": spelling.spell_advance,
        "e": finalize,
        "escape": finalize,
        "fichier": file_link,
        "join": _join,
        "mots": spell_any,
        "nombre": spelling.spell_number,
        "taux": spelling.spell_rate,
    }


def _views(bilan: Bilan) -> Mapping[str, Any]:
    """Ce que les gabarits peuvent montrer, en plus du bilan lui-même."""
    themes = dict.fromkeys(element.theme for element in bilan.contexte)
    return {
        "bilan": bilan,
        "contrat": bilan.contrat,
        "exercice": bilan.exercice,
        "sections": sections_of(bilan),
        "resume": overview.summarize(bilan),
        "vide": overview.is_empty(bilan),
        "graphiques": draw_charts(bilan),
        "avancements": overview.advance_table(bilan),
        "completudes": overview.completeness_table(bilan),
        "attendus": overview.expected_table(bilan),
        "decisions": overview.decisions_table(bilan),
        "qualite": overview.quality_table(bilan),
        "provenance": provenance.provenance_table(bilan),
        "contextes": tuple(
            (theme, overview.context_table(bilan, theme), overview.sources_of(bilan, theme))
            for theme in themes
        ),
        "glossaire": overview.glossary_table(bilan),
        "methode": method.method_of(bilan),
        "recits": partial(stories.stories_of, bilan),
        "avis_signataires": partial(examen.opinions_of, bilan),
        "doutes_examen": examen.doubts_of(bilan),
        "precisions": lambda fiche: tuple(stories.details_of(bilan, fiche)),
        "argent": partial(stories.money_table, bilan),
        "programme": partial(stories.programme_table, bilan),
        "perspectives": partial(stories.outlook_of, bilan),
        "evolutions": partial(stories.proposals_of, bilan),
        "sans_perspective": tuple(
            f.fiche
            for f in bilan.fiches
            if not stories.outlook_of(bilan, f.recits) + stories.proposals_of(bilan, f.recits)
        ),
        "a_programmer": tuple((axe, f) for axe in bilan.axes for f in axe.a_programmer),
        "recits_a_programmer": tuple(
            paire for axe in bilan.axes for paire in axe.recits_a_programmer
        ),
        "resultats": partial(results.results_of, bilan),
    }


def sections_of(bilan: Bilan) -> Mapping[str, Section]:
    """Les sections produites, numérotées comme le plan type du bilan."""
    annee = bilan.exercice
    return {
        "couverture": Section(0, "Couverture"),
        "page_une": Section(1, "L’essentiel en une page"),
        "decisions": Section(2, "Suivi des décisions antérieures"),
        "actions": Section(3, f"Bilan des actions {annee}"),
        "resultats": Section(4, "Résultats des indicateurs du contrat"),
        "perspectives": Section(5, f"Perspectives pour {annee + 1} et après"),
        "annexes": Section(9, "Annexes"),
    }


def render_markdown(bilan: Bilan, gabarits: Sequence[Path]) -> str:
    """
    Le bilan en Markdown (tableaux GFM), par le gabarit « bilan.md.j2 ».

    `gabarits` : ceux du dossier d'abord, ceux du paquet en dernier. Lève ClsmonError (GAB001).
    """
    return render_template(PRINCIPAL, gabarits, _views(bilan), _filters(bilan), finalize)

"""Le bilan en Markdown, par des gabarits qu'un dossier peut remplacer bloc par bloc."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from clsmon.model.bilan import Bilan
from clsmon.model.contrat import Contrat
from clsmon.model.libelles import spell_date
from clsmon.render import (
    amounts,
    changes,
    charts,
    closing,
    examen,
    finances,
    governance,
    job,
    logos,
    method,
    overview,
    places,
    planned,
    programme,
    provenance,
    results,
    spelling,
    stories,
)
from clsmon.render.cells import Cellule, spell_cell
from clsmon.render.document import Document, Partie, split_parts
from clsmon.render.escape import (
    anchor_of,
    escape_block,
    escape_inline,
    finalize,
    spell_any,
)
from clsmon.render.inlays import Places, Texte
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


def filters_of(contrat: Contrat, places: Places) -> Filtres:
    """Les filtres d'un gabarit Markdown : ce qu'ils rendent est échappé, ou posé à sa place."""
    return {
        **places.filters(),
        "ancre": anchor_of,
        "axe": overview.name_axis,
        "cellule": _cell,
        "citation": escape_block,
        "completude": spelling.spell_completeness,
        "court": contrat.nom_court,
        "date": spell_date,
        "avancement": spelling.spell_advance,
        "e": finalize,
        "escape": finalize,
        "join": _join,
        "mots": spell_any,
        "nombre": spelling.spell_number,
        "taux": spelling.spell_rate,
    }


def views_of(bilan: Bilan) -> Mapping[str, Any]:
    """Ce que les gabarits peuvent montrer, en plus du bilan lui-même."""
    themes = dict.fromkeys(element.theme for element in bilan.contexte)
    return {
        **_change_views(bilan),
        **_chart_views(bilan),
        "bilan": bilan,
        "contrat": bilan.contrat,
        "exercice": bilan.exercice,
        "resume": overview.summarize(bilan),
        "vide": overview.is_empty(bilan),
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
        "sans_perspective": stories.silent_fiches(bilan),
        "non_publiees": stories.withheld_fiches(bilan),
        "recits_a_programmer": tuple(
            paire for axe in bilan.axes for paire in axe.recits_a_programmer
        ),
        "resultats": partial(results.results_of, bilan),
        "gouvernance": _governance(bilan),
        "finances": _finances(bilan),
    }


def _chart_views(bilan: Bilan) -> Mapping[str, Any]:
    """Les graphiques, chacun dans la section dont il montre les chiffres."""
    return {
        "avancement_en_image": charts.draw_advance(bilan),
        "completude_en_image": charts.draw_completeness(bilan),
        "frises": charts.draw_strips(bilan),
        "mesures_en_images": partial(charts.draw_measures, bilan),
        "cibles_en_images": charts.draw_bullets(bilan),
        "depenses_en_images": charts.draw_money(bilan),
    }


def _governance(bilan: Bilan) -> Mapping[str, Any]:
    """La section « Gouvernance » : ses tableaux et ses phrases."""
    return {
        "enregistree": bilan.gouvernance.enregistree,
        "rien": governance.nothing_recorded(bilan),
        "instances": governance.instances_table(bilan),
        "seances": governance.meetings_table(bilan),
        "participation": governance.summarize_attendance(bilan),
        "convoques": bilan.gouvernance.assiduite.convocations,
        "membres": governance.members_table(bilan),
        "programme": programme.summarize_programme(bilan),
        "realisation": programme.completion_table(bilan),
        "actions": programme.actions_table(bilan),
        "communes": places.districts_table(bilan, communes=True),
        "quartiers": places.districts_table(bilan, communes=False),
        "communes_sans_fiche": places.empty_communes(bilan),
        "sans_lieu": tuple(fiche.id for fiche in bilan.gouvernance.lieux.sans_lieu),
    }


def _finances(bilan: Bilan) -> Mapping[str, Any]:
    """La section « Finances » : ses tableaux et ses phrases."""
    poste = bilan.finances.poste
    return {
        "declarees": finances.is_declared(bilan),
        "rien": finances.nothing_declared(bilan),
        "axes": finances.axes_table(bilan),
        "financeurs": finances.funders_table(bilan),
        "aides": amounts.aids_table(bilan),
        "fiches": finances.fiches_table(bilan),
        "detail": amounts.detail_table(bilan),
        "organismes": finances.organisms_table(bilan),
        "poste": job.job_table(bilan),
        "regle": job.job_rule(poste) if poste else "",
        "remarques": job.job_remarks(bilan),
        "contrat": planned.planned_table(bilan),
        "non_comptes": finances.uncounted_words(bilan) if bilan.finances.hors_vigueur else "",
    }


def _change_views(bilan: Bilan) -> Mapping[str, Any]:
    """La vie du bilan et les évolutions du contrat."""
    return {
        "nature_du_document": closing.spell_status(bilan),
        "vie_du_document": closing.closing_lines(bilan),
        "tardifs": closing.late_table(bilan),
        "sans_logo": logos.names_without_logo(bilan),
        "auteurs": partial(changes.authors_of, bilan),
        "natures_evolution": changes.NATURES,
        "ids_de": changes.spell_fiches,
        "suite": changes.spell_outcome,
        "nom_avenant": changes.name_amendment,
        "a_programmer": changes.group_missing(bilan),
    }


def sections_of(bilan: Bilan) -> Mapping[str, Section]:
    """Les sections produites, numérotées comme le plan type du bilan."""
    annee = bilan.exercice
    titres = {
        "couverture": "Couverture",
        "page_une": "L’essentiel en une page",
        "decisions": "Suivi des décisions antérieures",
        "actions": f"Bilan des actions {annee}",
        "resultats": "Résultats des indicateurs du contrat",
        "perspectives": f"Perspectives pour {annee + 1} et après",
        "evolutions": "Évolutions proposées du contrat",
        "gouvernance": "Gouvernance",
        "finances": "Finances",
        "annexes": "Annexes",
    }
    return {cle: Section(rang, titre) for rang, (cle, titre) in enumerate(titres.items())}


def text_of(bilan: Bilan, gabarits: Sequence[Path]) -> Texte:
    """
    Le bilan rédigé par le gabarit « bilan.md.j2 », une fois pour tous les formats.

    `gabarits` : ceux du dossier d'abord, ceux du paquet en dernier. Lève ClsmonError (GAB001).
    """
    places = Places(bilan.contrat.organismes)
    vues = {**views_of(bilan), "sections": sections_of(bilan)}
    filtres = filters_of(bilan.contrat, places)
    return places.fill(render_template(PRINCIPAL, gabarits, vues, filtres, finalize))


def document_of(bilan: Bilan, texte: Texte) -> Document:
    """Le bilan en blocs, pour les formats qui se mettent en page."""
    from clsmon.render.composing import compose  # noqa: PLC0415  Markdown alone does not need it

    return Document(
        nom=bilan.nom,
        titre=f"{bilan.contrat.titre}{spelling.INSECABLE}: bilan {bilan.exercice}",
        sujet=bilan.contrat.titre,
        nature=closing.spell_footer(bilan),
        fictif=bilan.fictif,
        parties=_tighten(bilan, split_parts(compose(texte))),
        accent=bilan.contrat.couleurs.principale,
    )


def _tighten(bilan: Bilan, parties: tuple[Partie, ...]) -> tuple[Partie, ...]:
    """« L'essentiel en une page » tient sur une page ; un gabarit peut en changer le titre."""
    section = sections_of(bilan)["page_une"]
    titre = f"{section.numero}. {section.titre}"
    return tuple(
        replace(partie, serree=partie.titre is not None and partie.titre.texte == titre)
        for partie in parties
    )

"""Le bilan en classeur Excel : cellules typées, graphiques natifs, filtres, impression."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO

from xlsxwriter.workbook import Workbook

from clsmon.model.bilan import Bilan
from clsmon.model.texte import clean_text
from clsmon.render import amounts, overview, places
from clsmon.render.cells import Colonne, Tableau
from clsmon.render.changes import changes_table
from clsmon.render.charts import describe_advance, describe_completeness
from clsmon.render.closing import late_table
from clsmon.render.examen import observations_table
from clsmon.render.excel_axes import axis_blocks, name_sheets
from clsmon.render.excel_blocks import Bloc, write_blocks
from clsmon.render.excel_cover import write_agenda, write_cover
from clsmon.render.excel_sections import finances_blocks, governance_blocks
from clsmon.render.excel_sheet import POLICE, Feuille, Formats, open_sheet, write_list
from clsmon.render.excel_tables import (
    ETAT_ACTION,
    ETAT_INDICATEUR,
    actions_table,
    measures_table,
    outlook_table,
)
from clsmon.render.method import method_of
from clsmon.render.overview import name_axis
from clsmon.render.provenance import provenance_table

CREATION = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Une date fixe : le même bilan donne les mêmes octets."""
EVOLUTIONS = "Évolutions"
"""La feuille sous le tableau de laquelle vient le projet d'ordre du jour."""

COLONNES_SYNTHESE = (Colonne("", 44), *(Colonne("", 12.5),) * 9)
LARGEUR_GRAPHIQUE, HAUTEUR_GRAPHIQUE, LIGNES_GRAPHIQUE = 1000, 280, 15
GRILLE = {"visible": True, "line": {"color": "#C9CDD2", "width": 0.5}}
SERIES: tuple[Mapping[str, object], ...] = (
    {"fill": {"color": "#0B5FA5"}},
    {"pattern": {"pattern": "dark_upward_diagonal", "fg_color": "#0B5FA5", "bg_color": "#FFFFFF"}},
    {"fill": {"color": "#5B6472"}},
    {"fill": {"color": "#B35900"}},
    {"pattern": {"pattern": "dark_upward_diagonal", "fg_color": "#B35900", "bg_color": "#FFFFFF"}},
    {"fill": {"color": "#8B1A1A"}},
    {"fill": {"color": "#FFFFFF"}, "border": {"color": "#5B6472", "dash_type": "dash"}},
)
"""Un style par avancement, dans l'ordre d'AVANCEMENTS_MONTRES."""


def _write_points(feuille: Feuille, titre: str, lignes: list[str], vide: str) -> None:
    feuille.write_title(titre, 12)
    for texte in lignes or [vide]:
        feuille.write_wide(texte, COLONNES_SYNTHESE)
    feuille.ligne += 1


def _write_summary(feuille: Feuille, bilan: Bilan) -> None:
    feuille.set_widths(COLONNES_SYNTHESE)
    feuille.write_title(f"L’essentiel de l’exercice {bilan.exercice}")
    feuille.write_wide(overview.summarize(bilan), COLONNES_SYNTHESE)
    if overview.is_empty(bilan):
        feuille.write_line("Aucune réponse n’est encore enregistrée pour cet exercice.", bold=True)
    feuille.ligne += 1
    avancements = feuille.write_block(overview.advance_table(bilan))
    attention = [f"{rang}. {point.texte}" for rang, point in enumerate(bilan.attention, 1)]
    _write_points(feuille, "Ce qui appelle l’attention", attention, "Aucun point d’attention.")
    if bilan.suivi_decisions:
        compte = f"{bilan.suivi_decisions[0]} (feuille Décisions)."
        _write_points(feuille, "Ce que sont devenues les décisions antérieures", [compte], "")
    decider = [f"{rang}. {objet}" for rang, objet in enumerate(bilan.a_decider, 1)]
    _write_points(feuille, "Ce que le COPIL doit décider", decider, "Rien à décider à ce jour.")
    feuille.feuille.set_h_pagebreaks([feuille.ligne])
    completudes = feuille.write_block(overview.completeness_table(bilan))
    for lignes, insert in (
        (avancements, _insert_advance),
        (completudes, _insert_completeness),
    ):
        if lignes:
            insert(feuille, bilan, lignes)
            feuille.ligne += LIGNES_GRAPHIQUE
    feuille.feuille.print_area(0, 0, feuille.ligne, len(COLONNES_SYNTHESE) - 1)
    # What is to be read, then what is to be seen: never a third page for a few lines.
    feuille.feuille.fit_to_pages(1, 2)


def _insert_chart(
    feuille: Feuille,
    titre: str,
    description: str,
    series: list[dict[str, object]],
    axe: str,
    **valeurs: object,
) -> None:
    if not series:
        return
    graphique = feuille.classeur.add_chart({"type": "bar", "subtype": "stacked"})
    for serie in series:
        graphique.add_series(serie)
    graphique.set_title({"name": titre, "name_font": {"size": 12}, "overlay": False})
    graphique.set_y_axis({"reverse": True, "num_font": {"size": 9}, "crossing": "max"})
    graphique.set_x_axis(
        {"name": axe, "min": 0, "num_font": {"size": 9}, "major_gridlines": GRILLE, **valeurs}
    )
    graphique.set_legend({"position": "bottom"} if len(series) > 1 else {"none": True})
    graphique.set_size({"width": LARGEUR_GRAPHIQUE, "height": HAUTEUR_GRAPHIQUE})
    options = {"description": clean_text(description), "object_position": 1}
    feuille.feuille.insert_chart(feuille.ligne, 0, graphique, options)


def _insert_advance(feuille: Feuille, bilan: Bilan, lignes: range) -> None:
    nom, premiere, derniere = feuille.feuille.get_name(), lignes[0], lignes[-1]
    presents = [
        rang
        for rang, avancement in enumerate(overview.AVANCEMENTS_MONTRES)
        if any(axe.compte(avancement) for axe in bilan.axes)
    ]
    series: list[dict[str, object]] = [
        {
            "name": [nom, premiere - 1, rang + 1],
            "categories": [nom, premiere, 0, derniere, 0],
            "values": [nom, premiere, rang + 1, derniere, rang + 1],
            "data_labels": {"value": True, "num_format": "0;;", "fill": {"color": "#FFFFFF"}},
            "gap": 60,
            **SERIES[rang],
        }
        for rang in presents
    ]
    titre = f"Avancement des fiches par axe, {bilan.exercice}"
    _insert_chart(feuille, titre, describe_advance(bilan), series, "Nombre de fiches", major_unit=1)


def _insert_completeness(feuille: Feuille, bilan: Bilan, lignes: range) -> None:
    nom, premiere, derniere = feuille.feuille.get_name(), lignes[0], lignes[-1]
    colonne = len(overview.COLONNES_COMPLETUDE)
    series: list[dict[str, object]] = [
        {
            "name": "Taux de réponse",
            "categories": [nom, premiere, 0, derniere, 0],
            "values": [nom, premiere, colonne, derniere, colonne],
            "data_labels": {"value": True, "fill": {"color": "#FFFFFF"}},
            "gap": 60,
            **SERIES[0],
        }
    ]
    titre = f"Réponses reçues par axe, {bilan.exercice}"
    description, axe = describe_completeness(bilan), "Taux de réponse (%)"
    _insert_chart(feuille, titre, description, series, axe, max=100, num_format="0")


def _method_table(bilan: Bilan) -> Tableau:
    colonnes = (Colonne("Règle", 36), Colonne("En mots", 110))
    return Tableau("Méthode et règles employées", colonnes, method_of(bilan))


def _sheets(bilan: Bilan) -> Iterator[tuple[str, Tableau | tuple[Bloc, ...], int | None]]:
    """Les feuilles après la synthèse : un tableau à filtrer, ou plusieurs blocs à lire."""
    yield "Décisions", overview.decisions_table(bilan), None
    yield "Actions", actions_table(bilan), ETAT_ACTION
    yield "Indicateurs", measures_table(bilan), ETAT_INDICATEUR
    yield "Observations", observations_table(bilan), None
    tardifs = late_table(bilan)
    if tardifs.lignes:
        yield "Après adoption", tardifs, None
    yield "Perspectives", outlook_table(bilan), None
    yield EVOLUTIONS, changes_table(bilan), None
    yield "Gouvernance", tuple(governance_blocks(bilan)), None
    yield "Lieux", places.places_table(bilan), None
    yield "Finances", tuple(finances_blocks(bilan)), None
    yield "Montants", amounts.amounts_table(bilan), amounts.ETAT_MONTANT
    yield "Attendus", overview.expected_table(bilan), None
    yield "Qualité", overview.quality_table(bilan), None
    yield "Provenance", provenance_table(bilan), None
    yield "Contexte", overview.context_table(bilan), None
    yield "Glossaire", overview.glossary_table(bilan), None
    yield "Méthode", _method_table(bilan), None


def render_excel(bilan: Bilan) -> bytes:
    """
    Le bilan en .xlsx, les mêmes octets pour le même bilan.

    Lève ClsmonError si un nombre du bilan n'est pas fini.
    """
    sortie = BytesIO()
    options = {"in_memory": True, "default_date_format": "dd/mm/yyyy"}
    classeur = Workbook(sortie, options | {"default_format_properties": dict(POLICE)})
    classeur.set_properties(
        {
            "title": clean_text(f"{bilan.contrat.titre} : bilan {bilan.exercice}"),
            "comments": "DONNÉES FICTIVES" if bilan.fictif else "",
            "created": CREATION,
        }
    )
    formats: Formats = {}
    write_cover(open_sheet(classeur, formats, bilan, "Couverture"), bilan)
    _write_summary(open_sheet(classeur, formats, bilan, "Synthèse"), bilan)
    for nom, axe in zip(name_sheets(bilan.axes), bilan.axes, strict=True):
        feuille = open_sheet(classeur, formats, bilan, nom)
        write_blocks(feuille, name_axis(axe), tuple(axis_blocks(bilan, axe)))
    for nom, contenu, etat in _sheets(bilan):
        feuille = open_sheet(classeur, formats, bilan, nom)
        if isinstance(contenu, Tableau):
            write_list(feuille, contenu, etat)
        else:
            write_blocks(feuille, f"{nom} {bilan.exercice}", contenu)
        if nom == EVOLUTIONS:
            write_agenda(feuille, bilan, changes_table(bilan))
    classeur.close()
    return sortie.getvalue()

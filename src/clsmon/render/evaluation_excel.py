"""La matière de l'évaluation finale en classeur Excel."""

from __future__ import annotations

from io import BytesIO

from xlsxwriter.utility import xl_range_abs
from xlsxwriter.workbook import Workbook

from clsmon.model.evaluation import Evaluation
from clsmon.model.libelles import spell_date
from clsmon.model.texte import clean_text
from clsmon.render import evaluation_rows as rows
from clsmon.render import evaluation_series as series
from clsmon.render import evaluation_tables as tables
from clsmon.render import overview
from clsmon.render.cells import Cellule, Colonne, Tableau
from clsmon.render.evaluation import evaluation_rules
from clsmon.render.excel import CREATION, GRILLE
from clsmon.render.excel_sheet import (
    POLICE,
    Feuille,
    Formats,
    look_of,
    open_page,
    write_list,
)
from clsmon.render.spelling import spell_completeness, spell_state

PIED = "Matière de l’évaluation finale"
RIEN = "Rien n’est enregistré."
COLONNES_SYNTHESE = (Colonne("", 44), *(Colonne("", 14),) * 9)
LARGEUR_GRAPHIQUE, HAUTEUR_GRAPHIQUE, LIGNES_GRAPHIQUE = 1000, 320, 18
TRAITS = (
    ("#0B5FA5", "solid", "circle"),
    ("#B35900", "dash", "square"),
    ("#5B6472", "round_dot", "diamond"),
    ("#8B1A1A", "long_dash", "triangle"),
    ("#2E7D32", "dash_dot", "x"),
    ("#6A3D9A", "square_dot", "plus"),
)
"""Une couleur, un trait et une marque par axe : les courbes se lisent sans la couleur."""
ENSEMBLE = ("#1A1A1A", "solid", "circle")


def render_excel_evaluation(evaluation: Evaluation) -> bytes:
    """
    La matière de l'évaluation finale en .xlsx, les mêmes octets pour la même évaluation.

    Lève ClsmonError si un nombre n'est pas fini.
    """
    sortie = BytesIO()
    options = {"in_memory": True, "default_date_format": "dd/mm/yyyy"}
    classeur = Workbook(sortie, options | {"default_format_properties": dict(POLICE)})
    classeur.set_properties(
        {
            "title": clean_text(f"{evaluation.contrat.titre} : {PIED}"),
            "comments": "DONNÉES FICTIVES" if evaluation.fictif else "",
            "created": CREATION,
        }
    )
    formats: Formats = {}
    accent = evaluation.contrat.couleurs.principale

    def open_named(nom: str) -> Feuille:
        return open_page(classeur, formats, nom, PIED, accent, fictif=evaluation.fictif)

    _write_summary(open_named("Synthèse"), evaluation)
    _write_series(open_named("Séries"), evaluation)
    for nom, tableau, etat in (
        ("Mesures", rows.measures_table(evaluation), rows.ETAT_MESURE),
        ("Complétude", tables.completeness_long_table(evaluation), None),
        ("Organismes", tables.organisms_table(evaluation), None),
        ("Fiches", tables.fiches_table(evaluation), None),
        ("Décisions", overview.decisions_table(evaluation), None),
        ("Avenants", tables.amendments_table(evaluation), None),
        ("Programme", tables.programme_table(evaluation), None),
        ("Jamais renseigné", series.unanswered_table(evaluation), None),
        ("Chiffres discutés", series.disputed_table(evaluation), None),
        ("Méthode", _method_table(), None),
    ):
        write_list(open_named(nom), tableau, etat, RIEN)
    classeur.close()
    return sortie.getvalue()


def _method_table() -> Tableau:
    colonnes = (Colonne("Règle", 36), Colonne("En mots", 110))
    return Tableau("Méthode et règles employées", colonnes, evaluation_rules())


def _write_summary(feuille: Feuille, evaluation: Evaluation) -> None:
    contrat = evaluation.contrat
    feuille.set_widths(COLONNES_SYNTHESE)
    periode = f"{contrat.periode.debut}-{contrat.periode.fin}"
    feuille.write_title(f"{contrat.titre} : {PIED.lower()} {periode}", 16)
    feuille.write_line(f"Document de travail pour l’évaluateur, {spell_date(evaluation.date)}")
    feuille.ligne += 1
    for fait in evaluation.faits:
        feuille.write_wide(f"• {fait}", COLONNES_SYNTHESE)
    feuille.ligne += 1
    feuille.write_block(tables.years_table(evaluation))
    feuille.feuille.set_h_pagebreaks([feuille.ligne])
    lignes = feuille.write_block(tables.axes_table(evaluation))
    if len(evaluation.bilans) > 1:
        _insert_rates(feuille, evaluation, lignes)
        feuille.ligne += LIGNES_GRAPHIQUE
    feuille.write_block(tables.meetings_table(evaluation))


def _insert_rates(feuille: Feuille, evaluation: Evaluation, lignes: range) -> None:
    """Les taux de réponse, une courbe par axe, sur les années dont la campagne est ouverte."""
    nom, entete = feuille.feuille.get_name(), lignes[0] - 1
    ouvertes = [rang for rang, a in enumerate(evaluation.annees, 1) if a.bilan is not None]
    premiere, derniere = ouvertes[0], ouvertes[-1]
    graphique = feuille.classeur.add_chart({"type": "line"})
    for rang, ligne in enumerate(lignes):
        ensemble = ligne == lignes[-1]
        couleur, trait, marque = ENSEMBLE if ensemble else TRAITS[rang % len(TRAITS)]
        graphique.add_series(
            {
                "name": [nom, ligne, 0],
                "categories": [nom, entete, premiere, entete, derniere],
                "values": [nom, ligne, premiere, ligne, derniere],
                "line": {"color": couleur, "width": 3 if ensemble else 1.75, "dash_type": trait},
                "marker": {"type": marque, "size": 7, "fill": {"color": couleur}},
            }
        )
    graphique.set_title({"name": "Taux de réponse par année", "name_font": {"size": 12}})
    graphique.set_y_axis(
        {"name": "Taux de réponse (%)", "min": 0, "max": 100, "num_format": "0"}
        | {"major_gridlines": GRILLE}
    )
    graphique.set_legend({"position": "right"})
    graphique.set_size({"width": LARGEUR_GRAPHIQUE, "height": HAUTEUR_GRAPHIQUE})
    options = {"description": clean_text(_describe_rates(evaluation)), "object_position": 1}
    feuille.feuille.insert_chart(feuille.ligne, 0, graphique, options)


def _describe_rates(evaluation: Evaluation) -> str:
    """Le graphique dit en toutes lettres."""
    return " ; ".join(
        f"{bilan.exercice} : {spell_completeness(bilan.completude)}" for bilan in evaluation.bilans
    )


def _write_series(feuille: Feuille, evaluation: Evaluation) -> None:
    """Le tableau des séries : chaque année a le fond de son état, chaque ligne ses barres."""
    tableau = rows.series_table(evaluation)
    debut = feuille.ligne + 2
    write_list(feuille, tableau, vide=RIEN)
    largeur = tableau.colonnes[rows.PREMIERE_ANNEE].largeur
    tendance = rows.PREMIERE_ANNEE + len(evaluation.annees)
    for ligne, serie in enumerate(rows.numeric_series(evaluation), debut):
        cellules: list[Cellule] = []
        for rang, point in enumerate(serie.points, rows.PREMIERE_ANNEE):
            cellule = rows.value_of(evaluation, serie, point)
            fond = look_of(spell_state(point.constat)) if point.constat else {}
            feuille.write_cell(ligne, rang, cellule, fond, largeur)
            cellules.append(cellule)
        if sum(not isinstance(cellule, str) for cellule in cellules) > 1:
            _insert_trend(feuille, ligne, tendance)


def _insert_trend(feuille: Feuille, ligne: int, rang: int) -> None:
    annees = xl_range_abs(ligne, rows.PREMIERE_ANNEE, ligne, rang - 1)
    # Bars rather than a line: LibreOffice prints the line of a sparkline too thin to be seen.
    options = {"type": "column", "min": 0, "series_color": "#0B5FA5"}
    plage = f"'{feuille.feuille.get_name()}'!{annees}"
    feuille.feuille.add_sparkline(ligne, rang, {"range": plage, **options})

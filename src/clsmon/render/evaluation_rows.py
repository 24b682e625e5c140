"""Les tableaux longs de l'évaluation finale : une ligne par mesure et année, une par série."""

from __future__ import annotations

from clsmon.model.constat import Constat
from clsmon.model.evaluation import AxeEvalue, Evaluation, Point, Serie
from clsmon.model.statut import Statut
from clsmon.render.cells import Annee, Cellule, Colonne, Tableau
from clsmon.render.evaluation_series import spell_break, spell_change, spell_point, spell_total
from clsmon.render.evaluation_tables import year_columns
from clsmon.render.excel_tables import typed
from clsmon.render.overview import name_axis
from clsmon.render.results import name_measure
from clsmon.render.spelling import spell_finding, spell_state, spell_target

ETAT_MESURE = 4
COLONNES_MESURES = (
    Colonne("Fiche", 6),
    Colonne("Indicateur et mesure", 46),
    Colonne("Unité", 14),
    Colonne("Année", 8),
    Colonne("État", 16),
    Colonne("Valeur", 11, nombre=True),
    Colonne("Réponse en mots", 40),
    Colonne("Organisme", 18),
    Colonne("Manque à la somme", 18),
    Colonne("Arbitrage", 20),
    Colonne("Clé", 34, technique=True),
    Colonne("Axe", 24, technique=True),
    Colonne("Titre de la fiche", 30, technique=True),
    Colonne("Indicateur", 40, technique=True),
    Colonne("Mesure", 30, technique=True),
    Colonne("Numérateur", 12, nombre=True, technique=True),
    Colonne("Dénominateur", 14, nombre=True, technique=True),
    Colonne("Valeur initiale", 12, nombre=True, technique=True),
    Colonne("Succède à", 34, technique=True),
)
PREMIERE_ANNEE = 4
"""Le rang de la première année dans le tableau des séries."""


def measures_table(evaluation: Evaluation) -> Tableau:
    """Une ligne par mesure et par exercice du contrat, ceux à venir compris."""
    return Tableau(
        "Mesures : une ligne par mesure et par année",
        COLONNES_MESURES,
        tuple(
            _measure_row(evaluation, axe, serie, point)
            for axe in evaluation.axes
            for fiche in axe.fiches
            for serie in fiche.series
            for point in serie.points
        ),
    )


def _measure_row(
    evaluation: Evaluation, axe: AxeEvalue, serie: Serie, point: Point
) -> tuple[Cellule, ...]:
    situee, constat = serie.situee, point.constat
    initiale = situee.mesure.valeur_initiale
    return (
        situee.fiche.id,
        name_measure(serie),
        situee.mesure.unite_affichee,
        Annee(point.exercice),
        spell_state(constat) if constat else point.situation.value,
        typed(serie, constat.nombre) if constat else None,
        _words(evaluation, serie, point),
        _names(evaluation, constat.sources) if constat else None,
        _names(evaluation, constat.incomplet) if constat else None,
        constat.arbitrage if constat else None,
        situee.cle,
        name_axis(axe),
        situee.fiche.titre,
        situee.indicateur.libelle,
        situee.mesure.libelle,
        constat.numerateur if constat else None,
        constat.denominateur if constat else None,
        typed(serie, initiale.valeur) if initiale else None,
        serie.succede_a.cle if serie.succede_a else None,
    )


def _words(evaluation: Evaluation, serie: Serie, point: Point) -> str:
    """La réponse en mots, quand un nombre ne la dit pas."""
    constat = point.constat
    if constat is None or not _is_told(constat):
        return ""
    return spell_finding(constat, serie.situee.mesure, evaluation.contrat)


def _is_told(constat: Constat) -> bool:
    dite = constat.statut in {Statut.RENSEIGNE, Statut.ESTIME, Statut.CALCULE}
    return bool(constat.texte) or (constat.nombre is None and dite)


def _names(evaluation: Evaluation, codes: tuple[str, ...]) -> str:
    return ", ".join(evaluation.contrat.nom_court(code) for code in codes)


def series_table(evaluation: Evaluation) -> Tableau:
    """Une ligne par mesure chiffrée, une colonne par exercice."""
    return Tableau(
        "Séries : une ligne par mesure chiffrée",
        (
            Colonne("Fiche", 6),
            Colonne("Indicateur et mesure", 50),
            Colonne("Unité", 16),
            Colonne("Valeur initiale", 10, nombre=True),
            *year_columns(evaluation, 15),
            Colonne("Tendance", 18),
            Colonne("Évolution sur la durée", 18),
            Colonne("Cumul", 22),
            Colonne("Cible", 18),
            Colonne("Rupture", 30),
            Colonne("Clé", 34, technique=True),
        ),
        tuple(_series_row(evaluation, serie) for serie in numeric_series(evaluation)),
    )


def numeric_series(evaluation: Evaluation) -> tuple[Serie, ...]:
    """Les séries dont chaque année est un nombre : ni un texte, ni des réponses séparées."""
    return tuple(
        serie
        for serie in evaluation.series
        if serie.situee.mesure.type.chiffre and not serie.situee.separee
    )


def _series_row(evaluation: Evaluation, serie: Serie) -> tuple[Cellule, ...]:
    mesure = serie.situee.mesure
    initiale = mesure.valeur_initiale
    return (
        serie.situee.fiche.id,
        name_measure(serie),
        mesure.unite_affichee,
        typed(serie, initiale.valeur) if initiale else None,
        *(value_of(evaluation, serie, point) for point in serie.points),
        None,
        spell_change(serie),
        spell_total(serie),
        spell_target(serie.ligne) if serie.ligne else None,
        spell_break(serie),
        serie.situee.cle,
    )


def value_of(evaluation: Evaluation, serie: Serie, point: Point) -> Cellule:
    """Le nombre d'une année ; en mots quand il n'y en a pas, ou qu'il manque un organisme."""
    constat = point.constat
    if constat is None or constat.nombre is None or constat.incomplet:
        return spell_point(evaluation, serie, point)
    return typed(serie, constat.nombre)

"""Les séries de l'évaluation finale : chaque mesure, toutes ses années, ses ruptures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clsmon.model.constat import Constat
from clsmon.model.dossier import MesureSituee
from clsmon.model.evaluation import (
    ChiffreDiscute,
    Evaluation,
    FicheEvaluee,
    Point,
    SansReponse,
    Serie,
)
from clsmon.model.libelles import STATUTS
from clsmon.model.texte import clean_text
from clsmon.render.cells import Annee, Cellule, Colonne, Tableau
from clsmon.render.evaluation_tables import A_VENIR
from clsmon.render.examen import name_contested
from clsmon.render.results import name_measure
from clsmon.render.spelling import (
    ABSENT,
    AUTRE,
    INSECABLE,
    spell_answer,
    spell_finding,
    spell_gap,
    spell_initial,
    spell_owner,
    spell_quantity,
    spell_target,
)

LONGUEUR_EN_CELLULE = 60
"""Au-delà, en caractères, une réponse en mots se lit sous le tableau."""
CI_DESSOUS = "réponse ci-dessous"


@dataclass(frozen=True)
class Texte:
    """Une réponse trop longue pour une cellule, lue sous le tableau."""

    mesure: str
    exercice: int
    texte: str


def spell_point(evaluation: Evaluation, serie: Serie, point: Point) -> str:
    """Ce que l'on sait d'une mesure une année, ou pourquoi l'on n'en sait rien."""
    if point.constat is None:
        return point.situation.value
    source = spell_owner(point.constat, serie.situee, evaluation.contrat)
    return spell_finding(point.constat, serie.situee.mesure, evaluation.contrat, source)


def _is_long(point: Point, texte: str) -> bool:
    en_mots = point.constat is not None and point.constat.nombre is None
    return en_mots and (len(texte) > LONGUEUR_EN_CELLULE or "\n" in clean_text(texte))


def _point_cell(evaluation: Evaluation, serie: Serie, point: Point) -> str:
    ecrit = spell_point(evaluation, serie, point)
    return CI_DESSOUS if _is_long(point, ecrit) else ecrit


def spell_break(serie: Serie) -> str:
    """« succède à « Livres » en 2026… », ou rien."""
    if serie.succede_a is None:
        return ""
    depuis = f" en {serie.situee.mesure.depuis}" if serie.situee.mesure.depuis else ""
    nom = f"«{INSECABLE}{serie.succede_a.mesure.libelle}{INSECABLE}»"
    return f"succède à {nom}{depuis}{INSECABLE}: les deux séries ne se comparent pas"


def spell_change(serie: Serie) -> str:
    """L'évolution de la première à la dernière valeur."""
    if serie.repondant_change:
        return AUTRE
    return spell_gap(serie.evolution, serie.situee.mesure)


def spell_total(serie: Serie) -> str:
    """Le cumul d'un flux, avec les années qui lui manquent."""
    if serie.cumul is None:
        return AUTRE if serie.cumul_mele else ABSENT
    ecrit = spell_quantity(serie.cumul, serie.situee.mesure)
    manque = ", ".join(map(str, serie.sans_valeur))
    return f"{ecrit} (incomplet{INSECABLE}: manque {manque})" if manque else ecrit


def series_table(evaluation: Evaluation, fiche: FicheEvaluee) -> Tableau:
    """Les séries d'une fiche, une colonne par exercice du contrat."""
    avec_cible = any(serie.ligne and serie.ligne.cible for serie in fiche.series)
    avec_initiale = any(serie.situee.mesure.valeur_initiale for serie in fiche.series)
    titres = (
        *(("Valeur initiale",) if avec_initiale else ()),
        *(str(annee.exercice) for annee in evaluation.annees),
        "Évolution sur la durée",
        "Cumul",
        *(("Cible",) if avec_cible else ()),
    )
    return Tableau(
        f"Séries de la fiche {fiche.fiche.nom}",
        (Colonne("Indicateur et mesure", 44), Colonne("Unité", 16), *map(Colonne, titres)),
        tuple(
            (
                name_measure(serie),
                serie.situee.mesure.unite_affichee,
                *((spell_initial(serie.situee.mesure),) if avec_initiale else ()),
                *(_point_cell(evaluation, serie, point) for point in serie.points),
                spell_change(serie),
                spell_total(serie),
                *((spell_target(serie.ligne) if serie.ligne else None,) if avec_cible else ()),
            )
            for serie in fiche.series
        ),
    )


def breaks_of(fiche: FicheEvaluee) -> tuple[tuple[str, str], ...]:
    """Les ruptures des séries d'une fiche : (mesure, rupture)."""
    return tuple(
        (name_measure(serie), rupture) for serie in fiche.series if (rupture := spell_break(serie))
    )


def texts_of(evaluation: Evaluation, fiche: FicheEvaluee) -> tuple[Texte, ...]:
    """Les réponses en mots d'une fiche trop longues pour un tableau, année par année."""
    return tuple(
        Texte(name_measure(serie), point.exercice, ecrit)
        for serie in fiche.series
        for point in serie.points
        for ecrit in (spell_point(evaluation, serie, point),)
        if _is_long(point, ecrit)
    )


def unanswered_table(evaluation: Evaluation) -> Tableau:
    """Les mesures demandées et jamais renseignées, par organisme, et ce qui en fut dit."""
    return Tableau(
        "Mesures jamais renseignées",
        (
            Colonne("Organisme", 24),
            Colonne("Fiche", 10),
            Colonne("Indicateur et mesure", 60),
            *(Colonne(str(annee.exercice), 15) for annee in evaluation.annees),
        ),
        tuple(
            (
                evaluation.contrat.nom_court(sans.organisme),
                sans.situee.fiche.id,
                name_measure(sans),
                *_statuses(evaluation, sans),
            )
            for sans in evaluation.sans_reponse
        ),
    )


def _statuses(evaluation: Evaluation, sans: SansReponse) -> Iterator[Cellule]:
    dits = dict(sans.statuts)
    for annee in evaluation.annees:
        if annee.exercice in dits:
            yield STATUTS[dits[annee.exercice]]
        else:
            yield A_VENIR if annee.bilan is None else None


def disputed_table(evaluation: Evaluation) -> Tableau:
    """Les chiffres aux lectures différentes ou contestés : tout ce qui est dit, ce qui compte."""
    return Tableau(
        "Chiffres discutés",
        (
            Colonne("Exercice", 10),
            Colonne("Fiche", 8),
            Colonne("Indicateur et mesure", 50),
            Colonne("Lectures", 50),
            Colonne("Valeur retenue", 24),
            Colonne("Arbitrage", 26),
        ),
        tuple(_disputed_row(evaluation, discute) for discute in evaluation.discutes),
    )


def _disputed_row(evaluation: Evaluation, discute: ChiffreDiscute) -> tuple[Cellule, ...]:
    constat, situee = discute.ligne.constat, discute.ligne.situee
    return (
        Annee(discute.exercice),
        situee.fiche.id,
        name_measure(discute.ligne),
        " ; ".join(_readings(evaluation, constat, situee)),
        spell_finding(
            constat,
            situee.mesure,
            evaluation.contrat,
            spell_owner(constat, situee, evaluation.contrat),
        ),
        constat.arbitrage or "aucun",
    )


def _readings(evaluation: Evaluation, constat: Constat, situee: MesureSituee) -> Iterator[str]:
    """Toutes les lectures, la retenue comprise, puis les valeurs que proposent les signataires."""
    rangs = {code: rang for rang, code in enumerate(situee.repondants)}
    for dite in sorted(constat.declarations, key=lambda d: rangs.get(d.organisme, len(rangs))):
        if dite.valeur.etat is not None:
            nom = evaluation.contrat.nom_court(dite.organisme)
            yield f"{nom}{INSECABLE}: {spell_answer(dite.valeur, situee.mesure)}"
    yield from name_contested(constat, situee, evaluation.contrat)

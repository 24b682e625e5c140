"""Les lignes du bilan : une mesure, ses années, son évolution et sa cible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from clsmon.analysis.constat import compute_constat
from clsmon.analysis.evolution import (
    changes_source,
    comparable,
    compute_gap,
    compute_progress,
    next_target,
)
from clsmon.analysis.heads import Synthese
from clsmon.model.bilan import BilanIndicateur, LigneMesure, Rupture
from clsmon.model.constat import Constat
from clsmon.model.dossier import Dossier, MesureSituee
from clsmon.model.fiche import Fiche
from clsmon.model.indicateur import Mesure

Annees = Mapping[int, Mapping[str, Synthese]]
"""Ce que dit chaque organisme, par exercice, du premier au dernier compté."""


def compute_line(dossier: Dossier, situee: MesureSituee, annees: Annees) -> LigneMesure:
    """
    La ligne d'une mesure ; le dernier exercice de `annees` est celui du bilan.

    La série ne garde que les années où la mesure était suivie : avant qu'elle existe, il n'y a rien
    à dire. Le précédent est la dernière de ces années : si rien n'y est rendu, si la mesure n'y a
    pas de valeur ou si elle vient d'un autre organisme, il n'y a pas d'évolution, et rien n'est
    cherché plus loin.
    """
    serie = tuple(
        compute_constat(dossier, situee, annee, syntheses)
        for annee, syntheses in annees.items()
        if situee.suivie_en(annee)
    )
    mesure = situee.mesure
    avant = _previous(situee, serie)
    change = avant is not None and changes_source(avant, serie[-1])
    precedent = None if change else comparable(avant)
    actuel = comparable(serie[-1])
    initiale = mesure.valeur_initiale.valeur if mesure.valeur_initiale else None
    cible = next_target(mesure, serie[-1].exercice)
    return LigneMesure(
        situee=situee,
        constat=serie[-1],
        serie=serie,
        depuis_precedent=compute_gap(precedent, actuel, mesure.type),
        depuis_initiale=compute_gap(initiale, actuel, mesure.type),
        cible=cible,
        progression=compute_progress(initiale, actuel, cible),
        repondant_change=change,
        rupture=_find_break(dossier, mesure, annees),
        continues=tuple(a.exercice for avant, a in pairwise(serie) if _follows(avant, a)),
    )


def _follows(avant: Constat, apres: Constat) -> bool:
    """Vrai si deux années qui se suivent ont une valeur entière, venue des mêmes organismes."""
    entieres = comparable(avant) is not None and comparable(apres) is not None
    suivies = apres.exercice == avant.exercice + 1
    return suivies and entieres and not changes_source(avant, apres)


def _find_break(dossier: Dossier, mesure: Mesure, annees: Annees) -> Rupture | None:
    """La mesure d'avant et son dernier constat : il se lit à côté, et ne se compare à rien."""
    ancienne = dossier.mesures.get(dossier.cles_actuelles.get(mesure.succede_a or "", ""))
    if ancienne is None:
        return None
    suivies = [annee for annee in annees if ancienne.suivie_en(annee)]
    if not suivies:
        return Rupture(ancienne, None)
    derniere = suivies[-1]
    return Rupture(ancienne, compute_constat(dossier, ancienne, derniere, annees[derniere]))


def _previous(situee: MesureSituee, serie: Sequence[Constat]) -> Constat | None:
    """Le constat qui précède le dernier, s'il est bien de la dernière année suivie avant lui."""
    if len(serie) < 2:
        return None
    entre_deux = range(serie[-2].exercice + 1, serie[-1].exercice)
    return None if any(situee.suivie_en(annee) for annee in entre_deux) else serie[-2]


def compute_indicators(
    dossier: Dossier, fiche: Fiche, annees: Annees
) -> tuple[BilanIndicateur, ...]:
    """Les indicateurs d'une fiche qui ont au moins une mesure suivie au dernier exercice."""
    exercice = max(annees)
    return tuple(
        BilanIndicateur(indicateur, lignes)
        for indicateur in fiche.indicateurs
        if (
            lignes := tuple(
                compute_line(dossier, situee, annees)
                for mesure in indicateur.mesures
                for situee in (dossier.mesures[f"{fiche.id}/{indicateur.id}/{mesure.id}"],)
                if situee.suivie_en(exercice)
            )
        )
    )

"""Les lignes du bilan : une mesure, ses années, son évolution et sa cible."""

from __future__ import annotations

from collections.abc import Mapping

from clsmon.analysis.constat import compute_constat
from clsmon.analysis.evolution import comparable, compute_gap, compute_progress, next_target
from clsmon.analysis.heads import Synthese
from clsmon.model.bilan import BilanIndicateur, LigneMesure
from clsmon.model.dossier import Dossier, MesureSituee
from clsmon.model.fiche import Fiche

Annees = Mapping[int, Mapping[str, Synthese]]
"""Ce que dit chaque organisme, par exercice, du premier au dernier compté."""


def compute_line(dossier: Dossier, situee: MesureSituee, annees: Annees) -> LigneMesure:
    """
    La ligne d'une mesure ; le dernier exercice de `annees` est celui du bilan.

    La série ne garde que les années où la mesure était suivie : avant qu'elle existe, il n'y a rien
    à dire. Le précédent est la dernière de ces années : s'il n'a pas de valeur, il n'y a pas
    d'évolution, et rien n'est cherché plus loin.
    """
    serie = tuple(
        compute_constat(dossier, situee, annee, syntheses)
        for annee, syntheses in annees.items()
        if situee.suivie_en(annee)
    )
    mesure = situee.mesure
    precedent = comparable(serie[-2]) if len(serie) > 1 else None
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
    )


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

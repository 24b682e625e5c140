"""Evolutions and the way to a target."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clsmon.analysis.evolution import comparable, compute_gap, compute_progress, next_target
from clsmon.model.constat import Constat, Ecart
from clsmon.model.indicateur import Cible, Mesure, TypeMesure
from clsmon.model.statut import Statut

from .builder import located, measure

D = Decimal


@pytest.mark.parametrize(
    ("avant", "apres", "type_", "attendu"),
    [
        pytest.param(D(10), D(12), TypeMesure.NOMBRE, Ecart(D(2), D(20)), id="hausse"),
        pytest.param(D(10), D(0), TypeMesure.NOMBRE, Ecart(D(-10), D(-100)), id="chute à zéro"),
        pytest.param(D(0), D(12), TypeMesure.NOMBRE, Ecart(D(12), None), id="pas de % depuis zéro"),
        pytest.param(D(40), D(50), TypeMesure.TAUX, Ecart(D(10), None), id="un taux, en points"),
        pytest.param(None, D(12), TypeMesure.NOMBRE, None, id="rien avant"),
        pytest.param(D(12), None, TypeMesure.NOMBRE, None, id="rien après"),
    ],
)
def test_gap(
    avant: Decimal | None, apres: Decimal | None, type_: TypeMesure, attendu: Ecart | None
) -> None:
    assert compute_gap(avant, apres, type_) == attendu


@pytest.mark.parametrize(
    ("exercice", "attendue"),
    [
        pytest.param(2024, 2026, id="la prochaine"),
        pytest.param(2026, 2026, id="celle de l’année"),
        pytest.param(2027, 2028, id="la suivante"),
        pytest.param(2029, None, id="toutes passées"),
    ],
)
def test_next_target(exercice: int, attendue: int | None) -> None:
    cibles = [{"annee": 2028, "valeur": "30"}, {"annee": 2026, "valeur": "20"}]
    mesure = Mesure.model_validate(located("f", measure(cibles=cibles)))
    cible = next_target(mesure, exercice)
    assert (cible.annee if cible else None) == attendue


@pytest.mark.parametrize(
    ("initiale", "valeur", "cible", "attendu"),
    [
        pytest.param(D(10), D(15), D(20), D(50), id="à mi-chemin"),
        pytest.param(D(10), D(5), D(20), D(-50), id="on s’éloigne"),
        pytest.param(D(20), D(5), D(10), D(150), id="baisse voulue, dépassée"),
        pytest.param(D(0), D(3), D(4), D(75), id="depuis zéro"),
        pytest.param(None, D(15), D(20), None, id="sans valeur initiale"),
        pytest.param(D(10), None, D(20), None, id="sans valeur"),
        pytest.param(D(10), D(15), None, None, id="sans cible"),
        pytest.param(D(10), D(15), D(10), None, id="cible au départ"),
    ],
)
def test_progress(
    initiale: Decimal | None,
    valeur: Decimal | None,
    cible: Decimal | None,
    attendu: Decimal | None,
) -> None:
    visee = None if cible is None else Cible(annee=2028, valeur=cible)
    assert compute_progress(initiale, valeur, visee) == attendu


def test_an_incomplete_sum_compares_with_nothing() -> None:
    assert comparable(Constat(2025, Statut.RENSEIGNE, D(4))) == 4
    assert comparable(Constat(2025, Statut.RENSEIGNE, D(4), incomplet=("ars",))) is None

"""The unit typed beside a number: the measure's own, a sure conversion, or not read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clsmon.model.indicateur import TypeMesure
from clsmon.workbooks.returned.grammar.expected import TERME, Attendu
from clsmon.workbooks.returned.grammar.outcome import FRANCAIS, Lu
from clsmon.workbooks.returned.grammar.units import apply_unit

UNITE, CONVERSION = "unité de la mesure", "unité convertie"


def count(unite: str) -> Attendu:
    return Attendu(TypeMesure.NOMBRE, unite, entier=True)


def lasting(unite: str) -> Attendu:
    return Attendu(TypeMesure.DUREE, unite)


EUROS, MILLIERS = Attendu(TypeMesure.MONTANT, "€"), Attendu(TypeMesure.MONTANT, "k€")
TAUX = Attendu(TypeMesure.TAUX, "%")


@pytest.mark.parametrize(
    ("attendu", "unite"),
    [
        (count("personnes"), "personnes"),
        (count("personnes"), "Personne"),
        (count("écoles"), "ecole"),
        (count("porteurs de projets"), "porteur de projet"),
        (count("co-évaluations"), "co évaluation"),
        (count("travaux"), "travaux"),
        (count("bureaux"), "bureau"),
        (count("journaux"), "journal"),
        (count("ETP"), "etp"),
        (EUROS, "€"),
        (EUROS, "euros"),
        (EUROS, "EUR"),
        (MILLIERS, "k€"),
        (lasting("heures"), "h"),
        (lasting("jours"), "j"),
        (lasting("semaines"), "sem."),
        (lasting("mois"), "mois"),
        (TAUX, "%"),
        (TAUX, "pour cent"),
    ],
)
def test_the_unit_of_the_measure(attendu: Attendu, unite: str) -> None:
    assert apply_unit(Lu(Decimal(12), FRANCAIS), unite, attendu) == Lu(Decimal(12), UNITE)


@pytest.mark.parametrize(
    ("attendu", "unite", "nombre"),
    [
        (EUROS, "k€", "12000"),
        (EUROS, "K€", "12000"),
        (EUROS, "kEUR", "12000"),
        (EUROS, "milliers d'euros", "12000"),
        (EUROS, "M€", "12000000"),
        (EUROS, "millions d’euros", "12000000"),
        (MILLIERS, "€", "0.012"),
        (lasting("minutes"), "h", "720"),
        (lasting("heures"), "min", "0.2"),
        (lasting("mois"), "ans", "144"),
        (lasting("années"), "mois", "1"),
    ],
)
def test_a_sure_conversion_is_told(attendu: Attendu, unite: str, nombre: str) -> None:
    lu = apply_unit(Lu(Decimal(12), FRANCAIS), unite, attendu)
    assert lu == Lu(Decimal(nombre), CONVERSION, dite=True)


@pytest.mark.parametrize(
    ("attendu", "unite"),
    [
        pytest.param(count("personnes"), "enfants", id="autre chose"),
        pytest.param(count("personnes"), "personnes formées", id="plus précis"),
        pytest.param(count("personnes"), "%", id="pourcentage d'un décompte"),
        pytest.param(count("personnes"), "€", id="euros d'un décompte"),
        pytest.param(EUROS, "m€", id="million ou millier"),
        pytest.param(EUROS, "k", id="milliers de quoi"),
        pytest.param(EUROS, "Md€", id="milliards"),
        pytest.param(EUROS, "$", id="dollars"),
        pytest.param(EUROS, "€ TTC", id="taxes comprises"),
        pytest.param(lasting("heures"), "jours", id="jour de 24 ou de 7 heures"),
        pytest.param(lasting("jours"), "semaines", id="semaine de 7 ou de 5 jours"),
        pytest.param(lasting("mois"), "semaines", id="mois de 4 semaines ou plus"),
        pytest.param(lasting("heures"), "mois", id="sans rapport"),
        pytest.param(TAUX, "points", id="points d'un taux"),
        pytest.param(TAUX, "‰", id="pour mille"),
        pytest.param(TERME, "personnes", id="un terme dont l'unité n'est pas connue"),
        pytest.param(Attendu(TypeMesure.NOMBRE), "", id="sans unité"),
    ],
)
def test_any_other_unit_is_not_read(attendu: Attendu, unite: str) -> None:
    assert apply_unit(Lu(Decimal(12), FRANCAIS), unite, attendu) is None


def test_a_conversion_that_does_not_fall_right_is_not_read() -> None:
    assert apply_unit(Lu(Decimal(100), FRANCAIS), "min", lasting("heures")) is None


def test_a_unit_keeps_what_was_read_before_it() -> None:
    lu = Lu(Decimal(12), "point décimal", estime=True, dite=True)
    attendu = Lu(Decimal(12000), "point décimal, unité convertie", estime=True, dite=True)
    assert apply_unit(lu, "k€", EUROS) == attendu

"""Digits: one reading, or a question that shows the possible ones."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clsmon.model.indicateur import TypeMesure
from clsmon.workbooks.returned.grammar.digits import read_digits, read_plain
from clsmon.workbooks.returned.grammar.expected import Attendu
from clsmon.workbooks.returned.grammar.outcome import Illisible, Lu

FRANCAIS, POINT = "nombre à la française", "point décimal"
INSECABLE, FINE_INSECABLE, FINE = "\u00a0", "\u202f", "\u2009"
DECIMAL = Attendu(TypeMesure.DUREE, "mois")
ENTIER = Attendu(TypeMesure.NOMBRE, "écoles", entier=True)
MONTANT = Attendu(TypeMesure.MONTANT, "€")


@pytest.mark.parametrize(
    ("saisi", "nombre", "regle"),
    [
        pytest.param("12", "12", FRANCAIS, id="entier"),
        pytest.param("0", "0", FRANCAIS, id="zéro"),
        pytest.param("-0", "0", FRANCAIS, id="moins zéro"),
        pytest.param("-3", "-3", FRANCAIS, id="négatif"),
        pytest.param("−3", "-3", FRANCAIS, id="signe moins typographique"),
        pytest.param("12,5", "12.5", FRANCAIS, id="virgule décimale"),
        pytest.param("12,50", "12.5", FRANCAIS, id="zéro final inutile"),
        pytest.param("12,0", "12", FRANCAIS, id="décimale nulle"),
        pytest.param("0,05", "0.05", FRANCAIS, id="zéro virgule"),
        pytest.param("0,125", "0.125", FRANCAIS, id="zéro virgule, trois décimales"),
        pytest.param("1,234", "1.234", FRANCAIS, id="trois décimales là où elles ont un sens"),
        pytest.param("1 234", "1234", FRANCAIS, id="milliers par une espace"),
        pytest.param(f"1{INSECABLE}234", "1234", FRANCAIS, id="milliers par une insécable"),
        pytest.param(f"1{FINE_INSECABLE}234,5", "1234.5", FRANCAIS, id="insécable fine"),
        pytest.param(f"1{FINE}234", "1234", FRANCAIS, id="milliers par une fine"),
        pytest.param("12 345 678", "12345678", FRANCAIS, id="millions"),
        pytest.param("1234567", "1234567", FRANCAIS, id="milliers collés"),
        pytest.param("999999999999999", "999999999999999", FRANCAIS, id="quinze chiffres"),
        pytest.param("1234.5", "1234.5", POINT, id="point décimal"),
        pytest.param("12.50", "12.5", POINT, id="point et zéro final"),
        pytest.param("0.125", "0.125", POINT, id="zéro point, sans ambiguïté"),
        pytest.param("1234.567", "1234.567", POINT, id="quatre chiffres avant le point"),
    ],
)
def test_number(saisi: str, nombre: str, regle: str) -> None:
    lu = read_digits(saisi, DECIMAL)
    assert lu == Lu(Decimal(nombre), regle, dite=regle == POINT)
    assert f"{lu.nombre:f}" == nombre


@pytest.mark.parametrize(
    ("saisi", "regle", "question"),
    [
        ("1 2", "espaces ambigus", "un seul nombre ou plusieurs ?"),
        ("1 23", "espaces ambigus", "un seul nombre ou plusieurs ?"),
        ("1234 567", "espaces ambigus", "un seul nombre ou plusieurs ?"),
        ("1  234", "espaces ambigus", "un seul nombre ou plusieurs ?"),
        ("0 123", "espaces ambigus", "un seul nombre ou plusieurs ?"),
        ("1.234", "point ambigu", "1 234 ou 1,234 ?"),
        ("-12.000", "point ambigu", "-12 000 ou -12,000 ?"),
        ("1.234.567", "séparateurs étrangers", "écrivez « 1 234 567 » si"),
        ("1,234,567", "séparateurs étrangers", "écrivez « 1 234 567 » si"),
        ("1,234.5", "séparateurs étrangers", "écrivez « 1 234,5 » si"),
        ("1.234,5", "séparateurs étrangers", "écrivez « 1 234,5 » si"),
        ("1 234.5", "séparateurs étrangers", "écrivez « 1 234,5 » si"),
        ("1'234", "séparateurs étrangers", "écrivez « 1 234 » si"),
        ("+12", "signe plus", "12 en tout, ou 12 de plus ?"),
        ("+ 12 %", "signe plus", "12 % en tout, ou 12 % de plus ?"),
        ("12.", "décimale manquante", "12, ou manque-t-il une décimale ?"),
        ("12,", "décimale manquante", "12, ou manque-t-il une décimale ?"),
        (",5", "chiffre manquant", "0,5, ou manque-t-il un chiffre ?"),
        (".5", "chiffre manquant", "0,5, ou manque-t-il un chiffre ?"),
        ("012", "zéro en tête", "un numéro, ou le nombre 12 ?"),
        ("00", "zéro en tête", "un numéro, ou le nombre 0 ?"),
        ("01.02", "zéro en tête", "un numéro, ou le nombre 1.02 ?"),
    ],
)
def test_two_readings_are_a_question(saisi: str, regle: str, question: str) -> None:
    lu = read_digits(saisi, DECIMAL)
    assert isinstance(lu, Illisible)
    assert (lu.code, lu.regle) == ("SAI018", regle)
    assert lu.question.startswith(f"« {saisi} » : {question}")


@pytest.mark.parametrize(
    ("attendu", "saisi"),
    [
        pytest.param(ENTIER, "1,234", id="un décompte n'a pas de décimales"),
        pytest.param(MONTANT, "30,500", id="un montant n'en a pas trois"),
        pytest.param(DECIMAL, "12,000", id="personne n'écrit trois zéros"),
    ],
)
def test_a_comma_may_stand_for_thousands(attendu: Attendu, saisi: str) -> None:
    lu = read_digits(saisi, attendu)
    assert isinstance(lu, Illisible)
    assert (lu.code, lu.regle) == ("SAI018", "virgule ambiguë")
    entier, decimales = saisi.split(",")
    assert lu.question == f"« {saisi} » : {entier} {decimales} ou {saisi} ?"


@pytest.mark.parametrize("saisi", ["１２", "١٢", "1²", "½", "①", "Ⅻ"])
def test_other_digits_than_ours_are_a_question(saisi: str) -> None:
    lu = read_digits(saisi, DECIMAL)
    assert isinstance(lu, Illisible)
    assert (lu.code, lu.regle) == ("SAI002", "chiffres non reconnus")


@pytest.mark.parametrize(
    "saisi", ["1234567890123456", "0,1234567890123456", "0," + "9" * 40, "1" + "0" * 100]
)
def test_more_digits_than_a_spreadsheet_keeps(saisi: str) -> None:
    lu = read_digits(saisi, DECIMAL)
    assert isinstance(lu, Illisible)
    assert (lu.code, lu.regle) == ("SAI002", "trop de chiffres")


@pytest.mark.parametrize("saisi", ["", "-", "1e3", "1_000", "nan", "inf", "12 %", "1\n2", "--3"])
def test_not_the_shape_of_a_number(saisi: str) -> None:
    assert read_digits(saisi, DECIMAL) is None


def test_plain_number_of_a_cell() -> None:
    assert read_plain("12.5") == Lu(Decimal("12.5"), "")
    trop = read_plain("1" + "0" * 15)
    assert isinstance(trop, Illisible)
    assert trop.regle == "trop de chiffres"

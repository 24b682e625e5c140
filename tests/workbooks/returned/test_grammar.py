"""What is typed in a number cell, and what it is read as: never a guess."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clsmon.model.releve import Etat
from clsmon.workbooks.returned.grammar import (
    ESPACES,
    Absent,
    Illisible,
    Lu,
    read_absence,
    read_number,
    read_plain,
)

FRANCAIS, POINT = "nombre à la française", "point décimal"
INSECABLE, FINE_INSECABLE, FINE = "\u00a0", "\u202f", "\u2009"
LAW = settings(derandomize=True, max_examples=200, deadline=None)


@pytest.mark.parametrize(
    ("saisi", "nombre", "regle"),
    [
        pytest.param("12", "12", FRANCAIS, id="entier"),
        pytest.param("0", "0", FRANCAIS, id="zéro"),
        pytest.param("-0", "0", FRANCAIS, id="moins zéro"),
        pytest.param("  12\t", "12", FRANCAIS, id="blancs autour"),
        pytest.param("12\n", "12", FRANCAIS, id="saut de ligne final"),
        pytest.param("-3", "-3", FRANCAIS, id="négatif"),
        pytest.param("12,5", "12.5", FRANCAIS, id="virgule décimale"),
        pytest.param("12,50", "12.5", FRANCAIS, id="zéro final inutile"),
        pytest.param("12,0", "12", FRANCAIS, id="décimale nulle"),
        pytest.param("0,05", "0.05", FRANCAIS, id="zéro virgule"),
        pytest.param("1 234", "1234", FRANCAIS, id="milliers par une espace"),
        pytest.param(f"1{INSECABLE}234", "1234", FRANCAIS, id="milliers par une insécable"),
        pytest.param(f"1{FINE_INSECABLE}234,5", "1234.5", FRANCAIS, id="insécable fine"),
        pytest.param(f"1{FINE}234", "1234", FRANCAIS, id="milliers par une fine"),
        pytest.param("12 345 678", "12345678", FRANCAIS, id="millions"),
        pytest.param("1234567", "1234567", FRANCAIS, id="milliers collés"),
        pytest.param("999999999999999", "999999999999999", FRANCAIS, id="quinze chiffres"),
        pytest.param("1234.5", "1234.5", POINT, id="point décimal"),
        pytest.param("1.5", "1.5", POINT, id="point à une décimale"),
        pytest.param("0.125", "0.125", POINT, id="zéro point, sans ambiguïté"),
        pytest.param("1234.567", "1234.567", POINT, id="quatre chiffres avant le point"),
    ],
)
def test_number(saisi: str, nombre: str, regle: str) -> None:
    lu = read_number(saisi)
    assert lu == Lu(Decimal(nombre), regle)
    assert f"{lu.nombre:f}" == nombre


@pytest.mark.parametrize(
    ("saisi", "code", "regle"),
    [
        pytest.param("1 2", "SAI018", "espaces ambigus", id="un ou deux nombres"),
        pytest.param("1 23", "SAI018", "espaces ambigus", id="groupe de deux"),
        pytest.param("1234 567", "SAI018", "espaces ambigus", id="groupe de quatre en tête"),
        pytest.param("03 80 12 34 56", "SAI018", "espaces ambigus", id="téléphone"),
        pytest.param("0 123", "SAI018", "espaces ambigus", id="zéro puis trois chiffres"),
        pytest.param("1.234", "SAI018", "point ambigu", id="millier ou décimale"),
        pytest.param("-12.000", "SAI018", "point ambigu", id="millier ou décimale, négatif"),
        pytest.param("1234567890123456", "SAI002", "trop de chiffres", id="seize chiffres"),
        pytest.param("0,1234567890123456", "SAI002", "trop de chiffres", id="seize décimales"),
        pytest.param("0," + "9" * 40, "SAI002", "trop de chiffres", id="s'arrondirait à un"),
        pytest.param("1" + "0" * 400, "SAI002", "trop de chiffres", id="au-delà du tableur"),
        pytest.param("0380123456", "SAI002", "pas un nombre", id="zéro en tête"),
        pytest.param("01.02", "SAI002", "pas un nombre", id="jour et mois"),
        pytest.param("١٢", "SAI002", "pas un nombre", id="chiffres arabes"),
        pytest.param("１２", "SAI002", "pas un nombre", id="chiffres pleine chasse"),
        pytest.param("1²", "SAI002", "pas un nombre", id="exposant"),
        pytest.param("1_000", "SAI002", "pas un nombre", id="souligné"),
        pytest.param("nan", "SAI002", "pas un nombre", id="nan"),
        pytest.param("inf", "SAI002", "pas un nombre", id="inf"),
        pytest.param("1e5", "SAI002", "pas un nombre", id="notation scientifique"),
        pytest.param("+5", "SAI002", "pas un nombre", id="plus"),
        pytest.param("12,", "SAI002", "pas un nombre", id="virgule seule"),
        pytest.param(",5", "SAI002", "pas un nombre", id="sans partie entière"),
        pytest.param("1,234,567", "SAI002", "pas un nombre", id="à l'anglaise"),
        pytest.param("1.234,5", "SAI002", "pas un nombre", id="à l'allemande"),
        pytest.param("une dizaine", "SAI002", "pas un nombre", id="une dizaine"),
        pytest.param("vingt-cinq", "SAI002", "pas un nombre", id="en lettres"),
        pytest.param("> 100", "SAI002", "pas un nombre", id="plus de cent"),
        pytest.param("~40", "SAI002", "pas un nombre", id="environ"),
        pytest.param("10-20", "SAI002", "pas un nombre", id="intervalle"),
        pytest.param("3/4", "SAI002", "pas un nombre", id="fraction"),
        pytest.param("12 %", "SAI002", "pas un nombre", id="unité"),
        pytest.param("oui", "SAI002", "pas un nombre", id="oui"),
        pytest.param("12\u200b", "SAI002", "pas un nombre", id="largeur nulle"),
        pytest.param("1\n2", "SAI002", "pas un nombre", id="deux lignes"),
        pytest.param("", "SAI002", "pas un nombre", id="vide"),
    ],
)
def test_not_a_number(saisi: str, code: str, regle: str) -> None:
    lu = read_number(saisi)
    assert isinstance(lu, Illisible)
    assert (lu.code, lu.regle) == (code, regle)
    assert lu.question.endswith(("?", ".")), "a question is a sentence"


def test_an_ambiguous_point_shows_both_readings() -> None:
    lu = read_number("1.234")
    assert isinstance(lu, Illisible)
    assert lu.question == "« 1.234 » : 1 234 ou 1,234 ?"


@pytest.mark.parametrize(
    ("saisi", "etat"),
    [
        *((mot, Etat.NON_DISPONIBLE) for mot in ("ND", "n.d.", "Non disponible", "non connu")),
        *((tiret, Etat.NON_DISPONIBLE) for tiret in ("-", "–", "—", " - ")),
        *((mot, Etat.SANS_OBJET) for mot in ("sans objet", "SO", "s.o.", "Non concerné")),
    ],
)
def test_absence(saisi: str, etat: Etat) -> None:
    attendu = Absent(etat, "absence dite en mots")
    assert read_absence(saisi) == attendu
    assert read_number(saisi) == attendu


@pytest.mark.parametrize("saisi", ["NC", "n.c.", "n/a", "NA", "N.A."])
def test_an_ambiguous_absence_is_a_question(saisi: str) -> None:
    for lu in (read_absence(saisi), read_number(saisi)):
        assert isinstance(lu, Illisible)
        assert (lu.code, lu.regle) == ("SAI015", "absence ambiguë")
        assert lu.question.startswith(f"« {saisi} » : non connu, ou non concerné ?")


@pytest.mark.parametrize("saisi", ["0", "12", "néant", "aucun", "oui", "sod", "nd 12"])
def test_no_absence(saisi: str) -> None:
    assert read_absence(saisi) is None


def test_plain_number_of_a_cell() -> None:
    assert read_plain("12.5") == Lu(Decimal("12.5"), "")
    trop = read_plain("1" + "0" * 15)
    assert isinstance(trop, Illisible)
    assert trop.regle == "trop de chiffres"


NOMBRES = st.builds(
    lambda chiffres, decimales: Decimal(chiffres).scaleb(-decimales),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.integers(0, 10),
)


@given(nombre=NOMBRES, espace=st.sampled_from(ESPACES + "_"))
@LAW
def test_a_number_written_in_french_reads_back_equal(nombre: Decimal, espace: str) -> None:
    ecrit = f"{nombre:,f}".replace(",", espace if espace != "_" else "").replace(".", ",")
    assert read_number(ecrit) == Lu(nombre, FRANCAIS)


@given(
    avant=st.text("0123456789, ", max_size=6),
    etranger=st.characters(exclude_characters="0123456789,.-\t\r\n" + ESPACES),
    apres=st.text("0123456789, ", max_size=6),
)
@LAW
def test_a_text_with_any_other_character_is_never_a_number(
    avant: str, etranger: str, apres: str
) -> None:
    assert not isinstance(read_number(avant + etranger + apres), Lu)


@given(st.text(max_size=12))
@LAW
def test_what_is_read_as_a_number_holds_ascii_digits_and_separators(texte: str) -> None:
    lu = read_number(texte)
    if isinstance(lu, Lu):
        assert re.fullmatch(rf"[0-9,.\-{ESPACES}\t\r\n]+", texte, re.ASCII)

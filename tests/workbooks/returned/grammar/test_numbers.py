"""A number typed as text: the rules together, what they compose, and what no rule reads."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clsmon.model.indicateur import TypeMesure
from clsmon.workbooks.form.prefill import spell_number
from clsmon.workbooks.returned.grammar.expected import Attendu
from clsmon.workbooks.returned.grammar.numbers import read_number, read_terms
from clsmon.workbooks.returned.grammar.outcome import ESPACES, Absent, Illisible, Lu
from tests.workbooks.returned.grammar.speller import LOW, Style, spell_cardinal

LAW = settings(derandomize=True, max_examples=300, deadline=None)

PERSONNES = Attendu(TypeMesure.NOMBRE, "personnes", entier=True)
ETP = Attendu(TypeMesure.NOMBRE, "ETP")
EUROS = Attendu(TypeMesure.MONTANT, "€")
HEURES = Attendu(TypeMesure.DUREE, "heures")
TAUX = Attendu(TypeMesure.TAUX, "%")


@pytest.mark.parametrize(
    ("attendu", "saisi", "nombre", "regle"),
    [
        (PERSONNES, " 12\n", "12", "nombre à la française"),
        (PERSONNES, "1 234 personnes", "1234", "unité de la mesure"),
        (PERSONNES, "12personnes", "12", "unité de la mesure"),
        (PERSONNES, "vingt-cinq personnes", "25", "nombre en lettres, unité de la mesure"),
        (PERSONNES, "aucune", "0", "néant vaut zéro"),
        (EUROS, "45 000,50 €", "45000.5", "unité de la mesure"),
        (EUROS, "1.2 M€", "1200000", "point décimal, unité convertie"),
        (EUROS, "mille euros", "1000", "nombre en lettres, unité de la mesure"),
        (HEURES, "une heure", "1", "nombre en lettres, unité de la mesure"),
        (HEURES, "1h30", "1.5", "heures et minutes"),
        (TAUX, "80 %", "80", "unité de la mesure"),
    ],
)
def test_number(attendu: Attendu, saisi: str, nombre: str, regle: str) -> None:
    lu = read_number(saisi, attendu)
    assert isinstance(lu, Lu)
    assert (f"{lu.nombre:f}", lu.regle, lu.estime) == (nombre, regle, False)


@pytest.mark.parametrize(
    ("attendu", "saisi", "nombre", "regle"),
    [
        (PERSONNES, "~40", "40", "estimation"),
        (PERSONNES, "environ vingt", "20", "nombre en lettres, estimation"),
        (PERSONNES, "40 personnes environ", "40", "unité de la mesure, estimation"),
        (EUROS, "env. 12 k€", "12000", "unité convertie, estimation"),
        (TAUX, "≈80 %", "80", "unité de la mesure, estimation"),
    ],
)
def test_estimate(attendu: Attendu, saisi: str, nombre: str, regle: str) -> None:
    lu = read_number(saisi, attendu)
    assert isinstance(lu, Lu)
    assert (f"{lu.nombre:f}", lu.regle, lu.estime) == (nombre, regle, True)


@pytest.mark.parametrize(
    ("attendu", "saisi", "code", "regle"),
    [
        (PERSONNES, "", "SAI002", "pas un nombre"),
        (PERSONNES, "1e3", "SAI002", "pas un nombre"),
        (PERSONNES, "1_000", "SAI002", "pas un nombre"),
        (PERSONNES, "12\u200b", "SAI002", "pas un nombre"),
        (PERSONNES, "1\n2", "SAI002", "pas un nombre"),
        (PERSONNES, "40 ?", "SAI002", "pas un nombre"),
        (PERSONNES, "12 (dont 3)", "SAI002", "pas un nombre"),
        (PERSONNES, "~ environ 40", "SAI002", "pas un nombre"),
        (PERSONNES, "environ aucun", "SAI002", "pas un nombre"),
        (PERSONNES, "- 3", "SAI002", "pas un nombre"),
        (PERSONNES, "12" * 150, "SAI002", "pas un nombre"),
        (EUROS, "€45", "SAI002", "pas un nombre"),
        (PERSONNES, "environ une dizaine", "SAI002", "ordre de grandeur"),
        (PERSONNES, "environ 10-20", "SAI002", "pas un nombre"),
        (PERSONNES, "100 et plus", "SAI002", "borne"),
        (PERSONNES, "12 enfants", "SAI034", "autre unité"),
        (PERSONNES, "environ 12 enfants", "SAI034", "autre unité"),
        (PERSONNES, "12 %", "SAI034", "autre unité"),
        (PERSONNES, "1h30", "SAI034", "autre unité"),
        (HEURES, "1h20", "SAI034", "autre unité"),
        (HEURES, "2 jours", "SAI034", "autre unité"),
        (EUROS, "45 k", "SAI034", "autre unité"),
        (EUROS, "1.234 €", "SAI018", "point ambigu"),
        (PERSONNES, "~1.234", "SAI018", "point ambigu"),
        (PERSONNES, "NC", "SAI015", "absence ambiguë"),
    ],
)
def test_question(attendu: Attendu, saisi: str, code: str, regle: str) -> None:
    lu = read_number(saisi, attendu)
    assert isinstance(lu, Illisible)
    assert (lu.code, lu.regle) == (code, regle)
    assert lu.question.endswith(("?", ".")), "a question is a sentence"


def test_a_question_of_unit_names_the_unit() -> None:
    lu = read_number("12 enfants", PERSONNES)
    assert isinstance(lu, Illisible)
    assert lu.question == (
        "« 12 enfants » : la mesure se compte en « personnes ». Écrivez le nombre seul, dans cette "
        "unité."
    )


def test_an_absence_comes_first() -> None:
    assert isinstance(read_number("ND", PERSONNES), Absent)


@pytest.mark.parametrize(
    ("saisi", "haut", "bas", "estime"),
    [
        ("12/15", 12, 15, False),
        ("12 / 15", 12, 15, False),
        ("12 sur 15", 12, 15, False),
        ("1 200/1 500", 1200, 1500, False),
        ("~12/15", 12, 15, True),
        ("douze sur quinze", 12, 15, False),
    ],
)
def test_two_terms(saisi: str, haut: int, bas: int, estime: bool) -> None:
    termes = read_terms(saisi)
    assert termes is not None
    assert [lu.nombre for lu in termes] == [haut, bas]
    assert any(lu.estime for lu in termes) is estime


@pytest.mark.parametrize(
    "saisi",
    ["12", "12/", "/15", "12/15/2025", "12/15 = 80 %", "12/ND", "12 sur", "12 personnes/15", "a/b"],
)
def test_not_two_terms(saisi: str) -> None:
    assert read_terms(saisi) is None


# Les lois

UNITES = [
    pytest.param(PERSONNES, 0, ("", " personnes", "personne"), id="nombre entier"),
    pytest.param(ETP, 6, ("", " ETP", " etp"), id="nombre à décimales"),
    pytest.param(EUROS, 2, ("", " €", "\u00a0€", " euros"), id="montant"),
    pytest.param(HEURES, 4, ("", " h", " heures"), id="durée"),
    pytest.param(TAUX, 4, ("", " %", "%"), id="taux"),
]


@pytest.mark.parametrize(("attendu", "decimales", "unites"), UNITES)
@given(chiffres=st.integers(0, 10**9), rang=st.integers(0, 6))
@LAW
def test_a_formatted_value_reads_back(
    attendu: Attendu, decimales: int, unites: tuple[str, ...], chiffres: int, rang: int
) -> None:
    nombre = Decimal(chiffres).scaleb(-min(rang, decimales))
    lu = read_number(spell_number(nombre) + unites[chiffres % len(unites)], attendu)
    assert isinstance(lu, Lu)
    assert (lu.nombre, lu.estime, lu.dite) == (nombre, False, False)


@given(n=st.integers(1, 999_999), reform=st.booleans(), swiss=st.booleans())
@LAW
def test_a_spelled_number_reads_back_with_its_unit(n: int, reform: bool, swiss: bool) -> None:
    mots = spell_cardinal(n, Style(reform=reform, swiss=swiss))
    for saisi in (mots, f"{mots} personnes"):
        lu = read_number(saisi, PERSONNES)
        assert isinstance(lu, Lu)
        assert (int(lu.nombre), lu.dite) == (n, True)


BLANC = r"[ \u00a0\u202f\u2009\t\r\n]"
CHIFFRES = r"[-−]?([0-9]{1,3}([ \u00a0\u202f\u2009][0-9]{3})+|[0-9]+)([.,][0-9]+)?"
LETTRES = {*LOW, "une", "cent", "cents", "mille", "et", "quatre", "dix", "soixante"} | {
    *("vingt", "vingts", "trente", "quarante", "cinquante", "septante", "huitante", "nonante")
}
MOTS = rf"(?:(?:{'|'.join(sorted(LETTRES))})(?:[ \u00a0\u202f\u2009‐‑-]|$))+"
ENVIRON = r"(?:[~≈≃∼]|environ|env\.?|[àa] peu pr[èe]s|approximativement|approx\.?)"
ORACLE = re.compile(
    rf"{BLANC}*(?:{ENVIRON}{BLANC}*)?(?:{CHIFFRES}|{MOTS}|néant|neant|aucune?|zéro|zero)"
    rf"{BLANC}*(?:personnes?)?{BLANC}*(?:{ENVIRON})?{BLANC}*",
    re.IGNORECASE | re.ASCII,
)
"""The accepted forms of a count of persons, written apart from the grammar."""

MORCEAUX = [
    *"0123456789",
    *"0123456789",
    *" ,.-/~+%€²½e_'",
    *ESPACES,
    *(" personnes", "environ ", " env.", "vingt", "-cinq", " mille", "cent ", "et", "un", "à"),
    *("ND", "néant", "dizaine", "k€", "h", "１", "٣", "\n", "\u200b", "−"),
]


@given(
    st.one_of(
        st.lists(st.sampled_from(MORCEAUX), max_size=7).map("".join),
        st.text(max_size=12),
        st.from_regex(r"[0-9]{1,4}.{1,3}[0-9]{0,4}", fullmatch=True),
    )
)
@settings(derandomize=True, max_examples=1500, deadline=None)
def test_no_text_outside_the_grammar_becomes_a_number(texte: str) -> None:
    lu = read_number(texte, PERSONNES)
    if isinstance(lu, Lu):
        assert ORACLE.fullmatch(texte), f"{texte!r} was read {lu.nombre}"
        if not lu.regle.startswith(("nombre en lettres", "néant")):
            chiffres = re.sub(r"[^0-9.,\-−]", "", texte.replace("env.", "").replace("approx.", ""))
            assert Decimal(chiffres.replace("−", "-").replace(",", ".")) == lu.nombre

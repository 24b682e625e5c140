"""One answer that may be true and surprises: recorded, and asked once."""

from __future__ import annotations

from typing import Any

import pytest

from clsmon.analysis.plausibility import Doute, doubt_value, number_of
from clsmon.model.indicateur import Mesure
from clsmon.model.releve import Etat, Valeur
from tests.analysis.builder import answer, measure

Reponse = str | tuple[str, str] | Etat | None


def mesure(type_: str = "nombre", **autres: Any) -> Mesure:
    return Mesure.model_validate(measure("m", type_, **autres))


def valeur(reponse: Reponse) -> Valeur | None:
    return None if reponse is None else Valeur.model_validate(answer(reponse))


def doubt(de: Mesure, reponse: Reponse, avant: Reponse = None) -> Doute | None:
    dite = valeur(reponse)
    assert dite is not None
    return doubt_value(de, dite, valeur(avant))


BORNEE = mesure(minimum="2", maximum="40")
STOCK = mesure(nature="stock")
TAUX = mesure("taux")


@pytest.mark.parametrize(
    ("de", "reponse", "avant", "code", "message"),
    [
        pytest.param(
            BORNEE, "41", None, "SAI011", "41 dépasse le maximum plausible, 40", id="maximum"
        ),
        pytest.param(
            BORNEE, "1", None, "SAI011", "1 est sous le minimum plausible, 2", id="minimum"
        ),
        pytest.param(
            mesure("taux", maximum="150"),
            ("96", "60"),
            None,
            "SAI011",
            "160 dépasse le maximum plausible, 150",
            id="maximum d'un taux",
        ),
        pytest.param(
            mesure(), "37", "12", "SAI029", "37, contre 12 l'an dernier : plus du triple", id="plus"
        ),
        pytest.param(
            mesure(),
            "3",
            "12",
            "SAI029",
            "3, contre 12 l'an dernier : moins du tiers",
            id="moins",
        ),
        pytest.param(
            mesure("montant"),
            "0",
            "1000.5",
            "SAI029",
            "0, contre 1000,5 l'an dernier : moins du tiers",
            id="plus rien",
        ),
        pytest.param(
            TAUX,
            ("9", "10"),
            ("5", "10"),
            "SAI029",
            "90 %, contre 50 % l'an dernier",
            id="taux, en points",
        ),
        pytest.param(
            TAUX,
            "10",
            ("2", "3"),
            "SAI029",
            "10 %, contre 66,7 % l'an dernier",
            id="taux en points, comparé à deux termes",
        ),
        pytest.param(
            STOCK,
            "19",
            "20",
            "SAI030",
            "19, contre 20 l'an dernier : un cumul qui baisse",
            id="stock",
        ),
        pytest.param(
            STOCK,
            "6",
            "20",
            "SAI029",
            "6, contre 20 l'an dernier : moins du tiers",
            id="stock effondré : un seul doute",
        ),
        pytest.param(
            mesure(),
            "46115",
            "12",
            "SAI028",
            "46115 est peut-être une date transformée en nombre par le tableur",
            id="date, d'après l'an dernier",
        ),
        pytest.param(
            BORNEE,
            "46115",
            "12",
            "SAI028",
            "46115 est peut-être une date transformée en nombre par le tableur",
            id="date, d'après le maximum : un seul doute",
        ),
        pytest.param(
            BORNEE,
            "4000",
            "12",
            "SAI011",
            "4000 dépasse le maximum plausible, 40",
            id="au-delà du maximum et du triple : un seul doute",
        ),
    ],
)
def test_doubtful(de: Mesure, reponse: Reponse, avant: Reponse, code: str, message: str) -> None:
    assert doubt(de, reponse, avant) == Doute(code, message)


@pytest.mark.parametrize(
    ("de", "reponse", "avant"),
    [
        pytest.param(BORNEE, "40", None, id="sur le maximum"),
        pytest.param(BORNEE, "2", None, id="sur le minimum"),
        pytest.param(mesure(), "36", "12", id="juste le triple"),
        pytest.param(mesure(), "4", "12", id="juste le tiers"),
        pytest.param(mesure(), "500", "0", id="rien ne se compare à zéro"),
        pytest.param(mesure(), "0", "0", id="zéro les deux ans"),
        pytest.param(mesure(), "500", None, id="pas d'an dernier"),
        pytest.param(mesure(), "500", Etat.NON_DISPONIBLE, id="an dernier non disponible"),
        pytest.param(mesure(), Etat.SANS_OBJET, "12", id="sans objet"),
        pytest.param(TAUX, ("8", "10"), ("5", "10"), id="taux, trente points juste"),
        pytest.param(TAUX, "10", "2", id="un taux ne se compare pas en fois"),
        pytest.param(STOCK, "20", "20", id="stock qui se maintient"),
        pytest.param(STOCK, "21", "20", id="stock qui monte"),
        pytest.param(mesure(nature="flux"), "19", "20", id="un flux peut baisser"),
        pytest.param(mesure(), "46115", "40000", id="un grand nombre ordinaire"),
        pytest.param(mesure(), "46115", None, id="rien ne le rend invraisemblable"),
        pytest.param(mesure("montant", maximum="90000"), "46115", "40000", id="montant ordinaire"),
        pytest.param(mesure("texte"), "500", "12", id="un texte ne se compare pas"),
        pytest.param(mesure(), "12", "douze", id="an dernier d'un autre type"),
    ],
)
def test_plausible(de: Mesure, reponse: Reponse, avant: Reponse) -> None:
    assert doubt(de, reponse, avant) is None


@pytest.mark.parametrize(
    ("serie", "est_date"), [("36525", False), ("36526", True), ("54788", True), ("54789", False)]
)
def test_the_days_of_a_spreadsheet(serie: str, est_date: bool) -> None:
    doute = doubt(mesure(), serie, "12")
    assert doute is not None
    assert (doute.code == "SAI028") is est_date


def test_a_number_typed_as_text_is_no_date() -> None:
    ecrite = Valeur(valeur="46115", saisi="46 115", etat=Etat.RENSEIGNE, cellule="Saisie!H3")
    doute = doubt_value(mesure(), ecrite, valeur("12"))
    assert doute is not None
    assert doute.code == "SAI029"


def test_an_estimate_is_compared_like_any_answer() -> None:
    estimee = Valeur(valeur="40", etat=Etat.ESTIME, cellule="Saisie!H3")
    doute = doubt_value(mesure(), estimee, valeur("12"))
    assert doute is not None
    assert doute.code == "SAI029"


def test_the_number_of_an_answer() -> None:
    assert number_of(TAUX, valeur(("41", "60"))) == number_of(TAUX, valeur("68.3333333333333"))
    assert number_of(mesure(), None) is None

"""The answers of one form side by side: each surprise told once, in the order of the contract."""

from __future__ import annotations

from typing import Any

import pytest

from clsmon.analysis.consistency import find_doubts
from clsmon.model.dossier import Dossier
from clsmon.model.releve import Etat, Releve, Valeur
from tests.analysis.builder import EXERCICE, answer, dossier, fiche, measure, releve

NOMS = ("a", "b", "c", "d", "e", "f")
TEXTE = "Ateliers et stands, dans trois quartiers."


def key(nom: str) -> str:
    return f"1.1/{nom}/{nom}"


def opened(*mesures: dict[str, Any], releves: tuple[Releve, ...] = ()) -> Dossier:
    return dossier(fiche("1.1", *mesures), releves=releves)


def doubts(ouvert: Dossier, **reponses: Any) -> list[tuple[str, str]]:
    valeurs = {key(nom): Valeur.model_validate(answer(r)) for nom, r in reponses.items()}
    trouves = find_doubts(ouvert, EXERCICE, "ars", valeurs)
    return [(cle.rpartition("/")[2], doute.code) for cle, doute in trouves]


def message(ouvert: Dossier, **reponses: Any) -> str:
    valeurs = {key(nom): Valeur.model_validate(answer(r)) for nom, r in reponses.items()}
    ((_, doute),) = find_doubts(ouvert, EXERCICE, "ars", valeurs)
    return doute.message


# L'an dernier


@pytest.mark.parametrize(
    ("organisme", "exercice", "attendu"),
    [
        pytest.param("ars", EXERCICE - 1, [("a", "SAI029")], id="le même, l'an dernier"),
        pytest.param("ars", EXERCICE - 2, [], id="il y a deux ans"),
        pytest.param("ars", EXERCICE, [], id="cette année"),
        pytest.param("cpam", EXERCICE - 1, [], id="un autre organisme"),
    ],
)
def test_last_years_answer_of_the_same_organisme(
    organisme: str, exercice: int, attendu: list[tuple[str, str]]
) -> None:
    avant = releve("avant", organisme, 12, cle=key("a"), exercice=exercice)
    assert doubts(opened(measure("a"), releves=(avant,)), a=120) == attendu


def test_last_years_answer_under_a_former_key() -> None:
    avant = releve("avant", "ars", 12, cle="1.1/x/x", exercice=EXERCICE - 1)
    ouvert = opened(measure("a", anciennes_cles=["1.1/x/x"]), releves=(avant,))
    assert doubts(ouvert, a=120) == [("a", "SAI029")]


def test_two_answers_of_last_year_compare_to_nothing() -> None:
    avant = tuple(
        releve(nom, "ars", n, cle=key("a"), exercice=EXERCICE - 1)
        for nom, n in (("u", 12), ("v", 13))
    )
    assert doubts(opened(measure("a"), releves=avant), a=120) == []


# La partie et son tout

PARTIES = (measure("a"), measure("b", partie_de=key("a")), measure("c", partie_de=key("a")))


@pytest.mark.parametrize(
    ("reponses", "attendu"),
    [
        pytest.param({"a": 12, "b": 15, "c": 3}, [("b", "SAI031")], id="une partie trop grande"),
        pytest.param(
            {"a": 12, "b": 15, "c": 13}, [("b", "SAI031"), ("c", "SAI031")], id="deux parties"
        ),
        pytest.param({"a": 12, "b": 12}, [], id="le tout"),
        pytest.param({"b": 15}, [], id="tout non répondu"),
        pytest.param({"a": Etat.SANS_OBJET, "b": 15}, [], id="tout sans objet"),
        pytest.param({"a": 12, "b": Etat.NON_DISPONIBLE}, [], id="partie non disponible"),
    ],
)
def test_part_and_whole(reponses: dict[str, Any], attendu: list[tuple[str, str]]) -> None:
    assert doubts(opened(*PARTIES), **reponses) == attendu


def test_the_whole_is_named() -> None:
    assert message(opened(*PARTIES), a=12, b=15) == "15 est plus que le total, 12 (1.1 A)"


def test_a_whole_under_a_former_key() -> None:
    ouvert = opened(measure("a", anciennes_cles=["1.1/x/x"]), measure("b", partie_de="1.1/x/x"))
    assert doubts(ouvert, a=12, b=15) == [("b", "SAI031")]


# Le même nombre partout

CINQ = tuple(measure(nom) for nom in NOMS[:5])


def test_the_same_number_everywhere_is_told_once() -> None:
    meme = dict.fromkeys(NOMS[:5], 12)
    assert doubts(opened(*CINQ), **meme) == [("a", "SAI032")]
    attendu = "le même nombre, 12, est écrit aux 5 réponses chiffrées"
    assert message(opened(*CINQ), **meme) == attendu


@pytest.mark.parametrize(
    "reponses",
    [
        pytest.param(dict.fromkeys(NOMS[:4], 12), id="quatre réponses"),
        pytest.param({**dict.fromkeys(NOMS[:4], 12), "e": 13}, id="une autre"),
        pytest.param({**dict.fromkeys(NOMS[:4], 12), "e": Etat.SANS_OBJET}, id="quatre et un mot"),
    ],
)
def test_not_the_same_everywhere(reponses: dict[str, Any]) -> None:
    assert doubts(opened(*CINQ), **reponses) == []


def test_a_rate_counts_by_its_two_terms() -> None:
    mesures = (*CINQ[:4], measure("e", "taux"))
    quatre = dict.fromkeys(NOMS[:4], 12)
    assert doubts(opened(*mesures), **quatre, e=(12, 12)) == [("a", "SAI032")]
    assert doubts(opened(*mesures), **quatre, e=(12, 15)) == []


def test_texts_do_not_count_among_numbers() -> None:
    mesures = (*CINQ[:4], measure("e", "texte"))
    assert doubts(opened(*mesures), **dict.fromkeys(NOMS[:5], 12)) == []


# Le même texte recopié

TEXTES = tuple(measure(nom, "texte") for nom in NOMS[:4])


def test_a_copied_text_is_told_once_on_the_second_answer() -> None:
    assert doubts(opened(*TEXTES), a=TEXTE, b="Autre", c=TEXTE.upper()) == [("c", "SAI033")]
    assert message(opened(*TEXTES), a=TEXTE, b=TEXTE) == "le texte est celui de « 1.1 A »"
    quatre = dict.fromkeys(NOMS[:4], TEXTE)
    assert message(opened(*TEXTES), **quatre) == (
        "le texte est celui de « 1.1 A », répété 2 fois encore"
    )


@pytest.mark.parametrize(
    "reponses",
    [
        pytest.param({"a": "Voir le rapport", "b": "Voir le rapport"}, id="moins de 20 caractères"),
        pytest.param({"a": TEXTE, "b": f"{TEXTE} Et un salon."}, id="deux textes"),
    ],
)
def test_texts_that_differ_or_are_short(reponses: dict[str, str]) -> None:
    assert doubts(opened(*TEXTES), **reponses) == []


def test_a_key_of_another_contract_is_left_alone() -> None:
    assert doubts(opened(measure("a")), b=12) == []

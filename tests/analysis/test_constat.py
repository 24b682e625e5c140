"""What is known of a measure: readings, sums, separate answers, arbitrations."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clsmon.analysis.constat import compute_constat
from clsmon.analysis.heads import compute_syntheses
from clsmon.model.constat import Constat
from clsmon.model.dossier import Dossier
from clsmon.model.releve import Etat
from clsmon.model.seance import Seance
from clsmon.model.statut import Statut

from .builder import CLE, EXERCICE, LAW, dossier, fiche, measure, organisms_of, releve, seance

D = Decimal
TROIS = ("ars", "cpam", "apo")
ND, SO, AV = Etat.NON_DISPONIBLE, Etat.SANS_OBJET, Etat.A_VERIFIER


def constat_of(d: Dossier, exercice: int = EXERCICE) -> Constat:
    return compute_constat(d, d.mesures[CLE], exercice, compute_syntheses(d, exercice))


def answered(
    *reponses: Any, seances: tuple[Seance, ...] = (), type_: str = "nombre", **mesure: Any
) -> Constat:
    """The constat when ars, cpam, apo answer in turn; None answers nothing."""
    d = dossier(
        fiche("1.1", measure(type_=type_, **mesure), repondants=TROIS[: len(reponses)]),
        releves=[
            releve(f"{code}-1", code, reponse)
            for code, reponse in zip(TROIS, reponses, strict=False)
        ],
        seances=seances,
    )
    return constat_of(d)


@pytest.mark.parametrize(
    ("reponse", "statut", "nombre"),
    [
        pytest.param(0, Statut.RENSEIGNE, 0, id="zéro est une réponse"),
        pytest.param({"valeur": "40", "etat": "estime"}, Statut.ESTIME, 40, id="estimé"),
        pytest.param(ND, Statut.NON_DISPONIBLE, None, id="non disponible"),
        pytest.param(SO, Statut.SANS_OBJET, None, id="sans objet"),
        pytest.param(AV, Statut.A_VERIFIER, None, id="à vérifier"),
        pytest.param(None, Statut.NON_REPONDU, None, id="non répondu"),
        pytest.param({"commentaire": "?"}, Statut.NON_REPONDU, None, id="un commentaire seul"),
        pytest.param("douze", Statut.A_VERIFIER, None, id="un texte là où l’on compte"),
        pytest.param({"etat": "renseigne"}, Statut.A_VERIFIER, None, id="renseigné sans valeur"),
    ],
)
@pytest.mark.parametrize("reponses", ["lectures", "somme", "separees"])
def test_states_stay_apart(reponse: Any, statut: Statut, nombre: int | None, reponses: str) -> None:
    constat = answered(reponse, reponses=reponses)
    separe = reponses == "separees"
    assert (constat.statut, constat.nombre) == (statut, None if separe else nombre)


@pytest.mark.parametrize(
    ("donnees", "retenu", "nombre"),
    [
        pytest.param((12, 14), "ars", 12, id="la première compte"),
        pytest.param((None, 14), "cpam", 14, id="le premier n’a rien dit"),
        pytest.param((ND, 14), "cpam", 14, id="non disponible, puis un nombre"),
        pytest.param((AV, 14), "cpam", 14, id="à vérifier n’est pas une réponse"),
        pytest.param((ND, SO), "ars", None, id="deux états, le premier compte"),
        pytest.param((ND, AV), "cpam", None, id="à vérifier peut encore donner une valeur"),
    ],
)
def test_readings(donnees: tuple[Any, Any], retenu: str, nombre: int | None) -> None:
    constat = answered(*donnees)
    assert (constat.declarations[0].organisme, constat.nombre) == (retenu, nombre)
    assert constat.retenues == 1


def test_other_readings_stand_beside_in_the_order_of_respondents() -> None:
    assert organisms_of(answered(None, 14, 15)) == ["cpam", "apo"]
    assert organisms_of(answered(12, 14, 15)) == ["ars", "cpam", "apo"]


def test_a_reading_of_someone_not_asked_comes_last() -> None:
    d = dossier(fiche(), releves=[releve("apo-1", "apo", 3), releve("ars-1", "ars", 4)])
    constat = constat_of(d)
    assert (constat.nombre, organisms_of(constat)) == (D(4), ["ars", "apo"])


@pytest.mark.parametrize(
    ("donnees", "statut", "nombre", "incomplet"),
    [
        pytest.param((1, 2, 3), Statut.RENSEIGNE, 6, (), id="complète"),
        pytest.param((1, None, 3), Statut.RENSEIGNE, 4, ("cpam",), id="il en manque un"),
        pytest.param((1, ND, AV), Statut.RENSEIGNE, 1, ("cpam", "apo"), id="deux sans nombre"),
        pytest.param((1, SO, 3), Statut.RENSEIGNE, 4, (), id="sans objet ne manque pas"),
        pytest.param(
            (1, {"valeur": "2", "etat": "estime"}, 3), Statut.ESTIME, 6, (), id="un est estimé"
        ),
        pytest.param((SO, SO, SO), Statut.SANS_OBJET, None, (), id="sans objet pour tous"),
        pytest.param((ND, SO, ND), Statut.NON_DISPONIBLE, None, (), id="non disponible"),
        pytest.param((ND, None, SO), Statut.NON_REPONDU, None, (), id="un n’a pas répondu"),
        pytest.param((ND, None, AV), Statut.A_VERIFIER, None, (), id="un est à vérifier"),
        pytest.param((0, 0, 0), Statut.RENSEIGNE, 0, (), id="une somme de zéros est zéro"),
    ],
)
def test_sum(
    donnees: tuple[Any, ...], statut: Statut, nombre: int | None, incomplet: tuple[str, ...]
) -> None:
    constat = answered(*donnees, reponses="somme")
    assert (constat.statut, constat.nombre, constat.incomplet) == (statut, nombre, incomplet)


def test_a_sum_leaves_out_whoever_is_not_asked() -> None:
    d = dossier(
        fiche("1.1", measure(reponses="somme"), repondants=["ars"]),
        releves=[releve("apo-1", "apo", 3), releve("ars-1", "ars", 4)],
    )
    constat = constat_of(d)
    assert (constat.nombre, constat.retenues, organisms_of(constat)) == (D(4), 1, ["ars", "apo"])


nombres = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False)


@LAW
@given(st.lists(st.one_of(nombres, st.sampled_from([ND, SO, AV, None])), min_size=1, max_size=3))
def test_a_sum_is_that_of_the_answers_it_retains(donnees: list[Any]) -> None:
    ecrites = [f"{d:f}" if isinstance(d, Decimal) else d for d in donnees]
    constat = answered(*ecrites, reponses="somme")
    retenues = constat.declarations[: constat.retenues]
    if constat.nombre is None:
        assert not retenues
    else:
        assert constat.nombre == sum(d.valeur.nombre or 0 for d in retenues)
        assert len(retenues) + len(constat.incomplet) + donnees.count(SO) == len(donnees)


def test_a_rate_of_rates_is_sum_over_sum() -> None:
    constat = answered((1, 2), (30, 40), type_="taux", reponses="somme")
    assert (constat.numerateur, constat.denominateur) == (D(31), D(42))
    assert constat.nombre == Decimal(31) / 42 * 100


def test_a_rate_in_points_is_never_aggregated() -> None:
    mixte = answered((1, 2), 75, type_="taux", reponses="somme")
    assert (mixte.nombre, mixte.incomplet) == (D(50), ("cpam",))
    assert answered(50, 75, type_="taux", reponses="somme").statut is Statut.NON_CALCULABLE


def test_a_rate_on_nobody_has_no_number() -> None:
    constat = answered((0, 0), type_="taux")
    assert (constat.statut, constat.nombre, constat.denominateur) == (Statut.RENSEIGNE, None, D(0))


@pytest.mark.parametrize("reponses", ["separees", "somme"])
def test_texts_of_several_are_listed_never_totalled(reponses: str) -> None:
    constat = answered("Ateliers", None, "Visites", type_="texte", reponses=reponses)
    assert constat.texte == "ARS : Ateliers\nAPO : Visites"
    assert (constat.nombre, constat.retenues, constat.incomplet) == (None, 2, ())


def test_a_text_asked_of_one_stands_without_a_name() -> None:
    assert answered("Ateliers", type_="texte", reponses="separees").texte == "Ateliers"


@pytest.mark.parametrize(
    ("type_", "reponse", "modalites"),
    [
        pytest.param("oui_non", "non", [], id="oui ou non"),
        pytest.param("choix", "bonne", ["bonne", "mauvaise"], id="choix"),
        pytest.param("texte", "2025", [], id="un texte en chiffres reste un texte"),
    ],
)
def test_answers_in_words(type_: str, reponse: str, modalites: list[str]) -> None:
    constat = answered(reponse, type_=type_, modalites=modalites)
    assert (constat.texte, constat.nombre) == (reponse, None)


def arbitration(nom: str = "2026-05-12-copil", etat: str = "ouverte", **choix: Any) -> Seance:
    decision = {"id": "D1", "nature": "arbitrage", "objet": CLE, "etat": etat, "retient": choix}
    return seance(nom, {**decision, "exercice": EXERCICE})


def test_an_arbitration_selects_an_organisme() -> None:
    constat = answered(12, 14, seances=(arbitration(organisme="cpam"),))
    assert (constat.nombre, constat.arbitrage) == (D(14), "2026-05-12-copil/D1")
    assert organisms_of(constat) == ["cpam", "ars"]


def test_an_arbitration_for_one_who_said_nothing_settles_nothing() -> None:
    sans = answered(12, 14)
    avec = answered(12, 14, seances=(arbitration(organisme="apo"),))
    assert (avec.nombre, avec.arbitrage) == (D(12), "")
    assert avec == sans


def test_an_arbitration_selects_a_value_that_nobody_declared() -> None:
    constat = answered(12, 14, seances=(arbitration(valeur="13"),))
    assert (constat.statut, constat.nombre, constat.retenues) == (Statut.RENSEIGNE, D(13), 0)
    assert organisms_of(constat) == ["ars", "cpam"]


@pytest.mark.parametrize(
    ("seances", "nombre"),
    [
        pytest.param(
            (arbitration("2026-09-01-copil", valeur="9"), arbitration(valeur="8")),
            9,
            id="le dernier l’emporte",
        ),
        pytest.param((arbitration(etat="abandonnee", valeur="9"),), 12, id="abandonné"),
        pytest.param(
            (
                seance(
                    "2026-05-12-copil",
                    {
                        "id": "D1",
                        "nature": "arbitrage",
                        "objet": CLE,
                        "exercice": 2024,
                        "retient": {"valeur": "9"},
                    },
                ),
            ),
            12,
            id="d’un autre exercice",
        ),
        pytest.param(
            (
                seance(
                    "2026-05-12-copil",
                    {
                        "id": "D1",
                        "nature": "arbitrage",
                        "objet": CLE,
                        "exercice": EXERCICE,
                        "retient": {"valeur": "9"},
                    },
                    etat="prevue",
                ),
            ),
            12,
            id="séance pas encore tenue",
        ),
    ],
)
def test_which_arbitration_counts(seances: tuple[Seance, ...], nombre: int) -> None:
    assert answered(12, 14, seances=seances).nombre == nombre


def test_two_answers_of_one_organism_are_to_check_in_the_constat() -> None:
    d = dossier(releves=[releve("a", reponse=12), releve("b", reponse=14)])
    constat = constat_of(d)
    assert (constat.statut, constat.nombre) == (Statut.A_VERIFIER, None)
    assert constat.declarations[0].valeur.saisi == "12 | 14"

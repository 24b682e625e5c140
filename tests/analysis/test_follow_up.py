"""Where the collection stands: who returned, what is missing, what is to be made clear."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from clsmon.analysis.bilan import compute_bilan
from clsmon.analysis.completeness import sum_completeness
from clsmon.analysis.follow_up import compute_follow_up
from clsmon.model.dossier import Dossier
from clsmon.model.releve import Etat
from clsmon.model.suivi import Suivi, SuiviOrganisme

from .builder import EXERCICE, answer, dossier, fiche, measure, releve, to_plan

JOUR = date(2026, 3, 5)
CAMPAGNE = {"ouverture": "02-01", "limite": "03-15"}
DOUTE = {"etat": "a_verifier", "saisi": "une dizaine", "nature_cellule": "texte"}
DIT = {"1.1": {"avancement": "en_cours"}}
FICHE = fiche("1.1", measure("ateliers"), measure("livres"), repondants=("ars", "apo"))


def follow(d: Dossier, jour: date = JOUR, *prepares: str) -> Suivi:
    return compute_follow_up(d, EXERCICE, jour, prepares)


def of(suivi: Suivi, code: str) -> SuiviOrganisme:
    return next(organisme for organisme in suivi.organismes if organisme.code == code)


def remains(organisme: SuiviOrganisme) -> list[tuple[str, list[str], list[str], list[str]]]:
    """What each fiche still waits for: measures, rubrics, doubts."""
    return [
        (r.fiche.id, [s.mesure.id for s in r.mesures], list(r.rubriques), [d.nom for d in r.doutes])
        for r in organisme.reste
    ]


@pytest.mark.parametrize(
    ("jour", "ouverte", "restants", "depasse"),
    [
        pytest.param(date(2026, 1, 31), False, 43, False, id="the day before it opens"),
        pytest.param(date(2026, 2, 1), True, 42, False, id="the day it opens"),
        pytest.param(date(2026, 3, 3), True, 12, False, id="twelve days left"),
        pytest.param(date(2026, 3, 15), True, 0, False, id="the last day"),
        pytest.param(date(2026, 3, 18), True, -3, True, id="three days late"),
    ],
)
def test_the_days_of_the_campaign(jour: date, ouverte: bool, restants: int, depasse: bool) -> None:
    delai = follow(dossier(FICHE, campagne=CAMPAGNE), jour).delai
    assert (delai.ouverte, delai.restants, delai.depasse) == (ouverte, restants, depasse)


def test_without_a_campaign_nothing_is_late() -> None:
    delai = follow(dossier(FICHE)).delai
    assert (delai.ouverte, delai.restants, delai.depasse) == (True, None, False)


@pytest.mark.parametrize(
    ("reponses", "fiches", "attendu"),
    [
        pytest.param(
            {},
            {},
            [("1.1", ["ateliers", "livres"], ["Avancement de la fiche"], [])],
            id="nothing said",
        ),
        pytest.param({"1.1/ateliers/ateliers": 3}, DIT, [("1.1", ["livres"], [], [])], id="one"),
        pytest.param(
            {"1.1/ateliers/ateliers": 3, "1.1/livres/livres": DOUTE},
            DIT,
            [("1.1", [], [], ["Livres"])],
            id="a doubt is not a blank",
        ),
        pytest.param(
            {"1.1/ateliers/ateliers": 3, "1.1/livres/livres": {"commentaire": "voir"}},
            DIT,
            [("1.1", ["livres"], [], [])],
            id="a comment alone answers nothing",
        ),
        pytest.param(
            {"1.1/ateliers/ateliers": 0, "1.1/livres/livres": Etat.NON_DISPONIBLE},
            DIT,
            [],
            id="zero and non disponible are answers",
        ),
        pytest.param(
            {"1.1/ateliers/ateliers": 3, "1.1/livres/livres": "beaucoup"},
            DIT,
            [("1.1", [], [], ["Livres"])],
            id="a value that does not read as its type",
        ),
        pytest.param(
            {"1.1/ateliers/ateliers": 3, "1.1/livres/livres": 4},
            {"1.1": {"absents": {"avancement": "sans_objet"}}},
            [],
            id="an avancement said sans objet is not missing",
        ),
    ],
)
def test_what_remains(
    reponses: dict[str, Any], fiches: dict[str, Any], attendu: list[object]
) -> None:
    rendu = releve("a", valeurs=reponses, fiches=fiches)
    organisme = of(follow(dossier(FICHE, releves=[rendu])), "ars")
    assert remains(organisme) == attendu
    assert organisme.rendus == (("a",) if reponses or fiches else ())
    assert organisme.a_relancer is bool(attendu)


def test_what_remains_agrees_with_completeness() -> None:
    rendu = releve("a", valeurs={"1.1/ateliers/ateliers": DOUTE}, fiches=DIT)
    suivi = follow(dossier(FICHE, releves=[rendu]))
    for organisme in suivi.organismes:
        compte = organisme.completude
        assert compte.non_repondues == sum(len(r.mesures) for r in organisme.reste)
        assert compte.a_verifier == sum(
            d.situee is not None for r in organisme.reste for d in r.doutes
        )
    comptes = [organisme.completude for organisme in suivi.organismes]
    assert sum_completeness(comptes) == suivi.bilan.completude


def test_a_rubric_to_check_is_a_doubt_and_not_a_missing_rubric() -> None:
    saisie = {"saisi": "ça avance", "nature_cellule": "texte", "cellule": "Fiches!E3"}
    rendu = releve(
        "a",
        valeurs={"1.1/ateliers/ateliers": 1, "1.1/livres/livres": 1},
        fiches={"1.1": {"a_verifier": {"avancement": saisie}}},
    )
    organisme = of(follow(dossier(FICHE, releves=[rendu])), "ars")
    assert remains(organisme) == [("1.1", [], [], ["Avancement de la fiche"])]
    assert (organisme.doutes, organisme.avancements, organisme.fiches) == (1, 0, 1)


def test_programmed_actions_are_asked_of_who_carries_them() -> None:
    action = {"id": "a1", "libelle": "Questionnaire", "organisme": "apo"}
    suivi = follow(dossier(FICHE, programme={"1.1": [action]}))
    assert "Action programmée : Questionnaire" in of(suivi, "apo").reste[0].rubriques
    assert of(suivi, "ars").reste[0].rubriques == ("Avancement de la fiche",)


def test_two_answers_that_stand_together_are_a_contradiction() -> None:
    releves = [releve("a", reponse=12, fiches=DIT), releve("b", reponse=13)]
    (reste,) = of(follow(dossier(FICHE, releves=releves)), "ars").reste
    (doute,) = reste.doutes
    assert (doute.saisi, doute.contradiction) == ("12 | 13", True)


def test_a_withdrawal_is_no_return() -> None:
    releves = [releve("a", reponse=12), releve("b", motif="retrait", remplace=["a"])]
    organisme = of(follow(dossier(FICHE, releves=releves)), "ars")
    assert (organisme.rendus, organisme.a_relancer) == ((), True)


def test_an_empty_form_returned_answers_nothing_and_is_reminded() -> None:
    organisme = of(follow(dossier(FICHE, releves=[releve("a")])), "ars")
    assert (organisme.rendus, organisme.a_relancer) == ((), True)


def test_who_answers_without_being_asked_is_shown_and_never_reminded() -> None:
    suivi = follow(dossier(FICHE, releves=[releve("v", "ville", 4)]))
    ville = of(suivi, "ville")
    assert (ville.interroge, ville.a_relancer, ville.rendus) == (False, False, ("v",))


def test_prepared_forms_are_those_given() -> None:
    suivi = follow(dossier(FICHE), JOUR, "apo")
    assert {o.code: o.prepare for o in suivi.organismes} == {"ars": False, "apo": True}


def test_an_old_code_counts_for_the_organism_of_today() -> None:
    d = dossier(
        fiche("1.1", repondants=("ville",)),
        releves=[releve("m", "mairie", 4, fiches=DIT)],
    )
    ville = of(follow(d), "ville")
    assert (ville.rendus, ville.reste) == (("m",), ())


def test_narrative_alone_is_never_demanded_of_a_fiche_to_plan() -> None:
    suivi = follow(dossier(FICHE, to_plan("plateforme")))
    assert [r.fiche.id for r in of(suivi, "ars").reste] == ["1.1"]


def test_the_figures_are_those_of_the_bilan() -> None:
    d = dossier(FICHE, releves=[releve("a", reponse=12)])
    assert follow(d).bilan == compute_bilan(d, EXERCICE, JOUR)
    assert answer(12)["etat"] == "renseigne"

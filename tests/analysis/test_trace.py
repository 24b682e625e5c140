"""One figure, all its way: every year, every organisme, every relevé that ever said it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from clsmon.analysis.trace import compute_trace
from clsmon.model.dossier import Dossier
from clsmon.model.statut import Statut
from clsmon.model.trace import TraceAnnee

from .builder import CLE, EXERCICE, dossier, fiche, measure, releve, seance

DEUX = fiche(repondants=("ars", "apo"))


def year(d: Dossier, cle: str = CLE) -> TraceAnnee:
    (annee,) = compute_trace(d, cle, EXERCICE).annees
    return annee


def said(annee: TraceAnnee) -> dict[str, Any]:
    """Per organisme: whether its answer counts, and each of its readings."""
    return {
        o.code: (o.retenu, [(le.nom, le.valeur.valeur, le.remplacee_par) for le in o.lectures])
        for o in annee.organismes
    }


def test_every_year_with_data_and_no_other() -> None:
    d = dossier(releves=[releve("a", reponse=1, exercice=2024), releve("b", reponse=2)])
    trace = compute_trace(d, CLE)
    assert {a.exercice: str(a.constat.nombre) for a in trace.annees} == {2024: "1", 2025: "2"}
    assert [a.exercice for a in compute_trace(d, CLE, 2026).annees] == [2026]


def test_the_first_reading_counts_and_the_others_stand_beside() -> None:
    d = dossier(DEUX, releves=[releve("x", "apo", 9), releve("a", "ars", 7)])
    assert said(year(d)) == {"ars": (True, [("a", "7", ())]), "apo": (False, [("x", "9", ())])}


def test_who_was_asked_and_said_nothing_is_named() -> None:
    annee = year(dossier(DEUX, releves=[releve("a", "ars", 7)]))
    assert said(annee)["apo"] == (False, [])
    assert [(o.code, o.interroge) for o in annee.organismes] == [("ars", True), ("apo", True)]


def test_all_terms_of_a_sum_count() -> None:
    somme = fiche("1.1", measure(reponses="somme"), repondants=("ars", "apo"))
    annee = year(dossier(somme, releves=[releve("x", "apo", 9), releve("a", "ars", 7)]))
    assert annee.constat.nombre == 16
    assert [o.retenu for o in annee.organismes] == [True, True]


def test_a_doubt_is_retained_by_nobody() -> None:
    doute = {"etat": "a_verifier", "saisi": "une dizaine", "nature_cellule": "texte"}
    annee = year(dossier(releves=[releve("a", reponse=doute)]))
    assert annee.constat.statut is Statut.A_VERIFIER
    assert [o.retenu for o in annee.organismes] == [False]


def test_replaced_readings_follow_from_the_last_to_the_first() -> None:
    d = dossier(
        releves=[
            releve("z", reponse=1),
            releve("y", reponse=2, remplace=["z"]),
            releve("x", reponse=3, remplace=["y"]),
        ]
    )
    lectures = [("x", "3", ()), ("y", "2", ("x",)), ("z", "1", ("y",))]
    assert said(year(d)) == {"ars": (True, lectures)}


def test_an_erased_answer_keeps_its_past() -> None:
    d = dossier(releves=[releve("a", reponse=1), releve("b", remplace=["a"])])
    annee = year(d)
    assert said(annee) == {"ars": (False, [("a", "1", ("b",))])}
    assert annee.organismes[0].declaration is None
    assert compute_trace(d, CLE).annees == (annee,)


def test_an_old_key_leads_to_the_measure_and_is_kept_where_it_was_used() -> None:
    renommee = fiche("1.1", measure(anciennes_cles=["1.9/vieux/vieux"]))
    d = dossier(renommee, releves=[releve("a", valeurs={"1.9/vieux/vieux": 7})])
    trace = compute_trace(d, "1.9/vieux/vieux")
    assert (trace.demandee, trace.situee.cle) == ("1.9/vieux/vieux", CLE)
    (lecture,) = trace.annees[0].organismes[0].lectures
    assert (lecture.cle, lecture.valeur.valeur) == ("1.9/vieux/vieux", "7")


def test_an_arbitrage_is_told_with_its_decision() -> None:
    choix = {
        "id": "D1",
        "nature": "arbitrage",
        "objet": CLE,
        "exercice": EXERCICE,
        "retient": {"organisme": "apo"},
    }
    d = dossier(
        DEUX,
        releves=[releve("x", "apo", 9), releve("a", "ars", 7)],
        seances=[seance("2026-05-12-copil", choix)],
    )
    annee = year(d)
    assert annee.constat.arbitrage == "2026-05-12-copil/D1"
    assert annee.decision is not None
    assert [(o.code, o.retenu) for o in annee.organismes] == [("ars", False), ("apo", True)]


def test_a_value_set_by_the_copil_alone_makes_a_year_worth_telling() -> None:
    choix = {
        "id": "D1",
        "nature": "arbitrage",
        "objet": CLE,
        "exercice": EXERCICE,
        "retient": {"valeur": 5},
    }
    (annee,) = compute_trace(dossier(seances=[seance("2026-05-12-copil", choix)]), CLE).annees
    assert (annee.exercice, annee.constat.nombre) == (EXERCICE, Decimal(5))


def test_a_computed_measure_says_its_rule_and_its_terms() -> None:
    calculee = fiche("1.1", measure("taux", "taux", calcul={"regle": "participation_instances"}))
    tenue = seance("2025-05-12-copil", convoques=["ars", "apo", "cpam"], presents=["ars", "apo"])
    trace = compute_trace(dossier(calculee, seances=[tenue]), "1.1/taux/taux")
    assert "Présents parmi les convoqués" in trace.calcul
    (annee,) = trace.annees
    constat = annee.constat
    assert (constat.numerateur, constat.denominateur) == (Decimal(2), Decimal(3))
    assert annee.organismes == ()


@pytest.mark.parametrize("exercice", [2024, 2026])
def test_a_measure_not_followed_that_year_keeps_its_answers_uncounted(exercice: int) -> None:
    d = dossier(
        fiche("1.1", measure(frequence={"exercices": [2025]})),
        releves=[releve("a", reponse=3, exercice=exercice)],
    )
    (annee,) = compute_trace(d, CLE).annees
    assert (annee.exercice, annee.suivie) == (exercice, False)
    assert [(o.code, o.interroge) for o in annee.organismes] == [("ars", False)]


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(KeyError):
        compute_trace(dossier(), "1.1/ateliers")

"""What a form asks."""

from __future__ import annotations

from decimal import Decimal

from clsmon.analysis.questionnaire import compute_questionnaire

from .builder import CLE, EXERCICE, dossier, fiche, measure, releve, to_plan


def test_only_its_own_measures_in_the_order_of_the_contract() -> None:
    d = dossier(
        fiche("1.2", measure("b"), measure("a"), repondants=["apo", "ars"]),
        fiche("1.10", measure("c"), measure("d", repondants=["apo"]), repondants=["ars"]),
    )
    questionnaire = compute_questionnaire(d, EXERCICE, "apo")
    assert [q.situee.cle for q in questionnaire.mesures] == ["1.2/b/b", "1.2/a/a", "1.10/d/d"]
    assert [q.fiche.id for q in questionnaire.fiches] == ["1.2"]


def test_initial_value_last_years_own_answer_and_this_years() -> None:
    d = dossier(
        fiche("1.1", measure(valeur_initiale={"valeur": "0"}), repondants=["ars", "apo"]),
        releves=[
            releve("ars-24", "ars", 5, exercice=2024),
            releve("apo-24", "apo", 6, exercice=2024),
            releve("apo-25", "apo", 7),
        ],
    )
    (question,) = compute_questionnaire(d, EXERCICE, "apo").mesures
    assert question.initiale == Decimal(0)
    assert question.precedente is not None
    assert question.precedente.valeur == "6"
    assert question.reponse is not None
    assert question.reponse.valeur == "7"


def test_nothing_known_is_none_never_zero() -> None:
    (question,) = compute_questionnaire(dossier(), EXERCICE, "ars").mesures
    assert (question.initiale, question.precedente, question.reponse) == (None, None, None)


def test_base_is_the_sorted_heads_of_this_year_alone() -> None:
    d = dossier(
        releves=[
            releve("c", reponse=1),
            releve("a", reponse=1),
            releve("b", reponse=1, remplace=["a"]),
            releve("vieux", reponse=1, exercice=2024),
            releve("autre", "apo", 1),
        ]
    )
    assert compute_questionnaire(d, EXERCICE, "ars").base == ("b", "c")


def test_fiches_carry_what_was_told_already() -> None:
    d = dossier(releves=[releve("a", fiches={"1.1": {"freins": "Aucun local"}})])
    (question,) = compute_questionnaire(d, EXERCICE, "ars").fiches
    assert question.reponse is not None
    assert question.reponse.freins == "Aucun local"


def test_each_action_is_asked_of_one() -> None:
    d = dossier(
        fiche("1.1", repondants=["ars", "apo"]),
        programme={
            "1.1": [
                {"id": "a1", "organisme": "apo"},
                {"id": "a2"},
                {"id": "a3", "organisme": "ville"},
            ]
        },
    )
    demandees = {
        code: [a.id for f in compute_questionnaire(d, EXERCICE, code).fiches for a in f.programme]
        for code in ("ars", "apo", "ville")
    }
    assert demandees == {"ars": ["a2", "a3"], "apo": ["a1"], "ville": []}


def test_perspectives_of_fiches_to_plan_are_asked_of_copilots() -> None:
    d = dossier(fiche(repondants=["apo"]), to_plan("plateforme"))
    assert [q.fiche.id for q in compute_questionnaire(d, EXERCICE, "ars").fiches] == ["plateforme"]
    assert [q.fiche.id for q in compute_questionnaire(d, EXERCICE, "apo").fiches] == ["1.1"]


def test_campaign_and_demonstration() -> None:
    d = dossier(campagne={"ouverture": "02-01", "limite": "03-15"})
    questionnaire = compute_questionnaire(d, EXERCICE, "ars", fictif=True)
    assert (str(questionnaire.limite), questionnaire.fictif) == ("2026-03-15", True)
    assert compute_questionnaire(dossier(), EXERCICE, "ars").limite is None
    assert [q.situee.cle for q in questionnaire.mesures] == [CLE]

"""What is due, seen on a given day: the contract's dates, the meetings, what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from clsmon.analysis.bilan import compute_bilan
from clsmon.analysis.cahiers import compute_cahier
from clsmon.analysis.deadlines import compute_deadlines
from clsmon.model.dossier import Dossier
from clsmon.model.echeance import Echeance, GenreEcheance
from clsmon.model.seance import Seance

from .builder import EXERCICE, dossier, fiche, releve, seance

JOUR = date(2026, 4, 20)
EVALUATION = {
    "evaluation_finale": {
        "lancement_mois_avant_fin": 12,
        "delai_prestataire_mois": 6,
        "fenetre_mois": 6,
        "responsable": "ars",
        "reference": "fiche 5.2",
    }
}
INSTANCES = {
    "cotech": {"nom": "Comité technique", "minimum_annuel": 2},
    "copil": {"nom": "Comité de pilotage", "minimum_annuel": 1},
    "groupe": {"nom": "Groupe de travail"},
}


def due(d: Dossier, jour: date = JOUR, *genres: GenreEcheance) -> list[Echeance]:
    """The deadlines of these kinds; the end of the contract is always there."""
    choisis = genres or [g for g in GenreEcheance if g is not GenreEcheance.CONTRAT]
    return [e for e in compute_deadlines(d, jour) if e.genre in choisis]


def dated(echeances: Sequence[Echeance]) -> list[tuple[str, str]]:
    return [(e.date.isoformat(), e.cle) for e in echeances]


def planned(nom: str, **autres: Any) -> Seance:
    return seance(nom, etat="prevue", **autres)


@pytest.mark.parametrize(
    ("jour", "cles"),
    [
        pytest.param(
            "2026-02-01",
            ["campagne-2025-ouverture", "campagne-2025-limite", "campagne-2026-ouverture"],
            id="le jour de l’ouverture",
        ),
        pytest.param(
            "2026-03-15",
            ["campagne-2025-limite", "campagne-2026-ouverture", "campagne-2026-limite"],
            id="le dernier jour",
        ),
        pytest.param(
            "2026-03-16",
            ["campagne-2026-ouverture", "campagne-2026-limite", "campagne-2027-ouverture"],
            id="close : elle n’est plus due",
        ),
        pytest.param("2029-03-16", [], id="toutes closes"),
    ],
)
def test_campaigns_to_come(jour: str, cles: list[str]) -> None:
    d = dossier(campagne={"ouverture": "02-01", "limite": "03-15"})
    assert [e.cle for e in due(d, date.fromisoformat(jour))][:3] == cles


@pytest.mark.parametrize(
    ("vie", "fins"),
    [
        pytest.param({"droit_de_regard_fin": "2026-05-05"}, ["2026-05-05"], id="écrite"),
        pytest.param({"projet_envoye_le": "2026-04-15"}, ["2026-04-30"], id="15 jours après"),
        pytest.param(
            {"projet_envoye_le": "2026-04-15", "droit_de_regard_fin": "2026-05-05"},
            ["2026-05-05"],
            id="l’écrite l’emporte",
        ),
        pytest.param({"droit_de_regard_fin": "2026-04-19"}, [], id="finie"),
        pytest.param(
            {"droit_de_regard_fin": "2026-05-05", "adopte": "2026-04-20-copil/D1"},
            [],
            id="bilan adopté",
        ),
        pytest.param({}, [], id="projet pas encore envoyé"),
    ],
)
def test_the_right_to_review(vie: Mapping[str, Any], fins: list[str]) -> None:
    d = dossier(exercices={EXERCICE: vie}, regles={"droit_de_regard_jours": 15})
    trouvees = due(d)
    assert [e.date.isoformat() for e in trouvees] == fins
    assert {e.source for e in trouvees} <= {"article 8"}


@pytest.mark.parametrize(
    ("vie", "fin"),
    [
        pytest.param({"droit_de_regard_fin": "2026-05-05"}, date(2026, 5, 5), id="écrite"),
        pytest.param({"projet_envoye_le": "2026-04-15"}, date(2026, 4, 30), id="du contrat"),
        pytest.param({}, None, id="rien ne la dit"),
    ],
)
def test_the_end_of_the_review_is_the_same_in_every_document(
    vie: dict[str, str], fin: date | None
) -> None:
    d = dossier(exercices={EXERCICE: vie}, regles={"droit_de_regard_jours": 15})
    assert compute_bilan(d, EXERCICE, JOUR).cloture.droit_de_regard_fin == fin
    assert compute_cahier(d, EXERCICE, "ars").limite == fin


@pytest.mark.parametrize("jours", [None, 10**9])
def test_a_right_to_review_without_a_possible_end_is_not_invented(jours: int | None) -> None:
    vie = {EXERCICE: {"projet_envoye_le": "2026-04-15"}}
    assert due(dossier(exercices=vie, regles={"droit_de_regard_jours": jours})) == []


@pytest.mark.parametrize(
    ("seances", "attendues"),
    [
        pytest.param(
            [],
            [
                ("2026-12-31", "seance-cotech-2026-1"),
                ("2026-12-31", "seance-cotech-2026-2"),
                ("2026-12-31", "seance-copil-2026-1"),
            ],
            id="aucune tenue",
        ),
        pytest.param(
            [seance("2026-02-01-cotech"), seance("2026-03-01-copil")],
            [("2026-12-31", "seance-cotech-2026-2")],
            id="une de moins",
        ),
        pytest.param(
            [
                seance("2026-02-01-cotech"),
                seance("2026-03-01-copil"),
                planned("2026-10-06-cotech"),
            ],
            [("2026-10-06", "seance-cotech-2026-2")],
            id="la seconde est programmée",
        ),
        pytest.param(
            [
                *(seance(f"2026-0{m}-01-cotech") for m in (1, 2, 3)),
                seance("2026-03-01-copil"),
                planned("2026-05-12-copil"),
                planned("2027-05-12-copil"),
            ],
            [("2026-05-12", "seance-copil-2026-2"), ("2027-05-12", "seance-copil-2027-1")],
            id="au-delà du minimum, seulement les prévues",
        ),
        pytest.param(
            [
                seance("2025-12-01-cotech"),
                *(seance(f"2026-0{m}-01-cotech") for m in (1, 2)),
                planned("2026-05-05-groupe"),
            ],
            [("2026-05-05", "seance-groupe-2026-1"), ("2026-12-31", "seance-copil-2026-1")],
            id="une instance sans minimum",
        ),
    ],
)
def test_meetings_still_to_hold(
    seances: Sequence[Seance], attendues: list[tuple[str, str]]
) -> None:
    assert dated(due(dossier(seances=seances, instances=INSTANCES))) == attendues


def test_planning_then_moving_a_meeting_keeps_its_name() -> None:
    tenues = [seance("2026-02-01-cotech"), seance("2026-03-01-copil")]
    lists = [
        due(dossier(seances=[*tenues, *prevues], instances=INSTANCES))
        for prevues in ([], [planned("2026-10-06-cotech")], [planned("2026-11-17-cotech")])
    ]
    assert [e.cle for (e,) in lists] == ["seance-cotech-2026-2"] * 3
    assert [e.date.isoformat() for (e,) in lists] == ["2026-12-31", "2026-10-06", "2026-11-17"]


def test_a_planned_meeting_whose_day_is_past_is_late_and_fills_its_place() -> None:
    seances = [
        seance("2026-02-01-cotech"),
        planned("2026-03-02-cotech"),
        seance("2026-03-01-copil"),
    ]
    (seule,) = due(dossier(seances=seances, instances=INSTANCES))
    assert (seule.en_retard, seule.cle) == (True, "seance-cotech-2026-2")
    assert seule.consigne == (
        "Dire si la séance s’est tenue, dans data/seances/2026-03-02-cotech.yaml."
    )


@pytest.mark.parametrize(
    ("ordre", "consigne"),
    [
        ({}, "Envoyer l’ordre du jour avant la séance."),
        ({"envoye_le": "2026-04-12"}, "Ordre du jour envoyé le 12/04/2026."),
    ],
)
def test_a_planned_meeting_says_where_its_agenda_is(ordre: Any, consigne: str) -> None:
    seances = [planned("2026-05-12-copil", ordre_du_jour=ordre)]
    assert [e.consigne for e in due(dossier(seances=seances))] == [consigne]


@pytest.mark.parametrize("jour", ["2023-12-31", "2029-01-01"])
def test_nothing_is_to_hold_outside_the_contract(jour: str) -> None:
    assert due(dossier(instances=INSTANCES), date.fromisoformat(jour)) == []


def test_the_last_year_ends_with_the_contract() -> None:
    periode = {"debut": 2024, "fin": 2028, "duree_ans": 5, "signature": "2024-09-15"}
    d = dossier(instances=INSTANCES, periode=periode)
    assert {e.date for e in due(d, date(2029, 2, 1))} == {date(2029, 9, 15)}
    assert due(d, date(2029, 9, 16)) == []


def decision(identifiant: str, echeance: str | None, **autres: Any) -> dict[str, Any]:
    return {"id": identifiant, "nature": "autre", "echeance": echeance, **autres}


def test_open_decisions_are_due_and_late_ones_come_first() -> None:
    prises = seance(
        "2025-05-13-copil",
        decision("D1", "2026-09-30", responsable="ars", texte="Tenir un point d’étape"),
        decision("D2", "2026-04-19", responsable="inconnu"),
        decision("D3", "2026-04-20"),
        decision("D4", "2026-01-01", etat="realisee"),
        decision("D5", "2026-01-01", etat="abandonnee"),
        decision("D6", None),
    )
    prevue = seance("2026-04-30-copil", decision("D1", "2026-06-01"), etat="prevue")
    trouvees = due(dossier(seances=[prises, prevue]), JOUR, GenreEcheance.DECISION)
    assert [(e.source, e.en_retard) for e in trouvees] == [
        ("2025-05-13-copil/D2", True),
        ("2025-05-13-copil/D3", False),
        ("2025-05-13-copil/D1", False),
    ]
    assert trouvees[-1].titre == "Tenir un point d’étape"
    assert [e.responsable for e in trouvees] == ["inconnu", "", "ARS"]


PROGRAMME = {"1.1": [{"id": "a1", "echeance": "2026-06"}, {"id": "a2", "echeance": "2026-03-01"}]}


def told(etat: str) -> Any:
    return releve("ars-1", fiches={"1.1": {"programme": {"a1": etat}}})


@pytest.mark.parametrize(
    ("autres", "cles"),
    [
        pytest.param({}, ["a2", "a1"], id="rien n’en est dit"),
        pytest.param({"releves": [told("realisee")]}, ["a2"], id="réalisée"),
        pytest.param({"releves": [told("abandonnee")]}, ["a2"], id="abandonnée"),
        pytest.param({"releves": [told("prevue")]}, ["a2", "a1"], id="prévue"),
        pytest.param({"releves": [told("reportee")]}, ["a2", "a1"], id="reportée, donc à faire"),
        pytest.param(
            {"exercices": {EXERCICE: {"adopte": "2026-04-20-copil/D1"}}}, [], id="bilan adopté"
        ),
    ],
)
def test_actions_of_the_programme(autres: Mapping[str, Any], cles: list[str]) -> None:
    trouvees = due(dossier(programme=PROGRAMME, **autres))
    assert [e.cle.rpartition("-")[2] for e in trouvees] == cles
    assert [e.en_retard for e in trouvees] == [e.date < JOUR for e in trouvees]


def test_an_action_says_its_fiche_its_carrier_and_that_it_was_put_off() -> None:
    (action,) = due(dossier(programme={"1.1": PROGRAMME["1.1"][:1]}, releves=[told("reportee")]))
    assert action.titre == "a1 (fiche 1.1)"
    assert (action.responsable, action.source) == ("ARS", f"programme {EXERCICE}")
    assert action.consigne.endswith("Elle est dite reportée.")


@pytest.mark.parametrize(
    ("programme", "vigueur"),
    [
        pytest.param({"1.1": [{"id": "a1", "echeance": "à la rentrée"}]}, {}, id="sans date"),
        pytest.param({"1.1": [{"id": "a1"}]}, {}, id="sans échéance"),
        pytest.param(PROGRAMME, {"fin": "2026-02-28"}, id="fiche retirée avant"),
    ],
)
def test_actions_that_are_not_due(programme: Any, vigueur: Any) -> None:
    assert due(dossier(fiche(vigueur=vigueur), programme=programme)) == []


def final(jour: str, signature: str | None = None, **regles: Any) -> list[Echeance]:
    periode = {"debut": 2024, "fin": 2028, "duree_ans": 5, "signature": signature}
    d = dossier(periode=periode, regles={**EVALUATION, **regles})
    return due(d, date.fromisoformat(jour), GenreEcheance.EVALUATION, GenreEcheance.CONTRAT)


@pytest.mark.parametrize(
    ("signature", "attendues"),
    [
        pytest.param(
            None,
            ["2027-12-31", "2028-06-30", "2028-06-30", "2028-12-31", "2028-12-31"],
            id="sans signature",
        ),
        pytest.param(
            "2024-08-31",
            ["2028-08-31", "2029-02-28", "2029-02-28", "2029-08-31", "2029-08-31"],
            id="signé un 31 août",
        ),
        pytest.param(
            "2024-02-29",
            ["2028-02-28", "2028-08-28", "2028-08-28", "2029-02-28", "2029-02-28"],
            id="signé un 29 février",
        ),
    ],
)
def test_the_final_evaluation_counts_back_from_the_end(
    signature: str | None, attendues: list[str]
) -> None:
    trouvees = final("2026-04-20", signature)
    assert [e.date.isoformat() for e in trouvees] == attendues
    assert [e.cle for e in trouvees] == [
        *(f"evaluation-{quoi}" for quoi in ("marche", "prestataire", "fenetre", "rendu")),
        "contrat-fin",
    ]
    assert {e.provisoire for e in trouvees} == {signature is None}
    assert {(e.responsable, e.source) for e in trouvees[:-1]} == {("ARS", "fiche 5.2")}


@pytest.mark.parametrize(
    ("jour", "retards", "restent"),
    [
        pytest.param("2027-12-31", [], 5, id="le dernier jour du marché"),
        pytest.param("2028-01-01", ["evaluation-marche"], 5, id="le marché est rappelé"),
        pytest.param("2028-06-30", ["evaluation-marche"], 5, id="jusqu’au début possible"),
        pytest.param("2028-07-01", [], 2, id="il ne servirait plus"),
        pytest.param("2029-01-01", [], 0, id="le contrat est fini"),
    ],
)
def test_the_tender_is_recalled_while_it_can_still_serve(
    jour: str, retards: list[str], restent: int
) -> None:
    trouvees = final(jour)
    assert [e.cle for e in trouvees if e.en_retard] == retards
    assert len(trouvees) == restent


def test_without_a_rule_only_the_end_of_the_contract_is_due() -> None:
    assert [e.cle for e in final("2026-04-20", evaluation_finale=None)] == ["contrat-fin"]


def test_articles_are_those_of_a_cls_only() -> None:
    plan = dossier(nature="plan", instances=INSTANCES)
    assert {e.source for e in compute_deadlines(plan, JOUR)} == {"contrat"}


def test_only_the_day_after_changes_what_is_late() -> None:
    d = dossier(seances=[seance("2025-05-13-copil", decision("D1", "2026-04-20"))])
    avant, apres = (due(d, jour, GenreEcheance.DECISION) for jour in (JOUR, date(2026, 4, 21)))
    assert [replace(e, en_retard=True) for e in avant] == apres


def test_every_name_is_its_own(dijon: Dossier) -> None:
    cles = [e.cle for e in compute_deadlines(dijon, date(2026, 1, 1))]
    assert len(set(cles)) == len(cles) == 17

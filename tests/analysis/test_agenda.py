"""What has to be decided, and the draft agenda of the next meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from clsmon.analysis.agenda import draft_agenda
from clsmon.analysis.bilan import compute_bilan
from clsmon.model.dossier import Dossier
from clsmon.model.seance import Avenant

from .builder import EXERCICE, dossier, fiche, measure, releve, seance, to_plan

JOUR = date(2026, 4, 20)
ADOPTE = {EXERCICE: {"adopte": "2026-04-20-copil/D1"}}


def plain(points: Sequence[str]) -> list[str]:
    return [point.replace("\u00a0", " ") for point in points]


def to_decide(d: Dossier) -> list[str]:
    return plain(compute_bilan(d, EXERCICE, JOUR).a_decider)


def decision(identifiant: str = "D1", **autres: Any) -> dict[str, Any]:
    return {"id": identifiant, "nature": "autre", **autres}


def test_adoption_until_it_is_done() -> None:
    assert to_decide(dossier()) == ["Adopter le bilan 2025 (article 7)"]
    assert to_decide(dossier(nature="plan")) == ["Adopter le bilan 2025"]
    assert to_decide(dossier(exercices=ADOPTE)) == []


def test_a_report_adopted_in_a_meeting_no_longer_asks_to_be_adopted() -> None:
    adoption = decision(nature="adoption_bilan")
    assert to_decide(dossier(seances=[seance("2026-04-20-copil", adoption)])) == []
    assert to_decide(dossier(seances=[seance("2026-04-21-copil", adoption)])) != []


def test_adoption_tells_until_when_signatories_may_review() -> None:
    d = dossier(exercices={EXERCICE: {"droit_de_regard_fin": "2026-05-05"}})
    assert to_decide(d) == [
        "Adopter le bilan 2025 (article 7), droit de regard des signataires jusqu’au 05/05/2026"
    ]


def test_every_measure_to_arbitrate_is_named() -> None:
    noms = [f"mesure-{rang}" for rang in range(9)]
    d = dossier(
        fiche("1.1", *(measure(nom) for nom in noms), repondants=["ars", "apo"]),
        releves=[
            releve(code, code, valeurs={f"1.1/{nom}/{nom}": valeur for nom in noms})
            for code, valeur in (("ars", 1), ("apo", 2))
        ],
        exercices=ADOPTE,
    )
    (arbitrages,) = to_decide(d)
    assert all(f"1.1 {nom.capitalize()}" in arbitrages for nom in noms)
    assert "autres" not in arbitrages


VOIE = "décision du COPIL, inscrite à un ordre du jour envoyé avant la séance (article 6)"


@pytest.mark.parametrize(
    ("recit", "vigueur", "attendu", "voie"),
    [
        pytest.param(
            {"evolution_proposee": "retrait", "motif_evolution": "poste supprimé"},
            {},
            ["Retirer la fiche 1.1 Fiche 1.1 (proposé par ARS, « poste supprimé »)"],
            f" : {VOIE}",
            id="retrait",
        ),
        pytest.param(
            {"evolution_proposee": "retrait"}, {"fin": "2025-06-30"}, [], "", id="retrait déjà daté"
        ),
        pytest.param(
            {"evolution_proposee": "modification"},
            {},
            ["Modifier la fiche 1.1 Fiche 1.1 (proposé par ARS)"],
            " : décision du COPIL, que le contrat n’exige pas ; si elle touche un axe, une "
            "orientation, un partenaire ou la durée, avenant signé par tous les membres du COPIL "
            "(article 6)",
            id="modification",
        ),
        pytest.param({"evolution_proposee": "maintien"}, {}, [], "", id="maintien"),
    ],
)
def test_proposed_changes_and_on_the_agenda_their_route(
    recit: dict[str, str], vigueur: dict[str, str], attendu: list[str], voie: str
) -> None:
    d = dossier(
        fiche(vigueur=vigueur),
        releves=[releve("a", reponse=1, fiches={"1.1": recit})],
        exercices=ADOPTE,
    )
    assert to_decide(d) == attendu
    agenda = plain(compute_bilan(d, EXERCICE, JOUR).evolutions.ordre_du_jour)
    assert [point for point in agenda if "fiche 1.1" in point] == [p + voie for p in attendu]


@pytest.mark.parametrize(
    ("mesure", "reponses", "attendu"),
    [
        pytest.param(
            measure(),
            (12, 14),
            [
                (
                    "Arbitrer 1 mesure où les organismes répondent différemment, la première "
                    "réponse donnée comptant jusque-là : 1.1 Ateliers"
                )
            ],
            id="deux lectures différentes",
        ),
        pytest.param(measure(), (12, 12), [], id="la même lecture"),
        pytest.param(measure(reponses="somme"), (12, 14), [], id="une somme"),
        pytest.param(measure(type_="texte"), ("a", "b"), [], id="des textes"),
    ],
)
def test_disagreements_go_to_the_copil(
    mesure: dict[str, Any], reponses: tuple[Any, Any], attendu: list[str]
) -> None:
    d = dossier(
        fiche("1.1", mesure, repondants=["ars", "apo"]),
        releves=[releve("a", "ars", reponses[0]), releve("b", "apo", reponses[1])],
        exercices=ADOPTE,
    )
    assert to_decide(d) == attendu


def test_late_decisions_and_fiches_to_plan_come_last() -> None:
    tardive = decision(echeance="2025-09-30", responsable="apo", texte="Écrire aux mairies")
    d = dossier(
        fiche(),
        to_plan("plateforme"),
        to_plan("attractivite", axe="2"),
        seances=[seance("2025-05-13-copil", tardive)],
        exercices=ADOPTE,
    )
    assert to_decide(d) == [
        (
            "Relancer ou clore la décision 2025-05-13-copil/D1 : Écrire aux mairies "
            "(APO, échéance 30/09/2025)"
        ),
        "Programmer ou non 2 fiches prévues : « Fiche plateforme » et « Fiche attractivite »",
    ]


PROGRAMME = {"1.1": [{"id": "a1"}]}


@pytest.mark.parametrize(
    ("actions", "attendu"),
    [
        pytest.param({}, ["Fixer le programme d’actions 2026"], id="rien d’écrit"),
        pytest.param(
            {"1.1": [{"id": "a1"}, {"id": "a2"}]},
            ["Fixer le programme d’actions 2026 : 2 actions proposées"],
            id="proposé",
        ),
        pytest.param(
            {"1.1": [{"id": "a1", "decision": "2026-02-01-copil/D1"}]}, [], id="déjà décidé"
        ),
    ],
)
def test_the_programme_of_the_coming_year(
    actions: Mapping[str, Sequence[Mapping[str, Any]]], attendu: list[str]
) -> None:
    d = dossier(programme=PROGRAMME, exercices=ADOPTE)
    suivant = dossier(programme=actions).programmes[EXERCICE]
    d = replace(d, programmes={**d.programmes, EXERCICE + 1: suivant})
    assert to_decide(d) == attendu


def test_a_contract_without_programme_is_not_asked_for_one_nor_after_its_last_year() -> None:
    assert to_decide(dossier(exercices=ADOPTE)) == []
    dernier = dossier(
        programme=PROGRAMME, exercices=ADOPTE, periode={"debut": 2024, "fin": EXERCICE}
    )
    assert to_decide(dernier) == []


def test_amendments_are_prepared_then_signed() -> None:
    voie = "avenant signé par tous les membres du COPIL (article 6)"
    decidee = decision(nature="avenant", texte="Accueillir la CPTS Est")
    d = dossier(seances=[seance("2026-02-01-copil", decidee)], exercices=ADOPTE)
    prepare = (
        f"Préparer un avenant : « Accueillir la CPTS Est » (décision 2026-02-01-copil/D1) : {voie}"
    )
    assert to_decide(d) == [prepare]
    ecrit = Avenant(numero=1, objet="CPTS Est", nature="partenaire", decision="2026-02-01-copil/D1")
    signer = f"Faire signer l’avenant n° 1 : « CPTS Est » (décision 2026-02-01-copil/D1) : {voie}"
    assert to_decide(replace(d, avenants=(ecrit,))) == [signer]
    signe = ecrit.model_copy(update={"signe_le": JOUR})
    assert to_decide(replace(d, avenants=(signe,))) == []


def test_a_late_amendment_is_one_point_only() -> None:
    decidee = decision(
        nature="avenant", texte="Accueillir la CPTS Est.", echeance="2026-02-28", responsable="ars"
    )
    d = dossier(seances=[seance("2026-02-01-copil", decidee)], exercices=ADOPTE)
    assert to_decide(d) == [
        (
            "Préparer un avenant : « Accueillir la CPTS Est » (décision 2026-02-01-copil/D1, ARS, "
            "échéance 28/02/2026) : avenant signé par tous les membres du COPIL (article 6)"
        )
    ]


def test_many_late_decisions_are_one_point() -> None:
    tardives = [
        decision(f"D{rang}", echeance="2025-09-30", texte=f"Écrire à {rang} mairies.")
        for rang in range(2, 6)
    ]
    d = dossier(seances=[seance("2025-05-13-copil", *tardives)], exercices=ADOPTE)
    (point,) = to_decide(d)
    assert point == "Relancer ou clore 4 décisions en retard : " + " ; ".join(
        f"« Écrire à {rang} mairies » (2025-05-13-copil/D{rang})" for rang in range(2, 6)
    )


def test_the_draft_agenda_follows_article_7() -> None:
    d = dossier(
        fiche("1.1", repondants=["ars", "apo"]),
        to_plan("plateforme"),
        releves=[
            releve("a", "ars", 12, fiches={"1.1": {"evolution_proposee": "retrait"}}),
            releve("b", "apo", 14),
        ],
        seances=[seance("2025-05-13-copil", decision(echeance="2025-09-30", texte="Écrire"))],
        programme=PROGRAMME,
    )
    bilan = compute_bilan(d, EXERCICE, JOUR)
    points = plain(draft_agenda(d, bilan))
    assert [point.split(" : ")[0] for point in points] == [
        "Adopter le bilan 2025 (article 7)",
        "Examiner les décisions antérieures",
        "Relancer ou clore la décision 2025-05-13-copil/D1",
        (
            "Arbitrer 1 mesure où les organismes répondent différemment, la première réponse "
            "donnée comptant jusque-là"
        ),
        "Retirer la fiche 1.1 Fiche 1.1 (proposé par ARS)",
        "Programmer ou non 1 fiche prévue",
        "Fixer le programme d’actions 2026",
    ]
    assert points[1] == ("Examiner les décisions antérieures : 1 décision ouverte en retard")
    assert points[5].endswith(f": {VOIE}")
    assert bilan.evolutions.ordre_du_jour == draft_agenda(d, bilan)


def test_all_the_fiches_to_plan_are_on_the_agenda_even_when_page_one_shortens() -> None:
    d = dossier(*(to_plan(f"plan-{rang}") for rang in range(9)), exercices=ADOPTE)
    bilan = compute_bilan(d, EXERCICE, JOUR)
    (page_une,), (point,) = bilan.a_decider, draft_agenda(d, bilan)
    assert "4 autres" in page_une
    assert all(f"Fiche plan-{rang}" in point for rang in range(9))

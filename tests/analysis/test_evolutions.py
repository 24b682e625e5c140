"""What partners propose to change, by which route, and what was already decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from clsmon.analysis.bilan import compute_bilan
from clsmon.analysis.evolutions import missing_rubrics
from clsmon.model.dossier import Dossier
from clsmon.model.evolutions import EvolutionProposee, Evolutions
from clsmon.model.releve import Evolution

from .builder import EXERCICE, dossier, fiche, releve, seance, to_plan

JOUR = date(2026, 4, 20)
COPIL = "2026-04-10-copil"


def evolutions_of(d: Dossier) -> Evolutions:
    return compute_bilan(d, EXERCICE, JOUR).evolutions


def proposing(
    nature: str, *decisions: Mapping[str, Any], jour: str = COPIL, **autres: Any
) -> Dossier:
    """The ARS asks for one change of fiche 1.1, and a meeting decided this."""
    return dossier(
        fiche(**autres),
        releves=[releve("a", reponse=1, fiches={"1.1": {"evolution_proposee": nature}})],
        seances=[seance(jour, *decisions)],
    )


def only(d: Dossier) -> EvolutionProposee:
    (evolution,) = evolutions_of(d).proposees
    return evolution


def test_each_author_keeps_its_reason_and_opposite_wishes_stand_side_by_side() -> None:
    def asks(nature: str, motif: str = "") -> dict[str, dict[str, str]]:
        return {"1.1": {"evolution_proposee": nature, "motif_evolution": motif}}

    d = dossier(
        fiche(repondants=["ars", "apo", "cpam"]),
        releves=[
            releve("a", "ars", 1, fiches=asks("modification", "une commune de plus")),
            releve("b", "apo", 1, fiches=asks("retrait", "poste supprimé")),
            releve("c", "cpam", 1, fiches=asks("modification")),
        ],
    )
    retrait, modification = evolutions_of(d).proposees
    assert retrait.nature is Evolution.RETRAIT
    assert [(p.organisme, p.motif) for p in retrait.propositions] == [("apo", "poste supprimé")]
    assert [(p.organisme, p.motif) for p in modification.propositions] == [
        ("ars", "une commune de plus"),
        ("cpam", ""),
    ]


@pytest.mark.parametrize(
    ("nature", "decisions", "jour", "vigueur", "suite"),
    [
        pytest.param("retrait", [], COPIL, {}, "", id="rien de décidé"),
        pytest.param(
            "retrait",
            [{"id": "D1", "nature": "retrait_fiche", "objet": "1.1", "effet_le": "2026-06-30"}],
            COPIL,
            {},
            f"retrait décidé par la décision {COPIL}/D1, avec effet le 30/06/2026",
            id="retrait décidé",
        ),
        pytest.param(
            "modification",
            [{"id": "D1", "nature": "retrait_fiche", "objet": "1.1"}],
            COPIL,
            {},
            f"retrait décidé par la décision {COPIL}/D1",
            id="une fiche retirée ne se modifie plus",
        ),
        pytest.param(
            "retrait",
            [{"id": "D1", "nature": "modification_fiche", "objet": "1.1"}],
            COPIL,
            {},
            "",
            id="une modification ne tranche pas un retrait",
        ),
        pytest.param(
            "modification",
            [{"id": "D1", "nature": "modification_fiche", "objet": "1.1"}],
            COPIL,
            {},
            f"modification décidée par la décision {COPIL}/D1",
            id="modification décidée",
        ),
        pytest.param(
            "modification",
            [{"id": "D1", "nature": "modification_fiche", "objet": "1.1"}],
            "2025-05-13-copil",
            {},
            "",
            id="décidée avant la proposition",
        ),
        pytest.param(
            "retrait",
            [{"id": "D1", "nature": "retrait_fiche", "objet": "1.1", "etat": "abandonnee"}],
            COPIL,
            {},
            f"retrait écarté par la décision {COPIL}/D1",
            id="écarté",
        ),
        pytest.param(
            "retrait",
            [{"id": "D1", "nature": "retrait_fiche", "objet": "2.1"}],
            COPIL,
            {},
            "",
            id="une autre fiche",
        ),
        pytest.param(
            "retrait",
            [{"id": "D1", "nature": "retrait_fiche", "objet": "1.1"}],
            "2026-04-21-copil",
            {},
            "",
            id="décidé après le jour du bilan",
        ),
        pytest.param(
            "retrait", [], COPIL, {"fin": "2026-06-30"}, "fin déjà fixée au 30/06/2026", id="datée"
        ),
    ],
)
def test_what_the_copil_decided_settles_a_proposal(
    nature: str,
    decisions: list[dict[str, Any]],
    jour: str,
    vigueur: dict[str, str],
    suite: str,
) -> None:
    evolution = only(proposing(nature, *decisions, jour=jour, vigueur=vigueur))
    assert evolution.suite == suite
    assert evolution.a_decider is not bool(suite)
    assert bool(evolution.decision) is ("décision" in suite)


def test_kept_fiches_and_those_nobody_speaks_of() -> None:
    d = dossier(
        fiche("1.1"),
        fiche("1.2"),
        releves=[releve("a", reponse=1, fiches={"1.1": {"evolution_proposee": "maintien"}})],
    )
    evolutions = evolutions_of(d)
    assert [f.id for f in evolutions.maintenues] == ["1.1"]
    assert [f.id for f in evolutions.sans_avis] == ["1.2"]


def test_a_fiche_to_plan_may_be_proposed_for_removal() -> None:
    recits = {"plateforme": {"evolution_proposee": "retrait"}}
    d = dossier(fiche(), to_plan("plateforme"), releves=[releve("a", reponse=1, fiches=recits)])
    assert only(d).fiche.id == "plateforme"


def test_what_a_fiche_to_plan_lacks_is_what_is_empty() -> None:
    vide = to_plan("plateforme")
    assert list(missing_rubrics(vide)) == [
        *("porteur", "objectifs", "description de l’action", "partenaires", "population visée"),
        *("territoire", "résultats attendus", "calendrier", "financement", "indicateurs"),
        "répondants du suivi",
    ]
    remplie = fiche(
        porteurs=[{"organisme": "ars"}],
        objectifs={"autres": ["Simplifier"]},
        description="Un guichet",
        population="Tous",
        calendrier={"debut": "2026"},
        financement=[{"texte": "à définir"}],
    )
    assert list(missing_rubrics(remplie)) == ["partenaires", "territoire", "résultats attendus"]


@pytest.mark.parametrize(
    ("decision", "ajout"),
    [
        pytest.param({"nature": "ajout_fiche"}, f"{COPIL}/D1", id="ajoutée"),
        pytest.param({"nature": "ajout_fiche", "etat": "abandonnee"}, "", id="abandonnée"),
        pytest.param({"nature": "autre"}, "", id="autre chose"),
    ],
)
def test_a_fiche_whose_addition_is_decided_says_so(decision: dict[str, str], ajout: str) -> None:
    prise = {"id": "D1", "objet": "plateforme", **decision}
    d = dossier(fiche(), to_plan("plateforme"), seances=[seance(COPIL, prise)])
    (prevue,) = evolutions_of(d).a_programmer
    assert prevue.decision == ajout


def test_another_plan_has_no_article_6() -> None:
    evolutions = evolutions_of(dossier(nature="plan", instances={}))
    assert evolutions.voie_avenant == "avenant signé par tous les membres de l’instance de pilotage"

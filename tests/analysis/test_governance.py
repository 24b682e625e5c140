"""Instances against their minimum, attendance, the annual programme and where fiches took place."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from clsmon.analysis.bilan import compute_bilan
from clsmon.analysis.governance import judge_minimum
from clsmon.model.constat import Constat
from clsmon.model.dossier import Dossier
from clsmon.model.gouvernance import Assiduite, Gouvernance, Minimum, Realisation
from clsmon.model.statut import Statut

from .builder import EXERCICE, ORGANISMES, dossier, fiche, measure, releve, seance

INSTANCES = {
    "cotech": {"nom": "Comité technique", "minimum_annuel": 2},
    "copil": {"nom": "Comité de pilotage", "minimum_annuel": 1},
}
SIGNATAIRES: dict[str, dict[str, Any]] = {
    code: {"nom": code, "signataire": code in {"ars", "cpam"}} for code in ORGANISMES
}
JOUR = date(2026, 4, 20)


def governance_of(d: Dossier, jour: date = JOUR) -> Gouvernance:
    return compute_bilan(d, EXERCICE, jour).gouvernance


SEANCES = [
    seance(
        "2025-05-13-copil",
        convoques=["ars", "cpam", "apo"],
        presents=["ars", "apo", "ville"],
        excuses=["cpam"],
    ),
    seance("2025-10-02-cotech", convoques=["ars", "apo"], presents=["apo"]),
    seance("2025-11-02-cotech", presents=["ars"]),
    seance("2025-12-09-copil", convoques=["ars", "cpam"], etat="prevue"),
    seance("2026-05-12-copil", convoques=["ars"], presents=["ars"], exercice=EXERCICE),
]


@pytest.mark.parametrize(
    ("minimum", "tenues", "fini", "enregistree", "attendu"),
    [
        pytest.param(2, 2, True, True, Minimum.ATTEINT, id="atteint"),
        pytest.param(2, 3, False, True, Minimum.ATTEINT, id="dépassé avant la fin"),
        pytest.param(2, 1, True, True, Minimum.NON_ATTEINT, id="année passée"),
        pytest.param(2, 1, False, True, Minimum.EN_COURS, id="il reste du temps"),
        pytest.param(1, 0, True, False, Minimum.INCONNU, id="rien d'écrit n'est pas zéro"),
        pytest.param(1, 0, True, True, Minimum.NON_ATTEINT, id="les autres sont écrites"),
        pytest.param(0, 0, True, False, Minimum.ATTEINT, id="minimum nul"),
        pytest.param(None, 3, True, True, Minimum.SANS_MINIMUM, id="le contrat n'en fixe pas"),
    ],
)
def test_minimum(
    minimum: int | None, tenues: int, fini: bool, enregistree: bool, attendu: Minimum
) -> None:
    assert judge_minimum(minimum, tenues, fini=fini, enregistree=enregistree) is attendu


def test_instances_count_the_meetings_of_the_civil_year() -> None:
    g = governance_of(dossier(seances=SEANCES, instances=INSTANCES))
    assert [
        (i.code, [t.seance.nom for t in i.tenues], [s.nom for s in i.prevues], i.verdict)
        for i in g.instances
    ] == [
        ("cotech", ["2025-10-02-cotech", "2025-11-02-cotech"], [], Minimum.ATTEINT),
        ("copil", ["2025-05-13-copil"], ["2025-12-09-copil"], Minimum.ATTEINT),
    ]


def test_the_year_still_open_is_not_judged() -> None:
    seul = [SEANCES[1]]
    g = governance_of(dossier(seances=seul, instances=INSTANCES), date(EXERCICE, 12, 31))
    assert [i.verdict for i in g.instances] == [Minimum.EN_COURS, Minimum.EN_COURS]


def test_an_instance_named_by_a_meeting_alone_is_shown() -> None:
    g = governance_of(dossier(seances=[seance("2025-02-02-groupe")], instances=INSTANCES))
    assert [(i.code, i.nom, i.verdict) for i in g.instances][-1] == (
        "groupe",
        "groupe",
        Minimum.SANS_MINIMUM,
    )


def test_attendance_by_instance_is_present_among_convened() -> None:
    g = governance_of(dossier(seances=SEANCES, instances=INSTANCES))
    assert [i.assiduite for i in g.instances] == [Assiduite(2, 1, 0), Assiduite(3, 2, 1)]
    (copil,) = g.instances[1].tenues
    assert copil.excuses == ("cpam",)
    sans_liste = g.instances[0].tenues[1]
    assert sans_liste.assiduite == Assiduite()
    assert sans_liste.assiduite.taux is None


def test_attendance_by_member_signatories_first_even_never_convened() -> None:
    d = dossier(
        seances=SEANCES[:3],
        instances=INSTANCES,
        organismes=SIGNATAIRES | {"chu": {"nom": "CHU", "signataire": True}},
    )
    g = governance_of(d)
    assert [(m.organisme, m.signataire, m.ensemble) for m in g.membres] == [
        ("ars", True, Assiduite(2, 1, 0)),
        ("cpam", True, Assiduite(1, 0, 1)),
        ("chu", True, Assiduite()),
        ("apo", False, Assiduite(2, 2, 0)),
    ]
    assert g.membres[0].par_instance == (Assiduite(1, 0, 0), Assiduite(1, 1, 0))


def test_without_meetings_nobody_is_said_absent() -> None:
    g = governance_of(dossier(organismes=SIGNATAIRES, instances=INSTANCES))
    assert g.membres == ()
    assert not g.enregistree
    assert {i.verdict for i in g.instances} == {Minimum.INCONNU}


def indicators(*regles: str) -> Any:
    mesures = [
        measure(regle.replace("_", "-"), "taux", calcul={"regle": regle}) for regle in regles
    ]
    return fiche("5.1", *mesures, axe="2", repondants=["ars"])


PROGRAMME = {
    "1.1": [
        {"id": "a1", "organisme": "ars", "decision": "2025-05-13-copil/D1"},
        {"id": "a2", "decision": "2025-05-13-copil/D9"},
    ],
    "2.1": [{"id": "a1", "organisme": "apo"}, {"id": "a2", "organisme": "ars"}],
}
DITS = {
    "1.1": {"programme": {"a1": "realisee", "a2": "reportee"}},
    "2.1": {"programme": {"a1": "realisee"}},
}


def whole() -> Dossier:
    """Meetings, a programme with one state missing, and the two computed indicators."""
    return dossier(
        fiche("1.1", repondants=["ars"]),
        fiche("2.1", repondants=["apo", "ars"]),
        indicators("participation_instances", "actions_realisees"),
        releves=[
            releve("ars-25", "ars", fiches={"1.1": DITS["1.1"]}),
            releve("apo-25", "apo", fiches={"2.1": DITS["2.1"]}),
        ],
        seances=[seance("2025-05-13-copil", {"id": "D1", "nature": "programme"}), *SEANCES[1:]],
        programme=PROGRAMME,
        instances=INSTANCES,
    )


def test_the_programme_names_carrier_state_and_decision() -> None:
    programme = governance_of(whole()).programme
    assert [
        (a.fiche.id, a.action.id, a.organisme, a.etat, a.seance.nom if a.seance else None)
        for a in programme.actions
    ] == [
        ("1.1", "a1", "ars", "realisee", "2025-05-13-copil"),
        ("1.1", "a2", "ars", "reportee", None),
        ("2.1", "a1", "apo", "realisee", None),
        ("2.1", "a2", "ars", None, None),
    ]
    assert programme.ensemble == Realisation(4, 2, 1)
    assert programme.ensemble.taux == 50
    assert dict(programme.par_porteur) == {"ars": Realisation(3, 1, 1), "apo": Realisation(1, 1, 0)}
    assert programme.porteur_suivi == "ars"


def test_section_and_indicators_show_the_same_terms() -> None:
    bilan = compute_bilan(whole(), EXERCICE, JOUR)
    participation, actions = (
        ligne.constat for ligne in bilan.lignes if ligne.situee.fiche.id == "5.1"
    )
    presences = bilan.gouvernance.assiduite
    assert terms(participation) == [presences.presents, presences.convocations, presences.taux]
    siennes = dict(bilan.gouvernance.programme.par_porteur)["ars"]
    assert terms(actions) == [siennes.realisees, siennes.programmees, siennes.taux]
    assert actions.incomplet == ("ars",)


def terms(constat: Constat) -> list[object]:
    return [constat.numerateur, constat.denominateur, constat.nombre]


@pytest.mark.parametrize("exercice", [2024, EXERCICE, 2026])
def test_by_member_or_by_instance_the_same_presences(exercice: int) -> None:
    g = compute_bilan(whole(), exercice, JOUR).gouvernance
    assert sum((m.ensemble for m in g.membres), Assiduite()) == g.assiduite


def test_an_acronym_of_the_programme_or_of_the_contract_s_money_is_in_the_glossary() -> None:
    d = dossier(
        fiche("1.1", financement=[{"texte": "CPOM IREPS"}]),
        programme={"1.1": [{"id": "a1", "libelle": "Réunir les CCAS"}]},
        glossaire={"CCAS": "Centre communal", "CPOM": "Contrat pluriannuel", "PMI": "absent"},
    )
    sigles = {sigle for sigle, _ in compute_bilan(d, EXERCICE, JOUR).glossaire}
    assert {"CCAS", "CPOM"} <= sigles
    assert "PMI" not in sigles


def test_no_programme_has_no_rate() -> None:
    d = dossier(indicators("actions_realisees"), instances=INSTANCES)
    bilan = compute_bilan(d, EXERCICE, JOUR)
    assert bilan.gouvernance.programme.ensemble.taux is None
    assert bilan.lignes[0].constat.statut is Statut.NON_CALCULABLE


def test_places_follow_the_territory_then_the_other_communes() -> None:
    d = dossier(
        fiche("1.1", repondants=["ars", "apo"]),
        fiche("2.1"),
        fiche("2.2"),
        fiche("2.3"),
        releves=[
            releve(
                "ars-25",
                fiches={
                    "1.1": {"communes": ["ahuy", "mairie"], "qpv": ["Les Grésilles"]},
                    "2.1": {"qpv": ["les gresilles", "Belvédère"]},
                    "2.2": {"freins": "Manque de salles"},
                },
            ),
            releve("apo-25", "apo", fiches={"1.1": {"communes": ["ahuy"]}}),
        ],
        territoire={"nom": "Métropole", "communes": ["daix", "ahuy"]},
    )
    lieux = governance_of(d).lieux
    assert [(x.lieu, [(f.id, o) for f, o in x.fiches]) for x in lieux.communes] == [
        ("daix", []),
        ("ahuy", [("1.1", ("ars", "apo"))]),
        ("ville", [("1.1", ("ars",))]),
    ]
    assert [(x.lieu, [f.id for f, _ in x.fiches]) for x in lieux.quartiers] == [
        ("Belvédère", ["2.1"]),
        ("Les Grésilles", ["1.1", "2.1"]),
    ]
    assert [f.id for f in lieux.sans_lieu] == ["2.2"]

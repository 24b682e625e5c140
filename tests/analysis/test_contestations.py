"""Contested figures: beside what is declared, counting only by arbitration, visible for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clsmon.analysis.bilan import compute_bilan
from clsmon.analysis.cahiers import compute_cahier, is_contestable
from clsmon.analysis.constat import compute_constat
from clsmon.analysis.contestations import (
    conflicts_of,
    examined_by,
    opinions_of,
    standing_answers,
)
from clsmon.analysis.heads import compute_syntheses
from clsmon.model.constat import Constat
from clsmon.model.dossier import Dossier
from clsmon.model.seance import Seance

from .builder import (
    CLE,
    EXERCICE,
    LAW,
    contest,
    dossier,
    examen,
    fiche,
    measure,
    releve,
    seance,
)

D = Decimal
SIGNATAIRES = {
    "ars": {"nom": "Agence", "sigle": "ARS", "signataire": True},
    "cpam": {"nom": "Caisse", "sigle": "CPAM", "signataire": True},
    "apo": {"nom": "Orthophonie", "sigle": "APO"},
    "ville": {"nom": "Ville", "signataire": True, "anciens_codes": ["mairie"]},
}
PAR_CPAM = {"organisme": "cpam"}


def arbitration(retient: dict[str, Any], **autres: Any) -> Seance:
    decision = {"id": "D1", "nature": "arbitrage", "objet": CLE, "exercice": EXERCICE}
    return seance("2026-05-12-copil", {**decision, "retient": retient, **autres})


def contested(
    *propositions: Any, declare: Any = 12, type_: str = "nombre", **autres: Any
) -> Dossier:
    """Ars declares, cpam contests once per proposition."""
    texte = f"{declare[0]}/{declare[1]}" if isinstance(declare, tuple) else str(declare)
    return dossier(
        fiche("1.1", measure(type_=type_)),
        releves=[releve("ars-1", "ars", declare)],
        examens=[
            examen(f"cpam-{rang}", "cpam", {CLE: contest(p, texte)})
            for rang, p in enumerate(propositions)
        ],
        organismes=SIGNATAIRES,
        **autres,
    )


def constat_of(d: Dossier) -> Constat:
    return compute_constat(d, d.mesures[CLE], EXERCICE, compute_syntheses(d, EXERCICE))


@pytest.mark.parametrize(
    ("propositions", "retient", "compte"),
    [
        pytest.param([14], None, 12, id="contesté sans arbitrage : le déclaré compte"),
        pytest.param([14], PAR_CPAM, 14, id="l’arbitrage retient qui conteste"),
        pytest.param([14], {"organisme": "ars"}, 12, id="l’arbitrage retient qui déclare"),
        pytest.param([14], {"valeur": 13}, 13, id="l’arbitrage fixe une valeur"),
        pytest.param([14, 14], PAR_CPAM, 14, id="deux cahiers, la même proposition"),
        pytest.param(
            [14, 15], PAR_CPAM, 12, id="deux propositions : aucune ne se devine, le déclaré compte"
        ),
    ],
)
def test_which_value_counts(
    propositions: list[int], retient: dict[str, Any] | None, compte: int | None
) -> None:
    seances = (arbitration(retient),) if retient else ()
    constat = constat_of(contested(*propositions, seances=seances))
    assert constat.nombre == compte
    assert constat.declare is not None
    assert (constat.declare.nombre, constat.declare.sources) == (D(12), ("ars",))
    proposees = [c.contestation.valeur_proposee for c in constat.contestations]
    assert proposees == [str(p) for p in dict.fromkeys(propositions)]


def test_a_rate_is_contested_by_its_two_terms() -> None:
    d = contested((30, 41), declare=(22, 41), type_="taux", seances=(arbitration(PAR_CPAM),))
    constat = constat_of(d)
    assert (constat.numerateur, constat.denominateur, constat.proposant) == (D(30), D(41), "cpam")
    assert constat.nombre == D(30) / D(41) * 100
    assert constat.declare is not None
    assert constat.declare.canonique == "22/41"


@pytest.mark.parametrize(
    ("autres", "raison"),
    [
        ({"etat": "abandonnee"}, "décision abandonnée"),
        ({"exercice": 2024}, "autre exercice"),
        ({"nature": "autre"}, "autre nature"),
    ],
)
def test_a_decision_that_is_no_arbitration_makes_nothing_count(
    autres: dict[str, Any], raison: str
) -> None:
    constat = constat_of(contested(14, seances=(arbitration(PAR_CPAM, **autres),)))
    assert (constat.nombre, constat.arbitrage) == (D(12), ""), raison


def test_a_replaced_examination_contests_no_more() -> None:
    retire = examen("cpam-2", "cpam", remplace=["cpam-0"])
    d = contested(14)
    assert constat_of(d.plus_examen("cpam-2", retire)).contestations == ()


def test_a_doubtful_line_is_no_contestation() -> None:
    doute = {
        "valeur_declaree": "12",
        "cellule": "Chiffres!I4",
        "a_verifier": {
            "valeur_proposee": {"saisi": "14", "nature_cellule": "nombre", "cellule": "Chiffres!I4"}
        },
    }
    d = contested().plus_examen("cpam-1", examen("cpam-1", "cpam", {CLE: doute}))
    assert constat_of(d).contestations == ()
    bilan = compute_bilan(d, EXERCICE, date(2026, 3, 1))
    assert [s.chiffre.contestation.conteste for s in bilan.examen.contestations] == [False]


@pytest.mark.parametrize(("declare", "perimee"), [(12, False), (13, True)])
def test_a_declared_value_that_changed_since_is_told(declare: int, perimee: bool) -> None:
    d = replace(contested(14), releves={"ars-1": releve("ars-1", "ars", declare)})
    assert [c.perimee for c in constat_of(d).contestations] == [perimee]


def test_later_reports_still_show_the_contested_figure_and_the_decision() -> None:
    d = contested(14, seances=(arbitration(PAR_CPAM),))
    suivant = releve("ars-2", "ars", 20, exercice=2026)
    bilan = compute_bilan(d.plus("ars-2", suivant), 2026, date(2027, 3, 1))
    (ligne,) = bilan.lignes
    assert [c.nombre for c in ligne.serie] == [14, 20]
    passe = ligne.serie[0]
    assert passe.declare is not None
    assert (passe.declare.nombre, passe.arbitrage) == (D(12), "2026-05-12-copil/D1")
    assert [s.chiffre.exercice for s in bilan.examen.contestations] == [2025]


def test_a_contested_figure_outlives_its_measure() -> None:
    retiree = {"debut": "2024-01-01", "fin": "2025-12-31", "decision_fin": "d"}
    d = dossier(
        fiche("1.1", vigueur=retiree),
        releves=[releve("ars-1", "ars", 12)],
        examens=[examen("cpam-1", "cpam", {CLE: contest()})],
    )
    bilan = compute_bilan(d, 2026, date(2027, 3, 1))
    (suivie,) = bilan.examen.contestations
    assert (suivie.chiffre.contestation.valeur_proposee, suivie.constat) == ("14", None)


@pytest.mark.parametrize(
    ("propositions", "retient", "phrase"),
    [
        pytest.param([14], None, "dont le chiffre est contesté", id="à arbitrer"),
        pytest.param([14], PAR_CPAM, "", id="arbitré"),
        pytest.param([], None, "", id="pas contesté"),
    ],
)
def test_what_the_copil_has_to_arbitrate(
    propositions: list[int], retient: dict[str, Any] | None, phrase: str
) -> None:
    seances = (arbitration(retient),) if retient else ()
    bilan = compute_bilan(contested(*propositions, seances=seances), EXERCICE, date(2026, 3, 1))
    arbitrer = [objet for objet in bilan.a_decider if objet.startswith("Arbitrer")]
    if phrase:
        (objet,) = arbitrer
        assert phrase in objet
        assert objet.endswith("1.1 Ateliers (contestée par CPAM)")
    else:
        assert arbitrer == []


VALEURS = st.integers(0, 10_000)


@LAW
@given(
    declarees=st.lists(VALEURS, min_size=1, max_size=3),
    propositions=st.lists(VALEURS, max_size=3),
    reponses=st.sampled_from(["lectures", "somme"]),
    choix=st.one_of(
        st.none(),
        st.sampled_from(["ars", "cpam", "apo", "ville"]).map(lambda code: {"organisme": code}),
        VALEURS.map(lambda valeur: {"valeur": valeur}),
    ),
)
def test_an_arbitration_never_changes_a_declared_value(
    declarees: list[int], propositions: list[int], reponses: str, choix: dict[str, Any] | None
) -> None:
    codes = ("ars", "cpam", "apo")[: len(declarees)]
    sans = dossier(
        fiche("1.1", measure(reponses=reponses), repondants=codes),
        releves=[releve(f"{c}-1", c, v) for c, v in zip(codes, declarees, strict=True)],
        examens=[
            examen(f"{c}-{v}", c, {CLE: contest(v)})
            for c, v in zip(("ville", "ars", "cpam"), propositions, strict=False)
        ],
        organismes=SIGNATAIRES,
    )
    nu = constat_of(replace(sans, examens={}))
    conteste = constat_of(sans)
    # A contested value never counts without arbitration.
    assert (conteste.nombre, conteste.declarations) == (nu.nombre, nu.declarations)
    if choix is None:
        return
    arbitre = constat_of(replace(sans, seances=(arbitration(choix),)))
    assert {d.organisme: d.valeur for d in arbitre.declarations} == {
        d.organisme: d.valeur for d in nu.declarations
    }
    assert arbitre.contestations == conteste.contestations
    assert arbitre.declare == conteste.declare
    if propositions:
        assert arbitre.declare == nu
    # Without its decision, the declared value is back.
    assert constat_of(replace(sans, seances=())) == conteste


def test_opinions_are_told_once_by_whoever_holds_them() -> None:
    avis = {"1.1": {"avis": "accord", "cellules": {"avis": "Fiches!G3"}}}
    d = dossier(
        examens=[
            examen("cpam-1", "cpam", fiches=avis),
            examen("cpam-2", "cpam", fiches=avis),
            examen("mairie-1", "mairie", fiches={"1.1": {"avis": "remarque", "texte": "À dire"}}),
        ]
    )
    assert [(a.organisme, a.avis.avis) for a in opinions_of(d, EXERCICE)] == [
        ("cpam", "accord"),
        ("ville", "remarque"),
    ]
    assert examined_by(d, EXERCICE) == ("cpam", "ville")


def test_two_contrary_observations_prefill_nothing_and_are_a_conflict() -> None:
    d = contested(14, 15)
    assert standing_answers(d, EXERCICE, "cpam") == ({}, {})
    assert list(conflicts_of(d, EXERCICE, "cpam")) == [(CLE, "cpam-0 et cpam-1")]


@pytest.mark.parametrize(
    ("mesure", "repondants", "attendu"),
    [
        pytest.param(measure(), ("ars",), True, id="un nombre"),
        pytest.param(measure(type_="taux"), ("ars",), True, id="un taux"),
        pytest.param(measure(type_="oui_non"), ("ars",), True, id="oui ou non"),
        pytest.param(measure(type_="texte"), ("ars",), False, id="un texte"),
        pytest.param(measure(reponses="somme"), ("ars", "apo"), True, id="un total"),
        pytest.param(measure(reponses="separees"), ("ars", "apo"), False, id="séparées"),
        pytest.param(measure(calcul={"regle": "participation"}), ("ars",), False, id="calculée"),
    ],
)
def test_what_can_be_contested(
    mesure: dict[str, Any], repondants: tuple[str, ...], attendu: bool
) -> None:
    d = dossier(fiche("1.1", mesure, repondants=repondants))
    assert is_contestable(d.mesures[CLE]) is attendu


def test_the_workbook_shows_what_is_declared_whatever_was_arbitrated() -> None:
    d = contested(14, seances=(arbitration(PAR_CPAM),))
    cahier = compute_cahier(d, EXERCICE, "cpam")
    (chiffre,) = cahier.chiffres
    assert (chiffre.declare.nombre, chiffre.declare.declarant) == (D(12), "ars")
    assert chiffre.reponse is not None
    assert chiffre.reponse.valeur_proposee == "14"
    assert cahier.base == ("cpam-0",)
    assert compute_cahier(d, EXERCICE, "ville").chiffres[0].reponse is None


def test_a_contested_figure_stays_in_the_workbook_when_its_value_is_withdrawn() -> None:
    d = replace(contested(14), releves={})
    (chiffre,) = compute_cahier(d, EXERCICE, "cpam").chiffres
    assert (chiffre.declare.nombre, chiffre.declare.canonique) == (None, "")
    assert chiffre.reponse is not None


def test_a_fictitious_examination_alone_makes_the_documents_fictitious() -> None:
    d = dossier(examens=[examen("cpam-1", "cpam", fictif=True)], organismes=SIGNATAIRES)
    assert compute_bilan(d, EXERCICE, date(2026, 4, 20)).fictif
    assert not compute_bilan(d, EXERCICE - 1, date(2026, 4, 20)).fictif

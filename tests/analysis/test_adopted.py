"""An adopted year keeps its figures, whatever comes later, unless the COPIL says otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clsmon.analysis.adopted import find_adoption
from clsmon.analysis.bilan import compute_bilan
from clsmon.analysis.heads import compute_received, compute_syntheses
from clsmon.analysis.trace import compute_trace
from clsmon.model.bilan import Bilan
from clsmon.model.constat import Constat
from clsmon.model.dossier import Dossier
from clsmon.model.observation import Examen
from clsmon.model.releve import Releve
from clsmon.render.trace import render_trace

from .builder import CLE, EXERCICE, LAW, contest, dossier, examen, fiche, releve, seance

JOUR = date(2026, 9, 1)
COPIL = "2026-05-12-copil"
ADOPTION = {"id": "D1", "nature": "adoption_bilan"}
FIGE = {EXERCICE: {"adopte": f"{COPIL}/D1", "empreinte": "0" * 64, "releves": ["adopte"]}}
"""The imprint is not checked here: what matters is that it is there."""


def adopted(
    *tardifs: Releve, decisions: Sequence[Mapping[str, Any]] = (), jour: str = "2026-07-01"
) -> Dossier:
    """The COPIL adopted 12 from the ARS; the rest came afterwards, and maybe a later meeting."""
    return dossier(
        fiche(repondants=["ars", "apo"]),
        releves=[releve("adopte", "ars", 12), *tardifs],
        seances=[seance(COPIL, ADOPTION), seance(f"{jour}-copil", *decisions)],
        exercices=FIGE,
    )


def constat_of(d: Dossier, exercice: int = EXERCICE) -> Constat:
    (ligne,) = compute_bilan(d, exercice, JOUR).lignes
    return next(c for c in ligne.serie if c.exercice == EXERCICE)


@pytest.mark.parametrize(
    ("decision", "autres", "jour", "attendu"),
    [
        pytest.param(ADOPTION, {}, JOUR, f"{COPIL}/D1", id="prise en séance"),
        pytest.param(ADOPTION, {"etat": "prevue"}, JOUR, "", id="séance prévue"),
        pytest.param(ADOPTION, {"instance": "cotech"}, JOUR, "", id="autre instance"),
        pytest.param({**ADOPTION, "etat": "abandonnee"}, {}, JOUR, "", id="abandonnée"),
        pytest.param(ADOPTION, {"exercice": 2024}, JOUR, "", id="séance d’un autre exercice"),
        pytest.param(
            {**ADOPTION, "exercice": 2025},
            {"exercice": 2024},
            JOUR,
            f"{COPIL}/D1",
            id="la décision dit son exercice",
        ),
        pytest.param({"id": "D1", "nature": "autre"}, {}, JOUR, "", id="une autre décision"),
        pytest.param(ADOPTION, {}, date(2026, 5, 11), "", id="la veille"),
        pytest.param(ADOPTION, {}, date(2026, 5, 12), f"{COPIL}/D1", id="le jour même"),
    ],
)
def test_the_decision_that_adopts(
    decision: dict[str, Any], autres: dict[str, Any], jour: date, attendu: str
) -> None:
    assert (
        find_adoption(dossier(seances=[seance(COPIL, decision, **autres)]), 2025, jour) == attendu
    )


@pytest.mark.parametrize(
    "tardifs",
    [
        pytest.param([releve("correction", "ars", 15, remplace=["adopte"])], id="une correction"),
        pytest.param([releve("autre", "ars", 15)], id="un second retour"),
        pytest.param([releve("apo", "apo", 20)], id="un organisme de plus"),
        pytest.param(
            [releve("retrait", "ars", motif="retrait : erreur", remplace=["adopte"])],
            id="un retrait",
        ),
    ],
)
def test_what_comes_after_adoption_changes_no_adopted_figure(tardifs: list[Releve]) -> None:
    d = adopted(*tardifs)
    assert constat_of(d) == constat_of(adopted())
    assert constat_of(d, EXERCICE + 1).nombre == Decimal(12), "nor in next year's series"


def test_everything_received_stays_known() -> None:
    d = adopted(releve("correction", "ars", 15, remplace=["adopte"]), releve("apo", "apo", 20))
    assert list(compute_syntheses(d, EXERCICE)) == ["ars"]
    recues = compute_received(d, EXERCICE)
    assert {code: s.valeurs[CLE].valeur.valeur for code, s in recues.items()} == {
        "ars": "15",
        "apo": "20",
    }


def test_a_year_that_is_not_frozen_takes_all() -> None:
    d = dossier(
        releves=[releve("adopte", "ars", 12), releve("plus", "ars", 15, remplace=["adopte"])],
        seances=[seance(COPIL, ADOPTION)],
        exercices={EXERCICE: {"adopte": f"{COPIL}/D1"}},
    )
    assert constat_of(d).nombre == 15


ARBITRAGE = {"id": "D1", "nature": "arbitrage", "objet": CLE, "exercice": EXERCICE}


@pytest.mark.parametrize(
    ("retient", "jour", "nombre"),
    [
        pytest.param({"organisme": "ars"}, "2026-07-01", 15, id="la correction de l’ARS"),
        pytest.param({"organisme": "apo"}, "2026-07-01", 20, id="un organisme de plus"),
        pytest.param({"valeur": 17}, "2026-07-01", 17, id="une valeur"),
        pytest.param({"organisme": "ars"}, "2026-05-01", 12, id="un arbitrage d’avant l’adoption"),
    ],
)
def test_only_a_later_arbitration_lets_a_late_answer_count(
    retient: dict[str, Any], jour: str, nombre: int
) -> None:
    tardifs = [releve("correction", "ars", 15, remplace=["adopte"]), releve("apo", "apo", 20)]
    constat = constat_of(
        adopted(*tardifs, decisions=[{**ARBITRAGE, "retient": retient}], jour=jour)
    )
    assert constat.nombre == nombre
    assert constat.arbitrage == f"{jour}-copil/D1"


AVANT = examen("avant", "apo", {CLE: contest(14)})
TARDIF = examen("tardif", "apo", {CLE: contest(19)}, remplace=["avant"])


@pytest.mark.parametrize(
    ("examens", "adoptes", "jour", "nombre"),
    [
        pytest.param([AVANT], ["avant"], "2026-05-01", 14, id="ce que le COPIL a retenu"),
        pytest.param([AVANT, TARDIF], ["avant"], "2026-05-01", 14, id="une proposition changée"),
        pytest.param(
            [AVANT, examen("tardif", "apo", motif="retrait : erreur", remplace=["avant"])],
            ["avant"],
            "2026-05-01",
            14,
            id="une proposition retirée",
        ),
        pytest.param([TARDIF], [], "2026-05-01", 12, id="une première proposition"),
        pytest.param([AVANT, TARDIF], ["avant"], "2026-07-01", 19, id="un arbitrage d’après"),
    ],
)
def test_an_examination_received_after_adoption_changes_no_adopted_figure(
    examens: list[Examen], adoptes: list[str], jour: str, nombre: int | None
) -> None:
    d = dossier(
        releves=[releve("adopte", "ars", 12)],
        examens=examens,
        seances=[
            seance(COPIL, ADOPTION),
            seance(f"{jour}-copil", {**ARBITRAGE, "retient": {"organisme": "apo"}}),
        ],
        exercices={EXERCICE: {**FIGE[EXERCICE], "examens": adoptes}},
    )
    assert constat_of(d).nombre == nombre


def late_of(bilan: Bilan) -> list[tuple[str, tuple[str, ...], list[tuple[str, str, str]]]]:
    """organisation, late relevés, and for each measure: adopted, received, decision."""

    def value(declaration: Any) -> str:
        return str(declaration.valeur.valeur) if declaration else "-"

    return [
        (
            retour.organisme,
            retour.releves,
            [(value(m.adoptee), value(m.recue), m.decision) for m in retour.mesures],
        )
        for retour in bilan.cloture.tardifs
    ]


def test_late_returns_are_shown_apart_with_what_they_would_change() -> None:
    recit = {"1.1": {"freins": "Un départ", "depenses": {"realise": "1200"}}}
    tardifs = [
        releve("correction", "ars", 15, remplace=["adopte"], fiches=recit),
        releve("apo", "apo", 20),
    ]
    decisions = [{**ARBITRAGE, "retient": {"organisme": "apo"}}]
    bilan = compute_bilan(adopted(*tardifs, decisions=decisions), EXERCICE, JOUR)
    assert late_of(bilan) == [
        ("ars", ("correction",), [("12", "15", "")]),
        ("apo", ("apo",), [("-", "20", "2026-07-01-copil/D1")]),
    ]
    assert bilan.cloture.tardifs[0].rubriques == ("1.1 Freins", "1.1 Dépenses réalisées (€)")


def test_what_an_adopted_releve_had_replaced_is_not_late() -> None:
    d = dossier(
        releves=[
            releve("premier", "ars", 8),
            releve("deuxieme", "ars", 10, remplace=["premier"]),
            releve("adopte", "ars", 12, remplace=["deuxieme"]),
        ],
        seances=[seance(COPIL, ADOPTION)],
        exercices=FIGE,
    )
    assert compute_bilan(d, EXERCICE, JOUR).cloture.tardifs == ()


def test_the_trace_of_a_figure_tells_a_late_answer_from_the_adopted_one() -> None:
    d = adopted(releve("correction", "ars", 15, remplace=["adopte"]))
    (annee,) = compute_trace(d, CLE, EXERCICE).annees
    assert annee.constat.nombre == 12
    lectures = annee.organismes[0].lectures
    assert [(lecture.nom, lecture.tardive) for lecture in lectures] == [
        ("correction", True),
        ("adopte", False),
    ]
    ecrit = render_trace(compute_trace(d, CLE, EXERCICE), d.contrat)
    assert "après coup   15 ; reçue après l'adoption du bilan" in ecrit


@LAW
@given(
    valeurs=st.lists(
        st.tuples(st.sampled_from(["ars", "apo", "ville"]), st.integers(0, 99), st.booleans()),
        max_size=5,
    )
)
def test_no_late_return_whatever_it_is_moves_the_adopted_year(
    valeurs: list[tuple[str, int, bool]],
) -> None:
    tardifs = [
        releve(f"tardif-{rang}", code, valeur, remplace=["adopte"] if remplace else [])
        for rang, (code, valeur, remplace) in enumerate(valeurs)
    ]
    bilan, seul = (compute_bilan(d, EXERCICE, JOUR) for d in (adopted(*tardifs), adopted()))
    assert bilan.axes == seul.axes
    assert bilan.cloture.calculee == seul.cloture.calculee
    assert sum(len(retour.releves) for retour in bilan.cloture.tardifs) == len(tardifs)

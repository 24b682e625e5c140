"""Medians, ratios and verdicts of the benchmarks; nothing here is timed."""

from __future__ import annotations

import sys

import pytest

from benchmarks.measuring import (
    Comparaison,
    EchecError,
    Mesure,
    Passage,
    Programme,
    Travail,
    Verdict,
    judge,
    measure,
    run_once,
)

NOUS, PAIR = Programme("clsmon", ("clsmon",)), Programme("pair", ("pair",))


def timed(*seconds: float, megaoctets: float = 0.0) -> Mesure:
    return Mesure(tuple(Passage(s, s / 2, megaoctets) for s in seconds))


def test_the_median_ignores_one_slow_run() -> None:
    assert timed(1.0, 9.0, 2.0).mediane == 2.0


def test_the_memory_is_the_highest() -> None:
    assert Mesure((Passage(1, 1, 40), Passage(1, 1, 60), Passage(1, 1, 50))).megaoctets == 60


@pytest.mark.parametrize(
    ("au_plus", "depasse"),
    [
        pytest.param(0.4, True, id="over"),
        pytest.param(0.5, False, id="exactly"),
        pytest.param(None, False, id="only shown"),
    ],
)
def test_a_ratio_against_its_budget(au_plus: float | None, depasse: bool) -> None:
    travail = Travail("validate", NOUS, (Comparaison(PAIR, au_plus),))
    (verdict,) = judge(travail, {"clsmon": timed(1.0), "pair": timed(2.0)})
    assert (verdict.mesure, verdict.calcul, verdict.depasse) == (0.5, 0.5, depasse)


def test_a_peer_that_is_not_installed_is_kept_without_a_ratio() -> None:
    travail = Travail("validate", NOUS, (Comparaison(PAIR, 0.5),))
    (verdict,) = judge(travail, {"clsmon": timed(1.0)})
    assert verdict == Verdict("pair", None, 0.5, exige=True)
    assert not verdict.depasse


def test_budgets_in_seconds_and_memory() -> None:
    travail = Travail("collect", NOUS, (), secondes=5.0, megaoctets=128.0)
    secondes, memoire = judge(travail, {"clsmon": timed(6.0, megaoctets=100.0)})
    assert (secondes.depasse, memoire.depasse) == (True, False)


def test_runs_are_interleaved_and_each_starts_in_its_turn() -> None:
    order: list[str] = []

    def run(programme: Programme) -> Passage:
        order.append(programme.nom)
        return Passage(float(len(order)))

    mesures = measure((NOUS, PAIR), 2, run)
    assert order == ["clsmon", "pair", "clsmon", "pair", "pair", "clsmon"]
    assert [p.secondes for p in mesures["clsmon"].passages] == [3.0, 6.0]


def test_a_program_that_fails_is_not_timed() -> None:
    with pytest.raises(EchecError, match="pair : code de sortie 4"):
        run_once(Programme("pair", (sys.executable, "-c", "raise SystemExit(4)")))

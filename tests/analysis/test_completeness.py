"""Expected answers and what became of them."""

from __future__ import annotations

from dataclasses import astuple
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clsmon.analysis.bilan import compute_bilan
from clsmon.analysis.completeness import compute_completeness, expected_answers, sum_completeness
from clsmon.analysis.heads import compute_syntheses
from clsmon.model.completude import Completude
from clsmon.model.dossier import Dossier
from clsmon.model.releve import Etat

from .builder import EXERCICE, LAW, ORGANISMES, dossier, fiche, measure, releve, to_plan

JOUR = date(2026, 4, 20)


def completeness_of(d: Dossier, exercice: int = EXERCICE) -> Completude:
    return compute_completeness(expected_answers(d, exercice), compute_syntheses(d, exercice))


@pytest.mark.parametrize("reponses", ["lectures", "somme", "separees"])
def test_the_same_question_to_three_counts_three(reponses: str) -> None:
    d = dossier(
        fiche("1.1", measure(reponses=reponses), repondants=["ars", "cpam", "apo"]),
        releves=[releve("a", "ars", 12), releve("b", "cpam", Etat.NON_DISPONIBLE)],
    )
    attendue = Completude(demandees=3, renseignees=1, non_disponibles=1, non_repondues=1)
    assert completeness_of(d) == attendue


@pytest.mark.parametrize(
    ("mesure", "fiches", "demandees"),
    [
        pytest.param(measure(), {}, 1, id="en vigueur et due"),
        pytest.param(measure(calcul={"regle": "actions_realisees"}), {}, 0, id="calculée"),
        pytest.param(measure(frequence={"exercices": [2027]}), {}, 0, id="pas due cette année"),
        pytest.param(measure(depuis=2026), {}, 0, id="pas encore"),
        pytest.param(measure(jusqua=2024), {}, 0, id="plus demandée"),
        pytest.param(measure(), {"vigueur": {"fin": "2024-12-31"}}, 0, id="fiche retirée avant"),
        pytest.param(measure(), {"vigueur": {"fin": "2025-01-01"}}, 1, id="retirée dans l’année"),
        pytest.param(measure(), {"statut": "a_programmer"}, 0, id="fiche à programmer"),
    ],
)
def test_asked_is_in_force_due_and_not_computed(
    mesure: dict[str, Any], fiches: dict[str, Any], demandees: int
) -> None:
    assert completeness_of(dossier(fiche("1.1", mesure, **fiches))).demandees == demandees


def test_rate_leaves_out_what_does_not_apply() -> None:
    completude = Completude(demandees=10, renseignees=3, estimees=1, sans_objet=2, a_verifier=4)
    assert completude.taux == Decimal(50)
    assert Completude(demandees=2, sans_objet=2).taux is None


reponses_typees = st.one_of(
    st.none(),
    st.integers(0, 99),
    st.sampled_from([*Etat]).map(lambda e: {"etat": e.value, "valeur": "5"}),
)


@LAW
@given(
    st.dictionaries(
        st.tuples(
            st.sampled_from([*ORGANISMES]),
            st.sampled_from(["1.1/ateliers/ateliers", "2.1/livres/livres", "2.1/jours/jours"]),
        ),
        reponses_typees,
    )
)
def test_parts_sum_to_the_whole(reponses: dict[tuple[str, str], Any]) -> None:
    d = dossier(
        fiche("1.1", repondants=["ars", "cpam"]),
        fiche("2.1", measure("livres"), measure("jours", repondants=["apo"]), repondants=["ville"]),
        to_plan("plateforme"),
        releves=[
            releve(f"r{rang}", code, reponse, cle=cle)
            for rang, ((code, cle), reponse) in enumerate(reponses.items())
        ],
    )
    bilan = compute_bilan(d, EXERCICE, JOUR)
    demandees, *etats = astuple(bilan.completude)
    assert (demandees, sum(etats)) == (4, 4)
    assert sum_completeness(axe.completude for axe in bilan.axes) == bilan.completude
    assert sum_completeness(f.completude for f in bilan.fiches) == bilan.completude
    assert sum_completeness(o.completude for o in bilan.organismes) == bilan.completude
    assert completeness_of(d) == bilan.completude

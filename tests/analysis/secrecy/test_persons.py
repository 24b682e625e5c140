"""Which measures count persons, and which are hidden together."""

from __future__ import annotations

from typing import Any

import pytest

from clsmon.analysis.secrecy.persons import counts_persons, families_of
from clsmon.model.indicateur import Mesure
from tests.analysis.builder import dossier, fiche, measure


@pytest.mark.parametrize(
    ("mesure", "compte"),
    [
        pytest.param({"personnes": True}, True, id="the fiche says so"),
        pytest.param({"unite": "écoles"}, False, id="schools"),
        pytest.param({"unite": "élèves"}, True, id="an unmarked unit of persons"),
        pytest.param({"unite": "euros par bénéficiaire"}, True, id="persons inside the unit"),
        pytest.param({"unite": "mères et pères"}, True, id="plurals and accents"),
        pytest.param({"unite": "participants", "personnes": False}, False, id="the fiche denies"),
        pytest.param({"type_": "taux"}, True, id="a typed rate, in doubt"),
        pytest.param({"type_": "taux", "personnes": False}, False, id="a rate of something else"),
        pytest.param(
            {"type_": "taux", "calcul": {"regle": "participation_instances"}},
            False,
            id="a rate the tool computes",
        ),
        pytest.param({"type_": "texte", "unite": "parents"}, False, id="words"),
        pytest.param({}, False, id="no unit"),
    ],
)
def test_a_measure_counts_persons_when_in_doubt(mesure: dict[str, Any], compte: bool) -> None:
    assert counts_persons(Mesure.model_validate(measure("m", **mesure))) is compte


def test_a_whole_and_its_parts_are_one_family_and_make_each_other_persons() -> None:
    tout = measure("tout", unite="enfants")
    partie = measure("partie", partie_de="1.1/tout/tout")
    autre = measure("autre", unite="parents")
    familles = families_of(dossier(fiche("1.1", tout, partie, autre)))
    ensemble = frozenset({"1.1/tout/tout", "1.1/partie/partie"})
    assert familles == {
        **dict.fromkeys(ensemble, ensemble),
        "1.1/autre/autre": frozenset({"1.1/autre/autre"}),
    }


@pytest.mark.parametrize("groupe", ["Ateliers", None], ids=["same group", "no group"])
def test_a_group_of_indicators_of_one_fiche_is_a_family(groupe: str | None) -> None:
    mesures = [measure("a", personnes=True), measure("b", personnes=True)]
    indicateurs = [
        {
            "id": m["id"],
            "libelle": m["id"],
            "mesures": [m],
            **({"groupe": groupe} if groupe else {}),
        }
        for m in mesures
    ]
    familles = families_of(dossier(fiche("1.1", indicateurs=indicateurs)))
    assert (len(familles["1.1/a/a"]) == 2) is (groupe is not None)

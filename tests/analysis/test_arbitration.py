"""The choice of the COPIL between two values of a measure."""

from __future__ import annotations

from typing import Any

import pytest

from clsmon.analysis.arbitration import find_arbitration
from clsmon.analysis.decisions import decisions_taken

from .builder import CLE, EXERCICE, dossier, fiche, seance

ARBITRAGE = {
    "id": "D1",
    "nature": "arbitrage",
    "objet": CLE,
    "exercice": EXERCICE,
    "retient": {"organisme": "ars"},
}
DEUX = {"copil": {"nom": "Comité de pilotage"}, "cotech": {"nom": "Comité technique"}}
SANS_COPIL = {"bureau": {"nom": "Bureau"}, "cotech": {"nom": "Comité technique"}}


@pytest.mark.parametrize(
    ("instances", "instance", "tranche", "etat"),
    [
        pytest.param(DEUX, "copil", True, "realisee", id="the COPIL"),
        pytest.param(DEUX, "cotech", False, "ouverte", id="another instance"),
        pytest.param({"cotech": DEUX["cotech"]}, "cotech", True, "realisee", id="the only one"),
        pytest.param(SANS_COPIL, "cotech", True, "realisee", id="nobody said which decides"),
    ],
)
def test_only_the_instance_that_decides_arbitrates(
    instances: dict[str, Any], instance: str, tranche: bool, etat: str
) -> None:
    tenue = seance(f"2026-05-12-{instance}", ARBITRAGE)
    d = dossier(fiche(), seances=[tenue], instances=instances)
    assert (find_arbitration(d, CLE, EXERCICE) is not None) == tranche
    assert [s.etat for s in decisions_taken(d, tenue.date)] == [etat]

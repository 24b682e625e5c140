"""What the COPIL decided is written into the sheets by a person, who is given the lines."""

from __future__ import annotations

from typing import Any

import pytest

from clsmon.analysis.revisions.carrying import to_carry
from tests.analysis.builder import CLE, dossier, fiche, measure, seance

COPIL = "2026-05-12-copil"
RETRAIT = {"id": "D1", "nature": "retrait_fiche", "objet": "1.1", "effet_le": "2026-12-31"}
AJOUT = {"id": "D1", "nature": "ajout_fiche", "objet": "1.1", "effet_le": "2027-01-01"}
CIBLE = {"id": "D1", "nature": "cible", "objet": CLE, "annee": 2028, "valeur": 20}
FIN = "vigueur: {fin: 2026-12-31, decision_fin: 2026-05-12-copil/D1}"
DEBUT = "vigueur: {debut: 2027-01-01, decision_debut: 2026-05-12-copil/D1}"
VISEE = "{annee: 2028, valeur: 20, decision: 2026-05-12-copil/D1}"


def decided(
    *decisions: dict[str, Any], instance: str = "copil", etat: str = "tenue", **sheet: Any
) -> list[str]:
    """The lines to write after this meeting."""
    tenue = seance(f"2026-05-12-{instance}", *decisions, etat=etat)
    instances = {"copil": {"nom": "COPIL"}, "cotech": {"nom": "Comité technique"}}
    d = dossier(fiche(**sheet), seances=[tenue], instances=instances)
    return [remede.texte for remede in to_carry(d, tenue)]


@pytest.mark.parametrize(
    ("decision", "attendu"),
    [
        pytest.param(RETRAIT, FIN, id="a removal"),
        pytest.param(
            {k: v for k, v in RETRAIT.items() if k != "effet_le"},
            FIN.replace("2026-12-31", "AAAA-MM-JJ"),
            id="a removal without a day: it is not guessed",
        ),
        pytest.param(AJOUT, DEBUT, id="an addition"),
        pytest.param(
            AJOUT | {"objet": "6.1"},
            f'id: "6.1"\nstatut: programmee\n{DEBUT}',
            id="an addition of a sheet not yet written",
        ),
        pytest.param(CIBLE, f"cibles: [{VISEE}]", id="a target"),
    ],
)
def test_the_lines_of_a_decision(decision: dict[str, Any], attendu: str) -> None:
    (texte,) = decided(decision)
    assert texte.partition("\n")[2] == attendu


def test_a_target_keeps_those_of_the_other_years() -> None:
    cibles = [{"annee": 2026, "valeur": 5}, {"annee": 2028, "valeur": 9}]
    tenue = seance(COPIL, CIBLE)
    (remede,) = to_carry(dossier(fiche("1.1", measure(cibles=cibles)), seances=[tenue]), tenue)
    texte = remede.texte
    assert texte.endswith(f"cibles: [{{annee: 2026, valeur: 5}}, {VISEE}]")
    assert "à la place de « cibles: » de la mesure" in texte


@pytest.mark.parametrize(
    ("decision", "autres"),
    [
        pytest.param(
            RETRAIT,
            {"vigueur": {"fin": "2026-12-31", "decision_fin": f"{COPIL}/D1"}},
            id="the sheet already says it",
        ),
        pytest.param(RETRAIT | {"etat": "abandonnee"}, {}, id="given up"),
        pytest.param(RETRAIT | {"etat": "realisee"}, {}, id="done"),
        pytest.param(RETRAIT, {"instance": "cotech"}, id="an instance that does not decide"),
        pytest.param(RETRAIT, {"etat": "prevue"}, id="a meeting to come"),
        pytest.param(RETRAIT | {"objet": "9.9"}, {}, id="a sheet nobody knows"),
        pytest.param(CIBLE | {"objet": "1.1/x/y"}, {}, id="a measure nobody knows"),
        pytest.param({"id": "D1", "nature": "autre"}, {}, id="something else"),
    ],
)
def test_there_is_nothing_to_write(decision: dict[str, Any], autres: dict[str, Any]) -> None:
    assert decided(decision, **autres) == []

"""The imprint of the adopted figures: what changes it, and what never does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from clsmon.analysis.bilan import compute_bilan
from clsmon.analysis.imprint import compute_imprint
from clsmon.model.dossier import Dossier

from .builder import CLE, EXERCICE, dossier, fiche, measure, releve, seance

JOUR = date(2026, 5, 12)
IMPRINT = "2bd4ea8b1dafc5b79266d9881fdb82dc6f74cf043a2c044188002a72537c6cc5"
RECIT = {"avancement": "en_cours", "freins": "Un départ", "depenses": {"realise": "1200"}}


def base(
    reponse: Any = 12, recit: dict[str, Any] = RECIT, *mesures: dict[str, Any], **autres: Any
) -> Dossier:
    return dossier(
        fiche("1.1", *mesures),
        releves=[releve("a", "ars", reponse, fiches={"1.1": recit})],
        **autres,
    )


def imprint(d: Dossier, jour: date = JOUR) -> str:
    return compute_imprint(compute_bilan(d, EXERCICE, jour).axes)


def test_it_is_a_sha256_and_always_the_same() -> None:
    # A stored imprint must still be found by the next versions of the tool.
    assert imprint(base()) == IMPRINT


@pytest.mark.parametrize(
    "autre",
    [
        pytest.param(lambda: base(13), id="une valeur"),
        pytest.param(lambda: base({"valeur": "12", "etat": "estime"}), id="un état"),
        pytest.param(
            lambda: base({"valeur": "12", "etat": "renseigne", "commentaire": "au 31/12"}),
            id="un commentaire",
        ),
        pytest.param(lambda: base(12, {**RECIT, "avancement": "realisee"}), id="l’avancement"),
        pytest.param(lambda: base(12, {**RECIT, "freins": "Deux départs"}), id="un récit"),
        pytest.param(lambda: base(12, {**RECIT, "depenses": {"realise": "1300"}}), id="un montant"),
        pytest.param(
            lambda: base(12, RECIT, measure(), measure("livres")), id="une mesure de plus"
        ),
        pytest.param(
            lambda: base(12, RECIT, measure(repondants=["ars", "apo"])), id="un répondant de plus"
        ),
        pytest.param(
            lambda: base(
                seances=[
                    seance(
                        "2026-05-12-copil",
                        {
                            "id": "D1",
                            "nature": "arbitrage",
                            "objet": CLE,
                            "exercice": EXERCICE,
                            "retient": {"valeur": 14},
                        },
                    )
                ]
            ),
            id="un arbitrage",
        ),
    ],
)
def test_an_adopted_figure_changes_it(autre: Callable[[], Dossier]) -> None:
    assert imprint(autre()) != imprint(base())


@pytest.mark.parametrize(
    "autre",
    [
        pytest.param(
            lambda: base(seances=[seance("2026-05-12-copil", {"id": "D1", "nature": "autre"})]),
            id="une décision à suivre",
        ),
        pytest.param(
            lambda: base(12, RECIT, measure(libelle="Ateliers tenus")), id="un libellé de mesure"
        ),
        pytest.param(
            lambda: base(12, {**RECIT, "cellules": {"freins": "Fiches!E9"}}), id="une cellule"
        ),
        pytest.param(lambda: base(titre="Contrat de santé"), id="le titre du contrat"),
        pytest.param(
            lambda: base(
                12, RECIT, measure(cibles=[{"annee": 2028, "valeur": 20, "decision": "x"}])
            ),
            id="une cible",
        ),
    ],
)
def test_what_was_not_adopted_does_not(autre: Callable[[], Dossier]) -> None:
    assert imprint(autre()) == imprint(base())


def test_neither_the_day_nor_other_years_count() -> None:
    d = base()
    avant = replace(d, releves={**d.releves, "b": releve("b", "ars", 3, exercice=2024)})
    assert imprint(avant) == imprint(d) == imprint(d, date(2028, 1, 1))

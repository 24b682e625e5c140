"""What became of decisions, and what has to be decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from clsmon.analysis.bilan import compute_bilan
from clsmon.analysis.decisions import follow_decisions
from clsmon.model.dossier import Dossier
from clsmon.model.seance import Seance

from .builder import EXERCICE, dossier, fiche, measure, releve, seance, to_plan

JOUR = date(2026, 4, 20)
ADOPTE = {EXERCICE: {"adopte": "2026-04-20-copil/D1"}}


def to_decide(d: Dossier) -> list[str]:
    return [t.replace("\u00a0", " ") for t in compute_bilan(d, EXERCICE, JOUR).a_decider]


def decision(identifiant: str = "D1", **autres: Any) -> dict[str, Any]:
    return {"id": identifiant, "nature": "autre", **autres}


@pytest.mark.parametrize(
    ("seances", "suivies"),
    [
        pytest.param(
            [seance("2025-05-13-copil", decision("D2"), decision("D10"))],
            ["2025-05-13-copil/D2", "2025-05-13-copil/D10"],
            id="de l’an dernier, en ordre naturel",
        ),
        pytest.param(
            [seance("2025-05-13-copil", decision(etat="realisee"))],
            ["2025-05-13-copil/D1"],
            id="déjà réalisée",
        ),
        pytest.param(
            [seance("2026-04-20-copil", decision(etat="realisee"))],
            [],
            id="du COPIL de l’exercice, close",
        ),
        pytest.param(
            [seance("2026-02-01-cotech", decision())],
            ["2026-02-01-cotech/D1"],
            id="du même exercice, ouverte",
        ),
        pytest.param(
            [seance("2026-02-01-cotech", decision(etat="realisee"), exercice=2024)],
            ["2026-02-01-cotech/D1"],
            id="l’exercice dit par la séance",
        ),
        pytest.param(
            [seance("2026-04-20-copil", decision())], ["2026-04-20-copil/D1"], id="le jour même"
        ),
        pytest.param([seance("2026-04-21-copil", decision())], [], id="après le jour"),
        pytest.param([seance("2025-05-13-copil", decision(), etat="prevue")], [], id="pas tenue"),
        pytest.param(
            [
                seance("2025-10-01-cotech", decision()),
                seance("2025-05-13-copil", decision()),
            ],
            ["2025-05-13-copil/D1", "2025-10-01-cotech/D1"],
            id="par date",
        ),
    ],
)
def test_followed_decisions(seances: Sequence[Seance], suivies: list[str]) -> None:
    suivi = follow_decisions(dossier(seances=seances), EXERCICE, JOUR)
    assert [s.nom for s in suivi] == suivies


@pytest.mark.parametrize(
    ("autres", "en_retard"),
    [
        pytest.param({"echeance": "2026-04-19"}, True, id="échéance passée"),
        pytest.param({"echeance": "2026-04-20"}, False, id="échéance du jour"),
        pytest.param({"echeance": "2026-04-19", "etat": "realisee"}, False, id="réalisée"),
        pytest.param({}, False, id="sans échéance"),
    ],
)
def test_late_is_computed(autres: dict[str, str], en_retard: bool) -> None:
    d = dossier(seances=[seance("2025-05-13-copil", decision(**autres))])
    (suivie,) = follow_decisions(d, EXERCICE, JOUR)
    assert suivie.en_retard is en_retard


def test_adoption_until_it_is_done() -> None:
    assert to_decide(dossier()) == ["Adopter le bilan 2025 (article 7)"]
    assert to_decide(dossier(nature="plan")) == ["Adopter le bilan 2025"]
    assert to_decide(dossier(exercices=ADOPTE)) == []


def test_a_definitive_report_no_longer_asks_to_be_adopted() -> None:
    assert compute_bilan(dossier(), EXERCICE, JOUR, definitif=True).a_decider == ()


def test_every_measure_to_arbitrate_is_named() -> None:
    noms = [f"mesure-{rang}" for rang in range(9)]
    d = dossier(
        fiche("1.1", *(measure(nom) for nom in noms), repondants=["ars", "apo"]),
        releves=[
            releve(code, code, valeurs={f"1.1/{nom}/{nom}": valeur for nom in noms})
            for code, valeur in (("ars", 1), ("apo", 2))
        ],
        exercices=ADOPTE,
    )
    (arbitrages,) = to_decide(d)
    assert all(f"1.1 {nom.capitalize()}" in arbitrages for nom in noms)
    assert "autres" not in arbitrages


VOIE = "décision du COPIL, inscrite à un ordre du jour envoyé avant la séance (article 6)"


@pytest.mark.parametrize(
    ("recit", "vigueur", "attendu"),
    [
        pytest.param(
            {"evolution_proposee": "retrait", "motif_evolution": "poste supprimé"},
            {},
            [f"Retirer la fiche 1.1 Fiche 1.1 (proposé par ARS, « poste supprimé ») : {VOIE}"],
            id="retrait",
        ),
        pytest.param(
            {"evolution_proposee": "retrait"}, {"fin": "2025-06-30"}, [], id="retrait déjà daté"
        ),
        pytest.param(
            {"evolution_proposee": "modification"},
            {},
            [
                (
                    f"Modifier la fiche 1.1 Fiche 1.1 (proposé par ARS) : {VOIE} ; un nouvel axe, "
                    "une nouvelle orientation ou un nouveau partenaire demande un avenant"
                )
            ],
            id="modification",
        ),
        pytest.param({"evolution_proposee": "maintien"}, {}, [], id="maintien"),
    ],
)
def test_proposed_changes_with_their_route(
    recit: dict[str, str], vigueur: dict[str, str], attendu: list[str]
) -> None:
    d = dossier(
        fiche(vigueur=vigueur),
        releves=[releve("a", reponse=1, fiches={"1.1": recit})],
        exercices=ADOPTE,
    )
    assert to_decide(d) == attendu


@pytest.mark.parametrize(
    ("mesure", "reponses", "attendu"),
    [
        pytest.param(
            measure(),
            (12, 14),
            [
                (
                    "Arbitrer 1 mesure où les organismes répondent différemment, la première "
                    "réponse donnée comptant jusque-là : 1.1 Ateliers"
                )
            ],
            id="deux lectures différentes",
        ),
        pytest.param(measure(), (12, 12), [], id="la même lecture"),
        pytest.param(measure(reponses="somme"), (12, 14), [], id="une somme"),
        pytest.param(measure(type_="texte"), ("a", "b"), [], id="des textes"),
    ],
)
def test_disagreements_go_to_the_copil(
    mesure: dict[str, Any], reponses: tuple[Any, Any], attendu: list[str]
) -> None:
    d = dossier(
        fiche("1.1", mesure, repondants=["ars", "apo"]),
        releves=[releve("a", "ars", reponses[0]), releve("b", "apo", reponses[1])],
        exercices=ADOPTE,
    )
    assert to_decide(d) == attendu


def test_late_decisions_and_fiches_to_plan_come_last() -> None:
    tardive = decision(echeance="2025-09-30", responsable="apo", texte="Écrire aux mairies")
    d = dossier(
        fiche(),
        to_plan("plateforme"),
        to_plan("attractivite", axe="2"),
        seances=[seance("2025-05-13-copil", tardive)],
        exercices=ADOPTE,
    )
    assert to_decide(d) == [
        (
            "Relancer ou clore la décision 2025-05-13-copil/D1 : Écrire aux mairies "
            "(APO, échéance 30/09/2025)"
        ),
        "Programmer ou non 2 fiches prévues : « Fiche plateforme » et « Fiche attractivite »",
    ]

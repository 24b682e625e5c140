"""What became of decisions, and how it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from clsmon.analysis.bilan import compute_bilan
from clsmon.analysis.decisions import follow_decisions
from clsmon.model.seance import Action, Avenant, EtatDecision, Seance

from .builder import EXERCICE, dossier, fiche, seance

JOUR = date(2026, 4, 20)


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


@pytest.mark.parametrize(
    ("nature", "etat", "suivi"),
    [
        pytest.param("adoption_bilan", "ouverte", EtatDecision.REALISEE, id="un bilan adopté"),
        pytest.param("arbitrage", "ouverte", EtatDecision.REALISEE, id="un arbitrage rendu"),
        pytest.param("arbitrage", "abandonnee", EtatDecision.ABANDONNEE, id="puis abandonné"),
        pytest.param("retrait_fiche", "ouverte", EtatDecision.OUVERTE, id="un retrait à faire"),
    ],
)
def test_what_a_decision_does_at_once_is_done(nature: str, etat: str, suivi: EtatDecision) -> None:
    d = dossier(seances=[seance("2025-05-13-copil", decision(nature=nature, etat=etat))])
    (suivie,) = follow_decisions(d, EXERCICE, JOUR)
    assert suivie.etat is suivi


NOM = "2025-05-13-copil/D1"
ACTION = Action(id="a1", libelle="Écrire", decision=NOM)
AVENANT = {"numero": 1, "objet": "La CAF", "nature": "partenaire", "decision": NOM}


@pytest.mark.parametrize(
    ("porte", "etat"),
    [
        pytest.param({}, EtatDecision.OUVERTE, id="rien ne la porte"),
        pytest.param(
            {"fiches": (fiche("1.1", vigueur={"fin": "2026-06-30", "decision_fin": NOM}),)},
            EtatDecision.REALISEE,
            id="la fin d'une fiche",
        ),
        pytest.param(
            {"programmes": {2026: {"1.1": (ACTION,)}}},
            EtatDecision.REALISEE,
            id="une action du programme",
        ),
        pytest.param(
            {"avenants": (Avenant.model_validate({**AVENANT, "signe_le": "2026-03-01"}),)},
            EtatDecision.REALISEE,
            id="un avenant signé",
        ),
        pytest.param(
            {"avenants": (Avenant.model_validate(AVENANT),)},
            EtatDecision.OUVERTE,
            id="un avenant à signer",
        ),
    ],
)
def test_what_the_contract_already_carries_is_done(
    porte: dict[str, Any], etat: EtatDecision
) -> None:
    prise = decision(nature="autre", echeance="2026-01-31")
    d = replace(dossier(seances=[seance("2025-05-13-copil", prise)]), **porte)
    (suivie,) = follow_decisions(d, EXERCICE, JOUR)
    assert (suivie.etat, suivie.en_retard) == (etat, etat is EtatDecision.OUVERTE)


def told(*seances: Seance, exercice: int = EXERCICE) -> list[str]:
    bilan = compute_bilan(dossier(seances=seances), exercice, JOUR)
    return [texte.replace("\u00a0", " ") for texte in bilan.suivi_decisions]


def test_the_first_page_counts_last_year_decisions_and_tells_each() -> None:
    tardive = decision(
        "D1", echeance="2025-09-30", responsable="apo", texte="Écrire aux mairies", nature="autre"
    )
    derniere = seance(
        "2025-05-13-copil",
        tardive,
        decision("D2", texte="Former des relais", echeance="2026-12-01"),
        decision("D3", texte="", nature="retrait_fiche", objet="1.1", etat="realisee"),
        decision("D4", texte="Ouvrir un site.", etat="realisee"),
        decision("D5", texte="Tenir un colloque", etat="abandonnee"),
    )
    assert told(derniere) == [
        "5 décisions, dont 1 ouverte en retard, 1 ouverte, 2 réalisées et 1 abandonnée",
        "En retard : Écrire aux mairies (2025-05-13-copil/D1, APO, échéance 30/09/2025)",
        "Ouverte : Former des relais (2025-05-13-copil/D2, échéance 01/12/2026)",
        (
            "Réalisées : retrait d’une fiche, 1.1 Fiche 1.1 (2025-05-13-copil/D3) ; "
            "Ouvrir un site (2025-05-13-copil/D4)"
        ),
        "Abandonnée : Tenir un colloque (2025-05-13-copil/D5)",
    ]


def test_an_older_decision_is_told_only_while_it_is_open() -> None:
    ancienne = seance(
        "2024-05-13-copil", decision("D1", etat="realisee"), decision("D2", texte="Suivre")
    )
    assert told(ancienne) == [
        "1 décision ouverte",
        "Ouverte : Suivre (2024-05-13-copil/D2)",
    ]


def test_no_decision_no_sentence() -> None:
    assert told() == []

"""Points of attention: stated rules, five at most, in order of importance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from clsmon.analysis.attention import MAXIMUM, REGLES_ATTENTION, compute_attention
from clsmon.analysis.bilan import compute_bilan
from clsmon.model.dossier import Dossier
from clsmon.model.fiche import Fiche
from clsmon.model.releve import Etat, Releve

from .builder import EXERCICE, dossier, fiche, measure, releve, seance


def texts_of(d: Dossier) -> list[str]:
    bilan = compute_bilan(d, EXERCICE, date(2026, 4, 20))
    return [point.texte.replace("\u00a0", " ") for point in bilan.attention]


def told(organisme: str = "ars", **recit: Any) -> Releve:
    return releve(f"{organisme}-25", organisme, 12, fiches={"1.1": recit})


SOMME = fiche("1.1", measure(reponses="somme"), repondants=["ars", "apo", "cpam"])
DEUX = [releve("ars-25", "ars", 12), releve("apo-25", "apo", 3)]


@pytest.mark.parametrize(
    ("fiches", "releves", "attendu"),
    [
        pytest.param([], [told()], [], id="rien à signaler"),
        pytest.param(
            [],
            [told(avancement="reportee", confiance="compromis")],
            ["1 fiche en difficulté : 1.1 (reportée et aboutissement compromis)"],
            id="fiche reportée et compromise",
        ),
        pytest.param(
            [],
            [told(avancement="realisee", confiance="appuis_necessaires")],
            [],
            id="fiche réalisée",
        ),
        pytest.param(
            [],
            [],
            ["1 organisme n’a rien rendu : ARS", "1 axe avec moins de 50 % de réponses : axe 1"],
            id="personne n’a rendu",
        ),
        pytest.param(
            [fiche("1.1", repondants=["ars", "apo", "cpam"])],
            [told()],
            [
                "2 organismes n’ont rien rendu : CPAM et APO",
                "1 axe avec moins de 50 % de réponses : axe 1",
            ],
            id="deux n’ont pas rendu",
        ),
        pytest.param(
            [fiche("1.1", measure(), measure("livres"))],
            [
                releve(
                    "ars-25",
                    reponse=Etat.A_VERIFIER,
                    valeurs={"1.1/livres/livres": 1},
                    fiches={
                        "1.1": {
                            "a_verifier": {
                                "poste.etp": {
                                    "saisi": "?",
                                    "nature_cellule": "t",
                                    "cellule": "F!E3",
                                }
                            }
                        }
                    },
                )
            ],
            [
                (
                    "2 réponses à vérifier : 1.1 Ateliers (ARS) et "
                    "1.1 Poste d’animateur santé : temps (ETP) (ARS)"
                )
            ],
            id="à vérifier",
        ),
        pytest.param(
            [fiche("1.1", measure(), measure("livres"))],
            [releve("ars-25", reponse=Etat.A_VERIFIER, valeurs={"1.1/livres/livres": 1})],
            ["1 réponse à vérifier : 1.1 Ateliers (ARS)"],
            id="à vérifier aux seuls indicateurs",
        ),
        pytest.param(
            [],
            [told(), releve("ars-24", reponse=3, exercice=2024)],
            ["1 mesure en forte évolution, à confirmer : 1.1 Ateliers"],
            id="plus que triplée",
        ),
        pytest.param([], [told(), releve("ars-24", reponse=4, exercice=2024)], [], id="triplée"),
        pytest.param([], [told(), releve("ars-24", reponse=36, exercice=2024)], [], id="au tiers"),
        pytest.param(
            [],
            [told(), releve("ars-24", reponse=37, exercice=2024)],
            ["1 mesure en forte évolution, à confirmer : 1.1 Ateliers"],
            id="moins du tiers",
        ),
        pytest.param(
            [], [told(), releve("ars-24", reponse=0, exercice=2024)], [], id="depuis zéro"
        ),
        pytest.param(
            [SOMME],
            DEUX,
            ["1 organisme n’a rien rendu : CPAM", "1 total incomplet : il manque CPAM"],
            id="somme incomplète",
        ),
    ],
)
def test_each_rule(fiches: Sequence[Fiche], releves: Sequence[Releve], attendu: list[str]) -> None:
    assert texts_of(dossier(*fiches, releves=releves)) == attendu


REGLE_POSTE = {"taux_max": "50", "plafond_annuel": "30000", "etp_minimum": "0.5"}


def aided(verse: str, notifie: str = "100", **poste: str) -> Releve:
    aide = {"financeur": "ars", "notifie": notifie, "verse": verse}
    return releve("apo-25", "apo", 12, fiches={"1.1": {"aides": [aide], "poste": poste}})


@pytest.mark.parametrize(
    ("rendu", "attendu"),
    [
        pytest.param(aided("20000", etp="1", cout_eligible="40000"), [], id="au plafond"),
        pytest.param(
            aided("20000.01", etp="1", cout_eligible="40000"),
            ["Poste d’animateur santé : aide de l’ARS versée au-delà du plafond"],
            id="un centime de trop",
        ),
        pytest.param(
            aided("30001", "30001", etp="1", cout_eligible="90000"),
            [
                (
                    "Poste d’animateur santé : aide de l’ARS notifiée au-delà du plafond "
                    "et aide de l’ARS versée au-delà du plafond"
                )
            ],
            id="plus que le plafond annuel",
        ),
        pytest.param(aided("29000", etp="1"), [], id="coût inconnu, sous le plafond annuel"),
        pytest.param(
            aided("0", etp="0.4"),
            ["Poste d’animateur santé : temps déclaré sous le minimum du contrat"],
            id="temps insuffisant",
        ),
        pytest.param(aided("0", cout_eligible="1000"), [], id="temps inconnu"),
    ],
)
def test_the_post_against_its_rule(rendu: Releve, attendu: list[str]) -> None:
    d = dossier(
        fiche("1.1", repondants=["apo"]),
        releves=[rendu],
        regles={"animateur_sante": REGLE_POSTE},
    )
    assert texts_of(d) == attendu


def test_instances_under_their_minimum() -> None:
    d = dossier(
        releves=[told()],
        seances=[seance("2025-05-13-copil"), seance("2025-06-13-cotech")],
        instances={
            "copil": {"nom": "COPIL", "minimum_annuel": 1},
            "cotech": {"nom": "COTECH", "minimum_annuel": 2},
            "groupe": {"nom": "Groupe de travail"},
        },
    )
    assert texts_of(d) == ["1 instance sous le minimum annuel : COTECH (1 sur 2)"]


def test_late_decisions() -> None:
    tardive = {"id": "D1", "nature": "autre", "echeance": "2026-04-19"}
    d = dossier(releves=[told()], seances=[seance("2025-05-13-copil", tardive)])
    assert texts_of(d) == ["1 décision en retard : 2025-05-13-copil/D1"]


def tender(mois: int) -> dict[str, Any]:
    """The tender of the final evaluation, so many months before the end of 2028."""
    delais = {"delai_prestataire_mois": 6, "fenetre_mois": 6}
    return {"evaluation_finale": {"lancement_mois_avant_fin": mois, **delais}}


@pytest.mark.parametrize(
    ("mois", "attendu"),
    [
        pytest.param(20, [], id="dans plus d’un an"),
        pytest.param(
            21,
            ["Marché de l’évaluation finale à lancer avant le 31/03/2027 (date provisoire)"],
            id="dans moins d’un an",
        ),
        pytest.param(
            33,
            [
                (
                    "Marché de l’évaluation finale à lancer avant le 31/03/2026 (date provisoire), "
                    "si ce n’est fait"
                )
            ],
            id="sa date est passée",
        ),
    ],
)
def test_the_tender_of_the_final_evaluation(mois: int, attendu: list[str]) -> None:
    assert texts_of(dossier(releves=[told()], regles=tender(mois))) == attendu


def test_a_known_end_is_not_said_provisional() -> None:
    periode = {"debut": 2024, "fin": 2028, "duree_ans": 5, "signature": "2024-03-14"}
    d = dossier(releves=[told()], regles=tender(24), periode=periode)
    assert texts_of(d) == ["Marché de l’évaluation finale à lancer avant le 14/03/2027"]


def test_five_at_most_the_gravest_first_each_with_its_rule() -> None:
    tardive = {"id": "D1", "nature": "autre", "echeance": "2026-04-19"}
    d = dossier(
        SOMME,
        fiche("2.1", measure("livres"), measure("jours"), repondants=["ars"]),
        releves=[
            releve(
                "ars-25",
                reponse=Etat.A_VERIFIER,
                valeurs={"2.1/livres/livres": 100},
                fiches={"2.1": {"avancement": "abandonnee", "poste": {"etp": "0.4"}}},
            ),
            releve("ars-24", valeurs={"2.1/livres/livres": 1}, exercice=2024),
            releve("apo-25", "apo", 3),
        ],
        seances=[seance("2025-05-13-copil", tardive)],
        regles={**tender(32), "animateur_sante": REGLE_POSTE},
        instances={"copil": {"nom": "COPIL", "minimum_annuel": 2}},
    )
    bilan = compute_bilan(d, EXERCICE, date(2026, 4, 20))
    rendus = [regle.__name__ for regle in REGLES_ATTENTION if regle(bilan)]
    assert rendus == [regle.__name__ for regle in REGLES_ATTENTION]
    points = compute_attention(bilan)
    assert len(points) == MAXIMUM
    assert points == bilan.attention
    assert points[0].texte.startswith("1 fiche en difficulté")
    assert all(point.regle.endswith(".") for point in points)

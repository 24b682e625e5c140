"""Measures computed from the dossier by a named rule."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from clsmon.analysis.computed import CALCULS
from clsmon.analysis.constat import compute_constat
from clsmon.analysis.heads import compute_syntheses
from clsmon.model.constat import Constat
from clsmon.model.dossier import Dossier
from clsmon.model.fiche import Fiche
from clsmon.model.indicateur import REGLES_CALCUL
from clsmon.model.statut import Statut

from .builder import CLE, EXERCICE, dossier, fiche, measure, releve, seance


def computed(regle: str, type_: str = "taux") -> Fiche:
    return fiche("1.1", measure(type_=type_, calcul={"regle": regle}), repondants=["ars"])


def constat_of(d: Dossier) -> Constat:
    return compute_constat(d, d.mesures[CLE], EXERCICE, compute_syntheses(d, EXERCICE))


def test_each_rule_of_the_contract_has_its_function() -> None:
    assert tuple(getattr(regle, "__name__", "") for regle in CALCULS) == REGLES_CALCUL


@pytest.mark.parametrize("regle", [*REGLES_CALCUL, "inconnue"])
def test_without_material_not_computable_never_zero(regle: str) -> None:
    constat = constat_of(dossier(computed(regle)))
    assert constat == Constat(EXERCICE, Statut.NON_CALCULABLE)


def test_attendance_is_over_the_meetings_held_in_the_year() -> None:
    quatre = ["ars", "cpam", "apo", "ville"]
    d = dossier(
        computed("participation_instances"),
        seances=[
            seance("2025-05-13-copil", convoques=quatre, presents=["ars", "cpam"]),
            seance("2025-10-02-cotech", convoques=["ars", "apo"], presents=["ars", "ville"]),
            seance("2025-11-02-cotech", presents=["ars"]),
            seance("2025-12-02-cotech", convoques=quatre, etat="prevue"),
            seance("2026-05-12-copil", convoques=quatre, presents=quatre, exercice=EXERCICE),
        ],
    )
    constat = constat_of(d)
    assert (constat.statut, constat.numerateur, constat.denominateur, constat.nombre) == (
        Statut.CALCULE,
        Decimal(3),
        Decimal(6),
        Decimal(50),
    )


def test_nobody_present_is_a_real_zero() -> None:
    reunion = seance("2025-05-13-copil", convoques=["ars"])
    assert constat_of(dossier(computed("participation_instances"), seances=[reunion])).nombre == 0


ACTIONS = {
    "1.1": [{"id": "a1", "organisme": "ars"}, {"id": "a2"}],
    "2.1": [{"id": "a1", "organisme": "ars"}, {"id": "a2", "organisme": "apo"}],
}


@pytest.mark.parametrize(
    ("dits", "termes", "incomplet"),
    [
        pytest.param(
            {"1.1": {"a1": "realisee", "a2": "reportee"}, "2.1": {"a1": "realisee"}},
            (2, 3),
            (),
            id="toutes fiches ensemble",
        ),
        pytest.param({"1.1": {"a1": "realisee"}}, (1, 3), ("ars",), id="des états manquent"),
        pytest.param(
            {"1.1": {"a1": "prevue", "a2": "abandonnee"}, "2.1": {"a1": "reportee"}},
            (0, 3),
            (),
            id="rien de réalisé est un zéro déclaré",
        ),
    ],
)
def test_actions_of_the_first_respondent(
    dits: dict[str, Any], termes: tuple[int, int], incomplet: tuple[str, ...]
) -> None:
    recits = {identifiant: {"programme": etats} for identifiant, etats in dits.items()}
    d = dossier(
        computed("actions_realisees"),
        fiche("2.1", repondants=["apo"]),
        releves=[releve("a", "ars", fiches=recits)],
        programme=ACTIONS,
    )
    constat = constat_of(d)
    assert [constat.numerateur, constat.denominateur] == [Decimal(t) for t in termes]
    assert constat.incomplet == incomplet


def test_a_programme_on_which_nobody_spoke_is_not_computable() -> None:
    d = dossier(computed("actions_realisees"), fiche("2.1"), programme=ACTIONS)
    assert constat_of(d).statut is Statut.NON_CALCULABLE


@pytest.mark.parametrize(
    ("vie", "texte"),
    [
        pytest.param({"adopte": "2026-05-12-copil/D2"}, "oui", id="adopté"),
        pytest.param({"projet_envoye_le": "2026-04-20"}, "non", id="projet seulement"),
    ],
)
def test_yearly_follow_up_is_an_adopted_bilan(vie: dict[str, str], texte: str) -> None:
    d = dossier(computed("suivi_annuel_realise", "oui_non"), exercices={EXERCICE: vie})
    assert constat_of(d) == Constat(EXERCICE, Statut.CALCULE, texte=texte)

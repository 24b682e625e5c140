"""Two versions of a contract: what counts, what does not, and what each change asks."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clsmon.analysis.membership import members_of
from clsmon.analysis.revisions.comparison import compare
from clsmon.analysis.revisions.members import pilots_of
from clsmon.model.dossier import Dossier
from clsmon.model.fiche import Fiche, StatutFiche
from clsmon.model.revision import Revision
from tests.analysis.builder import CLE, LAW, dossier, fiche, measure, releve, seance

REPONDU = [releve("ars-1", reponse=12, exercice=2026)]


def codes(avant: Dossier, apres: Dossier) -> list[str]:
    return [c.code for c in compare(avant, apres).changements]


def answered(*mesures: dict[str, Any], **autres: Any) -> Dossier:
    return dossier(fiche("1.1", *mesures), releves=REPONDU, **autres)


def test_a_contract_compared_to_itself_has_not_changed(dijon: Dossier) -> None:
    assert compare(dijon, dijon) == Revision()


@LAW
@given(graine=st.integers(0, 10_000))
def test_the_order_of_fiches_and_indicators_does_not_count(dijon: Dossier, graine: int) -> None:
    hasard = random.Random(graine)
    fiches = [_shuffled(f, hasard) for f in hasard.sample(dijon.fiches, len(dijon.fiches))]
    assert compare(dijon, replace(dijon, fiches=tuple(fiches))) == Revision()


def _shuffled(une: Fiche, hasard: random.Random) -> Fiche:
    indicateurs = tuple(hasard.sample(une.indicateurs, len(une.indicateurs)))
    partenaires = tuple(hasard.sample(une.partenaires, len(une.partenaires)))
    return une.model_copy(update={"indicateurs": indicateurs, "partenaires": partenaires})


@LAW
@given(noms=st.sets(st.sampled_from(["1.1", "2.3", "3.1", "4.4", "5.2", "plateforme-sante"])))
def test_every_change_that_is_refused_says_how_to_pass(dijon: Dossier, noms: set[str]) -> None:
    retirees = tuple(
        f.model_copy(update={"statut": StatutFiche.RETIREE}) if f.id in noms else f
        for f in dijon.fiches
        if f.id != "3.2"
    )
    revision = compare(dijon, replace(dijon, fiches=retirees))
    assert len(revision.en_defaut) == len(noms) + 1
    assert all(c.remedes and c.manque for c in revision.en_defaut)


@pytest.mark.parametrize(
    ("avant", "apres", "attendu"),
    [
        pytest.param("Nombre d'actions", "nombre  d’actions", [], id="typography"),
        pytest.param("Nombre d'actions", "Nombre d'actions.", [], id="a full stop"),
        pytest.param("Nombre d'actions", "Nombre d'ateliers", ["REV030"], id="a word"),
        pytest.param("1.1 et 1.2", "1.1 et 12", ["REV030"], id="a figure"),
    ],
)
def test_typography_is_not_a_change(avant: str, apres: str, attendu: list[str]) -> None:
    une, autre = (dossier(fiche(titre=titre)) for titre in (avant, apres))
    assert codes(une, autre) == attendu


@pytest.mark.parametrize(
    ("change", "attendu"),
    [
        pytest.param({"unite": "séances"}, "REV021", id="unit"),
        pytest.param({"type": "montant"}, "REV021", id="type"),
        pytest.param({"libelle": "Autre chose"}, "REV021", id="label"),
        pytest.param({"valeur_initiale": {"valeur": "3"}}, "REV020", id="initial value"),
        pytest.param({"cibles": [{"annee": 2028, "valeur": "9"}]}, "REV022", id="target"),
        pytest.param({"jusqua": 2027}, "REV020", id="an end"),
        pytest.param({"jusqua": 2025}, "REV023", id="an end before the last answer"),
        pytest.param({"depuis": 2026}, "REV020", id="a later start"),
    ],
)
def test_a_measure_is_free_until_it_is_answered(change: dict[str, Any], attendu: str) -> None:
    ancienne, nouvelle = measure(unite="ateliers"), measure(unite="ateliers") | change
    assert codes(answered(ancienne), answered(nouvelle)) == [attendu]
    assert codes(dossier(fiche("1.1", ancienne)), dossier(fiche("1.1", nouvelle))) == ["REV032"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"minimum": "2"}, id="a bound"),
        pytest.param({"personnes": "true"}, id="persons"),
        pytest.param({"repondants": ["apo"]}, id="respondents"),
    ],
)
def test_a_working_choice_says_nothing(change: dict[str, Any]) -> None:
    assert codes(answered(measure()), answered(measure() | change)) == []


def test_one_more_choice_does_not_redefine_a_measure() -> None:
    oui, plus, autre = (
        measure(type_="choix", modalites=m) for m in (["a", "b"], ["a", "b", "c"], ["a"])
    )
    assert codes(answered(oui), answered(plus)) == []
    assert codes(answered(oui), answered(autre)) == ["REV021"]


def test_an_old_key_still_holds_its_answers() -> None:
    ancienne = answered(measure(unite="ateliers"))
    nouvelle = answered(measure("seances", unite="séances", anciennes_cles=[CLE]))
    (change,) = compare(ancienne, nouvelle).en_defaut
    assert change.code == "REV021"
    assert "2026 a des réponses" in change.message


def test_a_withdrawn_answer_no_longer_binds() -> None:
    retrait = releve("ars-2", exercice=2026, motif="retrait : doublon", remplace=["ars-1"])
    avant = dossier(fiche("1.1", measure()), releves=[*REPONDU, retrait])
    apres = dossier(fiche("1.1", measure(unite="séances")), releves=[*REPONDU, retrait])
    assert codes(avant, apres) == ["REV032"]


def test_no_year_left_means_the_definition_stays() -> None:
    dernier = [releve("ars-1", reponse=12, exercice=2028)]
    avant, apres = (
        dossier(fiche("1.1", measure(unite=u)), releves=dernier) for u in ("ateliers", "séances")
    )
    (change,) = compare(avant, apres).changements
    assert change.manque.startswith("il ne reste aucun exercice")
    assert change.remedes == ()


def test_the_successor_takes_the_year_after_the_last_answer() -> None:
    avant, apres = (answered(measure(unite=u)) for u in ("ateliers", "séances"))
    (change,) = compare(avant, apres).en_defaut
    assert "unite: ateliers, jusqua: 2026}" in change.remedes[0].yaml
    assert "id: ateliers-2027," in change.remedes[0].yaml
    assert "depuis: 2027" in change.remedes[0].yaml


@pytest.mark.parametrize(
    ("decision", "couvert"),
    [
        pytest.param({"nature": "modification_fiche", "objet": "1.1"}, True, id="it is"),
        pytest.param({"nature": "modification_fiche", "objet": "1.2"}, False, id="another fiche"),
        pytest.param({"nature": "autre", "objet": "1.1"}, False, id="another nature"),
    ],
)
def test_a_decision_covers_what_it_bears_on(decision: dict[str, Any], couvert: bool) -> None:
    avant = answered(measure(valeur_initiale={"valeur": "2"}))
    seances = [seance("2026-05-12-copil", {"id": "D1", **decision})]
    apres = answered(measure(valeur_initiale={"valeur": "3"}), seances=seances)
    (change,) = compare(avant, apres).changements
    assert bool(change.couverture) is couvert
    assert change.anomalie.code == ("REV040" if couvert else "REV020")


def test_two_measures_of_a_fiche_share_one_decision() -> None:
    avant = dossier(
        fiche("1.1", measure("a"), measure("b")),
        releves=[releve("ars-1", valeurs={"1.1/a/a": 1, "1.1/b/b": 2})],
    )
    nouvelles = [measure(n, valeur_initiale={"valeur": "9"}) for n in "ab"]
    apres = replace(avant, fiches=(fiche("1.1", *nouvelles),))
    revision = compare(avant, apres)
    assert [c.code for c in revision.en_defaut] == ["REV020", "REV020"]
    assert [r.geste.value for r in revision.remedes] == ["creer", "ajouter"]


@pytest.mark.parametrize(
    ("contrat", "attendu"),
    [
        pytest.param({}, "copil", id="a COPIL"),
        pytest.param({"instances": {"comite": {"nom": "Comité"}}}, "comite", id="one instance"),
        pytest.param(
            {"instances": {"a": {"nom": "A"}, "b": {"nom": "B"}}}, None, id="nobody said which"
        ),
    ],
)
def test_the_instance_that_decides(contrat: dict[str, Any], attendu: str | None) -> None:
    assert dossier(**contrat).contrat.pilote == attendu


def test_the_members_of_the_copil_of_dijon_are_its_parties_and_towns(dijon: Dossier) -> None:
    membres = pilots_of(dijon)
    assert len(membres) == len(set(membres)) == 13 + 22
    assert {"ars", "dijon-metropole", "chenove"} <= set(membres)
    assert "apo" not in membres


@pytest.mark.parametrize(
    ("mots", "attendus"),
    [
        pytest.param(["porteurs"], ["ars"], id="a collective name signs nothing"),
        pytest.param(["ville", "signataires"], ["ars", "cpam", "ville"], id="in register order"),
        pytest.param(["partenaires"], [], id="nobody named one by one"),
        pytest.param([], ["ars", "cpam"], id="without members, the parties"),
    ],
)
def test_those_who_sign_are_those_who_are_convened(mots: list[str], attendus: list[str]) -> None:
    organismes = {
        "ars": {"nom": "Agence", "signataire": True},
        "cpam": {"nom": "Caisse", "signataire": True},
        "ville": {"nom": "Ville"},
        "reseau": {"nom": "Réseau", "collectif": True},
    }
    porteurs = [{"organisme": "ars"}, {"organisme": "reseau"}]
    d = dossier(
        fiche("1.1", porteurs=porteurs),
        organismes=organismes,
        instances={"copil": {"nom": "COPIL", "membres": mots}},
    )
    assert list(pilots_of(d)) == attendus
    if mots:
        assert sorted(members_of(d, "copil")[0]) == sorted(attendus)

"""Heads of relevés and their merge."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clsmon.analysis.heads import (
    DEUX_REPONSES,
    compute_heads,
    compute_synthese,
    compute_syntheses,
    merge,
)
from clsmon.model.dossier import Dossier
from clsmon.model.releve import Etat, Releve

from .builder import CLE, EXERCICE, LAW, dossier, fiche, measure, releve


def named(*releves: Releve) -> dict[str, Releve]:
    return {r.nom: r for r in releves}


@pytest.mark.parametrize(
    ("releves", "attendu"),
    [
        pytest.param([releve("a")], ["a"], id="un seul"),
        pytest.param([releve("b"), releve("a")], ["a", "b"], id="deux sans lien, triés"),
        pytest.param([releve("a"), releve("b", remplace=["a"])], ["b"], id="un remplacé"),
        pytest.param(
            [releve("c", remplace=["a", "b"]), releve("a"), releve("b")],
            ["c"],
            id="un qui règle un désaccord",
        ),
        pytest.param(
            [releve("a"), releve("b", remplace=["a"]), releve("c", remplace=["a"])],
            ["b", "c"],
            id="deux corrections du même",
        ),
    ],
)
def test_heads_are_what_nothing_replaces(releves: list[Releve], attendu: list[str]) -> None:
    assert list(compute_heads(named(*releves))) == attendu


@st.composite
def histories(draw: st.DrawFn) -> list[Releve]:
    """Relevés where each may replace any of those written before it."""
    ecrits: list[Releve] = []
    for rang in range(draw(st.integers(1, 6))):
        avant = [r.nom for r in ecrits]
        remplace = draw(st.lists(st.sampled_from(avant), unique=True)) if avant else []
        reponse = draw(st.sampled_from([12, 14, Etat.SANS_OBJET, None]))
        ecrits.append(releve(f"r{rang}", reponse=reponse, remplace=remplace))
    return ecrits


@LAW
@given(histories(), st.randoms(use_true_random=False))
def test_merge_is_the_same_in_any_order(ecrits: list[Releve], hasard: Random) -> None:
    melanges = list(ecrits)
    hasard.shuffle(melanges)
    d = dossier()
    assert merge(d, named(*ecrits), "ars") == merge(d, named(*melanges), "ars")


@LAW
@given(histories())
def test_a_history_always_has_a_head(ecrits: list[Releve]) -> None:
    assert compute_heads(named(*ecrits))


def merged(*releves: Releve, d: Dossier | None = None) -> Dossier:
    ouvert = d or dossier()
    return Dossier(ouvert.racine, ouvert.contrat, ouvert.fiches, releves=named(*releves))


def test_merge_key_by_key() -> None:
    d = dossier(
        fiche("1.1", measure("ateliers"), measure("livres")),
        releves=[releve("a", reponse=12), releve("b", valeurs={"1.1/livres/livres": 3})],
    )
    synthese = compute_synthese(d, EXERCICE, "ars")
    assert {cle: (x.valeur.valeur, x.releve.nom) for cle, x in synthese.valeurs.items()} == {
        CLE: ("12", "a"),
        "1.1/livres/livres": ("3", "b"),
    }


def test_a_withdrawal_replaces_without_adding() -> None:
    d = merged(releve("a", reponse=12), releve("b", motif="retrait", remplace=["a"]))
    synthese = compute_synthese(d, EXERCICE, "ars")
    assert (synthese.tetes, synthese.rendus, dict(synthese.valeurs)) == (("b",), (), {})


def test_two_different_answers_are_to_check_and_both_kept() -> None:
    d = merged(
        releve("a", reponse={"valeur": "12", "etat": "renseigne", "cellule": "Saisie!H3"}),
        releve("b", reponse={"etat": "a_verifier", "saisi": "une dizaine", "cellule": "S!H9"}),
    )
    valeur = compute_synthese(d, EXERCICE, "ars").valeurs[CLE].valeur
    assert (valeur.etat, valeur.saisi, valeur.regle, valeur.cellule) == (
        Etat.A_VERIFIER,
        "12 | une dizaine",
        DEUX_REPONSES,
        "Saisie!H3 | S!H9",
    )
    assert valeur.valeur is None


@pytest.mark.parametrize(
    ("autre", "brut"),
    [
        pytest.param((3, 4), "12 | 3 / 4", id="deux termes"),
        pytest.param(Etat.NON_DISPONIBLE, "12 | non disponible", id="un état"),
        pytest.param(
            {"valeur": "40", "saisi": "~40", "etat": "estime"}, "12 | ~40", id="le texte brut"
        ),
    ],
)
def test_raw_of_both_answers(autre: object, brut: str) -> None:
    d = merged(releve("a", reponse=12), releve("b", reponse=autre))
    assert compute_synthese(d, EXERCICE, "ars").valeurs[CLE].valeur.saisi == brut


def test_the_same_answer_twice_is_one_answer_the_commented_one_kept() -> None:
    commentee = {"valeur": "12", "etat": "renseigne", "commentaire": "compté deux fois"}
    d = merged(releve("a", reponse=12), releve("b", reponse=commentee))
    retenue = compute_synthese(d, EXERCICE, "ars").valeurs[CLE]
    assert (retenue.valeur.etat, retenue.releve.nom) == (Etat.RENSEIGNE, "b")


def test_an_answer_wins_over_a_comment_alone() -> None:
    d = merged(releve("a", reponse={"commentaire": "voir avec la Ville"}), releve("b", reponse=12))
    assert compute_synthese(d, EXERCICE, "ars").valeurs[CLE].valeur.valeur == "12"


def test_renamed_keys_fiches_and_organisms_are_followed() -> None:
    d = dossier(
        fiche("1.1", measure(anciennes_cles=["1.9/vieux/vieux"]), anciens_ids=["1.9"]),
        releves=[
            releve(
                "mairie-1",
                "mairie",
                valeurs={"1.9/vieux/vieux": 7},
                fiches={"1.9": {"avancement": "en_cours"}},
            )
        ],
    )
    synthese = compute_syntheses(d, EXERCICE)["ville"]
    assert (list(synthese.valeurs), list(synthese.recits)) == ([CLE], ["1.1"])


def test_narratives_merge_field_by_field() -> None:
    d = merged(
        releve(
            "a",
            fiches={
                "1.1": {
                    "avancement": "en_cours",
                    "freins": "Aucun local",
                    "depenses": {"prevu": "100"},
                    "cellules": {"avancement": "Fiches!E3"},
                }
            },
        ),
        releve(
            "b",
            fiches={
                "1.1": {
                    "avancement": "reportee",
                    "depenses": {"prevu": "100", "realise": "80"},
                    "programme": {"a1": "realisee"},
                    "cellules": {"avancement": "Fiches!E9"},
                }
            },
        ),
    )
    recit = compute_synthese(d, EXERCICE, "ars").recits["1.1"].declaration
    assert (recit.avancement, recit.freins) == (None, "Aucun local")
    assert (str(recit.depenses.prevu), str(recit.depenses.realise)) == ("100", "80")
    assert recit.programme == {"a1": "realisee"}
    doute = recit.a_verifier["avancement"]
    assert (doute.saisi, doute.regle, doute.cellule) == (
        "en cours | reportée",
        DEUX_REPONSES,
        "Fiches!E3 | Fiches!E9",
    )


def test_a_doubtful_field_in_one_narrative_and_a_value_in_the_other_is_to_check() -> None:
    saisie = {"saisi": "environ 80", "nature_cellule": "texte", "cellule": "Fiches!E7"}
    d = merged(
        releve("a", fiches={"1.1": {"depenses": {"realise": "80"}}}),
        releve("b", fiches={"1.1": {"a_verifier": {"depenses.realise": saisie}}}),
    )
    recit = compute_synthese(d, EXERCICE, "ars").recits["1.1"].declaration
    assert recit.depenses.realise is None
    assert recit.a_verifier["depenses.realise"].saisi == "80 | environ 80"


def test_lists_in_conflict_keep_every_element() -> None:
    aides = [{"financeur": "ars", "verse": "5"}]
    d = merged(
        releve("a", fiches={"1.1": {"communes": ["ahuy", "daix"], "aides": aides}}),
        releve("b", fiches={"1.1": {"communes": ["ahuy"]}}),
    )
    recit = compute_synthese(d, EXERCICE, "ars").recits["1.1"].declaration
    assert recit.a_verifier["communes"].saisi == "ahuy ; daix | ahuy"
    assert [aide.financeur for aide in recit.aides] == ["ars"]


def test_what_one_narrative_left_to_check_stays_with_the_first_cell_of_each_field() -> None:
    saisie = {"saisi": "environ 80", "nature_cellule": "texte", "cellule": "Fiches!E7"}
    d = merged(
        releve("a", fiches={"1.1": {"freins": "x", "cellules": {"freins": "Fiches!E4"}}}),
        releve(
            "b",
            fiches={
                "1.1": {
                    "freins": "x",
                    "cellules": {"freins": "Fiches!E8", "leviers": "Fiches!E9"},
                    "leviers": "y",
                    "a_verifier": {"depenses.realise": saisie},
                }
            },
        ),
    )
    recit = compute_synthese(d, EXERCICE, "ars").recits["1.1"].declaration
    assert recit.a_verifier["depenses.realise"].cellule == "Fiches!E7"
    assert recit.cellules == {"freins": "Fiches!E4", "leviers": "Fiches!E9"}


def test_the_raw_text_of_an_amount_is_kept_until_it_is_contradicted() -> None:
    lecture = {"saisi": "45 k€", "nature_cellule": "texte", "cellule": "Fiches!E7"}
    lu = {"depenses": {"realise": "45000"}, "lectures": {"depenses.realise": lecture}}
    memes = (
        releve("a", fiches={"1.1": lu}),
        releve("b", fiches={"1.1": {"depenses": {"realise": "45000"}, "freins": "Salles"}}),
    )
    declaration = compute_synthese(merged(*memes), EXERCICE, "ars").recits["1.1"].declaration
    assert declaration.lectures["depenses.realise"].saisi == "45 k€"
    autres = (memes[0], releve("b", fiches={"1.1": {"depenses": {"realise": "44000"}}}))
    declaration = compute_synthese(merged(*autres), EXERCICE, "ars").recits["1.1"].declaration
    assert declaration.lectures == {}
    assert declaration.a_verifier["depenses.realise"].saisi == "45000 | 44000"


def test_a_text_that_was_not_kept_adds_nothing_to_a_contradiction() -> None:
    retenu = {"saisi": "", "nature_cellule": "texte", "cellule": "Fiches!E7"}
    releves = (
        releve("a", fiches={"1.1": {"a_verifier": {"freins": retenu}}}),
        releve("b", fiches={"1.1": {"freins": "Salles"}}),
    )
    declaration = compute_synthese(merged(*releves), EXERCICE, "ars").recits["1.1"].declaration
    assert declaration.a_verifier["freins"].saisi == "Salles"


def test_two_absences_of_one_rubric_are_two_answers() -> None:
    d = merged(
        releve("a", fiches={"1.1": {"absents": {"depenses.realise": "sans_objet"}}}),
        releve("b", fiches={"1.1": {"absents": {"depenses.realise": "non_disponible"}}}),
    )
    recit = compute_synthese(d, EXERCICE, "ars").recits["1.1"].declaration
    assert recit.a_verifier["depenses.realise"].saisi == "sans objet | non disponible"
    assert recit.absents == {}


def test_an_absence_beside_an_amount_is_two_answers() -> None:
    d = merged(
        releve("a", fiches={"1.1": {"absents": {"depenses.realise": "sans_objet"}}}),
        releve("b", fiches={"1.1": {"depenses": {"realise": "1200"}}}),
    )
    recit = compute_synthese(d, EXERCICE, "ars").recits["1.1"].declaration
    assert recit.a_verifier["depenses.realise"].saisi == "sans objet | 1200"
    assert (recit.absents, recit.depenses.realise) == ({}, None)


def test_each_amount_of_an_aid_is_compared_apart() -> None:
    une = {"financeur": "ars", "notifie": "45000", "verse": "10"}
    d = merged(
        releve("a", fiches={"1.1": {"aides": [une]}}),
        releve("b", fiches={"1.1": {"aides": [{**une, "notifie": "46000"}]}}),
    )
    recit = compute_synthese(d, EXERCICE, "ars").recits["1.1"].declaration
    assert recit.a_verifier["aides.ars.notifie"].saisi == "45000 | 46000"
    assert [(str(a.notifie), str(a.verse)) for a in recit.aides] == [("None", "10")]


def test_an_empty_return_is_no_answer_at_all() -> None:
    d = merged(releve("a", fiches={}))
    assert compute_synthese(d, EXERCICE, "ars").rendus == ()

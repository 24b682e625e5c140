"""Each relevé after those it replaces, with what it changed; no date decides anything."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clsmon.analysis.history import compute_history, name_kind, order_by_replacement
from clsmon.model.dossier import Dossier
from clsmon.model.releve import Etat, Releve
from clsmon.model.suivi import GenreReleve

from .builder import CLE, EXERCICE, LAW, dossier, fiche, measure, releve


def history(d: Dossier) -> dict[str, list[tuple[str, list[tuple[str, Any, Any]]]]]:
    """Per organisme, each relevé and its changes: key, value before, value after."""
    return {
        h.code: [
            (
                e.nom,
                [
                    (
                        r.cle,
                        r.avant.valeur.valeur if r.avant else None,
                        r.apres.valeur.valeur if r.apres else None,
                    )
                    for r in e.remplacements
                ],
            )
            for e in h.etapes
        ]
        for h in compute_history(d, EXERCICE)
    }


def test_each_releve_tells_what_it_changed() -> None:
    d = dossier(
        fiche("1.1", measure("ateliers"), measure("livres")),
        releves=[
            releve("z", valeurs={CLE: 12, "1.1/livres/livres": 3}),
            releve("b", valeurs={CLE: 14}, remplace=["z"]),
            releve("a", valeurs={CLE: 14, "1.1/livres/livres": 5}, remplace=["b"]),
        ],
    )
    assert history(d) == {
        "ars": [
            ("z", []),
            ("b", [(CLE, "12", "14"), ("1.1/livres/livres", "3", None)]),
            ("a", [("1.1/livres/livres", None, "5")]),
        ]
    }


def test_a_withdrawal_empties_what_it_replaces() -> None:
    d = dossier(releves=[releve("a", reponse=12), releve("b", motif="retrait", remplace=["a"])])
    assert history(d) == {"ars": [("a", []), ("b", [(CLE, "12", None)])]}


def test_a_second_return_that_replaces_nothing_changes_nothing() -> None:
    d = dossier(releves=[releve("a", reponse=12), releve("b", reponse=13)])
    assert history(d) == {"ars": [("a", []), ("b", [])]}


def test_one_releve_may_replace_two() -> None:
    d = dossier(
        releves=[
            releve("a", reponse=12),
            releve("b", reponse=13),
            releve("c", reponse=13, remplace=["a", "b"]),
        ]
    )
    etape = compute_history(d, EXERCICE)[0].etapes[-1]
    (change,) = etape.remplacements
    assert change.avant is not None
    assert (change.avant.valeur.etat, change.avant.valeur.saisi) == (Etat.A_VERIFIER, "12 | 13")


def test_old_keys_and_old_codes_are_followed() -> None:
    d = dossier(
        fiche("1.1", measure(anciennes_cles=["1.9/vieux/vieux"]), repondants=("ville",)),
        releves=[
            releve("m", "mairie", valeurs={"1.9/vieux/vieux": 7}),
            releve("v", "ville", 8, remplace=["m"]),
        ],
    )
    assert history(d) == {"ville": [("m", []), ("v", [(CLE, "7", "8")])]}


def test_a_measure_that_left_the_contract_is_still_told() -> None:
    d = dossier(
        releves=[releve("a", valeurs={"9.9/x/x": 1}), releve("b", reponse=1, remplace=["a"])]
    )
    assert history(d)["ars"][1] == ("b", [(CLE, None, "1"), ("9.9/x/x", "1", None)])


@pytest.mark.parametrize(
    ("autres", "genre"),
    [
        pytest.param({}, GenreReleve.RETOUR, id="a plain return"),
        pytest.param({"motif": "relecture"}, GenreReleve.RELECTURE, id="read again"),
        pytest.param({"motif": "chiffre confirmé"}, GenreReleve.CORRECTION, id="another reason"),
        pytest.param({"saisi_par": "animateur"}, GenreReleve.CORRECTION, id="by the animateur"),
        pytest.param({"motif": "retrait"}, GenreReleve.RETRAIT, id="withdrawn"),
        pytest.param(
            {"motif": "retrait : mauvais organisme"}, GenreReleve.RETRAIT, id="withdrawn, and why"
        ),
    ],
)
def test_why_a_releve_was_written(autres: dict[str, Any], genre: GenreReleve) -> None:
    assert name_kind(releve("a", **autres)) is genre


@st.composite
def chains(draw: st.DrawFn) -> list[Releve]:
    noms = [f"r{rang}" for rang in range(draw(st.integers(1, 7)))]
    return [
        releve(
            nom, reponse=rang, remplace=draw(st.lists(st.sampled_from(noms[:rang]), unique=True))
        )
        if rang
        else releve(nom, reponse=rang)
        for rang, nom in enumerate(noms)
    ]


@LAW
@given(chains(), st.randoms(use_true_random=False))
def test_the_order_is_the_same_whatever_the_listing(chaine: list[Releve], hasard: Random) -> None:
    melange = list(chaine)
    hasard.shuffle(melange)
    ordre = order_by_replacement({r.nom: r for r in melange})
    assert ordre == order_by_replacement({r.nom: r for r in chaine})
    assert sorted(ordre) == sorted(r.nom for r in chaine)
    for r in chaine:
        assert all(ordre.index(ancien) < ordre.index(r.nom) for ancien in r.remplace)


def test_releves_that_replace_each_other_do_not_loop() -> None:
    releves = {nom: releve(nom, remplace=[autre]) for nom, autre in (("a", "b"), ("b", "a"))}
    assert order_by_replacement(releves) == ("a", "b")


def test_each_releve_tells_the_rubrics_that_it_changed() -> None:
    avant = {"avancement": "en_cours", "freins": "Un poste vacant", "depenses": {"realise": "1200"}}
    apres = {"avancement": "realisee", "depenses": {"realise": "1200"}, "leviers": "Un appui"}
    d = dossier(
        releves=[
            releve("a", fiches={"1.1": avant | {"cellules": {"avancement": "Fiches!E5"}}}),
            releve("b", fiches={"1.1": apres}, remplace=["a"]),
        ],
    )
    premiere, seconde = compute_history(d, EXERCICE)[0].etapes
    assert premiere.rubriques == ()
    assert [(r.fiche, r.champ, r.avant, r.apres, r.cellule_avant) for r in seconde.rubriques] == [
        ("1.1", "avancement", "en cours", "réalisée", "Fiches!E5"),
        ("1.1", "freins", "Un poste vacant", "", ""),
        ("1.1", "leviers", "", "Un appui", ""),
    ]

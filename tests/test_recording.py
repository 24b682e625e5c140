"""Returned forms beside last year's relevés: each doubt asked once, confirmed by a comment."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from io import BytesIO
from itertools import permutations
from pathlib import Path

import pytest
from openpyxl import load_workbook

from clsmon.demonstration.partner import fill_form
from clsmon.model.anomalie import Gravite
from clsmon.model.collecte import Collecte
from clsmon.opening import require_dossier
from tests.returns import EXERCICE, Atelier

ECOLES, CLASSES, LIVRES = (
    "3.1/ecoles-classes/ecoles",
    "3.1/ecoles-classes/classes",
    "3.1/livres/livres",
)
PERSONNEL = "appeler le 06 12 34 56 78"
Typed = Mapping[str, str | int | float]


@pytest.fixture
def atelier(copie: Path) -> Atelier:
    """A dossier where the APO answered last year: 12 schools, 340 books."""
    atelier = Atelier(copie)
    avant = fill_form(
        atelier.form("apo", EXERCICE - 1),
        {(ECOLES, ""): {"valeur": 12}, (LIVRES, ""): {"valeur": 340}},
    )
    chemin = copie / "apo-avant.xlsx"
    chemin.write_bytes(avant)
    atelier.collect(chemin, exercice=EXERCICE - 1)
    chemin.unlink()
    return atelier


def answer(atelier: Atelier, saisies: Mapping[str, Typed], nom: str = "apo.xlsx") -> Path:
    """A form of the APO with whole rows typed."""
    lignes = {(cle, ""): dict(ligne) for cle, ligne in saisies.items()}
    return atelier.drop(nom, fill_form(atelier.form("apo"), lignes))


def told(collecte: Collecte) -> list[tuple[str, Gravite]]:
    return [(a.code, a.gravite) for a in collecte.anomalies]


def test_a_doubt_is_asked_until_a_comment_confirms_it(atelier: Atelier) -> None:
    answer(atelier, {ECOLES: {"valeur": 120}})
    (collecte,) = atelier.collect()
    assert told(collecte) == [("SAI029", Gravite.ALERTE)]
    (anomalie,) = collecte.anomalies
    assert anomalie.message == (
        "3.1 Écoles concernées : 120, contre 12 l'an dernier : plus du triple"
    )
    assert (anomalie.lieu.feuille, anomalie.lieu.cellule) == ("Saisie", "H12")
    assert collecte.releve is not None
    assert collecte.releve.valeurs[ECOLES].valeur == "120"
    assert not collecte.releve.valeurs[ECOLES].confirme

    suite = answer(atelier, {ECOLES: {"commentaire": "tout le réseau"}}, "apo-2.xlsx")
    (corrige,) = atelier.collect(suite)
    assert told(corrige) == [("SAI029", Gravite.INFO)]
    assert corrige.releve is not None
    assert corrige.releve.valeurs[ECOLES].confirme
    assert corrige.releve.remplace == (collecte.nom,)

    dernier = atelier.drop("apo-3.xlsx", atelier.form("apo"))
    (rendu,) = atelier.collect(dernier)
    assert told(rendu) == [("SAI029", Gravite.INFO)]
    assert rendu.changements == ()


def test_collecting_again_changes_nothing(atelier: Atelier) -> None:
    answer(
        atelier,
        {
            ECOLES: {"valeur": 120, "commentaire": "tout le réseau"},
            CLASSES: {"valeur": "environ 40", "preuve": PERSONNEL},
            LIVRES: {"valeur": "trois cent quarante"},
        },
    )
    (premier,) = atelier.collect()
    avant = atelier.tree()
    (second,) = atelier.collect()
    assert (second.nouveau, told(second)) == (False, told(premier))
    assert atelier.tree() == avant


def test_last_year_received_afterwards_is_no_other_reading(copie: Path) -> None:
    atelier = Atelier(copie)
    answer(atelier, {ECOLES: {"valeur": 120, "commentaire": "tout le réseau"}})
    (premier,) = atelier.collect()
    assert told(premier) == []
    ancien = copie / "apo-avant.xlsx"
    octets = atelier.form("apo", EXERCICE - 1)
    ancien.write_bytes(fill_form(octets, {(ECOLES, ""): {"valeur": 12}}))
    atelier.collect(ancien, exercice=EXERCICE - 1)
    avant = atelier.tree()
    (encore,) = atelier.collect()
    assert (encore.nouveau, told(encore)) == (False, [("SAI029", Gravite.INFO)])
    assert atelier.tree() == avant


def test_the_order_of_the_workbooks_changes_no_byte(copie: Path, tmp_path: Path) -> None:
    vierges = {organisme: Atelier(copie).form(organisme) for organisme in ("apo", "emas", "clsm")}
    dossier = require_dossier(copie)
    suivis = []
    for ordre in permutations(vierges):
        atelier = Atelier(tmp_path / "-".join(ordre))
        shutil.copytree(copie / "data", atelier.racine / "data")
        for organisme in ordre:
            nombres = (
                s.cle for s in dossier.demandees(EXERCICE, organisme) if s.mesure.type == "nombre"
            )
            tape: Typed = {"valeur": 7, "commentaire": "vérifié"}
            saisies = {(cle, ""): tape for cle in nombres}
            atelier.collect(
                atelier.drop(f"{organisme}.xlsx", fill_form(vierges[organisme], saisies))
            )
        suivis.append({n: o for n, o in atelier.tree().items() if n.startswith("data/suivi/")})
    assert len(suivis) == 6
    assert all(suivi == suivis[0] and len(suivi) == 3 for suivi in suivis)


@pytest.mark.parametrize(
    ("cle", "saisi"),
    [
        (ECOLES, "environ 15"),
        (ECOLES, "quinze écoles"),
        (ECOLES, "aucune"),
        (LIVRES, "1 340"),
        (LIVRES, "une centaine"),
        (LIVRES, "NC"),
    ],
)
def test_a_prefilled_form_sent_back_reads_the_same(atelier: Atelier, cle: str, saisi: str) -> None:
    answer(atelier, {cle: {"valeur": saisi}})
    (premier,) = atelier.collect()
    rendu = atelier.drop("apo-2.xlsx", atelier.form("apo"))
    (second,) = atelier.collect(rendu)
    assert premier.releve is not None
    assert second.releve is not None
    assert second.releve.valeurs == premier.releve.valeurs
    assert second.changements == ()


def test_personal_data_are_in_no_file_of_the_dossier_but_the_evidence(atelier: Atelier) -> None:
    answer(
        atelier, {ECOLES: {"valeur": 12, "commentaire": PERSONNEL}, LIVRES: {"valeur": PERSONNEL}}
    )
    (collecte,) = atelier.collect()
    assert [(a.code, a.lieu.cellule) for a in collecte.anomalies] == [
        ("SAI027", "H14"),
        ("SAI027", "L12"),
    ]
    assert all("12 34" not in f"{a.message} {a.conseil}" for a in collecte.anomalies)
    ecrits = {n: o for n, o in atelier.tree().items() if n.startswith("data/suivi/")}
    assert len(ecrits) == 2
    assert not any(b"12 34" in octets for octets in ecrits.values())
    formulaire = load_workbook(BytesIO(atelier.form("apo")))["Saisie"]
    assert formulaire["H14"].value is None, "the cell is asked again, blank"


def test_a_row_that_is_not_taken_shows_no_personal_data(atelier: Atelier) -> None:
    classeur = load_workbook(BytesIO(atelier.form("apo")))
    saisie = classeur["Saisie"]
    saisie["A40"], saisie["H40"] = "9.9/x/x", PERSONNEL
    saisie["H41"] = PERSONNEL
    tampon = BytesIO()
    classeur.save(tampon)
    atelier.drop("apo.xlsx", tampon.getvalue())
    (collecte,) = atelier.collect()
    assert {"FOR012", "SAI003"} <= {code for code, _ in told(collecte)}
    assert all("12 34" not in a.message for a in collecte.anomalies)


def test_a_copied_answer_is_told_once(atelier: Atelier) -> None:
    dossier = require_dossier(atelier.racine)
    numeriques = [s for s in dossier.demandees(EXERCICE, "apo") if s.mesure.type == "nombre"]
    assert len(numeriques) >= 5
    answer(atelier, {s.cle: {"valeur": 13} for s in numeriques})
    (collecte,) = atelier.collect()
    codes = [code for code, _ in told(collecte)]
    assert codes.count("SAI032") == 1

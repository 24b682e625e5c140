"""Choices between relevés: one is kept or withdrawn by writing one more, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from clsmon.analysis.heads import compute_synthese
from clsmon.demonstration.partner import Saisies, fill_form
from clsmon.model.anomalie import ClsmonError, MauvaisUsageError
from clsmon.opening import require_dossier
from clsmon.rules import check
from clsmon.settling import keep, record, withdraw
from clsmon.text.store import path_of, to_yaml
from tests.returns import EXERCICE, Atelier

ECOLES, CLASSES, LIVRES = (
    "3.1/ecoles-classes/ecoles",
    "3.1/ecoles-classes/classes",
    "3.1/livres/livres",
)


@pytest.fixture
def atelier(copie: Path) -> Atelier:
    """Two returns of APO: they disagree on the schools and the brakes, agree on the rest."""
    atelier = Atelier(copie)
    vierge = atelier.form("apo")
    for nom, ecoles, freins, propre in (
        ("a.xlsx", 12, "local fermé", {(CLASSES, ""): {"valeur": 30}}),
        ("b.xlsx", 14, "agent absent", {(LIVRES, ""): {"valeur": 50}}),
    ):
        saisies: Saisies = {
            (ECOLES, ""): {"valeur": ecoles},
            ("3.1", "freins"): {"reponse": freins},
        }
        atelier.drop(nom, fill_form(vierge, {**saisies, **propre}))
    return atelier


def answers(atelier: Atelier) -> dict[str, str | None]:
    synthese = compute_synthese(require_dossier(atelier.racine), EXERCICE, "apo")
    return {cle: declaration.valeur.valeur for cle, declaration in synthese.valeurs.items()}


def brakes(atelier: Atelier) -> str:
    synthese = compute_synthese(require_dossier(atelier.racine), EXERCICE, "apo")
    return synthese.recits["3.1"].declaration.freins


def questions(atelier: Atelier) -> list[str]:
    return [a.code for c in atelier.collect() for a in c.erreurs]


def settle(atelier: Atelier, nom: str) -> None:
    dossier = require_dossier(atelier.racine)
    for releve in keep(dossier, nom):
        record(dossier, releve)


def test_what_two_returns_say_otherwise_is_asked_measures_and_rubrics(atelier: Atelier) -> None:
    collectes = atelier.collect()
    messages = {a.message.partition(" : ")[0]: a.message for c in collectes for a in c.erreurs}
    assert messages.keys() == {"3.1 Écoles concernées", "3.1 Freins"}
    for morceau in ("« 12 » (a.xlsx, Saisie!H12)", "« 14 » (b.xlsx, Saisie!H12)"):
        assert morceau in messages["3.1 Écoles concernées"]
    for morceau in ("« local fermé » (a.xlsx, Fiches!E", "« agent absent » (b.xlsx, Fiches!E"):
        assert morceau in messages["3.1 Freins"]
    assert answers(atelier)[ECOLES] is None


def test_keeping_one_settles_and_loses_nothing_of_the_other(atelier: Atelier) -> None:
    premier, second = atelier.collect()
    settle(atelier, premier.nom)
    assert answers(atelier) == {ECOLES: "12", CLASSES: "30", LIVRES: "50"}
    assert brakes(atelier) == "local fermé"
    (choix,) = (r for r in require_dossier(atelier.racine).releves.values() if r.remplace)
    assert choix.remplace == (second.nom,)
    assert choix.motif == f"correction : réponses de {premier.nom} retenues"
    assert choix.recu.fichier == "b.xlsx"
    assert second.releve is not None
    assert choix.valeurs[LIVRES] == second.releve.valeurs[LIVRES]


def test_a_choice_stands_when_the_workbooks_are_read_again(atelier: Atelier) -> None:
    premier, _ = atelier.collect()
    settle(atelier, premier.nom)
    avant = atelier.tree()
    assert questions(atelier) == []
    assert atelier.tree() == avant


def test_other_questions_of_the_losing_workbook_are_still_asked(atelier: Atelier) -> None:
    atelier.drop(
        "b.xlsx",
        fill_form(
            atelier.form("apo"),
            {(ECOLES, ""): {"valeur": 14}, (LIVRES, ""): {"valeur": "une dizaine"}},
        ),
    )
    premier, _ = atelier.collect()
    settle(atelier, premier.nom)
    assert len(questions(atelier)) == 1


def test_a_withdrawn_return_is_not_read_again(atelier: Atelier) -> None:
    _, second = atelier.collect()
    dossier = require_dossier(atelier.racine)
    record(dossier, withdraw(dossier, second.nom, "envoyé par erreur"))
    assert answers(atelier) == {ECOLES: "12", CLASSES: "30"}
    avant = atelier.tree()
    collectes = atelier.collect()
    assert [(c.retiree, c.nouveau, c.erreurs) for c in collectes] == [
        (False, False, ()),
        (True, False, ()),
    ]
    assert atelier.tree() == avant
    retrait = require_dossier(atelier.racine).releves[collectes[1].nom]
    assert retrait.motif == "retrait : envoyé par erreur"


def test_the_animateurs_own_correction_says_so_and_is_read_once(atelier: Atelier) -> None:
    atelier.collect()
    corrige = atelier.answer("apo", {ECOLES: 13}, "apo-telephone.xlsx")
    (collecte,) = atelier.collect(corrige, motif="dit au téléphone")
    assert collecte.releve is not None
    assert collecte.releve.saisi_par == "animateur"
    assert collecte.releve.motif == "correction : dit au téléphone"
    assert answers(atelier)[ECOLES] == "13"
    avant = atelier.tree()
    assert all(not c.nouveau for c in atelier.collect())
    assert atelier.tree() == avant


def test_choices_leave_a_sound_dossier(atelier: Atelier) -> None:
    premier, second = atelier.collect()
    settle(atelier, premier.nom)
    dossier = require_dossier(atelier.racine)
    record(dossier, withdraw(dossier, premier.nom, "doublon"))
    erreurs = [a for a in check(require_dossier(atelier.racine)) if a.gravite == "erreur"]
    assert erreurs == []
    assert second.nom in require_dossier(atelier.racine).releves


def test_a_choice_names_a_standing_releve(atelier: Atelier) -> None:
    premier, second = atelier.collect()
    dossier = require_dossier(atelier.racine)
    with pytest.raises(MauvaisUsageError, match="relevé inconnu") as inconnu:
        keep(dossier, premier.nom[:-1])
    assert premier.nom in inconnu.value.conseil
    settle(atelier, premier.nom)
    with pytest.raises(MauvaisUsageError, match="déjà remplacé"):
        withdraw(require_dossier(atelier.racine), second.nom, "doublon")
    with pytest.raises(MauvaisUsageError, match="rien à départager"):
        keep(require_dossier(atelier.racine), premier.nom)


def test_two_releves_of_one_name_never_overwrite_each_other(atelier: Atelier) -> None:
    (premier, _) = atelier.collect()
    dossier = require_dossier(atelier.racine)
    retrait = withdraw(dossier, premier.nom, "doublon")
    chemin = atelier.racine / path_of(retrait, to_yaml(retrait))
    chemin.write_bytes(b"autre: contenu\n")
    with pytest.raises(ClsmonError, match="existe déjà avec un autre contenu"):
        record(dossier, retrait)
    assert chemin.read_bytes() == b"autre: contenu\n"

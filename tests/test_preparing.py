"""Corrected forms: all that was typed goes back with the questions, and the round closes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from clsmon.analysis.heads import compute_synthese
from clsmon.demonstration.partner import Saisies, fill_form
from clsmon.model.collecte import Collecte
from clsmon.model.indicateur import TypeMesure
from clsmon.opening import require_dossier
from clsmon.preparing import Formulaire, prepare_corrections
from tests.returns import EXERCICE, Atelier

ECOLES, CLASSES, LIVRES = (
    "3.1/ecoles-classes/ecoles",
    "3.1/ecoles-classes/classes",
    "3.1/livres/livres",
)


@pytest.fixture
def atelier(copie: Path) -> Atelier:
    """APO returned one sure answer, one doubtful number, one doubtful amount and one narrative."""
    atelier = Atelier(copie)
    saisies: Saisies = {
        (ECOLES, ""): {"valeur": 12, "commentaire": "dont deux privées"},
        (LIVRES, ""): {"valeur": "entre dix et vingt"},
        ("3.1", "depenses.realise"): {"reponse": "voir la facture"},
        ("3.1", "faits_marquants"): {"reponse": "Ouverture d'un lieu"},
    }
    atelier.drop("apo.xlsx", fill_form(atelier.form("apo"), saisies))
    return atelier


def correct(atelier: Atelier, collectes: list[Collecte]) -> list[Formulaire]:
    dossier = require_dossier(atelier.racine)
    return list(prepare_corrections(dossier, collectes, atelier.racine / "a-renvoyer"))


def cell_of(octets: bytes, cle: str, colonne: str = "valeur") -> Any:
    """One input cell of « Saisie », found by its keys as openpyxl reads them."""
    classeur = load_workbook(BytesIO(octets))["Saisie"]
    cles, *rangees = classeur.iter_rows()
    colonnes = [c.value for c in cles]
    return next(r for r in rangees if r[0].value == cle)[colonnes.index(colonne)]


def test_a_corrected_form_holds_all_that_was_typed_and_asks(atelier: Atelier) -> None:
    (formulaire,) = correct(atelier, atelier.collect())
    assert (formulaire.organisme, formulaire.questions) == ("apo", 2)
    assert formulaire.chemin.name == "apo-2025-correction-1.xlsx"
    octets = formulaire.chemin.read_bytes()
    assert cell_of(octets, ECOLES).value == 12
    assert cell_of(octets, ECOLES, "commentaire").value == "dont deux privées"
    doute = cell_of(octets, LIVRES)
    assert doute.value == "entre dix et vingt"
    assert "« entre dix et vingt »" in doute.comment.text
    assert doute.fill.start_color.rgb != cell_of(octets, CLASSES).fill.start_color.rgb
    assert not doute.protection.locked


def test_its_first_sheet_lists_the_questions_and_leads_to_the_cells(atelier: Atelier) -> None:
    (formulaire,) = correct(atelier, atelier.collect())
    classeur = load_workbook(BytesIO(formulaire.chemin.read_bytes()))
    feuille = classeur.worksheets[0]
    assert (feuille.title, classeur.active.title) == ("À corriger", "À corriger")  # type: ignore[union-attr]
    liens = [str(c.hyperlink.location) for rangee in feuille for c in rangee if c.hyperlink]
    assert len(liens) == 2
    for lien in liens:
        nom, _, adresse = lien.partition("!")
        assert classeur[nom][adresse].comment is not None
    textes = {str(c.value) for rangee in feuille.iter_rows() for c in rangee if c.value}
    assert {"entre dix et vingt", "voir la facture"} <= textes
    assert any("apo.xlsx, feuille Saisie, cellule H" in texte for texte in textes)


def test_the_round_closes(atelier: Atelier) -> None:
    (formulaire,) = correct(atelier, atelier.collect())
    corrige = fill_form(
        formulaire.chemin.read_bytes(),
        {(LIVRES, ""): {"valeur": 15}, ("3.1", "depenses.realise"): {"reponse": 1200}},
    )
    atelier.drop(formulaire.chemin.name, corrige)
    collectes = atelier.collect()
    assert [a for c in collectes for a in c.erreurs] == []
    synthese = compute_synthese(require_dossier(atelier.racine), EXERCICE, "apo")
    assert synthese.valeurs[LIVRES].valeur.valeur == "15"
    assert synthese.valeurs[ECOLES].valeur.commentaire == "dont deux privées"
    assert synthese.recits["3.1"].declaration.faits_marquants == "Ouverture d'un lieu"
    assert correct(atelier, collectes) == []
    avant = atelier.tree()
    assert not any(c.nouveau for c in atelier.collect())
    assert atelier.tree() == avant


def test_sent_back_as_it_is_it_asks_the_same(atelier: Atelier) -> None:
    (formulaire,) = correct(atelier, atelier.collect())
    atelier.drop(formulaire.chemin.name, formulaire.chemin.read_bytes())
    collectes = atelier.collect()
    assert [(c.remplacee, len(c.erreurs)) for c in collectes] == [(False, 2), (True, 0)]
    (suivant,) = correct(atelier, collectes)
    assert (suivant.questions, suivant.chemin.name) == (2, "apo-2025-correction-2.xlsx")


def test_a_number_in_a_closed_cell_is_asked_in_the_value_cell(atelier: Atelier) -> None:
    saisies = {(ECOLES, ""): {"valeur": 12, "numerateur": 3}}
    atelier.drop("apo.xlsx", fill_form(atelier.form("apo"), saisies))
    (formulaire,) = correct(atelier, atelier.collect())
    doute = cell_of(formulaire.chemin.read_bytes(), ECOLES)
    assert doute.comment is not None
    assert "numerateur : 3" in str(doute.value)


def test_each_term_of_a_doubtful_rate_goes_back_to_its_own_cell(copie: Path) -> None:
    atelier = Atelier(copie)
    dossier = require_dossier(copie)
    taux = next(s for s in dossier.demandees(EXERCICE) if s.mesure.type is TypeMesure.TAUX)
    (organisme, *_) = taux.repondants
    tape: dict[str, str | int | float] = {"numerateur": 12, "denominateur": "une dizaine"}
    saisies = {(taux.cle, ""): tape}
    atelier.drop(f"{organisme}.xlsx", fill_form(atelier.form(organisme), saisies))
    (formulaire,) = correct(atelier, atelier.collect())
    octets = formulaire.chemin.read_bytes()
    assert cell_of(octets, taux.cle, "numerateur").value == 12
    assert cell_of(octets, taux.cle, "denominateur").value == "une dizaine"
    assert cell_of(octets, taux.cle).value is None


def test_a_term_alone_never_comes_back_as_points(copie: Path) -> None:
    atelier = Atelier(copie)
    dossier = require_dossier(copie)
    taux = next(s for s in dossier.demandees(EXERCICE) if s.mesure.type is TypeMesure.TAUX)
    (organisme, *_) = taux.repondants
    saisies: Saisies = {(taux.cle, ""): {"numerateur": 41}}
    atelier.drop(f"{organisme}.xlsx", fill_form(atelier.form(organisme), saisies))
    (formulaire,) = correct(atelier, atelier.collect())
    atelier.drop(formulaire.chemin.name, formulaire.chemin.read_bytes())
    corrige = next(c for c in atelier.collect() if c.fichier == formulaire.chemin.name)
    assert corrige.releve is not None
    assert corrige.releve.valeurs[taux.cle].etat == "a_verifier"
    assert cell_of(formulaire.chemin.read_bytes(), taux.cle, "numerateur").value == 41


def test_an_unknown_state_goes_back_to_its_own_cell(copie: Path) -> None:
    atelier = Atelier(copie)
    saisies: Saisies = {(ECOLES, ""): {"etat": "peut-être"}}
    atelier.drop("apo.xlsx", fill_form(atelier.form("apo"), saisies))
    (formulaire,) = correct(atelier, atelier.collect())
    octets = formulaire.chemin.read_bytes()
    assert cell_of(octets, ECOLES, "etat").value == "peut-être"
    assert cell_of(octets, ECOLES, "etat").comment is not None
    assert cell_of(octets, ECOLES).value is None


def test_personal_data_go_back_as_a_question_only(copie: Path) -> None:
    atelier = Atelier(copie)
    saisies: Saisies = {(ECOLES, ""): {"valeur": 12, "commentaire": "voir j.dupont@exemple.fr"}}
    atelier.drop("apo.xlsx", fill_form(atelier.form("apo"), saisies))
    (formulaire,) = correct(atelier, atelier.collect())
    classeur = load_workbook(BytesIO(formulaire.chemin.read_bytes()))
    textes = [str(c.value) for f in classeur for rangee in f for c in rangee if c.value]
    assert not any("dupont" in texte for texte in textes)
    assert cell_of(formulaire.chemin.read_bytes(), ECOLES).value == 12
    assert cell_of(formulaire.chemin.read_bytes(), ECOLES, "commentaire").comment is not None


def test_rows_that_are_not_taken_go_back_with_all_their_text(copie: Path) -> None:
    atelier = Atelier(copie)
    saisies: Saisies = {(ECOLES, ""): {"valeur": 12, "commentaire": "dont deux privées"}}
    classeur = load_workbook(BytesIO(fill_form(atelier.form("apo"), saisies)))
    feuille = classeur["Saisie"]
    ecoles = next(r for r in feuille.iter_rows() if r[0].value == ECOLES)
    feuille.append([c.value for c in ecoles[:7]] + [14, None, None, None, "sans les privées"])
    feuille.append([None, None, None, None, None, None, None, 77, None, None, None, "longue " * 30])
    tampon = BytesIO()
    classeur.save(tampon)
    atelier.drop("apo.xlsx", tampon.getvalue())
    (formulaire,) = correct(atelier, atelier.collect())
    premiere = load_workbook(BytesIO(formulaire.chemin.read_bytes())).worksheets[0]
    textes = "\n".join(str(c.value) for r in premiere.iter_rows() for c in r if c.value)
    for attendu in ("dont deux privées", "sans les privées", "valeur : 14", "longue " * 29):
        assert attendu in textes


def test_nothing_to_ask_writes_nothing(copie: Path) -> None:
    atelier = Atelier(copie)
    atelier.answer("apo", {ECOLES: 12})
    assert correct(atelier, atelier.collect()) == []
    assert not (copie / "a-renvoyer").exists()


def test_same_collect_same_bytes(atelier: Atelier) -> None:
    (premier,) = correct(atelier, atelier.collect())
    octets = premier.chemin.read_bytes()
    premier.chemin.unlink()
    (second,) = correct(atelier, atelier.collect())
    assert second.chemin.read_bytes() == octets


@pytest.mark.parametrize("suffixe", ["ods", "xls"])
def test_the_round_closes_from_another_format(copie: Path, suffixe: str) -> None:
    """A partner saves the form as .ods or .xls, with a doubt; the corrected .xlsx settles it."""
    atelier = Atelier(copie)
    recu = Path(__file__).parent / "corrections" / f"apo.{suffixe}"
    atelier.drop(recu.name, recu.read_bytes())
    (formulaire,) = correct(atelier, atelier.collect())
    octets = formulaire.chemin.read_bytes()
    assert cell_of(octets, LIVRES).value == "entre dix et vingt"
    assert cell_of(octets, ECOLES).value == 12
    atelier.drop(formulaire.chemin.name, fill_form(octets, {(LIVRES, ""): {"valeur": 15}}))
    assert [a for c in atelier.collect() for a in c.erreurs] == []
    synthese = compute_synthese(require_dossier(atelier.racine), EXERCICE, "apo")
    valeurs = {cle: d.valeur.valeur for cle, d in synthese.valeurs.items()}
    assert valeurs == {ECOLES: "12", LIVRES: "15"}


FREINS, REALISE, NOTIFIE = (
    ("3.1", "freins"),
    ("3.1", "depenses.realise"),
    ("3.1", "aides.ars.notifie"),
)


@pytest.mark.parametrize(
    ("saisies", "fusion"),
    [
        pytest.param({(ECOLES, ""): {"valeur": "12 ou 13"}}, "", id="not a number"),
        pytest.param({(ECOLES, ""): {"valeur": 12}}, "H12:H13", id="merged cells"),
        pytest.param({(ECOLES, ""): {"etat": "peut-être"}}, "", id="unknown state"),
        pytest.param({FREINS: {"reponse": "écrire à a.b@c.fr"}}, "", id="personal data, rubric"),
        pytest.param(
            {("3.1/satisfaction-parents/texte", ""): {"valeur": "a.b@c.fr"}}, "", id="text"
        ),
        pytest.param({REALISE: {"reponse": "voir la facture"}}, "", id="not an amount"),
    ],
)
def test_what_is_sent_back_untouched_is_asked_again_and_never_accepted(
    copie: Path, saisies: Saisies, fusion: str
) -> None:
    atelier = Atelier(copie)
    classeur = load_workbook(BytesIO(fill_form(atelier.form("apo"), saisies)))
    if fusion:
        classeur["Saisie"].merge_cells(fusion)
    tampon = BytesIO()
    classeur.save(tampon)
    atelier.drop("apo.xlsx", tampon.getvalue())
    premier = atelier.collect()
    (formulaire,) = correct(atelier, premier)
    atelier.drop(formulaire.chemin.name, formulaire.chemin.read_bytes())
    avant, apres = (c for c in sorted(atelier.collect(), key=lambda c: not c.remplacee))
    assert avant.remplacee
    assert len(apres.erreurs) == len(premier[0].erreurs)
    assert apres.releve is not None
    doutes = [v.etat for v in apres.releve.valeurs.values()]
    assert set(doutes) <= {"a_verifier"}
    rubriques = [f for f in apres.releve.fiches.values() if f.cellules]
    assert rubriques == []


def test_a_comment_says_that_an_asked_answer_is_right(copie: Path) -> None:
    atelier = Atelier(copie)
    classeur = load_workbook(
        BytesIO(fill_form(atelier.form("apo"), {(ECOLES, ""): {"valeur": 12}}))
    )
    classeur["Saisie"].merge_cells("H12:H13")
    tampon = BytesIO()
    classeur.save(tampon)
    atelier.drop("apo.xlsx", tampon.getvalue())
    (formulaire,) = correct(atelier, atelier.collect())
    saisies: Saisies = {
        (ECOLES, ""): {"commentaire": "bien 12 écoles"},
        (CLASSES, ""): {"valeur": 30},
    }
    atelier.drop(formulaire.chemin.name, fill_form(formulaire.chemin.read_bytes(), saisies))
    assert [a for c in atelier.collect() for a in c.erreurs] == []
    synthese = compute_synthese(require_dossier(atelier.racine), EXERCICE, "apo")
    assert {c: d.valeur.valeur for c, d in synthese.valeurs.items()} == {
        ECOLES: "12",
        CLASSES: "30",
    }


def test_two_texts_left_side_by_side_are_no_answer(copie: Path) -> None:
    atelier = Atelier(copie)
    vierge = atelier.form("apo")
    for nom, freins in (("a.xlsx", "local fermé"), ("b.xlsx", "agent absent")):
        atelier.drop(nom, fill_form(vierge, {FREINS: {"reponse": freins}}))
    (formulaire,) = correct(atelier, atelier.collect())
    atelier.drop(formulaire.chemin.name, formulaire.chemin.read_bytes())
    (question,) = (a for c in atelier.collect() for a in c.erreurs)
    assert question.code == "SAI035"
    recit = compute_synthese(require_dossier(copie), EXERCICE, "apo").recits["3.1"].declaration
    assert recit.freins == ""
    assert set(recit.a_verifier["freins"].saisi.split(" | ")) == {"local fermé", "agent absent"}


def test_absences_and_aids_go_back_and_come_back(copie: Path) -> None:
    atelier = Atelier(copie)
    saisies: Saisies = {
        REALISE: {"reponse": "sans objet"},
        NOTIFIE: {"reponse": 4500},
        (LIVRES, ""): {"valeur": "entre dix et vingt"},
    }
    atelier.drop("apo.xlsx", fill_form(atelier.form("apo"), saisies))
    (formulaire,) = correct(atelier, atelier.collect())
    corrige = fill_form(formulaire.chemin.read_bytes(), {(LIVRES, ""): {"valeur": 15}})
    atelier.drop(formulaire.chemin.name, corrige)
    atelier.collect()
    recit = compute_synthese(require_dossier(copie), EXERCICE, "apo").recits["3.1"].declaration
    assert recit.absents == {"depenses.realise": "sans_objet"}
    assert [aide.notifie for aide in recit.aides] == [4500]


def test_rows_lost_in_a_replaced_return_are_asked_no_more(copie: Path) -> None:
    atelier = Atelier(copie)
    classeur = load_workbook(BytesIO(atelier.form("apo")))
    classeur["Saisie"].append([*[None] * 7, 77])
    tampon = BytesIO()
    classeur.save(tampon)
    atelier.drop("apo.xlsx", tampon.getvalue())
    (formulaire,) = correct(atelier, atelier.collect())
    corrige = fill_form(formulaire.chemin.read_bytes(), {(ECOLES, ""): {"valeur": 77}})
    atelier.drop(formulaire.chemin.name, corrige)
    assert correct(atelier, atelier.collect()) == []


def test_the_place_of_a_comment_shows_its_own_text(copie: Path) -> None:
    atelier = Atelier(copie)
    saisies: Saisies = {(ECOLES, ""): {"valeur": 12, "commentaire": "06 12 34 56 78"}}
    atelier.drop("apo.xlsx", fill_form(atelier.form("apo"), saisies))
    (formulaire,) = correct(atelier, atelier.collect())
    premiere = load_workbook(BytesIO(formulaire.chemin.read_bytes())).worksheets[0]
    assert "12" not in {str(c.value) for rangee in premiere.iter_rows() for c in rangee}

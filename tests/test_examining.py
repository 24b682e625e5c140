"""From returned examinations to data/observations: nothing guessed, nothing lost, nothing twice."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from clsmon.analysis.cahiers import compute_cahier
from clsmon.demonstration.partner import fill_form
from clsmon.model.anomalie import Gravite, MauvaisUsageError
from clsmon.model.collecte import Collecte, Genre
from clsmon.model.dossier import Dossier
from clsmon.model.observation import Avis, Examen
from clsmon.opening import require_dossier
from clsmon.preparing import prepare_corrected_cahiers
from clsmon.rules import check
from clsmon.settling import record, withdraw
from tests.conftest import copy_dijon
from tests.libreoffice import convert, soffice
from tests.returns import EXERCICE, Atelier, edit_machine

ECOLES, CLASSES, LIVRES = (
    "3.1/ecoles-classes/ecoles",
    "3.1/ecoles-classes/classes",
    "3.1/livres/livres",
)
TAUX = "2.3/accompagnements/taux-occupation"
Rows = dict[tuple[str, str], dict[str, str | int | float | None]]

POURQUOI: dict[str, str | int | float | None] = {
    "motif": "Deux écoles de plus",
    "source": "Convention de mars",
}
CONTESTEE: Rows = {(ECOLES, ""): {"valeur_proposee": 14, **POURQUOI}}
ACCORD: Rows = {("3.1", "observation"): {"avis": "accord"}}


@pytest.fixture(scope="module")
def repondu(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Dijon contract; the APO and the EMAS have answered."""
    atelier = Atelier(copy_dijon(tmp_path_factory.mktemp("repondu")))
    atelier.answer("apo", {ECOLES: 12, CLASSES: 9, LIVRES: 400})
    rate: Rows = {(TAUX, ""): {"numerateur": 22, "denominateur": 41}}
    atelier.drop("emas.xlsx", fill_form(atelier.form("emas"), rate))
    atelier.collect()
    for fichier in atelier.retours.iterdir():
        fichier.unlink()
    return atelier.racine


@pytest.fixture
def atelier(repondu: Path, tmp_path: Path) -> Atelier:
    """A copy of it to change."""
    return Atelier(Path(shutil.copytree(repondu, tmp_path / "dossier")))


def told(collecte: Collecte) -> list[str]:
    """The codes of what is more than an information."""
    return [a.code for a in collecte.anomalies if a.gravite is not Gravite.INFO]


def collected(atelier: Atelier) -> tuple[Collecte, Examen]:
    (collecte,) = atelier.collect()
    assert collecte.genre is Genre.EXAMEN
    assert collecte.examen is not None
    return collecte, collecte.examen


def edited(octets: bytes, edit: Callable[[Any], None]) -> bytes:
    classeur = load_workbook(BytesIO(octets))
    edit(classeur)
    tampon = BytesIO()
    classeur.save(tampon)
    return tampon.getvalue()


def test_what_is_typed_is_recorded_with_its_cell_and_what_was_shown(atelier: Atelier) -> None:
    rate: Rows = {(TAUX, ""): {"numerateur": 30, "denominateur": 41, **POURQUOI}}
    chemin = atelier.examine("ars", CONTESTEE | rate | ACCORD)
    collecte, examen = collected(atelier)
    assert (told(collecte), collecte.nouveau) == ([], True)
    feuille = load_workbook(chemin)["Chiffres"]
    contestation = examen.mesures[ECOLES]
    assert (contestation.valeur_proposee, contestation.valeur_declaree) == ("14", "12")
    assert (contestation.organisme_declarant, contestation.motif) == ("apo", POURQUOI["motif"])
    assert feuille[contestation.cellule.partition("!")[2]].value == 14
    taux = examen.mesures[TAUX]
    assert (taux.numerateur, taux.valeur_declaree) == (Decimal(30), "22/41")
    assert examen.fiches["3.1"].avis is Avis.ACCORD
    relu = require_dossier(atelier.racine).examens[collecte.nom]
    assert relu == examen
    assert collecte.destination == f"data/observations/{EXERCICE}/{collecte.nom}.yaml"


def test_nothing_declared_is_touched(atelier: Atelier) -> None:
    avant = {c: o for c, o in atelier.tree().items() if c.startswith("data/suivi")}
    atelier.examine("ars", CONTESTEE)
    atelier.collect()
    assert {c: o for c, o in atelier.tree().items() if c.startswith("data/suivi")} == avant


def test_second_collect_changes_no_byte(atelier: Atelier) -> None:
    seule: Rows = {(LIVRES, ""): {"valeur_proposee": 300}}
    atelier.examine("ars", CONTESTEE | seule)
    premiere, _ = collected(atelier)
    avant = atelier.tree()
    seconde, _ = collected(atelier)
    assert (seconde.nouveau, seconde.nom) == (False, premiere.nom)
    assert told(seconde) == told(premiere) == ["SAI040", "SAI041"]
    assert atelier.tree() == avant


def test_without_writing_no_file_changes(atelier: Atelier) -> None:
    atelier.examine("ars", CONTESTEE)
    avant = atelier.tree()
    (collecte,) = atelier.collect(ecrire=False)
    assert (collecte.nouveau, atelier.tree()) == (True, avant)


def test_a_new_return_replaces_the_one_it_comes_from(atelier: Atelier) -> None:
    atelier.examine("ars", CONTESTEE | ACCORD)
    premier, _ = collected(atelier)
    corrige: Rows = {
        (ECOLES, ""): {"valeur_proposee": None, "motif": None, "source": None},
        (CLASSES, ""): {"valeur_proposee": 10, **POURQUOI},
    }
    atelier.examine("ars", corrige, "examen-ars-2.xlsx")
    collectes = {c.fichier: c for c in atelier.collect()}
    second = collectes["examen-ars-2.xlsx"].examen
    assert second is not None
    assert second.remplace == (premier.nom,)
    assert set(second.mesures) == {CLASSES}
    assert second.fiches["3.1"].avis is Avis.ACCORD
    assert collectes["examen-ars.xlsx"].remplacee
    assert require_dossier(atelier.racine).examens[premier.nom].mesures.keys() == {ECOLES}


def test_a_return_that_lost_a_prefilled_row_replaces_nothing(atelier: Atelier) -> None:
    atelier.examine("ars", CONTESTEE)
    collected(atelier)

    def lose(classeur: Any) -> None:
        feuille = classeur["Chiffres"]
        rangee = next(c.row for c in feuille["A"] if c.value == ECOLES)
        feuille.delete_rows(rangee)

    atelier.drop("second.xlsx", edited(atelier.cahier("ars"), lose))
    second = {c.fichier: c for c in atelier.collect()}["second.xlsx"]
    assert second.examen is not None
    assert second.examen.remplace == ()
    assert "FOR019" in told(second)


def swap_columns(classeur: Any) -> None:
    """The whole columns of the motif and of the source exchanged, headings and keys included."""
    feuille = classeur["Chiffres"]
    motif, source = (
        next(c.column for c in feuille[1] if c.value == cle) for cle in ("motif", "source")
    )
    for rangee in range(1, feuille.max_row + 1):
        a, b = feuille.cell(rangee, motif), feuille.cell(rangee, source)
        a.value, b.value = b.value, a.value


def sort_rows(classeur: Any) -> None:
    feuille = classeur["Chiffres"]
    contenus = [[c.value for c in ligne] for ligne in feuille.iter_rows(min_row=3)]
    for rang, ligne in enumerate(sorted(contenus, key=str, reverse=True), start=3):
        for colonne, valeur in enumerate(ligne, start=1):
            feuille.cell(rang, colonne).value = valeur


def rename_sheets(classeur: Any) -> None:
    classeur["Chiffres"].title = "Mes chiffres"
    classeur["Fiches"].title = "Mes avis"


def insert_rows_and_columns(classeur: Any) -> None:
    classeur["Chiffres"].insert_rows(5)
    classeur["Fiches"].insert_cols(3)


@pytest.mark.parametrize(
    "geste",
    [
        pytest.param(sort_rows, id="lignes triées"),
        pytest.param(rename_sheets, id="feuilles renommées"),
        pytest.param(swap_columns, id="colonnes déplacées"),
        pytest.param(insert_rows_and_columns, id="ligne et colonne insérées"),
    ],
)
def test_rows_are_found_by_their_keys(atelier: Atelier, geste: Callable[[Any], None]) -> None:
    rempli = fill_form(atelier.cahier("ars"), CONTESTEE | ACCORD)
    atelier.drop("examen.xlsx", edited(rempli, geste))
    collecte, examen = collected(atelier)
    assert told(collecte) == []
    contestation = examen.mesures[ECOLES]
    assert contestation.valeur_proposee == "14"
    assert (contestation.motif, contestation.source) == tuple(POURQUOI.values())
    assert examen.fiches["3.1"].avis is Avis.ACCORD


def test_sorted_without_its_keys_nothing_is_taken(atelier: Atelier) -> None:
    def sort_visible(classeur: Any) -> None:
        feuille = classeur["Chiffres"]
        lignes = [r for r in range(3, feuille.max_row + 1) if feuille.cell(r, 1).value]
        contenus = [[c.value for c in feuille[r]][1:] for r in lignes]
        for rangee, ligne in zip(lignes, reversed(contenus), strict=True):
            for colonne, valeur in enumerate(ligne, start=2):
                feuille.cell(rangee, colonne).value = valeur

    rempli = fill_form(atelier.cahier("ars"), CONTESTEE)
    atelier.drop("examen.xlsx", edited(rempli, sort_visible))
    collecte, examen = collected(atelier)
    assert examen.mesures == {}
    assert "FOR022" in told(collecte)


def test_a_copied_sheet_gives_nothing_twice(atelier: Atelier) -> None:
    rempli = fill_form(atelier.cahier("ars"), CONTESTEE)
    atelier.drop("examen.xlsx", edited(rempli, lambda c: c.copy_worksheet(c["Chiffres"])))
    collecte, examen = collected(atelier)
    assert examen.mesures == {}
    assert "FOR010" in told(collecte)


def test_the_notice_is_no_lost_sheet(atelier: Atelier) -> None:
    atelier.drop("examen.xlsx", atelier.cahier("ars"))
    collecte, _ = collected(atelier)
    assert told(collecte) == ["FOR021"]


@pytest.mark.parametrize(
    ("cle", "valeur", "code"),
    [
        pytest.param("organisme", "apo", "FOR040", id="pas signataire"),
        pytest.param("organisme", "cpam", "FOR030", id="le cahier d’un autre"),
        pytest.param("organisme", "inconnu", "FOR015", id="inconnu"),
        pytest.param("contrat", "Un autre contrat", "FOR014", id="un autre contrat"),
        pytest.param("exercice", "2024", "FOR016", id="un autre exercice"),
        pytest.param("fictif", "oui", "FOR020", id="fictif parmi les réels"),
        pytest.param("genre", "sondage", "FOR025", id="un autre genre"),
    ],
)
def test_a_workbook_that_is_not_from_here_is_refused(
    atelier: Atelier, cle: str, valeur: str, code: str
) -> None:
    rempli = fill_form(atelier.cahier("ars"), CONTESTEE)
    atelier.drop("examen.xlsx", edit_machine(rempli, cle, valeur))
    (collecte,) = atelier.collect()
    assert collecte.refusee
    assert told(collecte) == [code]
    assert require_dossier(atelier.racine).examens == {}


def test_a_declared_value_that_changed_since_is_told(atelier: Atelier) -> None:
    rempli = fill_form(atelier.cahier("ars"), CONTESTEE)
    atelier.answer("apo", {ECOLES: 13}, "apo-2.xlsx")
    atelier.collect()
    atelier.drop("examen-ars.xlsx", rempli)
    collecte = {c.fichier: c for c in atelier.collect()}["examen-ars.xlsx"]
    assert told(collecte) == ["SAI047"]
    assert "« 12 » puis « 13 »" in collecte.anomalies[0].message
    assert collecte.examen is not None
    assert collecte.examen.mesures[ECOLES].valeur_declaree == "12"


def test_after_the_adoption_a_cahier_is_kept_and_it_is_said(atelier: Atelier) -> None:
    seances = atelier.racine / "data" / "seances"
    seances.mkdir(exist_ok=True)
    (seances / "2026-05-12-copil.yaml").write_text(
        "instance: copil\ndate: 2026-05-12\netat: tenue\nexercice: 2025\n"
        "decisions: [{id: D1, nature: adoption_bilan, texte: Adopté}]\n",
        encoding="utf-8",
    )
    atelier.drop("ars.xlsx", fill_form(atelier.cahier("ars"), CONTESTEE))
    collecte, examen = collected(atelier)
    assert examen.mesures[ECOLES].conteste
    assert told(collecte) == ["SEA069"]
    assert "(décision 2026-05-12-copil/D1)" in collecte.anomalies[0].message


def test_two_workbooks_that_disagree_are_a_question(atelier: Atelier) -> None:
    vierge = atelier.cahier("ars")
    atelier.drop("a.xlsx", fill_form(vierge, CONTESTEE))
    autre: Rows = {(ECOLES, ""): {"valeur_proposee": 15, **POURQUOI}}
    atelier.drop("b.xlsx", fill_form(vierge, autre))
    premiere, seconde = atelier.collect()
    assert (told(premiere), told(seconde)) == ([], ["SAI048"])
    assert {premiere.nom, seconde.nom} <= set(seconde.anomalies[0].message.split()) | {
        mot.strip(",") for mot in seconde.anomalies[0].message.split()
    }


def test_a_line_left_as_it_was_is_asked_again(atelier: Atelier) -> None:
    def hide(classeur: Any) -> None:
        feuille = classeur["Chiffres"]
        cellule = next(c for ligne in feuille.iter_rows() for c in ligne if c.value == 14)
        cellule.number_format = '"ND"'

    atelier.drop("a.xlsx", edited(fill_form(atelier.cahier("ars"), CONTESTEE), hide))
    premiere, examen = collected(atelier)
    assert told(premiere) == ["SAI022"]
    assert not examen.mesures[ECOLES].conteste
    (atelier.retours / "a.xlsx").unlink()
    atelier.drop("b.xlsx", atelier.cahier("ars"))
    seconde, encore = collected(atelier)
    assert told(seconde) == ["SAI035"]
    assert not encore.mesures[ECOLES].conteste


def test_a_corrected_workbook_holds_all_and_closes_the_question(
    atelier: Atelier, tmp_path: Path
) -> None:
    seule: Rows = {(ECOLES, ""): {"valeur_proposee": 14}}
    atelier.examine("ars", ACCORD | seule)
    collectes = atelier.collect()
    assert told(collectes[0]) == ["SAI040", "SAI041"]
    dossier = require_dossier(atelier.racine)
    (corrige,) = prepare_corrected_cahiers(dossier, collectes, tmp_path)
    assert (corrige.organisme, corrige.questions) == ("ars", 2)
    assert load_workbook(corrige.chemin).sheetnames[0] == "À corriger"
    complete: Rows = {(ECOLES, ""): dict(POURQUOI)}
    atelier.drop(corrige.chemin.name, fill_form(corrige.chemin.read_bytes(), complete))
    repris = {c.fichier: c for c in atelier.collect()}[corrige.chemin.name]
    assert told(repris) == []
    assert repris.examen is not None
    assert repris.examen.mesures[ECOLES].valeur_proposee == "14"
    assert repris.examen.fiches["3.1"].avis is Avis.ACCORD
    assert repris.examen.remplace == (collectes[0].nom,)


def test_a_withdrawn_examination_contests_no_more_and_is_not_read_again(atelier: Atelier) -> None:
    atelier.examine("ars", CONTESTEE)
    premier, _ = collected(atelier)
    dossier = require_dossier(atelier.racine)
    retrait = withdraw(dossier, premier.nom, "envoyé par erreur")
    assert isinstance(retrait, Examen)
    nom = record(dossier, retrait)
    relu = require_dossier(atelier.racine)
    with pytest.raises(MauvaisUsageError, match="déjà remplacé ou retiré"):
        withdraw(relu, premier.nom, "encore")
    assert relu.examens[nom].remplace == (premier.nom,)
    assert compute_cahier(relu, EXERCICE, "ars").chiffres[0].reponse is None
    assert check_errors(relu) == []
    avant = atelier.tree()
    collecte, examen = collected(atelier)
    assert (collecte.retiree, collecte.nouveau, examen.mesures) == (True, False, {})
    assert atelier.tree() == avant


def check_errors(dossier: Dossier) -> list[str]:
    return [a.code for a in check(dossier) if a.gravite is Gravite.ERREUR]


def test_personal_data_never_enter_the_dossier(atelier: Atelier) -> None:
    atelier.examine(
        "ars", {("3.1", "observation"): {"avis": "remarque", "texte": "voir 06 12 34 56 78"}}
    )
    collecte, examen = collected(atelier)
    assert told(collecte) == ["SAI027"]
    assert examen.fiches["3.1"].texte == ""
    ecrit = (atelier.racine / collecte.destination).read_text(encoding="utf-8")
    assert "06 12" not in ecrit


def test_forms_and_examinations_are_collected_together(atelier: Atelier) -> None:
    atelier.examine("ars", CONTESTEE)
    atelier.answer("cpam", {})
    genres = {c.fichier: c.genre for c in atelier.collect()}
    assert genres == {"examen-ars.xlsx": Genre.EXAMEN, "cpam.xlsx": Genre.FORMULAIRE}


@pytest.mark.campagne
@pytest.mark.skipif(soffice() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffixe", ["ods", "xls", "xlsx"])
def test_the_same_examination_comes_back_from_libreoffice(atelier: Atelier, suffixe: str) -> None:
    rate: Rows = {(TAUX, ""): {"numerateur": 30, "denominateur": 41, **POURQUOI}}
    avis: Rows = {
        ("3.1", "observation"): {"avis": "désaccord", "texte": "Non :\nvoir la convention"}
    }
    rempli = fill_form(atelier.cahier("ars"), CONTESTEE | rate | avis)
    atelier.drop("examen.xlsx", rempli)
    _, attendu = collected(atelier)
    (atelier.racine / f"data/observations/{EXERCICE}").rename(atelier.racine / "ailleurs")
    (atelier.retours / "examen.xlsx").unlink()
    atelier.drop(f"examen.{suffixe}", convert(rempli, suffixe))
    collecte, examen = collected(atelier)
    assert told(collecte) == []
    assert (examen.fiches, examen.mesures) == (attendu.fiches, attendu.mesures)

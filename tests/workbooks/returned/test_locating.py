"""A real form, changed as partners do: each answer stays with its measure, or is told."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from clsmon.analysis.questionnaire import compute_questionnaire
from clsmon.model.anomalie import Gravite
from clsmon.model.dossier import Dossier
from clsmon.workbooks.form.workbook import render_form
from clsmon.workbooks.reader.cells import read_workbook
from clsmon.workbooks.reader.refusal import ClasseurRefuse
from clsmon.workbooks.returned.identity import identify
from clsmon.workbooks.returned.locating import Retour, read_return

ECOLES, LIVRES = "3.1/ecoles-classes/ecoles", "3.1/livres/livres"
FAITS = ("3.1", "faits_marquants")
VALEUR, COMMENTAIRE, PREUVE = 8, 12, 13
"""The columns of « Saisie », from 1, where the tests type."""
REPONSE = 5


@pytest.fixture(scope="module")
def formulaire(dijon: Dossier) -> bytes:
    """The form of the APO for 2025: eleven measures and one fiche."""
    return render_form(compute_questionnaire(dijon, 2025, "apo"))


@pytest.fixture
def classeur(formulaire: bytes) -> Workbook:
    """The form, opened by a partner who answers two measures and one rubrique."""
    ouvert = load_workbook(BytesIO(formulaire))
    saisie = ouvert["Saisie"]
    saisie.cell(row_of(saisie, ECOLES), VALEUR).value = 12
    saisie.cell(row_of(saisie, LIVRES), VALEUR).value = 340
    saisie.cell(row_of(saisie, LIVRES), COMMENTAIRE).value = "deux livraisons"
    fiches = ouvert["Fiches"]
    fiches.cell(row_of(fiches, FAITS[1], colonne=2), REPONSE).value = "Trois crèches de plus"
    return ouvert


def row_of(feuille: Worksheet, cle: str, colonne: int = 1) -> int:
    (rangees,) = feuille.iter_cols(min_col=colonne, max_col=colonne)
    return next(cellule.row for cellule in rangees if cellule.value == cle)


def sent(classeur: Workbook) -> Retour:
    tampon = BytesIO()
    classeur.save(tampon)
    return opened(tampon.getvalue())


def opened(octets: bytes, fichier: str = "apo.xlsx") -> Retour:
    lu = read_workbook(octets)
    return read_return(lu, identify(lu), fichier)


def answers(retour: Retour) -> dict[str, tuple[str, str]]:
    """What was typed, by measure: the value and the comment."""
    return {
        cle: (ligne.text("valeur"), ligne.text("commentaire"))
        for cle, ligne in retour.mesures.items()
        if ligne.cell("valeur") or ligne.cell("commentaire")
    }


def told(retour: Retour) -> list[tuple[str, str, str]]:
    return [(a.code, a.lieu.feuille, a.lieu.cellule) for a in retour.anomalies]


ATTENDUES = {ECOLES: ("12", ""), LIVRES: ("340", "deux livraisons")}


def test_identity_and_answers(classeur: Workbook, dijon: Dossier) -> None:
    retour = sent(classeur)
    assert (retour.contrat, retour.exercice, retour.organisme) == (
        dijon.contrat.titre,
        2025,
        "apo",
    )
    assert (retour.base, retour.fictif, len(retour.empreinte)) == ((), False, 16)
    assert set(retour.mesures) == {s.cle for s in dijon.demandees(2025, "apo")}
    assert retour.definitions.keys() == retour.mesures.keys()
    assert retour.definitions[ECOLES] == ("nombre", "écoles", "Écoles concernées")
    assert answers(retour) == ATTENDUES
    assert retour.mesures[ECOLES].reference("valeur") == "Saisie!H12"
    assert retour.fiches[FAITS].text("reponse") == "Trois crèches de plus"
    assert retour.fiches[FAITS].reference("reponse") == "Fiches!E7"
    assert retour.anomalies == []


def sort_rows(classeur: Workbook) -> None:
    saisie = classeur["Saisie"]
    rangees = [[c.value for c in rangee] for rangee in saisie.iter_rows(min_row=2)]
    rangees.sort(key=lambda valeurs: str(valeurs[2]), reverse=True)
    for rang, valeurs in enumerate(rangees, start=2):
        for colonne, valeur in enumerate(valeurs, start=1):
            saisie.cell(rang, colonne).value = valeur


def insert_rows(classeur: Workbook) -> None:
    classeur["Saisie"].insert_rows(1, 3)
    classeur["Saisie"]["C1"] = "Reçu le 3 mars, à relire"
    classeur["Saisie"].insert_rows(9)
    classeur["Fiches"].insert_rows(6)


def insert_columns(classeur: Workbook) -> None:
    classeur["Saisie"].insert_cols(1)
    classeur["Saisie"].insert_cols(9, 2)
    classeur["Saisie"]["I12"] = "notre calcul"
    classeur["Fiches"].insert_cols(4)


def rename_sheets(classeur: Workbook) -> None:
    classeur["Saisie"].title = "Réponses APO"
    classeur["Fiches"].title = "Récit"
    classeur["_clsmon"].title = "Feuil3"


def hide_columns(classeur: Workbook) -> None:
    for lettre in "CDEH":
        classeur["Saisie"].column_dimensions[lettre].hidden = True


def reorder_sheets(classeur: Workbook) -> None:
    classeur.move_sheet("Fiches", offset=-2)


def paste_over_everything(classeur: Workbook) -> None:
    saisie = classeur["Saisie"]
    saisie.data_validations.dataValidation = []
    saisie.protection.sheet = False
    for rangee in saisie.iter_rows(min_row=3):
        for cellule in rangee[1:6]:
            cellule.value = "collé"


@pytest.mark.parametrize(
    "change",
    [
        sort_rows,
        insert_rows,
        insert_columns,
        rename_sheets,
        hide_columns,
        reorder_sheets,
        paste_over_everything,
    ],
)
def test_answers_stay_with_their_measure(
    classeur: Workbook, change: Callable[[Workbook], None]
) -> None:
    avant = set(sent(classeur).mesures)
    change(classeur)
    retour = sent(classeur)
    assert answers(retour) == ATTENDUES
    assert set(retour.mesures) == avant
    assert retour.fiches[FAITS].text("reponse") == "Trois crèches de plus"
    dehors = [("FOR032", "Saisie", "I12")] if change is insert_columns else []
    assert told(retour) == dehors


def test_moved_answers_name_the_cell_where_they_are(classeur: Workbook) -> None:
    insert_rows(classeur)
    insert_columns(classeur)
    rename_sheets(classeur)
    assert sent(classeur).mesures[ECOLES].reference("valeur") == "Réponses APO!K16"


def test_deleted_row_is_no_longer_there(classeur: Workbook) -> None:
    saisie = classeur["Saisie"]
    saisie.delete_rows(row_of(saisie, ECOLES))
    retour = sent(classeur)
    assert ECOLES not in retour.mesures
    assert ECOLES in retour.definitions
    assert answers(retour) == {LIVRES: ATTENDUES[LIVRES]}


def test_nothing_is_taken_from_a_duplicated_sheet(classeur: Workbook) -> None:
    copie = classeur.copy_worksheet(classeur["Saisie"])
    copie.cell(row_of(copie, ECOLES), VALEUR).value = 99
    retour = sent(classeur)
    assert retour.mesures == {}
    assert (ECOLES, "") in retour.ecartees
    assert {code for code, _, _ in told(retour)} == {"FOR010"}
    assert retour.fiches[FAITS].text("reponse") == "Trois crèches de plus"


def test_nothing_is_taken_from_a_key_that_appears_twice(classeur: Workbook) -> None:
    saisie = classeur["Saisie"]
    rang, fin = row_of(saisie, ECOLES), saisie.max_row + 1
    for colonne in range(1, 14):
        saisie.cell(fin, colonne).value = saisie.cell(rang, colonne).value
    retour = sent(classeur)
    assert answers(retour) == {LIVRES: ATTENDUES[LIVRES]}
    assert retour.ecartees == {(ECOLES, "")}
    assert told(retour) == [("FOR010", "Saisie", f"A{fin}")]
    assert retour.anomalies[0].message == (
        f"« {ECOLES} » figure 2 fois (Saisie!A{rang}, Saisie!A{fin}) : rien n'en est enregistré"
    )


def test_answer_on_a_row_without_key_is_set_aside(classeur: Workbook) -> None:
    saisie = classeur["Saisie"]
    saisie.cell(row_of(saisie, ECOLES), 1).value = None
    retour = sent(classeur)
    assert ECOLES not in retour.mesures
    (ligne,) = retour.sans_cle
    assert (ligne.text("valeur"), ligne.reference("valeur")) == ("12", "Saisie!H12")


def test_note_outside_the_input_columns_is_ignored(classeur: Workbook) -> None:
    classeur["Saisie"]["C40"] = "Total"
    assert sent(classeur).anomalies == []


@pytest.mark.parametrize(
    ("feuille", "colonne", "titre"),
    [
        pytest.param("Saisie", VALEUR, "Valeur 2025", id="valeur"),
        pytest.param("Saisie", PREUVE, "Source ou preuve", id="preuve"),
    ],
)
def test_deleted_column_is_told(classeur: Workbook, feuille: str, colonne: int, titre: str) -> None:
    classeur[feuille].delete_cols(colonne)
    (anomalie,) = sent(classeur).anomalies
    assert (anomalie.code, anomalie.lieu.feuille) == ("FOR013", feuille)
    assert anomalie.message == (f"la colonne « {titre} » a été supprimée ; ses réponses manquent")


def test_column_copied_beside_itself_is_not_read(classeur: Workbook) -> None:
    saisie = classeur["Saisie"]
    for rangee in range(1, saisie.max_row + 1):
        saisie.cell(rangee, 14).value = saisie.cell(rangee, VALEUR).value
    retour = sent(classeur)
    assert answers(retour) == {LIVRES: ("", "deux livraisons")}
    assert told(retour) == [("FOR013", "Saisie", "N1")]
    assert "« Valeur 2025 » figure deux fois" in retour.anomalies[0].message


@pytest.mark.parametrize(
    ("feuille", "constat"),
    [
        ("Saisie", "la feuille de saisie des mesures manque"),
        ("Fiches", "la feuille du récit des fiches manque"),
    ],
)
def test_deleted_sheet_is_told(classeur: Workbook, feuille: str, constat: str) -> None:
    del classeur[feuille]
    retour = sent(classeur)
    assert [(a.code, a.message) for a in retour.anomalies] == [("FOR013", constat)]


def test_deleted_answers_of_the_fiches_are_told(classeur: Workbook) -> None:
    classeur["Fiches"].delete_cols(REPONSE)
    assert [a.message for a in sent(classeur).anomalies] == [
        "la colonne « Votre réponse » a été supprimée ; ses réponses manquent"
    ]


def test_form_without_its_identity_is_refused(classeur: Workbook) -> None:
    del classeur["_clsmon"]
    with pytest.raises(ClasseurRefuse) as refus:
        sent(classeur)
    assert refus.value.code == "FOR009"
    assert refus.value.message == (
        "ce classeur n'est pas un formulaire de clsmon : sa feuille d'identité manque."
    )
    assert "clsmon forms" in refus.value.conseil


@pytest.mark.parametrize("annee", ["²", "٢٠٢٥", "2025.5", "12025", "deux mille"])
def test_identity_without_a_plain_year_is_refused(classeur: Workbook, annee: str) -> None:
    classeur["_clsmon"]["B2"] = annee
    with pytest.raises(ClasseurRefuse) as refus:
        sent(classeur)
    assert refus.value.code == "FOR009"


def test_year_retyped_as_a_number_is_the_same_year(classeur: Workbook) -> None:
    classeur["_clsmon"]["B2"] = 2025
    assert sent(classeur).exercice == 2025


def test_base_names_the_replaced_releves(classeur: Workbook) -> None:
    classeur["_clsmon"]["B6"] = "apo-1a2b3c4d apo-5e6f7a8b"
    assert sent(classeur).base == ("apo-1a2b3c4d", "apo-5e6f7a8b")


def test_label_that_looks_like_a_heading_hides_no_definition(classeur: Workbook) -> None:
    machine = classeur["_clsmon"]
    machine.cell(row_of(machine, LIVRES), 4).value = "unite"
    retour = sent(classeur)
    assert retour.definitions[ECOLES] == ("nombre", "écoles", "Écoles concernées")
    assert retour.definitions[LIVRES].libelle == "unite"


def test_blank_text_is_blank(classeur: Workbook) -> None:
    saisie = classeur["Saisie"]
    saisie.cell(row_of(saisie, ECOLES), VALEUR).value = " \u00a0 "
    assert answers(sent(classeur)) == {LIVRES: ATTENDUES[LIVRES]}


def test_percent_format_is_seen(classeur: Workbook) -> None:
    saisie = classeur["Saisie"]
    cellule = saisie.cell(row_of(saisie, ECOLES), VALEUR)
    cellule.value, cellule.number_format = 0.8, "0%"
    lue = sent(classeur).mesures[ECOLES].cell("valeur")
    assert lue is not None
    assert (lue.texte, lue.pourcentage) == ("0.8", True)


@pytest.mark.parametrize(
    ("aspect", "pourcentage"),
    [
        ("0%", True),
        ("0.00%", True),
        ("0.0 %", True),
        ("# ##0,0\\ %;-0.0%", True),
        ('0 "%"', False),
        ("0\\%", False),
        ("General", False),
        ("#,##0", False),
    ],
)
def test_percent_between_quotes_multiplies_nothing(aspect: str, pourcentage: bool) -> None:
    ouvert = Workbook()
    feuille = ouvert.worksheets[0]
    feuille["A1"], feuille["A1"].number_format = 0.8, aspect
    tampon = BytesIO()
    ouvert.save(tampon)
    lu = read_workbook(tampon.getvalue())
    assert lu.feuilles[0].cellules[1, 1].pourcentage is pourcentage


def test_rows_above_the_machine_keys_are_read_too(classeur: Workbook) -> None:
    saisie = classeur["Saisie"]
    saisie.append([cellule.value for cellule in saisie[1]])
    saisie.delete_rows(1)
    tampon = BytesIO()
    classeur.save(tampon)
    retour = opened(tampon.getvalue())
    assert retour.mesures[ECOLES].text("valeur") == "12"
    assert retour.mesures[LIVRES].text("valeur") == "340"


def test_macros_are_not_run_and_it_is_said_once(formulaire: bytes) -> None:
    tampon = BytesIO(formulaire)
    with ZipFile(tampon, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    retour = opened(tampon.getvalue(), "apo.xlsm")
    (anomalie,) = retour.anomalies
    assert (anomalie.code, anomalie.gravite, str(anomalie.lieu)) == (
        "FOR024",
        Gravite.INFO,
        "apo.xlsm",
    )
    assert "n'ont pas été lancées" in anomalie.message

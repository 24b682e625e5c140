"""The workbook « Séance » as the animateur opens it: sheets, locks, checks, prefilling."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from clsmon.analysis.meeting import compute_meeting_form
from clsmon.model.classeur_seance import ClasseurSeance
from clsmon.model.dossier import Dossier
from clsmon.workbooks.form.checks import MESSAGE_MAX, TITRE_MAX
from clsmon.workbooks.meeting.layout import COLONNES
from clsmon.workbooks.meeting.naming import Noms
from clsmon.workbooks.meeting.workbook import render_meeting_form
from tests.meetings import NOM
from tests.render.hostile import HOSTILES


@pytest.fixture(scope="module")
def classeur(dijon: Dossier) -> ClasseurSeance:
    """The workbook of a COPIL that is not yet in the dossier."""
    return compute_meeting_form(dijon, NOM, None)


@pytest.fixture(scope="module")
def ouvert(classeur: ClasseurSeance) -> Workbook:
    """The same, opened as a spreadsheet does."""
    return load_workbook(BytesIO(render_meeting_form(classeur)))


def test_sheets_keys_and_headings(ouvert: Workbook) -> None:
    etats = {feuille.title: feuille.sheet_state for feuille in ouvert}
    visibles = dict.fromkeys(("Lisez-moi", *COLONNES), "visible")
    assert etats == visibles | {"Listes": "hidden", "_clsmon": "hidden"}
    for nom, colonnes in COLONNES.items():
        assert [c.value for c in ouvert[nom][1]] == [c.cle for c in colonnes]
        assert [c.value for c in ouvert[nom][2]] == [c.titre for c in colonnes]
        assert ouvert[nom].row_dimensions[1].hidden
        assert ouvert[nom].print_title_rows == "$2:$2"


def test_same_data_same_bytes(classeur: ClasseurSeance) -> None:
    assert render_meeting_form(classeur) == render_meeting_form(classeur)


def test_only_inputs_are_unlocked_and_each_has_its_check(ouvert: Workbook) -> None:
    for nom, colonnes in COLONNES.items():
        feuille = ouvert[nom]
        assert feuille.protection.sheet
        assert not feuille.protection.password
        ouvertes = {c.coordinate for rangee in feuille for c in rangee if not c.protection.locked}
        saisies = {rang for rang, colonne in enumerate(colonnes, start=1) if colonne.saisie}
        assert {feuille[adresse].column for adresse in ouvertes} <= saisies
        controles = feuille.data_validations.dataValidation
        for adresse in ouvertes:
            (controle,) = [c for c in controles if adresse in c.sqref]
            assert 0 < len(controle.promptTitle) <= TITRE_MAX
            assert 0 < len(controle.prompt) <= MESSAGE_MAX
            assert controle.type is None or controle.errorStyle == "warning"


def test_a_new_meeting_is_proposed_its_agenda_and_its_members(
    ouvert: Workbook, dijon: Dossier
) -> None:
    points = [c.value for c in ouvert["Ordre du jour"]["B"][2:] if c.value]
    assert points[0] == "Adopter le bilan 2025 (article 7)"
    assert points[-2:] == ["Fixer le programme d’actions 2026", "Questions diverses"]
    convoques = {
        str(rangee[0].value): rangee[1].value
        for rangee in ouvert["Présence"].iter_rows(min_row=3)
        if rangee[0].value
    }
    communes = [c for c, o in dijon.contrat.organismes.items() if o.commune]
    attendus = {Noms(dijon).organisme(c) for c in (*dijon.contrat.signataires, *communes)}
    assert convoques == dict.fromkeys(attendus, "oui")


def test_every_text_that_came_from_somebody_stays_a_text(classeur: ClasseurSeance) -> None:
    formules = ("=1+1", "+33", "-2", "@somme", "\tx", *HOSTILES)
    ordre = classeur.seance.ordre_du_jour.model_copy(update={"points": formules})
    seance = classeur.seance.model_copy(update={"ordre_du_jour": ordre})
    octets = render_meeting_form(replace(classeur, seance=seance))
    feuille = load_workbook(BytesIO(octets))["Ordre du jour"]
    cellules = [rangee[1] for rangee in feuille.iter_rows(min_row=3) if rangee[1].value]
    assert {c.data_type for c in cellules} == {"s"}
    assert not [c for rangee in feuille for c in rangee if c.hyperlink]


def test_fictitious_data_say_so_on_each_sheet(classeur: ClasseurSeance) -> None:
    ouvert = load_workbook(BytesIO(render_meeting_form(replace(classeur, fictif=True))))
    for nom in ("Lisez-moi", *COLONNES):
        entete = ouvert[nom].oddHeader
        assert entete is not None
        assert "DONNÉES FICTIVES" in str(entete.center.text)
        textes = [str(c.value) for rangee in ouvert[nom].iter_rows(max_row=4) for c in rangee]
        assert any("DONNÉES FICTIVES" in texte for texte in textes)


def test_the_last_year_of_the_contract_has_no_programme_to_set(dijon: Dossier) -> None:
    classeur = compute_meeting_form(dijon, "2029-05-10-copil", None)
    assert (classeur.exercice, classeur.annee_programme) == (2028, None)
    ouvert = load_workbook(BytesIO(render_meeting_form(classeur)))
    assert ouvert["Programme"].sheet_state == "hidden"


def test_members_that_the_contract_does_not_name_are_to_be_added(dijon: Dossier) -> None:
    classeur = compute_meeting_form(dijon, "2026-03-10-cotech", None)
    assert classeur.non_nommes == ("partenaires",)
    notice = load_workbook(BytesIO(render_meeting_form(classeur)))["Lisez-moi"]
    textes = [str(c.value) for rangee in notice for c in rangee if c.value]
    assert any("partenaires" in texte for texte in textes)


@pytest.mark.parametrize(
    ("ecrit", "code"),
    [
        ("ARS", "ars"),
        ("agence regionale de sante de bourgogne-franche-comte", "ars"),
        ("Agence Régionale de Santé de Bourgogne-Franche-Comté (ARS)", "ars"),
        ("dijon-metropole", "dijon-metropole"),
        ("Dijon", "ville-dijon"),
        ("Agence", None),
    ],
)
def test_an_organisme_is_known_by_its_names(dijon: Dossier, ecrit: str, code: str | None) -> None:
    assert Noms(dijon).read_organisme(ecrit) == code


def test_every_name_that_is_shown_leads_back_to_its_code(dijon: Dossier) -> None:
    noms = Noms(dijon)
    for code in dijon.contrat.organismes:
        assert noms.read_organisme(noms.organisme(code)) == code
    for fiche in dijon.fiches:
        assert noms.read_fiche(noms.fiche(fiche.id)) == fiche.id
    for cle in dijon.mesures:
        assert noms.read_mesure(noms.mesure(cle)) == cle


def test_the_sample_is_a_file_of_its_own(tmp_path: Path, classeur: ClasseurSeance) -> None:
    chemin = tmp_path / "s.xlsx"
    chemin.write_bytes(render_meeting_form(classeur))
    assert load_workbook(chemin).properties.title == "Comité de pilotage — séance du 12 mai 2026"

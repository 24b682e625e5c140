"""The form as a partner receives it: sheets, keys, locks, checks, marks."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from clsmon.model.fiche import StatutFiche
from clsmon.model.questionnaire import Questionnaire
from clsmon.workbooks.form.checks import LISTE_MAX, MESSAGE_MAX, TITRE_MAX
from clsmon.workbooks.form.workbook import render_form
from clsmon.workbooks.layout import (
    COLONNES_FICHES,
    COLONNES_SAISIE,
    EMPREINTE,
    fields_of,
    fingerprint,
    heading,
)
from tests.workbooks.form.samples import (
    CONTRAT,
    MESURES,
    all_cells,
    make_form,
    open_form,
    rows_by_key,
)

LARGEUR_A4, HAUTEUR_A4 = (297 / 25.4 - 0.8) * 72, (210 / 25.4 - 1.4) * 72
"""What a landscape page offers between its margins, in points."""


def test_sheets_and_what_is_hidden() -> None:
    classeur = open_form(make_form())
    assert {f.title: f.sheet_state for f in classeur} == {
        "Lisez-moi": "visible",
        "Saisie": "visible",
        "Fiches": "visible",
        "Listes": "hidden",
        "_clsmon": "hidden",
    }
    saisie, fiches = classeur["Saisie"], classeur["Fiches"]
    assert saisie.row_dimensions[1].hidden
    assert fiches.row_dimensions[1].hidden
    assert saisie.column_dimensions["A"].hidden
    assert fiches.column_dimensions["A"].hidden
    assert (saisie.freeze_panes, fiches.freeze_panes) == ("E3", "E3")


def test_machine_keys_and_french_headings() -> None:
    classeur = open_form(make_form())
    for nom, colonnes in (("Saisie", COLONNES_SAISIE), ("Fiches", COLONNES_FICHES)):
        assert [c.value for c in classeur[nom][1]] == [c.cle for c in colonnes]
        assert [c.value for c in classeur[nom][2]] == [heading(c, 2025) for c in colonnes]
    assert classeur["Saisie"]["G2"].value == "Valeur 2024"


def test_one_row_per_measure_and_per_field() -> None:
    questionnaire = make_form()
    classeur = open_form(questionnaire)
    saisie = rows_by_key(classeur["Saisie"])
    assert list(saisie) == [q.situee.cle for q in questionnaire.mesures]
    assert all(cellules["cle"].data_type == "s" for cellules in saisie.values())
    assert {str(c["fiche"].value) for c in saisie.values()} == {"3.1"}
    assert list(rows_by_key(classeur["Fiches"])) == [
        f"3.1 {champ.cle}" for champ in fields_of(questionnaire.fiches[0])
    ]


def test_only_inputs_are_unlocked_and_they_have_fill_and_border() -> None:
    classeur = open_form(make_form())
    saisies = {c.cle for c in COLONNES_SAISIE if c.saisie}
    termes = {"numerateur", "denominateur"}
    attendues = set()
    for cle, cellules in rows_by_key(classeur["Saisie"]).items():
        noms = saisies if cle.endswith("/taux") else saisies - termes
        attendues |= {cellules[nom].coordinate for nom in noms}
    ouvertes = [c for c in all_cells(classeur) if not c.protection.locked]
    assert {c.coordinate for c in ouvertes if c.parent.title == "Saisie"} == attendues
    assert {c.column_letter for c in ouvertes if c.parent.title == "Fiches"} == {"E"}
    assert {c.parent.title for c in ouvertes} == {"Saisie", "Fiches"}
    assert all(c.fill.fgColor.rgb == "FFFFF6D6" for c in ouvertes)
    assert all(c.border.left.style == c.border.top.style == "thin" for c in ouvertes)
    assert {c.number_format for c in ouvertes} == {"General"}
    assert all(f.protection.sheet and not f.protection.password for f in classeur)


def test_every_input_has_a_check_within_excel_limits() -> None:
    libelle = "Un libellé bien plus long que les trente-deux caractères d’Excel " * 8
    classeur = open_form(make_form(libelle=libelle))
    ouvertes = {
        (c.parent.title, c.coordinate) for c in all_cells(classeur) if not c.protection.locked
    }
    couvertes = set()
    for feuille in classeur:
        for controle in feuille.data_validations.dataValidation:
            assert 0 < len(controle.promptTitle) <= TITRE_MAX
            assert 0 < len(controle.prompt) <= MESSAGE_MAX
            assert len(controle.errorTitle or "") <= TITRE_MAX
            assert len(controle.error or "") <= MESSAGE_MAX
            assert len(controle.formula1 or "") <= LISTE_MAX + 2
            assert controle.type in {None, "none"} or controle.errorStyle == "warning"
            couvertes |= {
                (feuille.title, c.coordinate)
                for plage in controle.cells.ranges
                for ligne in feuille[plage.coord : plage.coord]
                for c in ligne
            }
    assert couvertes == ouvertes


def checks_of(questionnaire: Questionnaire) -> dict[str, Any]:
    feuille = open_form(questionnaire)["Saisie"]
    return {
        cle.rpartition("/")[2]: next(
            v for v in feuille.data_validations.dataValidation if cellules["valeur"].coordinate in v
        )
        for cle, cellules in rows_by_key(feuille).items()
    }


def test_checks_follow_the_type() -> None:
    controles = checks_of(make_form())
    lus = {cle: (c.type, c.operator, c.formula1, c.formula2) for cle, c in controles.items()}
    assert lus == {
        "nombre": ("whole", None, "0", "40"),
        "taux": ("decimal", "greaterThanOrEqual", "0", None),
        "montant": ("decimal", "greaterThanOrEqual", "0", None),
        "duree": ("decimal", "greaterThanOrEqual", "0", None),
        "oui-non": ("list", None, '"oui,non"', None),
        "choix": ("list", None, '"faible,moyen,fort"', None),
        "long": ("list", None, "Listes!$A$2:$A$21", None),
        "texte": (None, None, None, None),
    }
    assert controles["nombre"].prompt.startswith("Un nombre entier (écoles), par exemple 12.")


def test_same_questions_same_bytes() -> None:
    octets = render_form(make_form())
    render_form(make_form(fictif=True))
    assert render_form(make_form()) == octets


def test_headings_are_white_on_colour() -> None:
    titres = open_form(make_form())["Saisie"][2]
    assert {c.font.color.rgb for c in titres} == {"FFFFFFFF"}
    assert {c.fill.fgColor.rgb for c in titres} == {"FF5B6472", "FF0B5FA5"}


def test_arial_and_not_the_font_of_the_theme() -> None:
    with ZipFile(BytesIO(render_form(make_form()))) as archive:
        styles = archive.read("xl/styles.xml").decode()
    assert set(re.findall(r'<name val="(.*?)"/>', styles)) == {"Arial"}
    assert "<scheme" not in styles


def test_no_author_no_clock() -> None:
    proprietes = open_form(make_form()).properties
    assert not proprietes.creator
    assert not proprietes.lastModifiedBy
    assert (proprietes.created, proprietes.modified) == (proprietes.created,) * 2
    assert str(proprietes.created) == "2024-01-01 00:00:00"


def test_fingerprint_in_three_places() -> None:
    questionnaire = make_form(base=("apo-11111111", "apo-22222222"), fictif=True)
    classeur = open_form(questionnaire)
    machine = [[c.value for c in ligne] for ligne in classeur["_clsmon"].iter_rows(max_col=2)]
    empreinte = fingerprint(questionnaire)
    assert dict(machine[:7]) == {
        "contrat": CONTRAT["titre"],
        "exercice": "2025",
        "organisme": "apo",
        "version": "1",
        "empreinte": empreinte,
        "base": "apo-11111111 apo-22222222",
        "fictif": "oui",
    }
    assert classeur.defined_names[EMPREINTE].value == f'"{empreinte}"'
    assert [(p.name, p.value) for p in classeur.custom_doc_props.props] == [(EMPREINTE, empreinte)]
    table = [[c.value for c in ligne] for ligne in classeur["_clsmon"].iter_rows(min_row=9)]
    assert table[:2] == [
        ["cle", "type", "unite", "libelle"],
        ["3.1/indicateur/nombre", "nombre", "écoles", "Ce qui est compté"],
    ]
    assert len(table) == 1 + len(MESURES)


@pytest.mark.parametrize(("fictif", "feuilles"), [(True, 3), (False, 0)])
def test_fictitious_banner_on_every_visible_sheet(fictif: bool, feuilles: int) -> None:
    classeur = open_form(make_form(fictif=fictif))
    dans = {c.parent.title for c in all_cells(classeur) if "DONNÉES FICTIVES" in str(c.value)}
    assert len(dans) == feuilles
    visibles = [f for f in classeur if f.sheet_state == "visible"]
    assert all(("FICTIVES" in (f.oddHeader.center.text or "")) is fictif for f in visibles)


def test_printing() -> None:
    for feuille in list(open_form(make_form()))[1:3]:
        assert (feuille.page_setup.orientation, feuille.page_setup.paperSize) == ("landscape", 9)
        assert (feuille.sheet_properties.pageSetUpPr.fitToPage, feuille.page_setup.fitToHeight) == (
            True,
            0,
        )
        assert feuille.print_title_rows == "$2:$2"
        assert "essai && compagnie" in feuille.oddHeader.left.text
        assert feuille.oddHeader.right.text == "APO — exercice 2025"
        assert feuille.oddFooter.right.text == "Page &P / &N"


def test_notice_says_for_whom_and_by_when() -> None:
    textes = {c.value for c in all_cells(open_form(make_form())) if c.parent.title == "Lisez-moi"}
    assert "Association de Prévention en Orthophonie (APO)" in textes
    assert "au plus tard le dimanche 15 mars 2026" in textes
    sans = {c.value for c in all_cells(open_form(make_form(limite=None)))}
    assert "date non fixée" in sans


def test_notice_names_the_only_format_that_is_read() -> None:
    textes = " ".join(str(c.value) for c in all_cells(open_form(make_form())))
    assert ".xlsx" in textes
    assert ".ods" not in textes


def test_a_fiche_fits_on_a_printed_page_and_opens_it() -> None:
    questionnaire = make_form()
    (question,) = questionnaire.fiches
    prevue = replace(
        question, fiche=question.fiche.model_copy(update={"statut": StatutFiche.A_PROGRAMMER})
    )
    fiches = (replace(question, programme=()), question, prevue, prevue)
    feuille = open_form(make_form(fiches=fiches))["Fiches"]
    titres = [
        ligne[0].row
        for ligne in feuille.iter_rows(min_row=3)
        if not ligne[0].value and str(ligne[2].value).startswith("3.1 ")
    ]
    coupures = [b.id for b in feuille.row_breaks.brk]
    assert coupures == [rangee - 1 for rangee in titres[1:3]], "not between fiches to plan"
    hauteurs = [feuille.row_dimensions[rangee].height for rangee in range(2, titres[1])]
    largeur = sum((7 * c.largeur + 5) * 0.75 for c in COLONNES_FICHES if not c.cachee)
    assert sum(hauteurs) * LARGEUR_A4 / largeur < HAUTEUR_A4 - 20, "a subtitle has room too"


def test_notice_links_to_the_first_input_of_each_sheet() -> None:
    classeur = open_form(make_form(fictif=True))
    cellules = all_cells(classeur)
    cibles = [c.hyperlink.location for c in cellules if getattr(c, "hyperlink", None)]
    assert [c.partition("!")[0] for c in cibles] == ["Saisie", "Fiches"]
    for feuille, adresse in (c.split("!") for c in cibles):
        assert not classeur[feuille][adresse].protection.locked


def test_a_sheet_that_asks_nothing_is_hidden() -> None:
    sans_mesure, sans_fiche = open_form(make_form(mesures=())), open_form(make_form(fiches=()))
    assert (sans_mesure["Saisie"].sheet_state, sans_mesure["Fiches"].sheet_state) == (
        "hidden",
        "visible",
    )
    assert (sans_fiche["Saisie"].sheet_state, sans_fiche["Fiches"].sheet_state) == (
        "visible",
        "hidden",
    )

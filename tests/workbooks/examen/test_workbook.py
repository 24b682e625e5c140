"""The workbook of the examination as a signatory receives it: sheets, keys, locks, checks."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from clsmon.analysis.cahiers import compute_cahier
from clsmon.model.cahier import Cahier
from clsmon.model.constat import Constat
from clsmon.model.statut import Statut
from clsmon.workbooks.examen.chiffres import shown_value
from clsmon.workbooks.examen.layout import (
    COLONNES_AVIS,
    COLONNES_CHIFFRES,
    TITRES_MACHINE,
    fingerprint,
)
from clsmon.workbooks.examen.workbook import render_cahier
from clsmon.workbooks.form.checks import LISTE_MAX, MESSAGE_MAX, TITRE_MAX
from clsmon.workbooks.layout import EMPREINTE, heading
from tests.analysis.builder import (
    CLE,
    EXERCICE,
    contest,
    dossier,
    examen,
    fiche,
    measure,
    releve,
)

TAUX, TOTAL = "1.1/presence/presence", "2.1/actions/actions"
HOSTILE = '=HYPERLINK("http://x") \x1b[31m'


def make(*examens: Any, faits: str = "Trois ateliers", **cahier: Any) -> Cahier:
    """What the CPAM examines: a count and a rate by ars, a total, a text."""
    recit = {"avancement": "en_cours", "faits_marquants": faits, "cellules": {}}
    d = dossier(
        fiche("1.1", measure(), measure("presence", "taux"), measure("mots", "texte")),
        fiche("2.1", measure("actions", reponses="somme"), repondants=("ars", "apo")),
        releves=[
            releve(
                "ars-1",
                valeurs={CLE: 12, TAUX: (22, 41), "1.1/mots/mots": "Bien", TOTAL: 3},
                fiches={"1.1": recit},
            ),
            releve("apo-1", "apo", 4, cle=TOTAL),
            releve("ars-0", reponse=10, exercice=EXERCICE - 1),
        ],
        examens=examens,
        organismes={
            "ars": {"nom": "Agence", "sigle": "ARS", "signataire": True},
            "cpam": {"nom": "Caisse", "sigle": "CPAM", "signataire": True},
            "apo": {"nom": "Orthophonie"},
        },
    )
    return replace(compute_cahier(d, EXERCICE, "cpam"), **cahier)


def opened(cahier: Cahier) -> Any:
    return load_workbook(BytesIO(render_cahier(cahier)))


def rows(feuille: Any) -> dict[str, dict[str, Any]]:
    """Cells by machine key of row and of column."""
    colonnes = [cellule.value for cellule in feuille[1]]
    return {
        str(ligne[0].value): dict(zip(colonnes, ligne, strict=True))
        for ligne in feuille.iter_rows(min_row=3)
        if ligne[0].value
    }


def test_sheets_keys_and_headings() -> None:
    classeur = opened(make())
    assert {f.title: f.sheet_state for f in classeur} == {
        "Lisez-moi": "visible",
        "Fiches": "visible",
        "Chiffres": "visible",
        "Listes": "hidden",
        "_clsmon": "hidden",
    }
    for nom, colonnes in (("Fiches", COLONNES_AVIS), ("Chiffres", COLONNES_CHIFFRES)):
        assert [c.value for c in classeur[nom][1]] == [c.cle for c in colonnes]
        assert [c.value for c in classeur[nom][2]] == [heading(c, EXERCICE) for c in colonnes]
        assert classeur[nom].row_dimensions[1].hidden
        assert classeur[nom].column_dimensions["A"].hidden


def test_only_input_cells_are_unlocked_and_without_password() -> None:
    classeur = opened(make())
    for nom, colonnes in (("Fiches", COLONNES_AVIS), ("Chiffres", COLONNES_CHIFFRES)):
        feuille = classeur[nom]
        assert feuille.protection.sheet
        assert not feuille.protection.password
        typees = {c.cle for c in colonnes if c.saisie}
        for cle, cellules in rows(feuille).items():
            ouvertes = {c for c, cellule in cellules.items() if not cellule.protection.locked}
            fermees = {"numerateur", "denominateur"} if nom == "Chiffres" and cle != TAUX else set()
            assert ouvertes == typees - fermees, cle


@pytest.mark.parametrize(
    ("cle", "attendu"),
    [
        pytest.param(CLE, ("ARS", 12, 10), id="un nombre et l’an dernier"),
        pytest.param(TAUX, ("ARS", "53,7\u00a0% (22 / 41)", None), id="un taux et ses termes"),
        pytest.param(TOTAL, ("total de 2 organismes", 7, None), id="un total"),
    ],
)
def test_what_is_shown_of_a_figure(cle: str, attendu: tuple[Any, ...]) -> None:
    cellules = rows(opened(make())["Chiffres"])[cle]
    montre = (cellules["declarant"], cellules["valeur_declaree"], cellules["valeur_precedente"])
    valeurs = tuple(cellule.value for cellule in montre)
    assert valeurs[:2] == attendu[:2]
    if attendu[2] is not None:
        assert valeurs[2] == attendu[2]


def test_a_text_is_no_figure_and_is_not_in_the_workbook() -> None:
    assert list(rows(opened(make())["Chiffres"])) == [CLE, TAUX, TOTAL]


def test_a_long_story_is_shortened() -> None:
    texte = rows(opened(make(faits="mot " * 500))["Fiches"])["1.1"]["faits_marquants"].value
    assert texte.startswith("ARS : mot mot")
    assert len(texte) < 320
    assert texte.endswith("…")


def test_the_hidden_sheet_keeps_what_was_shown() -> None:
    cahier = make(examen("cpam-1", "cpam", {CLE: contest()}))
    classeur = opened(cahier)
    lignes = list(classeur["_clsmon"].iter_rows(values_only=True))
    identite = {ligne[0]: ligne[1] for ligne in lignes[:8]}
    assert identite["genre"] == "examen"
    assert identite["base"] == "cpam-1"
    assert identite["empreinte"] == fingerprint(cahier)
    assert classeur.defined_names[EMPREINTE].value == f'"{fingerprint(cahier)}"'
    entete = lignes.index(TITRES_MACHINE)
    gardes = {ligne[0]: (ligne[4], ligne[5]) for ligne in lignes[entete + 1 :]}
    assert gardes == {
        CLE: ("ars", "12"),
        TAUX: ("ars", "22/41"),
        TOTAL: (None, "7"),
        "1.1": (None, "en_cours"),
        "2.1": (None, None),
    }


def test_it_is_prefilled_with_what_the_signatory_already_said() -> None:
    doute = {"saisi": "une dizaine", "nature_cellule": "texte", "cellule": "Chiffres!I9"}
    cahier = make(
        examen(
            "cpam-1",
            "cpam",
            {
                CLE: contest(14),
                TAUX: contest((30, 41), "22/41"),
                TOTAL: {
                    "valeur_declaree": "7",
                    "a_verifier": {"valeur_proposee": doute},
                    "cellule": "Chiffres!I9",
                },
            },
            {"1.1": {"avis": "desaccord", "texte": "Non"}},
        )
    )
    chiffres, fiches = rows(opened(cahier)["Chiffres"]), rows(opened(cahier)["Fiches"])
    saisis = ("valeur_proposee", "numerateur", "denominateur", "motif", "source")
    assert [chiffres[CLE][c].value for c in saisis] == [
        14,
        None,
        None,
        "Compté deux fois",
        "Registre",
    ]
    assert [chiffres[TAUX][c].value for c in saisis[:3]] == [None, 30, 41]
    assert chiffres[TOTAL]["valeur_proposee"].value == "une dizaine"
    assert (fiches["1.1"]["avis"].value, fiches["1.1"]["texte"].value) == ("désaccord", "Non")


def test_the_same_dossier_gives_the_same_bytes() -> None:
    assert render_cahier(make()) == render_cahier(make())


@pytest.mark.parametrize(
    ("limite", "attendu"),
    [
        (date(2026, 4, 30), "au plus tard le jeudi 30 avril 2026"),
        (None, "date non fixée"),
    ],
)
def test_the_notice_says_by_when(limite: date | None, attendu: str) -> None:
    notice = opened(make(limite=limite))["Lisez-moi"]
    textes = [str(c.value) for ligne in notice.iter_rows() for c in ligne if c.value]
    assert attendu in textes
    assert any("article 7" in texte for texte in textes)
    assert any("article 8" in texte for texte in textes)


def test_checks_stay_within_excel_limits_and_say_so_in_french() -> None:
    classeur = opened(make())
    for nom in ("Fiches", "Chiffres"):
        controles = classeur[nom].data_validations.dataValidation
        assert controles
        for controle in controles:
            assert 0 < len(controle.promptTitle) <= TITRE_MAX
            assert 0 < len(controle.prompt) <= MESSAGE_MAX
            assert len(controle.formula1 or "") <= LISTE_MAX + 2
            if controle.type not in {None, "none"}:
                assert controle.errorTitle in {"Nombre attendu", "Choix hors de la liste"}
    (avis,) = [c for c in classeur["Fiches"].data_validations.dataValidation if c.type == "list"]
    assert avis.formula1 == '"accord,remarque,désaccord"'


def test_partner_text_stays_text() -> None:
    classeur = opened(make(faits=HOSTILE))
    cellule = rows(classeur["Fiches"])["1.1"]["faits_marquants"]
    assert cellule.data_type == "s"
    assert not re.search("[\x00-\x08\x1b]", cellule.value)
    assert all(c.data_type != "f" for f in classeur for ligne in f.iter_rows() for c in ligne)


def test_fictitious_data_say_so_on_every_visible_sheet() -> None:
    classeur = opened(make(fictif=True))
    for feuille in classeur:
        if feuille.sheet_state == "visible":
            textes = {str(c.value) for ligne in feuille.iter_rows(max_row=4) for c in ligne}
            assert any("DONNÉES FICTIVES" in texte for texte in textes), feuille.title


def test_it_prints_on_landscape_a4_with_repeated_headings() -> None:
    for nom in ("Fiches", "Chiffres"):
        feuille = opened(make())[nom]
        assert (feuille.page_setup.orientation, feuille.page_setup.paperSize) == ("landscape", 9)
        assert feuille.sheet_properties.pageSetUpPr.fitToPage
        assert feuille.print_title_rows == "$2:$2"


@pytest.mark.parametrize(
    ("constat", "attendu"),
    [
        pytest.param(Constat(2025, Statut.RENSEIGNE, Decimal(12)), Decimal(12), id="un nombre"),
        pytest.param(Constat(2025, Statut.ESTIME, Decimal(40)), "40 (estimé)", id="estimé"),
        pytest.param(
            Constat(2025, Statut.RENSEIGNE, Decimal(34), incomplet=("apo",)),
            "34 (total incomplet)",
            id="total incomplet",
        ),
        pytest.param(Constat(2025, Statut.NON_REPONDU), "non répondu", id="non répondu"),
        pytest.param(Constat(2025, Statut.A_VERIFIER), "à vérifier", id="à vérifier"),
        pytest.param(Constat(2025, Statut.NON_DISPONIBLE), "non disponible", id="non disponible"),
        pytest.param(Constat(2025, Statut.SANS_OBJET), "sans objet", id="sans objet"),
        pytest.param(None, None, id="pas suivie"),
    ],
)
def test_the_five_absences_stay_apart(constat: Constat | None, attendu: Any) -> None:
    mesure = make().chiffres[0].situee.mesure
    assert shown_value(constat, mesure) == attendu

"""What a form already holds, and how any text ends in a cell."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from clsmon.model.releve import DeclarationFiche, Valeur
from clsmon.model.tableur import LIMITE_CELLULE
from clsmon.workbooks.form.inert import inert_text
from clsmon.workbooks.form.workbook import render_form
from tests.workbooks.form.samples import answer, make_form, open_form, rows_by_key

HOSTILES = (
    "=1+1",
    "@x",
    "+33",
    "-1",
    '=HYPERLINK("http://x")',
    "{=1}",
    "a\x00\x08\x1bb",
    "\u202ex",
    "<r>x & y</r>",
)


def test_prefilled_with_what_was_answered() -> None:
    questionnaire = answer(
        make_form(),
        nombre=Valeur.model_validate(
            {"valeur": "40", "etat": "estime", "saisi": "~40", "cellule": "Saisie!H5"}
        ),
        taux=Valeur.model_validate(
            {"numerateur": "41", "denominateur": "60", "etat": "renseigne", "cellule": "Saisie!I6"}
        ),
        montant=Valeur(valeur="1234.56", etat="renseigne", cellule="Saisie!H7", preuve="bilan"),
        duree=Valeur(etat="non_disponible", cellule="Saisie!K8", commentaire="-1 poste"),
        oui_non=Valeur(valeur="oui", etat="renseigne", cellule="Saisie!H9"),
        texte=Valeur(
            etat="a_verifier", saisi="#N/A", nature_cellule="erreur", cellule="Saisie!H12"
        ),
    )
    noms = ("valeur", "numerateur", "denominateur", "etat", "commentaire", "preuve")
    classeur = open_form(questionnaire)
    lus = {
        cle.rpartition("/")[2]: tuple(cellules[nom].value for nom in noms)
        for cle, cellules in rows_by_key(classeur["Saisie"]).items()
    }
    vide = (None,) * 6
    assert lus == {
        "nombre": ("~40", None, None, "estimé", None, None),
        "taux": (None, 41, 60, None, None, None),
        "montant": (1234.56, None, None, None, None, "bilan"),
        "duree": (None, None, None, "non disponible", "-1 poste", None),
        "oui-non": ("oui", *vide[1:]),
        "choix": vide,
        "long": vide,
        "texte": ("#N/A", *vide[1:]),
    }
    compteur = [c for c in classeur["Lisez-moi"]["B"] if str(c.value).startswith("=")]
    assert len(compteur) == 1
    valeurs = load_workbook(BytesIO(render_form(questionnaire)), data_only=True)["Lisez-moi"]
    assert valeurs[compteur[0].coordinate].value == "6 / 8 mesures renseignées"


def test_last_year_and_initial_values() -> None:
    questionnaire = make_form()
    precedentes: dict[str, Valeur] = {
        "nombre": Valeur(valeur="12", etat="renseigne", cellule="Saisie!H5"),
        "taux": Valeur.model_validate(
            {"numerateur": "41", "denominateur": "60", "etat": "estime", "cellule": "Saisie!I6"}
        ),
        "montant": Valeur(valeur="30000.5", etat="estime", cellule="Saisie!H7"),
        "duree": Valeur(etat="sans_objet", cellule="Saisie!K8"),
        "oui-non": Valeur(commentaire="à venir", cellule="Saisie!H9"),
    }
    mesures = tuple(
        replace(q, precedente=precedentes.get(q.situee.mesure.id), initiale=Decimal("2.5"))
        for q in questionnaire.mesures
    )
    feuille = open_form(replace(questionnaire, mesures=mesures))["Saisie"]
    lignes = rows_by_key(feuille)
    assert [c["valeur_precedente"].value for c in lignes.values()] == [
        12,
        "68,3\u00a0% (41 / 60) (estimé)",
        "30\u00a0000,5 (estimé)",
        "sans objet",
        *["non répondu"] * 4,
    ]
    assert {c["valeur_initiale"].value for c in lignes.values()} == {2.5}
    assert not feuille.column_dimensions["G"].hidden


def test_last_year_says_nothing_when_nothing_was_asked_or_returned() -> None:
    vide = open_form(make_form())["Saisie"]
    assert {c["valeur_precedente"].value for c in rows_by_key(vide).values()} == {None}
    assert vide.column_dimensions["G"].hidden
    questionnaire = make_form()
    rendue = replace(
        questionnaire.mesures[0],
        precedente=Valeur(valeur="12", etat="renseigne", cellule="Saisie!H5"),
    )
    neuve = questionnaire.mesures[1].situee
    situee = replace(neuve, mesure=neuve.mesure.model_copy(update={"depuis": 2025}))
    mesures = (rendue, replace(questionnaire.mesures[1], situee=situee), *questionnaire.mesures[2:])
    lignes = rows_by_key(open_form(replace(questionnaire, mesures=mesures))["Saisie"])
    lues = [c["valeur_precedente"].value for c in lignes.values()]
    assert lues == [12, None, *["non répondu"] * 6]


def test_fiches_prefilled() -> None:
    questionnaire = make_form()
    declaration = DeclarationFiche.model_validate(
        {
            "avancement": "en_cours",
            "programme": {"a1": "realisee"},
            "faits_marquants": "=ateliers",
            "communes": ["chenove"],
            "depenses": {"realise": "45.5"},
            "aides": [{"financeur": "ars", "verse": "30000"}],
            "a_verifier": {
                "depenses.prevu": {
                    "saisi": "≈ 3",
                    "nature_cellule": "texte",
                    "cellule": "Fiches!E9",
                }
            },
            "lectures": {
                "depenses.realise": {
                    "saisi": "45,5 €",
                    "nature_cellule": "texte",
                    "regle": "unité de la mesure",
                    "cellule": "Fiches!E11",
                }
            },
        }
    )
    fiches = (replace(questionnaire.fiches[0], reponse=declaration),)
    lignes = rows_by_key(open_form(replace(questionnaire, fiches=fiches))["Fiches"])
    lus = {c["champ"].value: c["reponse"].value for c in lignes.values() if c["reponse"].value}
    assert lus == {
        "avancement": "en cours",
        "faits_marquants": "=ateliers",
        "communes": "Chenôve",
        "depenses.prevu": "≈ 3",
        "depenses.realise": "45,5 €",
        "aides.ars.verse": 30000,
        "programme.a1": "réalisée",
    }


def formulas(octets: bytes) -> list[str]:
    """Every formula of every sheet, from the XML itself."""
    with ZipFile(BytesIO(octets)) as archive:
        feuilles = [n for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
        return [f for n in feuilles for f in re.findall(r"<f>(.*?)</f>", archive.read(n).decode())]


@pytest.mark.parametrize("texte", HOSTILES)
def test_hostile_text_stays_text(texte: str) -> None:
    reponse = Valeur(
        etat="a_verifier", saisi=texte, commentaire=texte, preuve=texte, cellule="Saisie!H5"
    )
    questionnaire = answer(make_form(libelle=texte, titre=texte), nombre=reponse, texte=reponse)
    octets = render_form(questionnaire)
    assert len(formulas(octets)) == 1
    cellules = rows_by_key(load_workbook(BytesIO(octets))["Saisie"])["3.1/indicateur/nombre"]
    for nom in ("indicateur", "mesure", "valeur", "commentaire", "preuve"):
        assert cellules[nom].value == inert_text(texte)
        assert cellules[nom].quotePrefix is texte.startswith(("=", "+", "-", "@"))


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1), st.text(min_size=1))
def test_no_label_ever_becomes_a_formula(libelle: str, titre: str) -> None:
    octets = render_form(make_form(libelle=libelle, titre=titre))
    (compteur,) = formulas(octets)
    assert compteur.startswith("SUMPRODUCT((Saisie!")
    cellules = rows_by_key(load_workbook(BytesIO(octets))["Saisie"])["3.1/indicateur/nombre"]
    assert (cellules["mesure"].value or "") == inert_text(libelle)


def test_inert_text_is_cleaned_and_says_when_it_is_cut() -> None:
    assert inert_text("a\tb\r\nc\u202fd\x1b[31m\u202e") == "a b\nc\u00a0d[31m"
    coupe = inert_text("é" * 40_000)
    assert len(coupe) == LIMITE_CELLULE
    assert coupe.endswith("[texte\u00a0coupé]")
    assert len(inert_text("😀" * 20_000).encode("utf-16-le")) <= 2 * LIMITE_CELLULE
    entier = "x" * LIMITE_CELLULE
    assert inert_text(entier) == entier

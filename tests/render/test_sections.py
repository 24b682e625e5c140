"""Governance and money: the same figures in both formats, what is missing said in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from clsmon.analysis.bilan import compute_bilan
from clsmon.model.bilan import Bilan
from clsmon.model.dossier import Dossier
from clsmon.model.finances import NatureMontant, Somme
from clsmon.model.gouvernance import Realisation
from clsmon.model.releve import Poste, Saisie
from clsmon.render.amounts import name_amount, spell_missing
from clsmon.render.cells import Colonne, Montant, Tableau, spell_cell
from clsmon.render.excel import render_excel
from clsmon.render.excel_blocks import UNITES, spans_of
from clsmon.render.finances import axes_table, fiches_table, funders_table, sum_cell
from clsmon.render.governance import instances_table, members_table
from clsmon.render.job import job_remarks, job_table
from clsmon.render.method import method_of
from clsmon.render.planned import planned_table
from clsmon.render.programme import spell_completion
from clsmon.render.provenance import provenance_table
from tests.render.bilan_samples import render_markdown

from .test_figures import sheet_of, tables_of


def plain(textes: object) -> str:
    return str(textes).replace("\u00a0", " ")


def words_of(bilan: Bilan, gabarits: Path) -> str:
    return plain(render_markdown(bilan, [gabarits])).replace("\\", "")


@pytest.mark.parametrize(
    ("feuille", "table"),
    [
        pytest.param("Gouvernance", instances_table, id="instances"),
        pytest.param("Gouvernance", members_table, id="participation"),
        pytest.param("Finances", axes_table, id="par axe"),
        pytest.param("Finances", fiches_table, id="par fiche"),
        pytest.param("Finances", funders_table, id="par financeur"),
        pytest.param("Finances", job_table, id="poste"),
        pytest.param("Finances", planned_table, id="contrat"),
    ],
)
def test_a_table_is_the_same_in_both_formats(
    bilan: Bilan, gabarits: Path, feuille: str, table: Callable[[Bilan], Tableau]
) -> None:
    tableau = table(bilan)
    titres: list[object] = [c.titre for c in tableau.colonnes]
    markdown = next(t for t in tables_of(render_markdown(bilan, [gabarits])) if t[0] == titres)
    lignes = [[c for c in ligne if c is not None] for ligne in sheet_of(bilan, feuille)]
    debut = lignes.index(titres)
    for rang, cellules in enumerate(tableau.lignes, 1):
        ecrites = [spell_cell(c).replace("\n", " / ") for c in cellules]
        assert markdown[rang] == ecrites
        typees = lignes[debut + rang]
        attendues = [c for c in cellules if c not in {None, ""}]
        assert len(typees) == len(attendues)
        for typee, attendue in zip(typees, attendues, strict=True):
            if isinstance(attendue, Montant):
                assert Decimal(str(typee)) == attendue.euros


@pytest.mark.parametrize(
    ("somme", "ecrit"),
    [
        pytest.param(Somme(Decimal("1234.5")), "1 234,50 €", id="entière"),
        pytest.param(Somme(Decimal(0)), "0 €", id="un vrai zéro"),
        pytest.param(Somme(None), "—", id="rien de déclaré n'est pas zéro"),
        pytest.param(Somme(None, sans_objet=True), "sans objet", id="sans objet"),
    ],
)
def test_a_sum_in_words(somme: Somme, ecrit: str) -> None:
    assert plain(spell_cell(sum_cell(somme))) == ecrit


def test_an_incomplete_sum_bears_a_star_in_words_and_in_its_cell(bilan: Bilan) -> None:
    (apo,) = (s for _, s in bilan.finances.par_organisme)
    assert plain(spell_cell(sum_cell(apo.prevu))) == "30 000 € *"
    feuille = load_workbook(BytesIO(render_excel(bilan)))["Finances"]
    formats = {
        str(c.number_format) for ligne in feuille.iter_rows() for c in ligne if c.value == 30000
    }
    assert '#,##0" €\u00a0*"' in formats


def test_missing_amounts_are_named(bilan: Bilan) -> None:
    assert plain(spell_missing(bilan, bilan.fiches[0].fiche)) == (
        "rien de déclaré : Sedap ; APO ordinaire : dépense engagée (à vérifier)"
    )


@pytest.mark.parametrize(
    ("financeur", "ecrit"),
    [("", "aide versée"), ("ars", "aide versée par l’ARS"), ("sedap", "aide versée par Sedap")],
)
def test_an_amount_is_named_with_its_funder(bilan: Bilan, financeur: str, ecrit: str) -> None:
    verse = next(m for m in bilan.finances.montants if m.nature is NatureMontant.VERSE)
    assert name_amount(bilan, replace(verse, financeur=financeur)) == ecrit


def test_each_amount_leads_to_its_cell(bilan: Bilan) -> None:
    lignes = sheet_of(bilan, "Montants")
    verse = next(ligne for ligne in lignes if ligne[2] == "aide versée")
    assert verse[3:9] == ["ARS", 7500.5, "renseigné", None, "apo ordinaire.xlsx", "Fiches!E8"]
    assert verse[9] == "1.1/aides.ars.verse"
    muet = next(ligne for ligne in lignes if ligne[1] == "Sedap")
    assert muet[4:9] == [None, "non répondu", None, None, None]


def test_an_amount_read_from_words_shows_them_in_its_provenance(bilan: Bilan) -> None:
    (recit,) = bilan.fiches[0].recits
    saisie = Saisie(
        saisi="30 k€", nature_cellule="texte", regle="unité convertie", cellule="Fiches!E8"
    )
    dite = recit.declaration.model_copy(update={"lectures": {"depenses.prevu": saisie}})
    fiche = replace(bilan.fiches[0], recits=(replace(recit, declaration=dite),))
    autre = replace(bilan, axes=(replace(bilan.axes[0], fiches=(fiche,)),))
    lignes = {str(ligne[0]): ligne for ligne in provenance_table(autre).lignes}
    assert lignes["1.1/depenses.prevu"][4:6] == ("30 k€", "unité convertie")
    assert lignes["1.1/depenses.realise"][4:6] == (None, None)


def test_the_post_is_computed_in_the_open_and_its_excess_told(bilan: Bilan) -> None:
    assert [(nom, plain(spell_cell(v))) for nom, v in job_table(bilan).lignes] == [
        ("Temps déclaré (ETP)", "0,4"),
        ("Mois occupés", "non disponible"),
        ("Coût éligible déclaré", "14 000 €"),
        ("50\u00a0% de ce coût", "7 000 €"),
        ("Plafond annuel du contrat", "30 000 €"),
        ("Aide maximale de l’ARS (le moindre des deux)", "7 000 €"),
        ("Aide de l’ARS notifiée pour la fiche 1.1", "15 000 €"),
        ("Aide de l’ARS versée pour la fiche 1.1", "7 500,50 €"),
    ]
    assert [plain(remarque) for remarque in job_remarks(bilan)] == [
        "Valeurs déclarées par APO ordinaire (fiche 1.1 : 0,4 ETP, 14 000 €).",
        (
            "Le même poste est aussi déclaré par Sedap (fiche 1.1 : 1 ETP), qui dit autre chose : "
            "c’est un seul poste, il est compté une fois."
        ),
        "À examiner : l’aide notifiée (15 000 €) dépasse de 8 000 € l’aide maximale (7 000 €).",
        "À examiner : l’aide versée (7 500,50 €) dépasse de 500,50 € l’aide maximale (7 000 €).",
        "À examiner : le temps déclaré (0,4 ETP) est sous le minimum du contrat (0,5 ETP).",
    ]


def test_a_post_of_more_than_one_etp_shows_the_cost_of_one(bilan: Bilan) -> None:
    poste = bilan.finances.poste
    assert poste is not None
    assert poste.retenue is not None
    double = Poste(etp=Decimal(2), cout_eligible=Decimal(80000))
    change = replace(
        poste,
        retenue=replace(poste.retenue, poste=double),
        autres=(),
        assiette=Decimal(40000),
        plafond=Decimal(20000),
    )
    autre = replace(bilan, finances=replace(bilan.finances, poste=change))
    lignes = {nom: plain(spell_cell(valeur)) for nom, valeur in job_table(autre).lignes}
    assert lignes["Coût éligible ramené à un ETP"] == "40 000 €"
    assert len(job_remarks(autre)) == 1


def test_171_350_and_17_percent_are_never_multiplied(bilan: Bilan, gabarits: Path) -> None:
    texte = words_of(bilan, gabarits)
    assert "| 171 350 € | pour l’ARS | — | 17 % |" in texte
    assert "le taux et le montant ne sont pas multipliés" in texte
    assert "29 129" not in texte


@pytest.mark.parametrize(
    ("realisation", "mots"),
    [
        (Realisation(), "aucune action programmée"),
        (Realisation(1, 0, 1), "1 action programmée, aucun état déclaré"),
        (Realisation(4, 2, 1), "2 sur 4, soit 50 % (1 sans état déclaré)"),
        (Realisation(3, 0, 0), "0 sur 3, soit 0 %"),
    ],
)
def test_completion_in_words(realisation: Realisation, mots: str) -> None:
    assert plain(spell_completion(realisation)) == mots


def test_a_year_without_meeting_nor_amount_says_so(bilan_vide: Bilan, gabarits: Path) -> None:
    texte = words_of(bilan_vide, gabarits)
    assert "Aucune séance de 2025 n’est enregistrée" in texte
    assert "Aucun programme n’est enregistré pour l’exercice 2025." in texte
    assert "Aucun montant n’est encore déclaré pour l’exercice 2025." in texte
    assert "Poste d’animateur santé\n" not in texte
    assert "Participation aux instances en" not in texte


def test_a_past_meeting_still_planned_is_told(bilan: Bilan) -> None:
    (copil,) = instances_table(bilan).lignes
    assert copil[3:] == ("12 mai 2025", "1er décembre 2025 (date passée)", "non atteint")


def test_each_rule_is_in_the_method_in_words(bilan: Bilan) -> None:
    titres = [titre for titre, _ in method_of(bilan)]
    for titre in (
        "Instances",
        "Participation",
        "Programme annuel",
        "Lieux",
        "Argent",
        "Sommes d’argent",
        "Montants écrits au contrat",
        "Poste d’animateur santé",
    ):
        assert titre in titres
    assert len(set(titres)) == len(titres)


@pytest.mark.parametrize(
    ("largeurs", "portees"),
    [
        pytest.param((8, 16, 40), (1, 2, 5), id="chacune sa largeur"),
        pytest.param((1, 3), (1, 1), id="au moins une"),
        pytest.param((8, 400), (1, UNITES - 1), id="la plus large cède"),
        pytest.param((120, 160), (13, 13), id="les plus larges cèdent"),
    ],
)
def test_spans(largeurs: tuple[float, ...], portees: tuple[int, ...]) -> None:
    colonnes = [Colonne("", largeur) for largeur in largeurs]
    assert spans_of(colonnes) == portees


def test_the_context_of_dijon_prints_on_one_page_wide(dijon: Dossier) -> None:
    vrai = compute_bilan(dijon, 2025, date(2026, 3, 15))
    feuille = load_workbook(BytesIO(render_excel(vrai)))["Contexte"]
    assert str(feuille.page_setup.fitToWidth or 1) == "1"
    assert sum(colonne.width for colonne in feuille.column_dimensions.values()) < 225, (
        "smaller letters could not be read"
    )


def test_statuses_of_amounts_stay_apart(bilan: Bilan) -> None:
    etats = {str(ligne[5]) for ligne in sheet_of(bilan, "Montants")[2:]}
    assert etats == {"renseigné", "à vérifier", "non répondu"}

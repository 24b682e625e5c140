"""One set of figures: every format of one report says the same, cell by cell."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from openpyxl import load_workbook
from pptx import Presentation

from campagnes.docx_cells import read_tables
from campagnes.extracts import read_markdown
from campagnes.pdf_cells import read_rows
from clsmon.demonstration.cycle import make_dossier, run_year
from clsmon.model.bilan import Bilan
from clsmon.opening import packaged, require_dossier
from clsmon.render.cells import spell_cell
from clsmon.render.document import Document, Table
from clsmon.render.results import spell_year
from clsmon.reporting import FORMATS, write_bilan
from tests.render.bilan_samples import compose_bilan

ANNEES = (2024, 2025)
BASE = Path(__file__).parent / "cas" / "_base"
Rangees = list[list[str]]


class Bilans:
    """The report of a dossier's second year, and its bytes in each format."""

    def __init__(self, racine: Path) -> None:
        jour = date(2026, 3, 20)
        dossier = require_dossier(racine)
        self.bilan: Bilan
        self.bilan, chemins = write_bilan(dossier, 2025, jour, tuple(FORMATS))
        self.octets = {
            chemin.suffix[1:]: chemin.read_bytes()
            for chemin in chemins
            if chemin.stem == "bilan-2025"
        }
        self.document: Document = compose_bilan(self.bilan, [packaged("templates")])


def play(racine: Path) -> None:
    """The demonstration of Dijon, two years of answers."""
    make_dossier(racine)
    for annee in ANNEES:
        run_year(racine, annee)


DOSSIERS = [
    pytest.param(lambda racine: shutil.copytree(BASE, racine), id="petit"),
    pytest.param(play, id="demonstration", marks=pytest.mark.campagne),
]


@pytest.fixture(scope="module", params=DOSSIERS)
def bilans(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Bilans:
    racine = tmp_path_factory.mktemp("bilans") / "dossier"
    request.param(racine)
    return Bilans(racine)


def bare(texte: str) -> str:
    """A text without what a layout may change: spaces, and how it writes the end of a line."""
    return re.sub(r"[\s\u00a0\u00ad\u200b/]+", "", texte)


def rows_of_document(document: Document) -> Rangees:
    """Every row of every table, titles included, as the document means it."""
    tableaux = (bloc.tableau for bloc in document.blocs if isinstance(bloc, Table))
    return [
        [bare(case) for case in ligne]
        for tableau in tableaux
        for ligne in (
            [colonne.titre for colonne in tableau.colonnes],
            *([spell_cell(cellule) for cellule in ligne] for ligne in tableau.lignes),
        )
    ]


def rows_of_markdown(octets: bytes) -> Rangees:
    tables = read_markdown(octets)
    rangees = (ligne for table in tables for ligne in table if len(ligne) > 1)
    return [
        [bare(html.fromstring(f"<p>{case}</p>").text_content()) for case in ligne]
        for ligne in rangees
        if not re.fullmatch(r"[-:| ]+", "".join(ligne))
    ]


def rows_of_page(octets: bytes) -> Rangees:
    page = html.document_fromstring(octets.decode("utf-8"))
    return [[bare(case.text_content()) for case in ligne] for ligne in page.iter("tr")]


def rows_of_word(octets: bytes) -> Rangees:
    tables, _ = read_tables(octets)
    return [[bare(case) for case in rangee] for table in tables for rangee in table]


def rows_of_pdf(octets: bytes) -> Rangees:
    return [[bare(case) for case in rangee] for rangee in read_rows(octets)[0]]


LECTEURS = {
    "md": rows_of_markdown,
    "html": rows_of_page,
    "docx": rows_of_word,
    "pdf": rows_of_pdf,
}


@pytest.mark.parametrize("format_", LECTEURS)
def test_every_table_says_the_same_in_each_laid_out_format(bilans: Bilans, format_: str) -> None:
    attendues = rows_of_document(bilans.document)
    assert LECTEURS[format_](bilans.octets[format_]) == attendues
    assert len(attendues) > 50


def figures_of(bilan: Bilan) -> Iterator[tuple[tuple[str, int], str]]:
    """Each number of each measure and year, exact."""
    for ligne in bilan.lignes:
        constats = {c.exercice: c for c in (*ligne.serie, ligne.constat)}
        for annee, constat in constats.items():
            if constat.nombre is not None:
                yield (ligne.situee.cle, annee), f"{constat.nombre:f}"


def figures_of_excel(octets: bytes) -> Mapping[tuple[str, int], float]:
    lignes = list(load_workbook(BytesIO(octets))["Indicateurs"].iter_rows(values_only=True))
    rang = next(r for r, ligne in enumerate(lignes) if "Valeur" in ligne)
    titres = [str(titre) for titre in lignes[rang]]
    lues: list[dict[str, Any]] = [dict(zip(titres, x, strict=True)) for x in lignes[rang + 1 :]]
    return {
        (str(ligne["Clé"]), int(ligne["Année"])): ligne["Valeur"]
        for ligne in lues
        if isinstance(ligne["Valeur"], int | float)
    }


def test_excel_holds_each_number_and_no_other(bilans: Bilans) -> None:
    attendus = {cle: float(nombre) for cle, nombre in figures_of(bilans.bilan)}
    assert figures_of_excel(bilans.octets["xlsx"]) == pytest.approx(attendus, rel=1e-14)
    assert attendus


def test_json_holds_each_number_exactly(bilans: Bilans) -> None:
    contenu = json.loads(bilans.octets["json"])
    lus = {
        (ligne["situee"], constat["exercice"]): constat["nombre"]
        for axe in contenu["axes"]
        for fiche in axe["fiches"]
        for indicateur in fiche["indicateurs"]
        for ligne in indicateur["lignes"]
        for constat in (*ligne["serie"], ligne["constat"])
        if constat["nombre"] is not None
    }
    assert lus == dict(figures_of(bilans.bilan))


@pytest.mark.parametrize("bilans", DOSSIERS[1:], indirect=True)
def test_what_the_slides_project_is_what_the_report_says(bilans: Bilans) -> None:
    bilan = bilans.bilan
    dites = {
        f"{ligne.situee.nom}": [bare(spell_year(bilan, ligne, annee)) for annee in ANNEES]
        for ligne in bilan.lignes
    }
    montrees = 0
    for diapositive in Presentation(BytesIO(bilans.octets["pptx"])).slides:
        for forme in diapositive.shapes:
            rangees = (
                [[case.text for case in x.cells] for x in forme.table.rows]
                if forme.has_table
                else []
            )
            if not rangees or rangees[0][0] != "Fiche et mesure":
                continue
            for nom, _, avant, maintenant, *_ in rangees[1:]:
                assert [bare(avant.removeprefix("2024\u00a0: ")), bare(maintenant)] == dites[nom]
                montrees += 1
    assert montrees

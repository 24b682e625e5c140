"""How the workbook of a report is laid out, on the screen and on paper."""

from __future__ import annotations

import re
import struct
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from clsmon.logos import read_png
from clsmon.model.bilan import Bilan
from clsmon.model.logo import Logo
from clsmon.render.excel import render_excel
from clsmon.render.excel_axes import A_FILTRER, RESULTATS
from clsmon.render.excel_blocks import UNITE, UNITES
from clsmon.render.logos import HAUTEUR, LARGEUR
from tests.images import chunk, draw_png

EMU = 9_525
"""The units of a drawing in a pixel."""


def read(bilan: Bilan) -> Workbook:
    return load_workbook(BytesIO(render_excel(bilan)))


def test_the_summary_prints_on_two_pages_however_long_it_is(bilan: Bilan) -> None:
    long = replace(bilan, a_decider=tuple(f"Objet {rang} " + "mot " * 80 for rang in range(40)))
    for lu in (bilan, long):
        feuille = read(lu)["Synthèse"]
        assert (feuille.page_setup.fitToWidth or 1, feuille.page_setup.fitToHeight) == (1, 2)
        assert feuille.sheet_properties.pageSetUpPr
        assert feuille.sheet_properties.pageSetUpPr.fitToPage


@pytest.mark.parametrize("nom", ["Axe 1", "Gouvernance", "Finances"])
@pytest.mark.parametrize("fictif", [False, True])
def test_the_title_of_a_sheet_of_blocks_stays_in_sight(
    bilan: Bilan, nom: str, fictif: bool
) -> None:
    feuille = read(replace(bilan, fictif=fictif))[nom]
    titre = 2 if fictif else 1
    assert feuille[f"A{titre}"].value in {"Axe 1 – Axe ordinaire", f"{nom} 2025"}
    assert feuille.freeze_panes == f"A{titre + 1}"
    assert feuille.print_title_rows == f"${titre}:${titre}"


def test_a_sheet_to_read_says_where_to_filter(bilan: Bilan) -> None:
    classeur = read(bilan)
    assert A_FILTRER in [cellule.value for cellule in classeur["Axe 1"]["A"]]
    for nom in ("Indicateurs", "Actions"):
        feuille = classeur[nom]
        assert "Axe" in [cellule.value for cellule in feuille[2]]
        assert feuille.auto_filter.ref


def test_the_results_of_an_axis_fill_the_width_of_the_page() -> None:
    assert sum(round(largeur / UNITE) for largeur in RESULTATS.values()) == UNITES


def test_the_draft_agenda_is_printed_too(bilan: Bilan) -> None:
    feuille = read(bilan)["Évolutions"]
    derniere = max(c.row for c in feuille["A"] if c.value is not None)
    assert str(feuille.print_area).endswith(f"${derniere}")
    assert feuille[f"A{derniere}"].value


def read_boxes(octets: bytes) -> list[tuple[int, float, float, float, float]]:
    """The row, the middle and the sides of each image of the cover, in pixels."""
    with ZipFile(BytesIO(octets)) as archive:
        dessin = archive.read("xl/drawings/drawing1.xml").decode("utf-8")
    place = r"<xdr:col>0</xdr:col>" + "".join(
        rf"<xdr:{nom}>(\d+)</xdr:{nom}>" for nom in ("colOff", "row", "rowOff")
    )
    boites = []
    for debut, fin in zip(*[iter(re.findall(place, dessin))] * 2, strict=True):
        (x, rang, y), (x2, rang2, y2) = (map(int, coin) for coin in (debut, fin))
        assert rang == rang2
        largeur, hauteur = (x2 - x) / EMU, (y2 - y) / EMU
        boites.append((rang, x / EMU + largeur / 2, y / EMU + hauteur / 2, largeur, hauteur))
    return boites


def test_each_logo_is_in_the_middle_of_a_box_of_the_same_grid(bilan: Bilan) -> None:
    tailles = [(600, 200), (100, 100), (50, 400), (900, 60), (20, 20)]
    logos = tuple(Logo("ars", draw_png(*taille), *taille) for taille in tailles)
    boites = read_boxes(render_excel(replace(bilan, logos=logos)))
    assert len(boites) == len(tailles)
    assert all(largeur <= LARGEUR + 1 and hauteur <= HAUTEUR + 1 for *_, largeur, hauteur in boites)
    rangs, milieux, hauteurs, _, _ = zip(*boites, strict=True)
    assert rangs == (*[rangs[0]] * 4, rangs[0] + 1)
    pas = [suivant - milieu for milieu, suivant in pairwise(milieux[:4])]
    assert pas == [pytest.approx(pas[0], abs=1)] * 3
    assert milieux[4] == pytest.approx(milieux[0], abs=1)
    assert hauteurs == pytest.approx([hauteurs[0]] * 5, abs=1)


@pytest.mark.parametrize("par_metre", [2835, 3780, 11811], ids=["72 dpi", "96 dpi", "300 dpi"])
def test_a_logo_is_as_large_whatever_density_it_says(bilan: Bilan, par_metre: int) -> None:
    nu = draw_png(400, 100)
    dit = nu[:33] + chunk(b"pHYs", struct.pack(">IIB", par_metre, par_metre, 1)) + nu[33:]
    sans, avec = (
        read_boxes(render_excel(replace(bilan, logos=(read_png(octets, "ars"),))))
        for octets in (nu, dit)
    )
    assert avec == [pytest.approx(boite, abs=1) for boite in sans]

"""The colour of a dossier, in each format: it is the one chosen, and what stands on it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from clsmon.model.bilan import Bilan
from clsmon.model.contrat import Couleurs
from clsmon.model.couleur import BLANC, BLEU, darken, tints_of
from clsmon.render.cells import Colonne, Tableau
from clsmon.render.document import Document, Morceau, Paragraphe, Table, Titre, split_parts
from clsmon.render.excel import render_excel
from clsmon.render.html import render_html
from clsmon.render.slides import render_slides
from clsmon.render.word import render_word
from tests.colours import contrast

from .bilan_samples import GABARITS, PEINDRE, build_bilan, render_pdf

PRUNE = "#6a1b4d"
ACCEPTED = st.integers(0, 0xFFFFFF).map("#{:06x}".format).map(darken)


def document_of(accent: str) -> Document:
    """A title, a link, a table."""
    blocs = (
        Titre(1, "Bilan", "bilan"),
        Titre(2, "Partie", "partie"),
        Paragraphe((Morceau("plus bas", cible="#partie"),)),
        Table(Tableau("Chiffres", (Colonne("A"), Colonne("B")), (("a", "b"),))),
    )
    return Document("x", "Bilan", "Contrat", "Projet", False, split_parts(blocs), accent)


def bilan_of(accent: str) -> Bilan:
    bilan = build_bilan()
    couleurs = Couleurs.model_validate({"principale": accent})
    return replace(bilan, contrat=bilan.contrat.model_copy(update={"couleurs": couleurs}))


def parts_of(octets: bytes, debut: str = "") -> Iterator[tuple[str, str]]:
    with ZipFile(BytesIO(octets)) as zip_:
        for nom in zip_.namelist():
            if nom.startswith(debut) and nom.endswith(".xml"):
                yield nom, zip_.read(nom).decode("utf-8")


def schemes_of(page: str) -> Iterator[Mapping[str, str]]:
    """The variables of the light page, of the dark one, of the printed one."""
    for regle in re.findall(r":root \{(.*?)\}", page, re.DOTALL):
        couleurs = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)", regle))
        yield {
            nom: code if len(code) == 7 else "#" + "".join(2 * c for c in code[1:])
            for nom, code in couleurs.items()
        }


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(ACCEPTED)
def test_any_accepted_colour_is_read_in_html_light_dark_and_printed(accent: str) -> None:
    claire, sombre, imprimee = schemes_of(render_html(document_of(accent), [GABARITS]))
    assert claire["accent"] == imprimee["accent"] == accent
    for page in (claire, sombre, imprimee):
        fond = page.get("fond", BLANC)
        assert contrast(page["accent"], fond) >= 4.5
        assert contrast(page["sur-accent"], page["accent"]) >= 4.5
        assert contrast(page["lien"], fond) >= 4.5
        assert contrast(page["lien"], page["voile"]) >= 4.5


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(ACCEPTED)
def test_any_accepted_colour_is_that_of_the_styles_of_word(accent: str) -> None:
    octets = render_word(document_of(accent), [GABARITS], PEINDRE)
    ((_, styles),) = parts_of(octets, "word/styles")
    code = accent[1:].upper()
    (titre,) = re.findall(r'<w:style [^>]*w:styleId="Heading1".*?</w:style>', styles, re.DOTALL)
    (tableau,) = re.findall(r'<w:tblStylePr w:type="firstRow">.*?</w:tblStylePr>', styles)
    assert f'<w:color w:val="{code}"/>' in titre
    assert f'w:fill="{code}"' in tableau
    assert accent == BLEU or BLEU[1:].upper() not in styles


def test_the_styles_of_a_reference_of_the_dossier_keep_their_colours(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    propres = tmp_path_factory.mktemp("templates")
    (propres / "document.docx").write_bytes((GABARITS / "document.docx").read_bytes())
    octets = render_word(document_of(PRUNE), [propres, GABARITS], PEINDRE)
    ((_, styles),) = parts_of(octets, "word/styles")
    assert BLEU[1:].upper() in styles
    assert PRUNE[1:].upper() not in styles


def test_the_pdf_is_of_the_colour_and_of_no_blue() -> None:
    lecteur = PdfReader(BytesIO(render_pdf(document_of(PRUNE), [GABARITS])))
    flux: list[Any] = [page["/Contents"].get_object() for page in lecteur.pages]
    contenu = b"".join(page.get_data() for page in flux)
    triplets = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:scn|SCN|rg|RG)", contenu)
    vues = {"#" + "".join(f"{round(255 * float(c)):02x}" for c in t) for t in triplets}
    assert PRUNE in vues
    assert BLEU not in vues


def test_the_slides_take_the_colour_from_their_theme() -> None:
    octets = render_slides(bilan_of(PRUNE))
    for nom, theme in parts_of(octets, "ppt/theme/"):
        codes = dict(re.findall(r'<a:(accent1|lt2)><a:srgbClr val="(\w{6})"/>', theme))
        assert codes["accent1"] == PRUNE[1:].upper(), nom
        assert contrast(f"#{codes['accent1']}", f"#{codes['lt2']}".lower()) >= 4.5
    pages = dict(parts_of(octets, "ppt/slides/"))
    assert all('<a:schemeClr val="accent1"/>' in page for page in pages.values())
    assert any('<a:schemeClr val="bg2"/>' in page for page in pages.values())


def test_what_has_a_meaning_keeps_its_colour() -> None:
    """A state is blue, orange or red in every dossier: only titles and headers change."""
    blues = {
        accent: sum(
            partie.count(BLEU[1:].upper())
            for nom, partie in parts_of(render_slides(bilan_of(accent)), "ppt/")
            if "/charts/" in nom or "/slides/" in nom
        )
        for accent in (PRUNE, BLEU)
    }
    assert blues[PRUNE] == blues[BLEU] > 0


def test_the_headers_and_titles_of_the_workbook_are_of_the_colour() -> None:
    classeur = load_workbook(BytesIO(render_excel(bilan_of(PRUNE))))
    fonds: set[str] = set()
    encres: set[str] = set()
    for feuille in classeur.worksheets:
        for (cellule,) in feuille.iter_rows(max_col=1):
            if cellule.value is not None and cellule.font.bold:
                blanche = cellule.font.color is not None and cellule.font.color.rgb == "FFFFFFFF"
                (fonds if blanche else encres).add(
                    cellule.fill.fgColor.rgb if blanche else cellule.font.color.rgb
                )
    attendue = f"FF{PRUNE[1:].upper()}"
    assert attendue in fonds
    assert attendue in encres
    assert f"FF{BLEU[1:].upper()}" not in fonds | encres


def test_without_a_colour_every_document_is_blue() -> None:
    bilan = build_bilan()
    assert bilan.contrat.couleurs.principale == BLEU
    assert bilan_of(BLEU).contrat == bilan.contrat
    assert tints_of(BLEU).lien == BLEU

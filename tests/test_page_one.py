"""« L'essentiel en une page » holds on one page, whatever the dossier holds."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from clsmon.analysis.bilan import compute_bilan
from clsmon.demonstration.cycle import make_dossier, run_year
from clsmon.model.bilan import Attention, Bilan
from clsmon.model.dossier import Dossier
from clsmon.opening import packaged, require_dossier
from clsmon.render.document import Document, Partie
from clsmon.render.word import render_word
from tests.libreoffice import soffice
from tests.render.bilan_samples import PEINDRE, compose_bilan, render_pdf

GABARITS = [packaged("templates")]
ESSENTIEL, SUITE = "1. L’essentiel en une page", "2. Suivi des décisions antérieures"
SOUS_TITRES = [
    "Ce qui a été fait",
    "Ce qui a été répondu",
    "Ce qui appelle l’attention",
    "Ce que le COPIL doit décider",
]
"""What the first page is for."""


def front_of(bilan: Bilan) -> Document:
    """The cover, the first page and the next section: what follows has nothing to do with it."""
    document = compose_bilan(bilan, GABARITS)
    return replace(document, parties=document.parties[:3])


def pdf_of(bilan: Bilan) -> list[str]:
    """The words of each page, on one line."""
    octets = render_pdf(front_of(bilan), GABARITS)
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(octets)).pages]


def word_of(bilan: Bilan, tmp_path: Path) -> list[str]:
    """The words of each page, as LibreOffice lays them out."""
    octets = render_word(front_of(bilan), GABARITS, PEINDRE)
    (tmp_path / "bilan.docx").write_bytes(octets)
    profil = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    commande = [str(soffice()), profil, "--headless", "--convert-to", "pdf", "--outdir"]
    fichiers = [str(tmp_path), str(tmp_path / "bilan.docx")]
    subprocess.run([*commande, *fichiers], check=True, capture_output=True, timeout=180)
    shutil.rmtree(tmp_path / "profil")
    lecteur = PdfReader(tmp_path / "bilan.pdf")
    return [" ".join(page.extract_text().split()) for page in lecteur.pages]


def section_pages(pages: list[str]) -> list[str]:
    """The pages from the first page's title to the next section's."""
    debut = max(rang for rang, page in enumerate(pages) if ESSENTIEL in page)
    fin = max(rang for rang, page in enumerate(pages) if SUITE in page)
    return pages[debut : max(fin, debut + 1)]


def assert_one_whole_page(pages: list[str], bilan: Bilan) -> None:
    (page,) = section_pages(pages)
    assert [titre for titre in SOUS_TITRES if titre not in page] == []
    lue = re.sub(r"\s+", "", page)
    dits = [*(point.texte for point in bilan.attention), *bilan.a_decider]
    assert [texte for texte in dits if re.sub(r"\s+", "", texte) not in lue] == []


def without_answers(_: Path) -> Bilan:
    return compute_bilan(require_dossier(packaged("dijon")), 2025, date(2026, 3, 20))


def demonstration(*annees: int) -> Callable[[Path], Bilan]:
    """The demonstration of Dijon, these years."""

    def play(racine: Path) -> Bilan:
        make_dossier(racine)
        for annee in annees:
            run_year(racine, annee)
        return compute_bilan(require_dossier(racine), annees[-1], date(annees[-1] + 1, 3, 20))

    return play


BILANS = [
    pytest.param(without_answers, id="sans réponse"),
    pytest.param(demonstration(2024, 2025), id="démonstration", marks=pytest.mark.campagne),
    pytest.param(
        demonstration(2024, 2025, 2026, 2027, 2028), id="cinq ans", marks=pytest.mark.campagne
    ),
]


@pytest.mark.parametrize("construit", BILANS)
def test_it_is_one_page_of_the_pdf(construit: Callable[[Path], Bilan], tmp_path: Path) -> None:
    bilan = construit(tmp_path / "dossier")
    assert_one_whole_page(pdf_of(bilan), bilan)


@pytest.mark.skipif(soffice() is None, reason="LibreOffice is not installed")
@pytest.mark.campagne
@pytest.mark.parametrize("construit", BILANS)
def test_it_is_one_page_of_word(construit: Callable[[Path], Bilan], tmp_path: Path) -> None:
    bilan = construit(tmp_path / "dossier")
    assert_one_whole_page(word_of(bilan, tmp_path), bilan)


def loaded(dossier: Dossier, points: int) -> Bilan:
    """A year when everything calls attention, and `points` things are to be decided."""
    phrase = "une phrase assez longue pour prendre deux lignes de la page entière " * 2
    bilan = compute_bilan(dossier, 2025, date(2026, 3, 20))
    return replace(
        bilan,
        attention=tuple(Attention(f"Point {rang} : {phrase}", "règle") for rang in range(5)),
        a_decider=tuple(f"Objet {rang} : {phrase.strip()}" for rang in range(points)),
    )


def test_more_words_take_smaller_characters(dijon: Dossier) -> None:
    bilan = loaded(dijon, 8)
    assert_one_whole_page(pdf_of(bilan), bilan)


def test_what_cannot_hold_goes_on_and_loses_nothing(dijon: Dossier) -> None:
    bilan = loaded(dijon, 60)
    pages = section_pages(pdf_of(bilan))
    assert len(pages) > 1
    lues = " ".join(pages)
    assert [rang for rang in range(60) if f"Objet {rang}" not in lues] == []


def test_only_the_first_page_is_tight(dijon: Dossier) -> None:
    def is_first(partie: Partie) -> bool:
        return partie.titre is not None and partie.titre.texte == ESSENTIEL

    bilan = compute_bilan(dijon, 2025, date(2026, 3, 20))
    parties = compose_bilan(bilan, GABARITS).parties
    assert [partie.serree for partie in parties] == list(map(is_first, parties))
    assert sum(partie.serree for partie in parties) == 1

"""The report as one page: the words of the Markdown, nothing active, readable by all."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from clsmon.model.anomalie import ClsmonError
from clsmon.model.bilan import Bilan
from clsmon.model.texte import clean_text
from clsmon.render.cells import spell_cell
from clsmon.render.document import Document, Illustration, Paragraphe, Table, Titre
from clsmon.render.html import render_html
from tests.render.bilan_samples import compose_bilan

from .bilan_samples import GABARITS, build_bilan
from .hostile import HOSTILES
from .pages import Page

BuildBilan = Callable[..., Bilan]


def document_of(bilan: Bilan) -> Document:
    return compose_bilan(bilan, [GABARITS])


def page_of(bilan: Bilan) -> Page:
    return Page(render_html(document_of(bilan), [GABARITS]))


@pytest.fixture(scope="module")
def sain() -> list[str]:
    """The elements of the page when every text is an ordinary word."""
    return page_of(build_bilan()).genres


@pytest.mark.parametrize("texte", HOSTILES)
def test_hostile_text_is_shown_and_adds_no_element(
    sain: list[str], bilan_of: BuildBilan, texte: str
) -> None:
    page = page_of(bilan_of(texte))
    # A text of several lines makes several paragraphs, nothing else.
    assert [g for g in page.genres if g != "p"] == [g for g in sain if g != "p"]
    liens = {lien for nom, a in page.elements if nom == "a" for lien in [a.get("href")]}
    assert all(str(lien).startswith("#") for lien in liens)
    assert not [nom for nom in page.all_of("src") if not nom.startswith("data:image/png")]
    for ligne in filter(None, map(str.strip, clean_text(texte).split("\n"))):
        assert re.sub(r"\s+", " ", ligne) in re.sub(r"\s+", " ", " ".join(page.mots))


def test_the_page_says_all_that_the_document_says(bilan: Bilan) -> None:
    document = document_of(bilan)
    mots = re.sub(r"\s+", "", "".join(page_of(bilan).mots))
    for bloc in document.blocs:
        match bloc:
            case Titre() | Paragraphe():
                assert re.sub(r"\s+", "", bloc.texte) in mots
            case Table(tableau):
                for cellule in (c for ligne in tableau.lignes for c in ligne):
                    assert re.sub(r"\s+", "", clean_text(spell_cell(cellule))) in mots
            case Illustration(graphique):
                assert re.sub(r"\s+", "", graphique.texte) in mots


def test_the_page_can_be_read_by_all(bilan: Bilan) -> None:
    page = page_of(bilan)
    assert page.elements[0] == ("html", {"lang": "fr"})
    assert not {"script", "link", "iframe", "object"} & set(page.genres)
    niveaux = [int(g[1]) for g in page.genres if re.fullmatch("h[1-6]", g)]
    assert niveaux.count(1) == 1
    assert all(suivant - niveau <= 1 for niveau, suivant in pairwise(niveaux))
    assert page.genres.count("caption") == page.genres.count("table") > 0
    assert set(page.all_of("scope")) == {"col", "row"}
    defiles = [a for _, a in page.elements if a.get("class") == "defile"]
    assert all(a.get("tabindex") == "0" and a.get("aria-label") for a in defiles)
    assert (page.genres.count("nav"), page.genres.count("main")) == (1, 1)


def test_every_anchor_is_unique_and_every_link_arrives(bilan: Bilan) -> None:
    page = page_of(bilan)
    ancres = page.all_of("id")
    assert len(ancres) == len(set(ancres))
    liens = {str(a["href"])[1:] for nom, a in page.elements if nom == "a"}
    assert liens <= set(ancres)
    fiche = bilan.fiches[0]
    assert f"fiche-{fiche.fiche.id}" in ancres
    mesures = {f"mesure-{ligne.situee.cle}" for ligne in bilan.lignes}
    assert mesures <= set(ancres)
    assert {lien for lien in liens if lien.startswith("mesure-")} <= mesures


def test_a_measure_leads_to_its_cell_and_back(bilan: Bilan) -> None:
    page = page_of(bilan)
    liens = set(page.all_of("href"))
    renseignee = next(ligne for ligne in bilan.lignes if ligne.constat.declarations)
    cle = renseignee.situee.cle
    assert {f"#provenance-{cle}", f"#mesure-{cle}"} <= liens


def test_fictitious_data_say_so_above_all(bilan_of: BuildBilan) -> None:
    fictive = render_html(document_of(bilan_of(fictif=True)), [GABARITS])
    assert fictive.count("DONNÉES FICTIVES") >= 4
    assert '@top-right { content: "DONNÉES FICTIVES"' in fictive
    reelle = render_html(document_of(bilan_of(fictif=False)), [GABARITS])
    assert "FICTIVES" not in reelle


def test_the_same_report_gives_the_same_page(bilan: Bilan, bilan_of: BuildBilan) -> None:
    textes = {render_html(document_of(b), [GABARITS]) for b in (bilan, bilan_of())}
    assert len(textes) == 1


def test_an_empty_year_is_a_page_too(bilan_vide: Bilan) -> None:
    page = page_of(bilan_vide)
    assert page.genres.count("h2") == 9
    assert any("Aucune réponse n’est encore enregistrée" in mot for mot in page.mots)


def test_a_block_of_the_markdown_is_replaced_in_the_page_too(bilan: Bilan, tmp_path: Path) -> None:
    (tmp_path / "bilan.md.j2").write_text(
        '{% extends "paquet/bilan.md.j2" %}\n{% block page_une %}\n## Chez nous\n\n'
        "| a | b |\n|---|---|\n| *c* | d |\n\n    un code\n{% endblock %}\n",
        encoding="utf-8",
    )
    gabarits = [tmp_path, GABARITS]
    page = Page(render_html(compose_bilan(bilan, gabarits), gabarits))
    assert {"Chez nous", "c", "un code"} <= set(page.mots)


def test_the_page_itself_can_be_changed(bilan: Bilan, tmp_path: Path) -> None:
    (tmp_path / "document.html.j2").write_text(
        '{% extends "paquet/document.html.j2" %}{% block pied %}<p>Fin</p>{% endblock %}',
        encoding="utf-8",
    )
    page = Page(render_html(document_of(bilan), [tmp_path, GABARITS]))
    assert page.mots[-1] == "Fin"


def test_a_fault_of_its_template_is_placed(bilan: Bilan, tmp_path: Path) -> None:
    (tmp_path / "document.html.j2").write_text(
        '{% extends "paquet/document.html.j2" %}\n{% block pied %}{{ inconnu }}{% endblock %}',
        encoding="utf-8",
    )
    with pytest.raises(ClsmonError, match="« inconnu » n’existe pas") as faute:
        render_html(document_of(bilan), [tmp_path, GABARITS])
    assert faute.value.lieu is not None
    assert faute.value.lieu.ligne == 2

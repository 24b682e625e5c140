"""A meeting's document: the same words in each format, nothing active, readable by all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document as Word
from markdown_it import MarkdownIt

from clsmon.analysis.meeting import compute_meeting
from clsmon.model.reunion import Reunion
from clsmon.model.texte import clean_text
from clsmon.opening import packaged, require_dossier
from clsmon.render.cells import Colonne, Tableau, spell_cell
from clsmon.render.html import render_html
from clsmon.render.inlays import write_markdown
from clsmon.render.meeting import draw_agenda
from clsmon.render.minutes import draw_minutes
from clsmon.render.piece import Piece, Section
from clsmon.render.piece_text import document_of, text_of
from clsmon.render.word import render_word
from tests.meetings import collect, held
from tests.render.bilan_samples import PEINDRE

from .hostile import HOSTILES

GABARITS = [packaged("templates")]
COMMANDES = ("a\x00b\x0bc\x1f", "a\u202eb", "\ud800x", "\ufffe")


@pytest.fixture(scope="module")
def reunion(tmp_path_factory: pytest.TempPathFactory) -> Reunion:
    """A COPIL that was held, six decisions, two actions."""
    import shutil  # noqa: PLC0415

    racine = tmp_path_factory.mktemp("seance")
    shutil.copytree(packaged("dijon") / "data", racine / "data")
    collect(racine, held(racine))
    dossier = require_dossier(racine)
    return compute_meeting(dossier, dossier.seances[0])


def sample(texte: str, *, fictif: bool = False) -> Piece:
    """A document where every text is this one."""
    tableau = Tableau(texte, (Colonne(texte), Colonne("B")), ((texte, 12), (None, texte)))
    section = Section(texte, 2, (texte,), ((texte, texte),), (texte, texte), tableau=tableau)
    return Piece("x", texte, texte, ((texte, texte),), (section,), fictif)


def html_of(piece: Piece) -> str:
    return render_html(document_of(piece, text_of(piece, GABARITS)), GABARITS)


def word_of(piece: Piece) -> bytes:
    return render_word(document_of(piece, text_of(piece, GABARITS)), GABARITS, PEINDRE)


class Page(HTMLParser):
    """The elements of a page, the level of its headings, and its words."""

    def __init__(self, texte: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributs: list[tuple[str, str | None]] = []
        self.mots: list[str] = []
        self.style = False
        self.feed(texte)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributs += attrs
        self.style = tag in {"style", "title"}

    def handle_endtag(self, tag: str) -> None:
        self.style = self.style and tag not in {"style", "title"}

    def handle_data(self, data: str) -> None:
        if not self.style and data.strip():
            self.mots += data.split()


def words_of_word(octets: bytes) -> list[str]:
    corps = Word(BytesIO(octets)).element.body
    return [mot for p in corps.iter("{*}p") for mot in "".join(p.itertext()).split()]


def words_of_markdown(texte: str) -> list[str]:
    rendu = MarkdownIt("gfm-like", {"linkify": False}).render(texte)
    return Page(rendu).mots


def bare(mots: list[str]) -> str:
    """The letters and figures only: how an item is marked is each format's own."""
    return re.sub(r"(?<![0-9])[0-9]\.(?=\S)|[\W_]", "", "".join(mots))


@pytest.mark.parametrize("draw", [draw_agenda, draw_minutes])
def test_the_same_words_in_the_three_formats(
    reunion: Reunion, draw: Callable[[Reunion], Piece]
) -> None:
    document = draw(reunion)
    rendus = [
        bare(words_of_markdown(write_markdown(text_of(document, GABARITS)))),
        bare(Page(html_of(document)).mots),
        bare(words_of_word(word_of(document))),
    ]
    for texte in texts_of(document):
        assert [bare([texte]) in rendu for rendu in rendus] == [True] * 3, texte


def texts_of(document: Piece) -> Iterator[str]:
    """Every text that the document shows."""
    yield from (document.titre, document.contrat, *(t for fait in document.faits for t in fait))
    for section in document.sections:
        yield from (section.titre, *section.paragraphes, *section.liste)
        yield from (texte for fait in section.faits for texte in fait)
        for ligne in section.tableau.lignes if section.tableau else ():
            yield from map(spell_cell, ligne)


def test_minutes_tell_who_came_and_what_each_decision_changes(reunion: Reunion) -> None:
    texte = write_markdown(text_of(draw_minutes(reunion), GABARITS)).replace("\u00a0", " ")
    for dit in (
        "2 organismes présents sur 34 convoqués, soit 5,9 %.",
        "- **Excusés (1)** : Préfecture de Côte-d’Or",
        "### D2 : retrait d’une fiche, 3.5 ",
        "sort du contrat le 31 décembre 2026",
        "La cible de « 2.3 Sorties du dispositif » est fixée : 23 sorties en 2028.",
        "« 4.2 Participants aux sessions de formation » : réponse retenue, ARS.",
        "Elle fixe 2 actions au programme 2026 (article 3)",
        "il doit être signé par tous les membres du COPIL",
        "d’habitat dégradé | Questionnaire aux mairies | Dijon métropole | juin 2026 | D5 |",
        "- Centre Hospitalier La Chartreuse",
    ):
        assert dit in texte


@pytest.mark.parametrize("texte", [t for t in (*HOSTILES, *COMMANDES) if clean_text(t)])
def test_hostile_text_is_inert_in_each_format(texte: str) -> None:
    sain, hostile = sample("mot"), sample(texte)
    page, modele = (Page(html_of(d)) for d in (hostile, sain))
    assert page.elements == modele.elements
    assert [nom for nom, _ in page.attributs] == [nom for nom, _ in modele.attributs]
    markdown = MarkdownIt("gfm-like", {"linkify": False, "html": True})
    types = [
        {t.type for bloc in markdown.parse(r) for t in (bloc, *(bloc.children or ()))}
        for r in (write_markdown(text_of(d, GABARITS)) for d in (hostile, sain))
    ]
    assert types[0] - types[1] <= {"softbreak", "text_special"}


def test_every_text_fits_in_a_word_document() -> None:
    textes = (*HOSTILES, *COMMANDES)
    section = Section("titre", paragraphes=textes, liste=textes)
    document = replace(sample("mot"), sections=(section,))
    paragraphes = Word(BytesIO(word_of(document))).paragraphs
    lus = [p.text for p in paragraphes if p.style is not None and p.style.name == "List Bullet"]
    assert [bare([t]) for t in lus[1:]] == [bare([t]) for t in map(clean_text, textes) if t.strip()]


def test_the_page_can_be_read_by_all(reunion: Reunion) -> None:
    texte = html_of(draw_agenda(reunion))
    page = Page(texte)
    assert texte.startswith("<!DOCTYPE html>\n") or "<!DOCTYPE html>" in texte[:20]
    assert ("lang", "fr") in page.attributs
    assert not {"script", "img", "link", "iframe"} & set(page.elements)
    niveaux = [int(e[1]) for e in page.elements if re.fullmatch("h[1-6]", e)]
    assert niveaux[0] == 1
    assert niveaux.count(1) == 1
    assert all(suivant - niveau <= 1 for niveau, suivant in pairwise(niveaux))
    assert page.elements.count("caption") == page.elements.count("table")
    assert {v for nom, v in page.attributs if nom == "scope"} == {"col", "row"}


def test_the_word_document_has_real_styles_and_repeats_its_headings(reunion: Reunion) -> None:
    word = Word(BytesIO(word_of(draw_minutes(reunion))))
    styles = [p.style.name for p in word.paragraphs if p.style is not None]
    assert styles[:2] == ["Title", "Subtitle"]
    assert styles.count("Heading 2") == 6
    assert {"Heading 1", "List Bullet"} <= set(styles)
    for tableau in word.tables:
        assert "w:tblHeader" in tableau.rows[0]._tr.xml
        assert "w:tblHeader" not in tableau.rows[1]._tr.xml
    assert 'w:val="fr-FR"' in word.styles.element.xml


def test_the_word_document_has_the_same_bytes_and_no_author(reunion: Reunion) -> None:
    octets = word_of(draw_minutes(reunion))
    assert octets == word_of(draw_minutes(reunion))
    with ZipFile(BytesIO(octets)) as archive:
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    proprietes = Word(BytesIO(octets)).core_properties
    assert (proprietes.author, proprietes.last_modified_by) == ("", "")


def test_fictitious_data_say_so_on_each_page() -> None:
    document = sample("mot", fictif=True)
    avis = "DONNÉES FICTIVES"
    word = Word(BytesIO(word_of(document)))
    assert avis in word.sections[0].header.paragraphs[0].text
    html = html_of(document)
    assert f'@top-right {{ content: "{avis}"' in html
    assert avis in " ".join(Page(html).mots)
    titres = [r for r in write_markdown(text_of(document, GABARITS)).split("\n") if r[:1] == "#"]
    assert all(avis in titre for titre in titres)
    assert avis not in html_of(sample("mot"))


def test_a_dossier_replaces_one_block(tmp_path: Path) -> None:
    (tmp_path / "seance.md.j2").write_text(
        '{% extends "paquet/seance.md.j2" %}{% block pied %}Fait à Dijon{% endblock %}',
        encoding="utf-8",
    )
    texte = write_markdown(text_of(sample("mot"), [tmp_path, *GABARITS]))
    assert texte.endswith("Fait à Dijon\n")
    assert texte.startswith("# mot\n")

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from clsmon.model.anomalie import ClsmonError
from clsmon.model.bilan import Bilan
from clsmon.render.escape import anchor_of
from tests.render.bilan_samples import render_markdown

from .bilan_samples import GABARITS, build_bilan
from .hostile import HOSTILES

IMAGES = ("avancement", "completude", "etats", "cibles", "mesures-1-1", "depenses")
"""The charts of the hand-built bilan, in the order of the document."""


def tokens_of(texte: str) -> list[Token]:
    blocs = MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(texte)
    return [t for bloc in blocs for t in (bloc, *(bloc.children or ()))]


def skeleton_of(texte: str) -> list[str]:
    """The structure of a document, without its words nor how its paragraphs are cut."""
    ignores = {"text", "softbreak", "inline", "paragraph_open", "paragraph_close"}
    return [t.type for t in tokens_of(texte) if t.type not in ignores]


@pytest.fixture(scope="module")
def sain() -> list[str]:
    """The structure of the bilan when every text is an ordinary word."""
    return skeleton_of(render_markdown(build_bilan(), [GABARITS]))


@pytest.mark.parametrize("texte", HOSTILES)
def test_hostile_text_changes_no_structure(
    sain: list[str], bilan_of: Callable[..., Bilan], gabarits: Path, texte: str
) -> None:
    hostile = render_markdown(bilan_of(texte), [gabarits])
    assert skeleton_of(hostile) == sain
    jetons = tokens_of(hostile)
    images = [t.attrs["src"] for t in jetons if t.type == "image"]
    assert images == [f"bilan-2025-{nom}.svg" for nom in IMAGES]
    assert all(str(t.attrs["href"]).startswith("#") for t in jetons if t.type == "link_open")
    assert not [t for t in jetons if t.type.startswith("html")]


def test_contents_lead_to_headings(bilan: Bilan, gabarits: Path) -> None:
    jetons = tokens_of(render_markdown(bilan, [gabarits]))
    titres = {
        "#" + anchor_of(suivant.content)
        for jeton, suivant in pairwise(jetons)
        if jeton.type == "heading_open" and jeton.tag == "h2"
    }
    liens = {str(t.attrs["href"]) for t in jetons if t.type == "link_open"}
    assert len(liens) == 9
    assert {MarkdownIt().normalizeLink(t) for t in titres} == liens


def test_fictitious_data_say_so_everywhere(bilan_of: Callable[..., Bilan], gabarits: Path) -> None:
    texte = render_markdown(bilan_of(fictif=True), [gabarits])
    titres = [ligne for ligne in texte.splitlines() if ligne.startswith(("# ", "## "))]
    assert all("DONNÉES FICTIVES" in titre for titre in titres)
    assert "DONNÉES FICTIVES" in texte.splitlines()[-1]
    assert "FICTIVES" not in render_markdown(bilan_of(), [gabarits])


def test_empty_year_says_what_is_expected(bilan_vide: Bilan, gabarits: Path) -> None:
    texte = render_markdown(bilan_vide, [gabarits])
    assert "Aucune réponse n’est encore enregistrée pour l’exercice 2025." in texte
    assert "| APO ordinaire | 1.1 | 10 | 15 mars 2026 | non reçu |" in texte
    assert "![" not in texte


def test_same_bilan_same_text(bilan: Bilan, bilan_of: Callable[..., Bilan], gabarits: Path) -> None:
    assert render_markdown(bilan, [gabarits]) == render_markdown(bilan_of(), [gabarits])


@pytest.fixture
def render_with(bilan: Bilan, gabarits: Path, tmp_path: Path) -> Callable[[str], str]:
    """Renders an ordinary bilan by a dossier's own main template."""
    return lambda texte: render_markdown(bilan, [write_template(tmp_path, texte), gabarits])


def write_template(tmp_path: Path, texte: str, nom: str = "bilan.md.j2") -> Path:
    gabarit = tmp_path / "templates"
    gabarit.mkdir(exist_ok=True)
    (gabarit / nom).write_text(texte, encoding="utf-8")
    return gabarit


def test_a_dossier_replaces_one_block(bilan: Bilan, gabarits: Path, tmp_path: Path) -> None:
    propre = write_template(
        tmp_path,
        '{% extends "paquet/bilan.md.j2" %}\n'
        "{% block page_une %}## Notre page {{ contrat.titre }}{% endblock %}\n",
    )
    texte = render_markdown(bilan, [propre, gabarits])
    assert "## Notre page Contrat ordinaire" in texte
    assert "Ce qui a été répondu" not in texte
    assert "## 4. Résultats des indicateurs" in texte


@pytest.mark.parametrize(
    "expression",
    [
        "{{ contrat.titre }}",
        "{{ contrat.titre | e }}",
        "{{ ('a' | e) ~ contrat.titre }}",
        "{{ ('a' | e) + contrat.titre }}",
        "{{ ['a' | e, contrat.titre] | join }}",
        "{{ ['a' | e] | join(contrat.titre) }}",
        "{% set x %}{{ contrat.titre }}{% endset %}{{ x }}",
        "{% macro m(t) %}{{ t }}{% endmacro %}{{ m(contrat.titre) }}",
    ],
)
def test_no_expression_of_a_template_lets_markup_through(
    bilan_of: Callable[..., Bilan], gabarits: Path, tmp_path: Path, expression: str
) -> None:
    propre = write_template(tmp_path, expression)
    texte = render_markdown(bilan_of("[x](http://mal) **gras**"), [propre, gabarits])
    assert not {"link_open", "strong_open"} & {t.type for t in tokens_of(texte)}


@pytest.mark.parametrize(
    ("gabarit", "ligne", "mots"),
    [
        pytest.param("un\n{{ inconnu }}", 2, "« inconnu » n’existe pas", id="variable"),
        pytest.param("{{ bilan.inconnu }}", 1, "exercice", id="champ, avec ce qui existe"),
        pytest.param("un\ndeux\n{% if %}", 3, "Expected", id="syntaxe"),
        pytest.param("{{ 1 / 0 }}", 1, "division", id="calcul"),
        pytest.param("{{ contrat.titre | safe }}", 1, "safe", id="filtre interdit"),
        pytest.param("\n{{ bilan.__class__ }}", 2, "__class__", id="bac a sable"),
        pytest.param("{{ ('a' | e).join([contrat.titre]) }}", 1, "join", id="texte sur, melange"),
        pytest.param('{% include "absent.md.j2" %}', 1, "absent.md.j2", id="gabarit absent"),
        pytest.param("{{ contrat.periode.signature }}", 1, "absente", id="valeur absente"),
    ],
)
def test_an_error_gives_its_template_and_line(
    render_with: Callable[[str], str], gabarit: str, ligne: int, mots: str
) -> None:
    with pytest.raises(ClsmonError, match="GAB001") as leve:
        render_with(gabarit)
    assert leve.value.lieu is not None
    assert (leve.value.lieu.fichier, leve.value.lieu.ligne) == ("templates/bilan.md.j2", ligne)
    assert mots in leve.value.message
    assert "bilan, contrat" in leve.value.conseil


def test_an_error_in_an_included_file_names_that_file(
    bilan: Bilan, gabarits: Path, tmp_path: Path
) -> None:
    (tmp_path / "templates" / "bilan").mkdir(parents=True)
    propre = write_template(tmp_path, "\n\n{{ inconnu }}", "bilan/page_une.md.j2")
    with pytest.raises(ClsmonError) as leve:
        render_markdown(bilan, [propre, gabarits])
    assert leve.value.lieu is not None
    assert (leve.value.lieu.fichier, leve.value.lieu.ligne) == ("templates/bilan/page_une.md.j2", 3)


def test_the_first_page_shows_two_charts_and_leaves_rules_to_the_method(
    bilan: Bilan, gabarits: Path
) -> None:
    texte = render_markdown(bilan, [gabarits])
    page_une, suite = texte[texte.index("## 1. ") :].split("\n## 2. ", 1)
    assert "### Ce que le COPIL doit décider" in page_une
    assert page_une.count("![") == 2
    regles = [point.regle for point in bilan.attention]
    assert regles
    assert [suite.count(regle) for regle in regles] == [1] * len(regles)
    assert not any(regle in page_une for regle in regles)

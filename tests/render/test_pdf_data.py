"""A document as data: what the engine would refuse is settled before."""

from __future__ import annotations

from typing import Any

import pytest

from clsmon.opening import packaged
from clsmon.render.cells import Colonne, Tableau
from clsmon.render.charts import Graphique
from clsmon.render.document import (
    Bloc,
    Document,
    Illustration,
    Liste,
    Morceau,
    Paragraphe,
    Table,
    Titre,
    split_parts,
)
from clsmon.render.glyphs import load_glyphs
from clsmon.render.pdf_data import document_data


def data_of(*blocs: Bloc, sujet: str = "Contrat") -> dict[str, Any]:
    document = Document("nom", "Titre", sujet, "Nature.", False, split_parts(blocs))
    return document_data(document, load_glyphs(packaged("polices")), "Liberation Sans")[0]


def blocks_of(*blocs: Bloc) -> list[dict[str, Any]]:
    return [bloc for partie in data_of(*blocs)["parties"] for bloc in partie["blocs"]]


def said(texte: str, **style: Any) -> Paragraphe:
    return Paragraphe((Morceau(texte, **style),))


def wide(repere: str = "") -> Table:
    colonnes = tuple(Colonne("c") for _ in range(11))
    lignes = (("accompagnements",) * 11,)
    return Table(Tableau("large", colonnes, lignes, (repere,) if repere else ()))


NARROW = Table(Tableau("étroit", (Colonne("a"),), (("b",),)))


@pytest.mark.parametrize(
    ("ecrits", "poses"),
    [
        pytest.param((2, 3, 4), [1, 2, 3], id="à la suite"),
        pytest.param((2, 4, 5, 3, 2), [1, 2, 3, 2, 1], id="sauté"),
        pytest.param((6,), [1], id="le premier trop bas"),
    ],
)
def test_no_heading_level_is_skipped(ecrits: tuple[int, ...], poses: list[int]) -> None:
    titres = [Titre(niveau, "t", f"t{rang}") for rang, niveau in enumerate(ecrits)]
    assert [bloc["niveau"] for bloc in blocks_of(Titre(1, "Document", "d"), *titres)] == poses


def test_an_anchor_is_put_once() -> None:
    titre, table = blocks_of(Titre(2, "a", "ici"), wide("ici"))[0]["blocs"]
    assert titre["ancre"] == "ici"
    assert table["lignes"][0]["ancre"] is None


@pytest.mark.parametrize(
    ("cible", "ancre", "adresse"),
    [
        pytest.param("#ici", "ici", None, id="une ancre"),
        pytest.param("#ailleurs", None, None, id="une ancre inconnue"),
        pytest.param("https://exemple.test", None, "https://exemple.test", id="une adresse"),
        pytest.param("javascript:alert(1)", None, None, id="un programme"),
        pytest.param("file:///etc/passwd", None, None, id="un fichier"),
        pytest.param("", None, None, id="aucune"),
    ],
)
def test_a_link_leads_to_what_exists(cible: str, ancre: str | None, adresse: str | None) -> None:
    _, paragraphe = blocks_of(Titre(2, "a", "ici"), said("x", cible=cible))
    (morceau,) = paragraphe["morceaux"]
    assert (morceau["ancre"], morceau["adresse"]) == (ancre, adresse)


@pytest.mark.parametrize(
    ("bloc", "suivant", "annonce"),
    [
        pytest.param(said("Freins", fort=True), said("x"), True, id="tout en gras"),
        pytest.param(said("ARS\u00a0:"), said("x"), True, id="deux-points"),
        pytest.param(said("Les sommes."), NARROW, True, id="avant un tableau"),
        pytest.param(said("Les sommes."), said("x"), False, id="avant un autre"),
        pytest.param(said("Les points."), Liste(((said("x"),),)), True, id="avant une liste"),
    ],
)
def test_a_paragraph_stays_with_what_it_announces(
    bloc: Paragraphe, suivant: Bloc, annonce: bool
) -> None:
    assert blocks_of(bloc, suivant)[0]["annonce"] is annonce


def test_a_wide_table_turns_its_page_with_the_titles_above_it() -> None:
    blocs = blocks_of(
        Titre(2, "Un", "un"), said("Texte."), Titre(3, "Deux", "deux"), wide(), wide(), said("x")
    )
    assert [bloc["genre"] for bloc in blocs] == ["titre", "paragraphe", "paysage", "paragraphe"]
    assert [bloc["genre"] for bloc in blocs[2]["blocs"]] == ["titre", "tableau", "tableau"]


@pytest.mark.parametrize(
    ("lignes", "saut"),
    [pytest.param(2, False, id="section courte"), pytest.param(30, True, id="section longue")],
)
def test_a_section_starts_a_page_unless_the_one_before_is_short(lignes: int, saut: bool) -> None:
    corps = (said("x"),) * lignes
    parties = data_of(Titre(2, "Un", "un"), *corps, Titre(2, "Deux", "deux"))["parties"]
    assert [partie["saut"] for partie in parties] == [True, True, saut]


def test_a_drawing_takes_the_font_of_the_document_and_keeps_its_words() -> None:
    svg = '<svg viewBox="0 0 4 2" width="4" height="2" font-family="Arial"><text>中</text></svg>'
    (dessin,) = blocks_of(Illustration(Graphique("a.svg", "Titre", "Mots", svg)))
    assert dessin["proportion"] == 0.5
    assert 'font-family="Liberation Sans"' in dessin["svg"]
    assert "[U+4E2D]" in dessin["svg"]
    assert dessin["texte"] == "Titre. Mots"


def test_a_long_subject_is_shortened_at_the_head_of_pages_only() -> None:
    sujet = "Contrat local " * 20
    donnees = data_of(sujet=sujet)
    assert donnees["sujet"] == sujet
    assert donnees["tete"].startswith("Contrat local Contrat")
    assert donnees["tete"].endswith("…")
    assert len(donnees["tete"]) <= 90

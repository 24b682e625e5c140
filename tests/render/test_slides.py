"""The deck for the COPIL: it fits, it is read aloud, it names its sources, it never changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest

from clsmon.model.arial import count_lines
from clsmon.model.bilan import Bilan, LigneMesure
from clsmon.model.cloture import Cloture
from clsmon.model.constat import Constat
from clsmon.model.dossier import Dossier
from clsmon.model.evolutions import Evolutions
from clsmon.model.indicateur import Mesure
from clsmon.model.logo import Logo
from clsmon.model.statut import Statut
from clsmon.model.texte import clean_text
from clsmon.render.plain import one_line
from clsmon.render.slides import AU_PLUS, render_slides
from clsmon.render.slides_blocks import Ligne, Texte, Vignettes, block_height
from clsmon.render.slides_fit import cut_text, lines_of
from clsmon.render.slides_flow import flow
from clsmon.render.slides_graphs import number_format, result_tiles
from clsmon.render.slides_section import shown_lines
from clsmon.render.slides_sections import sections_of
from clsmon.render.spelling import spell_finding, spell_quantity
from tests.images import draw_png

from .hostile import HOSTILES
from .slides_samples import POINT, Deck, bilan_of_years, charts_of, read_deck, texts_of

LARGEUR, HAUTEUR = 960, 540
ARRONDI = 2
"""Places are whole numbers, 12 700 to a point."""
LISIBLE, LISIBLE_EN_TABLEAU = 16, 12
ACTIFS = (
    *("=1+1", "<script>alert(1)</script>", "&lt;script&gt;", "{{ bilan }}", "\u202etxet\u202c"),
    *("a\x00b\x1b[31mc\x07", "_x001B_", "ligne\n\nparagraphe", "https://mal.example"),
)
assert set(ACTIFS) < set(HOSTILES)


@pytest.fixture(scope="module")
def decks(dijon: Dossier) -> dict[str, tuple[Bilan, Deck]]:
    """The real contract before any answer, after two years and after five."""
    bilans = {
        "empty": bilan_of_years(dijon, 2025),
        "two years": bilan_of_years(dijon, 2025, 2024, 2025),
        "five years": bilan_of_years(dijon, 2028, *range(2024, 2029)),
    }
    return {nom: (bilan, read_deck(bilan)) for nom, bilan in bilans.items()}


CAS = pytest.mark.parametrize("cas", ["empty", "two years", "five years"])


@CAS
def test_a_deck_has_ten_to_twenty_slides(decks: dict[str, tuple[Bilan, Deck]], cas: str) -> None:
    _, deck = decks[cas]
    assert 10 <= len(deck.pages) <= AU_PLUS == 20
    assert deck.presentation.slide_width / deck.presentation.slide_height == pytest.approx(16 / 9)


def test_a_contract_of_many_axes_still_has_twenty_slides_at_most(bilan: Bilan) -> None:
    deck = read_deck(replace(bilan, axes=bilan.axes * 30))
    assert len(deck.pages) <= AU_PLUS


def test_a_contract_without_fiche_nor_axis_has_a_deck(bilan_vide: Bilan) -> None:
    deck = read_deck(replace(bilan_vide, axes=(), organismes=(), evolutions=Evolutions()))
    assert len(deck.pages) >= 10
    assert "Aucune fiche n’est suivie cet exercice" in deck.texte


def frames_of(page: Any) -> Iterator[tuple[Any, float, float, Any, float]]:
    """Each text with its width, its height, its frame and its smallest legible size."""
    for forme in page.shapes:
        if forme.has_text_frame:
            cadre = forme.text_frame
            largeur = (forme.width - cadre.margin_left - cadre.margin_right) / POINT
            pied = (
                forme.is_placeholder and "title" not in str(forme.placeholder_format.type).lower()
            )
            yield forme, largeur, forme.height / POINT, cadre, 12 if pied else LISIBLE
        elif forme.has_table:
            for ligne in forme.table.rows:
                for cellule, colonne in zip(ligne.cells, forme.table.columns, strict=True):
                    cotes = cellule.margin_left + cellule.margin_right
                    largeur = (colonne.width - cotes) / POINT
                    cadre = cellule.text_frame
                    yield forme, largeur, ligne.height / POINT, cadre, LISIBLE_EN_TABLEAU


def needed(cadre: Any, largeur: float) -> float:
    """The height that the paragraphs of a frame take in Arial, the room after each included."""
    hauteur = 0.0
    for paragraphe in cadre.paragraphs:
        tailles = [m.font.size.pt for m in paragraphe.runs if m.font.size] or [12.0]
        rang, _, suite = paragraphe.text.rpartition("\t")
        place = largeur - (tailles[0] * 1.1 if rang else 0)
        hauteur += count_lines(suite, place / 5.25, tailles[0]) * tailles[0] * 1.17
    return hauteur


def check_room(deck: Deck) -> None:
    for page in deck.pages:
        for forme in page.shapes:
            assert forme.left >= 0
            assert forme.top >= 0
            assert forme.left + forme.width <= LARGEUR * POINT
            assert forme.top + forme.height <= HAUTEUR * POINT
        for forme, largeur, hauteur, cadre, lisible in frames_of(page):
            assert needed(cadre, largeur) <= hauteur + 0.5, (forme.name, cadre.text)
            tailles = {m.font.size.pt for p in cadre.paragraphs for m in p.runs if m.font.size}
            assert not tailles or min(tailles) >= lisible, (forme.name, tailles)


@CAS
def test_no_text_leaves_its_box_nor_its_slide(
    decks: dict[str, tuple[Bilan, Deck]], cas: str
) -> None:
    check_room(decks[cas][1])


@CAS
def test_nothing_stands_on_another_thing(decks: dict[str, tuple[Bilan, Deck]], cas: str) -> None:
    for page in decks[cas][1].pages:
        formes = list(page.shapes)
        for rang, une in enumerate(formes):
            for autre in formes[rang + 1 :]:
                separees = (
                    une.left + une.width <= autre.left + ARRONDI
                    or autre.left + autre.width <= une.left + ARRONDI
                    or une.top + une.height <= autre.top + ARRONDI
                    or autre.top + autre.height <= une.top + ARRONDI
                )
                assert separees, (page.shapes.title.text_frame.text, une.name, autre.name)


@CAS
def test_each_slide_has_its_title_first_its_number_last_and_its_notes(
    decks: dict[str, tuple[Bilan, Deck]], cas: str
) -> None:
    bilan, deck = decks[cas]
    titres = [page.shapes.title.text_frame.text for page in deck.pages]
    assert all(titres)
    assert len(set(titres)) == len(titres)
    for page in deck.pages:
        genres = [f.placeholder_format.type for f in page.shapes if f.is_placeholder]
        assert str(genres[-1]).startswith("SLIDE_NUMBER")
        assert page.shapes[0].element is page.shapes.title.element
        pied = next(f for f in page.placeholders if str(f.placeholder_format.type)[:6] == "FOOTER")
        nature = "Projet à soumettre aux signataires"
        assert pied.text_frame.text == f"{bilan.contrat.titre}, bilan {bilan.exercice} — {nature}"
        assert page.notes_slide.notes_text_frame.text.startswith("À dire\u00a0: ")
        identifiants = [f.shape_id for f in page.shapes]
        assert len(set(identifiants)) == len(identifiants)


@CAS
def test_charts_tables_and_pictures_have_an_alternative(
    decks: dict[str, tuple[Bilan, Deck]], cas: str
) -> None:
    for page in decks[cas][1].pages:
        for forme in page.shapes:
            if not forme.has_text_frame:
                assert forme.element._nvXxPr.cNvPr.get("descr"), forme.name
            if forme.has_table:
                assert forme.table.first_row


def test_logos_are_on_the_cover_with_their_names(bilan: Bilan) -> None:
    logo = Logo("ars", draw_png(), 30, 12)
    (image,) = [
        f for f in read_deck(replace(bilan, logos=(logo,))).pages[0].shapes if f.shape_type == 13
    ]
    assert image.element._nvXxPr.cNvPr.get("descr") == "Agence ordinaire"
    assert image.width / image.height == pytest.approx(30 / 12, rel=0.01)


def test_the_cover_of_an_adopted_bilan_holds_all_its_names_and_logos(dijon: Dossier) -> None:
    cloture = Cloture(
        adoption="2026-05-12-copil/D1",
        adopte_le=date(2026, 5, 12),
        empreinte="9f" * 32,
        calculee="8e" * 32,
    )
    logos = tuple(Logo(code, draw_png(), 30, 12) for code in dijon.contrat.signataires)
    bilan = replace(bilan_of_years(dijon, 2025), cloture=cloture, logos=logos)
    deck = read_deck(bilan)
    check_room(deck)
    textes = "\n".join(texts_of(deck.pages[0]))
    assert [f.name for f in deck.pages[0].shapes].count("Logo") == len(logos) == 13
    assert all(organisme.nom in textes for organisme in dijon.contrat.signataires.values())
    assert "8e8e8e8e" in textes
    assert "Logos à joindre" not in deck.texte


def test_the_logos_still_to_come_are_among_what_is_missing(bilan: Bilan) -> None:
    contrat = bilan.contrat
    autre = {"sedap": contrat.organismes["sedap"].model_copy(update={"signataire": True})}
    signe = contrat.model_copy(update={"organismes": {**contrat.organismes, **autre}})
    deck = read_deck(replace(bilan, contrat=signe, logos=(Logo("ars", draw_png(), 30, 12),)))
    page = next(p for p in deck.pages if p.shapes.title.text_frame.text == "Ce qui manque encore")
    assert "Logos à joindre avant toute publication (article 8)\nSedap" in "\n".join(texts_of(page))


def test_a_logo_that_cannot_be_drawn_is_replaced_by_the_name(bilan: Bilan) -> None:
    logo = Logo("ars", b"\x89PNG\r\n\x1a\nabime", 30, 12)
    couverture = read_deck(replace(bilan, logos=(logo,))).pages[0]
    assert "Agence ordinaire" in list(texts_of(couverture))


@pytest.mark.parametrize("fictif", [True, False], ids=["fictitious", "real"])
def test_fictitious_data_say_so_on_every_slide(bilan: Bilan, fictif: bool) -> None:
    deck = read_deck(replace(bilan, fictif=fictif))
    assert {"DONNÉES FICTIVES" in list(texts_of(page)) for page in deck.pages} == {fictif}
    assert (deck.presentation.core_properties.subject == "DONNÉES FICTIVES") is fictif


def test_same_bytes_twice_without_author_nor_hour(
    bilan: Bilan, bilan_of: Callable[..., Bilan]
) -> None:
    octets = render_slides(bilan)
    assert octets == render_slides(bilan_of())
    with ZipFile(BytesIO(octets)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        noms = archive.namelist()
        assert not [
            nom for nom in noms if "thumbnail" in nom or "printer" in nom or "app.xml" in nom
        ]
        assert not [nom for nom in noms if b'lang="en' in archive.read(nom)]
        classeurs = [archive.read(nom) for nom in noms if nom.endswith(".xlsx")]
    assert classeurs
    for classeur in classeurs:
        with ZipFile(BytesIO(classeur)) as archive:
            assert b"2000-01-01T00:00:00Z" in archive.read("docProps/core.xml")
    proprietes = read_deck(bilan).presentation.core_properties
    assert (proprietes.author, proprietes.last_modified_by) == ("", "")
    assert proprietes.created == proprietes.modified == datetime(2000, 1, 1)  # noqa: DTZ001
    assert proprietes.language == "fr-FR"


@pytest.mark.parametrize("texte", ACTIFS)
def test_hostile_text_is_text(bilan_of: Callable[..., Bilan], texte: str) -> None:
    deck = read_deck(bilan_of(texte))
    assert one_line(clean_text(texte)) in deck.texte
    with ZipFile(BytesIO(deck.octets)) as archive:
        for nom in archive.namelist():
            if nom.endswith((".xml", ".rels")):
                for element in ET.fromstring(archive.read(nom)).iter():
                    assert not element.tag.endswith("hlinkClick")
                    assert element.get("TargetMode") != "External"


@pytest.mark.parametrize(
    "texte",
    ["x" * 4_000, "mot " * 2_000, "m-" * 900, "字" * 900],
    ids=["word", "long", "dashes", "wide"],
)
def test_a_text_of_any_length_is_cut_with_a_reference(
    bilan_of: Callable[..., Bilan], texte: str
) -> None:
    deck = read_deck(bilan_of(texte))
    check_room(deck)
    assert (
        "textes entiers\u00a0: section 5 du bilan, «\u00a0Perspectives pour 2026 et après"
        in deck.texte
    )


def test_each_measure_shown_is_the_spelled_figure_and_says_where_it_comes_from(
    decks: dict[str, tuple[Bilan, Deck]],
) -> None:
    bilan, deck = decks["five years"]
    montrees = list(shown_lines(bilan)[:12])
    courbes = [f for page in deck.pages for f in page.shapes if f.has_chart][-13:-1]
    assert len(montrees) == len(courbes) == 12
    for ligne, cadre in zip(montrees, courbes, strict=True):
        description = cadre.element._nvXxPr.cNvPr.get("descr")
        (trace,) = cadre.chart.plots[0].series
        for constat, valeur in zip(ligne.serie, trace.values, strict=True):
            ecrit = spell_finding(constat, ligne.situee.mesure, bilan.contrat)
            assert f"{constat.exercice}\u00a0: {one_line(ecrit)}" in description
            assert constat.nombre is not None
            assert Decimal(str(valeur)) == round(constat.nombre, 1)
            assert f"{ligne.situee.cle}, {constat.exercice}\u00a0: " in deck.notes
    assert ".xlsx, Saisie!H12" in deck.notes
    assert ".xlsx, Fiches!E8" in deck.notes


def format_number(valeur: Decimal, code: str) -> str:
    """What a presentation program in French writes for a value and a number format."""
    sections = code.removeprefix("[$-40C]").split(";")
    unite = "".join(re.findall(r'"([^"]*)"', sections[-1]))
    if len(sections) == 3:
        rang = 0 if valeur >= 1_000_000 else 1 if valeur >= 1_000 else 2
        groupes = sections[rang].removeprefix("[>=1000000]").removeprefix("[>=1000]")
        separateurs = re.findall(r'"([^"]*)"', groupes)[: 2 - rang]
        chiffres = f"{valeur:,.0f}".split(",")
        fin = chiffres[-len(separateurs) - 1 :]
        tete = "".join(chiffres[: len(chiffres) - len(fin) + 1])
        return "".join((tete, *(s + c for s, c in zip(separateurs, fin[1:], strict=True)), unite))
    decimales = sections[0].partition(".")[2].count("0")
    texte = f"{valeur:,.{decimales}f}".replace(",", "\u00a0").replace(".", ",")
    return texte + unite


@pytest.mark.parametrize(
    ("type_", "valeur"),
    [
        *(("nombre", valeur) for valeur in ("0", "7", "999", "1000", "12345", "1234567", "12.5")),
        *(("taux", valeur) for valeur in ("0", "83.4", "100")),
        *(("montant", valeur) for valeur in ("30000", "1234.5", "0.25", "2500000")),
    ],
)
def test_a_label_writes_a_value_as_it_is_spelled(type_: str, valeur: str) -> None:
    mesure = Mesure(id="m", libelle="Mesure", type=type_)
    nombre = Decimal(valeur)
    assert format_number(nombre, number_format(nombre, mesure)) == spell_quantity(nombre, mesure)


def test_charts_start_at_zero_leave_gaps_and_differ_without_colour(
    decks: dict[str, tuple[Bilan, Deck]],
) -> None:
    _, deck = decks["five years"]
    assert {chart.value_axis.minimum_scale for chart in charts_of(deck)} == {0}
    with ZipFile(BytesIO(deck.octets)) as archive:
        noms = [nom for nom in archive.namelist() if nom.startswith("ppt/charts/chart")]
        assert len(noms) == len(charts_of(deck))
        for nom in noms:
            assert b'<c:dispBlanksAs val="gap"/>' in archive.read(nom)
        assert b"<a:pattFill" in archive.read("ppt/charts/chart1.xml")


def with_first_line(bilan: Bilan, ligne: LigneMesure) -> Bilan:
    """The same bilan, whose first measure is this one."""
    fiche = bilan.fiches[0]
    premier = replace(fiche.indicateurs[0], lignes=(ligne, *fiche.indicateurs[0].lignes[1:]))
    axe = replace(bilan.axes[0], fiches=(replace(fiche, indicateurs=(premier,)),))
    return replace(bilan, axes=(axe,))


def test_a_measure_is_shown_as_the_bilan_holds_it_when_the_deck_is_made(bilan: Bilan) -> None:
    ligne = bilan.lignes[0]
    cache = replace(ligne.constat, nombre=None, statut=Statut.NON_DISPONIBLE)
    serie = (ligne.serie[0], cache)
    masque = replace(ligne, constat=cache, serie=serie, depuis_precedent=None)
    deck = read_deck(with_first_line(bilan, masque))
    assert "1\u00a0234,5" not in deck.notes + deck.texte
    assert charts_of(deck)[1].plots[0].series[0].values == (1000, None)


def test_a_year_without_a_value_is_a_gap_named_nd(bilan: Bilan) -> None:
    ligne = bilan.lignes[0]
    trou = replace(ligne.serie[0], nombre=None)
    troue = with_first_line(bilan, replace(ligne, serie=(trou, ligne.constat)))
    courbe = charts_of(read_deck(troue))[1]
    assert list(courbe.plots[0].categories) == ["2024\u00a0: ND", "2025"]
    valeurs, cible = courbe.plots[0].series
    assert valeurs.values == (None, 1234.5)
    assert cible.values == (2469.0, 2469.0)
    assert cible.format.line.dash_style is not None


@pytest.mark.parametrize(
    ("change", "annee"),
    [
        ({}, "2025"),
        ({"statut": Statut.ESTIME}, "2025\u00a0: estimé"),
        ({"incomplet": ("sedap",)}, "2025\u00a0: incomplet"),
        ({"statut": Statut.ESTIME, "incomplet": ("sedap",)}, "2025\u00a0: incomplet, estimé"),
        ({"nombre": None, "statut": Statut.A_VERIFIER}, "2025\u00a0: ND"),
    ],
    ids=["plain", "estimated", "incomplete", "both", "none"],
)
def test_a_value_that_does_not_read_like_the_others_says_so(
    bilan: Bilan, change: dict[str, Any], annee: str
) -> None:
    constat = Constat(2025, Statut.RENSEIGNE, Decimal(4))
    ligne = replace(bilan.lignes[0], constat=replace(constat, **change))
    ((graphe, _, _),) = result_tiles(bilan, (ligne,)).graphes
    assert graphe.categories[-1] == annee


@pytest.mark.parametrize(
    "phrase",
    [
        "clsmon status --exercice 2025 --relances relances",
        "clsmon forms --seance AAAA-MM-JJ-copil",
        "15 organismes n’ont pas répondu",
        "Cible non fixée pour 72 mesures chiffrées sur 72",
        "Logos à joindre avant toute publication (article 8)",
        "Ce qui est attendu, de qui, pour quand",
        "à rendre avant le 15 mars 2026",
        "Aucun montant n’est encore déclaré pour l’exercice 2025.",
    ],
)
def test_an_empty_year_says_what_is_expected_from_whom_and_for_when(
    decks: dict[str, tuple[Bilan, Deck]], phrase: str
) -> None:
    assert phrase in decks["empty"][1].texte


def test_each_decision_is_a_numbered_paragraph(bilan: Bilan) -> None:
    decisions = tuple(f"Décider la chose {rang}" for rang in range(1, 5))
    deck = read_deck(replace(bilan, a_decider=decisions))
    page = next(p for p in deck.pages if p.shapes.title.text_frame.text.endswith("doit décider"))
    textes = [t for t in texts_of(page) if t.startswith("1.")]
    assert textes == ["\n".join(f"{rang}.\t{d}" for rang, d in enumerate(decisions, 1))]


def test_more_decisions_than_a_deck_can_hold_are_counted(bilan: Bilan) -> None:
    deck = read_deck(replace(bilan, a_decider=tuple(f"Décider {'mot ' * 60}" for _ in range(40))))
    assert re.search(r"… \d+ lignes de plus\u00a0: section 1 du bilan", deck.texte)


def test_every_section_of_the_bilan_has_its_slide(bilan: Bilan) -> None:
    parties = {partie for section in sections_of(bilan) for partie in section.parties}
    assert parties == {
        *("couverture", "page_une", "decisions", "actions", "resultats"),
        *("perspectives", "evolutions", "gouvernance", "finances", "annexes"),
    }


@pytest.mark.parametrize(
    ("texte", "lignes", "attendu"),
    [
        pytest.param("court", 1, "court", id="whole"),
        pytest.param("un deux trois quatre", 1, "un deux …", id="a whole word"),
        pytest.param("x" * 50, 1, "xxxxxxxx …", id="a word too long"),
    ],
)
def test_a_text_is_cut_at_a_word(texte: str, lignes: int, attendu: str) -> None:
    coupe = cut_text(texte, 90, 16, lignes)
    assert coupe == attendu
    assert lines_of(coupe, 90, 16) <= lignes


@pytest.mark.parametrize(
    ("combien", "maximum", "pages", "reste"),
    [
        pytest.param(3, 3, 1, 0, id="one page is enough"),
        pytest.param(20, 3, 2, 0, id="two pages"),
        pytest.param(60, 2, 2, 30, id="the rest is counted"),
    ],
)
def test_paragraphs_flow_from_page_to_page(
    combien: int, maximum: int, pages: int, reste: int
) -> None:
    bloc = Texte(tuple(Ligne(f"Paragraphe {rang}", "•") for rang in range(combien)))
    posees = flow((bloc,), maximum)
    assert (len(posees), posees[-1].reste) == (pages, reste)
    montres = [
        ligne
        for page in posees
        for pose in page.poses
        if isinstance(pose.bloc, Texte)
        for ligne in pose.bloc.lignes
    ]
    assert montres == list(bloc.lignes[: combien - reste])


def test_an_empty_block_takes_no_room() -> None:
    assert block_height(Vignettes(()), 0) == 0

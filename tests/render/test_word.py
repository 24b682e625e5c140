"""The Word document: every word of the tree, real styles, contents, links, alternative texts."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from docx.oxml.ns import qn

from clsmon.model.logo import Logo
from clsmon.model.texte import clean_text
from clsmon.opening import packaged
from clsmon.render.cells import Colonne, Tableau
from clsmon.render.charts import Graphique
from clsmon.render.document import (
    Avis,
    Bloc,
    Citation,
    Document,
    Illustration,
    Liste,
    Logos,
    Morceau,
    Paragraphe,
    Partie,
    Sommaire,
    Table,
    Titre,
    split_parts,
)
from clsmon.render.word import render_word
from tests.images import draw_png
from tests.libreoffice import soffice
from tests.render.bilan_samples import PEINDRE, compose_bilan

from .bilan_samples import build_bilan
from .docx_reading import Lu, text_of, texts_of, words_of
from .hostile import HOSTILES

GABARITS = [packaged("templates")]
LONG = "anticonstitutionnellement" * 20
DIRECTIONS = (
    "\u202etexte\u202c",
    "\u200fa\u200e b",
    "a\x00b\x0bc\x1f",
    "\ud800x",
    "\ufffe",
    "a\tb",
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="10"></svg>'


@pytest.fixture(scope="module")
def bilan() -> Document:
    return compose_bilan(build_bilan(), GABARITS)


@pytest.fixture(scope="module")
def lu(bilan: Document) -> Lu:
    return Lu(render_word(bilan, GABARITS, PEINDRE))


@pytest.fixture(scope="module")
def sain() -> Lu:
    return read(*everywhere("mot"))


def document_of(*blocs: Bloc, fictif: bool = False) -> Document:
    titre = Titre(1, "Bilan", "bilan")
    return Document("x", "Bilan", "Contrat", "Projet.", fictif, split_parts((titre, *blocs)))


def read(*blocs: Bloc, fictif: bool = False) -> Lu:
    return Lu(render_word(document_of(*blocs, fictif=fictif), GABARITS, PEINDRE))


def say(texte: str, **forme: Any) -> Paragraphe:
    return Paragraphe((Morceau(texte, **forme),))


def widths(nombre: int, largeur: float = 14) -> tuple[Colonne, ...]:
    return tuple(Colonne(f"Colonne{rang}", largeur) for rang in range(nombre))


def table(nombre: int, lignes: int = 2, mot: str = "mot") -> Table:
    return Table(Tableau("Un tableau", widths(nombre), ((mot,) * nombre,) * lignes))


def headings(document: Document) -> list[Titre]:
    return [b for b in document.blocs if isinstance(b, Titre) and b.niveau > 1]


def test_every_word_of_the_document_is_there_in_order(bilan: Document, lu: Lu) -> None:
    assert lu.words() == words_of(texts_of(bilan.blocs))
    assert len(lu.words()) > 1000


def test_each_heading_is_a_real_one_of_its_level(bilan: Document, lu: Lu) -> None:
    lus = [(nom, texte) for nom, texte in lu.paragraphs() if nom.startswith("Heading")]
    assert lus == [(f"Heading {t.niveau - 1}", t.texte) for t in headings(bilan)]
    assert lu.styled("Title") == ["Contrat ordinaire : bilan 2025".replace(" :", "\u00a0:")]


def test_the_contents_are_read_before_any_update(bilan: Document, lu: Lu) -> None:
    attendues = [titre.texte for titre in headings(bilan) if titre.niveau <= 3]
    assert lu.styled("toc 1", "toc 2", "toc 3") == attendues
    champs = [c.text.strip() for c in lu.corps.iter(qn("w:instrText"))]
    assert champs == ['TOC \\o "1-2" \\h \\z']
    assert "updateFields" not in lu.parts()["word/settings.xml"]


def test_each_link_leads_to_a_bookmark_and_each_bookmark_is_one(bilan: Document, lu: Lu) -> None:
    noms = lu.bookmarks()
    assert len({nom.casefold() for nom in noms}) == len(noms)
    assert all(len(nom) <= 40 and nom.isascii() and nom[0].isalpha() for nom in noms)
    assert set(lu.targets()) <= set(noms)
    lignes = [r for b in bilan.blocs if isinstance(b, Table) for r in b.tableau.reperes if r]
    assert len(noms) == len(headings(bilan)) + 1 + len(lignes)
    assert "fiche_1_1" in noms
    liens = [x for b in bilan.blocs if isinstance(b, Table) for x in b.tableau.liens if x]
    sommaire = len(lu.styled("toc 1", "toc 2", "toc 3"))
    assert len(lu.targets()) == sommaire + len(liens) > sommaire


def test_each_chart_and_each_table_is_told_in_words(bilan: Document, lu: Lu) -> None:
    graphiques = [b.graphique for b in bilan.blocs if isinstance(b, Illustration)]
    assert lu.pictures() == [(g.titre, g.texte) for g in graphiques]
    assert graphiques
    tableaux = [b for b in bilan.blocs if isinstance(b, Table)]
    for element, bloc in zip(lu.tables(), tableaux, strict=True):
        assert next(element.iter(qn("w:tblCaption"))).get(qn("w:val")) == (
            bloc.legende or bloc.tableau.titre
        )
        dit = next(element.iter(qn("w:tblDescription"))).get(qn("w:val"))
        assert dit.startswith(f"{bloc.tableau.titre}. Colonnes")


def test_each_table_repeats_its_headings_and_cuts_no_row(lu: Lu) -> None:
    for element in lu.tables():
        premiere, *autres = element.iterchildren(qn("w:tr"))
        assert premiere.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert autres
        assert all(r.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None for r in autres)
        assert all(
            r.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for r in element.tr_lst
        )


def test_numbers_stand_to_the_right() -> None:
    colonnes = (Colonne("Organisme"), Colonne("Nombre", nombre=True))
    (element,) = read(Table(Tableau("T", colonnes, (("APO", 1200),)))).tables()
    assert [[_is_right(c) for c in ligne.tc_lst] for ligne in element.tr_lst] == [[False, True]] * 2


def _is_right(cellule: Any) -> bool:
    return any(jc.get(qn("w:val")) == "right" for jc in cellule.iter(qn("w:jc")))


def sections(lu: Lu) -> list[tuple[bool, int, list[Any]]]:
    """Each section: whether it lies down, its width between margins, its tables."""
    rendues: list[tuple[bool, int, list[Any]]] = []
    tableaux: list[Any] = []
    for bloc in lu.corps:
        if bloc.tag == qn("w:tbl"):
            tableaux.append(bloc)
        for section in bloc.iter(qn("w:sectPr")):
            page, marges = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
            largeur, hauteur = (int(page.get(qn(f"w:{cote}"))) for cote in "wh")
            place = largeur - sum(int(marges.get(qn(f"w:{cote}"))) for cote in ("left", "right"))
            couche = page.get(qn("w:orient")) == "landscape"
            assert couche == (largeur > hauteur)
            rendues.append((couche, place, tableaux))
            tableaux = []
    return rendues


def test_a_table_never_leaves_its_page(lu: Lu) -> None:
    lues = sections(lu)
    assert {couche for couche, _, _ in lues} == {False, True}
    for _, place, tableaux in lues:
        for element in tableaux:
            largeurs = [int(c.get(qn("w:w"))) for c in element.iter(qn("w:gridCol"))]
            assert place - 20 <= sum(largeurs) <= place
    assert sum(len(tableaux) for _, _, tableaux in lues) == len(lu.tables())


@pytest.mark.parametrize(
    ("blocs", "couchees"),
    [
        pytest.param([table(3)], [False], id="a narrow one stays upright"),
        pytest.param([table(14, mot="renseignées")], [True], id="a wide one lies down"),
        pytest.param(
            [say("avant"), Titre(2, "A", "a"), table(14, mot="renseignées")],
            [False, True],
            id="with the heading that tells it",
        ),
        pytest.param(
            [
                Titre(2, "A", "a"),
                Titre(3, "B", "b"),
                table(14, mot="renseignées"),
                Titre(2, "C", "c"),
                table(3),
            ],
            [True, False],
            id="with all its headings, and the next section stands again",
        ),
    ],
)
def test_a_table_too_wide_for_its_words_lies_down(blocs: list[Bloc], couchees: list[bool]) -> None:
    assert [couche for couche, _, _ in sections(read(*blocs))] == couchees


def test_only_the_first_section_carries_the_header() -> None:
    lu = read(say("avant"), Titre(2, "A", "a"), table(14, mot="renseignées"))
    entetes = [len(list(s.iter(qn("w:headerReference")))) for s in lu.corps.iter(qn("w:sectPr"))]
    assert entetes == [1, 0]


@pytest.mark.parametrize(
    ("avant", "nouvelle"),
    [(4, True), (3, False)],
    ids=["after a long section", "never after a short one"],
)
def test_a_section_starts_a_page_when_the_document_has_contents(avant: int, nouvelle: bool) -> None:
    blocs: tuple[Bloc, ...] = (
        Titre(2, "A", "a"),
        *(say(str(n)) for n in range(avant)),
        Titre(2, "B", "b"),
    )
    lu = read(Sommaire(()), *blocs)
    (titre,) = [p for p in lu.corps.iter(qn("w:p")) if text_of(p) == "B" and not _linked(p)]
    assert (next(titre.iter(qn("w:pageBreakBefore")), None) is not None) == nouvelle
    assert len(list(read(*blocs).corps.iter(qn("w:pageBreakBefore")))) == 0


def _linked(paragraphe: Any) -> bool:
    return paragraphe.find(qn("w:hyperlink")) is not None


def test_each_numbered_list_counts_from_its_own_start() -> None:
    points = ((say("un"),), (say("deux"), say("suite")))
    lu = read(Liste(points, 1), say("entre"), Liste(points, 4), Liste(points))
    assert lu.styled("List Number") == ["un", "deux"] * 2
    assert lu.styled("List Continue") == ["suite"] * 3
    assert lu.styled("List Bullet") == ["un", "deux"]
    corps = lu.corps.iter(qn("w:numId"))
    premiere, _, seconde, _ = (int(n.get(qn("w:val"))) for n in corps)
    listes = lu.word.part.numbering_part.element
    departs = [
        next(listes.num_having_numId(n).iter(qn("w:startOverride"))).val
        for n in (premiere, seconde)
    ]
    assert departs == [1, 4]


def test_a_list_in_a_list_is_set_further() -> None:
    point = (say("dehors"), Liste(((say("dedans"),),), None))
    lu = read(Liste((point,)))
    assert (lu.styled("List Bullet"), lu.styled("List Bullet 2")) == (["dehors"], ["dedans"])


def test_nothing_is_lost_inside_a_list_or_a_quotation() -> None:
    dedans = (Titre(4, "titre", "t"), table(2), Citation((say("cité"),)), Avis("avis"))
    lu = read(Liste((dedans,)), Citation((*dedans, Liste(((say("point"),),)))))
    assert lu.styled("Heading 3") == ["titre"] * 2
    assert len(lu.tables()) == 2
    assert lu.styled("Quote") == ["cité"] * 2
    assert lu.styled("List Bullet") == ["point"]
    assert [t for t in lu.styled("Données fictives CLS") if t.endswith("avis")]


@pytest.mark.parametrize(
    ("cible", "lien"),
    [
        ("#ici", "ici"),
        ("#ailleurs", None),
        ("https://exemple.fr/a?b=1&c", "https://exemple.fr/a?b=1&c"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
    ],
)
def test_a_link_leads_into_the_document_or_to_the_web(cible: str, lien: str | None) -> None:
    lu = read(Titre(2, "Ici", "ici"), say("aller", cible=cible, fort=True, italique=True))
    liens = list(lu.corps.iter(qn("w:hyperlink")))
    vers = [x.get(qn("w:anchor")) or lu.word.part.rels[x.get(qn("r:id"))].target_ref for x in liens]
    assert vers == ([lien] if lien else [])
    assert "aller" in lu.words()


def test_logos_stand_on_the_cover_by_name() -> None:
    logo = Logo("ars", draw_png(300, 100), 300, 100)
    lu = read(Logos((("Agence", logo), ("Métropole", replace(logo, octets=draw_png(1000, 10))))))
    assert lu.pictures() == [("Agence", "Agence"), ("Métropole", "Métropole")]
    (premier, _) = lu.corps.iter(qn("wp:extent"))
    assert int(premier.get("cx")) == pytest.approx(3 * int(premier.get("cy")), abs=3)


@pytest.mark.parametrize(
    ("nombre", "rangees"), [(1, [1]), (4, [4]), (8, [4, 4]), (9, [5, 4]), (13, [5, 5, 3])]
)
def test_logos_stand_in_the_middle_of_equal_columns(nombre: int, rangees: list[int]) -> None:
    logo = Logo("ars", draw_png(900, 100), 900, 100)
    lu = read(Logos((("Agence", logo),) * nombre))
    lignes = [p for p in lu.corps.iter(qn("w:p")) if p.findall(f".//{qn('wp:extent')}")]
    assert [len(p.findall(f".//{qn('wp:extent')}")) for p in lignes] == rangees
    for ligne in lignes:
        arrets = ligne.findall(f"{qn('w:pPr')}/{qn('w:tabs')}/{qn('w:tab')}")
        milieux = [int(arret.get(qn("w:pos"))) for arret in arrets]
        assert {arret.get(qn("w:val")) for arret in arrets} == {"center"}
        pas = {suivant - milieu for milieu, suivant in pairwise(milieux)}
        assert max(pas) - min(pas) <= 1
        larges = [int(e.get("cx")) / 635 for e in ligne.iter(qn("wp:extent"))]
        assert max(larges) < min(pas)
        assert len(ligne.findall(f"{qn('w:r')}/{qn('w:tab')}")) == len(larges)


@pytest.mark.parametrize("fictif", [True, False])
def test_each_page_says_the_contract_the_document_and_whether_it_is_real(fictif: bool) -> None:
    lu = read(Avis("rien n’y est réel."), say("avant"), table(14, mot="renseignées"), fictif=fictif)
    (section, *_) = lu.word.sections
    assert section.header.paragraphs[0].text == ("DONNÉES FICTIVES — " * fictif) + "Contrat"
    assert section.footer.paragraphs[0].text == "Bilan — Projet — page 1 / 1"
    champs = [c.text.strip() for c in section.footer._element.iter(qn("w:instrText"))]
    assert champs == ["PAGE", "NUMPAGES"]
    assert lu.words()[2:4] == ["DONNÉES", "FICTIVES"]


def test_same_bytes_twice_no_author_and_french(bilan: Document, lu: Lu) -> None:
    assert render_word(bilan, GABARITS, PEINDRE) == lu.octets
    proprietes = lu.word.core_properties
    assert (proprietes.author, proprietes.last_modified_by, proprietes.language) == (
        "",
        "",
        "fr-FR",
    )
    assert proprietes.title == clean_text(bilan.titre)
    assert {d.year for d in (proprietes.created, proprietes.modified)} == {2024}
    langues = {v for x in lu.word.styles.element.iter(qn("w:lang")) for v in x.attrib.values()}
    assert langues == {"fr-FR"}
    assert "docProps/app.xml" not in lu.parts()


def everywhere(texte: str) -> tuple[Bloc, ...]:
    """Blocks where every text is this one."""
    colonnes = (Colonne(texte), Colonne("B", nombre=True))
    tableau = Tableau(texte, colonnes, ((texte, 12), (None, texte)), ("un", "deux"), ("deux", "un"))
    return (
        Avis(texte),
        Titre(2, texte, texte),
        say(texte, fort=True),
        Liste(((say(texte), say(texte)),), 1),
        Citation((say(texte),)),
        Table(tableau, texte),
        Illustration(Graphique("x.svg", texte, texte, SVG)),
        Logos(((texte, Logo("ars", draw_png(), 30, 12)),)),
        Sommaire(((1, texte),)),
    )


@pytest.mark.parametrize("texte", [*HOSTILES, *DIRECTIONS, LONG, "<w:p/>", '"/><w:p/>', "]]>"])
def test_hostile_text_is_text(texte: str, sain: Lu) -> None:
    hostile = read(*everywhere(texte))
    assert hostile.elements() == sain.elements()
    dits = ("Bilan", "Contrat", *map(clean_text, texts_of(everywhere(texte))))
    assert hostile.words() == words_of(dits)
    assert len(hostile.word.part.rels) == len(sain.word.part.rels)
    assert not any(r.is_external for r in hostile.word.part.rels.values())
    assert hostile.pictures()[0] == (" ".join(clean_text(texte).split("\n")),) * 2


def test_a_document_of_nothing_is_a_document() -> None:
    vide = Document("x", "Bilan", "Contrat", "", False, (Partie(None, ()),))
    lu = Lu(render_word(vide, GABARITS, PEINDRE))
    assert list(lu.paragraphs()) == [("Title", "Bilan"), ("Subtitle", "Contrat")]


def test_the_contract_is_said_once_under_the_title() -> None:
    lu = read(say("Contrat"), say("suite"))
    assert list(lu.paragraphs())[:3] == [
        ("Title", "Bilan"),
        ("Subtitle", "Contrat"),
        ("Normal", "suite"),
    ]


ORDERS = [
    pytest.param(
        "w:pPr",
        ("pStyle", "keepNext", "pageBreakBefore", "numPr", "tabs", "spacing", "jc", "sectPr"),
        id="paragraph",
    ),
    pytest.param("w:rPr", ("rStyle", "b", "i", "color"), id="run"),
    pytest.param(
        "w:tblPr",
        ("tblStyle", "tblW", "tblLayout", "tblLook", "tblCaption", "tblDescription"),
        id="table",
    ),
]
"""What Word refuses when it comes in another order."""


@pytest.mark.parametrize(("element", "ordre"), ORDERS)
def test_properties_come_in_the_order_of_the_schema(
    lu: Lu, element: str, ordre: tuple[str, ...]
) -> None:
    vus = {tuple(e.tag.split("}")[1] for e in p) for p in lu.corps.iter(qn(element))}
    assert vus
    for suite in vus:
        assert list(suite) == sorted(suite, key=ordre.index)


@pytest.mark.skipif(soffice() is None, reason="LibreOffice is not installed")
@pytest.mark.campagne
def test_libreoffice_opens_it_whole(tmp_path: Path, bilan: Document, lu: Lu) -> None:
    (tmp_path / "bilan.docx").write_bytes(lu.octets)
    profil = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    commande = [str(soffice()), profil, "--headless", "--convert-to", "txt:Text", "--outdir"]
    fichiers = [str(tmp_path), str(tmp_path / "bilan.docx")]
    subprocess.run([*commande, *fichiers], check=True, capture_output=True, timeout=180)
    mots = (tmp_path / "bilan.txt").read_text(encoding="utf-8-sig").split()
    assert set(words_of(texts_of(bilan.blocs))) <= set(mots)
    shutil.rmtree(tmp_path / "profil")

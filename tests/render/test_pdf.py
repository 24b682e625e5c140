"""A document as PDF/UA-1: all its words, nothing active, the same bytes everywhere."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from clsmon.model.anomalie import ClsmonError
from clsmon.model.logo import Logo
from clsmon.model.texte import clean_text
from clsmon.render import pdf, pdf_engine
from clsmon.render.cells import Colonne, Tableau, spell_cell
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
    Sommaire,
    Table,
    Titre,
    split_parts,
)
from clsmon.render.pdf_engine import compose_apart
from tests.images import draw_png
from tests.render.bilan_samples import compose_bilan, render_pdf

from .bilan_samples import GABARITS, build_bilan
from .hostile import HOSTILES
from .pdf_pages import Pages, glued

TYPST = (
    '#panic("x")',
    '#import "@preview/cetz:0.3.1"',
    '#include "/etc/passwd"',
    '#eval("1 + 1")',
    "*gras* _penché_",
    "$a^2 + b$",
    "<ancre> @ancre",
    "= Titre",
    "/ Terme: sens",
    "\\u{1F600} ~ -- ---",
    "#[ ] #{ } [",
    "\"guillemets\" 'simples'",
    "#while true {}",
    "// commentaire /* x */",
)
INCONNUS = (
    "\u4e2d\u6587",
    "\U0001f9d1\u200d\U0001f33e",
    "\u0627\u0644\u0635\u062d\u0629",
    "e\u0301",
)
LONGS = ("m" * 400, "https://exemple.test/" + "abc/" * 90)


def render(document: Document, gabarits: Sequence[Path] = (GABARITS,)) -> bytes:
    return render_pdf(document, gabarits)


def document_of(*blocs: Bloc, fictif: bool = False) -> Document:
    return Document(
        nom="essai",
        titre="Un contrat\u00a0: bilan 2025",
        sujet="Un contrat",
        nature="Projet soumis aux signataires.",
        fictif=fictif,
        parties=split_parts((Titre(1, "Un contrat\u00a0: bilan 2025", "un"), *blocs)),
    )


def said(texte: str) -> Paragraphe:
    return Paragraphe((Morceau(texte),))


def words_of(blocs: Iterable[Bloc]) -> Iterator[str]:
    for bloc in blocs:
        match bloc:
            case Titre() | Paragraphe() | Avis():
                yield bloc.texte
            case Liste(points):
                for point in points:
                    yield from words_of(point)
            case Citation(dits):
                yield from words_of(dits)
            case Table(tableau, legende):
                yield legende
                yield from (colonne.titre for colonne in tableau.colonnes)
                yield from (spell_cell(cellule) for ligne in tableau.lignes for cellule in ligne)


@pytest.fixture(scope="module")
def document() -> Document:
    return compose_bilan(build_bilan(), [GABARITS])


@pytest.fixture(scope="module")
def pages(document: Document) -> Pages:
    return Pages(render(document))


def body_of(pages: Pages, document: Document) -> str:
    """The text of all pages, one after the other, without headers and footers."""
    tete = glued(document.sujet + document.nature.rstrip("."))
    corps = []
    for rang, texte in enumerate(pages.textes, start=1):
        pied = glued(f"{document.titre} page {rang} / {len(pages.textes)}")
        assert texte.count(tete) == texte.count(pied) == 1
        corps.append(texte.replace(tete, "").replace(pied, ""))
    return "".join(corps)


def test_every_word_and_figure_of_the_document_is_there(pages: Pages, document: Document) -> None:
    corps = body_of(pages, document)
    textes = [glued(clean_text(texte)) for texte in words_of(document.blocs)]
    assert len(textes) > 300
    assert [texte for texte in textes if texte not in corps] == []


def test_bookmarks_are_the_headings(pages: Pages, document: Document) -> None:
    titres = [b for b in document.blocs if isinstance(b, Titre) and b.niveau > 1]
    assert pages.signets == [(titre.niveau - 2, titre.texte) for titre in titres]


def test_it_says_that_it_is_accessible_french_and_whose(pages: Pages, document: Document) -> None:
    assert "<pdfuaid:part>1</pdfuaid:part>" in pages.metadonnees
    assert pages.racine["/Lang"] == "fr-FR"
    assert pages.racine["/MarkInfo"]["/Marked"] is not False
    assert pages.racine["/ViewerPreferences"]["/DisplayDocTitle"] is not False
    informations = pages.lecteur.metadata
    assert informations is not None
    assert informations.title == document.titre
    assert (informations.author, informations.creation_date_raw) == (None, None)


def test_tables_keep_their_headers_and_figures_have_words(pages: Pages, document: Document) -> None:
    tableaux = [b.tableau for b in document.blocs if isinstance(b, Table)]
    assert pages.count("Table") == len(tableaux)
    assert pages.count("TH") == sum(len(t.colonnes) for t in tableaux)
    assert pages.count("TD") == sum(len(t.colonnes) * len(t.lignes) for t in tableaux)
    dessins = [b.graphique for b in document.blocs if isinstance(b, Illustration)]
    dits = {e.texte_de_remplacement for e in pages.elements if e.genre == "Figure"}
    assert dits == {f"{d.titre}. {d.texte}" for d in dessins}
    assert len(dits) >= 2


def test_internal_links_lead_somewhere(pages: Pages, document: Document) -> None:
    liens = [lien for b in document.blocs if isinstance(b, Table) for lien in b.tableau.liens]
    assert any(liens)
    assert len(pages.liens) >= len([lien for lien in liens if lien])
    assert all("/Dest" in lien or lien["/A"]["/S"] == "/GoTo" for lien in pages.liens)


def test_links_and_text_are_told_to_a_screen_reader(pages: Pages) -> None:
    """What ISO 14289-1 asks in 7.18.3, 7.18.5, 7.21.4, 7.21.7 and 7.1: checked again here."""
    assert all(lien.get("/Contents") for lien in pages.liens)
    assert all(str(page["/Tabs"]) == "/S" for page in pages.lecteur.pages if "/Annots" in page)
    assert all("/ToUnicode" in police for police in pages.fontes)
    descripteurs = [p["/DescendantFonts"][0]["/FontDescriptor"] for p in pages.fontes]
    assert all("/FontFile2" in descripteur for descripteur in descripteurs)
    assert pages.textes_hors_balises == 0


def test_only_the_fonts_of_the_package_are_used(pages: Pages) -> None:
    assert {"LiberationSans", "LiberationSans-Bold"} <= pages.polices
    assert pages.polices <= {
        "LiberationSans",
        "LiberationSans-Bold",
        "LiberationSans-Italic",
        "LiberationSans-BoldItalic",
        "DejaVuSans",
    }


def test_same_document_same_bytes_in_another_process(document: Document) -> None:
    programme = (
        "import sys\n"
        "from tests.render.test_pdf import render, document_of, said\n"
        "from hashlib import sha256\n"
        "print(sha256(render(document_of(said('été')))).hexdigest())\n"
    )
    racine = Path(__file__).parents[2]
    ailleurs = subprocess.run(
        [sys.executable, "-c", programme],
        cwd=racine,
        env={"PYTHONHASHSEED": "77", "PYTHONPATH": str(racine / "src")},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    octets = render(document_of(said("été")))
    assert ailleurs.strip() == sha256(octets).hexdigest()
    assert render(document) == render(document)


def test_fictitious_data_say_so_on_every_page() -> None:
    blocs: list[Bloc] = [Sommaire(()), *(said("x" * 50) for _ in range(120))]
    fictif = Pages(render(document_of(*blocs, fictif=True)))
    assert len(fictif.textes) == 4
    assert all("DONNÉESFICTIVES·" in texte for texte in fictif.textes)


def hostile_document(textes: Iterable[str]) -> Document:
    """Every text in every place where a text may stand."""
    blocs: list[Bloc] = [Titre(2, "Essais", "essais")]
    for rang, texte in enumerate(textes):
        dit = said(texte)
        tableau = Tableau(texte, (Colonne(texte), Colonne("b")), ((texte, texte),), (f"r{rang}",))
        svg = (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9" '
            'font-family="Arial"><text x="1" y="5">été</text></svg>'
        )
        blocs += [
            Titre(3, texte, texte),
            dit,
            Liste(((dit,), (dit, Liste(((dit,),)))), 3),
            Citation((dit,)),
            Avis(texte),
            Table(tableau, texte),
            Illustration(Graphique(f"{rang}.svg", texte, texte, svg)),
            Logos(((texte, Logo("apo", draw_png(), 30, 12)),)),
            Paragraphe((Morceau(texte, fort=True), Morceau(texte, italique=True, cible="#nulle"))),
        ]
    premier = next(iter(textes))
    return replace(document_of(*blocs), sujet=premier, titre=premier, nature=premier)


@pytest.mark.parametrize(
    "textes",
    [
        pytest.param(HOSTILES, id="balisages, formules, contrôles"),
        pytest.param(TYPST, id="typst"),
        pytest.param(LONGS, id="mots démesurés"),
    ],
)
def test_hostile_text_is_text(textes: tuple[str, ...]) -> None:
    pages = Pages(render(hostile_document(textes)))
    assert pages.liens == []
    corps = "".join(pages.textes)
    for texte in textes:
        propre = [glued(ligne) for ligne in clean_text(texte).split("\n")]
        for ligne in filter(None, propre):
            assert corps.count(ligne) >= 10, texte
    assert pages.count("Table") == pages.count("BlockQuote") == len(textes)
    assert pages.count("Figure") == 2 * len(textes)


@pytest.mark.parametrize(
    ("texte", "montre"),
    [
        pytest.param("\u4e2d\u6587", "[U+4E2D][U+6587]", id="chinois"),
        pytest.param("\U0001f9d1\u200d\U0001f33e", "[U+1F9D1][U+1F33E]", id="pictogrammes"),
        pytest.param("\ue000", "[U+E000]", id="usage privé"),
        pytest.param("\u26a0 \u2713", "\u26a0\u2713", id="signes"),
        pytest.param("œ’–€…—", "œ’–€…—", id="français"),
        pytest.param("\u0416\u03a9", "\u0416\u03a9", id="cyrillique et grec"),
    ],
)
def test_a_character_that_no_font_draws_is_written_by_its_code(texte: str, montre: str) -> None:
    pages = Pages(render(hostile_document([texte])))
    assert "".join(pages.textes).count(montre) >= 10


@pytest.mark.parametrize(
    "texte", ["\u0627\u0644\u0635\u062d\u0629", "e\u0301", "\u2610\u0334", "\u0ec6\u0301"]
)
def test_other_scripts_and_combining_signs_stop_nothing(texte: str) -> None:
    assert Pages(render(hostile_document([texte]))).count("BlockQuote") == 1


def test_a_cover_has_its_contents_with_pages_and_a_short_document_has_neither() -> None:
    blocs = (Titre(2, "Un", "a"), said("x"), Titre(2, "Deux", "b"), said("y"))
    court = Pages(render(document_of(*blocs)))
    long = Pages(render(document_of(Sommaire(((1, "Un"), (2, "Deux"))), *blocs)))
    assert (len(court.textes), court.count("TOC")) == (1, 0)
    assert len(long.textes) == 3
    assert long.count("TOCI") == 2
    assert len(long.liens) == 2
    assert "Un3Deux3" in re.sub(r"\.+", "", long.textes[1])


@pytest.fixture
def write_template(tmp_path: Path) -> Callable[[str | bytes], list[Path]]:
    def write(texte: str | bytes) -> list[Path]:
        gabarit = tmp_path / "templates" / "document.typ"
        gabarit.parent.mkdir(exist_ok=True)
        gabarit.write_bytes(texte if isinstance(texte, bytes) else texte.encode())
        return [gabarit.parent, GABARITS]

    return write


def test_a_dossier_sets_its_own_pages(
    write_template: Callable[[str | bytes], list[Path]],
) -> None:
    gabarits = write_template(
        '#import "paquet/document.typ": donnees, mise-en-page\n'
        '#mise-en-page(donnees, accent: rgb("#00553a"))\n#pagebreak()\nÀ bientôt.\n'
    )
    pages = Pages(render(document_of(said("Bonjour.")), gabarits))
    assert len(pages.textes) == 2
    assert "Bonjour." in pages.textes[0]
    assert "Àbientôt." in pages.textes[1]


@pytest.mark.parametrize(
    ("texte", "ligne", "dit"),
    [
        pytest.param("= Titre\n#inconnu\n", 2, "« inconnu » n’existe pas", id="nom inconnu"),
        pytest.param("= Titre\n#strong(\n", 2, "n’est pas refermé", id="faute d'écriture"),
        pytest.param('\n\n#panic("zut")\n', 3, "zut", id="panique"),
        pytest.param(
            '#read("/../../etc/passwd")',
            1,
            "hors de ce qu’un gabarit peut lire",
            id="hors de la racine",
        ),
        pytest.param('#read("/etc/passwd")', 1, "n’existe pas là", id="fichier du poste"),
        pytest.param('\n#import "@preview/cetz:0.3.1"', 2, "« import »", id="paquet du réseau"),
        pytest.param('#import "@pre" + "view/a:1.0.0"', 1, "« import »", id="nom composé"),
        pytest.param('#import "\\u{40}preview/a:1.0.0"', 1, "« import »", id="nom déguisé"),
        pytest.param('#eval("1")', 1, "« eval »", id="eval"),
        pytest.param('\n#image("/a.svg")', 2, "n’existe pas là", id="image absente"),
        pytest.param("#while true {}", 1, "ne finit jamais", id="boucle sans fin"),
        pytest.param("#let f(n) = f(n)\n#f(0)", 1, "sans fin", id="appel sans fin"),
        pytest.param("#" + "(" * 3000 + ")" * 3000, 1, "sans fin", id="parenthèses emboîtées"),
        pytest.param("Sans titre.", 0, "pas de titre", id="sans titre"),
        pytest.param(
            '#set document(title: "x")\n#image(bytes("<svg/>"))', 2, "typst dit", id="autre faute"
        ),
        pytest.param("= Un titre".encode("utf-16"), 0, "UTF-8", id="pas en UTF-8"),
    ],
)
def test_a_faulty_template_gives_its_line(
    write_template: Callable[[str | bytes], list[Path]], texte: str | bytes, ligne: int, dit: str
) -> None:
    gabarits = write_template(texte)
    with pytest.raises(ClsmonError) as faute:
        render(document_of(), gabarits)
    assert faute.value.message.startswith("GAB001 : ")
    assert dit in faute.value.message
    assert faute.value.lieu is not None
    assert faute.value.lieu.fichier == "templates/document.typ"
    assert faute.value.lieu.ligne == ligne
    assert "document.typ" in faute.value.conseil


@pytest.mark.parametrize(
    ("texte", "dit"),
    [
        pytest.param("#for a in range(9999) { for b in range(99999) {} }", "après 0", id="time"),
        pytest.param('#("a" * 10000000000)', "la mémoire permise ne suffit pas", id="memory"),
    ],
)
def test_a_template_without_end_or_measure_stops_by_itself(
    write_template: Callable[[str | bytes], list[Path]],
    monkeypatch: pytest.MonkeyPatch,
    texte: str,
    dit: str,
) -> None:
    secondes = 0.4 if "range" in texte else 30
    monkeypatch.setattr(pdf, "compose_apart", partial(compose_apart, secondes=secondes))
    with pytest.raises(ClsmonError, match="GAB001") as faute:
        render_pdf(document_of(said("x")), write_template(texte))
    assert dit in faute.value.message
    assert faute.value.lieu is not None
    assert faute.value.lieu.fichier == "templates/document.typ"


def test_an_engine_that_does_not_start_apart_is_a_sentence(
    write_template: Callable[[str | bytes], list[Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_engine, "__name__", "clsmon.absent")
    with pytest.raises(ClsmonError, match="composé à part") as faute:
        render_pdf(document_of(said("x")), write_template("= x"))
    assert "No module named clsmon.absent" in faute.value.message


def test_a_fault_inside_the_packaged_pages_is_given_where_the_dossier_calls_them(
    write_template: Callable[[str | bytes], list[Path]],
) -> None:
    gabarits = write_template(
        '#import "paquet/document.typ": mise-en-page\n\n#mise-en-page((titre: "x"))\n'
    )
    with pytest.raises(ClsmonError) as faute:
        render(document_of(), gabarits)
    assert faute.value.lieu is not None
    assert (faute.value.lieu.fichier, faute.value.lieu.ligne) == ("templates/document.typ", 3)


def test_no_room_for_the_engine_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nulle-part"))
    with pytest.raises(ClsmonError, match=r"n’a pas pu être préparé : « .*nulle-part"):
        render(document_of())


def test_a_wide_table_in_a_section_of_one_page_turns_its_page() -> None:
    colonnes = tuple(Colonne(f"Une longue colonne {rang}", 30) for rang in range(14))
    large = Table(Tableau("T", colonnes, (("mot " * 6,) * 14,)))
    document = document_of(said("avant"), large)
    serrees = tuple(replace(partie, serree=True) for partie in document.parties)
    pages = Pages(render(replace(document, parties=serrees)))
    assert any(page.mediabox.width > page.mediabox.height for page in pages.lecteur.pages)

"""The Word reference: a dossier's own wins, what it lacks is completed, what it is not is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document as Word
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from clsmon.model.anomalie import ClsmonError
from clsmon.opening import packaged
from clsmon.render.document import Avis, Bloc, Citation, Liste, Sommaire, Titre
from clsmon.render.word import render_word
from clsmon.rules.explain import explain
from docs.modele_word import build_reference
from tests.images import draw_png
from tests.render.bilan_samples import PEINDRE

from .docx_reading import Lu
from .test_word import GABARITS, document_of, say, table

BLOCS: tuple[Bloc, ...] = (
    Sommaire(()),
    Titre(2, "Un titre", "un"),
    say("corps"),
    Liste(((say("point"),),)),
    Liste(((say("premier"),),), 1),
    Citation((say("dit"),)),
    table(3),
)


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    (tmp_path / "templates").mkdir()
    return tmp_path / "templates"


def write_with(dossier: Path, word: Any, *blocs: Bloc, fictif: bool = False) -> Lu:
    """A document in the styles of this reference."""
    word.save(str(dossier / "document.docx"))
    document = document_of(*(blocs or BLOCS), fictif=fictif)
    return Lu(render_word(document, [dossier, *GABARITS], PEINDRE))


def rename_ids(word: Any) -> None:
    """The ids of a French Word: the names stay English in the file."""
    ids = {"Heading1": "Titre1", "Title": "Titre", "ListBullet": "Listepuces"}
    for element in word.styles.element.iter():
        for attribut, valeur in element.attrib.items():
            if valeur in ids:
                element.set(attribut, ids[valeur])


def drop_styles(word: Any, *gardes: str) -> None:
    for style in list(word.styles.element.iterchildren(qn("w:style"))):
        if style.find(qn("w:name")).get(qn("w:val")) not in gardes:
            word.styles.element.remove(style)


def bare_reference() -> Any:
    """What Word saves when nothing was ever styled: four styles, and no list."""
    word = Word()
    drop_styles(word, "Normal", "Default Paragraph Font", "Normal Table", "No List")
    for cle, relation in list(word.part.rels.items()):
        if relation.reltype == RT.NUMBERING:
            del word.part.rels[cle]
    return word


def test_the_packaged_reference_is_the_one_its_script_writes() -> None:
    parties = [
        {nom: archive.read(nom) for nom in archive.namelist()}
        for archive in (
            ZipFile(packaged("templates") / "document.docx"),
            ZipFile(BytesIO(build_reference())),
        )
    ]
    assert parties[0] == parties[1]


def test_a_dossiers_styles_and_margins_win(dossier: Path) -> None:
    word: Any = Word(str(packaged("templates") / "document.docx"))
    word.styles["Heading 1"].font.size = Pt(31)
    word.sections[0].left_margin = Mm(40)
    lu = write_with(dossier, word)
    assert lu.word.styles["Heading 1"].font.size == Pt(31)
    assert round(lu.word.sections[0].left_margin.mm) == 40
    (element,) = lu.tables()
    assert sum(int(c.get(qn("w:w"))) for c in element.iter(qn("w:gridCol"))) <= Mm(152).twips


def test_styles_are_found_by_name_whatever_their_id(dossier: Path) -> None:
    word: Any = Word(str(packaged("templates") / "document.docx"))
    rename_ids(word)
    lu = write_with(dossier, word)
    assert 'w:pStyle w:val="Titre1"' in lu.parts()["word/document.xml"]
    assert lu.styled("Heading 1", "List Bullet") == ["Un titre", "point"]


def test_what_a_reference_lacks_comes_from_the_packaged_one(dossier: Path) -> None:
    lu = write_with(dossier, bare_reference())
    attendus = ("Heading 1", "List Bullet", "List Number", "Quote", "Cellule CLS", "toc 1")
    assert [lu.styled(nom)[:1] for nom in attendus] == [
        ["Un titre"],
        ["point"],
        ["premier"],
        ["dit"],
        ["mot"],
        ["Un titre"],
    ]
    listes = lu.word.part.numbering_part.element
    for nom, genre in (("List Bullet", "bullet"), ("List Number", "decimal")):
        numero = next(lu.word.styles[nom].element.iter(qn("w:numId"))).val
        modele = listes.num_having_numId(numero).abstractNumId.val
        (source,) = listes.xpath(f"w:abstractNum[@w:abstractNumId='{modele}']")
        assert next(source.iter(qn("w:numFmt"))).get(qn("w:val")) == genre
    for style in lu.word.styles.element.iterchildren(qn("w:style")):
        suivis = [s.get(qn("w:val")) for s in style.iter(qn("w:basedOn"), qn("w:next"))]
        assert all(identifiant in lu.noms for identifiant in suivis)


def test_lists_of_a_reference_keep_their_own_marks(dossier: Path) -> None:
    word = Word()
    drop_styles(word, "Normal", "List Bullet", "Default Paragraph Font", "Normal Table", "No List")
    avant = len(list(word.part.numbering_part.element.iter(qn("w:abstractNum"))))
    lu = write_with(dossier, word)
    listes = lu.word.part.numbering_part.element
    numeros = [n.get(qn("w:abstractNumId")) for n in listes.iter(qn("w:abstractNum"))]
    assert len(numeros) == len(set(numeros)) == avant + 2
    assert [e.tag for e in listes] == sorted((e.tag for e in listes), key=len, reverse=True)


def test_an_id_already_taken_does_not_hide_a_style(dossier: Path) -> None:
    word = bare_reference()
    autre = f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="Quote"><w:name w:val="Mien"/>'
    word.styles.element.append(parse_xml(f"{autre}</w:style>"))
    lu = write_with(dossier, word)
    assert lu.styled("Quote") == ["dit"]
    assert not lu.styled("Mien")


def with_text(partie: Any, texte: str) -> None:
    partie.paragraphs[0].text = texte


def test_our_line_comes_under_the_header_of_the_reference(dossier: Path) -> None:
    word: Any = Word()
    word.sections[0].header.paragraphs[0].add_run().add_picture(BytesIO(draw_png()))
    with_text(word.sections[0].footer, "Dijon métropole")
    lu = write_with(dossier, word, fictif=True)
    (section,) = lu.word.sections
    assert [p.text for p in section.header.paragraphs] == ["", "DONNÉES FICTIVES — Contrat"]
    assert len(list(section.header._element.iter(qn("w:drawing")))) == 1
    assert [p.text for p in section.footer.paragraphs] == [
        "Dijon métropole",
        "Bilan — Projet — page 1 / 1",
    ]


@pytest.mark.parametrize("champ", ["w:instrText", "w:fldSimple"])
def test_a_page_number_is_not_written_twice(dossier: Path, champ: str) -> None:
    word: Any = Word()
    element: Any = OxmlElement(champ)
    element.text = " PAGE  \\* MERGEFORMAT "
    element.set(qn("w:instr"), "PAGE")
    word.sections[0].footer.paragraphs[0].add_run()._r.append(element)
    (section,) = write_with(dossier, word).word.sections
    assert section.footer.paragraphs[-1].text == "Bilan — Projet"


def test_fictitious_data_are_told_on_first_and_even_pages_too(dossier: Path) -> None:
    word: Any = Word()
    section = word.sections[0]
    section.different_first_page_header_footer = True
    word.settings.odd_and_even_pages_header_footer = True
    blocs = (Avis("mot"), say("avant"), Titre(2, "A", "a"), table(14, mot="renseignées"))
    lu = write_with(dossier, word, *blocs, fictif=True)
    premiere, seconde = lu.word.sections
    for entete in (premiere.header, premiere.first_page_header, premiere.even_page_header):
        assert "DONNÉES FICTIVES" in entete.paragraphs[-1].text
    assert not seconde.different_first_page_header_footer
    assert seconde.header.is_linked_to_previous


def test_a_reference_gives_its_styles_and_nothing_of_its_own(dossier: Path) -> None:
    word: Any = Word()
    word.core_properties.author = word.core_properties.comments = "Une personne"
    word.add_paragraph("Un texte laissé là")
    word.add_picture(BytesIO(draw_png()))
    word.add_comment(word.paragraphs[0].add_run("x"), "Une remarque", author="Une personne")
    word.part.relate_to("http://mal.example", RT.HYPERLINK, is_external=True)
    for nom in ("w:updateFields", "w:attachedTemplate", "w:trackRevisions"):
        word.settings.element.append(OxmlElement(nom))
    lu = write_with(dossier, word)
    tout = "".join(lu.parts().values())
    for laisse in ("Une personne", "Un texte laissé là", "Une remarque", "mal.example"):
        assert laisse not in tout
    for laisse in ("updateFields", "attachedTemplate", "trackRevisions"):
        assert laisse not in lu.parts()["word/settings.xml"]
    assert not lu.pictures()


def test_only_the_first_section_of_a_reference_is_taken(dossier: Path) -> None:
    word: Any = Word()
    with_text(word.sections[0].header, "Le bon")
    seconde = word.add_section()
    seconde.orientation = WD_ORIENT.LANDSCAPE
    seconde.header.is_linked_to_previous = False
    with_text(seconde.header, "L’autre")
    lu = write_with(dossier, word)
    (section,) = lu.word.sections
    assert section.header.paragraphs[0].text == "Le bon"
    assert "L’autre" not in "".join(lu.parts().values())


def test_a_reference_that_lies_down_stays_so(dossier: Path) -> None:
    word: Any = Word()
    section = word.sections[0]
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.orientation = WD_ORIENT.LANDSCAPE
    lu = write_with(dossier, word, say("avant"), table(14, mot="renseignées"), table(2))
    assert {s.orientation for s in lu.word.sections} == {WD_ORIENT.LANDSCAPE}


def archive(**parties: bytes) -> bytes:
    tampon = BytesIO()
    with ZipFile(tampon, "w") as sortie:
        for nom, octets in parties.items():
            sortie.writestr(nom, octets)
    return tampon.getvalue()


def retyped(genre: str) -> bytes:
    """The packaged reference under another type of content."""
    tampon = BytesIO()
    with (
        ZipFile(packaged("templates") / "document.docx") as source,
        ZipFile(tampon, "w") as sortie,
    ):
        for nom in source.namelist():
            octets = source.read(nom)
            sortie.writestr(nom, octets.replace(b"document.main+xml", genre.encode()))
    return tampon.getvalue()


@pytest.mark.parametrize(
    "octets",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, id="a .doc or a password"),
        pytest.param(b"PK\x03\x04 rien", id="cut"),
        pytest.param(archive(), id="an empty archive"),
        pytest.param(archive(lisezmoi=b"rien"), id="another archive"),
        pytest.param(retyped("template.main+xml"), id="a .dotx"),
        pytest.param(b"\0" * (10 * 1024 * 1024 + 1), id="too big"),
    ],
)
def test_a_file_that_is_no_word_document_is_told(dossier: Path, octets: bytes) -> None:
    (dossier / "document.docx").write_bytes(octets)
    with pytest.raises(ClsmonError) as faute:
        render_word(document_of(*BLOCS), [dossier, *GABARITS], PEINDRE)
    assert faute.value.lieu is not None
    assert faute.value.lieu.fichier == "templates/document.docx"
    assert faute.value.message.startswith("GAB006 : ce n’est pas un document Word lisible")
    assert "Document Word (.docx)" in (faute.value.conseil or "")


def test_a_folder_in_its_place_is_told(dossier: Path) -> None:
    (dossier / "document.docx").mkdir()
    with pytest.raises(ClsmonError, match="GAB006"):
        render_word(document_of(*BLOCS), [dossier, *GABARITS], PEINDRE)


@pytest.mark.parametrize(
    ("nom", "genre", "phrase"),
    [
        ("Cellule CLS", "character", "« Cellule CLS » est un style de caractère, il faut un style"),
        (
            "Tableau CLS",
            "paragraph",
            "« Tableau CLS » est un style de paragraphe, il faut un style",
        ),
    ],
)
def test_a_style_of_another_kind_is_named(dossier: Path, nom: str, genre: str, phrase: str) -> None:
    word = bare_reference()
    style = f'<w:style {nsdecls("w")} w:type="{genre}" w:styleId="X"><w:name w:val="{nom}"/>'
    word.styles.element.append(parse_xml(f"{style}</w:style>"))
    with pytest.raises(ClsmonError, match="GAB007") as faute:
        write_with(dossier, word)
    assert phrase in faute.value.message
    assert "renommez ce style" in (faute.value.conseil or "")


@pytest.mark.parametrize("code", ["GAB006", "GAB007", "GAB009"])
def test_each_fault_has_its_page(code: str) -> None:
    assert "référence Word" in (explain(code) or "").splitlines()[2]


def without_page(word: Any) -> None:
    (section,) = word.element.body.iterchildren(qn("w:sectPr"))
    word.element.body.remove(section)


def without_size(word: Any) -> None:
    for nom in ("w:pgSz", "w:pgMar"):
        (element,) = word.element.body.iter(qn(nom))
        element.getparent().remove(element)


def with_a_nameless_style(word: Any) -> None:
    style = OxmlElement("w:style")
    style.set(qn("w:type"), "paragraph")
    word.styles.element.append(style)


def without_defaults(word: Any) -> None:
    (defauts,) = word.styles.element.iterchildren(qn("w:docDefaults"))
    word.styles.element.remove(defauts)


@pytest.mark.parametrize(
    "oter", [without_page, without_size, with_a_nameless_style, without_defaults]
)
def test_a_reference_that_leaves_much_unsaid_still_serves(
    dossier: Path, oter: Callable[[Any], None]
) -> None:
    word: Any = Word()
    oter(word)
    lu = write_with(dossier, word)
    assert lu.styled("Heading 1", "List Bullet") == ["Un titre", "point"]
    assert lu.word.sections[0].page_width is not None


def damage(word: Any, chemin: Path) -> None:
    """The main part of this reference is cut in the middle."""
    word.save(str(chemin))
    with ZipFile(chemin) as source:
        parties = {nom: source.read(nom) for nom in source.namelist()}
    parties["word/document.xml"] = parties["word/document.xml"][:200]
    chemin.write_bytes(archive(**parties))


def test_a_damaged_reference_is_told_too(dossier: Path) -> None:
    damage(Word(), dossier / "document.docx")
    with pytest.raises(ClsmonError, match="GAB006"):
        render_word(document_of(*BLOCS), [dossier, *GABARITS], PEINDRE)


PARTIES, TYPES = "word/document.xml", "[Content_Types].xml"
LIENS, STYLES = "word/_rels/document.xml.rels", "word/styles.xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
VIDE = f"<w:hdr {nsdecls('w')}><w:p/></w:hdr>"


def packaged_parts() -> dict[str, bytes]:
    with ZipFile(packaged("templates") / "document.docx") as source:
        return {nom: source.read(nom) for nom in source.namelist()}


def changed(nom: str, ancien: bytes, nouveau: bytes) -> bytes:
    """The packaged reference, these bytes of a part replaced wherever they are."""
    parties = packaged_parts()
    assert ancien in parties[nom]
    parties[nom] = parties[nom].replace(ancien, nouveau)
    return archive(**parties)


def resized(taille: str) -> bytes:
    parties = packaged_parts()
    parties[PARTIES] = re.sub(rb"<w:pgSz[^>]*/>", taille.encode(), parties[PARTIES])
    return archive(**parties)


def doubled() -> bytes:
    tampon = BytesIO(archive(**packaged_parts()))
    with ZipFile(tampon, "a") as sortie, pytest.warns(UserWarning, match="Duplicate"):
        sortie.writestr(STYLES, b"<a/>")
    return tampon.getvalue()


def packed(**parties: bytes) -> bytes:
    tampon = BytesIO()
    with ZipFile(tampon, "w", ZIP_DEFLATED) as sortie:
        for nom, octets in {**packaged_parts(), **parties}.items():
            sortie.writestr(nom, octets)
    return tampon.getvalue()


@pytest.mark.parametrize(
    "faire",
    [
        pytest.param(lambda: archive(**{**packaged_parts(), STYLES: b"<a/>"}), id="no styles"),
        pytest.param(
            lambda: archive(**{**packaged_parts(), "word/settings.xml": b"<a/>"}), id="no settings"
        ),
        pytest.param(
            lambda: archive(**{**packaged_parts(), "word/numbering.xml": b"<a/>"}), id="no lists"
        ),
        pytest.param(
            lambda: archive(**{**packaged_parts(), "docProps/core.xml": b"<a/>"}),
            id="no properties",
        ),
        pytest.param(doubled, id="a part twice"),
        pytest.param(lambda: resized('<w:pgSz w:w="-5" w:h="abc"/>'), id="a page of no size"),
        pytest.param(lambda: resized(f'<w:pgSz w:w="{"9" * 20}" w:h="1"/>'), id="a page too large"),
        pytest.param(lambda: packed(**{"word/x.xml": b" " * 11_000_000}), id="a bomb of XML"),
        pytest.param(lambda: packed(**{"word/a.png": b" " * 53_000_000}), id="a bomb of images"),
        pytest.param(
            lambda: packed(**{f"x/{n}": b"" for n in range(1_001)}), id="a crowd of parts"
        ),
        pytest.param(
            lambda: changed(STYLES, b"<w:styles", b"<!DOCTYPE x [<!ENTITY a 'b'>]><w:styles"),
            id="an entity",
        ),
        pytest.param(
            lambda: changed(
                TYPES, b"openxmlformats-officedocument.wordprocessingml.document.main", b"x"
            ),
            id="macros",
        ),
    ],
)
def test_a_trap_is_refused_like_any_other_file(dossier: Path, faire: Callable[[], bytes]) -> None:
    test_a_file_that_is_no_word_document_is_told(dossier, faire())


def with_header(entete: str, *relations: str, nom: str = "header9.xml") -> bytes:
    """The packaged reference with one more header, and what this header leads to."""
    parties = packaged_parts()
    parties[f"word/{nom}"] = entete.encode()
    parties[f"word/_rels/{nom}.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{''.join(relations)}</Relationships>"
    ).encode()
    genre = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
    dit = f'<Override PartName="/word/{nom}" ContentType="{genre}"/></Types>'
    parties[TYPES] = parties[TYPES].replace(b"</Types>", dit.encode())
    lien = f'<Relationship Id="rId999" Type="{RELATION}header" Target="{nom}"/>'
    fin = b"</Relationships>"
    parties[LIENS] = parties[LIENS].replace(fin, lien.encode() + fin)
    return archive(**parties)


def relation(genre: str, cible: str) -> str:
    lien = f'Id="rId1" Type="{RELATION}{genre}" Target="{cible}" TargetMode="External"'
    return f"<Relationship {lien}/>"


def field(*morceaux: str) -> str:
    dits = "".join(f"<w:r><w:instrText>{m}</w:instrText></w:r>" for m in morceaux)
    return f"<w:hdr {nsdecls('w')}><w:p>{dits}</w:p></w:hdr>"


def fields(*instructions: str) -> str:
    """A header of whole fields, each from its beginning to its end."""
    dits = "".join(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{i}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        for i in instructions
    )
    return f"<w:hdr {nsdecls('w')}><w:p>{dits}</w:p></w:hdr>"


@pytest.mark.parametrize(
    ("octets", "quoi"),
    [
        pytest.param(
            with_header(VIDE, relation("image", "http://mal.example/x.png")), "x.png", id="picture"
        ),
        pytest.param(
            with_header(VIDE, relation("hyperlink", "file:///etc/x")), "file:///etc/x", id="file"
        ),
        pytest.param(
            with_header(VIDE, relation("oleObject", "http://mal.example")), "oleObject", id="object"
        ),
        pytest.param(with_header(field("DDEAUTO cmd")), "DDEAUTO", id="program"),
        pytest.param(with_header(field("INCLUDE", "PICTURE x")), "INCLUDEPICTURE", id="in pieces"),
        pytest.param(
            with_header(fields(r'PAGE \# "0 ', r' INCLUDEPICTURE "http://mal.example/x.png" \d')),
            "INCLUDEPICTURE",
            id="after an open quote",
        ),
        pytest.param(
            with_header(fields("INCLUDETEXT x"), nom="header9.bin"), "INCLUDETEXT", id="no .xml"
        ),
        pytest.param(
            with_header(fields("INCLUDETEXT x"), nom="header9.XML"), "INCLUDETEXT", id="in capitals"
        ),
        pytest.param(
            with_header(
                f'<w:hdr {nsdecls("w")}><w:p><w:fldSimple w:instr="INCLUDETEXT x"/></w:p></w:hdr>'
            ),
            "INCLUDETEXT",
            id="simple field",
        ),
    ],
)
def test_a_reference_that_would_act_on_its_reader_is_told(
    dossier: Path, octets: bytes, quoi: str
) -> None:
    (dossier / "document.docx").write_bytes(octets)
    with pytest.raises(ClsmonError, match="GAB009") as faute:
        render_word(document_of(*BLOCS), [dossier, *GABARITS], PEINDRE)
    assert quoi in faute.value.message
    assert "header9" in faute.value.message
    assert faute.value.lieu is not None


@pytest.mark.parametrize(
    "octets",
    [
        pytest.param(
            with_header(VIDE, relation("hyperlink", "https://ars.example")), id="a link to a page"
        ),
        pytest.param(
            with_header(field('HYPERLINK "https://a.example/dde link"')), id="quoted words"
        ),
        pytest.param(with_header(field("PAGE")), id="a page number"),
        pytest.param(with_header(fields("PAGE", "NUMPAGES")), id="two fields"),
    ],
)
def test_what_only_shows_is_kept(dossier: Path, octets: bytes) -> None:
    (dossier / "document.docx").write_bytes(octets)
    assert render_word(document_of(*BLOCS), [dossier, *GABARITS], PEINDRE)


def test_the_model_a_reference_comes_from_is_left_behind(dossier: Path) -> None:
    parties = packaged_parts()
    parties["word/_rels/settings.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{relation('attachedTemplate', 'file:///C:/Modeles/service.dotm')}</Relationships>"
    ).encode()
    (dossier / "document.docx").write_bytes(archive(**parties))
    lu = Lu(render_word(document_of(*BLOCS), [dossier, *GABARITS], PEINDRE))
    assert not any("service.dotm" in texte for texte in lu.parts().values())


def test_a_style_without_an_id_serves_nobody(dossier: Path) -> None:
    parties = packaged_parts()
    parties[STYLES] = re.sub(rb' w:styleId="[^"]*"', b"", parties[STYLES])
    (dossier / "document.docx").write_bytes(archive(**parties))
    lu = Lu(render_word(document_of(*BLOCS), [dossier, *GABARITS], PEINDRE))
    assert lu.styled("heading 1", "Heading 1") == ["Un titre"]

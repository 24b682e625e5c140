"""The packaged `templates/document.docx`: `python -m docs.modele_word` writes it."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from clsmon.render.word import undated
from clsmon.render.word_reference import leave_content

MODELE = Path(__file__).parents[1] / "templates" / "document.docx"

ACCENT, ENCRE, GRIS, ALERTE, TRAIT = "0B5FA5", "1F2D3A", "4D5763", "8B1A1A", "A9B1BA"
POLICE = "Arial"
UTILE = 9864
"""What the page offers between its margins, in twentieths of a point: where a page number ends."""

NORMAL, CARACTERES = "Normal", "Default Paragraph Font"
GRAS, ITALIQUE = "<w:b/>", "<w:i/>"


def _font(size: float, color: str = ENCRE, marks: str = "") -> str:
    return f'{marks}<w:color w:val="{color}"/><w:sz w:val="{round(size * 2)}"/>'


def _space(before: float = 0, after: float = 0, line: float = 1) -> str:
    return (
        f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}" '
        f'w:line="{round(line * 240)}" w:lineRule="auto"/>'
    )


def _style(  # noqa: PLR0913  a style is what it says, each by its name
    name: str,
    paragraph: str = "",
    font: str = "",
    *,
    kind: str = "paragraph",
    based: str = NORMAL,
    follows: str = "",
    inner: str = "",
) -> str:
    own = ' w:customStyle="1"' if name.endswith("CLS") else ""
    default = ' w:default="1"' if name == NORMAL else ""
    basis = "" if name == based else f'<w:basedOn w:val="{_id(based)}"/>'
    return (
        f'<w:style w:type="{kind}" w:styleId="{_id(name)}"{own}{default}>'
        f'<w:name w:val="{name}"/>{basis}'
        + (f'<w:next w:val="{_id(follows)}"/>' if follows else "")
        + "<w:qFormat/>"
        + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
        + (f"<w:rPr>{font}</w:rPr>" if font else "")
        + f"{inner}</w:style>"
    )


def _id(name: str) -> str:
    """Letters only, as Word makes them."""
    sans_accent = name.replace("ê", "e").replace("é", "e").replace("É", "E")
    return "".join(mot[:1].upper() + mot[1:] for mot in sans_accent.replace("-", " ").split())


def _heading(level: int, size: float, color: str, before: float, marks: str = GRAS) -> str:
    border = (
        f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="3" w:color="{ACCENT}"/></w:pBdr>'
        if level == 1
        else ""
    )
    return _style(
        f"heading {level}",
        f"<w:keepNext/><w:keepLines/>{border}{_space(before, 5)}"
        f'<w:outlineLvl w:val="{level - 1}"/>',
        _font(size, color, marks),
        follows=NORMAL,
    )


def _list_style(name: str, numero: int, niveau: int) -> str:
    rang = f'<w:ilvl w:val="{niveau}"/>' if niveau else ""
    return _style(
        name,
        f'<w:numPr>{rang}<w:numId w:val="{numero}"/></w:numPr>{_space(0, 3, 1.1)}',
    )


def _contents_style(niveau: int, size: float, before: float, marks: str = "") -> str:
    return _style(
        f"toc {niveau}",
        f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{UTILE}"/></w:tabs>'
        f'{_space(before)}<w:ind w:left="{(niveau - 1) * 240}" w:right="400"/>',
        _font(size, ENCRE, marks),
        follows=NORMAL,
    )


def _borders() -> str:
    cotes = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(
        f'<w:{cote} w:val="single" w:sz="4" w:space="0" w:color="{TRAIT}"/>' for cote in cotes
    )


TABLEAU = (
    f"<w:tblPr><w:tblBorders>{_borders()}</w:tblBorders><w:tblCellMar>"
    '<w:top w:w="30" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>'
    '<w:bottom w:w="30" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" '
    f'w:fill="{ACCENT}"/></w:tcPr></w:tblStylePr>'
)
NOTE = (
    f'<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="{GRIS}"/></w:pBdr>'
    '<w:shd w:val="clear" w:color="auto" w:fill="F3F5F8"/>'
)


AVIS = (
    "<w:pBdr>"
    + "".join(
        f'<w:{cote} w:val="single" w:sz="4" w:space="3" w:color="{ALERTE}"/>'
        for cote in ("top", "left", "bottom", "right")
    )
    + f'</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{ALERTE}"/>'
)

DEFAUTS = (
    f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{POLICE}" w:hAnsi="{POLICE}" '
    f'w:eastAsia="{POLICE}" w:cs="{POLICE}"/><w:sz w:val="20"/><w:szCs w:val="20"/>'
    '<w:lang w:val="fr-FR" w:eastAsia="fr-FR" w:bidi="fr-FR"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault/></w:docDefaults>"
)
INITIAUX = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="NormalTable"><w:name w:val="Normal Table"/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    "</w:style>"
)
"""The default style of each kind, that the others start from."""


def _text_styles() -> Iterator[str]:
    yield _style(NORMAL, _space(6, 4, 1.1), _font(10.5))
    yield _style("Title", f"<w:keepNext/>{_space(60, 10)}", _font(26, ACCENT, GRAS))
    yield _style("Subtitle", _space(0, 18), _font(14, GRIS))
    yield _heading(1, 17, ACCENT, 18)
    yield _heading(2, 13, ENCRE, 16)
    yield _heading(3, 11.5, ACCENT, 13)
    yield _heading(4, 10.5, ENCRE, 10)
    yield _heading(5, 10.5, GRIS, 8, GRAS + ITALIQUE)
    yield _style("Quote", f'{NOTE}{_space(0, 6, 1.1)}<w:ind w:left="200"/>')
    yield _style("Texte serré CLS", _space(0, 2), _font(9))
    yield _style("header", _space(0, 6), _font(8, GRIS))
    yield _style("footer", _space(6, 0), _font(8, GRIS))
    yield _style("TOC Heading", f"<w:keepNext/>{_space(0, 8)}", _font(17, ACCENT, GRAS))
    yield _contents_style(1, 10, 4, GRAS)
    yield _contents_style(2, 9, 0)
    yield _contents_style(3, 8.5, 0)
    yield _style("Données fictives CLS", f"{AVIS}{_space(8, 10)}", _font(10.5, "FFFFFF", GRAS))
    yield _style("Logos CLS", _space(6, 6) + '<w:textAlignment w:val="center"/>')
    lien = f'<w:color w:val="{ACCENT}"/><w:u w:val="single"/>'
    yield _style("Hyperlink", "", lien, kind="character", based=CARACTERES)


def _list_styles() -> Iterator[str]:
    for rang, suite in enumerate(("", " 2", " 3")):
        for numero, nom in enumerate(("List Bullet", "List Number"), 1):
            yield _list_style(f"{nom}{suite}", numero, rang)
        retrait = f'<w:ind w:left="{(rang + 1) * 340}"/>'
        yield _style(f"List Continue{suite}", _space(0, 3, 1.1) + retrait)


def _tight_list_styles() -> Iterator[str]:
    for nom in ("List Bullet", "List Number"):
        yield _style(f"{nom} serré CLS", _space(), _font(9), based=nom)


def _table_styles() -> Iterator[str]:
    yield _style("caption", f"<w:keepNext/>{_space(6, 3)}", _font(10, ENCRE, GRAS))
    yield _style("Cellule CLS", _space(), _font(9))
    yield _style("Cellule serrée CLS", "", _font(7.5), based="Cellule CLS")
    titre = "En-tête de colonne CLS"
    yield _style(titre, "<w:keepNext/>", _font(8.5, "FFFFFF", GRAS), based="Cellule CLS")
    yield _style("En-tête serré CLS", "", _font(7.5, "FFFFFF", GRAS), based=titre)
    blanc = '<w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/>'
    yield _style("Après tableau CLS", blanc, _font(4))
    lien = f'<w:u w:val="dotted" w:color="{ACCENT}"/>'
    yield _style("Lien de tableau CLS", "", lien, kind="character", based=CARACTERES)
    yield _style("Tableau CLS", kind="table", based="Normal Table", inner=TABLEAU)


def _styles() -> str:
    ecrits = (INITIAUX, *_text_styles(), *_list_styles(), *_tight_list_styles(), *_table_styles())
    return f"<w:styles {nsdecls('w')}>{DEFAUTS}{''.join(ecrits)}</w:styles>"


def _numbering() -> str:
    """Bullets, then figures; three levels each."""
    listes = (
        ("ListBullet", "bullet", ("•", "–", "•")),
        ("ListNumber", "decimal", ("%1.", "%2.", "%3.")),
    )
    modeles = "".join(
        f'<w:abstractNum w:abstractNumId="{numero}"><w:multiLevelType w:val="multilevel"/>'
        + "".join(
            f'<w:lvl w:ilvl="{rang}"><w:start w:val="1"/><w:numFmt w:val="{genre}"/>'
            f'<w:pStyle w:val="{style}{rang + 1 if rang else ""}"/><w:lvlText w:val="{marque}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{(rang + 1) * 340}" w:hanging="340"/>'
            "</w:pPr></w:lvl>"
            for rang, marque in enumerate(marques)
        )
        + "</w:abstractNum>"
        for numero, (style, genre, marques) in enumerate(listes, 1)
    )
    numeros = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2)
    )
    return f"<w:numbering {nsdecls('w')}>{modeles}{numeros}</w:numbering>"


SETTINGS = (
    f"<w:settings {nsdecls('w')}>"
    '<w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="fr-FR"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
    "</w:settings>"
)


def build_reference() -> bytes:
    """The bytes of the reference: styles, lists, an A4 page and its margins, nothing else."""
    word: Any = Document()
    _refill(word.styles.element, _styles())
    _refill(word.part.numbering_part.element, _numbering())
    _refill(word.settings.element, SETTINGS)
    (section,) = word.sections
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin, section.bottom_margin = Mm(20), Mm(18)
    section.header_distance = section.footer_distance = Mm(9)
    leave_content(word)
    tampon = BytesIO()
    word.save(tampon)
    return undated(tampon.getvalue())


def _refill(element: Any, xml: str) -> None:
    """Another content for a part that python-docx already made."""
    for enfant in list(element):
        element.remove(enfant)
    element.extend(list(parse_xml(xml)))


if __name__ == "__main__":
    MODELE.write_bytes(build_reference())

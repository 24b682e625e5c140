"""Un document court en Word : vrais styles, titres et tableaux, mêmes octets deux fois."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from clsmon.model.texte import clean_text
from clsmon.render.cells import Tableau, spell_cell
from clsmon.render.document import Document, Section
from clsmon.render.spelling import INSECABLE

CREATION = datetime(2024, 1, 1, tzinfo=UTC)
"""Une date fixe : l'heure de fabrication changerait les octets sans rien apprendre à personne."""

FICTIF = "DONNÉES FICTIVES"
ACCENT, ENCRE, ALERTE = (
    RGBColor(0x0B, 0x5F, 0xA5),
    RGBColor(0x1F, 0x2D, 0x3A),
    RGBColor(0x8B, 0x1A, 0x1A),
)
POLICE = "Arial"
LARGEUR_UTILE = 174
"""Ce qu'une page A4 offre entre ses marges, en millimètres."""

_TAILLES = {
    "Normal": (10.5, ENCRE),
    "Title": (20, ACCENT),
    "Subtitle": (12, ENCRE),
    "Heading 1": (14, ACCENT),
    "Heading 2": (11.5, ENCRE),
    "List Bullet": (10.5, ENCRE),
    "Header": (8, ENCRE),
    "Footer": (8, ENCRE),
}


def render_document_word(document: Document) -> bytes:
    """Les octets du .docx ; le même document donne les mêmes octets, sans auteur ni horloge."""
    word = Word()
    _set_styles(word)
    _set_page(word, document)
    word.add_paragraph(clean_text(document.titre), style="Title")
    word.add_paragraph(clean_text(document.contrat), style="Subtitle")
    if document.fictif:
        _add_notice(word)
    _add_facts(word, document.faits)
    for section in document.sections:
        _add_section(word, section)
    if document.fictif:
        _add_notice(word)
    _set_properties(word, document)
    tampon = BytesIO()
    word.save(tampon)
    return _undated(tampon.getvalue())


def _set_styles(word: Any) -> None:
    """Arial partout, en français ; la police du thème, qui l'emporterait, est ôtée."""
    for nom, (taille, couleur) in _TAILLES.items():
        style = word.styles[nom]
        style.font.name, style.font.size, style.font.color.rgb = POLICE, Pt(taille), couleur
        polices = style.element.rPr.rFonts
        for attribut in [a for a in polices.attrib if a.endswith("Theme")]:
            del polices.attrib[attribut]
        for script in ("w:eastAsia", "w:cs"):
            polices.set(qn(script), POLICE)
    word.styles["Normal"].paragraph_format.space_after = Pt(6)
    # The template's own subtitle is spaced out and slanted.
    sous_titre = word.styles["Subtitle"]
    sous_titre.font.italic = False
    for espace in list(sous_titre.element.rPr.iter(qn("w:spacing"))):
        sous_titre.element.rPr.remove(espace)
    for langue in word.styles.element.iter(qn("w:lang")):
        for attribut in list(langue.attrib):
            langue.set(attribut, "fr-FR")


def _set_page(word: Any, document: Document) -> None:
    (section,) = word.sections
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(20)
    entete = section.header.paragraphs[0]
    entete.add_run(clean_text(document.contrat))
    if document.fictif:
        avis = entete.add_run(f"\t\t{FICTIF}")
        avis.bold, avis.font.color.rgb = True, ALERTE
    pied = section.footer.paragraphs[0]
    pied.add_run(f"{clean_text(document.titre)} — page ")
    _add_field(pied, "PAGE")
    pied.add_run(" / ")
    _add_field(pied, "NUMPAGES")


def _add_field(paragraphe: Any, champ: str) -> None:
    """Un champ que Word calcule : le numéro de page, leur nombre."""
    texte = paragraphe.add_run()
    for genre, contenu in (("begin", ""), ("", champ), ("end", "")):
        element = OxmlElement("w:fldChar" if genre else "w:instrText")
        if genre:
            element.set(qn("w:fldCharType"), genre)
        else:
            element.text = contenu
        texte._r.append(element)  # noqa: SLF001  python-docx has no door for fields


def _add_notice(word: Any) -> None:
    avis = word.add_paragraph().add_run(
        f"{FICTIF}{INSECABLE}: ce document est une démonstration, rien n’y est réel."
    )
    avis.bold, avis.font.color.rgb = True, ALERTE


def _add_facts(word: Any, faits: Iterable[tuple[str, str]]) -> None:
    dits = list(faits)
    for rang, (etiquette, texte) in enumerate(dits):
        paragraphe = word.add_paragraph()
        paragraphe.paragraph_format.space_after = Pt(1)
        paragraphe.paragraph_format.keep_with_next = rang < len(dits) - 1
        paragraphe.add_run(f"{clean_text(etiquette)}{INSECABLE}: ").bold = True
        paragraphe.add_run(clean_text(texte))


def _add_section(word: Any, section: Section) -> None:
    word.add_heading(clean_text(section.titre), level=section.niveau - 1)
    for texte in section.paragraphes:
        suivi = section.tableau is not None or bool(section.faits)
        word.add_paragraph(clean_text(texte)).paragraph_format.keep_with_next = suivi
    _add_facts(word, section.faits)
    for rang, texte in enumerate(section.liste, start=1):
        # Numbers are written: Word would go on counting from one list to the next.
        numero = f"{rang}.{INSECABLE}" if section.numerotee else ""
        style = None if section.numerotee else "List Bullet"
        word.add_paragraph(f"{numero}{clean_text(texte)}", style=style)
    if section.tableau is not None:
        _add_table(word, section.tableau)


def _add_table(word: Any, tableau: Tableau) -> None:
    """Un tableau dont les titres se répètent à chaque page, et dont aucune ligne ne se coupe."""
    grille = word.add_table(rows=1, cols=len(tableau.colonnes), style="Table Grid")
    grille.autofit = False
    _draw_borders(grille)
    total = sum(colonne.largeur for colonne in tableau.colonnes)
    largeurs = [Mm(LARGEUR_UTILE * colonne.largeur / total) for colonne in tableau.colonnes]
    for colonne, largeur in zip(grille.columns, largeurs, strict=True):
        colonne.width = largeur
    _fill_row(grille.rows[0], [c.titre for c in tableau.colonnes], largeurs, titre=True)
    for ligne in tableau.lignes:
        _fill_row(grille.add_row(), [spell_cell(c) for c in ligne], largeurs)
    legende = OxmlElement("w:tblCaption")
    legende.set(qn("w:val"), clean_text(tableau.titre))
    grille._tbl.tblPr.append(legende)  # noqa: SLF001  python-docx has no door for captions
    word.add_paragraph().paragraph_format.space_after = Pt(2)


def _draw_borders(grille: Any) -> None:
    """Des traits gris et fins : le contenu se lit avant la grille."""
    bords = OxmlElement("w:tblBorders")
    for cote in ("top", "left", "bottom", "right", "insideH", "insideV"):
        bord = OxmlElement(f"w:{cote}")
        for attribut, valeur in (("val", "single"), ("sz", "4"), ("color", "A9B1BA")):
            bord.set(qn(f"w:{attribut}"), valeur)
        bords.append(bord)
    grille._tbl.tblPr.append(bords)  # noqa: SLF001  idem, for borders


def _fill_row(
    rangee: Any, textes: Iterable[str], largeurs: Iterable[Any], *, titre: bool = False
) -> None:
    proprietes = rangee._tr.get_or_add_trPr()  # noqa: SLF001  idem, for rows
    proprietes.append(OxmlElement("w:cantSplit"))
    if titre:
        proprietes.append(OxmlElement("w:tblHeader"))
    for cellule, texte, largeur in zip(rangee.cells, textes, largeurs, strict=True):
        cellule.width = largeur
        (paragraphe,) = cellule.paragraphs
        paragraphe.paragraph_format.space_after = Pt(2)
        ecrit = paragraphe.add_run(clean_text(texte))
        ecrit.font.size = Pt(9)
        if titre:
            ecrit.bold, ecrit.font.color.rgb = True, RGBColor(0xFF, 0xFF, 0xFF)
            fond = OxmlElement("w:shd")
            for attribut, valeur in (("val", "clear"), ("color", "auto"), ("fill", "0B5FA5")):
                fond.set(qn(f"w:{attribut}"), valeur)
            cellule._tc.get_or_add_tcPr().append(fond)  # noqa: SLF001  idem, for cells


def _set_properties(word: Any, document: Document) -> None:
    proprietes = word.core_properties
    proprietes.title, proprietes.subject = clean_text(document.titre), clean_text(document.contrat)
    proprietes.author = proprietes.last_modified_by = proprietes.comments = ""
    proprietes.created = proprietes.modified = CREATION
    proprietes.language, proprietes.revision = "fr-FR", 1


def _undated(octets: bytes) -> bytes:
    """Le même fichier, dont aucune partie ne dit l'heure où elle a été écrite."""
    sortie = BytesIO()
    with ZipFile(BytesIO(octets)) as source, ZipFile(sortie, "w", ZIP_DEFLATED) as copie:
        for nom in source.namelist():
            copie.writestr(ZipInfo(nom), source.read(nom), ZIP_DEFLATED)
    return sortie.getvalue()

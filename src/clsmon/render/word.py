"""Un document en Word : vrais styles, titres et tableaux, mêmes octets deux fois."""

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
from clsmon.render.document import (
    Avis,
    Bloc,
    Citation,
    Document,
    Liste,
    Morceau,
    Paragraphe,
    Table,
    Titre,
)
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
    "Heading 3": (10.5, ENCRE),
    "Heading 4": (10.5, ENCRE),
    "List Bullet": (10.5, ENCRE),
    "Quote": (10.5, ENCRE),
    "Caption": (10, ENCRE),
    "Header": (8, ENCRE),
    "Footer": (8, ENCRE),
}


def render_word(document: Document) -> bytes:
    """Les octets du .docx ; le même document donne les mêmes octets, sans auteur ni horloge."""
    word = Word()
    _set_styles(word)
    _set_page(word, document)
    word.add_paragraph(clean_text(document.titre), style="Title")
    if document.sujet not in document.titre:
        word.add_paragraph(clean_text(document.sujet), style="Subtitle")
    for bloc in document.blocs:
        _add_block(word, bloc)
    _set_properties(word, document)
    tampon = BytesIO()
    word.save(tampon)
    return _undated(tampon.getvalue())


def _add_block(word: Any, bloc: Bloc, style: str | None = None) -> None:
    """Un bloc, dans son style ; `style` est celui d'un paragraphe pris dans une liste."""
    match bloc:
        case Titre(niveau=1):
            return  # the document's own title is written above
        case Titre(niveau, texte):
            word.add_heading(clean_text(texte), level=niveau - 1)
        case Paragraphe(morceaux):
            _add_runs(word.add_paragraph(style=style), morceaux)
        case Liste():
            _add_list(word, bloc)
        case Citation(blocs):
            for dit in blocs:
                _add_block(word, dit, "Quote")
        case Avis(texte):
            _add_notice(word, texte)
        case Table(tableau, legende):
            if legende:
                word.add_paragraph(clean_text(legende), style="Caption")
            _add_table(word, tableau, legende)
        case _:
            return


def _add_runs(paragraphe: Any, morceaux: Iterable[Morceau]) -> None:
    for morceau in morceaux:
        ecrit = paragraphe.add_run(clean_text(morceau.texte))
        ecrit.bold, ecrit.italic = morceau.fort or None, morceau.italique or None


def _add_list(word: Any, liste: Liste) -> None:
    """Les rangs sont écrits : Word continuerait de compter d'une liste à la suivante."""
    for rang, point in enumerate(liste.points, start=liste.depart or 1):
        if not point:
            continue  # a text that was only invisible characters
        tete, *suite = point
        if liste.depart is None:
            _add_block(word, tete, "List Bullet")
        elif isinstance(tete, Paragraphe):
            _add_block(word, Paragraphe((Morceau(f"{rang}.{INSECABLE}"), *tete.morceaux)))
        for bloc in suite:
            _add_block(word, bloc)


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
    entete.add_run(clean_text(document.sujet))
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


def _add_notice(word: Any, texte: str) -> None:
    avis = word.add_paragraph().add_run(f"{FICTIF}{INSECABLE}: {clean_text(texte)}")
    avis.bold, avis.font.color.rgb = True, ALERTE


def _add_table(word: Any, tableau: Tableau, legende: str) -> None:
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
    nom = OxmlElement("w:tblCaption")
    nom.set(qn("w:val"), clean_text(legende or tableau.titre))
    grille._tbl.tblPr.append(nom)  # noqa: SLF001  python-docx has no door for captions
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
    proprietes.title, proprietes.subject = clean_text(document.titre), clean_text(document.sujet)
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

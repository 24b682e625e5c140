"""Le bilan projeté en séance : dix à vingt diapositives natives, avec leurs notes."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.util import Pt

from clsmon.model.bilan import Bilan
from clsmon.model.texte import clean_text
from clsmon.render.closing import spell_footer
from clsmon.render.markdown import sections_of as parts_of
from clsmon.render.plain import FICTIF, one_line
from clsmon.render.slides_blocks import LARGEUR, MARGE, TAILLES, UTILE
from clsmon.render.slides_draw import add_frame, draw_block, write
from clsmon.render.slides_fit import cut_text, height_of, lines_of
from clsmon.render.slides_flow import Page, flow
from clsmon.render.slides_section import Section
from clsmon.render.slides_sections import sections_of
from clsmon.render.slides_theme import (
    ACCENT,
    BLANC,
    GRIS,
    HAUT_PIED,
    HAUTEUR_PIED,
    HAUTEUR_TITRE,
    LARGEUR_NUMERO,
    LARGEUR_PIED,
    POLICE,
    ROUGE,
    TAILLE_PIED,
    add_page,
    close_page,
    finish,
    open_deck,
    set_properties,
)
from clsmon.render.spelling import INSECABLE

AU_PLUS = 20
"""Au-delà, une séance ne les regarde plus."""
TAILLES_TITRE = (28.0, 26.0, 24.0)
HAUT_RENVOI = 476.0


def render_slides(bilan: Bilan) -> bytes:
    """Les octets du .pptx ; le même bilan donne les mêmes octets, sans auteur ni horloge."""
    deck = open_deck()
    sections = sections_of(bilan)
    for section, pages in zip(sections, _share(sections), strict=True):
        for rang, contenu in enumerate(pages):
            suite = f" (suite {rang})" if rang else ""
            _draw_page(deck, bilan, section, contenu, suite)
    titre = f"{bilan.contrat.titre} : bilan {bilan.exercice}"
    set_properties(deck, clean_text(titre), FICTIF if bilan.fictif else "")
    sortie = BytesIO()
    deck.save(sortie)
    return finish(sortie.getvalue())


def _share(sections: Sequence[Section]) -> list[tuple[Page, ...]]:
    """Les pages de chaque section : une chacune, puis ce qui reste selon leur rang."""
    voulues = [flow(section.blocs, section.souhait) for section in sections]
    libres = AU_PLUS - len(sections)
    accordees = [1] * len(sections)
    for numero in sorted(range(len(sections)), key=lambda n: sections[n].rang):
        plus = min(len(voulues[numero]) - 1, max(libres, 0))
        accordees[numero] += plus
        libres -= plus
    return [
        pages if len(pages) == accorde else flow(section.blocs, accorde)
        for section, pages, accorde in zip(sections, voulues, accordees, strict=True)
    ]


def _draw_page(deck: Any, bilan: Bilan, section: Section, contenu: Page, suite: str) -> None:
    titre, taille = _fit_title(section.titre, suite)
    pied = _footer(bilan)
    couverture = section.partie == "couverture"
    page = add_page(deck, titre, pied, couverture=couverture)
    _dress_title(page.shapes.title, taille)
    for pose in contenu.poses:
        draw_block(page, pose)
    if contenu.coupe or contenu.reste:
        _write_reference(page, bilan, section, contenu)
    if bilan.fictif:
        _write_notice(page)
    _dress_footer(page)
    close_page(page)
    page.notes_slide.notes_text_frame.text = clean_text(_notes(section))
    _speak_french(page.notes_slide.notes_text_frame)


def _fit_title(titre: str, suite: str) -> tuple[str, float]:
    """Le titre entier dans les plus grands caractères possibles, sinon coupé."""
    for taille in TAILLES_TITRE:
        lignes = lines_of(titre + suite, UTILE, taille, gras=True)
        if height_of(lignes, taille) <= HAUTEUR_TITRE:
            return titre + suite, taille
    taille = TAILLES_TITRE[-1]
    place = UTILE - (taille * len(suite) if suite else 0)
    return cut_text(titre, place, taille, 2, gras=True) + suite, taille


def _dress_title(titre: Any, taille: float) -> None:
    cadre = titre.text_frame
    cadre.word_wrap = True
    cadre.margin_left = cadre.margin_right = cadre.margin_top = cadre.margin_bottom = 0
    for morceau in cadre.paragraphs[0].runs:
        police = morceau.font
        police.size, police.bold, police.name = Pt(taille), True, POLICE
        police.color.rgb, police.language_id = ACCENT, MSO_LANGUAGE_ID.FRENCH


def _footer(bilan: Bilan) -> str:
    """« Contrat…, bilan 2025 — Projet soumis aux signataires », coupé s'il le faut."""
    fin = f", bilan {bilan.exercice} — {spell_footer(bilan)}"
    place = LARGEUR_PIED - (200 if bilan.fictif else 0)
    reste = place - 1.05 * TAILLE_PIED * len(fin) / 2
    return cut_text(one_line(bilan.contrat.titre), reste, TAILLE_PIED, 1) + fin


def _dress_footer(page: Any) -> None:
    for forme in page.placeholders:
        if forme is not page.shapes.title and forme.has_text_frame:
            for paragraphe in forme.text_frame.paragraphs:
                for morceau in paragraphe.runs:
                    police = morceau.font
                    police.size, police.name = Pt(TAILLE_PIED), POLICE
                    police.color.rgb, police.language_id = GRIS, MSO_LANGUAGE_ID.FRENCH


def _write_notice(page: Any) -> None:
    """« DONNÉES FICTIVES », en blanc sur rouge, sur chaque diapositive."""
    largeur = 186.0
    gauche = LARGEUR - MARGE - LARGEUR_NUMERO - largeur - 4
    cadre = add_frame(page, (gauche, HAUT_PIED + 1, largeur, HAUTEUR_PIED - 2), FICTIF)
    boite = cadre._parent  # noqa: SLF001  the shape that holds the frame
    boite.fill.solid()
    boite.fill.fore_color.rgb = ROUGE
    cadre.margin_left = cadre.margin_top = Pt(2)
    write(cadre, f"{INSECABLE}{FICTIF}", TAILLES[-1], premier=True, gras=True, couleur=BLANC)


def _write_reference(page: Any, bilan: Bilan, section: Section, contenu: Page) -> None:
    """Où se lit ce qui n'est pas montré : la section du bilan écrit."""
    partie = parts_of(bilan)[section.partie]
    ou = f"section {partie.numero} du bilan, «{INSECABLE}{partie.titre}{INSECABLE}»"
    quoi = "Textes entiers"
    if contenu.reste:
        quoi = f"{contenu.reste} {'autre' if contenu.reste < 2 else 'autres'}, textes entiers"
    texte = f"… {quoi}{INSECABLE}: {ou}."
    taille = TAILLES[-1]
    cadre = add_frame(page, (MARGE, HAUT_RENVOI, UTILE, height_of(1, taille)), "Renvoi")
    write(cadre, cut_text(texte, UTILE, taille, 1), taille, premier=True, couleur=GRIS)


def _notes(section: Section) -> str:
    """Ce qu'il y a à dire, puis d'où vient chaque chiffre."""
    lignes = [f"À dire{INSECABLE}: {section.dire}"]
    if section.sources:
        lignes += ["", "Sources", *(f"- {one_line(source)}" for source in section.sources)]
    return "\n".join(lignes)


def _speak_french(cadre: Any) -> None:
    for paragraphe in cadre.paragraphs:
        for morceau in paragraphe.runs:
            morceau.font.language_id = MSO_LANGUAGE_ID.FRENCH

"""Le bilan projeté en séance : dix à vingt diapositives natives, avec leurs notes."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import PP_ALIGN
from pptx.util import Pt

from clsmon.model.arial import measure_text
from clsmon.model.bilan import Bilan
from clsmon.model.texte import clean_text
from clsmon.render.closing import spell_footer
from clsmon.render.markdown import sections_of as parts_of
from clsmon.render.plain import FICTIF, one_line, shorten
from clsmon.render.slides_blocks import LARGEUR, MARGE, TAILLES, UTILE
from clsmon.render.slides_draw import draw_block
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
    paint,
    place_of,
    set_properties,
)
from clsmon.render.slides_write import add_frame, write
from clsmon.render.spelling import INSECABLE

AU_PLUS = 20
"""Au-delà, une séance ne les regarde plus."""
TAILLES_TITRE = (28.0, 26.0, 24.0)
TAILLES_COUVERTURE = (38.0, 34.0, 30.0, *TAILLES_TITRE)
HAUT_RENVOI = 476.0
TITRE_AU_PLUS = 250
"""Une propriété de document n’en garde pas plus de 255 caractères."""


def render_slides(bilan: Bilan) -> bytes:
    """Les octets du .pptx ; le même bilan donne les mêmes octets, sans auteur ni horloge."""
    deck = open_deck()
    sections = sections_of(bilan)
    for section, pages in zip(sections, _share(sections), strict=True):
        for rang, contenu in enumerate(pages):
            suite = "" if not rang else " (suite)" if rang == 1 else f" (suite {rang})"
            _draw_page(deck, bilan, section, contenu, suite)
    titre = f"{bilan.contrat.titre} : bilan {bilan.exercice}"
    set_properties(deck, shorten(titre, TITRE_AU_PLUS), FICTIF if bilan.fictif else "")
    sortie = BytesIO()
    deck.save(sortie)
    return finish(sortie.getvalue(), bilan.contrat.couleurs.principale)


def _share(sections: Sequence[Section]) -> list[tuple[Page, ...]]:
    """Les pages de chaque section : une chacune, puis ce qui reste selon leur rang."""
    voulues = [flow(section.blocs, section.souhait, section.bas) for section in sections]
    libres = AU_PLUS - len(sections)
    accordees = [1] * len(sections)
    for numero in sorted(range(len(sections)), key=lambda n: sections[n].rang):
        plus = min(len(voulues[numero]) - 1, max(libres, 0))
        accordees[numero] += plus
        libres -= plus
    return [
        pages if len(pages) == accorde else flow(section.blocs, accorde, section.bas)
        for section, pages, accorde in zip(sections, voulues, accordees, strict=True)
    ]


def _draw_page(deck: Any, bilan: Bilan, section: Section, contenu: Page, suite: str) -> None:
    couverture = section.parties == ("couverture",)
    tailles = TAILLES_COUVERTURE if couverture else TAILLES_TITRE
    titre, taille = _fit_title(section.titre, suite, tailles)
    pied = _footer(bilan)
    page = add_page(deck, titre, pied, couverture=couverture)
    _dress_title(page.shapes.title, taille)
    for pose in contenu.poses:
        draw_block(page, pose)
    if (contenu.coupe or contenu.reste) and not couverture:
        _write_reference(page, bilan, section, contenu)
    if bilan.fictif:
        _write_notice(page)
    _dress_footer(page)
    close_page(page)
    page.notes_slide.notes_text_frame.text = clean_text(_notes(section))
    _speak_french(page.notes_slide.notes_text_frame)


def _fit_title(titre: str, suite: str, tailles: Sequence[float]) -> tuple[str, float]:
    """Le titre entier dans les plus grands caractères possibles, sinon coupé."""
    titre = one_line(titre)
    for taille in tailles:
        lignes = lines_of(titre + suite, UTILE, taille, gras=True)
        if height_of(lignes, taille) <= HAUTEUR_TITRE:
            return titre + suite, taille
    taille = tailles[-1]
    place = UTILE - (taille * len(suite) if suite else 0)
    return cut_text(titre, place, taille, 2, gras=True) + suite, taille


def _dress_title(titre: Any, taille: float) -> None:
    cadre = titre.text_frame
    cadre.word_wrap = True
    cadre.margin_left = cadre.margin_right = cadre.margin_top = cadre.margin_bottom = 0
    cadre.paragraphs[0].alignment = PP_ALIGN.LEFT
    for morceau in cadre.paragraphs[0].runs:
        police = morceau.font
        police.size, police.bold, police.name = Pt(taille), True, POLICE
        paint(police.color, ACCENT)
        police.language_id = MSO_LANGUAGE_ID.FRENCH


def _footer(bilan: Bilan) -> str:
    """« Contrat…, bilan 2025 — Projet soumis aux signataires », coupé s'il le faut."""
    fin = f", bilan {bilan.exercice} — {spell_footer(bilan)}"
    reste = LARGEUR_PIED - 16 - measure_text(fin) * TAILLE_PIED / 1000
    return cut_text(one_line(bilan.contrat.titre), reste, TAILLE_PIED, 1) + fin


def _dress_footer(page: Any) -> None:
    for forme in page.placeholders:
        if place_of(forme) == "ftr":
            (paragraphe,) = forme.text_frame.paragraphs
            paragraphe.alignment, forme.text_frame.margin_left = PP_ALIGN.LEFT, 0
            for morceau in paragraphe.runs:
                police = morceau.font
                police.size, police.name = Pt(TAILLE_PIED), POLICE
                police.color.rgb, police.language_id = GRIS, MSO_LANGUAGE_ID.FRENCH


def _write_notice(page: Any) -> None:
    """« DONNÉES FICTIVES », en blanc sur rouge, sur chaque diapositive."""
    largeur = 176.0
    gauche = LARGEUR - MARGE - LARGEUR_NUMERO - largeur - 4
    cadre = add_frame(page, (gauche, HAUT_PIED + 1, largeur, HAUTEUR_PIED - 2), FICTIF)
    boite = cadre._parent  # noqa: SLF001  the shape that holds the frame
    boite.fill.solid()
    boite.fill.fore_color.rgb = ROUGE
    cadre.margin_top = Pt(2)
    avis = write(cadre, FICTIF, TAILLES[-1], premier=True, gras=True, couleur=BLANC)
    avis.alignment = PP_ALIGN.CENTER


def _write_reference(page: Any, bilan: Bilan, section: Section, contenu: Page) -> None:
    """Où se lit ce qui n'est pas montré : une section du bilan écrit, ou une commande."""
    lignes = "ligne" if contenu.reste < 2 else "lignes"
    quoi = f"{contenu.reste} {lignes} de plus" if contenu.reste else "textes entiers"
    ou = section.ailleurs or _name_parts(bilan, section)
    taille = TAILLES[-1]
    cadre = add_frame(page, (MARGE, HAUT_RENVOI, UTILE, height_of(1, taille)), "Renvoi")
    texte = cut_text(f"… {quoi}{INSECABLE}: {ou}.", UTILE, taille, 1)
    write(cadre, texte, taille, premier=True, couleur=GRIS)


def _name_parts(bilan: Bilan, section: Section) -> str:
    """« section 4 du bilan, « Résultats… » », ou « sections 3 et 4 du bilan »."""
    parties = [parts_of(bilan)[nom] for nom in section.parties]
    if len(parties) > 1:
        return f"sections {' et '.join(str(partie.numero) for partie in parties)} du bilan"
    (partie,) = parties
    return f"section {partie.numero} du bilan, «{INSECABLE}{partie.titre}{INSECABLE}»"


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

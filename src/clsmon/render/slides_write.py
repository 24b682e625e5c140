"""Écrire sur une diapositive : un cadre, un paragraphe en français, le titre d'un bloc."""

from __future__ import annotations

from typing import Any

from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.util import Pt

from clsmon.render.slides_blocks import MARGE, TAILLE_TITRE_BLOC, UTILE
from clsmon.render.slides_fit import height_of
from clsmon.render.slides_theme import ACCENT, ENCRE, POLICE, paint

Place = tuple[float, float, float, float]
"""Gauche, haut, largeur et hauteur, en points."""


def write(  # noqa: PLR0913  what a text looks like, each by its name
    cadre: Any,
    texte: str,
    taille: float,
    *,
    premier: bool,
    gras: bool = False,
    couleur: Any = ENCRE,
    rang: str = "",
    retrait: float = 0.0,
) -> Any:
    """Ajoute un paragraphe en français à un cadre ; le premier prend celui qui y est déjà."""
    paragraphe = cadre.paragraphs[0] if premier else cadre.add_paragraph()
    morceau = paragraphe.add_run()
    morceau.text = f"{rang}\t{texte}" if rang else texte
    police = morceau.font
    police.size, police.bold, police.name = Pt(taille), gras, POLICE
    paint(police.color, couleur)
    police.language_id = MSO_LANGUAGE_ID.FRENCH
    if retrait:
        proprietes = paragraphe._p.get_or_add_pPr()  # noqa: SLF001  no public door for indents
        proprietes.set("marL", str(int(Pt(retrait))))
        proprietes.set("indent", str(-int(Pt(retrait))))
    return paragraphe


def add_frame(page: Any, place: Place, nom: str) -> Any:
    """Un cadre de texte sans marge, à la largeur fixe, qui ne change pas de taille tout seul."""
    boite = page.shapes.add_textbox(*map(Pt, place))
    boite.name = nom
    cadre = boite.text_frame
    cadre.word_wrap = True
    cadre.margin_left = cadre.margin_right = cadre.margin_top = cadre.margin_bottom = 0
    return cadre


def write_block_title(page: Any, titre: str, haut: float) -> None:
    """Le titre qui se lit au-dessus d'un bloc."""
    hauteur = height_of(1, TAILLE_TITRE_BLOC)
    cadre = add_frame(page, (MARGE, haut, UTILE, hauteur), "Titre du bloc")
    write(cadre, titre, TAILLE_TITRE_BLOC, premier=True, gras=True, couleur=ACCENT)

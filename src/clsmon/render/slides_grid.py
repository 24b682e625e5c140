"""Les tableaux d'une projection : natifs, leur ligne d'en-têtes dite comme telle."""

from __future__ import annotations

from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from clsmon.model.libelles import AVANCEMENTS
from clsmon.render.slides_blocks import (
    MARGE,
    MARGE_CELLULE,
    TAILLES_TABLEAU,
    UTILE,
    Grille,
    row_height,
    title_height,
)
from clsmon.render.slides_charts import STYLES
from clsmon.render.slides_flow import Pose
from clsmon.render.slides_theme import ACCENT, BLANC, ENCRE, paint
from clsmon.render.slides_write import write, write_block_title

_AVANCEMENTS = {mot: avancement.value for avancement, mot in AVANCEMENTS.items()}
_TRAIT = "C9CDD2"


def draw_grid(page: Any, grille: Grille, pose: Pose) -> None:
    """Un tableau natif, sa ligne d'en-têtes dite comme telle, des traits fins entre les rangées."""
    taille, haut = TAILLES_TABLEAU[pose.echelle], pose.haut
    if grille.visible:
        write_block_title(page, grille.titre, haut)
        haut += title_height(grille)
    hauteurs = [
        row_height(grille, grille.entetes, taille, gras=True),
        *(row_height(grille, rangee, taille) for rangee in grille.rangees),
    ]
    place = (MARGE, haut, UTILE, sum(hauteurs))
    cadre = page.shapes.add_table(len(hauteurs), len(grille.entetes), *map(Pt, place))
    cadre.name = "Tableau"
    cadre._element._nvXxPr.cNvPr.set("descr", grille.titre)  # noqa: SLF001  no door for a description
    table = cadre.table
    table.horz_banding = False
    for colonne, largeur in zip(table.columns, grille.largeurs, strict=True):
        colonne.width = Pt(largeur)
    for rangee, hauteur in zip(table.rows, hauteurs, strict=True):
        rangee.height = Pt(hauteur)
    for rang, textes in enumerate((grille.entetes, *grille.rangees)):
        for numero, texte in enumerate(textes):
            _fill_cell(table.cell(rang, numero), texte, taille, grille, numero, entete=not rang)


def _fill_cell(  # noqa: PLR0913  a cell, its text, and where it stands
    cellule: Any, texte: str, taille: float, grille: Grille, colonne: int, *, entete: bool
) -> None:
    cote, bord = MARGE_CELLULE
    cellule.margin_left = cellule.margin_right = Pt(cote)
    cellule.margin_top = cellule.margin_bottom = Pt(bord)
    cellule.vertical_anchor = MSO_ANCHOR.MIDDLE
    fond, encre, gras = (ACCENT, BLANC, True) if entete else (BLANC, ENCRE, False)
    if colonne == grille.avancement and not entete:
        fond, encre, gras = _advance_look(texte)
    cellule.fill.solid()
    paint(cellule.fill.fore_color, fond)
    paragraphe = write(cellule.text_frame, texte, taille, premier=True, gras=gras, couleur=encre)
    paragraphe.alignment = PP_ALIGN.RIGHT if colonne in grille.nombres else PP_ALIGN.LEFT
    _underline(cellule)


def _advance_look(mot: str) -> tuple[Any, Any, bool]:
    """Le fond et l'encre d'un avancement ; son mot y reste écrit."""
    couleur, hachures = STYLES.get(_AVANCEMENTS.get(mot, ""), (BLANC, False))
    if couleur is BLANC:
        return BLANC, ENCRE, False
    return (BLANC, couleur, True) if hachures else (couleur, BLANC, True)


def _underline(cellule: Any) -> None:
    """Un trait gris sous la cellule, et aucun autre."""
    proprietes = cellule._tc.get_or_add_tcPr()  # noqa: SLF001  no public door for borders
    traits = [
        f'<a:{cote} {nsdecls("a")} w="0"><a:noFill/></a:{cote}>' for cote in ("lnL", "lnR", "lnT")
    ]
    traits.append(
        f'<a:lnB {nsdecls("a")} w="9525"><a:solidFill><a:srgbClr val="{_TRAIT}"/></a:solidFill>'
        "</a:lnB>"
    )
    for rang, trait in enumerate(traits):
        proprietes.insert(rang, parse_xml(trait))

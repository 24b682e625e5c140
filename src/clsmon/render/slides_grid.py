"""Les tableaux d'une projection : natifs, leur ligne d'en-têtes dite comme telle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from pptx.enum.dml import MSO_THEME_COLOR
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
from clsmon.render.slides_theme import ACCENT, BLANC, ENCRE, POLICE
from clsmon.render.slides_write import write_block_title

_AVANCEMENTS = {mot: avancement.value for avancement, mot in AVANCEMENTS.items()}
_ESPACES = nsdecls("a")
_TRAITS = (
    "".join(f'<a:{cote} w="0"><a:noFill/></a:{cote}>' for cote in ("lnL", "lnR", "lnT"))
    + '<a:lnB w="9525"><a:solidFill><a:srgbClr val="C9CDD2"/></a:solidFill></a:lnB>'
)
"""Un trait gris sous la cellule, et aucun autre."""


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
    cadre = page.shapes.add_table(1, len(grille.entetes), *map(Pt, place))
    cadre.name = "Tableau"
    cadre._element._nvXxPr.cNvPr.set("descr", grille.titre)  # noqa: SLF001  no door for a description
    _fill(cadre.table, grille, taille, hauteurs)


def _fill(table: Any, grille: Grille, taille: float, hauteurs: Sequence[float]) -> None:
    """
    Les rangées d'un tableau neuf, écrites d'un trait.

    Cellule par cellule, python-pptx en cherche chaque propriété dans l'arbre : la projection
    entière en prenait deux fois plus de temps.
    """
    table.horz_banding = False
    for colonne, largeur in zip(table.columns, grille.largeurs, strict=True):
        colonne.width = Pt(largeur)
    for vide in list(table._tbl.tr_lst):  # noqa: SLF001  no public door to write rows
        table._tbl.remove(vide)  # noqa: SLF001  idem
    rangees = (grille.entetes, *grille.rangees)
    for rang, (textes, hauteur) in enumerate(zip(rangees, hauteurs, strict=True)):
        cellules = "".join(
            _cell(texte, taille, grille, numero, entete=not rang)
            for numero, texte in enumerate(textes)
        )
        rangee = f'<a:tr {_ESPACES} h="{int(Pt(hauteur))}">{cellules}</a:tr>'
        table._tbl.append(parse_xml(rangee))  # noqa: SLF001  idem


def _cell(texte: str, taille: float, grille: Grille, colonne: int, *, entete: bool) -> str:
    """Une cellule en DrawingML : un paragraphe, son fond, un trait gris dessous et aucun autre."""
    fond, encre, gras = (ACCENT, BLANC, True) if entete else (BLANC, ENCRE, False)
    if colonne == grille.avancement and not entete:
        fond, encre, gras = _advance_look(texte)
    cote, bord = (int(Pt(marge)) for marge in MARGE_CELLULE)
    sens = "r" if colonne in grille.nombres else "l"
    return (
        f'<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn="{sens}"/><a:r>'
        f'<a:rPr sz="{Pt(taille).centipoints}" b="{int(gras)}" lang="fr-FR">{_paint(encre)}'
        f'<a:latin typeface="{POLICE}"/></a:rPr><a:t>{escape(texte)}</a:t></a:r></a:p></a:txBody>'
        f'<a:tcPr marL="{cote}" marR="{cote}" marT="{bord}" marB="{bord}" anchor="ctr">'
        f"{_TRAITS}{_paint(fond)}</a:tcPr></a:tc>"
    )


def _paint(couleur: Any) -> str:
    """Un aplat d'une couleur du thème, ou d'une couleur fixe."""
    if isinstance(couleur, MSO_THEME_COLOR):
        return f'<a:solidFill><a:schemeClr val="{MSO_THEME_COLOR.to_xml(couleur)}"/></a:solidFill>'
    return f'<a:solidFill><a:srgbClr val="{couleur}"/></a:solidFill>'


def _advance_look(mot: str) -> tuple[Any, Any, bool]:
    """Le fond et l'encre d'un avancement ; son mot y reste écrit."""
    couleur, hachures = STYLES.get(_AVANCEMENTS.get(mot, ""), (BLANC, False))
    if couleur is BLANC:
        return BLANC, ENCRE, False
    return (BLANC, couleur, True) if hachures else (couleur, BLANC, True)

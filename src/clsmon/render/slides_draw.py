"""Les blocs d'une projection, dessinés : textes, tableaux, chiffres, encarts, images."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from clsmon.model.libelles import AVANCEMENTS
from clsmon.render.slides_blocks import (
    ECART,
    HAUTEUR_LOGO,
    HAUTEUR_TUILES,
    HAUTEUR_VIGNETTES,
    LARGEUR_LOGO,
    LIBELLE_TUILE,
    LOGOS_PAR_RANGEE,
    MARGE,
    MARGE_CELLULE,
    MARGE_ENCART,
    TAILLE_TITRE_BLOC,
    TAILLE_TUILE,
    TAILLES,
    TAILLES_TABLEAU,
    UTILE,
    VIGNETTES_PAR_RANGEE,
    Encart,
    Graphe,
    Grille,
    Ligne,
    Logos,
    Texte,
    Tuiles,
    Vignettes,
    block_height,
    line_height,
    rank_width,
    row_height,
    title_height,
)
from clsmon.render.slides_charts import STYLES, add_chart
from clsmon.render.slides_fit import INTERLIGNE, cut_text, height_of
from clsmon.render.slides_flow import Pose
from clsmon.render.slides_theme import ACCENT, BLANC, CLAIR, ENCRE, GRIS, ORANGE, POLICE

_AVANCEMENTS = {mot: avancement.value for avancement, mot in AVANCEMENTS.items()}
_TRAIT = "C9CDD2"
Place = tuple[float, float, float, float]


def draw_block(page: Any, pose: Pose) -> None:
    """Dessine un bloc à sa place."""
    match pose.bloc:
        case Texte() as texte:
            _draw_text(page, texte, pose)
        case Grille() as grille:
            _draw_grid(page, grille, pose)
        case Graphe() as graphe:
            add_chart(page, graphe, (MARGE, pose.haut, UTILE, graphe.hauteur))
        case Tuiles(chiffres):
            _draw_tiles(page, chiffres, pose.haut)
        case Vignettes() as vignettes:
            _draw_small(page, vignettes, pose.haut)
        case Encart() as encart:
            _draw_notice(page, encart, pose)
        case Logos(logos):
            _draw_logos(page, logos, pose.haut)


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
    police.color.rgb, police.language_id = couleur, MSO_LANGUAGE_ID.FRENCH
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


def _draw_text(page: Any, bloc: Texte, pose: Pose) -> None:
    taille = TAILLES[pose.echelle]
    haut = pose.haut
    if bloc.titre:
        _write_title(page, bloc.titre, haut)
        haut += title_height(bloc)
    hauteur = sum(line_height(ligne, taille) for ligne in bloc.lignes)
    cadre = add_frame(page, (MARGE, haut, UTILE, hauteur), "Texte")
    for numero, ligne in enumerate(bloc.lignes):
        _write_line(cadre, ligne, taille, premier=not numero)


def _write_line(cadre: Any, ligne: Ligne, taille: float, *, premier: bool) -> None:
    paragraphe = write(
        cadre,
        ligne.texte,
        taille,
        premier=premier,
        gras=ligne.gras,
        rang=ligne.rang,
        retrait=rank_width(ligne, taille),
    )
    paragraphe.space_after = Pt(taille * 0.35)


def _write_title(page: Any, titre: str, haut: float) -> None:
    hauteur = height_of(1, TAILLE_TITRE_BLOC)
    cadre = add_frame(page, (MARGE, haut, UTILE, hauteur), "Titre du bloc")
    write(cadre, titre, TAILLE_TITRE_BLOC, premier=True, gras=True, couleur=ACCENT)


def _draw_grid(page: Any, grille: Grille, pose: Pose) -> None:
    """Un tableau natif, sa ligne d'en-têtes dite comme telle, des traits fins entre les rangées."""
    taille, haut = TAILLES_TABLEAU[pose.echelle], pose.haut
    if grille.visible:
        _write_title(page, grille.titre, haut)
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
    cellule.fill.fore_color.rgb = fond
    paragraphe = write(
        cellule.text_frame, texte, taille, premier=True, gras=gras, couleur=encre
    )
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


def _draw_tiles(page: Any, chiffres: Sequence[tuple[str, str]], haut: float) -> None:
    largeur = (UTILE - ECART * (len(chiffres) - 1)) / len(chiffres)
    for rang, (chiffre, libelle) in enumerate(chiffres):
        gauche = MARGE + rang * (largeur + ECART)
        place = (gauche, haut, largeur, HAUTEUR_TUILES)
        cadre = _box(page, place, CLAIR, ACCENT, "Chiffre")
        cadre.vertical_anchor = MSO_ANCHOR.MIDDLE
        utile = largeur - 2 * MARGE_ENCART
        gros = cut_text(chiffre, utile, TAILLE_TUILE, 1, gras=True)
        petit = cut_text(libelle, utile, LIBELLE_TUILE, 2)
        write(cadre, gros, TAILLE_TUILE, premier=True, gras=True, couleur=ACCENT)
        write(cadre, petit, LIBELLE_TUILE, premier=False)


def _box(page: Any, place: Place, fond: Any, bord: Any, nom: str) -> Any:
    """Un rectangle à texte ; il n'a ni ombre ni effet."""
    boite = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Pt, place))
    boite.name = nom
    boite.fill.solid()
    boite.fill.fore_color.rgb = fond
    boite.line.color.rgb, boite.line.width = bord, Pt(1.25)
    boite.shadow.inherit = False
    cadre = boite.text_frame
    cadre.word_wrap = True
    cadre.margin_left = cadre.margin_right = Pt(MARGE_ENCART)
    cadre.margin_top = cadre.margin_bottom = Pt(4)
    cadre.paragraphs[0].alignment = PP_ALIGN.LEFT
    return cadre


def _draw_notice(page: Any, encart: Encart, pose: Pose) -> None:
    """Un encart orange : « À compléter », ce qui manque, et qui ou quoi le remplit."""
    taille = TAILLES[-1]
    place = (MARGE, pose.haut, UTILE, block_height(encart, pose.echelle))
    cadre = _box(page, place, BLANC, ORANGE, "À compléter")
    cadre.vertical_anchor = MSO_ANCHOR.MIDDLE
    write(cadre, encart.titre, taille, premier=True, gras=True, couleur=ORANGE)
    for ligne in encart.lignes:
        paragraphe = write(cadre, ligne, taille, premier=False)
        paragraphe.alignment, paragraphe.space_before = PP_ALIGN.LEFT, Pt(3)


def _draw_small(page: Any, vignettes: Vignettes, haut: float) -> None:
    largeur = (UTILE - ECART * (VIGNETTES_PAR_RANGEE - 1)) / VIGNETTES_PAR_RANGEE
    taille = TAILLES[-1]
    for rang, (graphe, titre, dit) in enumerate(vignettes.graphes):
        gauche = MARGE + rang % VIGNETTES_PAR_RANGEE * (largeur + ECART)
        sommet = haut + rang // VIGNETTES_PAR_RANGEE * HAUTEUR_VIGNETTES
        entete = height_of(2, taille)
        cadre = add_frame(page, (gauche, sommet, largeur, entete), "Mesure")
        court = cut_text(titre, largeur, taille, 2, gras=True)
        write(cadre, court, taille, premier=True, gras=True)
        dessous = add_frame(
            page, (gauche, sommet + entete, largeur, height_of(1, taille)), "Cible et évolution"
        )
        write(dessous, cut_text(dit, largeur, taille, 1), taille, premier=True, couleur=GRIS)
        reste = sommet + entete + height_of(1, taille)
        fin = sommet + HAUTEUR_VIGNETTES - ECART / 2
        add_chart(page, graphe, (gauche, reste, largeur, fin - reste))


def _draw_logos(page: Any, logos: Iterable[tuple[Any, str]], haut: float) -> None:
    """Les logos en rangées, chacun dans la même case, sans déformation."""
    pas = UTILE / LOGOS_PAR_RANGEE
    for rang, (logo, nom) in enumerate(logos):
        echelle = min(LARGEUR_LOGO / logo.largeur, HAUTEUR_LOGO / logo.hauteur)
        gauche = MARGE + rang % LOGOS_PAR_RANGEE * pas
        sommet = haut + rang // LOGOS_PAR_RANGEE * (HAUTEUR_LOGO + 8)
        image = page.shapes.add_picture(
            BytesIO(logo.octets),
            *map(Pt, (gauche, sommet, logo.largeur * echelle, logo.hauteur * echelle)),
        )
        image.name = "Logo"
        image._element._nvXxPr.cNvPr.set("descr", nom)  # noqa: SLF001  no door for a description


def line_spacing(taille: float) -> float:
    """La hauteur d'une ligne, telle que la mesure la compte."""
    return taille * INTERLIGNE

"""Les blocs d'une projection, dessinés : textes, tableaux, chiffres, encarts, images."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Pt

from clsmon.render.plain import one_line
from clsmon.render.slides_blocks import (
    ECART,
    HAUTEUR_LOGO,
    HAUTEUR_TUILES,
    HAUTEUR_VIGNETTES,
    LARGEUR_LOGO,
    LIBELLE_TUILE,
    LOGOS_PAR_RANGEE,
    MARGE,
    MARGE_ENCART,
    TAILLE_TUILE,
    TAILLES,
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
    title_height,
)
from clsmon.render.slides_charts import add_chart
from clsmon.render.slides_fit import cut_text, height_of
from clsmon.render.slides_flow import Pose
from clsmon.render.slides_grid import draw_grid
from clsmon.render.slides_theme import (
    ACCENT,
    BLANC,
    CLAIR,
    GRIS,
    ORANGE,
    paint,
    undress,
)
from clsmon.render.slides_write import Place, add_frame, write, write_block_title


def draw_block(page: Any, pose: Pose) -> None:
    """Dessine un bloc à sa place."""
    match pose.bloc:
        case Texte() as texte:
            _draw_text(page, texte, pose)
        case Grille() as grille:
            draw_grid(page, grille, pose)
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


def _draw_text(page: Any, bloc: Texte, pose: Pose) -> None:
    taille = TAILLES[pose.echelle]
    haut = pose.haut
    if bloc.titre:
        write_block_title(page, bloc.titre, haut)
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
    paint(boite.fill.fore_color, fond)
    paint(boite.line.color, bord)
    boite.line.width = Pt(1.25)
    undress(boite)
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
    """Les logos en rangées, chacun au milieu d'une même case, sans déformation."""
    pas = UTILE / LOGOS_PAR_RANGEE
    for rang, (logo, nom) in enumerate(logos):
        echelle = min(LARGEUR_LOGO / logo.largeur, HAUTEUR_LOGO / logo.hauteur)
        gauche = MARGE + rang % LOGOS_PAR_RANGEE * pas
        sommet = haut + rang // LOGOS_PAR_RANGEE * (HAUTEUR_LOGO + 8)
        largeur, hauteur = logo.largeur * echelle, logo.hauteur * echelle
        milieu = (gauche + (LARGEUR_LOGO - largeur) / 2, sommet + (HAUTEUR_LOGO - hauteur) / 2)
        place = (*milieu, largeur, hauteur)
        image = _add_picture(page, logo.octets, place)
        if image is None:
            place = (gauche, sommet, LARGEUR_LOGO, HAUTEUR_LOGO)
            taille = TAILLES[-1]
            court = cut_text(nom, LARGEUR_LOGO, taille, 2)
            write(add_frame(page, place, "Signataire"), court, taille, premier=True)
            continue
        image.name = "Logo"
        image._element._nvXxPr.cNvPr.set("descr", one_line(nom))  # noqa: SLF001  no door for a description


def _add_picture(page: Any, octets: bytes, place: Place) -> Any | None:
    """L'image posée ; None si la librairie d'images ne la lit pas : le nom la remplace."""
    with warnings.catch_warnings():
        # A very large plain picture is small in bytes, and is not inflated here.
        warnings.simplefilter("ignore")
        try:
            return page.shapes.add_picture(BytesIO(octets), *map(Pt, place))
        except OSError:
            return None

"""Les blocs d'une section, posés l'un sous l'autre sur autant de diapositives qu'il en faut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from clsmon.render.slides_blocks import (
    BAS,
    ECART,
    HAUT,
    HAUTEUR_VIGNETTES,
    TAILLES,
    TAILLES_TABLEAU,
    VIGNETTES_PAR_RANGEE,
    Bloc,
    Grille,
    Texte,
    Vignettes,
    block_height,
    cut_block,
    is_cut,
    line_height,
    row_height,
    title_height,
)

ECHELLES = range(len(TAILLES))


@dataclass(frozen=True)
class Pose:
    """Un bloc à sa place : sa hauteur depuis le haut de la diapositive, et son échelle."""

    bloc: Bloc
    haut: float
    echelle: int


@dataclass(frozen=True)
class Page:
    """
    Une diapositive ; `coupe` : un texte y est abrégé. `reste` : ce qui n'y est pas montré.

    Le reste est un nombre de lignes, de paragraphes ou de graphiques.
    """

    poses: tuple[Pose, ...]
    coupe: bool = False
    reste: int = 0


def flow(blocs: Sequence[Bloc], maximum: int, bas: float = BAS) -> tuple[Page, ...]:
    """
    Les blocs sur au plus `maximum` pages : sans rien couper, sinon sur le moins de pages possible.

    Puis dans les plus grands caractères qui le permettent. Ce qui ne tient pas est compté sur la
    dernière page.
    """
    essais = [_paginate(blocs, echelle, bas) for echelle in ECHELLES]
    tenables = [pages for pages in essais if len(pages) <= maximum]
    if tenables:
        return min(tenables, key=lambda pages: (any(p.coupe for p in pages), len(pages)))
    gardees, ecartees = essais[-1][:maximum], essais[-1][maximum:]
    reste = sum(_count(pose.bloc) for page in ecartees for pose in page.poses)
    return (*gardees[:-1], replace(gardees[-1], reste=reste))


def _paginate(blocs: Sequence[Bloc], echelle: int, bas: float) -> tuple[Page, ...]:
    pages: list[Page] = []
    poses: list[Pose] = []
    haut = HAUT
    attente = [cut_block(bloc, echelle) for bloc in blocs]
    while attente:
        bloc = attente.pop(0)
        tete, suite = _split(bloc, echelle, bas - haut)
        if tete is None and not poses:
            tete, suite = bloc, None
        if tete is not None:
            poses.append(Pose(tete, haut, echelle))
            haut += block_height(tete, echelle) + ECART
        if suite is not None:
            attente.insert(0, suite)
            pages.append(_page(poses))
            poses, haut = [], HAUT
    return (*pages, _page(poses))


def _page(poses: Sequence[Pose]) -> Page:
    return Page(tuple(poses), any(is_cut(pose.bloc) for pose in poses))


def _split(bloc: Bloc, echelle: int, place: float) -> tuple[Bloc | None, Bloc | None]:
    """Ce qui tient dans la place, et ce qui reste ; rien ne tient : (None, le bloc)."""
    if block_height(bloc, echelle) <= place:
        return bloc, None
    combien, parts = 0, list[Bloc]()
    match bloc:
        case Texte(lignes):
            hauteurs = [line_height(ligne, TAILLES[echelle]) for ligne in lignes]
            combien = _how_many(hauteurs, place - title_height(bloc))
            parts = [replace(bloc, lignes=p) for p in (lignes[:combien], lignes[combien:])]
        case Grille(rangees=rangees):
            taille = TAILLES_TABLEAU[echelle]
            entete = row_height(bloc, bloc.entetes, taille, gras=True)
            hauteurs = [row_height(bloc, rangee, taille) for rangee in rangees]
            combien = _how_many(hauteurs, place - title_height(bloc) - entete)
            parts = [replace(bloc, rangees=p) for p in (rangees[:combien], rangees[combien:])]
        case Vignettes(graphes):
            combien = VIGNETTES_PAR_RANGEE * int(place // HAUTEUR_VIGNETTES)
            parts = [Vignettes(graphes[:combien]), Vignettes(graphes[combien:])]
    return (parts[0], parts[1]) if combien else (None, bloc)


def _how_many(hauteurs: Sequence[float], place: float) -> int:
    """Combien d'éléments tiennent, l'un sous l'autre."""
    combien = 0
    for hauteur in hauteurs:
        place -= hauteur
        if place < 0:
            break
        combien += 1
    return combien


def _count(bloc: Bloc) -> int:
    match bloc:
        case Texte(lignes):
            return len(lignes)
        case Grille(rangees=rangees):
            return len(rangees)
        case Vignettes(graphes):
            return len(graphes)
        case _:
            return 1

"""Les mesures d'une fiche en petits graphiques : un point par année, sa valeur écrite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from clsmon.model.bilan import Bilan, BilanFiche
from clsmon.render.charts.drawing import (
    LARGEUR,
    MARGE,
    Graphique,
    draw,
    subject_of,
    width_of,
    wrap,
    write,
    write_lines,
)
from clsmon.render.charts.palette import BLANC, BLEU, ENCRE, FILET, GRIS, ORANGE
from clsmon.render.charts.panels import (
    AU_TABLEAU,
    ND,
    Panneau,
    Point,
    describe_panel,
    panels_of,
    scale_of,
)
from clsmon.render.spelling import ABSENT, INSECABLE

ECART = 32
DEMI, ENTIER = (LARGEUR - 2 * MARGE - ECART) / 2, LARGEUR - 2.0 * MARGE
TRACE, AXE = 96, 26
"""La hauteur où se placent les points, et la largeur laissée à gauche pour le zéro."""
PAR_IMAGE = 10
"""Le nombre de panneaux d'une image : au-delà, une autre commence, pour tenir sur une page."""
HALO = f'stroke="{BLANC}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'


@dataclass(frozen=True)
class Cadre:
    """La place d'un panneau : son coin, sa largeur, la hauteur de ses titres."""

    x: float
    y: float
    largeur: float
    entete: float

    @property
    def haut(self) -> float:
        """Où se place la plus grande valeur ; son nombre s'écrit au-dessus."""
        return self.y + self.entete + 26

    @property
    def bas(self) -> float:
        """Où se place la plus petite."""
        return self.haut + TRACE

    def column(self, rang: int, total: int) -> float:
        """Le milieu de la colonne d'une année."""
        return self.x + AXE + (self.largeur - AXE) * (rang + 0.5) / total

    def column_width(self, total: int) -> float:
        """La place d'un mot dans une colonne, sans toucher celui d'à côté."""
        return (self.largeur - AXE) / total - 6


def _title_lines(panneau: Panneau, largeur: float) -> tuple[str, ...]:
    return wrap(panneau.nom, largeur * 0.93, 3, 13)


def _notes(panneau: Panneau, largeur: float) -> Iterator[tuple[str, str]]:
    """Ce qui se lit sous le nom : l'unité, la cible (avec son trait), la rupture."""
    if panneau.unite:
        yield "", wrap(f"en {panneau.unite}", largeur, 1, 12)[0]
    if panneau.cible_dite:
        yield "cible", f"cible{INSECABLE}: {panneau.cible_dite}"
    annee, _ = panneau.rupture
    if annee:
        yield "rupture", annee.lower()


def _header_height(panneau: Panneau, largeur: float) -> float:
    return 16 * (len(_title_lines(panneau, largeur)) + len(tuple(_notes(panneau, largeur))))


def _header(panneau: Panneau, cadre: Cadre) -> Iterator[str]:
    titres = _title_lines(panneau, cadre.largeur)
    yield from write_lines(cadre.x, cadre.y, titres, 'font-size="13" font-weight="bold"', 16)
    for rang, (signe, note) in enumerate(_notes(panneau, cadre.largeur), start=len(titres)):
        y = cadre.y + 16 * rang
        if signe:
            yield _stroke_of(signe, f"M{cadre.x:.1f},{y - 4:.1f} h26")
        yield write(cadre.x + (34 if signe else 0), y, note, f'font-size="12" fill="{GRIS}"')


def _stroke_of(signe: str, chemin: str) -> str:
    couleur, tirets = (ENCRE, "7 4") if signe == "cible" else (ORANGE, "2 3")
    return (
        f'<path d="{chemin}" fill="none" stroke="{couleur}" stroke-width="2" '
        f'stroke-dasharray="{tirets}"/>'
    )


def _gap(x: float, y: float, point: Point, place: float) -> Iterator[str]:
    """Un trou et son mot ; rien n'est placé, rien n'est relié."""
    nus = point.mot in {ABSENT, AU_TABLEAU}
    style = f'text-anchor="middle" font-size="11" fill="{GRIS}"'
    if not nus:
        yield write(x, y - 14, ND, f'text-anchor="middle" font-weight="bold" fill="{GRIS}"')
    yield from write_lines(x, y, wrap(point.mot, place, 4, 11), style, 13)


def _dot(x: float, y: float, point: Point) -> str:
    if point.initial:
        return (
            f'<path d="M{x:.1f},{y - 6:.1f} l6,6 l-6,6 l-6,-6 z" fill="{BLANC}" '
            f'stroke="{GRIS}" stroke-width="2"/>'
        )
    rempli = BLANC if point.reserve else BLEU
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{rempli}" stroke="{BLEU}" '
        f'stroke-width="2"/>'
    )


def _plot(panneau: Panneau, cadre: Cadre) -> Iterator[str]:
    echelle = scale_of([panneau.cible, *(point.valeur for point in panneau.points)])
    total = len(panneau.points)
    zero = cadre.bas - TRACE * echelle.place(scale_of(()).bas)
    places = [
        (
            cadre.column(rang, total),
            zero if p.valeur is None else cadre.bas - TRACE * echelle.place(p.valeur),
            p,
        )
        for rang, p in enumerate(panneau.points)
    ]
    gauche, droite = cadre.x + AXE, cadre.x + cadre.largeur
    yield f'<path d="M{gauche:.1f},{zero:.1f} H{droite:.1f}" stroke="{GRIS}" stroke-width="1"/>'
    yield write(
        gauche - 6, zero + 4, "0", f'class="zero" text-anchor="end" font-size="12" fill="{GRIS}"'
    )
    if panneau.cible is not None:
        y = cadre.bas - TRACE * echelle.place(panneau.cible)
        yield _stroke_of("cible", f"M{gauche:.1f},{y:.1f} H{droite:.1f}")
    yield from _marks(places, cadre, zero)
    for x, y, point in places:
        yield from _label_year(x, cadre.bas, point)
        if point.valeur is None:
            yield from _gap(x, cadre.haut + TRACE / 2, point, cadre.column_width(total))
        else:
            yield write(x, y - 11, point.mot, f"{_fit(point, cadre, total)} {HALO}")
            yield _dot(x, y, point)


def _marks(
    places: Sequence[tuple[float, float, Point]], cadre: Cadre, zero: float
) -> Iterator[str]:
    """Les traits : du zéro à chaque point, d'une année à la suivante, et la rupture."""
    demi = (cadre.largeur - AXE) / len(places) / 2
    for x, y, point in places:
        if point.valeur is not None:
            yield f'<path d="M{x:.1f},{zero:.1f} V{y:.1f}" stroke="{FILET}" stroke-width="2"/>'
        if point.rupture:
            yield _stroke_of("rupture", f"M{x - demi:.1f},{cadre.haut - 20:.1f} V{cadre.bas:.1f}")
    for (x0, y0, _), (x, y, point) in pairwise(places):
        if point.relie:
            yield (
                f'<path class="lien" d="M{x0:.1f},{y0:.1f} L{x:.1f},{y:.1f}" '
                f'stroke="{BLEU}" stroke-width="2"/>'
            )


def _fit(point: Point, cadre: Cadre, total: int) -> str:
    """La taille d'une valeur : la même partout, sauf un nombre plus large que sa colonne."""
    taille = min(13.0, 13 * cadre.column_width(total) / width_of(point.mot, 13, gras=True))
    return f'text-anchor="middle" font-weight="bold" font-size="{taille:.4g}"'


def _label_year(x: float, bas: float, point: Point) -> Iterator[str]:
    yield write(x, bas + 20, point.titre, 'text-anchor="middle" font-size="12"')
    if point.reserve:
        style = f'text-anchor="middle" font-size="11" fill="{GRIS}"'
        yield write(x, bas + 34, point.reserve, style)


def _needs_width(panneau: Panneau) -> bool:
    """Vrai si les nombres ne tiennent pas côte à côte dans une demi-largeur."""
    place = (DEMI - AXE) / len(panneau.points) - 6
    return any(
        width_of(p.mot, 13, gras=True) > place for p in panneau.points if p.valeur is not None
    )


def _rows(panneaux: Sequence[Panneau]) -> Iterator[tuple[Panneau, ...]]:
    """Deux panneaux par rangée, dans l'ordre ; un panneau large a la sienne."""
    attente: tuple[Panneau, ...] = ()
    for panneau in panneaux:
        if _needs_width(panneau):
            yield from filter(None, (attente, (panneau,)))
            attente = ()
        elif attente:
            yield (*attente, panneau)
            attente = ()
        else:
            attente = (panneau,)
    if attente:
        yield attente


def _body(panneaux: Sequence[Panneau]) -> tuple[list[str], float]:
    corps: list[str] = []
    y = 10.0
    for rangee in _rows(panneaux):
        largeur = ENTIER if _needs_width(rangee[0]) else DEMI
        entete = max(_header_height(panneau, largeur) for panneau in rangee)
        for colonne, panneau in enumerate(rangee):
            cadre = Cadre(MARGE + colonne * (DEMI + ECART), y, largeur, entete)
            corps += (*_header(panneau, cadre), *_plot(panneau, cadre))
        y = cadre.bas + 62
    return corps, y


def _legend(panneaux: Sequence[Panneau], y: float) -> Iterator[str]:
    """Les signes employés dans l'image, et eux seuls."""
    points = [point for panneau in panneaux for point in panneau.points]
    trous = any(p.valeur is None and p.mot not in {ABSENT, AU_TABLEAU} for p in points)
    reserves = any(p.reserve and not p.initial for p in points)
    mots = (
        "ND : pas de valeur, pour la raison écrite" if trous else "",
        "cercle vide : valeur estimée ou incomplète" if reserves else "",
        "losange : valeur initiale du contrat" if any(p.initial for p in points) else "",
    )
    if any(mots):
        phrase = " ; ".join(filter(None, mots)) + "."
        yield write(MARGE, y, phrase, f'font-size="12" fill="{GRIS}"')


def _draw_image(bilan: Bilan, suffixe: str, titre: str, panneaux: Sequence[Panneau]) -> Graphique:
    corps, y = _body(panneaux)
    legende = tuple(_legend(panneaux, y - 6))
    sujet = subject_of(bilan, suffixe, titre, " ".join(map(describe_panel, panneaux)))
    return draw(sujet, (*corps, *legende), y + (8 if legende else -14))


def _slug(fiche: BilanFiche) -> str:
    return fiche.fiche.id.casefold().replace(".", "-")


def _file_name(bilan: Bilan, fiche: BilanFiche) -> str:
    """Le nom d'une fiche dans un nom de fichier : « 2.3 » devient « 2-3 », jamais deux fois."""
    nom = _slug(fiche)
    semblables = [autre.fiche.id for autre in bilan.fiches if _slug(autre) == nom]
    return nom + "-bis" * semblables.index(fiche.fiche.id)


def draw_measures(bilan: Bilan, fiche: BilanFiche) -> tuple[Graphique, ...]:
    """Les mesures chiffrées d'une fiche ; aucune image tant qu'aucune n'a de valeur."""
    panneaux = panels_of(bilan, fiche)
    if not panneaux:
        return ()
    nom = f"mesures-{_file_name(bilan, fiche)}"
    titre = f"Mesures de la fiche {fiche.fiche.nom}"
    morceaux = [panneaux[d : d + PAR_IMAGE] for d in range(0, len(panneaux), PAR_IMAGE)]
    if len(morceaux) == 1:
        return (_draw_image(bilan, nom, titre, panneaux),)
    return tuple(
        _draw_image(bilan, f"{nom}-partie-{rang}", f"{titre} ({rang} sur {len(morceaux)})", morceau)
        for rang, morceau in enumerate(morceaux, start=1)
    )

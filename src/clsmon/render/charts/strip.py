"""La frise des fiches : leur avancement déclaré, année après année, axe par axe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clsmon.model.bilan import Bilan, BilanAxe, BilanFiche
from clsmon.model.fiche import Fiche
from clsmon.model.releve import Avancement
from clsmon.render.charts.drawing import (
    INTERLIGNE,
    LARGEUR,
    MARGE,
    Graphique,
    draw,
    subject_of,
    swatch,
    wrap,
    write,
    write_lines,
)
from clsmon.render.charts.palette import FILET, GRIS, STYLES
from clsmon.render.overview import name_axis
from clsmon.render.spelling import ABSENT, INSECABLE, spell_advance

COLONNE, RANG, TITRE = 125, 38, 36
"""La largeur d'une année, la hauteur d'une fiche d'une ou deux lignes et d'un titre d'axe."""
HAUTEUR_PAGE = 1240
"""La hauteur d'une frise : au-delà, une autre commence, pour tenir sur une page."""
LIGNES = 4
"""Les lignes que peut prendre le nom d'une fiche."""
A_PROGRAMMER, NON_SUIVIE = "à programmer", "non suivie"


@dataclass(frozen=True)
class Case:
    """Une fiche une année : un mot, et l'avancement s'il s'agit d'une fiche suivie."""

    annee: int
    mot: str
    suivie: bool = False
    avancement: Avancement | None = None


@dataclass(frozen=True)
class Rang:
    """Une fiche et ses cases, une par année."""

    fiche: Fiche
    cases: tuple[Case, ...]

    @property
    def lignes(self) -> tuple[str, ...]:
        """Le nom de la fiche, plié à gauche de ses cases."""
        return wrap(self.fiche.nom, LARGEUR - 3 * MARGE - COLONNE * len(self.cases), LIGNES)

    @property
    def hauteur(self) -> int:
        """La hauteur de la fiche, selon les lignes de son nom."""
        return max(RANG, INTERLIGNE * len(self.lignes) + 8)


@dataclass(frozen=True)
class Bloc:
    """Des fiches d'un axe qui se suivent."""

    axe: BilanAxe
    rangs: tuple[Rang, ...]

    @property
    def hauteur(self) -> int:
        """La hauteur du titre de l'axe et de ses fiches."""
        return TITRE + sum(rang.hauteur for rang in self.rangs)


def _row(bilan: Bilan, suivie: BilanFiche) -> Rang:
    connus = {**dict(suivie.anterieurs), bilan.exercice: suivie.avancement}
    return Rang(
        suivie.fiche,
        tuple(
            Case(annee, spell_advance(connus[annee]), suivie=True, avancement=connus[annee])
            if annee in connus
            else Case(annee, ABSENT)
            for annee in bilan.annees
        ),
    )


def _row_to_plan(bilan: Bilan, fiche: Fiche) -> Rang:
    mots = (A_PROGRAMMER if annee == bilan.exercice else ABSENT for annee in bilan.annees)
    return Rang(fiche, tuple(map(Case, bilan.annees, mots)))


def _blocks(bilan: Bilan) -> Iterator[Bloc]:
    for axe in bilan.axes:
        rangs = (
            *(_row(bilan, fiche) for fiche in axe.fiches),
            *(_row_to_plan(bilan, fiche) for fiche in axe.a_programmer),
        )
        yield from _split(Bloc(axe, rangs))


def _split(bloc: Bloc) -> Iterator[Bloc]:
    """Un axe trop haut pour une frise en donne plusieurs ; un axe sans fiche n'en donne aucune."""
    reste = bloc.rangs
    while reste:
        combien = next(
            (
                n
                for n in range(2, len(reste) + 1)
                if Bloc(bloc.axe, reste[:n]).hauteur > HAUTEUR_PAGE
            ),
            len(reste) + 1,
        )
        yield Bloc(bloc.axe, reste[: combien - 1])
        reste = reste[combien - 1 :]


def _pages(bilan: Bilan) -> list[list[Bloc]]:
    """Les blocs d'axe répartis en frises, sans couper un axe qui tient dans une seule."""
    pages: list[list[Bloc]] = []
    libre = 0
    for bloc in _blocks(bilan):
        if bloc.hauteur > libre:
            pages.append([])
            libre = HAUTEUR_PAGE
        pages[-1].append(bloc)
        libre -= bloc.hauteur
    return pages


def _say_row(rang: Rang) -> str:
    cases = ", ".join(f"{c.annee} {NON_SUIVIE if c.mot == ABSENT else c.mot}" for c in rang.cases)
    return f"{rang.fiche.nom}{INSECABLE}: {cases}"


def describe_strip(blocs: list[Bloc]) -> str:
    """La frise dite en toutes lettres."""
    return " ".join(
        f"{name_axis(bloc.axe)}. {' ; '.join(map(_say_row, bloc.rangs))}." for bloc in blocs
    )


def _draw_case(nom: str, x: float, milieu: float, case: Case) -> Iterator[str]:
    if case.suivie:
        yield swatch(nom, x, milieu - 8, STYLES[case.avancement])
    couleur = "" if case.avancement is not None else f' fill="{GRIS}"'
    yield write(x + 32, milieu + 5, case.mot, f'font-size="13"{couleur}')


def _draw_row(nom: str, rang: Rang, y: float) -> Iterator[str]:
    depart = LARGEUR - MARGE - COLONNE * len(rang.cases)
    milieu = y + rang.hauteur / 2
    yield f'<path d="M{MARGE},{y:.1f} H{LARGEUR - MARGE}" stroke="{FILET}" stroke-width="1"/>'
    haut = milieu + 5 - INTERLIGNE * (len(rang.lignes) - 1) / 2
    yield from write_lines(MARGE, haut, rang.lignes)
    for colonne, case in enumerate(rang.cases):
        yield from _draw_case(nom, depart + COLONNE * colonne, milieu, case)


def _draw_block(nom: str, bloc: Bloc, y: float) -> Iterator[str]:
    titre = wrap(name_axis(bloc.axe), LARGEUR * 0.9, 1)[0]
    yield write(MARGE, y + TITRE - 10, titre, 'font-weight="bold"')
    y += TITRE
    for rang in bloc.rangs:
        yield from _draw_row(nom, rang, y)
        y += rang.hauteur


def _draw_page(bilan: Bilan, blocs: list[Bloc], rang: int, total: int) -> Graphique:
    debut, fin = bilan.annees[0], bilan.annees[-1]
    annees = str(fin) if debut == fin else f"{debut}–{fin}"
    suite = f" ({rang} sur {total})" if total > 1 else ""
    sujet = subject_of(
        bilan,
        f"etats-{rang}" if total > 1 else "etats",
        f"Avancement de chaque fiche, {annees}{suite}",
        describe_strip(blocs),
    )
    depart = LARGEUR - MARGE - COLONNE * len(bilan.annees)
    corps = [
        write(depart + COLONNE * colonne, 8, str(annee), 'font-weight="bold"')
        for colonne, annee in enumerate(bilan.annees)
    ]
    y = 8.0
    for bloc in blocs:
        corps += _draw_block(sujet.nom, bloc, y)
        y += bloc.hauteur
    return draw(sujet, corps, y + 8)


def draw_strips(bilan: Bilan) -> tuple[Graphique, ...]:
    """
    La frise, en une ou plusieurs images ; aucune tant qu'aucun avancement n'est déclaré.

    Ses années sont celles que le bilan connaît.
    """
    dits = (a for f in bilan.fiches for a in (f.avancement, *dict(f.anterieurs).values()))
    if not any(dits):
        return ()
    pages = _pages(bilan)
    return tuple(
        _draw_page(bilan, blocs, rang, len(pages)) for rang, blocs in enumerate(pages, start=1)
    )

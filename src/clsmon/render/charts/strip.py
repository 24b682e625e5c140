"""La frise des fiches : leur avancement déclaré, année après année, axe par axe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clsmon.model.bilan import Bilan, BilanAxe, BilanFiche
from clsmon.model.fiche import Fiche
from clsmon.model.releve import Avancement
from clsmon.render.charts.drawing import (
    LARGEUR,
    MARGE,
    Graphique,
    draw,
    label,
    subject_of,
    swatch,
    write,
)
from clsmon.render.charts.palette import FILET, GRIS, STYLES
from clsmon.render.overview import name_axis
from clsmon.render.spelling import ABSENT, INSECABLE, spell_advance

COLONNE, RANG, TITRE = 124, 38, 34
"""La largeur d'une année, la hauteur d'une fiche et d'un titre d'axe."""
PAR_PAGE = 24
"""Le nombre de fiches d'une frise : au-delà, une autre commence, pour tenir sur une page."""
A_PROGRAMMER = "à programmer"


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


@dataclass(frozen=True)
class Bloc:
    """Des fiches d'un axe qui se suivent."""

    axe: BilanAxe
    rangs: tuple[Rang, ...]


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
        for debut in range(0, len(rangs), PAR_PAGE):
            yield Bloc(axe, rangs[debut : debut + PAR_PAGE])


def _pages(bilan: Bilan) -> list[list[Bloc]]:
    """Les blocs d'axe répartis en frises, sans couper un axe qui tient dans une seule."""
    pages: list[list[Bloc]] = []
    for bloc in _blocks(bilan):
        occupee = sum(len(b.rangs) for b in pages[-1]) if pages else PAR_PAGE
        if occupee + len(bloc.rangs) > PAR_PAGE:
            pages.append([])
        pages[-1].append(bloc)
    return pages


def _say_row(rang: Rang) -> str:
    cases = ", ".join(f"{case.annee} {case.mot}" for case in rang.cases)
    return f"{rang.fiche.nom}{INSECABLE}: {cases}"


def describe_strip(blocs: list[Bloc]) -> str:
    """La frise dite en toutes lettres."""
    return " ".join(
        f"{name_axis(bloc.axe)}. {' ; '.join(map(_say_row, bloc.rangs))}." for bloc in blocs
    )


def _draw_case(nom: str, x: float, y: float, case: Case) -> Iterator[str]:
    if case.suivie:
        yield swatch(nom, x, y + 11, STYLES[case.avancement])
        couleur = f'fill="{GRIS}"' if case.avancement is None else ""
        yield write(x + 32, y + 24, case.mot, f'font-size="13" {couleur}'.strip())
    else:
        yield write(x + 32, y + 24, case.mot, f'font-size="13" fill="{GRIS}"')


def _draw_block(bilan: Bilan, nom: str, bloc: Bloc, y: float) -> Iterator[str]:
    depart = LARGEUR - MARGE - COLONNE * len(bilan.annees)
    yield from _bold_title(bloc, y)
    for rang_, rang in enumerate(bloc.rangs):
        haut = y + TITRE + RANG * rang_
        yield (
            f'<path d="M{MARGE},{haut:.1f} H{LARGEUR - MARGE}" stroke="{FILET}" stroke-width="1"/>'
        )
        yield from label(haut, RANG, rang.fiche.nom, depart - 2 * MARGE)
        for colonne, case in enumerate(rang.cases):
            yield from _draw_case(nom, depart + COLONNE * colonne, haut, case)


def _bold_title(bloc: Bloc, y: float) -> Iterator[str]:
    for trait in label(y + 4, TITRE, name_axis(bloc.axe), LARGEUR * 0.85):
        yield trait.replace("<text ", '<text font-weight="bold" ', 1)


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
        corps += _draw_block(bilan, sujet.nom, bloc, y)
        y += TITRE + RANG * len(bloc.rangs)
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

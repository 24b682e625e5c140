"""Les deux graphiques de la première page, par axe : l'avancement des fiches, les réponses."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from clsmon.model.bilan import Bilan, BilanAxe
from clsmon.render.charts.drawing import (
    BASE,
    ETIQUETTES,
    HAUTEUR_BARRE,
    MARGE,
    PAS,
    PISTE,
    Graphique,
    box,
    draw,
    label,
    pill,
    subject_of,
    swatch,
    width_of,
    write,
)
from clsmon.render.charts.palette import BLEU, GRIS, STYLES, fill
from clsmon.render.overview import AVANCEMENTS_MONTRES, name_axis
from clsmon.render.spelling import INSECABLE, spell_advance, spell_completeness, spell_rate

DEPART = ETIQUETTES + 2 * MARGE
"""Où commence la première barre, à droite des noms."""
PAR_RANGEE = 4


def describe_advance(bilan: Bilan) -> str:
    """Le graphique d'avancement dit en toutes lettres."""
    phrases = (
        f"{name_axis(axe)}{INSECABLE}: "
        + (
            ", ".join(
                f"{spell_advance(a)} {axe.compte(a)}" for a in AVANCEMENTS_MONTRES if axe.compte(a)
            )
            or "aucune fiche suivie"
        )
        for axe in bilan.axes
    )
    return " ; ".join(phrases) + "."


def _segments(nom: str, axe: BilanAxe, y: float, maximum: int) -> Iterator[str]:
    x = float(DEPART)
    yield from label(y, HAUTEUR_BARRE, name_axis(axe))
    for avancement in AVANCEMENTS_MONTRES:
        compte = axe.compte(avancement)
        if not compte:
            continue
        largeur = (PISTE + 60) * compte / maximum
        yield box(x + 1, y, largeur - 4, HAUTEUR_BARRE, fill(nom, STYLES[avancement]))
        mots = f"{spell_advance(avancement)}{INSECABLE}: {compte}"
        tient = width_of(mots, gras=True) + 24 <= largeur
        yield pill(x + largeur / 2 - 1, y + BASE, mots if tient else str(compte))
        x += largeur
    if not axe.fiches:
        yield write(x, y + BASE, "aucune fiche suivie", f'fill="{GRIS}"')


def _legend(bilan: Bilan, nom: str, y: float) -> Iterator[str]:
    presents = [a for a in AVANCEMENTS_MONTRES if any(axe.compte(a) for axe in bilan.axes)]
    for rang, avancement in enumerate(presents):
        x = MARGE + (rang % PAR_RANGEE) * 195
        haut = y + 26 * (rang // PAR_RANGEE)
        yield swatch(nom, x, haut, STYLES[avancement])
        yield write(x + 34, haut + 13, spell_advance(avancement))


def draw_advance(bilan: Bilan) -> Graphique:
    """Les fiches de chaque axe, en barres empilées par avancement."""
    titre = f"Avancement des fiches par axe, {bilan.exercice}"
    sujet = subject_of(bilan, "avancement", titre, describe_advance(bilan))
    maximum = max((len(axe.fiches) for axe in bilan.axes), default=1) or 1
    bas = PAS * len(bilan.axes) + 4
    legende = tuple(_legend(bilan, sujet.nom, bas))
    corps = (
        *(
            trait
            for rang, axe in enumerate(bilan.axes)
            for trait in _segments(sujet.nom, axe, PAS * rang, maximum)
        ),
        *legende,
    )
    rangees = -(-len(legende) // (2 * PAR_RANGEE))
    return draw(sujet, corps, bas + 26 * rangees + 4)


def describe_completeness(bilan: Bilan) -> str:
    """Le graphique de complétude dit en toutes lettres."""
    phrases = (
        f"{name_axis(axe)}{INSECABLE}: {spell_completeness(axe.completude)}" for axe in bilan.axes
    )
    return " ; ".join(phrases) + "."


def _completeness_bar(axe: BilanAxe, y: float) -> Iterator[str]:
    taux = axe.completude.taux
    yield from label(y, HAUTEUR_BARRE, name_axis(axe))
    if taux is None:
        yield write(DEPART, y + BASE, "aucune réponse attendue", f'fill="{GRIS}"')
        return
    largeur = PISTE * float(min(taux, Decimal(100))) / 100
    yield box(DEPART, y, PISTE, HAUTEUR_BARRE, f'fill="none" stroke="{GRIS}"')
    yield box(DEPART, y, largeur, HAUTEUR_BARRE, f'fill="{BLEU}"')
    yield write(DEPART + PISTE + 10, y + BASE, spell_rate(taux))


def draw_completeness(bilan: Bilan) -> Graphique:
    """La part des réponses reçues, axe par axe, sur une piste qui va de 0 à 100 %."""
    titre = f"Réponses reçues par axe, {bilan.exercice}"
    sujet = subject_of(bilan, "completude", titre, describe_completeness(bilan))
    corps = (t for r, axe in enumerate(bilan.axes) for t in _completeness_bar(axe, PAS * r))
    return draw(sujet, corps, PAS * len(bilan.axes))

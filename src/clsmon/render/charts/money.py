"""Les dépenses de chaque axe : prévues, engagées, réalisées, côte à côte et jamais additionnées."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from clsmon.model.bilan import Bilan
from clsmon.model.contrat import Axe
from clsmon.model.finances import Somme, Sommes
from clsmon.render.cells import spell_cell
from clsmon.render.charts.drawing import (
    ETIQUETTES,
    LARGEUR,
    MARGE,
    Graphique,
    box,
    draw,
    label,
    subject_of,
    write,
)
from clsmon.render.charts.palette import BLEU, FILET, GRIS, Motif, Style, fill
from clsmon.render.finances import sum_cell
from clsmon.render.overview import name_axis_of
from clsmon.render.spelling import ABSENT, INSECABLE

MOT, MONTANT = 80, 150
"""La place du nom de la dépense, et celle du montant écrit au bout de la barre."""
DEPART = ETIQUETTES + 2 * MARGE + MOT
PISTE_ARGENT = LARGEUR - DEPART - MARGE - MONTANT
BARRE, PAS_BARRE, PAS_AXE = 16, 22, 84
NON_DECLARE = "non déclaré"
STYLES_DEPENSE = (
    ("prévues", Style(GRIS, Motif.VIDE)),
    ("engagées", Style(BLEU, Motif.RAYE)),
    ("réalisées", Style(BLEU)),
)


def _spent(sommes: Sommes) -> tuple[Somme, Somme, Somme]:
    return (sommes.prevu, sommes.engage, sommes.realise)


def _spell(somme: Somme) -> str:
    """La somme telle que le tableau l'écrit ; sans montant, le mot qui le dit."""
    ecrit = spell_cell(sum_cell(somme))
    return NON_DECLARE if ecrit == ABSENT else ecrit


def describe_money(bilan: Bilan) -> str:
    """Les dépenses par axe dites en toutes lettres."""
    phrases = (
        f"{name_axis_of(axe)}{INSECABLE}: "
        + ", ".join(
            f"{mot} {_spell(somme)}"
            for (mot, _), somme in zip(STYLES_DEPENSE, _spent(sommes), strict=True)
        )
        for axe, sommes in bilan.finances.par_axe
    )
    fin = " Un astérisque suit une somme incomplète." if _has_incomplete(bilan) else ""
    return " ; ".join(phrases) + "." + fin


def _has_incomplete(bilan: Bilan) -> bool:
    return any(s.incomplete for _, sommes in bilan.finances.par_axe for s in _spent(sommes))


def _bars(nom: str, axe: Axe | None, sommes: Sommes, y: float, maximum: Decimal) -> Iterator[str]:
    yield from label(y, 3 * PAS_BARRE, name_axis_of(axe))
    bas = y + 3 * PAS_BARRE
    yield f'<path d="M{DEPART},{y:.1f} V{bas:.1f}" stroke="{GRIS}" stroke-width="1"/>'
    for rang, ((mot, style), somme) in enumerate(zip(STYLES_DEPENSE, _spent(sommes), strict=True)):
        haut = y + PAS_BARRE * rang + 2
        yield write(DEPART - 8, haut + 13, mot, 'text-anchor="end" font-size="13"')
        couleur = f' fill="{GRIS}"' if somme.total is None else ""
        largeur = PISTE_ARGENT * float((somme.total or Decimal(0)) / maximum)
        if somme.total is not None:
            yield box(DEPART, haut, largeur, BARRE, fill(nom, style))
        yield write(DEPART + largeur + 8, haut + 13, _spell(somme), f'font-size="13"{couleur}')
    yield f'<path d="M{MARGE},{bas + 8:.1f} H{LARGEUR - MARGE}" stroke="{FILET}"/>'


def draw_money(bilan: Bilan) -> tuple[Graphique, ...]:
    """Les dépenses par axe ; aucune image tant qu'aucune n'est déclarée."""
    totaux = [
        somme.total
        for _, sommes in bilan.finances.par_axe
        for somme in _spent(sommes)
        if somme.total is not None
    ]
    if not totaux:
        return ()
    maximum = max(totaux) or Decimal(1)
    titre = f"Dépenses déclarées par axe, {bilan.exercice}"
    sujet = subject_of(bilan, "depenses", titre, describe_money(bilan))
    corps = [
        trait
        for rang, (axe, sommes) in enumerate(bilan.finances.par_axe)
        for trait in _bars(sujet.nom, axe, sommes, PAS_AXE * rang, maximum)
    ]
    bas = PAS_AXE * len(bilan.finances.par_axe)
    if _has_incomplete(bilan):
        note = f"*{INSECABLE}: somme incomplète, il y manque un montant."
        corps.append(write(MARGE, bas + 10, note, f'font-size="12" fill="{GRIS}"'))
        bas += 18
    return (draw(sujet, corps, bas),)

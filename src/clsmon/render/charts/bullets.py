"""Les mesures qui ont une cible : d'où l'on part, où l'on en est, où l'on veut aller."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clsmon.model.bilan import Bilan, LigneMesure
from clsmon.render.charts.drawing import (
    LARGEUR,
    MARGE,
    TAILLE,
    Graphique,
    box,
    draw,
    subject_of,
    width_of,
    wrap,
    write,
    write_lines,
)
from clsmon.render.charts.palette import BLANC, BLEU, ENCRE, GRIS
from clsmon.render.charts.panels import reserve_of, scale_of, value_of, word_of
from clsmon.render.results import name_measure, spell_year
from clsmon.render.spelling import INSECABLE, spell_initial, spell_progress, spell_target

NOM, PISTE_CIBLE = 330, LARGEUR - 330 - 3 * MARGE
DEPART = NOM + 2 * MARGE
BARRE, RANGEE = 14, 78
PAR_IMAGE = 12
"""Le nombre de mesures d'une image : au-delà, une autre commence, pour tenir sur une page."""


def _short(ligne: LigneMesure) -> str:
    """La valeur de l'année et sa réserve ; qui l'a dite est dans le texte et le tableau."""
    mots = (word_of(ligne.constat, ligne.situee.mesure), reserve_of(ligne.constat))
    return mots[0] if value_of(ligne.constat) is None or not mots[1] else f"{mots[0]} ({mots[1]})"


def _said(ligne: LigneMesure, actuelle: str) -> Iterator[str]:
    """Les valeurs d'une ligne, telles que le tableau des résultats les écrit."""
    if ligne.situee.mesure.valeur_initiale is not None:
        yield f"valeur initiale{INSECABLE}: {spell_initial(ligne.situee.mesure)}"
    yield f"{ligne.constat.exercice}{INSECABLE}: {actuelle}"
    yield f"cible{INSECABLE}: {spell_target(ligne)}"
    if ligne.progression is not None:
        yield f"chemin fait{INSECABLE}: {spell_progress(ligne)}"


def _name(ligne: LigneMesure) -> str:
    unite = ligne.situee.mesure.unite_affichee
    return f"{ligne.situee.fiche.id}, {name_measure(ligne)}{f' ({unite})' if unite else ''}"


def describe_bullets(bilan: Bilan, lignes: Sequence[LigneMesure]) -> str:
    """Le chemin vers chaque cible dit en toutes lettres."""
    return " ".join(
        f"{_name(li)}{INSECABLE}: {', '.join(_said(li, spell_year(bilan, li, bilan.exercice)))}."
        for li in lignes
    )


def _marks(ligne: LigneMesure, y: float) -> Iterator[str]:
    """La barre de l'année, le losange du départ, le trait de la cible, depuis zéro."""
    initiale = ligne.situee.mesure.valeur_initiale
    depart = initiale.valeur if initiale else None
    cible = ligne.cible.valeur if ligne.cible else None
    valeur = value_of(ligne.constat)
    echelle = scale_of((depart, cible, valeur))
    zero = DEPART + PISTE_CIBLE * echelle.place(scale_of(()).bas)
    yield f'<path d="M{DEPART},{y + 25} h{PISTE_CIBLE}" stroke="{GRIS}" stroke-width="1"/>'
    yield f'<path d="M{zero:.1f},{y} v32" stroke="{GRIS}" stroke-width="1"/>'
    if valeur is not None:
        x = DEPART + PISTE_CIBLE * echelle.place(valeur)
        yield box(min(x, zero), y + 11, abs(x - zero), BARRE, f'fill="{BLEU}"')
    if depart is not None:
        x = DEPART + PISTE_CIBLE * echelle.place(depart)
        yield (
            f'<path class="depart" d="M{x:.1f},{y + 10} l8,8 l-8,8 l-8,-8 z" fill="{BLANC}" '
            f'stroke="{ENCRE}" stroke-width="2"/>'
        )
    if cible is not None:
        x = DEPART + PISTE_CIBLE * echelle.place(cible)
        yield (
            f'<path class="cible" d="M{x:.1f},{y} v36" stroke="{ENCRE}" stroke-width="3" '
            f'stroke-dasharray="7 3"/>'
        )


def _draw_row(ligne: LigneMesure, y: float) -> Iterator[str]:
    yield from write_lines(MARGE, y + 16, wrap(_name(ligne), NOM, 3))
    yield from _marks(ligne, y)
    phrase = " · ".join(_said(ligne, _short(ligne)))
    taille = 12 if width_of(phrase, 12) <= PISTE_CIBLE else 11
    plies = wrap(phrase, PISTE_CIBLE, 2, taille)
    yield from write_lines(DEPART, y + 50, plies, f'font-size="{taille}" fill="{GRIS}"', 14)


def draw_bullets(bilan: Bilan) -> tuple[Graphique, ...]:
    """Le chemin vers les cibles ; aucune image sans cible, ni tant qu'aucune n'a de valeur."""
    lignes = [li for li in bilan.lignes if li.cible and li.situee.mesure.type.chiffre]
    if all(value_of(ligne.constat) is None for ligne in lignes):
        return ()
    morceaux = [lignes[d : d + PAR_IMAGE] for d in range(0, len(lignes), PAR_IMAGE)]
    return tuple(
        _draw_image(bilan, morceau, rang, len(morceaux))
        for rang, morceau in enumerate(morceaux, start=1)
    )


def _draw_image(bilan: Bilan, lignes: list[LigneMesure], rang: int, total: int) -> Graphique:
    suite = f" ({rang} sur {total})" if total > 1 else ""
    sujet = subject_of(
        bilan,
        f"cibles-{rang}" if total > 1 else "cibles",
        f"Chemin vers les cibles, {bilan.exercice}{suite}",
        describe_bullets(bilan, lignes),
    )
    corps = [t for r, ligne in enumerate(lignes) for t in _draw_row(ligne, RANGEE * r)]
    bas = RANGEE * len(lignes) + TAILLE
    legende = (
        f"barre{INSECABLE}: valeur de {bilan.exercice} ; losange{INSECABLE}: valeur initiale ; "
        f"trait en tirets{INSECABLE}: cible. Chaque échelle part de zéro."
    )
    corps.append(write(MARGE, bas, legende, f'font-size="12" fill="{GRIS}"'))
    return draw(sujet, corps, bas + 14)

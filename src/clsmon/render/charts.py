"""Les graphiques, en SVG lisibles sans couleur : titre, description, motifs et valeurs écrites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from clsmon.model.bilan import Bilan, BilanAxe
from clsmon.model.releve import Avancement
from clsmon.model.texte import clean_text
from clsmon.render.overview import AVANCEMENTS_MONTRES, name_axis
from clsmon.render.spelling import INSECABLE, spell_advance, spell_completeness, spell_rate

LARGEUR, MARGE, ETIQUETTES = 860, 16, 300
PISTE = LARGEUR - ETIQUETTES - 3 * MARGE - 60
HAUTEUR_BARRE, PAS = 26, 44
BLEU, ORANGE, ROUGE, GRIS, ENCRE = "#0b5fa5", "#b35900", "#8b1a1a", "#5b6472", "#1b1f24"
STYLES: Mapping[Avancement | None, tuple[str, bool]] = {
    Avancement.REALISEE: (BLEU, False),
    Avancement.EN_COURS: (BLEU, True),
    Avancement.NON_DEMARREE: (GRIS, False),
    Avancement.REPORTEE: (ORANGE, False),
    Avancement.SUSPENDUE: (ORANGE, True),
    Avancement.ABANDONNEE: (ROUGE, False),
    None: ("#ffffff", False),
}
"""Couleur, et hachures ou non : deux avancements se distinguent aussi sans la couleur."""


@dataclass(frozen=True)
class Graphique:
    """Un graphique : nom de fichier, titre, texte de remplacement et dessin SVG."""

    fichier: str
    titre: str
    texte: str
    svg: str


def _text(x: float, y: float, texte: str, suite: str = "") -> str:
    propre = escape(clean_text(texte).replace("\n", " "))
    return f'<text x="{x:g}" y="{y:g}" {suite}>{propre}</text>'


def _shorten(texte: str, longueur: int = 44) -> str:
    return texte if len(texte) <= longueur else texte[: longueur - 1].rstrip() + "…"


def _fill(avancement: Avancement | None) -> str:
    couleur, hachure = STYLES[avancement]
    rempli = f"url(#h{couleur[1:]})" if hachure else couleur
    contour = ' stroke-dasharray="4 2"' if avancement is None else ""
    bord = GRIS if avancement is None else couleur
    return f'fill="{rempli}" stroke="{bord}"{contour}'


def _hatch(couleur: str) -> str:
    return (
        f'<pattern id="h{couleur[1:]}" width="8" height="8" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="8" height="8" fill="#ffffff"/>'
        f'<rect width="4" height="8" fill="{couleur}"/></pattern>'
    )


def _value(x: float, y: float, texte: str) -> str:
    largeur = 9 * len(texte) + 8
    return (
        f'<rect x="{x - largeur / 2:g}" y="{y - 15:g}" width="{largeur}" height="20" rx="3" '
        f'fill="#ffffff"/>' + _text(x, y, texte, 'text-anchor="middle" font-weight="bold"')
    )


def _document(titre: str, texte: str, corps: Iterator[str], hauteur: int, fictif: bool) -> str:
    avis = _text(LARGEUR - MARGE, 24, "DONNÉES FICTIVES", f'text-anchor="end" fill="{ROUGE}"')
    return "\n".join(
        (
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="fr" '
                f'aria-labelledby="titre description" viewBox="0 0 {LARGEUR} {hauteur}" '
                f'width="{LARGEUR}" height="{hauteur}" font-family="Arial, Helvetica, sans-serif" '
                f'font-size="14" fill="{ENCRE}">'
            ),
            f'<title id="titre">{escape(titre)}</title>',
            f'<desc id="description">{escape(clean_text(texte))}</desc>',
            f"<defs>{_hatch(BLEU)}{_hatch(ORANGE)}</defs>",
            f'<rect width="{LARGEUR}" height="{hauteur}" fill="#ffffff"/>',
            _text(MARGE, 24, titre, 'font-size="16" font-weight="bold"'),
            avis if fictif else "",
            *corps,
            "</svg>",
            "",
        )
    )


def _segments(axe: BilanAxe, y: int, maximum: int) -> Iterator[str]:
    x = float(ETIQUETTES + 2 * MARGE)
    yield _text(MARGE, y + 18, _shorten(name_axis(axe)))
    for avancement in AVANCEMENTS_MONTRES:
        compte = axe.compte(avancement)
        if not compte:
            continue
        largeur = PISTE * compte / maximum
        yield (
            f'<rect x="{x:g}" y="{y}" width="{largeur - 2:g}" height="{HAUTEUR_BARRE}" '
            f'stroke-width="2" {_fill(avancement)}/>'
        )
        yield _value(x + largeur / 2, y + 18, str(compte))
        x += largeur


def _legend(bilan: Bilan, y: int) -> Iterator[str]:
    presents = [a for a in AVANCEMENTS_MONTRES if any(axe.compte(a) for axe in bilan.axes)]
    for rang, avancement in enumerate(presents):
        x = MARGE + (rang % 4) * 195
        haut = y + 26 * (rang // 4)
        yield (
            f'<rect x="{x + 1}" y="{haut}" width="24" height="16" stroke-width="2" '
            f"{_fill(avancement)}/>"
        )
        yield _text(x + 34, haut + 13, spell_advance(avancement))


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


def _draw_advance(bilan: Bilan) -> Graphique:
    titre = f"Avancement des fiches par axe, {bilan.exercice}"
    texte = describe_advance(bilan)
    maximum = max((len(axe.fiches) for axe in bilan.axes), default=1) or 1
    bas = 48 + PAS * len(bilan.axes)
    corps = (
        *(
            t
            for rang, axe in enumerate(bilan.axes)
            for t in _segments(axe, 48 + PAS * rang, maximum)
        ),
        *_legend(bilan, bas),
    )
    svg = _document(titre, texte, iter(corps), bas + 62, bilan.fictif)
    return Graphique(f"{bilan.nom}-avancement.svg", titre, texte, svg)


def _completeness_bar(axe: BilanAxe, y: int) -> Iterator[str]:
    x = ETIQUETTES + 2 * MARGE
    taux = axe.completude.taux
    yield _text(MARGE, y + 18, _shorten(name_axis(axe)))
    yield (
        f'<rect x="{x}" y="{y}" width="{PISTE}" height="{HAUTEUR_BARRE}" fill="none" '
        f'stroke="{GRIS}"/>'
    )
    largeur = PISTE * (taux or Decimal(0)) / 100
    yield f'<rect x="{x}" y="{y}" width="{largeur:.1f}" height="{HAUTEUR_BARRE}" fill="{BLEU}"/>'
    yield _text(x + PISTE + 10, y + 18, "—" if taux is None else spell_rate(taux))


def describe_completeness(bilan: Bilan) -> str:
    """Le graphique de complétude dit en toutes lettres."""
    phrases = (
        f"{name_axis(axe)}{INSECABLE}: {spell_completeness(axe.completude)}" for axe in bilan.axes
    )
    return " ; ".join(phrases) + "."


def _draw_completeness(bilan: Bilan) -> Graphique:
    titre = f"Réponses reçues par axe, {bilan.exercice}"
    texte = describe_completeness(bilan)
    corps = (t for r, axe in enumerate(bilan.axes) for t in _completeness_bar(axe, 48 + PAS * r))
    hauteur = 48 + PAS * len(bilan.axes)
    svg = _document(titre, texte, corps, hauteur, bilan.fictif)
    return Graphique(f"{bilan.nom}-completude.svg", titre, texte, svg)


def draw_charts(bilan: Bilan) -> tuple[Graphique, ...]:
    """Les graphiques d'un bilan, avec leur texte de remplacement."""
    return (_draw_advance(bilan), _draw_completeness(bilan))


def render_charts(bilan: Bilan) -> Mapping[str, str]:
    """Les graphiques à poser à côté du Markdown : nom de fichier, texte SVG."""
    return {graphique.fichier: graphique.svg for graphique in draw_charts(bilan)}

"""Les graphiques natifs d'une projection : modifiables, à base zéro, lisibles sans couleur."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
)
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from clsmon.render.plain import one_line
from clsmon.render.slides_blocks import Graphe, Serie, integer_format
from clsmon.render.slides_theme import BLANC, BLEU, ENCRE, GRIS, ORANGE, ROUGE

GENRES = {
    "empile": XL_CHART_TYPE.BAR_STACKED,
    "groupe": XL_CHART_TYPE.BAR_CLUSTERED,
    "courbe": XL_CHART_TYPE.LINE_MARKERS,
}
STYLES: dict[str, tuple[Any, bool]] = {
    "realisee": (BLEU, False),
    "en_cours": (BLEU, True),
    "non_demarree": (GRIS, False),
    "reportee": (ORANGE, False),
    "suspendue": (ORANGE, True),
    "abandonnee": (ROUGE, False),
    "non_declare": (BLANC, False),
    "realise": (BLEU, False),
    "verse": (ORANGE, True),
}
"""Couleur, et hachures ou non : deux séries se distinguent aussi sans la couleur."""
TAILLE, TAILLE_VIGNETTE = 14, 12
_GRILLE = "C9CDD2"


def add_chart(page: Any, graphe: Graphe, place: tuple[float, float, float, float]) -> None:
    """Pose un graphique, ses étiquettes, et son texte de remplacement."""
    donnees = CategoryChartData()
    donnees.categories = graphe.categories
    for serie in graphe.series:
        donnees.add_series(serie.nom, [_number(valeur) for valeur in serie.valeurs])
    cadre = page.shapes.add_chart(GENRES[graphe.genre], *map(Pt, place), donnees)
    proprietes = cadre._element._nvXxPr.cNvPr  # noqa: SLF001  no public door for a description
    proprietes.set("descr", one_line(graphe.description))
    proprietes.set("title", one_line(graphe.titre))
    cadre.name = "Graphique"
    _dress(cadre.chart, graphe)


def _number(valeur: Decimal | int | None) -> int | float | None:
    """Le nombre d'une cellule ; un trou reste un trou."""
    if valeur is None:
        return None
    return int(valeur) if valeur == int(valeur) else float(valeur)


def _dress(chart: Any, graphe: Graphe) -> None:
    courbe = graphe.genre == "courbe"
    chart.font.size = Pt(TAILLE_VIGNETTE if courbe else TAILLE)
    chart.font.color.rgb, chart.font.name = ENCRE, "Arial"
    chart.has_title = False
    chart.has_legend = not courbe
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
    _dress_axes(chart, graphe)
    for trace, serie in zip(chart.plots[0].series, graphe.series, strict=True):
        if courbe:
            _dress_line(trace, serie)
        else:
            _dress_bar(trace, serie)
        _label(trace, serie)
    _leave_gaps(chart)


def _dress_axes(chart: Any, graphe: Graphe) -> None:
    valeurs, categories = chart.value_axis, chart.category_axis
    connues = [v for serie in graphe.series for v in serie.valeurs if v is not None]
    if min(connues, default=0) >= 0:
        valeurs.minimum_scale = 0
    if not any(connues):
        valeurs.maximum_scale = 1
    categories.format.line.color.rgb = GRIS
    categories.has_major_gridlines = False
    valeurs.has_major_gridlines = graphe.genre != "courbe"
    if valeurs.has_major_gridlines:
        trait = valeurs.major_gridlines.format.line
        trait.color.rgb, trait.width = type(ENCRE).from_string(_GRILLE), Pt(0.5)
    valeurs.format.line.fill.background()
    valeurs.tick_labels.number_format = integer_format("")
    valeurs.tick_labels.number_format_is_linked = False
    if graphe.genre == "courbe":
        valeurs.visible = False
        # Years stay level: a slanted label takes the room of the line.
        categories.tick_labels.font.size = Pt(TAILLE_VIGNETTE)
        (cadre,) = categories._element.iter(qn("a:bodyPr"))  # noqa: SLF001  no door for an angle
        cadre.set("rot", "0")
        return
    categories.reverse_order = True
    # Read from the top, with the numbers at the bottom: python-pptx has no door for this side.
    valeurs._element.find(qn("c:crosses")).set("val", "max")  # noqa: SLF001
    if graphe.genre == "empile":
        valeurs.major_unit = 1
        chart.plots[0].overlap = 100
    chart.plots[0].gap_width = 45


def _dress_bar(trace: Any, serie: Serie) -> None:
    couleur, hachures = STYLES[serie.style]
    remplissage = trace.format.fill
    if hachures:
        remplissage.patterned()
        remplissage.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        remplissage.fore_color.rgb, remplissage.back_color.rgb = couleur, BLANC
    else:
        remplissage.solid()
        remplissage.fore_color.rgb = couleur
    bord = trace.format.line
    bord.color.rgb = GRIS if couleur is BLANC else couleur
    bord.width = Pt(1)
    if couleur is BLANC:
        bord.dash_style = MSO_LINE.DASH


def _dress_line(trace: Any, serie: Serie) -> None:
    trace.smooth = False
    trait = trace.format.line
    if serie.style == "cible":
        trait.color.rgb, trait.width, trait.dash_style = ORANGE, Pt(2), MSO_LINE.DASH
        trace.marker.style = XL_MARKER_STYLE.NONE
        return
    trait.color.rgb, trait.width = BLEU, Pt(2.25)
    trace.marker.style, trace.marker.size = XL_MARKER_STYLE.CIRCLE, 8
    trace.marker.format.fill.solid()
    trace.marker.format.fill.fore_color.rgb = BLEU
    trace.marker.format.line.color.rgb = BLEU


def _label(trace: Any, serie: Serie) -> None:
    """Écrit chaque valeur à côté de sa marque, sur fond blanc, dans le format qui lui revient."""
    for rang, (valeur, format_) in enumerate(zip(serie.valeurs, serie.formats, strict=True)):
        derniere = rang == len(serie.valeurs) - 1
        if valeur is None or (serie.style == "cible" and not derniere):
            continue
        etiquette = trace.points[rang].data_label._get_or_add_dLbl()  # noqa: SLF001  a label of one point
        _write_label(etiquette, format_, serie)


def _write_label(etiquette: Any, format_: str, serie: Serie) -> None:
    for balise in ("c:numFmt", "c:spPr", "c:txPr"):
        for ancien in etiquette.findall(balise, etiquette.nsmap):
            etiquette.remove(ancien)
    gras = "0" if serie.style == "cible" else "1"
    couleur = str(ORANGE if serie.style == "cible" else ENCRE)
    morceaux = (
        f'<c:numFmt {nsdecls("c")} formatCode="" sourceLinked="0"/>',
        (
            f'<c:spPr {nsdecls("c", "a")}><a:solidFill><a:srgbClr val="{BLANC}"/></a:solidFill>'
            "</c:spPr>"
        ),
        (
            f'<c:txPr {nsdecls("c", "a")}><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr b="{gras}">'
            f'<a:solidFill><a:srgbClr val="{couleur}"/></a:solidFill></a:defRPr></a:pPr>'
            '<a:endParaRPr lang="fr-FR"/></a:p></c:txPr>'
        ),
    )
    # The schema wants them right after the index, in this order.
    for rang, morceau in enumerate(map(parse_xml, morceaux), 1):
        etiquette.insert(rang, morceau)
    etiquette[1].set("formatCode", format_)
    _position(etiquette, serie)


def _position(etiquette: Any, serie: Serie) -> None:
    place = etiquette.get_or_add_dLblPos()
    if serie.style in {"valeur", "cible"}:
        place.val = XL_LABEL_POSITION.ABOVE
    elif serie.style in {"realise", "verse"}:
        place.val = XL_LABEL_POSITION.OUTSIDE_END
    else:
        place.val = XL_LABEL_POSITION.CENTER


def _leave_gaps(chart: Any) -> None:
    """Une année sans valeur est un trou : jamais un zéro, jamais une droite qui le franchit."""
    espace = chart._chartSpace  # noqa: SLF001  no public door for gaps
    (dessin,) = espace.findall("c:chart", espace.nsmap)
    for ancien in dessin.findall("c:dispBlanksAs", espace.nsmap):
        ancien.set("val", "gap")

"""Bilans whose charts say one thing: a measure over the years, a fiche, a number of fiches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

from clsmon.model.bilan import Bilan, LigneMesure
from clsmon.model.constat import Constat
from clsmon.model.releve import Avancement
from clsmon.model.statut import Statut
from clsmon.render.charts import Graphique
from tests.render.bilan_samples import build_bilan

SVG = "{http://www.w3.org/2000/svg}"


def texts_of(image: Graphique) -> list[str]:
    """What is written in a drawing, line by line, but for the zero of its axes."""
    textes = ET.fromstring(image.svg).iter(f"{SVG}text")
    return [element.text or "" for element in textes if element.get("class") != "zero"]


def marks_of(image: Graphique, classe: str) -> list[str]:
    """The paths of one kind: « lien » from a year to the next, « depart », « cible »."""
    traits = ET.fromstring(image.svg).iter(f"{SVG}path")
    return [str(element.get("d")) for element in traits if element.get("class") == classe]


def finding(annee: int, lu: int | str | Statut, **suite: Any) -> Constat:
    if isinstance(lu, Statut):
        return Constat(annee, lu, **suite)
    return Constat(annee, suite.pop("statut", Statut.RENSEIGNE), Decimal(lu), **suite)


def line_over(constats: Sequence[Constat], rang: int = 5, **suite: Any) -> LigneMesure:
    """A measure of the hand-built bilan (5: a plain number) and what it was each year."""
    ligne = build_bilan().lignes[rang]
    annees = [c.exercice for c in constats]
    return replace(
        ligne,
        constat=constats[-1],
        serie=tuple(constats),
        continues=tuple(suite.pop("continues", annees[1:])),
        **suite,
    )


def bilan_over(annees: Sequence[int], *lignes: LigneMesure) -> Bilan:
    """One fiche with these measures only, in a bilan that knows these years."""
    bilan = build_bilan()
    (axe,) = bilan.axes
    (fiche,) = axe.fiches
    mesures = replace(fiche.indicateurs[0], lignes=lignes)
    suivie = replace(fiche, indicateurs=(mesures,))
    return replace(
        bilan, exercice=annees[-1], annees=tuple(annees), axes=(replace(axe, fiches=(suivie,)),)
    )


def bilan_of_fiches(
    avancements: Sequence[Avancement | None],
    anterieurs: Mapping[int, Avancement | None] | None = None,
    annees: Sequence[int] = (2024, 2025),
) -> Bilan:
    """One axe of as many fiches as there are avancements, « 1.1 » to « 1.n »."""
    bilan = build_bilan()
    (axe,) = bilan.axes
    (modele,) = axe.fiches
    fiches = tuple(
        replace(
            modele,
            fiche=modele.fiche.model_copy(update={"id": f"1.{rang}"}),
            avancement=avancement,
            anterieurs=tuple((anterieurs or {}).items()),
            indicateurs=(),
        )
        for rang, avancement in enumerate(avancements, start=1)
    )
    return replace(bilan, annees=tuple(annees), axes=(replace(axe, fiches=fiches),))

"""The small multiples: a dot and its value each year, and an honest hole where there is none."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from clsmon.model.bilan import Bilan, LigneMesure, Rupture
from clsmon.model.indicateur import Cible, ValeurInitiale
from clsmon.model.libelles import STATUTS
from clsmon.model.statut import Statut
from clsmon.render.charts import Graphique
from clsmon.render.charts.multiples import PAR_IMAGE, draw_measures
from clsmon.render.charts.panels import panels_of, scale_of
from clsmon.render.results import results_of

from .samples import SVG, bilan_over, finding, line_over, marks_of, texts_of

ANNEES = (2024, 2025, 2026, 2027)
SANS_VALEUR = [s for s in Statut if s not in {Statut.RENSEIGNE, Statut.ESTIME, Statut.CALCULE}]


def image_of(bilan: Bilan) -> Graphique:
    (image,) = draw_measures(bilan, bilan.fiches[0])
    return image


def dots_of(image: Graphique) -> list[tuple[float, float]]:
    return [
        (float(e.get("cx", "")), float(e.get("cy", "")))
        for e in ET.fromstring(image.svg).iter(f"{SVG}circle")
    ]


def with_initial(ligne: LigneMesure, valeur: int, annee: int | None) -> LigneMesure:
    initiale = ValeurInitiale(valeur=Decimal(valeur), annee=annee)
    mesure = ligne.situee.mesure.model_copy(update={"valeur_initiale": initiale})
    return replace(ligne, situee=replace(ligne.situee, mesure=mesure))


def test_every_figure_of_a_panel_is_the_one_of_the_results_table(bilan: Bilan) -> None:
    (fiche,) = bilan.fiches
    (resultats,) = results_of(bilan, fiche)
    chiffrees = [
        [str(cellule) for cellule in cellules]
        for ligne, cellules in zip(bilan.lignes, resultats.tableau.lignes, strict=True)
        if ligne.situee.mesure.type.chiffre
    ]
    panneaux = panels_of(bilan, fiche)
    assert len(panneaux) == 9
    for panneau, (nom, _, *cellules) in zip(panneaux, chiffrees, strict=True):
        assert panneau.nom == nom
        for point in panneau.points:
            assert point.dit in cellules
            assert point.dit.startswith(point.mot) or f"soit {point.mot}" in point.dit


@pytest.mark.parametrize("statut", SANS_VALEUR)
def test_a_year_without_value_is_a_gap_with_its_word_and_never_joined(statut: Statut) -> None:
    lus = [finding(2024, 10), finding(2025, statut), finding(2026, 12), finding(2027, 14)]
    image = image_of(bilan_over(ANNEES, line_over(lus)))
    ecrits = texts_of(image)
    assert "ND" in ecrits
    assert STATUTS[statut] in ecrits
    assert f"2025\u00a0: {STATUTS[statut]}" in image.texte
    avant, apres, dernier = dots_of(image)
    (lien,) = marks_of(image, "lien")
    assert lien == f"M{apres[0]:.1f},{apres[1]:.1f} L{dernier[0]:.1f},{dernier[1]:.1f}"
    assert avant[0] < apres[0] - (dernier[0] - apres[0])


def test_a_number_to_check_is_not_drawn() -> None:
    doute = finding(2025, 99, statut=Statut.A_VERIFIER)
    image = image_of(bilan_over((2024, 2025), line_over([finding(2024, 10), doute])))
    assert len(dots_of(image)) == 1
    assert {"10", "ND", "à vérifier"} <= set(texts_of(image))


def test_years_that_do_not_compare_are_not_joined() -> None:
    lus = [finding(annee, 10) for annee in ANNEES]
    image = image_of(bilan_over(ANNEES, line_over(lus, continues=(2027,))))
    assert len(dots_of(image)) == 4
    assert len(marks_of(image, "lien")) == 1


def test_a_year_nobody_returned_keeps_its_place() -> None:
    lus = [finding(2024, 10), finding(2026, 12)]
    image = image_of(bilan_over((2024, 2026), line_over(lus)))
    assert texts_of(image).count("2025") == 1
    assert "2025\u00a0: sans retour" in image.texte
    assert marks_of(image, "lien") == []


def test_a_single_year_is_a_dot_and_no_line() -> None:
    image = image_of(bilan_over((2025,), line_over([finding(2025, 10)])))
    assert (len(dots_of(image)), marks_of(image, "lien")) == (1, [])


@pytest.mark.parametrize(
    ("valeurs", "bas", "haut"),
    [
        pytest.param([80, 100], 0, 100, id="zero, not the smallest value"),
        pytest.param([-5, 20], -5, 20, id="below zero"),
        pytest.param([-5], -5, 0, id="only below zero"),
        pytest.param([0], 0, 1, id="zeros"),
        pytest.param([], 0, 1, id="nothing"),
    ],
)
def test_a_scale_always_holds_zero(valeurs: list[int], bas: int, haut: int) -> None:
    echelle = scale_of([None, *map(Decimal, valeurs)])
    assert [echelle.bas, echelle.haut] == [Decimal(bas), Decimal(haut)]


def test_a_height_is_proportional_to_the_value_from_zero() -> None:
    lus = [finding(2024, 0), finding(2025, 50), finding(2026, 100)]
    (_, zero), (_, moitie), (_, tout) = dots_of(
        image_of(bilan_over((2024, 2025, 2026), line_over(lus)))
    )
    assert zero - moitie == pytest.approx(moitie - tout, abs=0.11)


def test_a_target_is_dashed_and_only_when_it_exists() -> None:
    sans = line_over([finding(2025, 10)])
    avec = replace(sans, cible=Cible(annee=2028, valeur=Decimal(20)))
    image = image_of(bilan_over((2025,), avec))
    assert image.svg.count('stroke-dasharray="7 4"') == 2
    assert "cible\u00a0: 20 en 2028" in texts_of(image)
    assert "cible\u00a0: 20 en 2028." in image.texte
    nue = image_of(bilan_over((2025,), sans))
    assert "stroke-dasharray" not in nue.svg
    assert "cible" not in nue.texte


def test_the_initial_value_stands_apart() -> None:
    ligne = with_initial(line_over([finding(2025, 10)]), 4, 2023)
    image = image_of(bilan_over((2025,), ligne))
    assert texts_of(image)[2:] == [
        *("en ordinaire", "initiale", "2023", "4", "2025", "10"),
        "losange : valeur initiale du contrat.",
    ]
    assert "valeur initiale\u00a0: 4 (2023) ; 2025\u00a0: 10." in image.texte
    assert marks_of(image, "lien") == []


def test_a_broken_series_is_marked_where_it_begins() -> None:
    lus = [finding(2026, 10), finding(2027, 12)]
    ligne = line_over(lus)
    rompue = replace(ligne, rupture=Rupture(ligne.situee, finding(2025, 7)))
    image = image_of(bilan_over(ANNEES, rompue))
    assert "série rompue en 2026" in texts_of(image)
    assert image.svg.count('stroke-dasharray="2 3"') == 2
    assert "Série rompue en 2026\u00a0: succède à" in image.texte
    assert "suivie jusqu’en 2025\u00a0: 7." in image.texte
    assert "2024\u00a0: non suivie" in image.texte


@pytest.mark.parametrize(
    ("suite", "mot"),
    [
        pytest.param({"statut": Statut.ESTIME}, "estimé", id="estimated"),
        pytest.param({"incomplet": ("sedap",)}, "incomplet", id="a part is missing"),
    ],
)
def test_a_fragile_value_is_a_hollow_dot_and_a_word(suite: dict[str, Any], mot: str) -> None:
    image = image_of(bilan_over((2025,), line_over([finding(2025, 10, **suite)])))
    assert mot in texts_of(image)
    (point,) = ET.fromstring(image.svg).iter(f"{SVG}circle")
    assert point.get("fill") == "#ffffff"


def test_a_fiche_without_any_value_draws_nothing() -> None:
    muette = with_initial(line_over([finding(2025, Statut.NON_REPONDU)]), 4, 2023)
    bilan = bilan_over((2025,), muette)
    assert draw_measures(bilan, bilan.fiches[0]) == ()


def test_a_measure_in_words_has_no_panel(bilan: Bilan) -> None:
    chiffrees = [ligne for ligne in bilan.lignes if ligne.situee.mesure.type.chiffre]
    assert len(chiffrees) == len(bilan.lignes) - 1
    assert len(panels_of(bilan, bilan.fiches[0])) == len(chiffrees)


def test_amounts_too_long_for_half_the_width_take_it_all() -> None:
    courts = [finding(annee, 10) for annee in ANNEES]
    longs = [finding(annee, 123456789012345) for annee in ANNEES]
    lignes = (line_over(courts), line_over(longs), line_over(courts))
    dots = dots_of(image_of(bilan_over(ANNEES, *lignes)))
    largeurs = [dots[rang + 3][0] - dots[rang][0] for rang in (0, 4, 8)]
    assert largeurs[0] == largeurs[2]
    assert largeurs[1] > 2 * largeurs[0]


def test_many_measures_go_on_over_several_images() -> None:
    lignes = [line_over([finding(2025, 10)])] * (PAR_IMAGE + 1)
    bilan = bilan_over((2025,), *lignes)
    images = draw_measures(bilan, bilan.fiches[0])
    assert [image.fichier for image in images] == [
        "bilan-2025-mesures-1-1-partie-1.svg",
        "bilan-2025-mesures-1-1-partie-2.svg",
    ]
    assert [len(dots_of(image)) for image in images] == [PAR_IMAGE, 1]


def test_two_fiches_never_share_a_file_name(bilan: Bilan) -> None:
    (axe,) = bilan.axes
    (fiche,) = axe.fiches
    jumelle = replace(fiche, fiche=fiche.fiche.model_copy(update={"id": "1-1"}))
    deux = replace(bilan, axes=(replace(axe, fiches=(fiche, jumelle)),))
    noms = [image.fichier for f in deux.fiches for image in draw_measures(deux, f)]
    assert noms == ["bilan-2025-mesures-1-1.svg", "bilan-2025-mesures-1-1-bis.svg"]

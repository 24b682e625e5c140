from __future__ import annotations

import re

import pytest

from clsmon.model.releve import Avancement
from clsmon.render.charts import Graphique
from clsmon.render.charts.strip import HAUTEUR_PAGE, draw_strips
from clsmon.render.overview import AVANCEMENTS_MONTRES
from clsmon.render.spelling import spell_advance

from .samples import bilan_of_fiches, texts_of

EN_COURS, REALISEE = Avancement.EN_COURS, Avancement.REALISEE


def height_of(image: Graphique) -> float:
    (trouve,) = re.findall(r'viewBox="0 0 860 (\d+)"', image.svg)
    return float(trouve)


def test_each_fiche_has_a_word_for_each_year() -> None:
    (image,) = draw_strips(bilan_of_fiches([REALISEE, None], {2024: EN_COURS}))
    ecrits = texts_of(image)
    assert ecrits[0] == "Avancement de chaque fiche, 2024–2025"
    assert ecrits[1:3] == ["2024", "2025"]
    assert ecrits[3:7] == ["Axe 1 – Axe ordinaire", "1.1 Fiche ordinaire", "en cours", "réalisée"]
    assert ecrits[7:10] == ["1.2 Fiche ordinaire", "en cours", "non déclaré"]
    assert "1.1 Fiche ordinaire\u00a0: 2024 en cours, 2025 réalisée ; 1.2" in image.texte


def test_a_fiche_to_plan_and_a_year_out_of_force_are_told_apart() -> None:
    (image,) = draw_strips(bilan_of_fiches([REALISEE]))
    assert texts_of(image)[4:7] == ["1.1 Fiche ordinaire", "—", "réalisée"]
    assert texts_of(image)[7:] == ["Plateforme ordinaire", "—", "à programmer"]
    assert "Plateforme ordinaire\u00a0: 2024 non suivie, 2025 à programmer." in image.texte


def test_every_advance_is_a_word_beside_its_pattern() -> None:
    (image,) = draw_strips(bilan_of_fiches(list(AVANCEMENTS_MONTRES)))
    assert {spell_advance(a) for a in AVANCEMENTS_MONTRES} <= set(texts_of(image))
    assert image.svg.count('width="24.0" height="16.0"') == len(AVANCEMENTS_MONTRES)


def test_a_long_list_goes_on_over_several_images() -> None:
    images = draw_strips(bilan_of_fiches([EN_COURS] * 70))
    assert [image.fichier for image in images] == [
        f"bilan-2025-etats-{rang}.svg" for rang in range(1, len(images) + 1)
    ]
    assert images[0].titre.endswith(f"(1 sur {len(images)})")
    assert all(height_of(image) <= HAUTEUR_PAGE + 80 for image in images)
    noms = [texte for image in images for texte in texts_of(image) if "Fiche" in texte]
    assert noms == [f"1.{rang} Fiche ordinaire" for rang in range(1, 71)]


@pytest.mark.parametrize(
    ("anterieur", "images"),
    [
        pytest.param(None, 0, id="nothing was ever declared"),
        pytest.param(EN_COURS, 1, id="only last year was"),
    ],
)
def test_nothing_declared_draws_nothing(anterieur: Avancement | None, images: int) -> None:
    assert len(draw_strips(bilan_of_fiches([None], {2024: anterieur}))) == images

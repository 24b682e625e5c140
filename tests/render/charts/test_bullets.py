from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from clsmon.model.bilan import Bilan
from clsmon.model.indicateur import Cible
from clsmon.model.statut import Statut
from clsmon.render.charts.bullets import PAR_IMAGE, draw_bullets

from .samples import bilan_over, finding, line_over, marks_of, texts_of

CIBLE = Cible(annee=2028, valeur=Decimal(20))


def test_the_way_goes_from_the_initial_value_to_the_target(bilan: Bilan) -> None:
    (image,) = draw_bullets(bilan)
    phrase = (
        "valeur initiale\u00a0: 0, 2025\u00a0: 1\u00a0234,5 (APO ordinaire), "
        "cible\u00a0: 2\u00a0469 en 2028, chemin fait\u00a0: 50\u00a0%."
    )
    assert phrase in image.texte
    (depart,), (cible,) = marks_of(image, "depart"), marks_of(image, "cible")
    debut, fin = (float(trait[1:].split(",")[0]) for trait in (depart, cible))
    assert f'x="{debut:.1f}" y="11.0" width="{(fin - debut) / 2:.1f}"' in image.svg


def test_without_target_nothing_is_drawn() -> None:
    assert draw_bullets(bilan_over((2025,), line_over([finding(2025, 10)]))) == ()


def test_targets_nobody_has_answered_yet_are_not_drawn() -> None:
    muette = line_over([finding(2025, Statut.NON_REPONDU)], cible=CIBLE)
    assert draw_bullets(bilan_over((2025,), muette)) == ()


def test_a_missing_value_has_its_word_and_no_bar() -> None:
    muette = line_over([finding(2025, Statut.SANS_OBJET)], cible=CIBLE)
    dite = line_over([finding(2025, 10, incomplet=("sedap",))], cible=CIBLE)
    (image,) = draw_bullets(bilan_over((2025,), muette, dite))
    assert image.svg.count('height="14.0" fill="#0b5fa5"') == 1
    assert "2025\u00a0: sans objet · cible\u00a0: 20 en 2028" in texts_of(image)
    assert "2025\u00a0: 10 (incomplet) · cible\u00a0: 20 en 2028" in texts_of(image)
    assert "incomplet\u00a0: manque Sedap" in image.texte
    assert marks_of(image, "depart") == []


def test_many_targets_go_on_over_several_images() -> None:
    ligne = replace(line_over([finding(2025, 10)]), cible=CIBLE)
    images = draw_bullets(bilan_over((2025,), *[ligne] * (PAR_IMAGE + 2)))
    assert [image.fichier for image in images] == [
        "bilan-2025-cibles-1.svg",
        "bilan-2025-cibles-2.svg",
    ]
    assert [len(marks_of(image, "cible")) for image in images] == [PAR_IMAGE, 2]

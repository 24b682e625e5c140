"""A broken series: the old measure stands beside the new one, and nothing compares them."""

from __future__ import annotations

from datetime import date

from clsmon.analysis.bilan import compute_bilan
from clsmon.model.bilan import LigneMesure
from clsmon.render.excel_tables import measures_table
from clsmon.render.results import results_of

from .builder import CLE, dossier, fiche, measure, releve

NOUVELLE = "1.1/seances/seances"
FICHE = fiche(
    "1.1",
    measure(unite="ateliers", jusqua=2025),
    measure("seances", unite="séances", depuis=2026, succede_a=CLE),
)
RELEVES = [
    releve("a", reponse=12, exercice=2025),
    releve("b", reponse=30, cle=NOUVELLE, exercice=2026),
    releve("c", reponse=33, cle=NOUVELLE, exercice=2027),
]
DOSSIER = dossier(FICHE, releves=RELEVES)


def line(exercice: int) -> LigneMesure:
    (ligne,) = compute_bilan(DOSSIER, exercice, date(exercice + 1, 5, 1)).lignes
    return ligne


def test_each_year_is_judged_by_the_definition_in_force_that_year() -> None:
    assert [line(annee).situee.cle for annee in (2025, 2026, 2027)] == [CLE, NOUVELLE, NOUVELLE]


def test_the_break_holds_the_last_value_of_the_old_measure_and_compares_nothing() -> None:
    ligne = line(2026)
    assert ligne.rompue
    assert ligne.depuis_precedent is None
    assert ligne.rupture is not None
    assert ligne.rupture.ancienne.cle == CLE
    assert ligne.rupture.dernier is not None
    assert ligne.rupture.dernier.nombre == 12


def test_the_years_after_compare_with_the_new_measure() -> None:
    ligne = line(2027)
    assert not ligne.rompue
    assert ligne.depuis_precedent is not None
    assert ligne.depuis_precedent.difference == 3


def test_the_break_is_told_in_words_in_every_format() -> None:
    bilan = compute_bilan(DOSSIER, 2026, date(2027, 5, 1))
    (resultats,) = results_of(bilan, bilan.fiches[0])
    assert "série rompue" in resultats.tableau.lignes[0]
    assert [texte for r in resultats.remarques for texte in r.textes] == [
        (
            "Série rompue en 2026",
            "succède à «\u00a0Ateliers\u00a0» (ateliers), suivie jusqu’en 2025\u00a0: 12",
        )
    ]
    (rang,) = measures_table(bilan).lignes
    assert "série rompue" in rang
    assert any(str(cellule).startswith("Série rompue en 2026") for cellule in rang)


def test_a_measure_that_succeeds_nothing_has_no_break() -> None:
    assert line(2025).rupture is None

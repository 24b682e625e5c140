"""All the years together: each figure is that of its year's bilan, and breaks are seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clsmon.analysis.bilan import compute_bilan
from clsmon.analysis.evaluation import compute_evaluation
from clsmon.model.dossier import Dossier
from clsmon.model.evaluation import (
    EtatExercice,
    Evaluation,
    Serie,
    SituationPoint,
    SortFiche,
)
from clsmon.model.fiche import Fiche
from clsmon.model.releve import Etat, EtatAction, Releve
from clsmon.model.seance import Action, Avenant
from clsmon.model.statut import Statut
from clsmon.render.evaluation_series import disputed_table

from .builder import CLE, LAW, contest, dossier, examen, fiche, measure, releve, seance, to_plan

JOUR = date(2029, 4, 20)
ANNEES = (2024, 2025, 2026, 2027, 2028)
FLUX = measure(nature="flux")


def yearly(reponses: Mapping[int, Any], organisme: str = "ars", cle: str = CLE) -> list[Releve]:
    return [
        releve(f"{organisme}-{annee}", organisme, reponse, cle=cle, exercice=annee)
        for annee, reponse in reponses.items()
    ]


def told(etats: Mapping[int, str | None]) -> list[Releve]:
    """A relevé per year that says only how the fiche goes."""
    return [
        releve(f"ars-{annee}", exercice=annee, fiches={"1.1": {"avancement": etat}})
        for annee, etat in etats.items()
    ]


def serie_of(d: Dossier, cle: str = CLE, jour: date = JOUR) -> Serie:
    return next(s for s in compute_evaluation(d, jour).series if s.situee.cle == cle)


def facts_of(evaluation: Evaluation) -> str:
    return "\n".join(evaluation.faits).replace("\u00a0", " ").replace("’", "'")


@pytest.mark.parametrize(
    ("jour", "etats"),
    [
        pytest.param("2026-04-20", "rendu, rendu, à venir, à venir, à venir", id="en cours"),
        pytest.param("2027-01-31", "rendu, rendu, à venir, à venir, à venir", id="la veille"),
        pytest.param("2027-02-01", "rendu, rendu, sans retour, à venir, à venir", id="ouverte"),
        pytest.param(
            "2029-04-20", "rendu, rendu, sans retour, sans retour, sans retour", id="à la fin"
        ),
    ],
)
def test_a_year_counts_from_the_opening_of_its_campaign(jour: str, etats: str) -> None:
    d = dossier(
        releves=yearly({2024: 5, 2025: 6}), campagne={"ouverture": "02-01", "limite": "03-15"}
    )
    evaluation = compute_evaluation(d, date.fromisoformat(jour))
    assert ", ".join(annee.etat for annee in evaluation.annees) == etats
    assert [annee.exercice for annee in evaluation.annees] == list(ANNEES)


def test_without_campaign_a_year_counts_from_the_next_one() -> None:
    evaluation = compute_evaluation(dossier(), date(2025, 1, 1))
    assert [annee.etat for annee in evaluation.annees][:2] == [
        EtatExercice.SANS_RETOUR,
        EtatExercice.A_VENIR,
    ]


def test_an_answer_sent_early_makes_its_year_count() -> None:
    evaluation = compute_evaluation(dossier(releves=yearly({2025: 6})), date(2025, 6, 1))
    assert evaluation.annees[1].etat is EtatExercice.RENDU


def test_every_figure_is_that_of_the_bilan_of_its_year() -> None:
    d = dossier(
        fiche("1.1", FLUX, measure("taux", "taux"), repondants=("ars", "cpam")),
        fiche("2.1"),
        releves=[
            *yearly({2024: 5, 2025: 6, 2027: Etat.NON_DISPONIBLE}),
            *yearly({2024: 9, 2026: (3, 4)}, "cpam", "1.1/taux/taux"),
        ],
    )
    evaluation = compute_evaluation(d, JOUR)
    vus = 0
    for annee in evaluation.annees:
        bilan = compute_bilan(d, annee.exercice, JOUR)
        assert annee.bilan == bilan
        for ligne in bilan.lignes:
            (point,) = [
                p
                for s in evaluation.series
                if s.situee.cle == ligne.situee.cle
                for p in s.points
                if p.exercice == annee.exercice
            ]
            assert point.constat == ligne.constat
            vus += 1
    assert vus == 3 * len(ANNEES)


NOMBRES = st.dictionaries(st.sampled_from(ANNEES), st.integers(0, 500))


@LAW
@given(reponses=NOMBRES)
def test_a_flow_adds_up_to_its_years_whatever_they_are(reponses: dict[int, int]) -> None:
    d = dossier(fiche("1.1", FLUX), releves=yearly(reponses))
    serie = serie_of(d)
    assert serie.cumul == (Decimal(sum(reponses.values())) if reponses else None)
    assert set(serie.sans_valeur) == set(ANNEES) - set(reponses)


@LAW
@given(reponses=NOMBRES)
def test_a_year_more_changes_no_year_before(reponses: dict[int, int]) -> None:
    avant = serie_of(dossier(releves=yearly({a: n for a, n in reponses.items() if a < 2028})))
    apres = serie_of(dossier(releves=yearly({**reponses, 2028: 7})))
    assert avant.points[:-1] == apres.points[:-1]


@pytest.mark.parametrize(
    ("mesure", "reponses", "cumul", "manque"),
    [
        pytest.param(FLUX, {2024: 5, 2025: 6}, 11, (2026, 2027, 2028), id="un flux"),
        pytest.param(
            FLUX,
            {2024: 5, 2025: Etat.SANS_OBJET, 2026: 0, 2027: 1, 2028: 1},
            7,
            (),
            id="sans objet ne manque pas, zéro compte",
        ),
        pytest.param(
            FLUX,
            {2024: 5, 2025: Etat.NON_DISPONIBLE, 2026: 1, 2027: 1, 2028: 1},
            8,
            (2025,),
            id="non disponible manque",
        ),
        pytest.param(measure(nature="stock"), {2024: 5, 2025: 6}, None, (), id="un stock"),
        pytest.param(measure(), {2024: 5, 2025: 6}, None, (), id="nature inconnue"),
        pytest.param(
            measure(type_="taux", nature="flux"), {2024: (1, 2)}, None, (), id="jamais un taux"
        ),
        pytest.param(
            measure(nature="flux", reponses="separees"), {2024: 5}, None, (), id="réponses séparées"
        ),
        pytest.param(measure(type_="texte"), {2024: "Dit"}, None, (), id="un texte"),
    ],
)
def test_what_adds_up_from_year_to_year(
    mesure: dict[str, Any],
    reponses: Mapping[int, Any],
    cumul: int | None,
    manque: tuple[int, ...],
) -> None:
    serie = serie_of(dossier(fiche("1.1", mesure), releves=yearly(reponses)))
    assert (serie.cumul, serie.sans_valeur) == (cumul, manque)


def test_an_incomplete_sum_is_a_year_that_is_missing() -> None:
    somme = fiche("1.1", measure(nature="flux", reponses="somme"), repondants=("ars", "cpam"))
    releves = [*yearly({2024: 5, 2025: 6}), *yearly({2024: 1}, "cpam")]
    serie = serie_of(dossier(somme, releves=releves), jour=date(2026, 4, 20))
    assert (serie.cumul, serie.sans_valeur) == (Decimal(6), (2025,))
    assert serie.evolution is None


@pytest.mark.parametrize(
    ("reponses", "ecart"),
    [
        pytest.param({2024: 5, 2026: 8}, (3, 60), id="du premier au dernier, par-dessus un trou"),
        pytest.param({2025: 0, 2028: 4}, (4, None), id="aucun % depuis zéro"),
        pytest.param({2024: 5}, None, id="une seule année"),
        pytest.param({}, None, id="aucune"),
        pytest.param({2024: 5, 2025: Etat.NON_DISPONIBLE}, None, id="une seule valeur"),
    ],
)
def test_the_change_over_the_contract(reponses: Mapping[int, Any], ecart: Any) -> None:
    evolution = serie_of(dossier(releves=yearly(reponses))).evolution
    assert (evolution and (evolution.difference, evolution.pourcentage)) == ecart


def test_two_years_give_the_change_that_the_bilan_gives() -> None:
    d = dossier(releves=yearly({2024: 7, 2025: 9}))
    (ligne,) = compute_bilan(d, 2025, JOUR).lignes
    assert serie_of(d, jour=date(2026, 4, 20)).evolution == ligne.depuis_precedent is not None


def test_values_of_different_organisms_are_neither_compared_nor_added() -> None:
    f = fiche("1.1", FLUX, repondants=("ars", "cpam"))
    releves = [*yearly({2024: 5}), *yearly({2025: 9}, "cpam"), *yearly({2026: 6}, "ars")]
    d = dossier(f, releves=releves)
    serie = serie_of(d)
    assert (serie.cumul, serie.cumul_mele) == (None, True)
    assert (serie.repondant_change, serie.evolution is None) == (False, False)
    fin = serie_of(dossier(f, releves=releves[:2]))
    assert (fin.repondant_change, fin.evolution) == (True, None)


SUCCESSION = fiche(
    "1.1",
    measure("livres", jusqua=2025),
    measure("ouvrages", depuis=2026, succede_a="1.1/livres/livres"),
)


def test_a_measure_that_succeeds_another_breaks_the_series() -> None:
    releves = [
        *yearly({2024: 5, 2025: 6}, cle="1.1/livres/livres"),
        *yearly({2026: 20, 2027: 30}, cle="1.1/ouvrages/ouvrages"),
    ]
    evaluation = compute_evaluation(dossier(SUCCESSION, releves=releves), JOUR)
    livres, ouvrages = evaluation.series
    assert [p.situation for p in livres.points] == [
        *[SituationPoint.SUIVIE] * 2,
        *[SituationPoint.FINIE] * 3,
    ]
    assert [p.situation for p in ouvrages.points] == [
        *[SituationPoint.PAS_ENCORE] * 2,
        *[SituationPoint.SUIVIE] * 3,
    ]
    assert (livres.succede_a, ouvrages.succede_a) == (None, livres.situee)
    assert livres.evolution is not None
    assert ouvrages.evolution is not None
    assert (livres.evolution.difference, ouvrages.evolution.difference) == (Decimal(1), Decimal(10))
    assert "1 rupture de série" in facts_of(evaluation)


@pytest.mark.parametrize(
    ("mesure", "autres", "jour", "situations"),
    [
        pytest.param({}, {}, "2027-04-20", "suivie suivie suivie à_venir à_venir", id="à venir"),
        pytest.param(
            {"frequence": {"exercices": ["2027", "2028"]}},
            {},
            "2026-04-20",
            "non_demandée non_demandée non_demandée à_venir à_venir",
            id="due plus tard",
        ),
        pytest.param(
            {},
            {"vigueur": {"debut": "2025-05-01", "fin": "2026-06-30"}},
            "2029-04-20",
            "fiche_hors_vigueur suivie suivie fiche_hors_vigueur fiche_hors_vigueur",
            id="ajoutée puis retirée",
        ),
        pytest.param(
            {"jusqua": 2024},
            {},
            "2025-04-20",
            "suivie n’est_plus_suivie n’est_plus_suivie n’est_plus_suivie n’est_plus_suivie",
            id="finie avant d’être à venir",
        ),
    ],
)
def test_why_a_year_has_no_figure(
    mesure: dict[str, Any], autres: dict[str, Any], jour: str, situations: str
) -> None:
    d = dossier(fiche("1.1", measure(**mesure), **autres))
    points = serie_of(d, jour=date.fromisoformat(jour)).points
    assert " ".join(p.situation.replace(" ", "_") for p in points) == situations
    assert all((p.constat is None) == (p.situation != "suivie") for p in points)


@pytest.mark.parametrize(
    ("etats", "autres", "sorts"),
    [
        pytest.param({2024: "en_cours", 2025: "realisee"}, {}, (), id="suivie"),
        pytest.param(
            {2024: "non_demarree", 2025: "non_demarree"},
            {},
            (SortFiche.NON_DEMARREE,),
            id="jamais démarrée",
        ),
        pytest.param({2024: "non_demarree", 2025: "en_cours"}, {}, (), id="démarrée plus tard"),
        pytest.param({2024: None}, {}, (SortFiche.SANS_AVANCEMENT,), id="jamais déclaré"),
        pytest.param(
            {2024: "en_cours"},
            {"statut": "retiree", "vigueur": {"fin": "2025-06-30"}},
            (SortFiche.RETIREE,),
            id="retirée",
        ),
        pytest.param(
            {2026: "en_cours"},
            {"vigueur": {"debut": "2026-01-01", "fin": "2027-06-30"}},
            (SortFiche.AJOUTEE, SortFiche.RETIREE),
            id="ajoutée, puis retirée",
        ),
    ],
)
def test_what_became_of_a_fiche(
    etats: Mapping[int, str | None], autres: dict[str, Any], sorts: tuple[SortFiche, ...]
) -> None:
    (axe, _) = compute_evaluation(dossier(fiche(**autres), releves=told(etats)), JOUR).axes
    assert axe.fiches[0].sorts == sorts


def test_a_fiche_to_plan_is_there_without_figures() -> None:
    evaluation = compute_evaluation(dossier(fiche(), to_plan("parentalite")), JOUR)
    _, prevue = evaluation.axes[0].fiches
    assert (prevue.sorts, prevue.series, prevue.bilans) == ((SortFiche.A_PROGRAMMER,), (), ())
    assert "1 fiche non programmée à ce jour : « Fiche parentalite »." in facts_of(evaluation)


def test_fiches_without_axis_come_last() -> None:
    sans_axe: Fiche = fiche("9.1", axe=None)
    axes = compute_evaluation(dossier(fiche(), sans_axe), JOUR).axes
    assert [axe.axe.id if axe.axe else None for axe in axes] == ["1", "2", None]
    assert [f.fiche.id for f in axes[-1].fiches] == ["9.1"]


def never(releves: Sequence[Releve], jour: date = date(2026, 4, 20)) -> list[tuple[str, str]]:
    f = fiche("1.1", measure(), measure("livres"), repondants=("ars", "cpam"))
    evaluation = compute_evaluation(dossier(f, releves=releves), jour)
    return [(s.organisme, s.situee.mesure.id) for s in evaluation.sans_reponse]


@pytest.mark.parametrize(
    ("premiere", "seconde", "sans"),
    [
        pytest.param(5, 6, False, id="répondue"),
        pytest.param(5, None, False, id="répondue une fois"),
        pytest.param({"valeur": "40", "etat": "estime"}, None, False, id="estimée une fois"),
        pytest.param(Etat.SANS_OBJET, None, False, id="sans objet est une réponse"),
        pytest.param(0, None, False, id="zéro est une réponse"),
        pytest.param(None, None, True, id="jamais"),
        pytest.param(Etat.NON_DISPONIBLE, Etat.NON_DISPONIBLE, True, id="jamais disponible"),
        pytest.param({"etat": "a_verifier", "saisi": "dix"}, None, True, id="à vérifier"),
    ],
)
def test_what_was_never_answered(premiere: Any, seconde: Any, sans: bool) -> None:
    dites = yearly({2024: premiere, 2025: seconde})
    assert (("ars", "ateliers") in never(dites)) is sans


def test_never_answered_goes_by_organism_then_by_measure() -> None:
    assert never([]) == [
        (code, mesure) for code in ("ars", "cpam") for mesure in ("ateliers", "livres")
    ]


def test_what_was_said_each_year_stays_with_it() -> None:
    d = dossier(releves=yearly({2024: Etat.NON_DISPONIBLE, 2025: None}))
    (sans,) = compute_evaluation(d, date(2026, 4, 20)).sans_reponse
    assert sans.statuts == ((2024, Statut.NON_DISPONIBLE), (2025, Statut.NON_REPONDU))


def test_a_measure_of_a_year_to_come_is_not_unanswered() -> None:
    d = dossier(fiche("1.1", measure(depuis=2027)))
    assert compute_evaluation(d, date(2026, 4, 20)).sans_reponse == ()


def test_disputed_figures_stay_so_until_arbitration_and_are_seen_after() -> None:
    arbitrage = {
        "id": "D1",
        "nature": "arbitrage",
        "objet": CLE,
        "exercice": 2024,
        "retient": {"organisme": "cpam"},
    }
    releves = [*yearly({2024: 5, 2025: 6}), *yearly({2024: 9, 2025: 9}, "cpam")]
    d = dossier(
        fiche(repondants=("ars", "cpam")),
        releves=releves,
        seances=[seance("2026-03-01-copil", arbitrage)],
    )
    evaluation = compute_evaluation(d, date(2026, 4, 20))
    vus = [
        (x.exercice, x.ligne.constat.arbitrage, x.ligne.constat.nombre) for x in evaluation.discutes
    ]
    assert vus == [(2024, "2026-03-01-copil/D1", Decimal(9)), (2025, "", Decimal(6))]
    assert "2 chiffres discutés, dont 1 arbitré." in facts_of(evaluation)


def test_a_contested_figure_is_disputed_even_with_one_answer() -> None:
    d = dossier(
        releves=yearly({2024: 5, 2025: 6}),
        examens=[examen("cpam-1", "cpam", {CLE: contest(8, "6")})],
    )
    evaluation = compute_evaluation(d, date(2026, 4, 20))
    (discute,) = evaluation.discutes
    assert (discute.exercice, discute.ligne.constat.nombre) == (2025, Decimal(6))
    assert "1 chiffre discuté, dont aucun arbitré." in facts_of(evaluation)
    (ligne,) = disputed_table(evaluation).lignes
    assert str(ligne[3]).replace("\u00a0", " ") == (
        "ARS : 6 ; CPAM conteste : 8 au lieu de 6 — motif : Compté deux fois — source : Registre "
        "(cpam-1.xlsx, Chiffres!I4)"
    )


def test_all_decisions_are_there_with_what_became_of_them() -> None:
    prises = seance(
        "2025-05-13-copil",
        {"id": "D1", "nature": "autre", "etat": "realisee"},
        {"id": "D2", "nature": "autre", "etat": "abandonnee"},
        {"id": "D3", "nature": "autre", "echeance": "2025-12-31"},
    )
    a_venir = seance("2030-05-13-copil", {"id": "D1", "nature": "autre"})
    prevue = seance("2028-05-13-copil", {"id": "D1", "nature": "autre"}, etat="prevue")
    evaluation = compute_evaluation(dossier(seances=[prises, a_venir, prevue]), JOUR)
    assert [s.nom[-2:] for s in evaluation.decisions] == ["D1", "D2", "D3"]
    phrase = "3 décisions prises : 1 réalisée ; 1 abandonnée ; 1 ouverte, en retard."
    assert phrase in facts_of(evaluation)


def test_meetings_are_counted_by_civil_year_and_only_when_held() -> None:
    seances = [
        seance("2024-05-13-copil"),
        seance("2024-11-13-copil"),
        seance("2025-05-13-copil", etat="prevue"),
        seance("2026-05-13-copil"),
    ]
    instances = {"copil": {"nom": "Comité de pilotage", "minimum_annuel": 1}}
    evaluation = compute_evaluation(
        dossier(seances=seances, instances=instances), date(2026, 4, 20)
    )
    assert [a.seances[0].tenues for a in evaluation.annees] == [2, 0, 0, None, None]
    assert {a.seances[0].minimum for a in evaluation.annees} == {1}


def test_actions_realised_are_counted_by_year() -> None:
    actions = tuple(Action.model_validate({"id": f"a{n}", "libelle": "x"}) for n in (1, 2, 3))
    etats = {"a1": "realisee", "a2": "reportee"}
    d = replace(
        dossier(releves=[releve("ars-1", exercice=2026, fiches={"1.1": {"programme": etats}})]),
        programmes={2026: {"1.1": actions}},
    )
    annees = {a.exercice: a for a in compute_evaluation(d, JOUR).annees}
    comptes = [annees[2026].count_actions(e) for e in (EtatAction.REALISEE, None)]
    assert comptes == [1, 1]
    assert [len(a.actions) for a in annees.values()] == [0, 0, 3, 0, 0]


def test_amendments_are_in_their_order() -> None:
    avenants = tuple(
        Avenant.model_validate({"numero": n, "objet": "x", "nature": "duree", "signe_le": jour})
        for n, jour in ((10, None), (2, "2026-05-01"))
    )
    evaluation = compute_evaluation(replace(dossier(), avenants=avenants), JOUR)
    assert [a.numero for a in evaluation.avenants] == [2, 10]
    assert "2 avenants, dont 1 signé." in facts_of(evaluation)


def test_adoption_names_its_decision() -> None:
    d = dossier(exercices={2025: {"adopte": "2026-05-12-copil/D1"}})
    assert [a.adopte for a in compute_evaluation(d, JOUR).annees][1] == "2026-05-12-copil/D1"


def test_a_contract_without_anything_is_still_told() -> None:
    evaluation = compute_evaluation(dossier(), date(2024, 1, 1))
    assert (evaluation.bilans, evaluation.fictif) == ((), False)
    assert facts_of(evaluation) == (
        "Le contrat prend fin le 31/12/2028 (provisoire : la date de signature n'est pas connue).\n"
        "Réponses reçues pour 0 exercice sur 5 ; à venir : 2024, 2025, 2026, 2027 et 2028.\n"
        "1 fiche suivie."
    )


def test_one_fictitious_year_makes_all_of_it_fictitious() -> None:
    d = dossier(releves=[releve("ars-1", reponse=5, fictif="true")])
    assert compute_evaluation(d, JOUR).fictif

"""The Dijon contract as data holds what the text of the contract holds."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clsmon.analysis.secrecy.persons import counts_persons
from clsmon.model.dossier import Dossier
from clsmon.model.fiche import StatutFiche
from clsmon.model.indicateur import TypeMesure

# fiche: indicators, compound indicators, measures
COUNTS = {
    "1.1": (3, 1, 4),
    "1.2": (9, 3, 12),
    "2.1": (4, 4, 8),
    "2.2": (4, 4, 8),
    "2.3": (8, 2, 11),
    "3.1": (10, 1, 11),
    "3.2": (4, 2, 6),
    "3.3": (4, 3, 7),
    "3.4": (4, 1, 5),
    "3.5": (5, 0, 5),
    "4.1": (4, 0, 4),
    "4.2": (7, 2, 9),
    "4.3": (4, 2, 6),
    "4.4": (5, 3, 9),
    "5.1": (6, 1, 7),
    "5.2": (3, 0, 3),
}


def test_the_contract_has_five_axes_sixteen_written_sheets_and_six_to_come(dijon: Dossier) -> None:
    written = [f.id for f in dijon.fiches if f.statut is StatutFiche.PROGRAMMEE]
    to_come = [f for f in dijon.fiches if f.statut is StatutFiche.A_PROGRAMMER]
    assert len(dijon.contrat.axes) == 5
    assert written == list(COUNTS)
    assert {f.axe: sum(g.axe == f.axe for g in to_come) for f in to_come} == {"1": 3, "3": 3}
    assert all(not f.porteurs and not f.indicateurs for f in to_come)


@pytest.mark.parametrize("fiche", COUNTS)
def test_a_sheet_has_the_indicators_of_the_text(dijon: Dossier, fiche: str) -> None:
    indicateurs = dijon.fiche[fiche].indicateurs
    compound = [i for i in indicateurs if len(i.mesures) > 1]
    mesures = sum(len(i.mesures) for i in indicateurs)
    assert (len(indicateurs), len(compound), mesures) == COUNTS[fiche]


def test_eighty_four_indicators_twenty_nine_compound(dijon: Dossier) -> None:
    indicateurs = [i for f in dijon.fiches for i in f.indicateurs]
    assert len(indicateurs) == 84
    assert sum(len(i.mesures) > 1 for i in indicateurs) == 29
    assert len(dijon.mesures) == 115


def test_parties_communes_instances_and_glossary(dijon: Dossier) -> None:
    contrat = dijon.contrat
    assert len(contrat.signataires) == 13
    copilots = [code for code, o in contrat.organismes.items() if o.copilote]
    assert copilots == ["ars", "dijon-metropole"]
    assert len(contrat.territoire.communes) == 23
    minimums = {code: i.minimum_annuel for code, i in contrat.instances.items()}
    assert minimums == {"cotech": 2, "copil": 1, "conference": 1, "groupe-travail": None}
    assert next(iter(contrat.glossaire)) == "ACI"
    assert list(contrat.glossaire)[-1] == "QPV"


def test_six_amounts_are_stated(dijon: Dossier) -> None:
    amounts = {
        f.id: ligne.montant
        for f in dijon.fiches
        for ligne in f.financement
        if ligne.montant is not None
    }
    assert amounts == {
        "1.2": Decimal(45000),
        "2.1": Decimal(20000),
        "2.2": Decimal(40000),
        "2.3": Decimal(171350),
        "3.1": Decimal(30000),
        "3.3": Decimal(40000),
    }
    assert sum(amounts.values()) == 346350


def test_initial_values_absent_empty_and_zero_are_three_things(dijon: Dossier) -> None:
    texts = {f.id: f.suivi.valeur_initiale_texte for f in dijon.fiches if f.id in COUNTS}
    assert sum(text == "0" for text in texts.values()) == 2
    assert sum(text == "" for text in texts.values()) == 7
    assert sum(text is None for text in texts.values()) == 7
    initial = {cle: s.mesure.valeur_initiale for cle, s in dijon.mesures.items()}
    stated = {cle: v.valeur for cle, v in initial.items() if v is not None}
    assert [cle for cle, valeur in stated.items() if valeur != 0] == [
        "1.1/dispositifs-implantes/dispositifs"
    ]
    assert all(dijon.mesures[cle].mesure.type is TypeMesure.NOMBRE for cle in stated)


def test_the_contract_sets_no_target(dijon: Dossier) -> None:
    assert not [cle for cle, s in dijon.mesures.items() if s.mesure.cibles]


def test_every_asked_measure_has_someone_who_answers(dijon: Dossier) -> None:
    for exercice in dijon.contrat.periode.exercices:
        for situee in dijon.demandees(exercice):
            assert situee.repondants, situee.cle
    assert len(dijon.repondants(2025)) == 15


def test_computed_and_final_measures_are_not_asked_too_early(dijon: Dossier) -> None:
    asked = {situee.cle for situee in dijon.demandees(2025)}
    computed = {cle for cle, s in dijon.mesures.items() if s.mesure.calcul}
    assert len(computed) == 3
    assert not asked & computed
    final = "5.2/marche-public/lance"
    due = {e for e in dijon.contrat.periode.exercices for s in dijon.demandees(e) if s.cle == final}
    assert due <= {2027, 2028}


def test_territory_and_region_stand_side_by_side(dijon: Dossier) -> None:
    assert len(dijon.contexte) == 43
    both = [e for e in dijon.contexte if {"metropole", "bfc"} <= e.valeurs.keys()]
    assert len(both) >= 20
    unemployment = next(e for e in dijon.contexte if "chômage" in e.libelle.casefold())
    assert unemployment.valeurs == {"metropole": Decimal("13.7"), "bfc": Decimal("12.2")}


def test_what_is_done_for_one_person_counts_persons(dijon: Dossier) -> None:
    """Three exits from a mental health team are three persons: few of them are a secret."""
    actes = {
        "1.2/accompagnements-individuels/accompagnements",
        "1.2/orientations/orientations",
        "2.3/accompagnements/accompagnements",
        "2.3/accompagnements/co-evaluations",
        "2.3/sorties/sorties",
    }
    assert all(counts_persons(dijon.mesures[cle].mesure) for cle in actes)

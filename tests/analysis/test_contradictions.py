"""Two answers of one organisme to one measure: a question, whatever code it had then."""

from __future__ import annotations

from clsmon.analysis.contradictions import find_contradictions
from tests.analysis.builder import CLE, EXERCICE, dossier, fiche, releve

VILLE = fiche(repondants=["ville"])


def test_an_answer_under_a_former_code_contradicts_the_one_under_the_new_code() -> None:
    anciens = [releve("mairie-1", "mairie", 11), releve("ville-1", "ville", 12)]
    ouvert = dossier(VILLE, releves=anciens)
    (contradiction,) = find_contradictions(ouvert, EXERCICE, "ville")
    assert contradiction.nom == ouvert.mesures[CLE].nom
    assert [(r.releve, r.fichier, r.cellule, r.texte) for r in contradiction.reponses] == [
        ("mairie-1", "mairie-1.xlsx", "Saisie!H3", "11"),
        ("ville-1", "ville-1.xlsx", "Saisie!H3", "12"),
    ]


def test_the_same_answer_under_both_codes_asks_nothing() -> None:
    pareils = [releve("mairie-1", "mairie", 12), releve("ville-1", "ville", 12)]
    assert not list(find_contradictions(dossier(VILLE, releves=pareils), EXERCICE, "ville"))


def test_a_correction_made_under_the_new_code_replaces_what_was_said_under_the_former() -> None:
    corrige = releve("ville-1", "ville", 12, remplace=["mairie-1"])
    ouvert = dossier(VILLE, releves=[releve("mairie-1", "mairie", 11), corrige])
    assert not list(find_contradictions(ouvert, EXERCICE, "ville"))

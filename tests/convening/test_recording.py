"""The workbook « Séance » comes back: all of it is recorded, or nothing is and each cell asks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from clsmon.model.seance import EtatDecision, EtatSeance, NatureDecision, Seance
from clsmon.opening import require_dossier
from clsmon.preparing import prepare_meeting
from tests.conftest import copy_dijon
from tests.meetings import (
    EXERCICE,
    NOM,
    TENUE,
    Tape,
    collect,
    fill,
    held,
    make_form,
    said,
    set_fact,
)

SEANCE, PROGRAMME = f"data/seances/{NOM}.yaml", "data/programmes/2026.yaml"

A_LA_MAIN = """\
# écrit à la main
instance: copil
date: 2026-05-12
etat: tenue
ordre_du_jour: {envoye_le: 2026-04-20, points: ["Bilan 2025", "Fiche  3.5"]}
convoques: [ville-dijon, ars, dijon-metropole]
presents: [dijon-metropole, ville-dijon]
excuses: [ars]
decisions:
  - id: D2
    nature: retrait_fiche
    objet: "3.5"
    effet_le: 2026-12-31
    texte: |
      Sur deux lignes,
      avec une fin.
    responsable: dijon-metropole
    etat: realisee
  - {id: 2026-1, nature: autre, objet: un objet libre, texte: Se revoir, echeance: 2026-09-30}
  - {id: D9, nature: arbitrage, objet: 1.1/rencontres/rencontres, exercice: 2025,
     retient: {valeur: 12.5}}
"""
ACTIONS = """\
"4.1":
  - {id: a7, libelle: Questionnaire, organisme: ars, echeance: 2026-06,
     decision: 2026-05-12-copil/D9}
  - {id: a1, libelle: Sans décision}
"""


def write(racine: Path, fichier: str, texte: str) -> None:
    chemin = racine / fichier
    chemin.parent.mkdir(parents=True, exist_ok=True)
    chemin.write_text(texte, encoding="utf-8")


def meeting(racine: Path) -> Seance:
    (seance,) = require_dossier(racine).seances
    return seance


def test_a_filled_workbook_becomes_the_meeting_and_its_programme(copie: Path) -> None:
    collecte = collect(copie, held(copie))
    assert said(collecte) == []
    assert (collecte.nouveau, collecte.destination) == (True, SEANCE)
    assert collecte.resume == "séance du 12/05/2026 : 6 décisions, 2 présents sur 34 convoqués"
    seance = meeting(copie)
    assert (seance.etat, seance.exercice) == (EtatSeance.TENUE, EXERCICE)
    assert seance.ordre_du_jour.envoye_le == date(2026, 4, 20)
    assert (seance.presents, seance.excuses) == (("ars", "dijon-metropole"), ("prefecture",))
    assert "conseil-regional" not in seance.convoques
    retrait, cible, arbitrage, avenant = (seance.decisions[rang] for rang in (1, 2, 3, 5))
    assert (retrait.id, retrait.nature) == ("D2", NatureDecision.RETRAIT_FICHE)
    assert (retrait.objet, retrait.effet_le) == ("3.5", date(2026, 12, 31))
    assert (retrait.responsable, retrait.echeance) == ("dijon-metropole", date(2026, 9, 30))
    assert (cible.objet, cible.annee, str(cible.valeur)) == ("2.3/sorties/sorties", 2028, "23")
    assert (arbitrage.exercice, arbitrage.retient and arbitrage.retient.organisme) == (2025, "ars")
    assert (avenant.echeance, avenant.etat) == (date(2026, 12, 12), EtatDecision.REALISEE)
    programme = require_dossier(copie).programmes[2026]
    assert programme["4.1"][0].model_dump(exclude_defaults=True) == {
        "id": "a1",
        "libelle": "Questionnaire aux mairies",
        "organisme": "dijon-metropole",
        "echeance": "juin 2026",
        "decision": f"{NOM}/D5",
    }
    assert programme["3.1"][0].decision == f"{NOM}/D5"


def test_reading_it_again_changes_no_byte(copie: Path) -> None:
    octets = held(copie)
    collect(copie, octets)
    avant = {f: (copie / f).read_bytes() for f in (SEANCE, PROGRAMME)}
    collecte = collect(copie, octets)
    assert (collecte.nouveau, said(collecte)) == (False, [])
    assert {f: (copie / f).read_bytes() for f in avant} == avant


def test_an_untouched_workbook_gives_the_same_yaml_back(copie: Path) -> None:
    write(copie, SEANCE, A_LA_MAIN)
    write(copie, PROGRAMME, ACTIONS)
    avant = (copie / SEANCE).read_bytes(), (copie / PROGRAMME).read_bytes()
    collecte = collect(copie, make_form(copie))
    assert (said(collecte), collecte.nouveau, collecte.destination) == ([], False, SEANCE)
    assert ((copie / SEANCE).read_bytes(), (copie / PROGRAMME).read_bytes()) == avant


def test_what_the_workbook_changes_is_all_that_changes(copie: Path) -> None:
    write(copie, SEANCE, A_LA_MAIN)
    write(copie, PROGRAMME, ACTIONS)
    ancienne = meeting(copie)
    collecte = collect(copie, fill(make_form(copie), {("Décisions", 1): {"etat": "abandonnée"}}))
    assert collecte.ecarts == ("2026-1, état : ouverte → abandonnée",)
    nouvelle = meeting(copie)
    etats = [d.etat for d in nouvelle.decisions]
    assert etats == [EtatDecision.REALISEE, EtatDecision.ABANDONNEE, EtatDecision.OUVERTE]
    autre = ancienne.decisions[1].model_copy(update={"etat": EtatDecision.ABANDONNEE})
    attendue = (ancienne.decisions[0], autre, ancienne.decisions[2])
    assert nouvelle.model_copy(update={"origine": None}) == ancienne.model_copy(
        update={"decisions": attendue}
    )
    assert (copie / PROGRAMME).read_text(encoding="utf-8") == ACTIONS


def test_comments_that_cannot_be_kept_are_said_with_their_text(copie: Path) -> None:
    write(copie, SEANCE, A_LA_MAIN)
    collecte = collect(copie, fill(make_form(copie), {("Décisions", 1): {"etat": "abandonnée"}}))
    assert said(collecte) == ["seance.xlsx FOR037 alerte"]
    assert "ligne 1 « # écrit à la main »" in collecte.anomalies[0].message


@pytest.mark.parametrize("suffixe", ["ods", "xls"])
def test_the_same_meeting_from_the_three_formats(suffixe: str, copie: Path) -> None:
    recu = (Path(__file__).parent / f"seance.{suffixe}").read_bytes()
    assert said(collect(copie, recu, f"seance.{suffixe}")) == []
    seance, programme = meeting(copie), dict(require_dossier(copie).programmes[2026])
    for fichier in (SEANCE, PROGRAMME):
        (copie / fichier).unlink()
    collect(copie, held(copie))
    sans = {"origine": None}
    assert seance.model_copy(update=sans) == meeting(copie).model_copy(update=sans)
    assert programme == dict(require_dossier(copie).programmes[2026])


Saisies = Mapping[tuple[str, int], Mapping[str, Tape]]
QUESTIONS: dict[str, tuple[Saisies, list[str]]] = {
    "nature inconnue": (
        {("Décisions", 0): {"nature": "vœu"}},
        ["Décisions!B3 SAI013 erreur"],
    ),
    "décision sans nature": (
        {("Décisions", 0): {"texte": "Se revoir"}},
        ["Décisions!B3 SAI037 erreur"],
    ),
    "décision sans numéro": (
        {("Décisions", 0): {"nature": "autre", "id": None}},
        ["Décisions!A3 SAI037 erreur"],
    ),
    "numéro impossible": (
        {("Décisions", 0): {"nature": "autre", "id": "D 1"}},
        ["Décisions!A3 SAI037 erreur"],
    ),
    "deux fois le même numéro": (
        {
            ("Décisions", 0): {"nature": "autre"},
            ("Décisions", 1): {"nature": "autre", "id": "d1"},
        },
        ["Décisions!A4 SEA025 erreur"],
    ),
    "organisme inconnu": (
        {("Décisions", 0): {"nature": "autre", "responsable": "Dijon métropol"}},
        ["Décisions!E3 SAI038 erreur"],
    ),
    "fiche inconnue": (
        {("Décisions", 0): {"nature": "modification d’une fiche", "objet": "9.9"}},
        ["Décisions!C3 SAI038 erreur"],
    ),
    "une fiche là où une mesure est attendue": (
        {("Décisions", 0): {"nature": "cible", "objet": "2.3", "annee": 2028, "valeur": 1}},
        ["Décisions!C3 SAI038 erreur"],
    ),
    "retrait sans objet": (
        {("Décisions", 0): {"nature": "retrait d’une fiche"}},
        ["Décisions!B3 SEA027 erreur", "Décisions!B3 SEA037 alerte"],
    ),
    "cible sans année ni valeur": (
        {("Décisions", 0): {"nature": "cible", "objet": "2.3/sorties/sorties"}},
        ["Décisions!B3 SEA028 erreur"],
    ),
    "arbitrage qui retient les deux": (
        {
            ("Décisions", 0): {
                "nature": "arbitrage",
                "objet": "2.3/sorties/sorties",
                "exercice": 2025,
                "retient_organisme": "ARS",
                "retient_valeur": 3,
            }
        },
        ["Décisions!H3 SEA028 erreur"],
    ),
    "année hors du contrat": (
        {("Décisions", 0): {"nature": "adoption du bilan", "exercice": 2031}},
        ["Décisions!H3 SEA029 erreur"],
    ),
    "année en mots": (
        {("Décisions", 0): {"nature": "adoption du bilan", "exercice": "l'an dernier"}},
        ["Décisions!H3 SAI002 erreur"],
    ),
    "date sans année": (
        {("Décisions", 0): {"nature": "autre", "echeance": "12/05/26"}},
        ["Décisions!F3 SAI036 erreur"],
    ),
    "nombre à la place d'une date": (
        {("Décisions", 0): {"nature": "autre", "echeance": "46154"}},
        ["Décisions!F3 SAI036 erreur"],
    ),
    "valeur estimée": (
        {
            ("Décisions", 0): {
                "nature": "cible",
                "objet": "2.3/sorties/sorties",
                "annee": 2028,
                "valeur": "environ 20",
            }
        },
        ["Décisions!K3 SAI002 erreur"],
    ),
    "coordonnées d'une personne": (
        {("Décisions", 0): {"nature": "autre", "texte": "voir avec x.y@exemple.fr"}},
        ["Décisions!D3 SAI027 erreur"],
    ),
    "fiche devenue un nombre": (
        {("Programme", 0): {"fiche": 1.1, "libelle": "Action", "decision": ""}},
        ["Programme!B3 SEA060 alerte", "Programme!F3 SAI037 erreur"],
    ),
    "présence inconnue": (
        {("Présence", 0): {"presence": "peut-être"}},
        ["Présence!C3 SAI013 erreur"],
    ),
    "présence de personne": (
        {("Présence", 35): {"presence": "présent"}},
        ["Présence!A38 SAI037 erreur"],
    ),
    "deux lignes pour un organisme": (
        {("Présence", 35): {"organisme": "ARS", "presence": "présent"}},
        ["Présence!A38 SAI039 erreur"],
    ),
    "convoqué illisible": (
        {("Présence", 0): {"convoque": "à voir"}},
        ["Présence!B3 SAI013 erreur"],
    ),
    "action sans décision": (
        {("Programme", 0): {"fiche": "3.1", "libelle": "Former"}},
        ["Programme!B3 SEA060 alerte", "Programme!F3 SAI037 erreur"],
    ),
    "action sans libellé ni fiche": (
        {("Programme", 0): {"organisme": "ARS"}},
        ["Programme!A3 SAI037 erreur", "Programme!C3 SAI037 erreur"],
    ),
    "décision inconnue": (
        {("Programme", 0): {"fiche": "3.1", "libelle": "Former", "decision": "D4"}},
        ["Programme!F3 SAI038 erreur"],
    ),
}


@pytest.fixture(scope="module")
def ouverte(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The workbook of a COPIL that was held, nothing else typed."""
    racine = copy_dijon(tmp_path_factory.mktemp("ouverte"))
    return set_fact(make_form(racine), "etat", "tenue")


@pytest.mark.parametrize(("saisies", "attendues"), QUESTIONS.values(), ids=QUESTIONS)
def test_one_doubtful_cell_and_nothing_is_written(
    saisies: Saisies, attendues: list[str], ouverte: bytes, copie: Path
) -> None:
    collecte = collect(copie, fill(ouverte, saisies))
    assert said(collecte) == attendues
    assert (collecte.refusee, collecte.nouveau) == (True, False)
    assert not (copie / "data" / "seances").exists()
    assert not (copie / "data" / "programmes").exists()


def test_a_suggestion_goes_with_an_unknown_name(copie: Path) -> None:
    saisies = {("Décisions", 0): {"nature": "autre", "responsable": "Dijon métropol"}}
    (anomalie,) = collect(copie, fill(make_form(copie), saisies)).anomalies
    assert "vouliez-vous dire « Dijon métropole » ?" in anomalie.message


def test_an_alert_is_recorded_and_said_at_its_cell(copie: Path) -> None:
    saisies = {("Décisions", 0): {"nature": "retrait d’une fiche", "objet": "3.5"}}
    octets = fill(set_fact(make_form(copie), "etat", "tenue"), saisies)
    collecte = collect(copie, octets)
    assert (said(collecte), collecte.nouveau) == (["Décisions!B3 SEA037 alerte"], True)


def test_dry_run_writes_nothing_and_says_what_would_change(copie: Path) -> None:
    collecte = collect(copie, held(copie), ecrire=False)
    assert collecte.nouveau
    assert "D2, objet : (vide) → 3.5" in collecte.ecarts
    assert not (copie / SEANCE).exists()


def test_the_evidence_is_kept_beside_the_other_returns(copie: Path) -> None:
    octets = held(copie)
    collect(copie, octets)
    assert (copie / "retours" / str(EXERCICE) / "seance.xlsx").read_bytes() == octets


def test_the_same_workbook_filled_further_is_taken(copie: Path) -> None:
    octets = make_form(copie)
    assert meeting_after(copie, octets, "avant.xlsx").etat is EtatSeance.PREVUE
    rempli = fill(set_fact(octets, "etat", "tenue"), {("Décisions", 0): {"nature": "autre"}})
    collecte = collect(copie, rempli, "apres.xlsx")
    assert said(collecte) == ["apres.xlsx FOR036 alerte"]
    assert meeting(copie).etat is EtatSeance.TENUE
    assert said(collect(copie, octets, "avant.xlsx")) == []
    assert meeting(copie).etat is EtatSeance.TENUE


def meeting_after(racine: Path, octets: bytes, nom: str) -> Seance:
    collect(racine, octets, nom)
    return meeting(racine)


def test_what_changed_in_between_is_not_overwritten(copie: Path) -> None:
    octets = held(copie)
    write(copie, SEANCE, A_LA_MAIN)
    collecte = collect(copie, octets)
    assert said(collecte) == ["seance.xlsx FOR034 erreur"]
    assert f"clsmon forms --seance {NOM}" in collecte.anomalies[0].conseil
    assert (copie / SEANCE).read_text(encoding="utf-8") == A_LA_MAIN


def test_an_edit_by_hand_after_a_collection_stops_the_older_workbook(copie: Path) -> None:
    octets = make_form(copie)
    collect(copie, octets)
    texte = (copie / SEANCE).read_text(encoding="utf-8").replace("prevue", "tenue")
    write(copie, SEANCE, texte)
    plus = fill(octets, {("Présence", 0): {"presence": "présent"}})
    assert said(collect(copie, plus, "plus.xlsx")) == ["plus.xlsx FOR034 erreur"]
    assert (copie / SEANCE).read_text(encoding="utf-8") == texte


def test_a_programme_changed_by_another_meeting_only_stops_who_changes_it(copie: Path) -> None:
    octets = set_fact(make_form(copie), "etat", "tenue")
    write(copie, PROGRAMME, '"4.1": [{id: a1, libelle: Questionnaire}]\n')
    assert said(collect(copie, octets)) == []
    saisies: Saisies = {
        ("Décisions", 0): {"nature": "programme annuel"},
        ("Programme", 0): {"fiche": "3.1", "libelle": "Former"},
    }
    assert said(collect(copie, fill(octets, saisies), "b.xlsx")) == ["b.xlsx FOR034 erreur"]


def test_a_taken_decision_is_not_erased(copie: Path) -> None:
    collect(copie, held(copie))
    vide: Saisies = {("Décisions", 5): dict.fromkeys(("nature", "responsable", "echeance", "etat"))}
    collecte = collect(copie, fill(make_form(copie), vide), "sans.xlsx")
    assert said(collecte) == ["sans.xlsx FOR038 erreur"]
    assert "D6" in collecte.anomalies[0].message


def test_an_action_taken_out_of_the_programme_is_said(copie: Path) -> None:
    collect(copie, held(copie))
    vide: Saisies = {("Programme", 1): dict.fromkeys(("fiche", "libelle", "organisme", "decision"))}
    collecte = collect(copie, fill(make_form(copie), vide), "sans.xlsx")
    assert said(collecte) == ["sans.xlsx FOR039 alerte"]
    assert list(require_dossier(copie).programmes[2026]) == ["4.1"]


def test_the_programme_of_a_planned_meeting_waits(copie: Path) -> None:
    saisies = {("Programme", 0): {"fiche": "3.1", "libelle": "Former"}}
    collecte = collect(copie, fill(make_form(copie), saisies))
    assert said(collecte) == ["seance.xlsx FOR039 alerte"]
    assert (copie / SEANCE).exists()
    assert not (copie / PROGRAMME).exists()


def test_what_would_break_another_file_is_refused(copie: Path) -> None:
    collect(copie, held(copie))
    fiche = copie / "data" / "fiches" / "2.3.yaml"
    texte = fiche.read_text(encoding="utf-8")
    cible = f"cibles: [{{annee: 2028, valeur: 23, decision: {NOM}/D3}}]"
    ligne = "{id: sorties, libelle: Sorties du dispositif, "
    assert ligne in texte
    fiche.write_text(texte.replace(ligne, f"{ligne}{cible}, "), encoding="utf-8")
    collecte = collect(
        copie, fill(make_form(copie), {("Décisions", 2): {"valeur": 30}}), "autre.xlsx"
    )
    (anomalie,) = collecte.anomalies
    assert (anomalie.lieu.fichier, anomalie.gravite) == ("data/fiches/2.3.yaml", "erreur")
    assert meeting(copie).decisions[2].valeur == 23


def test_rows_may_be_sorted_and_columns_moved(copie: Path) -> None:
    from io import BytesIO  # noqa: PLC0415

    from openpyxl import load_workbook  # noqa: PLC0415

    classeur = load_workbook(BytesIO(held(copie)))
    feuille = classeur["Décisions"]
    feuille.title = "Nos décisions"
    feuille.move_range("A3:M4", rows=20)
    feuille.insert_cols(2)
    tampon = BytesIO()
    classeur.save(tampon)
    assert said(collect(copie, tampon.getvalue())) == []
    assert [d.id for d in meeting(copie).decisions] == ["D3", "D4", "D5", "D6", "D1", "D2"]


@pytest.mark.parametrize(
    ("geste", "attendues"),
    [
        pytest.param("feuille", ["seance.xlsx FOR013 erreur"], id="une feuille supprimée"),
        pytest.param("colonne", ["Décisions!A1 FOR013 erreur"], id="une colonne supprimée"),
        pytest.param("copie", ["seance.xlsx FOR013 erreur"], id="une feuille en double"),
        pytest.param("dehors", ["Décisions!P3 FOR032 alerte"], id="écrit hors des colonnes"),
        pytest.param("fusion", ["Décisions!E3 FOR023 erreur"], id="cellules fusionnées"),
    ],
)
def test_gestures_that_lose_something_are_said(
    geste: str, attendues: list[str], copie: Path
) -> None:
    from io import BytesIO  # noqa: PLC0415

    from openpyxl import load_workbook  # noqa: PLC0415

    classeur = load_workbook(BytesIO(held(copie)))
    feuille = classeur["Décisions"]
    match geste:
        case "feuille":
            del classeur["Décisions"]
        case "colonne":
            feuille.delete_cols(4)
        case "copie":
            classeur.copy_worksheet(feuille)
        case "dehors":
            feuille["P3"] = "à revoir"
        case "fusion":
            feuille.merge_cells("E3:E4")
    tampon = BytesIO()
    classeur.save(tampon)
    dites = said(collect(copie, tampon.getvalue()))
    assert [d for d in dites if "SAI037" not in d and "SAI038" not in d] == attendues


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        pytest.param("2027-05-11-copil", "FOR016", id="un autre exercice"),
        pytest.param("2026-03-10-cotech", None, id="une autre instance"),
    ],
)
def test_the_workbook_says_its_own_meeting(nom: str, attendu: str | None, copie: Path) -> None:
    octets = prepare_meeting(require_dossier(copie), nom, None)[0].read_bytes()
    collecte = collect(copie, octets)
    assert [a.code for a in collecte.anomalies] == ([attendu] if attendu else [])
    assert (copie / f"data/seances/{nom}.yaml").exists() is (attendu is None)


def test_the_form_asks_the_state_of_each_action_that_was_set(copie: Path) -> None:
    from clsmon.analysis.questionnaire import compute_questionnaire  # noqa: PLC0415

    collect(copie, held(copie))
    questionnaire = compute_questionnaire(require_dossier(copie), 2026, "apo")
    assert [a.libelle for q in questionnaire.fiches for a in q.programme] == ["Former"]


def test_every_answer_of_the_held_meeting_is_read(copie: Path) -> None:
    """What TENUE types and what the meeting keeps are as many: nothing is lost on the way."""
    collect(copie, held(copie))
    tapees = sum(len(v) for (nom, _), v in TENUE.items() if nom == "Décisions")
    gardees = sum(len(d.model_dump(exclude_defaults=True)) - 1 for d in meeting(copie).decisions)
    assert gardees == tapees


def test_a_point_that_begins_like_our_banner_is_a_point(tmp_path: Path) -> None:
    racine = copy_dijon(tmp_path)
    point = "DONNÉES FICTIVES : retirer la démonstration du site"
    collecte = collect(racine, fill(make_form(racine), {("Ordre du jour", 0): {"texte": point}}))
    assert said(collecte) == []
    (seance,) = require_dossier(racine).seances
    assert point in seance.ordre_du_jour.points

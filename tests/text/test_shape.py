"""From YAML to the model: every fault of shape, its code, its place and its advice."""

from __future__ import annotations

import sys
from decimal import Decimal
from types import FrameType
from typing import Any

import pytest

from clsmon.model.anomalie import Anomalie
from clsmon.model.contrat import Campagne, Contrat
from clsmon.model.fiche import Fiche
from clsmon.model.indicateur import Indicateur
from clsmon.model.noeud import Noeud
from clsmon.model.releve import Releve
from clsmon.text import shape
from clsmon.text.shape import read_list, read_node
from clsmon.text.yaml_door import load_yaml

FICHE = 'id: "3.1"\ntitre: Été\nstatut: programmee\n'
MESURE = "indicateurs: [{id: e, libelle: É, mesures: [{id: b, libelle: É, type: nombre%s}]}]\n"


def faults(texte: str, modele: type[Noeud] = Fiche, famille: str = "FIC") -> tuple[Anomalie, ...]:
    brut, refus = load_yaml(texte.encode(), "f.yaml")
    assert refus == ()
    noeud, anomalies = read_node(modele, brut, famille)
    assert (noeud is None) == bool(anomalies)
    return anomalies


def places(texte: str, modele: type[Noeud] = Fiche, famille: str = "FIC") -> list[str]:
    return sorted(
        f"{a.lieu.ligne}:{a.lieu.colonne}+{a.lieu.longueur} {a.code}"
        for a in faults(texte, modele, famille)
    )


@pytest.mark.parametrize(
    ("suite", "attendu"),
    [
        pytest.param("titree: x\n", "4:1+6 FIC001", id="unknown key"),
        pytest.param("suivi: {é: x}\n", "4:9+1 FIC001", id="unknown key inside"),
        pytest.param('"[key]": x\n', "4:1+7 FIC001", id="the very word pydantic uses for keys"),
        pytest.param("indicateurs: [{id: a, libelle: É}]\n", "4:15+1 FIC002", id="missing key"),
        pytest.param("resultats_attendus: [{texte: }]\n", "4:30+1 FIC002", id="empty key"),
        pytest.param("financement: [{montant: 30 000}]\n", "4:25+6 FIC003", id="spaced number"),
        pytest.param("financement: [{montant: 1e5}]\n", "4:25+3 FIC003", id="exponent"),
        pytest.param("financement: [{montant: ٣}]\n", "4:25+1 FIC003", id="Arabic digit"),
        pytest.param("financement: [{montant: NaN}]\n", "4:25+3 FIC003", id="not a number"),
        pytest.param(
            "financement: [{montant: 1234567890123456}]\n", "4:25+16 FIC003", id="16 digits"
        ),
        pytest.param("financement: [{duree_ans: 5.0}]\n", "4:27+3 FIC003", id="not an integer"),
        pytest.param("vigueur: {debut: 31/12/2025}\n", "4:18+10 FIC004", id="French date"),
        pytest.param("vigueur: {fin: 2025-02-29}\n", "4:16+10 FIC004", id="no such day"),
        pytest.param(
            "financement: [{cofinancements: [{texte: é, a_confirmer: oui}]}]\n",
            "4:57+3 FIC005",
            id="yes is no boolean",
        ),
        pytest.param("sous_titre: [a]\n", "4:13+1 FIC006", id="list for a text"),
        pytest.param("partenaires: [é, {a: b}]\n", "4:18+1 FIC006", id="mapping for a text"),
        pytest.param("partenaires: é\n", "4:14+1 FIC007", id="text for a list"),
        pytest.param("suivi: annuel\n", "4:8+6 FIC008", id="text for a mapping"),
        pytest.param("suivi: {repondants: [é, ARS]}\n", "4:22+1 FIC009 4:25+3 FIC009", id="code"),
        pytest.param(f"axe: {'a' * 81}\n", "4:6+81 FIC009", id="too long"),
        pytest.param("axe: 1\n", "4:6+1 FIC010", id="bare axe"),
        pytest.param('anciens_ids: ["1.1", 1.10]\n', "4:22+4 FIC010", id="bare old id"),
        pytest.param(MESURE % ", sens: haut", "4:85+4 FIC012", id="unknown word"),
    ],
)
def test_fault_at_the_very_place(suite: str, attendu: str) -> None:
    assert " ".join(places(FICHE + suite)) == attendu


def test_bare_id_that_looks_like_a_number_must_be_quoted() -> None:
    (faute,) = faults(FICHE.replace('"3.1"', "1.10"))
    assert (str(faute.lieu), faute.lieu.longueur, faute.code) == ("f.yaml:1:5", 4, "FIC010")
    assert "« 1.10 »" in faute.message
    assert "guillemets" in faute.conseil
    assert faults(FICHE.replace('"3.1"', '"1.10"')) == ()
    assert faults(FICHE.replace('"3.1"', "plateforme-sante")) == ()


def test_all_faults_of_a_file_at_once() -> None:
    assert places('id: "é"\nstatut: programme\nvigueur: {debut: hier}\n') == [
        "1:1+1 FIC002",
        "1:5+3 FIC009",
        "2:9+9 FIC012",
        "3:18+4 FIC004",
    ]


def test_messages_give_the_value_and_one_suggestion() -> None:
    (cle,) = faults(FICHE + "porteur: []\n")
    assert cle.message == "clé inconnue : « porteur »"
    assert cle.conseil == "vouliez-vous dire « porteurs » ?"
    (mot,) = faults(FICHE.replace("programmee", "zzz"))
    assert mot.message == "statut inconnu : « zzz »"
    assert mot.conseil == "valeurs possibles : a_programmer, programmee, retiree"
    (portee,) = faults(FICHE + "financement: [{portee: arsss}]\n")
    assert portee.message == "portée du montant inconnue : « arsss »"


def test_code_of_a_contract_key_is_placed_on_the_key() -> None:
    texte = (
        "titre: É\nnature: cls\nterritoire: {nom: É}\nperiode: {debut: 2024, fin: 2028}\n"
        'organismes: {é: {nom: É}, "[key]": {nom: É}, ars: {nomm: É}}\n'
    )
    assert places(texte, Contrat, "CON") == [
        "5:14+1 CON009",
        "5:27+7 CON009",
        "5:52+4 CON001",
    ]


@pytest.mark.parametrize("jour", ["02-30", "04-31", "13-01", "3-15", "15/03"])
def test_day_of_the_year_must_exist(jour: str) -> None:
    texte = f'ouverture: "02-01"\nlimite: "{jour}"\n'
    assert places(texte, Campagne, "CON") == [f"2:9+{len(jour) + 2} CON004"]
    assert places('ouverture: "02-01"\nlimite: "02-29"\n', Campagne, "CON") == []


def test_a_misspelt_key_is_one_fault_not_also_a_missing_one() -> None:
    assert places(FICHE.replace("titre", "titree")) == ["2:1+6 FIC001"]
    assert places(FICHE.replace("titre", "zzz")) == ["1:1+1 FIC002", "2:1+3 FIC001"]


def test_a_list_where_a_file_of_keys_is_expected() -> None:
    (faute,) = faults("- a\n")
    assert faute.code == "FIC008"
    assert faute.message.startswith("le fichier : un ensemble de « clé: valeur » est attendu")


def test_places_survive_in_the_model() -> None:
    brut, _ = load_yaml((FICHE + MESURE % ", unite: pas").encode(), "f.yaml")
    fiche, _ = read_node(Fiche, brut, "FIC")
    assert fiche is not None
    mesure = fiche.indicateurs[0].mesures[0]
    assert str(mesure.lieu("unite")) == str(fiche.lieu("indicateurs", 0, "mesures", 0, "unite"))
    colonne = (MESURE % ", unite: pas").index("pas") + 1
    assert (mesure.lieu("unite").ligne, mesure.lieu("unite").colonne) == (4, colonne)
    assert fiche.lieu("titre", cle=True).colonne == 1
    assert dict(fiche.textes())["indicateurs", 0, "mesures", 0, "unite"] == "pas"


def test_numbers_are_decimals_and_a_known_empty_key_is_absent() -> None:
    texte = (
        "organisme: apo\nexercice: 2025\n"
        "recu: {fichier: a.xlsx, sha256: 9f, formulaire: 4c, lecteur: 1.2.0}\nmotif: null\n"
        "valeurs: {a/b/c: {numerateur: 0.1, denominateur: 3, cellule: H1, preuve: }}\n"
    )
    brut, _ = load_yaml(texte.encode(), "f.yaml")
    releve, anomalies = read_node(Releve, brut, "SUI")
    assert anomalies == ()
    assert releve is not None
    valeur = releve.valeurs["a/b/c"]
    assert (valeur.numerateur, valeur.denominateur) == (Decimal("0.1"), Decimal(3))
    assert (releve.motif, valeur.preuve, releve.recu.lecteur) == (None, "", "1.2.0")


def test_a_faulty_element_of_a_list_hides_no_other() -> None:
    brut, _ = load_yaml(b"- {id: A}\n- x\n", "f.yaml")
    fiches, anomalies = read_list(Fiche, brut, "FIC")
    assert fiches == ()
    assert [a.code for a in anomalies] == ["FIC002", "FIC002", "FIC008"]


@pytest.mark.parametrize(
    "nombre",
    ["9" * 400, "1" + "0" * 399, "-1" + "0" * 399, "1" + "0" * 15],
    ids=["400 nines", "one and 399 zeros", "below zero", "one digit too many"],
)
def test_a_number_no_spreadsheet_can_give_back_is_refused(nombre: str) -> None:
    texte = (
        "organisme: apo\nexercice: 2025\n"
        "recu: {fichier: a.xlsx, sha256: 9f, formulaire: 4c, lecteur: 1.2.0}\n"
        f"fiches: {{a: {{depenses: {{realise: {nombre}}}}}}}\n"
    )
    assert places(texte, Releve, "SUI") == [f"4:34+{len(nombre)} SUI003"]


def _lines_run(elements: int) -> int:
    """How many lines of our code it takes to report so many misspelt keys of one list."""
    brut, _ = load_yaml(b"valeurs:\n" + b"  - {idd: a}\n" * elements, "f.yaml")
    suite = brut["valeurs"] if isinstance(brut, dict) else ()
    lignes = 0

    def count(cadre: FrameType, evenement: str, _: object) -> Any:
        nonlocal lignes
        lignes += evenement == "line"
        return count if cadre.f_code.co_filename == shape.__file__ else None

    sys.settrace(count)
    try:
        read_node(Indicateur, {"id": "a", "libelle": "é", "mesures": suite}, "FIC")
    finally:
        sys.settrace(None)
    return lignes


def test_the_work_grows_like_the_number_of_misspelt_keys() -> None:
    assert _lines_run(200) <= 5 * _lines_run(50)

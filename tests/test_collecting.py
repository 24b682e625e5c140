"""From returned workbooks to relevés: nothing guessed, nothing lost, nothing written twice."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from clsmon import collecting
from clsmon.analysis.questionnaire import compute_questionnaire
from clsmon.demonstration.partner import fill_form
from clsmon.model.anomalie import ClsmonError, Gravite
from clsmon.model.collecte import Collecte
from clsmon.model.dossier import Dossier
from clsmon.model.releve import Etat, Releve, Valeur
from clsmon.model.statut import Statut
from clsmon.opening import require_dossier
from clsmon.receiving import find_workbooks, lock
from clsmon.text.store import name_of, path_of, to_yaml
from clsmon.workbooks.form.workbook import render_form
from clsmon.workbooks.reader.container import LIMITES
from tests.returns import EXERCICE, Atelier, edit_machine, not_workbooks, numbers_for

ECOLES, CLASSES, LIVRES = (
    "3.1/ecoles-classes/ecoles",
    "3.1/ecoles-classes/classes",
    "3.1/livres/livres",
)


@pytest.fixture
def atelier(copie: Path) -> Atelier:
    return Atelier(copie)


def told(collecte: Collecte) -> list[str]:
    """The codes of what is more than an information, missing rows apart."""
    return [a.code for a in collecte.anomalies if a.gravite is not Gravite.INFO]


def values(collecte: Collecte) -> dict[str, str | None]:
    assert collecte.releve is not None
    return {cle: valeur.valeur for cle, valeur in collecte.releve.valeurs.items()}


def edit(chemin: Path, avant: str, apres: str) -> None:
    texte = chemin.read_text(encoding="utf-8")
    assert texte.count(avant) == 1
    chemin.write_text(texte.replace(avant, apres), encoding="utf-8")


def changes(collecte: Collecte) -> dict[str, tuple[str | None, str | None]]:
    return {
        c.cle: (c.avant.valeur if c.avant else None, c.apres.valeur if c.apres else None)
        for c in collecte.changements
    }


# L'aller-retour


def test_every_number_typed_comes_back_with_its_cell(atelier: Atelier, dijon: Dossier) -> None:
    typees = {o: numbers_for(dijon, o) for o in dijon.repondants(EXERCICE)}
    for organisme, saisies in typees.items():
        vierge = render_form(compute_questionnaire(dijon, EXERCICE, organisme))
        atelier.drop(f"{organisme}.xlsx", fill_form(vierge, saisies))
    collectes = {c.organisme: c for c in atelier.collect()}
    assert sum(map(len, typees.values())) == sum(
        s.mesure.type.chiffre for o in typees for s in dijon.demandees(EXERCICE, o)
    )
    relus = require_dossier(atelier.racine).releves
    for organisme, saisies in typees.items():
        collecte = collectes[organisme]
        assert collecte.anomalies == []
        valeurs = relus[collecte.nom].valeurs
        assert valeurs.keys() == {cle for cle, _ in saisies}
        feuille = load_workbook(atelier.retours / f"{organisme}.xlsx")["Saisie"]
        for (cle, _), tape in saisies.items():
            valeur = valeurs[cle]
            lu = [valeur.valeur, valeur.numerateur, valeur.denominateur]
            assert [Decimal(n) for n in lu if n is not None] == list(tape.values())
            nom, _, adresse = valeur.cellule.partition("!")
            assert (nom, feuille[adresse].value) == ("Saisie", next(iter(tape.values())))
            assert feuille.cell(feuille[adresse].row, 1).value == cle


def test_second_collect_changes_no_byte(atelier: Atelier) -> None:
    atelier.answer("apo", {ECOLES: 12, LIVRES: "une dizaine"})
    atelier.answer("cpam", {})
    assert [c.nouveau for c in atelier.collect()] == [True, True]
    avant = atelier.tree()
    encore = atelier.collect()
    assert [(c.nouveau, c.changements) for c in encore] == [(False, ()), (False, ())]
    assert atelier.tree() == avant


def test_releve_says_where_it_comes_from(atelier: Atelier) -> None:
    chemin = atelier.answer("apo", {ECOLES: 12})
    (collecte,) = atelier.collect()
    assert collecte.releve is not None
    assert collecte.releve.recu.fichier == "apo.xlsx"
    assert collecte.releve.valeurs == {
        ECOLES: Valeur(valeur="12", etat=Etat.RENSEIGNE, cellule="Saisie!H12")
    }
    assert atelier.tree()[path_of(collecte.releve, to_yaml(collecte.releve))] == to_yaml(
        collecte.releve
    )
    assert (collecte.compte[Statut.RENSEIGNE], collecte.compte[Statut.NON_REPONDU]) == (1, 10)
    renomme = chemin.rename(chemin.with_name("apo (1).xlsx"))
    assert [c.nouveau for c in atelier.collect(renomme)] == [False]


def test_doubtful_cell_is_kept_raw_and_told(atelier: Atelier) -> None:
    atelier.answer("apo", {ECOLES: "une dizaine", LIVRES: 340})
    (collecte,) = atelier.collect()
    assert collecte.releve is not None
    doute = collecte.releve.valeurs[ECOLES]
    assert (doute.etat, doute.saisi, doute.nature_cellule) == (
        Etat.A_VERIFIER,
        "une dizaine",
        "texte",
    )
    assert collecte.releve.valeurs[LIVRES].valeur == "340"
    assert [str(a.lieu) for a in collecte.anomalies] == ["apo.xlsx, feuille Saisie, cellule H12"]


def test_dry_run_writes_nothing(atelier: Atelier) -> None:
    atelier.answer("apo", {ECOLES: 12})
    avant = atelier.tree()
    (collecte,) = atelier.collect(ecrire=False)
    assert (collecte.nouveau, changes(collecte)) == (True, {ECOLES: (None, "12")})
    assert atelier.tree() == avant


# Ce qui remplace, ce qui s'ajoute


def test_prefilled_form_replaces_and_a_blank_erases_and_says_so(atelier: Atelier) -> None:
    atelier.answer("apo", {ECOLES: 12, LIVRES: 340})
    (premier,) = atelier.collect()
    second = atelier.answer("apo", {ECOLES: 14, LIVRES: ""}, "apo-2.xlsx")
    (collecte,) = atelier.collect(second)
    assert collecte.releve is not None
    assert collecte.releve.remplace == (premier.nom,)
    assert changes(collecte) == {ECOLES: ("12", "14"), LIVRES: ("340", None)}
    assert values(collecte) == {ECOLES: "14"}
    avant = atelier.tree()
    assert [c.nouveau for c in atelier.collect()] == [False, False]
    assert atelier.tree() == avant


def test_without_base_both_stand(atelier: Atelier) -> None:
    vierge = atelier.form("apo")
    for nom, ecoles in (("a.xlsx", 12), ("b.xlsx", 14)):
        atelier.drop(nom, fill_form(vierge, {(ECOLES, ""): {"valeur": ecoles}}))
    collectes = atelier.collect()
    assert all(c.releve is not None and c.releve.remplace == () for c in collectes)
    assert changes(collectes[1]) == {ECOLES: ("12", "14")}


def test_base_that_is_not_here_is_told(atelier: Atelier) -> None:
    atelier.drop("apo.xlsx", edit_machine(atelier.form("apo"), "base", "apo-00000000"))
    (collecte,) = atelier.collect()
    assert collecte.releve is not None
    assert collecte.releve.remplace == ()
    assert told(collecte) == ["FOR019", "FOR021"]


def test_a_replaced_workbook_asks_nothing_any_more(atelier: Atelier) -> None:
    atelier.answer("apo", {ECOLES: 12, LIVRES: "une dizaine"})
    (premier,) = atelier.collect()
    assert told(premier) == ["SAI002"]
    atelier.answer("apo", {LIVRES: 10}, "apo-corrige.xlsx")
    ancien, corrige = sorted(atelier.collect(), key=lambda c: c.fichier, reverse=True)
    assert (ancien.remplacee, ancien.anomalies) == (True, [])
    assert (corrige.remplacee, corrige.anomalies) == (False, [])


def test_two_answers_that_stand_together_are_a_question(atelier: Atelier) -> None:
    vierge = atelier.form("apo")
    for nom, ecoles in (("a.xlsx", 12), ("b.xlsx", 14)):
        atelier.drop(nom, fill_form(vierge, {(ECOLES, ""): {"valeur": ecoles}}))
    for _ in range(2):
        (question,) = (a for c in atelier.collect() for a in c.anomalies)
        assert (question.code, question.lieu.cellule) == ("SAI021", "H12")
        assert "« 12 » (a.xlsx, Saisie!H12)" in question.message
        assert "« 14 » (b.xlsx, Saisie!H12)" in question.message
        assert "clsmon forms --organisme apo" in question.conseil


def test_an_empty_return_is_told_and_recorded(atelier: Atelier) -> None:
    atelier.drop("apo.xlsx", atelier.form("apo"))
    (collecte,) = atelier.collect()
    assert (collecte.vide, collecte.nouveau, told(collecte)) == (True, True, ["FOR021"])


def test_a_question_names_its_measure_in_words(atelier: Atelier) -> None:
    atelier.answer("apo", {LIVRES: "une dizaine"})
    (collecte,) = atelier.collect()
    assert collecte.anomalies[0].message.startswith("3.1 Livres distribués : « une dizaine »")


@pytest.mark.parametrize(
    "geste", ["ligne supprimée", "ligne vidée", "colonne supprimée", "feuille copiée"]
)
def test_incomplete_return_replaces_nothing(atelier: Atelier, geste: str) -> None:
    atelier.answer("apo", {ECOLES: 12, LIVRES: 340})
    (premier,) = atelier.collect()
    classeur = load_workbook(BytesIO(atelier.form("apo")))
    if geste == "ligne supprimée":
        classeur["Saisie"].delete_rows(12)
    elif geste == "ligne vidée":
        for colonne in range(2, 14):
            classeur["Saisie"].cell(12, colonne).value = None
    elif geste == "colonne supprimée":
        classeur["Saisie"].delete_cols(8)
    else:
        classeur.copy_worksheet(classeur["Saisie"])
    tampon = BytesIO()
    classeur.save(tampon)
    (collecte,) = atelier.collect(atelier.drop("apo-2.xlsx", tampon.getvalue()))
    assert collecte.releve is not None
    assert collecte.releve.remplace == ()
    assert changes(collecte) == {}
    assert any(
        a.code == "FOR019" and premier.nom in a.message and a.gravite is Gravite.ALERTE
        for a in collecte.anomalies
    )


def test_deleted_row_is_reported_missing(atelier: Atelier) -> None:
    classeur = load_workbook(BytesIO(atelier.form("apo")))
    classeur["Saisie"].delete_rows(12)
    tampon = BytesIO()
    classeur.save(tampon)
    atelier.drop("apo.xlsx", tampon.getvalue())
    (collecte,) = atelier.collect()
    assert told(collecte) == ["FOR011", "FOR021"]
    message = "3.1 Écoles concernées : cette mesure n'est plus dans le formulaire"
    assert collecte.anomalies[0].message == message


# Le contrat a changé depuis


def test_row_of_another_organisme_is_not_taken(atelier: Atelier) -> None:
    classeur = load_workbook(BytesIO(atelier.form("apo")))
    saisie = classeur["Saisie"]
    etrangere = require_dossier(atelier.racine).demandees(EXERCICE, "emas")[0]
    saisie["A40"], saisie["H40"] = etrangere.cle, 9
    tampon = BytesIO()
    classeur.save(tampon)
    atelier.drop("apo.xlsx", tampon.getvalue())
    (collecte,) = atelier.collect()
    assert values(collecte) == {}
    assert [(a.code, a.lieu.cellule) for a in collecte.anomalies] == [("FOR012", "H40")]


@pytest.mark.parametrize(
    ("avant", "apres", "code", "prise"),
    [
        pytest.param("unite: écoles", "unite: sites", "FOR017", False, id="unité changée"),
        pytest.param(
            "libelle: Écoles concernées", "libelle: Écoles visées", "FOR018", True, id="libellé"
        ),
        pytest.param("id: ecoles,", "id: sites,", "FOR012", False, id="clé disparue"),
    ],
)
def test_older_version_of_the_form(
    atelier: Atelier, avant: str, apres: str, code: str, prise: bool
) -> None:
    atelier.answer("apo", {ECOLES: 12, LIVRES: 340})
    edit(atelier.racine / "data" / "fiches" / "3.1.yaml", avant, apres)
    (collecte,) = atelier.collect()
    assert code in told(collecte)
    assert values(collecte) == ({ECOLES: "12"} if prise else {}) | {LIVRES: "340"}


# Ce qui n'est jamais pris


@pytest.mark.parametrize(
    ("cle", "valeur", "code", "message"),
    [
        ("contrat", "CLS d'ailleurs", "FOR014", "d'un autre contrat : « CLS d'ailleurs »"),
        ("organisme", "ap0", "FOR015", "organisme inconnu du contrat : « ap0 »"),
        ("organisme", "../../x", "FOR015", "organisme inconnu du contrat : « ../../x »"),
        ("exercice", "2024", "FOR016", "est de l'exercice 2024, 2025 est attendu"),
        ("exercice", "2019", "FOR016", "exercice 2019 hors de la période du contrat"),
    ],
)
def test_form_from_elsewhere_is_refused(
    atelier: Atelier, cle: str, valeur: str, code: str, message: str
) -> None:
    atelier.drop("apo.xlsx", edit_machine(atelier.form("apo"), cle, valeur))
    avant = atelier.tree()
    (collecte,) = atelier.collect()
    assert collecte.releve is None
    assert told(collecte) == [code]
    assert message in collecte.anomalies[0].message
    assert collecte.anomalies[0].conseil
    assert atelier.tree() == avant


def test_workbook_of_another_organisme_is_recorded_under_the_name_inside(atelier: Atelier) -> None:
    atelier.answer("apo", {ECOLES: 12}, "cpam.xlsx")
    (collecte,) = atelier.collect()
    assert (collecte.organisme, collecte.nom[:4]) == ("apo", "apo-")


def test_last_years_form_is_taken_for_its_own_year_when_asked(atelier: Atelier) -> None:
    rempli = fill_form(atelier.form("apo", 2024), {(ECOLES, ""): {"valeur": 12}})
    chemin = atelier.drop("apo.xlsx", rempli)
    assert told(atelier.collect()[0]) == ["FOR016"]
    (collecte,) = atelier.collect(accepter_ancien=True)
    assert collecte.releve is not None
    assert (collecte.releve.exercice, values(collecte)) == (2024, {ECOLES: "12"})
    copie = atelier.racine / "retours" / "2024" / "apo.xlsx"
    assert copie.read_bytes() == chemin.read_bytes()


def test_fictitious_and_real_answers_never_mix(atelier: Atelier) -> None:
    atelier.answer("apo", {ECOLES: 12})
    atelier.answer("cpam", {}, fictif=True)
    reel, fictif = atelier.collect()
    assert reel.releve is not None
    assert fictif.releve is None
    assert told(fictif) == ["FOR020"]


def test_other_files_are_refused_one_by_one_and_the_rest_is_collected(atelier: Atelier) -> None:
    refuses = not_workbooks()
    for nom, (octets, _) in refuses.items():
        atelier.drop(nom, octets)
    chemin = atelier.answer("apo", {ECOLES: 12})
    refuses["coupe.xlsx"] = (chemin.read_bytes()[:4000], "FOR005")
    atelier.drop("coupe.xlsx", refuses["coupe.xlsx"][0])
    collectes = {c.fichier: c for c in atelier.collect()}
    assert values(collectes.pop("apo.xlsx")) == {ECOLES: "12"}
    assert collectes.keys() == refuses.keys()
    for nom, collecte in collectes.items():
        (anomalie,) = collecte.anomalies
        assert (anomalie.code, anomalie.gravite) == (refuses[nom][1], Gravite.ERREUR)
        assert anomalie.lieu.fichier == nom
        assert anomalie.message
        assert anomalie.conseil
        assert "\n" not in anomalie.message + anomalie.conseil
        assert collecte.releve is None
    assert len([f for f in atelier.tree() if f.startswith("data/suivi/")]) == 1


def test_file_beyond_the_limit_is_not_read_whole(atelier: Atelier) -> None:
    chemin = atelier.drop("enorme.xlsx", b"PK\x03\x04")
    with chemin.open("r+b") as enorme:
        enorme.truncate(2 * LIMITES.fichier)
    (collecte,) = atelier.collect()
    assert told(collecte) == ["FOR007"]
    lu = collecting.collect_workbook(require_dossier(atelier.racine), chemin, EXERCICE)
    assert len(lu.octets) == LIMITES.fichier + 1


def test_unreadable_file_is_told(atelier: Atelier, monkeypatch: pytest.MonkeyPatch) -> None:
    chemin = atelier.answer("apo", {ECOLES: 12})
    atelier.answer("cpam", {})
    ouvrir = Path.open

    def refuse(self: Path, mode: str) -> object:
        if self == chemin:
            raise PermissionError(errno.EACCES, "denied")
        return ouvrir(self, mode)

    dossier = require_dossier(atelier.racine)
    with monkeypatch.context() as pendant:
        pendant.setattr(Path, "open", refuse)
        lu = collecting.collect_workbook(dossier, chemin, EXERCICE)
        autre = collecting.collect_workbook(dossier, chemin.with_name("cpam.xlsx"), EXERCICE)
    assert [(a.code, a.message) for a in lu.anomalies] == [
        ("FOR005", "ce fichier n'a pas pu être ouvert")
    ]
    assert autre.releve is not None


def test_answers_too_long_for_a_releve_are_refused(
    atelier: Atelier, monkeypatch: pytest.MonkeyPatch
) -> None:
    atelier.answer("apo", {ECOLES: 12})
    dossier = require_dossier(atelier.racine)
    for porte in ("yaml_door", "store"):
        monkeypatch.setattr(f"clsmon.text.{porte}.OCTETS_MAX", 100)
    collecte = collecting.collect_workbook(dossier, atelier.retours / "apo.xlsx", EXERCICE)
    assert collecte.releve is None
    assert told(collecte) == ["FOR007"]


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux only")
def test_name_that_is_not_utf8(atelier: Atelier) -> None:
    chemin = atelier.answer("apo", {ECOLES: 12})
    etrange = os.fsdecode(os.fsencode(str(chemin.parent)) + b"/\xe9t\xe9.xlsx")
    chemin.rename(etrange)
    (collecte,) = atelier.collect()
    assert collecte.releve is not None
    assert collecte.releve.recu.fichier == "?t?.xlsx"


# Les fichiers


def test_lock_and_hidden_files_are_skipped(atelier: Atelier) -> None:
    for nom in ("~$apo.xlsx", ".~lock.apo.xlsx#", ".DS_Store", "Thumbs.db"):
        atelier.drop(nom, b"x")
    assert atelier.collect() == []
    assert find_workbooks([atelier.retours / "~$apo.xlsx"]) == []


def test_workbooks_are_read_by_name_and_once(tmp_path: Path) -> None:
    for nom in ("b/Zoé.xlsx", "a/apo.xlsx", "b/apo.xlsx"):
        (tmp_path / nom).parent.mkdir(exist_ok=True)
        (tmp_path / nom).write_bytes(b"")
    trouves = find_workbooks([tmp_path, tmp_path / "a" / "apo.xlsx"])
    assert [str(c.relative_to(tmp_path)) for c in trouves] == [
        str(Path(nom)) for nom in ("a/apo.xlsx", "b/apo.xlsx", "b/Zoé.xlsx")
    ]


def test_missing_path_is_told(tmp_path: Path) -> None:
    with pytest.raises(ClsmonError, match="n'existe pas") as refus:
        find_workbooks([tmp_path / "absent"])
    assert "clsmon collect CHEMIN" in refus.value.conseil


def test_copies_are_kept_without_overwriting(atelier: Atelier, tmp_path: Path) -> None:
    vierge = atelier.form("apo")
    recus = tmp_path / "reçus"
    for jour, ecoles in (("lundi", 12), ("mardi", 14)):
        (recus / jour).mkdir(parents=True)
        rempli = fill_form(vierge, {(ECOLES, ""): {"valeur": ecoles}})
        (recus / jour / "apo.xlsx").write_bytes(rempli)
    atelier.collect(recus)
    copies = sorted(p.name for p in atelier.retours.iterdir())
    assert len(copies) == 2
    assert copies[1] == "apo.xlsx"
    assert copies[0].startswith("apo-")
    assert {p.read_bytes() for p in atelier.retours.iterdir()} == {
        p.read_bytes() for p in recus.rglob("*.xlsx")
    }
    avant = atelier.tree()
    atelier.collect(recus)
    assert atelier.tree() == avant


def test_folder_named_like_the_copy_hides_nothing(atelier: Atelier, tmp_path: Path) -> None:
    (atelier.retours / "apo.xlsx").mkdir(parents=True)
    recu = tmp_path / "apo.xlsx"
    recu.write_bytes(fill_form(atelier.form("apo"), {(ECOLES, ""): {"valeur": 12}}))
    atelier.collect(recu)
    assert [p.name[:4] for p in atelier.retours.iterdir() if p.is_file()] == ["apo-"]


# La relecture


def earlier_reading(atelier: Atelier, collecte: Collecte) -> str:
    """Puts on disk, in the place of a relevé, what an older rule would have read."""
    releve = collecte.releve
    assert releve is not None
    valeurs = {c: v.model_copy(update={"valeur": "99"}) for c, v in releve.valeurs.items()}
    ancien = releve.model_copy(update={"valeurs": valeurs})
    (atelier.racine / path_of(releve, to_yaml(releve))).unlink()
    (atelier.racine / path_of(ancien, to_yaml(ancien))).write_bytes(to_yaml(ancien))
    return name_of(ancien, to_yaml(ancien))


def test_same_workbook_read_otherwise_replaces_its_first_reading(atelier: Atelier) -> None:
    atelier.answer("apo", {ECOLES: 12})
    ancien = earlier_reading(atelier, atelier.collect()[0])
    (collecte,) = atelier.collect()
    assert collecte.releve is not None
    assert (collecte.releve.motif, collecte.releve.remplace) == ("relecture", (ancien,))
    assert changes(collecte) == {ECOLES: ("99", "12")}
    avant = atelier.tree()
    assert [c.nouveau for c in atelier.collect()] == [False]
    assert atelier.tree() == avant


def test_rule_changed_back_makes_one_more_reading(atelier: Atelier) -> None:
    atelier.answer("apo", {ECOLES: 12})
    (premier,) = atelier.collect()
    assert premier.releve is not None
    autre = premier.releve.model_copy(
        update={"valeurs": {}, "motif": "relecture", "remplace": (premier.nom,)}
    )
    (atelier.racine / path_of(autre, to_yaml(autre))).write_bytes(to_yaml(autre))
    (collecte,) = atelier.collect()
    assert collecte.releve is not None
    assert collecte.nouveau
    assert collecte.releve.remplace == (name_of(autre, to_yaml(autre)),)


def test_reading_again_a_replaced_workbook_disturbs_nothing(atelier: Atelier) -> None:
    premier = atelier.answer("apo", {ECOLES: 12})
    ancien = earlier_reading(atelier, atelier.collect()[0])
    second = atelier.answer("apo", {ECOLES: 14}, "apo-2.xlsx")
    (corrige,) = atelier.collect(second)
    assert isinstance(corrige.releve, Releve)
    assert corrige.releve.remplace == (ancien,)
    avant = atelier.tree()
    (collecte,) = atelier.collect(premier)
    assert (collecte.nom, collecte.nouveau) == (ancien, False)
    assert atelier.tree() == avant


def test_former_code_of_an_organisme_is_still_replaced(atelier: Atelier) -> None:
    chemin = atelier.answer("apo", {ECOLES: 12})
    (premier,) = atelier.collect()
    data = atelier.racine / "data"
    edit(data / "fiches" / "3.1.yaml", "[apo]", "[orthophonie]")
    edit(data / "contrat.yaml", "  apo:\n", "  orthophonie:\n    anciens_codes: [apo]\n")
    (relu,) = atelier.collect(chemin)
    assert (relu.nouveau, relu.remplacee) == (False, False), "a former code is still its own head"
    second = atelier.answer("orthophonie", {ECOLES: 14})
    (collecte,) = atelier.collect(second)
    assert collecte.releve is not None
    assert (collecte.organisme, collecte.releve.remplace) == ("orthophonie", (premier.nom,))


# Deux collectes à la fois

_HOLD = """
import sys
from pathlib import Path
from clsmon.receiving import lock
with lock(Path(sys.argv[1]), lambda: None):
    print("tient", flush=True)
    sys.stdin.readline()
"""
_QUEUE = """
import sys
from pathlib import Path
from clsmon.collecting import collect_all
from clsmon.receiving import find_workbooks, lock
from clsmon.opening import require_dossier
racine = Path(sys.argv[1])
with lock(racine, lambda: print("attend", flush=True)):
    chemins = find_workbooks([racine / "retours" / "2025"])
    for collecte in collect_all(require_dossier(racine), chemins, 2025, ecrire=True):
        print(collecte.nom, collecte.nouveau, flush=True)
"""


def start(programme: str, racine: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", programme, str(racine)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(Path(collecting.__file__).parents[1])},
    )


def test_two_collects_at_once_queue(atelier: Atelier) -> None:
    atelier.answer("apo", {ECOLES: 12})
    with start(_HOLD, atelier.racine) as tient:
        assert tient.stdout is not None
        assert tient.stdout.readline() == "tient\n"
        with start(_QUEUE, atelier.racine) as attend:
            assert attend.stdout is not None
            assert attend.stdout.readline() == "attend\n"
            assert not (atelier.racine / "data" / "suivi").exists()
            tient.communicate("\n")
            sorties, _ = attend.communicate()
    assert (tient.returncode, attend.returncode) == (0, 0)
    (releve,) = (atelier.racine / "data" / "suivi" / "2025").iterdir()
    assert sorties == f"{releve.stem} True\n"


def test_lock_sweeps_what_an_interrupted_write_left(atelier: Atelier) -> None:
    orphelin = atelier.racine / "data" / "suivi" / "2025" / ".clsmon-x1"
    orphelin.parent.mkdir(parents=True)
    orphelin.write_bytes(b"")
    with lock(atelier.racine, lambda: pytest.fail("nobody else collects")):
        assert not orphelin.exists()


def test_protected_dossier_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr("clsmon.receiving.FileLock.acquire", refuse)
    with (
        pytest.raises(ClsmonError, match="impossible d'écrire dans le dossier"),
        lock(tmp_path, lambda: None),
    ):
        pytest.fail("nothing runs without the lock")


def test_failed_write_keeps_what_was_there(
    atelier: Atelier, monkeypatch: pytest.MonkeyPatch
) -> None:
    atelier.answer("apo", {ECOLES: 12})
    atelier.collect()
    atelier.answer("cpam", {})
    avant = atelier.tree()

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    with monkeypatch.context() as pendant:
        pendant.setattr(Path, "replace", refuse)
        with pytest.raises(ClsmonError, match="le disque est plein"):
            atelier.collect()
    assert atelier.tree() == avant
    assert [c.nouveau for c in atelier.collect()] == [False, True]


def test_a_name_that_begins_with_a_dot_is_no_lock(atelier: Atelier) -> None:
    atelier.answer("apo", {ECOLES: 12}, ".apo.xlsx")
    for verrou in ("~$apo.xlsx", ".~lock.apo.xlsx#", ".DS_Store"):
        atelier.drop(verrou, b"verrou")
    assert [c.fichier for c in atelier.collect()] == [".apo.xlsx"]


def test_a_source_alone_on_an_unknown_row_is_told(atelier: Atelier) -> None:
    classeur = load_workbook(BytesIO(atelier.form("apo")))
    classeur["Saisie"]["A40"], classeur["Saisie"]["M40"] = "9.9/x/y", "rapport annuel"
    tampon = BytesIO()
    classeur.save(tampon)
    atelier.drop("apo.xlsx", tampon.getvalue())
    (collecte,) = atelier.collect()
    assert [(a.code, a.lieu.cellule) for a in collecte.erreurs] == [("FOR012", "M40")]


def test_rows_sorted_without_their_keys_attribute_nothing(atelier: Atelier) -> None:
    atelier.answer("apo", {ECOLES: 12, LIVRES: 340})
    classeur = load_workbook(atelier.retours / "apo.xlsx")
    saisie = classeur["Saisie"]
    rangees = {saisie.cell(r, 1).value: r for r in range(1, saisie.max_row + 1)}
    for colonne in range(2, 14):
        un, autre = (saisie.cell(rangees[cle], colonne) for cle in (ECOLES, LIVRES))
        un.value, autre.value = autre.value, un.value
    classeur.save(atelier.retours / "apo.xlsx")
    (collecte,) = atelier.collect()
    assert values(collecte) == {}
    assert {a.code for a in collecte.erreurs} == {"FOR022"}


def test_an_organisme_that_is_not_asked_is_refused(atelier: Atelier) -> None:
    atelier.drop("apo.xlsx", edit_machine(atelier.form("apo"), "organisme", "caf"))
    (collecte,) = atelier.collect()
    assert (collecte.releve, told(collecte)) == (None, ["FOR015"])


def test_deleted_rows_of_a_narrative_erase_nothing(atelier: Atelier) -> None:
    faits = ("3.1", "faits_marquants")
    rempli = fill_form(atelier.form("apo"), {faits: {"reponse": "Trois crèches de plus"}})
    atelier.drop("apo.xlsx", rempli)
    (premier,) = atelier.collect()
    classeur = load_workbook(BytesIO(atelier.form("apo")))
    recit = classeur["Fiches"]
    rangee = next(r for r in range(1, recit.max_row + 1) if recit.cell(r, 2).value == faits[1])
    recit.delete_rows(rangee)
    classeur.save(atelier.retours / "apo-2.xlsx")
    second = next(c for c in atelier.collect() if c.fichier == "apo-2.xlsx")
    assert second.releve is not None
    assert second.releve.remplace == ()
    assert "FOR019" in told(second)
    assert premier.nom in require_dossier(atelier.racine).releves


def test_a_correction_read_before_the_return_it_corrects_still_replaces_it(
    atelier: Atelier,
) -> None:
    atelier.answer("apo", {ECOLES: 12}, "z-premier.xlsx")
    atelier.collect()
    atelier.answer("apo", {ECOLES: 13}, "a-corrige.xlsx")
    avant = {c.nom for c in atelier.collect()}
    shutil.rmtree(atelier.racine / "data" / "suivi")
    corrige, premier = atelier.collect()
    assert (corrige.fichier, premier.fichier) == ("a-corrige.xlsx", "z-premier.xlsx")
    assert {corrige.nom, premier.nom} == avant
    assert (corrige.erreurs, premier.remplacee) == ((), True)


def test_the_same_workbook_under_two_names_asks_once(atelier: Atelier) -> None:
    recu = atelier.answer("apo", {ECOLES: "une dizaine"})
    atelier.drop("copie.xlsx", recu.read_bytes())
    assert [len(c.erreurs) for c in atelier.collect()] == [1, 0]


def test_a_rubric_asked_no_more_keeps_no_return_from_replacing(atelier: Atelier) -> None:
    programme = atelier.racine / "data" / "programmes" / "2025.yaml"
    programme.parent.mkdir()
    programme.write_text(
        '"3.1":\n  - {id: a1, libelle: Deux ateliers, organisme: apo}\n', encoding="utf-8"
    )
    rempli = fill_form(
        atelier.form("apo"),
        {(ECOLES, ""): {"valeur": 12}, ("3.1", "programme.a1"): {"reponse": "réalisée"}},
    )
    atelier.drop("apo.xlsx", rempli)
    (premier,) = atelier.collect()
    programme.unlink()
    corrige = atelier.answer("apo", {ECOLES: 13}, "apo-2.xlsx")
    (collecte,) = atelier.collect(corrige)
    assert collecte.releve is not None
    assert collecte.releve.remplace == (premier.nom,)

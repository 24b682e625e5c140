"""`clsmon status`: who has answered, what is missing, and what to do next."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from clsmon.opening import require_dossier
from clsmon.preparing import prepare_forms
from tests.returns import Atelier

BASE = Path(__file__).parents[1] / "cas" / "_base"

Lance = Callable[..., tuple[int, str, str]]

ECOLES, CLASSES, LIVRES = (
    "3.1/ecoles-classes/ecoles",
    "3.1/ecoles-classes/classes",
    "3.1/livres/livres",
)


@pytest.fixture
def status(lance: Lance, copie: Path) -> Lance:
    def launch(*arguments: object, jour: str = "2026-03-05") -> tuple[int, str, str]:
        options = ("--exercice", "2025", "--date", jour, "--dossier", copie)
        return lance("status", *options, *arguments)

    return launch


def prepare(racine: Path) -> None:
    dossier = require_dossier(racine)
    list(prepare_forms(dossier, 2025, dossier.repondants(2025)))


def row(out: str, nom: str) -> list[str]:
    """The cells of the row that begins with this name."""
    (ligne,) = [x for x in out.split("\n") if x.strip().startswith(nom)]
    return ligne.replace("\u00a0", "").strip().removeprefix(nom).split()


def fits(out: str) -> bool:
    return all(len(ligne) <= 80 for ligne in out.split("\n"))


def test_each_organisme_has_its_row_and_each_fiche_its_share(status: Lance, copie: Path) -> None:
    prepare(copie)
    atelier = Atelier(copie)
    atelier.answer("apo", {ECOLES: 12, CLASSES: "ND", LIVRES: "une dizaine"})
    atelier.collect()
    code, out, err = status()
    assert code == 0
    assert fits(out)
    assert out.startswith("Contrat Local de Santé de Dijon métropole, exercice 2025\n")
    assert "Il reste 10 jours : réponses au plus tard le 15 mars 2026." in out
    assert row(out, "APO") == ["oui", "1", "1", "·", "1", "·", "8", "1", "0/1", "9,1%"]
    assert row(out, "EMAS") == ["oui", "non", "·", "·", "·", "·", "10", "·", "0/1", "0%"]
    assert row(out, "3.2 ")[-3:] == ["0", "6", "0%"]
    assert row(out, "3.1 ")[-3:] == ["1", "11", "9,1%"]
    assert row(out, "Ensemble")[0] == "1"
    assert "Et maintenant : clsmon status --exercice 2025 --relances relances" in err


@pytest.mark.parametrize(
    ("jour", "phrase"),
    [
        ("2026-01-15", "La campagne ouvre le 1er février 2026, dans 17 jours"),
        ("2026-03-03", "Il reste 12 jours"),
        ("2026-03-15", "C'est le dernier jour"),
        ("2026-03-18", "Limite dépassée depuis 3 jours"),
    ],
)
def test_the_days_left(status: Lance, jour: str, phrase: str) -> None:
    code, out, _ = status(jour=jour)
    assert code == 0
    assert phrase in out
    assert fits(out)


def test_a_contract_without_campaign_says_so(status: Lance, copie: Path) -> None:
    contrat = copie / "data" / "contrat.yaml"
    texte = contrat.read_text(encoding="utf-8")
    contrat.write_text(re.sub(r"(?m)^campagne:.*$", "", texte), encoding="utf-8")
    assert "Date limite non fixée" in status()[1]


def test_the_next_command_follows_the_year(status: Lance, copie: Path, tmp_path: Path) -> None:
    assert "Et maintenant : clsmon forms --exercice 2025" in status()[2]
    prepare(copie)
    assert "--relances relances" in status()[2]
    assert "Et maintenant : clsmon collect" in status("--relances", tmp_path / "r")[2]


def test_quiet_keeps_the_figures_only(status: Lance) -> None:
    code, out, err = status("--quiet")
    assert (code, err) == (0, "")
    assert "Ensemble" in out


def test_reminders_are_written_and_said(status: Lance, copie: Path, tmp_path: Path) -> None:
    prepare(copie)
    code, out, err = status("--relances", tmp_path / "relances")
    assert code == 0
    chemins = [Path(ligne) for ligne in out.splitlines()]
    assert len(chemins) == 30
    assert {c.parent for c in chemins} == {tmp_path / "relances"}
    assert all(c.is_file() for c in chemins)
    assert "15 relances écrites, aucune envoyée" in err
    assert "ne connaît aucun d'eux" in " ".join(err.split())
    assert fits(err)


def test_nobody_to_remind_is_said(lance: Lance, tmp_path: Path) -> None:
    racine = Path(shutil.copytree(BASE, tmp_path / "petit"))
    for dossier in ("fiches", "programmes", "suivi"):
        shutil.rmtree(racine / "data" / dossier)
    options = ("--exercice", "2025", "--date", "2026-03-05", "--dossier", racine)
    code, out, err = lance("status", "--relances", tmp_path / "r", *options)
    assert (code, out) == (0, "")
    assert "Personne à relancer" in err
    assert "Et maintenant : clsmon bilan --exercice 2025" in err


def test_fictitious_data_say_so(status: Lance, copie: Path) -> None:
    atelier = Atelier(copie)
    atelier.answer("apo", {ECOLES: 12}, fictif=True)
    atelier.collect()
    assert "DONNÉES FICTIVES" in status()[1]
    assert "DONNÉES FICTIVES" in status("--historique")[1]


def test_a_form_made_in_a_fictitious_year_is_taken_back(lance: Lance, copie: Path) -> None:
    atelier = Atelier(copie)
    atelier.answer("apo", {ECOLES: 12}, fictif=True)
    atelier.collect()
    options = ("--exercice", "2025", "--date", "2026-03-05", "--dossier", copie)
    assert lance("forms", "--organisme", "apo", *options)[0] == 0
    atelier.drop("apo-v2.xlsx", (copie / "formulaires/2025/apo.xlsx").read_bytes())
    assert [c.erreurs for c in atelier.collect()] == [(), ()]


def test_history_tells_each_replacement(status: Lance, copie: Path) -> None:
    atelier = Atelier(copie)
    atelier.answer("apo", {ECOLES: 12, LIVRES: "une dizaine"})
    atelier.answer("emas", {})
    (apo, _) = atelier.collect()
    atelier.answer("apo", {ECOLES: None, LIVRES: 10}, nom="apo-v2.xlsx")
    nouveau = next(c for c in atelier.collect() if c.fichier == "apo-v2.xlsx")
    code, out, _ = status("--historique")
    assert code == 0
    assert fits(out)
    plat = " ".join(out.split())
    assert f"1. {apo.nom} : retour, apo.xlsx (remplacé depuis)" in plat
    assert f"2. {nouveau.nom} : retour, apo-v2.xlsx, remplace {apo.nom}" in plat
    assert (
        "3.1 Écoles concernées : 12 → (vide) (apo-v2.xlsx ; avant : apo.xlsx, Saisie!H12)" in plat
    )
    assert (
        "3.1 Livres distribués : à vérifier : « une dizaine » → 10 (apo-v2.xlsx, Saisie!H14 ; "
        "avant : apo.xlsx, Saisie!H14)"
    ) in plat
    assert "Classes concernées" not in plat
    assert "EMAS (emas) 1. emas-" in plat


def test_history_of_nothing_is_said(status: Lance) -> None:
    code, out, _ = status("--historique")
    assert code == 0
    assert "Aucun relevé pour cet exercice." in out


def test_a_faulty_address_stops_with_its_place(status: Lance, copie: Path, tmp_path: Path) -> None:
    (copie / "contacts.yaml").write_text("apo: a@b.fr\nappo: c@d.fr\n", encoding="utf-8")
    code, out, err = status("--relances", tmp_path / "r")
    assert (code, out) == (1, "")
    assert "contacts.yaml:2:1 : organisme inconnu : « appo »" in err
    assert "vouliez-vous dire « apo » ?" in err
    assert not (tmp_path / "r").exists()

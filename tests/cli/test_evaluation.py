"""`clsmon evaluation`: all the years together, in `bilans/`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from clsmon.evaluating import FORMATS
from tests.returns import Atelier

Lance = Callable[..., tuple[int, str, str]]


@pytest.fixture
def evaluation(lance: Lance, copie: Path) -> Lance:
    def launch(*arguments: object, jour: str = "2026-04-20") -> tuple[int, str, str]:
        return lance("evaluation", "--date", jour, "--dossier", copie, *arguments)

    return launch


def test_both_documents_are_written_beside_the_bilans(evaluation: Lance, copie: Path) -> None:
    code, out, err = evaluation()
    noms = [copie / "bilans" / f"evaluation-2024-2028.{ext}" for ext in ("md", "xlsx")]
    assert (code, out) == (0, "".join(f"{nom}\n" for nom in noms))
    assert all(nom.is_file() for nom in noms)
    assert max(map(len, err.split("\n"))) <= 80
    lisible = " ".join(err.replace("\u00a0", " ").split())
    assert "Réponses reçues pour 0 exercice sur 5 ; sans retour : 2024 et 2025" in lisible
    assert "6 fiches non programmées à ce jour" in lisible
    assert "Et maintenant : clsmon trace" in err


def test_what_was_collected_is_there(evaluation: Lance, copie: Path) -> None:
    atelier = Atelier(copie)
    atelier.answer("apo", {"3.1/livres/livres": 4321})
    atelier.collect()
    code, _, _ = evaluation("--format", "md", "--quiet")
    texte = (copie / "bilans" / "evaluation-2024-2028.md").read_text(encoding="utf-8")
    assert code == 0
    assert "4\u00a0321" in texte
    assert not (copie / "bilans" / "evaluation-2024-2028.xlsx").exists()


def test_the_same_dossier_and_day_give_the_same_bytes(evaluation: Lance, copie: Path) -> None:
    ecrits = []
    for _ in range(2):
        evaluation("--quiet")
        ecrits.append({p.name: p.read_bytes() for p in (copie / "bilans").iterdir()})
    assert ecrits[0] == ecrits[1]


def test_before_the_first_year_the_forms_are_the_next_thing(evaluation: Lance) -> None:
    code, _, err = evaluation("--format", "md", jour="2024-01-01")
    assert code == 0
    assert err.endswith("Et maintenant : clsmon forms\n")


def test_a_template_of_the_dossier_wins(evaluation: Lance, copie: Path) -> None:
    gabarit = copie / "templates" / "evaluation.md.j2"
    gabarit.parent.mkdir()
    gabarit.write_text(
        '{% extends "paquet/evaluation.md.j2" %}{% block essentiel %}Chez nous.{% endblock %}',
        encoding="utf-8",
    )
    evaluation("--format", "md")
    texte = (copie / "bilans" / "evaluation-2024-2028.md").read_text(encoding="utf-8")
    assert "Chez nous." in texte
    assert "Les séries, fiche par fiche" in texte


def test_every_format_is_written(evaluation: Lance) -> None:
    code, sortie, _ = evaluation("--format", ",".join(FORMATS))
    suffixes = [ligne.rpartition(".")[2] for ligne in sortie.splitlines() if "bilans/" in ligne]
    assert (code, suffixes) == (0, list(FORMATS))


def test_an_unknown_format_is_refused(evaluation: Lance) -> None:
    code, _, err = evaluation("--format", "xls")
    assert code == 2
    assert "format inconnu : « xls »" in err
    assert "xlsx" in err

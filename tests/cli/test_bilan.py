"""`clsmon bilan`: the draft, its sending, the adopted report, and what comes after."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.returns import Atelier

Lance = Callable[..., tuple[int, str, str]]

ECOLES = "3.1/ecoles-classes/ecoles"
COPIL = """\
instance: copil
date: 2026-05-12
etat: tenue
exercice: 2025
decisions:
  - {id: D1, nature: adoption_bilan, texte: Le bilan 2025 est adopté}
"""


@pytest.fixture
def bilan(lance: Lance, copie: Path) -> Lance:
    def launch(*arguments: object, jour: str = "2026-05-13") -> tuple[int, str, str]:
        options = ("--exercice", "2025", "--date", jour, "--dossier", copie, "--format", "md")
        return lance("bilan", *options, *arguments)

    return launch


def adopt(copie: Path) -> None:
    (copie / "data" / "seances").mkdir()
    (copie / "data" / "seances" / "2026-05-12-copil.yaml").write_text(COPIL, encoding="utf-8")


def test_a_draft_names_the_missing_logos_and_writes_no_life(bilan: Lance, copie: Path) -> None:
    code, out, err = bilan()
    assert code == 0
    assert out.splitlines()[0].endswith("bilans/2025/bilan-2025.md")
    assert "data/logos  GAB003 alerte  13 logos de signataires manquent : ars.png" in err
    assert "projet à soumettre aux signataires" in err
    assert not (copie / "data" / "exercices").exists()


def test_sending_is_recorded_and_told(bilan: Lance, copie: Path, lance: Lance) -> None:
    code, _, err = bilan("--envoyer", jour="2026-04-20")
    assert code == 0
    assert "Projet noté envoyé le 20/04/2026, droit de regard jusqu'au 05/05/2026" in err
    assert "rien n'est envoyé d'ici" in err
    statut = lance("status", "--exercice", "2025", "--date", "2026-04-21", "--dossier", copie)
    assert "Projet de bilan envoyé le 20 avril 2026 ; droit de regard jusqu'au 5 mai" in statut[1]
    assert "projet soumis aux signataires" in bilan(jour="2026-04-21")[2]


def test_definitive_needs_its_decision(bilan: Lance, copie: Path) -> None:
    code, out, err = bilan("--definitif")
    assert (code, out) == (1, "")
    assert "le bilan 2025 n'est pas adopté" in err
    assert "clsmon forms --seance AAAA-MM-JJ-copil" in err
    adopt(copie)
    assert "Bilan 2025 (adopté, à figer)" in bilan()[2]
    code, _, err = bilan("--definitif")
    assert code == 0
    assert "Bilan 2025 (définitif)" in err
    assert "Chiffres adoptés par la décision 2026-05-12-copil/D1, empreinte " in err


def test_sending_and_adopting_do_not_go_together(bilan: Lance) -> None:
    code, _, err = bilan("--envoyer", "--definitif")
    assert code == 2
    assert "--envoyer et --definitif ne vont pas ensemble" in err


@pytest.mark.parametrize(
    ("fige", "conseil"),
    [
        pytest.param(False, "Figez les chiffres adoptés : clsmon bilan", id="adopté, pas figé"),
        pytest.param(True, "Pour qu'il compte : un arbitrage du COPIL", id="figé"),
    ],
)
def test_a_return_after_adoption_is_recorded_with_a_warning(
    bilan: Lance, copie: Path, lance: Lance, fige: bool, conseil: str
) -> None:
    adopt(copie)
    if fige:
        bilan("--definitif")
    atelier = Atelier(copie)
    atelier.answer("apo", {ECOLES: 12})
    code, out, _ = lance("collect", "--exercice", "2025", "--dossier", copie)
    assert code == 0
    assert (
        "SEA069 alerte  reçu après l'adoption du bilan 2025 (décision 2026-05-12-copil/D1)" in out
    )
    assert conseil in out
    statut = lance("status", "--exercice", "2025", "--date", "2026-05-20", "--dossier", copie)[1]
    assert "Bilan adopté le 12 mai 2026 (décision 2026-05-12-copil/D1)" in statut
    assert ("1 relevé reçu après, non compté." in " ".join(statut.split())) is fige


def test_an_edited_contract_no_longer_gives_the_adopted_report(bilan: Lance, copie: Path) -> None:
    adopt(copie)
    bilan("--definitif")
    fiche = copie / "data" / "fiches" / "3.1.yaml"
    texte = fiche.read_text(encoding="utf-8")
    fiche.write_text(texte.replace("repondants: [apo]", "repondants: [apo, ars]"), "utf-8")
    code, out, err = bilan("--definitif")
    assert (code, out) == (1, "")
    assert "CON065" in err
    code, _, err = bilan()
    assert code == 0
    assert "CON065 alerte" in err
    assert "document de travail, différent du bilan adopté" in err


@pytest.mark.parametrize(
    ("adopte", "options", "suite"),
    [
        pytest.param(False, [], "clsmon bilan --exercice 2025 --envoyer", id="draft"),
        pytest.param(False, ["--envoyer"], "clsmon forms --exercice 2025 --examen", id="sent"),
        pytest.param(True, [], "clsmon bilan --exercice 2025 --definitif", id="adopted"),
        pytest.param(True, ["--definitif"], "clsmon calendar", id="definitive"),
    ],
)
def test_the_next_step(
    bilan: Lance, copie: Path, adopte: bool, options: list[str], suite: str
) -> None:
    if adopte:
        adopt(copie)
    err = bilan(*options)[2]
    assert err.rstrip().endswith(suite)
    assert "Et maintenant : " in err.splitlines()[-1]


def test_once_sent_the_meeting_is_next(bilan: Lance) -> None:
    bilan("--envoyer", jour="2026-04-20")
    assert "Et maintenant : clsmon forms --seance AAAA-MM-JJ-copil" in bilan(jour="2026-05-06")[2]


def test_a_second_sending_says_the_first(bilan: Lance) -> None:
    assert "Il était noté envoyé" not in bilan("--envoyer", jour="2026-04-20")[2]
    assert "Il était noté envoyé" not in bilan("--envoyer", jour="2026-04-20")[2]
    err = bilan("--envoyer", jour="2026-04-21")[2]
    assert "Il était noté envoyé le 20/04/2026" in err


def test_status_does_not_chase_answers_of_an_adopted_report(
    bilan: Lance, copie: Path, lance: Lance
) -> None:
    lance("forms", "--exercice", "2025", "--dossier", copie)
    statut = ("status", "--exercice", "2025", "--date", "2026-05-20", "--dossier", copie)
    assert "--relances" in lance(*statut)[2]
    adopt(copie)
    assert "Et maintenant : clsmon bilan --exercice 2025 --definitif" in lance(*statut)[2]
    bilan("--definitif")
    assert "Et maintenant : clsmon calendar" in lance(*statut)[2]

"""`clsmon forms`: what is written, what is kept, what to do next."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook

Lance = Callable[..., tuple[int, str, str]]

SEANCE = "2026-05-12-copil"


def test_notes_not_yet_collected_are_kept_and_told(lance: Lance, copie: Path) -> None:
    lance("forms", "--seance", SEANCE, "--dossier", copie)
    chemin = copie / "formulaires" / "2025" / f"seance-{SEANCE}.xlsx"
    classeur = load_workbook(chemin)
    classeur["Décisions"]["D4"] = "Une note prise en séance"
    classeur.save(chemin)
    code, out, err = lance("forms", "--seance", SEANCE, "--dossier", copie)
    assert (code, len(out.splitlines())) == (0, 1)
    assert "Le classeur d'avant avait été rempli" in err
    (garde,) = chemin.parent.glob(f"seance-{SEANCE}-garde-*.xlsx")
    assert garde.name in err
    assert load_workbook(garde)["Décisions"]["D4"].value == "Une note prise en séance"


def examen(lance: Lance, copie: Path, jour: str) -> str:
    options = ("--exercice", "2025", "--organisme", "ars", "--date", jour, "--dossier", copie)
    return lance("forms", "--examen", *options)[2]


def test_before_the_draft_is_sent_the_cahiers_say_what_is_missing(
    lance: Lance, copie: Path
) -> None:
    assert "clsmon bilan --exercice 2025 --envoyer" in examen(lance, copie, "2026-04-19")
    lance("bilan", "--envoyer", "--exercice", "2025", "--date", "2026-04-20", "--dossier", copie)
    assert "droit de regard" not in examen(lance, copie, "2026-04-21")
    assert "s'y termine le 05/05/2026, date passée" in examen(lance, copie, "2026-05-06")


def test_once_adopted_the_cahiers_change_nothing_and_it_is_said(lance: Lance, copie: Path) -> None:
    seances = copie / "data" / "seances"
    seances.mkdir()
    (seances / "2026-05-12-copil.yaml").write_text(
        "instance: copil\ndate: 2026-05-12\netat: tenue\nexercice: 2025\n"
        "decisions: [{id: D1, nature: adoption_bilan, texte: Adopté}]\n",
        encoding="utf-8",
    )
    dit = examen(lance, copie, "2026-05-13")
    assert "déjà adopté (décision 2026-05-12-copil/D1)" in dit

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

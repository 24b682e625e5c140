"""A workbook made again never costs anyone what they had typed in the one before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from clsmon.opening import require_dossier
from clsmon.preparing import prepare_forms, prepare_meeting
from clsmon.workbooks.form.hidden import is_as_made

SEANCE = "2026-05-12-copil"
Make = Callable[[Path], tuple[Path, Path | None]]


def form(racine: Path) -> tuple[Path, Path | None]:
    (formulaire,) = prepare_forms(require_dossier(racine), 2025, ["apo"])
    return formulaire.chemin, formulaire.garde


def meeting(racine: Path) -> tuple[Path, Path | None]:
    return prepare_meeting(require_dossier(racine), SEANCE, None)


def type_in(chemin: Path) -> bytes:
    """What a person does with a workbook: open, type, save."""
    classeur = load_workbook(chemin)
    classeur.worksheets[1]["B40"] = "Une note prise en séance"
    classeur.save(chemin)
    return chemin.read_bytes()


@pytest.mark.parametrize("make", [form, meeting])
def test_what_was_typed_is_kept_beside(copie: Path, make: Make) -> None:
    chemin, premier = make(copie)
    neuf, ecrit = chemin.read_bytes(), type_in(chemin)
    assert (premier, is_as_made(neuf), is_as_made(ecrit)) == (None, True, False)
    refait, garde = make(copie)
    assert refait.read_bytes() == neuf
    assert garde is not None
    assert (garde.parent, garde.read_bytes()) == (chemin.parent, ecrit)


def test_a_workbook_nobody_touched_is_made_again_without_a_word(copie: Path) -> None:
    chemin, _ = form(copie)
    assert form(copie) == (chemin, None)
    assert [c.name for c in chemin.parent.iterdir()] == ["apo.xlsx"]


def test_a_workbook_already_received_is_not_kept_twice(copie: Path) -> None:
    chemin, _ = meeting(copie)
    retour = copie / "retours" / "2025" / "la séance.xlsx"
    retour.parent.mkdir(parents=True, exist_ok=True)
    retour.write_bytes(type_in(chemin))
    assert meeting(copie) == (chemin, None)


@pytest.mark.parametrize("octets", [b"", b"PK\x03\x04 not a zip", b"texte"], ids=repr)
def test_what_cannot_be_read_is_someone_else_s_and_kept(copie: Path, octets: bytes) -> None:
    chemin, _ = form(copie)
    chemin.write_bytes(octets)
    _, garde = form(copie)
    assert garde is not None
    assert garde.read_bytes() == octets

"""What the tool copies out: an example that validates, templates that replace nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from clsmon.founding import ORIGINE, copy_contract, copy_templates
from clsmon.model.anomalie import ClsmonError, Gravite, MauvaisUsageError
from clsmon.opening import open_dossier, packaged, require_dossier
from clsmon.reporting import write_bilan
from clsmon.rules import check

Lance = Callable[..., tuple[int, str, str]]


def test_the_example_validates(tmp_path: Path) -> None:
    copy_contract("dijon", tmp_path / "neuf")
    dossier, anomalies = open_dossier(tmp_path / "neuf")
    assert dossier is not None
    assert not [a for a in (*anomalies, *check(dossier)) if a.gravite is not Gravite.INFO]


def test_git_ignores_what_is_made_again_and_what_is_personal(tmp_path: Path) -> None:
    copy_contract("dijon", tmp_path / "neuf")
    ignores = (tmp_path / "neuf" / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"/retours/", "/bilans/", "/contacts.yaml", "/relances/"} <= set(ignores)


def test_an_unknown_example_is_corrected(tmp_path: Path) -> None:
    with pytest.raises(MauvaisUsageError, match="exemple inconnu : « dijonn »") as faute:
        copy_contract("dijonn", tmp_path / "neuf")
    assert "dijon" in str(faute.value.conseil)


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("à garder", encoding="utf-8")
    with pytest.raises(ClsmonError, match="n'est pas un dossier vide"):
        copy_contract("dijon", tmp_path)
    assert [f.name for f in tmp_path.iterdir()] == ["notes.txt"]


def test_the_copied_templates_change_no_document(copie: Path) -> None:
    def report() -> bytes:
        chemins = write_bilan(require_dossier(copie), 2025, date(2026, 4, 2), ["md"])[1]
        return chemins[0].read_bytes()

    avant = report()
    copies, gardes = copy_templates(copie)
    assert gardes == ()
    noms = {chemin.relative_to(copie / ORIGINE).as_posix() for chemin in copies}
    fournis = packaged("templates")
    assert noms == {"LISEZ-MOI.md"} | {
        f.relative_to(fournis).as_posix() for f in fournis.rglob("*") if f.is_file()
    }
    for chemin in copies:
        if chemin.suffix == ".j2":
            chemin.write_text("{{ jamais_lu }}", encoding="utf-8")
    assert report() == avant


def test_a_copy_that_was_changed_is_kept_and_said(copie: Path, lance: Lance) -> None:
    copy_templates(copie)
    change = copie / ORIGINE / "bilan.md.j2"
    change.write_text("à moi", encoding="utf-8")
    code, sortie, messages = lance("init", copie, "--gabarits")
    assert code == 0
    assert "bilan.md.j2 a été modifié : gardé" in messages.replace("\n", " ")
    assert "origine/bilan.md.j2\n" not in sortie
    assert change.read_text(encoding="utf-8") == "à moi"


def test_without_a_choice_the_command_says_both(lance: Lance) -> None:
    code, _, messages = lance("init")
    assert code == 2
    assert "--exemple dijon" in messages
    assert "--gabarits" in messages


def test_the_command_copies_the_example(tmp_path: Path, lance: Lance) -> None:
    code, sortie, messages = lance("init", tmp_path / "neuf", "--exemple", "dijon")
    assert (code, "neuf" in sortie) == (0, True)
    assert "clsmon validate" in messages
    assert (tmp_path / "neuf" / "data" / "contrat.yaml").is_file()

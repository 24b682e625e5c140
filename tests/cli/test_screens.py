"""Every screen is in French, fits 80 columns, and every failure is a sentence with its mend."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from clsmon import __version__
from clsmon.cli import app
from clsmon.cli.screen import shown_documents

Lance = Callable[..., tuple[int, str, str]]

COMMANDS = [command.callback.__name__ for command in app.registered_commands if command.callback]
ENGLISH = re.compile(r"\b(Usage|Options:|Commands|Arguments:|Show|default|required|Error|Try)\b")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_french_and_fits_eighty_columns(lance: Lance, command: str) -> None:
    code, out, err = lance(*filter(None, [command]), "--help")
    assert (code, err) == (0, "")
    assert out.startswith("Utilisation : clsmon")
    assert max(map(len, out.split("\n"))) <= 80
    assert not ENGLISH.search(out)
    assert "..." not in out


@pytest.mark.parametrize("width", [40, 60, 70])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_french_on_a_narrow_terminal(
    lance: Lance, monkeypatch: pytest.MonkeyPatch, command: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    _, out, _ = lance(*filter(None, [command]), "--help")
    assert not ENGLISH.search(out)
    assert not re.search(r"\b(this|and|shell|installation)\b", out)


def test_no_command_shows_the_help(lance: Lance) -> None:
    code, out, err = lance()
    assert code in {0, 2}
    assert "Utilisation : clsmon" in out + err


def test_version(lance: Lance) -> None:
    assert lance("--version")[1] == f"clsmon {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "phrase"),
    [
        (["valide"], "commande inconnue : « valide »"),
        (["validate", "--formatt"], "option inconnue : --formatt"),
        (["validate", "--dossier"], "l'option --dossier demande une valeur"),
        (["collect", "--exercice", "l'an dernier"], "--exercice : un nombre entier est attendu"),
        (["explain"], "il manque l'argument CODE"),
        (["explain", "FIC12"], "code inconnu : « FIC12 »"),
        (["validate", "--format", "xml"], "--format"),
        (["bilan", "--format", "odt"], "format inconnu : « odt »"),
    ],
)
def test_a_fault_of_usage_is_a_french_sentence(
    lance: Lance, arguments: list[str], phrase: str
) -> None:
    code, _, err = lance(*arguments)
    assert code == 2
    assert phrase in err
    assert "Traceback" not in err
    assert not ENGLISH.search(err)


@pytest.mark.parametrize(
    ("arguments", "phrase"),
    [
        (["forms", "--exercice", "2031"], "l'exercice 2031 n'est pas dans la période"),
        (["forms", "--exercice", "2025", "--organisme", "appo"], "organisme inconnu : « appo »"),
        (["forms", "--exercice", "2025", "--organisme", "chu"], "n'est pas interrogé"),
        (["collect", "absent.xlsx", "--exercice", "2025"], "« absent.xlsx » n'existe pas"),
        (["bilan", "--date", "hier"], "date incorrecte : « hier »"),
    ],
)
def test_an_impossible_request_names_the_mend(
    lance: Lance, copie: Path, arguments: list[str], phrase: str
) -> None:
    code, _, err = lance(*arguments, "--dossier", copie)
    assert code in {1, 2}
    assert phrase in err
    assert "→" in err


def test_a_crash_of_ours_leaves_a_log_and_no_stack(
    lance: Lance, copie: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("clsmon.opening.load_dossier", fail)
    code, _, err = lance("validate", "--dossier", copie)
    assert code == 3
    assert "Traceback" not in err
    journal = Path(err.rsplit(": ", 1)[1].strip())
    assert "RuntimeError: boom" in journal.read_text(encoding="utf-8")
    journal.unlink()


def test_interrupting_is_said_and_exits_130(
    lance: Lance, copie: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("clsmon.opening.load_dossier", interrupt)
    code, _, err = lance("validate", "--dossier", copie)
    assert code == 130
    assert err.startswith("Interrompu")


def test_explain_prints_a_page_that_fits(lance: Lance) -> None:
    code, out, _ = lance("explain", "fic012")
    assert code == 0
    assert out.startswith("FIC012")
    assert max(map(len, out.split("\n"))) <= 80


def test_written_documents_are_listed_and_their_images_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    noms = ("b.md", "b-1.svg", "b-2.svg", "b.xlsx")
    documents = [tmp_path / "bilans" / nom for nom in noms]
    assert shown_documents(documents).splitlines() == [
        "bilans/b.md",
        "bilans/b.xlsx",
        "bilans/*.svg  (2 images)",
    ]
    assert shown_documents(documents[1:2]) == "bilans/*.svg  (1 image)\n"
    assert shown_documents(documents[:1]) == "bilans/b.md\n"

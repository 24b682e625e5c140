"""What several rooms' tests need: the Dijon contract, and a copy of it to change."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from clsmon.model.dossier import Dossier
from clsmon.opening import packaged, require_dossier


@pytest.fixture(scope="session")
def dijon() -> Dossier:
    """The Dijon contract, opened once; nobody writes in it."""
    return require_dossier(packaged("dijon"))


@pytest.fixture
def copie(tmp_path: Path) -> Path:
    """A fresh copy of the Dijon contract, without relevés."""
    racine = tmp_path / "dossier"
    source = packaged("dijon") / "data"
    shutil.copytree(source / "fiches", racine / "data" / "fiches")
    for fichier in ("contrat.yaml", "contexte.yaml"):
        shutil.copy(source / fichier, racine / "data" / fichier)
    return racine


@pytest.fixture
def lance(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs the command line in this process: (exit code, stdout, stderr)."""
    from clsmon.cli.running import run  # noqa: PLC0415  typer is needed by these tests only

    def launch(*arguments: object) -> tuple[int, str, str]:
        code = run([str(a) for a in arguments])
        capture = capsys.readouterr()
        return code, capture.out, capture.err

    return launch

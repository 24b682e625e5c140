"""What several rooms' tests need: the Dijon contract, and a copy of it to change."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from clsmon.model.dossier import Dossier
from clsmon.opening import packaged, require_dossier
from clsmon.text import loading
from clsmon.text.yaml_door import load_yaml


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector of cycles no longer walks it, a tenth less."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session", autouse=True)
def _each_document_is_parsed_once() -> Iterator[None]:
    """The same bytes of the same file give the same nodes, which nobody changes: a third less."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "load_yaml", lru_cache(maxsize=2_000)(load_yaml))
        yield


@pytest.fixture(scope="session")
def dijon() -> Dossier:
    """The Dijon contract, opened once; nobody writes in it."""
    return require_dossier(packaged("dijon"))


@pytest.fixture
def copie(tmp_path: Path) -> Path:
    """A fresh copy of the Dijon contract, without relevés."""
    return copy_dijon(tmp_path)


def copy_dijon(ou: Path) -> Path:
    """The Dijon contract, without relevés, copied below this folder."""
    racine = ou / "dossier"
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

"""What every room shares: the real dossier, and a fresh copy of it to write in."""

from __future__ import annotations

from pathlib import Path

import pytest

from clsmon.demonstration.cycle import make_dossier
from clsmon.model.dossier import Dossier
from clsmon.opening import packaged, require_dossier


@pytest.fixture(scope="session")
def dijon() -> Dossier:
    """The dossier of the contract of Dijon, opened once: read it, never write in it."""
    return require_dossier(packaged("dijon"))


@pytest.fixture
def copie(tmp_path: Path) -> Path:
    """The root of a fresh dossier of the contract of Dijon, without any relevé."""
    racine = tmp_path / "dossier"
    make_dossier(racine)
    return racine

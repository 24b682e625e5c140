"""Remakes the returns of this folder: python -m tests.convening.remake (needs LibreOffice)."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from clsmon.opening import packaged
from tests.libreoffice import convert
from tests.meetings import held


def remake(dossier: Path) -> None:
    """Writes the same meeting, saved as .ods and as .xls."""
    with tempfile.TemporaryDirectory() as temporaire:
        racine = Path(temporaire)
        shutil.copytree(packaged("dijon") / "data", racine / "data")
        rempli = held(racine)
    for suffixe in ("ods", "xls"):
        (dossier / f"seance.{suffixe}").write_bytes(convert(rempli, suffixe))


if __name__ == "__main__":
    remake(Path(__file__).parent)

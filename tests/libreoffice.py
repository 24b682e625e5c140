"""LibreOffice as a partner uses it: open a workbook, save it in another format."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

FILTRES = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods:calc8", "xls": "xls:MS Excel 97"}


def soffice() -> str | None:
    """The program, or None where LibreOffice is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(octets: bytes, suffixe: str) -> bytes:
    """The same .xlsx, opened and saved by LibreOffice; its profile is made for this once."""
    programme = soffice()
    assert programme, "LibreOffice is needed"
    with tempfile.TemporaryDirectory() as dossier:
        racine = Path(dossier)
        (racine / "classeur.xlsx").write_bytes(octets)
        subprocess.run(
            [
                programme,
                f"-env:UserInstallation={(racine / 'profil').as_uri()}",
                "--headless",
                "--convert-to",
                FILTRES[suffixe],
                "--outdir",
                str(racine / "enregistre"),
                str(racine / "classeur.xlsx"),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
        return (racine / "enregistre" / f"classeur.{suffixe}").read_bytes()

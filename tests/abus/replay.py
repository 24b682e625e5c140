"""
Replays in LibreOffice what partners do to a form, and keeps the resulting files.

`python -m tests.abus.replay [DOSSIER]` makes them again (by default, the committed fixtures).
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.abus.atelier import FIXTURES, SAISIES, form_of, open_small

GESTES = Path(__file__).with_name("gestures.py")
DELAI = 300
"""Seconds given to all the gestures together."""


def python_with_uno() -> str:
    """A Python that can speak to LibreOffice, or nothing."""
    for python in (sys.executable, "/usr/bin/python3", "/usr/lib/libreoffice/program/python"):
        if shutil.which(python):
            essai = subprocess.run([python, "-c", "import uno"], capture_output=True, check=False)
            if essai.returncode == 0:
                return python
    return ""


def why_not() -> str:
    """Why LibreOffice cannot be driven here; nothing when it can."""
    if not shutil.which("soffice"):
        return "LibreOffice (soffice) n'est pas installé"
    return "" if python_with_uno() else "aucun Python n'a le module uno (paquet python3-uno)"


def replay(sortie: Path) -> None:
    """Does every gesture on a form of the small dossier, typed by its partner, into a folder."""
    with tempfile.TemporaryDirectory() as travail:
        dossier = Path(travail)
        formulaire, reponses = dossier / "asso.xlsx", dossier / "reponses.json"
        formulaire.write_bytes(form_of(open_small()))
        saisies = [{"cle": c, "champ": ch, "tape": tape} for (c, ch), tape in SAISIES.items()]
        reponses.write_text(json.dumps(saisies), encoding="utf-8")
        tuyau = f"clsmon-{dossier.name}"
        profil = (dossier / "profil").as_uri()
        commande = ["soffice", "--headless", "--norestore", "--nologo", "--nodefault"]
        commande += [f"-env:UserInstallation={profil}", f"--accept=pipe,name={tuyau};urp;"]
        arguments = [tuyau, str(formulaire), str(reponses), str(sortie.resolve())]
        with subprocess.Popen(
            commande, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as bureau:
            try:
                subprocess.run(
                    [python_with_uno(), str(GESTES), *arguments], check=True, timeout=DELAI
                )
                bureau.wait(timeout=60)
            finally:
                bureau.kill()


if __name__ == "__main__":
    replay(Path(sys.argv[1]) if len(sys.argv) > 1 else FIXTURES)

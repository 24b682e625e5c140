"""La roue, installée dans un environnement neuf : ses `.pyc` existent, comme chez qui s'en sert."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

DEPOT = Path(__file__).parents[1]


def install_wheel(travail: Path, roue: Path | None) -> Path:
    """
    Installe la roue, bâtie d'ici si elle n'est pas donnée ; rend le dossier des programmes.

    Les bibliothèques sont celles de l'environnement courant. Lève CalledProcessError.
    """
    roue = roue or _build(travail / "roue")
    racine = travail / "venv"
    venv.create(racine, with_pip=False)
    programmes = racine / ("Scripts" if sys.platform == "win32" else "bin")
    _pip("--python", str(programmes / "python"), "install", "--no-deps", "--quiet", str(roue))
    site = subprocess.run(
        [programmes / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    # A path line is not searched for further .pth files: an editable install here stays unseen.
    ici = sysconfig.get_path("purelib")
    (Path(site) / "bibliotheques.pth").write_text(f"{ici}\n", encoding="utf-8")
    return programmes


def _build(cible: Path) -> Path:
    _pip("wheel", "--no-deps", "--quiet", "--wheel-dir", str(cible), str(DEPOT))
    return next(cible.glob("clsmon-*.whl"))


def _pip(*arguments: str) -> None:
    commande = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    subprocess.run(commande, check=True)

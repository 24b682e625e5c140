"""
Le moteur typst : dans ce processus pour le gabarit du paquet, à part pour celui d'un dossier.

Rien n'arrête une composition en cours, et le moteur qui manque de mémoire tue son processus : un
gabarit que l'outil n'a pas écrit se compose dans un processus à lui, au temps et à la mémoire
comptés. `python -m clsmon.render.pdf_engine` est ce processus.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Literal, NamedTuple

import typst

from clsmon.model.anomalie import ClsmonError
from clsmon.render.charts.font import load_fonts

NORME: Literal["ua-1"] = "ua-1"
SECONDES, MEMOIRE = 60, 2 * 1024**3
"""Ce qu'un gabarit de dossier a pour se composer ; le bilan en exemple en prend 2 s et 0,75 Go."""
MEMOIRE_EPUISEE = frozenset({-6, 0xC0000409})
"""Les codes d'un processus que le moteur tue faute de mémoire : SIGABRT, puis celui de Windows."""
_DEUX_FILS = {"RAYON_NUM_THREADS": "2", "MALLOC_ARENA_MAX": "2"}
"""Chaque fil réserve des adresses, que la limite compte : un poste de 32 cœurs n'en a pas plus."""
_RENDU, _FAUTE = "rendu.pdf", "faute.json"


class FauteMoteur(NamedTuple):
    """Ce que le moteur reproche à un gabarit : sa phrase, et de quoi en trouver la place."""

    message: str
    trace: str


def compose(principal: Path, racine: Path, polices: Path) -> bytes | FauteMoteur:
    """Les octets du PDF, ou la faute du gabarit ; lève ClsmonError si rien n'est rendu."""
    moteur = typst.Compiler(
        principal,
        root=racine,
        font_paths=load_fonts(polices),
        ignore_system_fonts=True,
        package_path=racine / "aucun",
        package_cache_path=racine / "aucun",
    )
    try:
        octets = moteur.compile(format="pdf", pdf_standards=[NORME])
    except typst.TypstError as erreur:
        return FauteMoteur(erreur.message, "\n".join((erreur.diagnostic, *erreur.trace)))
    if not isinstance(octets, bytes):
        raise ClsmonError("le moteur n’a rendu aucune page")
    return octets


def compose_apart(
    principal: Path, racine: Path, polices: Path, secondes: float = SECONDES
) -> bytes | FauteMoteur:
    """La même chose dans un processus à part ; la faute dit aussi ce qui n'a pas de fin."""
    ordre = [sys.executable, "-P", "-m", __name__, str(principal), str(racine), str(polices)]
    try:
        fini = subprocess.run(  # noqa: S603  our own interpreter, our own module, three paths
            ordre,
            capture_output=True,
            timeout=secondes,
            check=False,
            stdin=subprocess.DEVNULL,
            env=os.environ | _DEUX_FILS,
        )
    except subprocess.TimeoutExpired:
        return FauteMoteur(f"out of time: {secondes:.0f}", "")
    except OSError as erreur:
        raise _broken(str(erreur.strerror)) from erreur
    if (racine / _FAUTE).is_file():
        return FauteMoteur(*json.loads((racine / _FAUTE).read_text(encoding="utf-8")))
    if fini.returncode == 0:
        return (racine / _RENDU).read_bytes()
    if fini.returncode in MEMOIRE_EPUISEE:
        return FauteMoteur("out of memory", "")
    dit = fini.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
    raise _broken(dit or f"code {fini.returncode}")


def _broken(dit: str) -> ClsmonError:
    return ClsmonError(
        f"le PDF n’a pas pu être composé à part : « {dit} »",
        None,
        "Demandez ce document en html ou en docx (--format), et signalez cette phrase.",
    )


def main(principal: Path, racine: Path, polices: Path) -> None:
    """Compose, et range le PDF ou la faute dans la racine."""
    _bound_memory()
    rendu = compose(principal, racine, polices)
    if isinstance(rendu, FauteMoteur):
        (racine / _FAUTE).write_text(json.dumps(rendu), encoding="utf-8")
    else:
        (racine / _RENDU).write_bytes(rendu)


def _bound_memory() -> None:
    """Une limite sous Linux ; Windows n'en a pas, macOS la refuse : seul le temps y est compté."""
    if sys.platform != "linux":
        return
    import resource  # noqa: PLC0415  there is none on Windows

    dure = resource.getrlimit(resource.RLIMIT_AS)[1]
    limite = MEMOIRE if dure == resource.RLIM_INFINITY else min(MEMOIRE, dure)
    resource.setrlimit(resource.RLIMIT_AS, (limite, dure))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))

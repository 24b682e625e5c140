"""
Le veilleur : collecte chaque fichier dans un processus à part, et regarde tout ce qui en reste.

Lancé à part, `python -m campagnes.watching DOSSIER DATE < demandes`, il reste petit : la mémoire
d'un enfant se compte depuis celle du processus qui l'a fait naître. Une demande par ligne, un
chemin ; une réponse par ligne, en JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from shutil import rmtree

OCTETS_PAR_UNITE = 1 if sys.platform == "darwin" else 1024
"""L'unité de `ru_maxrss`, qui n'est pas la même partout (page getrusage du manuel)."""
LIMITE = 30.0
"""Secondes au bout desquelles une collecte est arrêtée."""
ECRITS = ("data/suivi", "retours")
"""Ce qu'une collecte écrit dans un dossier."""


def main(dossier: Path, jour: str) -> None:
    """Répond à chaque demande ; le dossier est remis en l'état entre deux."""
    (dossier.parent / "tmp").mkdir(exist_ok=True)
    for demande in sys.stdin:
        print(json.dumps(watch(dossier, jour, Path(demande.rstrip("\n")))), flush=True)


def watch(dossier: Path, jour: str, recu: Path) -> dict[str, object]:
    """Une collecte : secondes, calcul, Mo, code de sortie, ce qu'elle dit et ce qu'elle écrit."""
    avant = _look(dossier.parent)
    sortie = recu.parent.parent / "sortie"
    commande = [sys.executable, "-m", "clsmon", "collect", str(recu)]
    commande += ["--dossier", str(dossier), "--date", jour]
    espace = {**os.environ, "TMPDIR": str(dossier.parent / "tmp"), "HOME": str(dossier.parent)}
    debut = time.perf_counter()
    with sortie.open("wb") as flux:
        enfant = subprocess.Popen(commande, stdout=flux, stderr=flux, env=espace, cwd=dossier)
        secondes, code, calcul, octets = _wait(enfant, debut)
    apres = _look(dossier.parent)
    releves = sorted(c.name for c in (dossier / "data" / "suivi").rglob("*.yaml"))
    for ecrit in ECRITS:
        rmtree(dossier / ecrit, ignore_errors=True)
    return {
        "secondes": secondes,
        "calcul": calcul,
        "megaoctets": octets / 1e6,
        "code": code,
        "sortie": sortie.read_text(encoding="utf-8", errors="replace"),
        "releves": releves,
        "touches": sorted(c for c in avant.keys() | apres.keys() if avant.get(c) != apres.get(c)),
    }


def _wait(enfant: subprocess.Popen[bytes], debut: float) -> tuple[float, int, float, int]:
    while True:
        pid, etat, usage = os.wait4(enfant.pid, os.WNOHANG)
        secondes = time.perf_counter() - debut
        if pid:
            break
        if secondes > LIMITE:
            enfant.kill()
        time.sleep(0.002)
    enfant.returncode = os.waitstatus_to_exitcode(etat)
    calcul = usage.ru_utime + usage.ru_stime
    return secondes, enfant.returncode, calcul, usage.ru_maxrss * OCTETS_PAR_UNITE


def _look(racine: Path) -> dict[str, tuple[int, int]]:
    """Chaque fichier, sa taille et l'instant de sa dernière écriture."""
    return {
        chemin.relative_to(racine).as_posix(): (chemin.lstat().st_size, chemin.lstat().st_mtime_ns)
        for chemin in racine.rglob("*")
        if not chemin.is_dir()
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

"""P5 : la collecte tuée n'importe quand ; chaque relevé est entier ou absent, la suivante finit."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from random import Random

from campagnes.compte import Compte
from campagnes.pen import Cases, Stylo
from campagnes.terrain import EXERCICE, JOUR, Genres, write_contract
from campagnes.tree import read_tree
from clsmon.analysis.questionnaire import compute_questionnaire
from clsmon.cli.running import run as run_command
from clsmon.opening import open_dossier, require_dossier
from clsmon.workbooks.form.workbook import render_form
from clsmon.writing import PREFIXE_TEMPORAIRE

CLASSEURS = 6
GENRES: Genres = {"1.1": ("nombre", "texte")}
TUEE, FINIE = "tuées", "finies avant de l'être"
ECRITURES = ("fsync", "replace", "open", "unlink", "close", "chmod", "mkdir")
"""Les appels du système auxquels une collecte peut être tuée, avant qu'ils ne soient faits."""

IMPORTES = ("clsmon.collecting", "clsmon.cli.tables", "clsmon.render.anomalies", "rich.table")
"""Chargés ici une fois : naître d'un processus qui les a épargne leur lecture à chaque collecte."""

VERIFIE = (
    f"`clsmon collect` de {CLASSEURS} classeurs tué par SIGKILL, une fois sur deux à un instant au "
    "hasard, sinon juste avant un appel d'écriture au hasard : tout relevé présent est entier et "
    "se relit, la collecte suivante rend le même dossier à l'octet près, sans fichier temporaire"
)


def run(graine: int, nombre: int, dossier: Path) -> Compte:
    """Tue `nombre` collectes et fait suivre chacune d'une collecte entière."""
    hasard = Random(graine)
    compte = Compte(VERIFIE)
    terrain = Terrain(dossier)
    sorts: Counter[str] = Counter()
    while sorts[TUEE] < nombre and sorts.total() < 3 * nombre + 10:
        terrain.empty()
        tue = terrain.kill_by_clock if sorts.total() % 2 else terrain.kill_at_call
        sorts[tue(hasard)] += 1
        compte.fautes += [f"n° {sorts.total()} : {faute}" for faute in terrain.check()]
    compte.essais = sorts[TUEE]
    compte.expect(sorts[TUEE] == nombre, f"{sorts[TUEE]} collectes tuées au lieu de {nombre}")
    compte.mesures += [f"{combien} collectes {sort}" for sort, combien in sorted(sorts.items())]
    return compte


class Terrain:
    """Un dossier, ses classeurs rendus, et ce qu'une collecte entière y laisse."""

    def __init__(self, dossier: Path) -> None:
        self.racine = dossier / "dossier"
        self.recus = dossier / "recus"
        self.recus.mkdir()
        organismes = tuple(f"org-{rang}" for rang in range(CLASSEURS))
        write_contract(self.racine, GENRES, organismes, CLASSEURS)
        ouvert = require_dossier(self.racine)
        for rang, code in enumerate(organismes):
            stylo = Stylo(render_form(compute_questionnaire(ouvert, EXERCICE, code)))
            cases: Cases = {
                ("1.1/i0/nombre", "valeur"): rang,
                ("1.1/i1/texte", "valeur"): "mot " * 200,
            }
            (self.recus / f"{code}.xlsx").write_bytes(stylo.fill(cases))
        for module in IMPORTES:
            import_module(module)
        debut = time.perf_counter()
        self.collect()
        self.duree = time.perf_counter() - debut
        self.entier = read_tree(self.racine)

    def empty(self) -> None:
        """Retire ce que les collectes ont écrit."""
        for chemin in sorted(self.racine.rglob("*"), reverse=True):
            ecrit = {"suivi", "retours"} & set(chemin.relative_to(self.racine).parts)
            if ecrit or chemin.name == ".clsmon.lock":
                chemin.rmdir() if chemin.is_dir() else chemin.unlink()

    def collect(self, avant: Callable[[], None] = lambda: None) -> int:
        """Une collecte dans un processus né de celui-ci ; rend son état de fin, au sens de wait."""
        pid = self.start(avant)
        return os.waitpid(pid, 0)[1]

    def start(self, avant: Callable[[], None] = lambda: None) -> int:
        """Fait naître une collecte ; rend son processus."""
        pid = os.fork()
        if pid == 0:
            try:
                muet = os.open(os.devnull, os.O_WRONLY)
                os.dup2(muet, 1)
                os.dup2(muet, 2)
                avant()
                arguments = ["collect", str(self.recus), "--dossier", str(self.racine)]
                os._exit(run_command([*arguments, "--date", JOUR, "--quiet"]))
            finally:
                os._exit(99)
        return pid

    def kill_by_clock(self, hasard: Random) -> str:
        """Tue au bout d'un temps pris entre rien et la durée d'une collecte entière."""
        pid = self.start()
        time.sleep(hasard.random() * self.duree)
        os.kill(pid, signal.SIGKILL)
        return _how(os.waitpid(pid, 0)[1])

    def kill_at_call(self, hasard: Random) -> str:
        """Tue juste avant le n-ième appel d'écriture."""
        combien = hasard.randint(1, CLASSEURS * 22)
        return _how(self.collect(lambda: _arm(combien)))

    def check(self) -> list[str]:
        """Ce qui n'est pas entier après la mort, puis ce que la collecte suivante ne rend pas."""
        fautes = []
        for chemin in (self.racine / "data" / "suivi").rglob("*.yaml"):
            nom = chemin.relative_to(self.racine).as_posix()
            if self.entier.get(nom) != chemin.read_bytes():
                fautes.append(f"{nom} n'est pas entier")
        _, anomalies = open_dossier(self.racine)
        fautes += [f"{a.lieu.fichier} : {a.message}" for a in anomalies]
        if (etat := self.collect()) != 0:
            fautes.append(f"la collecte suivante finit par {etat}")
        apres = read_tree(self.racine)
        if apres != self.entier:
            differe = sorted(n for n in apres.keys() ^ self.entier.keys())
            fautes.append(f"le dossier n'est pas celui d'une collecte entière : {differe}")
        if any(PREFIXE_TEMPORAIRE in nom for nom in apres):
            fautes.append("un fichier temporaire reste")
        return fautes


def _arm(combien: int) -> None:
    """Le n-ième appel d'écriture du processus est sa mort."""
    restants = combien

    def watched(appel: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **options: object) -> object:
            nonlocal restants
            restants -= 1
            if restants == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return appel(*arguments, **options)

        return call

    for nom in ECRITURES:
        setattr(os, nom, watched(getattr(os, nom)))


def _how(etat: int) -> str:
    return TUEE if os.WIFSIGNALED(etat) else FINIE

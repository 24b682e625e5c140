"""Des processus entiers lancés tour à tour, leurs médianes, et ce qu'en disent les budgets."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import NamedTuple

OCTETS_PAR_UNITE = 1 if sys.platform == "darwin" else 1024
"""L'unité de `ru_maxrss`, qui n'est pas la même partout (page getrusage du manuel)."""

VARIABLES_ECARTEES = ("PYTHON", "CLSMON_", "GITHUB_", "VIRTUAL_ENV")
"""Ce qui ferait mesurer autre chose que la roue installée, ou changerait ce qu'elle écrit."""


@dataclass(frozen=True)
class Programme:
    """Une commande à mesurer ; `a_effacer` l'est avant chaque passage."""

    nom: str
    commande: tuple[str, ...]
    a_effacer: tuple[Path, ...] = ()
    bibliotheque: str | None = None


@dataclass(frozen=True)
class Comparaison:
    """Un pair et le rapport à ne pas dépasser ; sans `au_plus`, le rapport est seulement montré."""

    pair: Programme
    au_plus: float | None = None


@dataclass(frozen=True)
class Travail:
    """Ce que fait notre commande, ses pairs et ses budgets, en secondes et en Mo (10^6 octets)."""

    titre: str
    nous: Programme
    comparaisons: tuple[Comparaison, ...] = ()
    secondes: float | None = None
    megaoctets: float | None = None
    exige: bool = True

    @property
    def programmes(self) -> tuple[Programme, ...]:
        """Tout ce qui est lancé tour à tour."""
        return (self.nous, *(c.pair for c in self.comparaisons))


class Passage(NamedTuple):
    """Secondes à l'horloge, secondes de processeur, Mo ; 0 où le système n'en dit rien."""

    secondes: float
    calcul: float = 0.0
    megaoctets: float = 0.0


@dataclass(frozen=True)
class Mesure:
    """Tous les passages d'un programme."""

    passages: tuple[Passage, ...]

    @property
    def mediane(self) -> float:
        """La médiane des secondes à l'horloge."""
        return median(p.secondes for p in self.passages)

    @property
    def calcul(self) -> float:
        """La médiane des secondes de processeur : une machine occupée les change moins."""
        return median(p.calcul for p in self.passages)

    @property
    def megaoctets(self) -> float:
        """La mémoire la plus haute, en Mo."""
        return max(p.megaoctets for p in self.passages)


@dataclass(frozen=True)
class Verdict:
    """Une grandeur contre son budget ; `mesure` et `pair` valent None si le pair est absent."""

    objet: str
    mesure: float | None
    au_plus: float | None
    exige: bool
    calcul: float | None = None
    pair: Mesure | None = None
    bibliotheque: str | None = None

    @property
    def depasse(self) -> bool:
        """Vrai si la mesure passe le budget ; une mesure ou un budget absent ne passe rien."""
        return self.mesure is not None and self.au_plus is not None and self.mesure > self.au_plus


class EchecError(Exception):
    """Un programme mesuré s'est mal terminé : son temps ne voudrait rien dire."""


def clean_environment() -> dict[str, str]:
    """L'environnement courant, sans ce qui ferait mesurer autre chose."""
    return {c: v for c, v in os.environ.items() if not c.startswith(VARIABLES_ECARTEES)}


def run_once(programme: Programme) -> Passage:
    """Lance le programme une fois ; lève EchecError si le code de sortie n'est pas attendu."""
    for chemin in programme.a_effacer:
        shutil.rmtree(chemin, ignore_errors=True)
    with tempfile.TemporaryFile() as sortie:
        debut = time.perf_counter()
        processus = subprocess.Popen(
            programme.commande, stdout=sortie, stderr=subprocess.STDOUT, env=clean_environment()
        )
        calcul, octets = _wait(processus)
        secondes = time.perf_counter() - debut
        if processus.returncode != 0:
            sortie.seek(0)
            fin = sortie.read().decode("utf-8", "replace")[-2000:]
            raise EchecError(f"{programme.nom} : code de sortie {processus.returncode}\n{fin}")
    return Passage(secondes, calcul, octets / 1e6)


def _wait(processus: subprocess.Popen[bytes]) -> tuple[float, int]:
    if not hasattr(os, "wait4"):
        processus.wait()
        return 0.0, 0
    _, etat, usage = os.wait4(processus.pid, 0)
    processus.returncode = os.waitstatus_to_exitcode(etat)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * OCTETS_PAR_UNITE


def measure(
    programmes: Sequence[Programme],
    passages: int,
    run: Callable[[Programme], Passage] = run_once,
) -> Mapping[str, Mesure]:
    """
    Mesure les programmes tour à tour, après un passage d'échauffement qui ne compte pas.

    Le bruit de la machine tombe ainsi sur tous : seuls leurs rapports ont un sens.
    """
    releves: dict[str, list[Passage]] = {p.nom: [] for p in programmes}
    for programme in programmes:
        run(programme)
    for rang in range(passages):
        # Each starts in its turn, so that none always follows the greediest.
        depart = rang % len(programmes)
        for programme in (*programmes[depart:], *programmes[:depart]):
            releves[programme.nom].append(run(programme))
    return {nom: Mesure(tuple(lus)) for nom, lus in releves.items()}


def judge(travail: Travail, mesures: Mapping[str, Mesure]) -> tuple[Verdict, ...]:
    """Chaque budget du travail et ce qui a été mesuré ; un pair absent de `mesures` est gardé."""
    nous = mesures[travail.nous.nom]
    verdicts = []
    for comparaison in travail.comparaisons:
        pair = mesures.get(comparaison.pair.nom)
        verdicts.append(
            Verdict(
                comparaison.pair.nom,
                nous.mediane / pair.mediane if pair else None,
                comparaison.au_plus,
                travail.exige,
                nous.calcul / pair.calcul if pair and pair.calcul else None,
                pair,
                comparaison.pair.bibliotheque,
            )
        )
    if travail.secondes is not None:
        verdicts.append(Verdict("secondes", nous.mediane, travail.secondes, travail.exige))
    if travail.megaoctets is not None:
        verdicts.append(Verdict("Mo", nous.megaoctets, travail.megaoctets, travail.exige))
    return tuple(verdicts)

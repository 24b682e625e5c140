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

OCTETS_PAR_UNITE = 1 if sys.platform == "darwin" else 1024
"""L'unité de `ru_maxrss`, qui n'est pas la même partout (page getrusage du manuel)."""

VARIABLES_ECARTEES = ("PYTHON", "CLSMON_", "GITHUB_", "VIRTUAL_ENV")
"""Ce qui ferait mesurer autre chose que la roue installée, ou changerait ce qu'elle écrit."""


@dataclass(frozen=True)
class Programme:
    """Une commande à mesurer ; `a_effacer` avant chaque passage, `codes` de sortie attendus."""

    nom: str
    commande: tuple[str, ...]
    a_effacer: tuple[Path, ...] = ()
    codes: tuple[int, ...] = (0,)
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


@dataclass(frozen=True)
class Mesure:
    """Les passages d'un programme : secondes de chacun, mémoire la plus haute en Mo."""

    secondes: tuple[float, ...]
    megaoctets: float

    @property
    def mediane(self) -> float:
        """La médiane des secondes."""
        return median(self.secondes)


@dataclass(frozen=True)
class Verdict:
    """Une grandeur contre son budget ; `mesure` et `lui` valent None si le pair est absent."""

    objet: str
    mesure: float | None
    au_plus: float | None
    exige: bool
    lui: float | None = None
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


def run_once(programme: Programme) -> tuple[float, float]:
    """
    Lance le programme une fois ; rend (secondes, Mo), la mémoire à 0 où le système n'en dit rien.

    Lève EchecError si le code de sortie n'est pas attendu.
    """
    for chemin in programme.a_effacer:
        shutil.rmtree(chemin, ignore_errors=True)
    milieu = clean_environment()
    with tempfile.TemporaryFile() as sortie:
        debut = time.perf_counter()
        processus = subprocess.Popen(
            programme.commande, stdout=sortie, stderr=subprocess.STDOUT, env=milieu
        )
        octets = _wait(processus)
        secondes = time.perf_counter() - debut
        if processus.returncode not in programme.codes:
            sortie.seek(0)
            fin = sortie.read().decode("utf-8", "replace")[-2000:]
            raise EchecError(f"{programme.nom} : code de sortie {processus.returncode}\n{fin}")
    return secondes, octets / 1e6


def _wait(processus: subprocess.Popen[bytes]) -> int:
    if not hasattr(os, "wait4"):
        processus.wait()
        return 0
    _, etat, usage = os.wait4(processus.pid, 0)
    processus.returncode = os.waitstatus_to_exitcode(etat)
    return usage.ru_maxrss * OCTETS_PAR_UNITE


def measure(
    programmes: Sequence[Programme],
    passages: int,
    run: Callable[[Programme], tuple[float, float]] = run_once,
) -> Mapping[str, Mesure]:
    """
    Mesure les programmes tour à tour, après un passage d'échauffement qui ne compte pas.

    Le bruit de la machine tombe ainsi sur tous : seuls leurs rapports ont un sens.
    """
    releves: dict[str, list[tuple[float, float]]] = {p.nom: [] for p in programmes}
    for programme in programmes:
        run(programme)
    for rang in range(passages):
        # Chacun commence à son tour : aucun ne suit toujours le plus gourmand.
        depart = rang % len(programmes)
        for programme in (*programmes[depart:], *programmes[:depart]):
            releves[programme.nom].append(run(programme))
    return {
        nom: Mesure(tuple(s for s, _ in lus), max(m for _, m in lus))
        for nom, lus in releves.items()
    }


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
                pair.mediane if pair else None,
                comparaison.pair.bibliotheque,
            )
        )
    if travail.secondes is not None:
        verdicts.append(Verdict("secondes", nous.mediane, travail.secondes, travail.exige))
    if travail.megaoctets is not None:
        verdicts.append(Verdict("Mo", nous.megaoctets, travail.megaoctets, travail.exige))
    return tuple(verdicts)

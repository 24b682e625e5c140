"""
Un cycle où tout dossier se lit en désordre : `python -m campagnes.shuffled GRAINE DOSSIER`.

L'ordre d'un dossier dépend du disque ; rien de ce qui est écrit n'en doit dépendre.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from random import Random
from typing import Any, Self

from campagnes.terrain import JOUR

COMMANDES = (["collect"], ["forms"], ["bilan", "--format", "md,xlsx,pptx"])


class _Battu:
    """Les entrées d'un dossier, battues, sous la forme que rend `os.scandir`."""

    def __init__(self, entrees: list[Any]) -> None:
        self._entrees = iter(entrees)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[Any]:
        return self._entrees

    def __next__(self) -> Any:
        return next(self._entrees)

    def close(self) -> None:
        """Comme celui d'`os.scandir` ; les entrées sont déjà toutes lues."""


def shuffle(graine: int) -> None:
    """Bat désormais l'ordre de tout dossier lu dans ce processus."""
    hasard = Random(graine)
    listdir, scandir = os.listdir, os.scandir

    def shuffled_listdir(*arguments: Any) -> list[Any]:
        return hasard.sample(noms := listdir(*arguments), len(noms))

    def shuffled_scandir(*arguments: Any) -> _Battu:
        with scandir(*arguments) as entrees:
            toutes = list(entrees)
        return _Battu(hasard.sample(toutes, len(toutes)))

    os.listdir = shuffled_listdir  # type: ignore[assignment]
    os.scandir = shuffled_scandir  # type: ignore[assignment]


def run_cycle(dossier: str) -> int:
    """Collecte, formulaires, bilan ; rend le plus haut code de sortie."""
    from clsmon.cli.running import run  # noqa: PLC0415  only once everything is shuffled

    suite = ["--dossier", dossier, "--date", JOUR, "--quiet"]
    return max(run([*commande, *suite]) for commande in COMMANDES)


if __name__ == "__main__":
    shuffle(int(sys.argv[1]))
    sys.exit(run_cycle(sys.argv[2]))

"""
`clsmon` où tout dossier se lit dans un ordre battu : `python -m campagnes.shuffled GRAINE ARGUMENTS`.

L'ordre d'un dossier dépend du disque ; rien de ce qui est écrit n'en doit dépendre.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from random import Random
from typing import Any


class _Battu:
    """Les entrées d'un dossier, battues, sous la forme que rend `os.scandir`."""

    def __init__(self, entrees: list[Any]) -> None:
        self._entrees = iter(entrees)

    def __enter__(self) -> _Battu:
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

    os.listdir = shuffled_listdir
    os.scandir = shuffled_scandir  # type: ignore[assignment]


if __name__ == "__main__":
    shuffle(int(sys.argv[1]))
    from clsmon.cli.running import run

    sys.exit(run(sys.argv[2:]))

"""Un travail fait à part, dans un processus né de celui-ci (POSIX) : s'il meurt, on le sait."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Generic, NamedTuple, TypeVar

_Rendu = TypeVar("_Rendu")
_NAISSANCE = multiprocessing.get_context("fork")


class Fin(NamedTuple, Generic[_Rendu]):
    """Ce qu'un travail a rendu, ou None et pourquoi : « tué », « trop long », une exception."""

    rendu: _Rendu | None
    pourquoi: str
    secondes: float


def run_apart(travail: Callable[[], _Rendu], secondes: float) -> Fin[_Rendu]:
    """Fait le travail dans un processus à part, arrêté au bout de `secondes`."""
    recoit, envoie = _NAISSANCE.Pipe(duplex=False)
    debut = time.perf_counter()
    enfant = _NAISSANCE.Process(target=_work, args=(travail, envoie), daemon=True)
    enfant.start()
    envoie.close()
    fin: Fin[_Rendu]
    try:
        if recoit.poll(secondes):
            rendu, pourquoi = recoit.recv()
            fin = Fin(rendu, pourquoi, time.perf_counter() - debut)
        else:
            fin = Fin(None, "trop long", time.perf_counter() - debut)
    except EOFError:
        fin = Fin(None, "tué", time.perf_counter() - debut)
    if enfant.pid is not None and enfant.is_alive() and fin.pourquoi == "trop long":
        os.kill(enfant.pid, signal.SIGKILL)
    enfant.join()
    recoit.close()
    return fin


def _work(travail: Callable[[], _Rendu], envoie: Connection) -> None:
    try:
        rendu: tuple[_Rendu | None, str] = (travail(), "")
    except Exception as erreur:  # noqa: BLE001  whatever it is, it is told to the parent
        rendu = (None, f"{type(erreur).__name__}: {erreur}")
    envoie.send(rendu)

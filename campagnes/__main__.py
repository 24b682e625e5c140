"""
Éprouve les promesses : `python -m campagnes [NOM…] [--graine N] [--nombre N] [--corpus DOSSIER]`.

Sans nom, toutes sauf « pages », qui demande un navigateur. Chaque campagne dit ce qu'elle
vérifie, combien de fois, et ce qui n'a pas tenu ; la commande rend 1 si quelque chose n'a pas tenu.
Sous Linux ou macOS.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from campagnes.compte import Campagne, Compte
from campagnes.corpus import run_on
from campagnes.registre import CAMPAGNES, NAVIGATEUR

FAUTES_MONTREES = 20


def main(arguments: Sequence[str]) -> int:
    """Lance les campagnes demandées ; rend 1 si une promesse n'a pas tenu."""
    options = _read_arguments(arguments)
    tenues = True
    for campagne in _choose(options):
        debut = time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="clsmon-campagne-") as dossier:
            compte = campagne.run(options.graine, options.nombre or campagne.nombre, Path(dossier))
        _show(campagne, compte, time.perf_counter() - debut)
        tenues = tenues and not compte.fautes
    return 0 if tenues else 1


def _read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    lecteur = argparse.ArgumentParser(prog="python -m campagnes", description=__doc__)
    noms = tuple(c.nom for c in (*CAMPAGNES, NAVIGATEUR))
    lecteur.add_argument("noms", nargs="*", metavar="NOM", help=f"parmi {', '.join(noms)}")
    lecteur.add_argument("--graine", type=int, default=1, help="la même refait les mêmes essais")
    lecteur.add_argument("--nombre", type=int, help="essais (sinon ceux de chaque promesse)")
    lecteur.add_argument("--corpus", type=Path, help="dossier de classeurs faits par d'autres")
    options = lecteur.parse_args(arguments)
    inconnus = sorted(set(options.noms) - set(noms))
    if inconnus:
        lecteur.error(f"campagne inconnue : {', '.join(inconnus)} ; parmi {', '.join(noms)}")
    return options


def _choose(options: argparse.Namespace) -> Iterator[Campagne]:
    """Les campagnes nommées, ou toutes ; un corpus donné seul se lit seul."""
    if NAVIGATEUR.nom in options.noms:
        yield NAVIGATEUR
    for campagne in CAMPAGNES:
        if options.noms and campagne.nom not in options.noms:
            continue
        if options.corpus is None:
            yield campagne
        elif campagne.nom == "P3-corpus":
            lu = partial(run_on, options.corpus)
            yield Campagne(campagne.nom, campagne.promesse, 0, 0, lu)


def _show(campagne: Campagne, compte: Compte, secondes: float) -> None:
    """Le compte d'une campagne, sur la sortie ordinaire."""
    sort = "tenu" if not compte.fautes else f"NON TENU, {len(compte.fautes)} faute(s)"
    print(f"{campagne.nom}  {campagne.promesse}")
    print(f"    {compte.essais} essais en {secondes:.0f} s : {sort}")
    print(f"    vérifié : {compte.verifie}")
    for mesure in compte.mesures:
        print(f"    - {mesure}")
    for faute in compte.fautes[:FAUTES_MONTREES]:
        print(f"    ! {faute}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

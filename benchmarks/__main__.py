"""
Mesure clsmon à côté d'autres outils : `python -m benchmarks [--verifier] [--travail collect]`.

Seuls comptent les rapports pris dans une même exécution ; les secondes varient avec la machine.
Entre parenthèses, le même rapport en temps de processeur, que le bruit des voisins change moins.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from benchmarks.installing import DEPOT, install_wheel
from benchmarks.jobs import EXTRA_BENCH, GRANDE, MOYENNE, PETITE, TRAVAUX, Jeu, jobs
from benchmarks.measuring import Mesure, Travail, Verdict, clean_environment, judge, measure

COLONNES = (27, 8, 5, 22, 8, 9, 8, 8)
"""Les largeurs du tableau, en caractères."""


def main(arguments: Sequence[str]) -> int:
    """Mesure et montre ; rend 1 si `--verifier` est demandé et qu'un budget exigé ne tient pas."""
    options = _read_arguments(arguments)
    tenus = True
    with tempfile.TemporaryDirectory(prefix="clsmon-mesures-") as dossier:
        racine = Path(dossier)
        programmes = install_wheel(racine, options.roue)
        python, taille = str(programmes / "python"), str(options.taille)
        ecriture = [python, "-m", "benchmarks.inputs", dossier, taille, options.travail]
        subprocess.run(ecriture, cwd=DEPOT, env=clean_environment(), check=True)
        _show("Travail", "nous", "Mo", "à côté de", "lui", "calcul", "rapport", "au plus", "")
        for travail in jobs(Jeu(racine, programmes), options.taille, options.travail):
            presents = [p for p in travail.programmes if _is_installed(p.bibliotheque)]
            mesures = measure(presents, options.runs)
            verdicts = judge(travail, mesures)
            _show_job(travail, mesures[travail.nous.nom], verdicts)
            tenus = tenus and all(map(_holds, verdicts))
    return int(options.verifier and not tenus)


def _read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    lecteur = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    lecteur.add_argument("--runs", type=int, default=5, help="passages de chacun (5)")
    lecteur.add_argument("--taille", type=int, choices=(PETITE, MOYENNE, GRANDE), default=PETITE)
    lecteur.add_argument(
        "--travail",
        choices=TRAVAUX,
        default="",
        help="un seul travail, sans les données des autres",
    )
    lecteur.add_argument("--verifier", action="store_true", help="échoue au-delà d'un budget")
    lecteur.add_argument("--roue", type=Path, help="roue à mesurer (sinon, bâtie d'ici)")
    return lecteur.parse_args(arguments)


def _is_installed(bibliotheque: str | None) -> bool:
    return bibliotheque is None or find_spec(bibliotheque) is not None


def _holds(verdict: Verdict) -> bool:
    """Faux aussi pour un pair de l'extra `bench` absent : ce qui n'est pas mesuré ne tient pas."""
    if verdict.mesure is None:
        return verdict.bibliotheque not in EXTRA_BENCH
    return not (verdict.exige and verdict.depasse)


def _show_job(travail: Travail, nous: Mesure, verdicts: Sequence[Verdict]) -> None:
    debut = (travail.titre, f"{_spell(nous.mediane, 3)} s", _spell(nous.megaoctets, 0))
    for verdict in verdicts:
        au_plus = "–" if verdict.au_plus is None else _spell(verdict.au_plus)
        _show(*debut, verdict.objet, *_measured(verdict), au_plus, _fate(verdict))
        debut = ("", "", "")


def _measured(verdict: Verdict) -> Iterator[str]:
    yield "" if verdict.pair is None else f"{_spell(verdict.pair.mediane, 3)} s"
    yield "" if verdict.calcul is None else f"({_spell(verdict.calcul)})"
    yield "–" if verdict.mesure is None else _spell(verdict.mesure)


def _fate(verdict: Verdict) -> str:
    if verdict.mesure is None:
        return f"non mesuré : {verdict.bibliotheque} n'est pas installé"
    if verdict.au_plus is None:
        return ""
    if not verdict.depasse:
        return "tenu"
    return "DÉPASSÉ" if verdict.exige else "dépassé (montré, non exigé)"


def _spell(nombre: float, decimales: int = 2) -> str:
    return f"{nombre:.{decimales}f}".replace(".", ",")


def _show(titre: str, nous: str, mo: str, objet: str, *reste: str) -> None:
    *nombres, sort = reste
    gauche = f"{titre:<{COLONNES[0]}}{nous:>{COLONNES[1]}}{mo:>{COLONNES[2]}}  "
    droite = "".join(f"{n:>{c}}" for n, c in zip(nombres, COLONNES[4:], strict=True))
    print(f"{gauche}{objet:<{COLONNES[3]}}{droite}  {sort}".rstrip(), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

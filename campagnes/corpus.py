"""P3 : les classeurs des autres, lus par nous et par openpyxl ; aucun nombre ne diffère."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from random import Random

from campagnes.apart import run_apart
from campagnes.compte import Compte
from campagnes.foreign import write_workbooks
from campagnes.oracle import Comparaison, compare
from clsmon.workbooks.reader.cells import ClasseurRefuse, read_workbook

NOUS, LUI = 10.0, 60.0
"""Secondes laissées à notre lecteur, puis à openpyxl."""

VERIFIE = (
    "chaque cellule que nous ou openpyxl disons un nombre ou une date est la même pour les deux ; "
    f"ni panne, ni plus de {NOUS:.0f} s"
)
COMPARES = (".xlsx", ".xlsm")
"""Ce qu'openpyxl lit aussi ; un .ods ou un .xls se lit seulement sans panne ni attente."""

SUFFIXES = (*COMPARES, ".ods", ".xls")
MONTREES = 5
"""Différences montrées par classeur."""


def run(graine: int, nombre: int, dossier: Path) -> Compte:
    """Sans corpus donné : des classeurs tirés au hasard, écrits par openpyxl et xlsxwriter."""
    return read_corpus(write_workbooks(Random(graine), nombre, dossier))


def run_on(racine: Path, graine: int, nombre: int, _dossier: Path) -> Compte:
    """Un corpus donné : tous ses classeurs, ou `nombre` tirés au hasard ; rien n'en est copié."""
    chemins = find_corpus(racine)
    if 0 < nombre < len(chemins):
        chemins = Random(graine).sample(chemins, nombre)
    return read_corpus(chemins)


def find_corpus(racine: Path) -> list[Path]:
    """Les classeurs d'un corpus, que notre lecteur sait lire."""
    return sorted(c for c in racine.rglob("*") if c.suffix.lower() in SUFFIXES and c.is_file())


def read_corpus(chemins: Sequence[Path]) -> Compte:
    """Lit chaque classeur à part, par nous puis par openpyxl, et compare."""
    compte = Compte(VERIFIE)
    pareilles = 0
    sorts: Counter[str] = Counter()
    for chemin in chemins:
        compte.essais += 1
        octets = chemin.read_bytes()
        nous = run_apart(partial(_read_ours, octets), NOUS)
        if nous.rendu is None:
            compte.fautes.append(f"{chemin} : notre lecteur : {nous.pourquoi}")
        elif nous.rendu:
            sorts[f"classeurs refusés par nous ({nous.rendu})"] += 1
        elif chemin.suffix.lower() not in COMPARES:
            sorts[f"classeurs {chemin.suffix.lower()} lus par nous"] += 1
        else:
            lui = run_apart(partial(_compare, octets), NOUS + LUI)
            comparaison = lui.rendu or Comparaison()
            nom = "lus par les deux" if lui.rendu else "lus par nous, pas par openpyxl"
            sorts[f"classeurs {nom}"] += 1
            pareilles += comparaison.pareilles
            sorts.update({f"cellules {c}": n for c, n in comparaison.excusees.items()})
            compte.fautes += [f"{chemin} : {d}" for d in comparaison.differences[:MONTREES]]
    compte.mesures.append(f"{pareilles} nombres et dates pareils")
    compte.mesures += [f"{combien} {sort}" for sort, combien in sorted(sorts.items())]
    return compte


def _read_ours(octets: bytes) -> str:
    """Le code du refus, vide si le classeur est lu."""
    try:
        read_workbook(octets)
    except ClasseurRefuse as refus:
        return refus.code
    return ""


def _compare(octets: bytes) -> Comparaison:
    return compare(read_workbook(octets), octets)

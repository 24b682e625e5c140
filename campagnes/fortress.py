"""P1 : aucun fichier rendu n'arrête la collecte, ne la fige, ne la gonfle, n'écrit ailleurs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any, Self

from campagnes import hostile_archives, hostile_cells, hostile_files, hostile_parts
from campagnes.compte import Compte
from campagnes.hostile import Fichier, Fin, Parties
from campagnes.pen import Cases, Stylo
from campagnes.terrain import EXERCICE, JOUR, write_contract
from clsmon.analysis.questionnaire import compute_questionnaire
from clsmon.opening import require_dossier
from clsmon.workbooks.form.workbook import render_form

SECONDES, MEGAOCTETS = 2.0, 256.0
VERIFIE = (
    f"chacun collecté par un processus à part : au plus {SECONDES:.0f} s de processeur et "
    f"{MEGAOCTETS:.0f} Mo (wait4), aucune trace ni panne, le fichier nommé en une phrase française "
    "avec son code, code de sortie 1 s'il est refusé, aucun relevé alors, rien d'écrit ailleurs"
)
GENRES: dict[str, tuple[str, ...]] = {"1.1": ("nombre", "taux", "choix"), "1.2": ("texte",)}
PERMIS = ("dossier/.clsmon.lock", "dossier/data/suivi/", "dossier/retours/", "sortie", "recus/")
"""Les seuls endroits où une collecte, et le veilleur, écrivent."""

Fabrique = Callable[[Parties], Iterator[Fichier]]
FABRIQUES: tuple[Fabrique, ...] = (
    hostile_files.simple,
    hostile_files.renamed,
    hostile_files.noise,
    hostile_files.compound,
    hostile_files.others,
    hostile_archives.bombs,
    hostile_archives.names,
    hostile_archives.lies,
    hostile_archives.cuts,
    hostile_parts.entities,
    hostile_parts.encodings,
    hostile_parts.shapes,
    hostile_parts.absences,
    hostile_cells.contents,
    hostile_cells.crowds,
    hostile_cells.grids,
    hostile_cells.weights,
)


def run(graine: int, nombre: int, dossier: Path) -> Compte:
    """Collecte un à un `nombre` fichiers au plus, pris au hasard s'il y en a davantage."""
    compte = Compte(VERIFIE)
    racine = dossier / "dossier"
    write_contract(racine, GENRES)
    ouvert = require_dossier(racine)
    stylo = Stylo(render_form(compute_questionnaire(ouvert, EXERCICE, "org-a")))
    cases: Cases = {("1.1/i0/nombre", "valeur"): 12, ("1.2/i0/texte", "valeur"): "réponse"}
    parties = Stylo.unzip(stylo.fill(cases))
    fins: Counter[str] = Counter()
    pires: list[tuple[float, float, float, str]] = []
    with _Watcher(racine, dossier / "recus") as veilleur:
        for fichier in _draw(parties, Random(graine), nombre):
            vu = veilleur.watch(fichier)
            compte.essais += 1
            compte.fautes += [f"{fichier.nom} : {faute}" for faute in judge(fichier, vu)]
            fins[_end(vu)] += 1
            pires.append((vu["calcul"], vu["megaoctets"], vu["secondes"], fichier.nom))
    compte.mesures += [f"{combien} {fin}" for fin, combien in sorted(fins.items())]
    for nom, rang, unite in (("calcul", 0, "s"), ("mémoire", 1, "Mo"), ("à l'horloge", 2, "s")):
        hauts = sorted(pires, key=lambda p, rang=rang: -p[rang])[:3]  # type: ignore[misc]
        compte.mesures.append(
            f"{nom}, au plus : " + ", ".join(f"{p[rang]:.2f} {unite} ({p[3]})" for p in hauts)
        )
    return compte


def _draw(parties: Parties, hasard: Random, nombre: int) -> Iterator[Fichier]:
    """Tous les fichiers, ou `nombre` d'entre eux : quelques fabriques alors, prises au hasard."""
    if nombre >= 100:
        for fabrique in FABRIQUES:
            yield from fabrique(parties)
        return
    yield from hostile_files.simple(parties)
    legeres = (*FABRIQUES[1:5], hostile_archives.names, hostile_cells.contents)
    tous = [fichier for fabrique in legeres for fichier in fabrique(parties)]
    yield from hasard.sample(tous, max(0, nombre - 2))


def judge(fichier: Fichier, vu: dict[str, Any]) -> Iterator[str]:
    """Ce qui n'a pas tenu, une phrase par attendu."""
    sortie = vu["sortie"]
    if vu["calcul"] > SECONDES:
        yield f"{vu['calcul']:.1f} s de calcul"
    if vu["megaoctets"] > MEGAOCTETS:
        yield f"{vu['megaoctets']:.0f} Mo"
    if "Traceback" in sortie or "Panne" in sortie or vu["code"] not in {0, 1}:
        yield f"code {vu['code']} : {sortie[-300:]!r}"
        return
    ailleurs = [touche for touche in vu["touches"] if not touche.startswith(PERMIS)]
    if ailleurs:
        yield f"a écrit ou changé {ailleurs}"
    if fichier.fin is Fin.LIBRE:
        return
    if (vu["code"] == 0) != (fichier.fin is Fin.LU):
        yield f"code {vu['code']} pour une fin « {fichier.fin} » : {sortie[-300:]!r}"
    if fichier.fin is Fin.LU and len(vu["releves"]) != 1:
        yield "lu sans relevé"
    if fichier.fin is Fin.REFUSE and vu["releves"]:
        yield f"refusé avec un relevé {vu['releves']}"
    if fichier.fin is not Fin.LU and not says(sortie, fichier):
        yield f"n'est pas nommé avec son code : {sortie[-300:]!r}"


def says(sortie: str, fichier: Fichier) -> bool:
    """Vrai si la sortie nomme le fichier sur une ligne d'erreur qui porte un code."""
    debut = f"recu{fichier.suffixe}"
    return any(
        ligne.startswith(debut) and "erreur" in ligne and ("FOR" in ligne or "SAI" in ligne)
        for ligne in sortie.split("\n")
    )


def _end(vu: dict[str, Any]) -> str:
    if vu["releves"]:
        return "lus" if vu["code"] == 0 else "lus, avec des questions"
    return "refusés" if vu["code"] == 1 else f"autre fin (code {vu['code']})"


class _Watcher:
    """Le veilleur, un petit processus à qui l'on donne un fichier après l'autre."""

    def __init__(self, racine: Path, recus: Path) -> None:
        recus.mkdir()
        self._recus = recus
        self._processus = subprocess.Popen(
            [sys.executable, "-m", "campagnes.watching", str(racine), JOUR],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[1],
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._processus.communicate()

    def watch(self, fichier: Fichier) -> dict[str, Any]:
        """Fait collecter un fichier ; rend ce que le veilleur a vu."""
        recu = self._recus / f"recu{fichier.suffixe}"
        recu.write_bytes(fichier.octets)
        if self._processus.stdin is None or self._processus.stdout is None:
            raise RuntimeError("le veilleur n'a pas de canal")
        self._processus.stdin.write(f"{recu}\n")
        self._processus.stdin.flush()
        vu: dict[str, Any] = json.loads(self._processus.stdout.readline())
        recu.unlink()
        return vu

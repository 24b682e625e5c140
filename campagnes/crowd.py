"""P6 : huit collectes à la fois sur le même dossier, et des branches qui collectent chacune."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random

from campagnes.compte import Compte
from campagnes.pen import Stylo
from campagnes.terrain import EXERCICE, JOUR, Genres, write_contract
from clsmon.analysis.questionnaire import compute_questionnaire
from clsmon.cli.running import run as run_command
from clsmon.collecting import collect_all
from clsmon.opening import open_dossier, require_dossier
from clsmon.workbooks.form.workbook import render_form

PROCESSUS, LOTS = 8, 20
GENRES: Genres = {"1.1": ("nombre", "texte")}
VERIFIE_FOULE = (
    f"{PROCESSUS} processus lancent chacun des collectes sur le même dossier, leurs classeurs en "
    f"au plus {LOTS} lots : chaque collecte finit, chaque classeur a son relevé, avec son nombre"
)
VERIFIE_BRANCHES = (
    "deux branches git collectent chacune un classeur, du même organisme ou non, et se fondent : "
    "aucun conflit, les deux relevés sont là, entiers"
)


def run_crowd(graine: int, nombre: int, dossier: Path) -> Compte:
    """`nombre` classeurs par processus."""
    compte = Compte(VERIFIE_FOULE)
    racine = dossier / "dossier"
    organismes = tuple(f"org-{rang}" for rang in range(PROCESSUS))
    write_contract(racine, GENRES, organismes, PROCESSUS)
    ouvert = require_dossier(racine)
    attendus = {}
    for rang, code in enumerate(organismes):
        stylo = Stylo(render_form(compute_questionnaire(ouvert, EXERCICE, code)))
        for numero in range(nombre):
            valeur = graine * 1_000_000 + rang * nombre + numero
            lot = dossier / "recus" / f"{rang}-{numero % LOTS}"
            lot.mkdir(parents=True, exist_ok=True)
            rempli = stylo.fill({("1.1/i0/nombre", "valeur"): valeur})
            (lot / f"{code}-{numero}.xlsx").write_bytes(rempli)
            attendus[valeur] = code
    enfants = [_start(racine, dossier / "recus", rang) for rang in range(PROCESSUS)]
    for enfant in enfants:
        code_fin = os.waitstatus_to_exitcode(os.waitpid(enfant, 0)[1])
        compte.expect(code_fin == 0, f"un processus finit par {code_fin}")
    compte.essais = len(attendus)
    relu, anomalies = open_dossier(racine)
    compte.fautes += [f"{a.lieu.fichier} : {a.message}" for a in anomalies]
    releves = relu.releves_de(EXERCICE).values() if relu else ()
    trouves = {int(r.valeurs["1.1/i0/nombre"].valeur or 0): r.organisme for r in releves}
    perdus = sorted(attendus.keys() ^ trouves.keys())
    compte.expect(trouves == attendus, f"{len(perdus)} perdus ou de trop : {perdus[:5]}")
    return compte


def _start(racine: Path, recus: Path, rang: int) -> int:
    """Un processus qui collecte ses lots l'un après l'autre ; rend son numéro."""
    pid = os.fork()
    if pid == 0:
        fin = 99
        try:
            muet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(muet, 1)
            os.dup2(muet, 2)
            suite = ["--dossier", str(racine), "--date", JOUR, "--quiet"]
            lots = sorted(recus.glob(f"{rang}-*"))
            # Two answers of one organisme are a question, hence 1: the work is done all the same.
            fin = max(run_command(["collect", str(lot), *suite]) > 1 for lot in lots)
        finally:
            os._exit(fin)
    return pid


def run_branches(graine: int, nombre: int, dossier: Path) -> Compte:
    """Un essai vaut deux branches et leur fusion."""
    hasard = Random(graine)
    compte = Compte(VERIFIE_BRANCHES)
    racine = dossier / "depot"
    write_contract(racine, GENRES, ("org-a", "org-b"), 2)
    ouvert = require_dossier(racine)
    stylos = {
        code: Stylo(render_form(compute_questionnaire(ouvert, EXERCICE, code)))
        for code in ("org-a", "org-b")
    }
    _git(racine, "init", "-q", "-b", "main")
    _git(racine, "add", "data")
    _git(racine, "commit", "-q", "-m", "contrat")
    for rang in range(nombre):
        compte.essais += 1
        attendus: set[str] = set()
        for cote in ("gauche", "droite"):
            _git(racine, "checkout", "-q", "-b", f"{cote}-{rang}", "main")
            code = hasard.choice(("org-a", "org-b"))
            attendus.add(_collect(racine, stylos[code], 10 * rang + len(attendus)))
            _git(racine, "add", "data")
            _git(racine, "commit", "-q", "-m", cote)
        _git(racine, "checkout", "-q", "main")
        for cote in ("gauche", "droite"):
            fusion = _git(racine, "merge", "-q", "--no-edit", f"{cote}-{rang}", verifie=False)
            compte.expect(fusion == 0, f"essai {rang} : la fusion de {cote} rend {fusion}")
        compte.fautes += [f"essai {rang} : {faute}" for faute in _check(racine, attendus)]
    return compte


def _collect(racine: Path, stylo: Stylo, valeur: int) -> str:
    """Collecte un classeur ; rend le nom de son relevé."""
    recu = racine.parent / "recu.xlsx"
    recu.write_bytes(stylo.fill({("1.1/i0/nombre", "valeur"): valeur}))
    (collecte,) = collect_all(require_dossier(racine), [recu], EXERCICE, ecrire=True)
    return collecte.nom


def _check(racine: Path, attendus: set[str]) -> Iterator[str]:
    relu, anomalies = open_dossier(racine)
    yield from (f"{a.lieu.fichier} : {a.message}" for a in anomalies)
    if relu is None or not attendus <= relu.releves.keys():
        yield f"il manque un relevé parmi {sorted(attendus)}"


def _git(racine: Path, *arguments: str, verifie: bool = True) -> int:
    identite = ("-c", "user.name=essai", "-c", "user.email=essai@example.org")
    commande = ["git", *identite, "-c", "commit.gpgsign=false", *arguments]
    return subprocess.run(commande, cwd=racine, check=verifie, capture_output=True).returncode

"""
Les pages HTML dans un vrai navigateur : axe-core, le vérificateur Nu, le clavier, les largeurs.

Demande Chromium, Java et npm sur la machine, et `pip install -e ".[navigateur]"`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from campagnes.compte import Compte
from clsmon.demonstration.cycle import make_dossier, run_year
from clsmon.founding import copy_contract
from clsmon.opening import require_dossier
from clsmon.reporting import write_bilan

LARGEURS = (320, 768, 1280, 1920)
TEINTES = ("light", "dark")
CLAVIER = ("light", 1280)
"""Où la touche Tab parcourt la page : l'ordre des éléments ne dépend ni d'elle, ni du fond."""
ANNEES = (2024, 2025, 2026, 2027, 2028)
VERIFIE = (
    "un bilan de deux ans, un sans réponse, un de cinq ans, écrits en HTML : aucune faute du "
    f"vérificateur Nu ; à {', '.join(map(str, LARGEURS))} points de large, en clair et en sombre, "
    "aucune violation d'axe-core et rien ne déborde ; à 1280 points, la touche Tab atteint tout ce "
    "qui s'active, chaque fois visible"
)
# The banner stays at the top of the page: what has the focus must be seen below it.
ATTEINT = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const b = e.getBoundingClientRect();
  // A table may be taller than the screen: its first visible line is enough.
  const y = Math.min(Math.max(b.top + Math.min(b.height, 20) / 2, 60), b.bottom - 1);
  const vu = document.elementFromPoint(b.left + Math.min(b.width, 20) / 2, y);
  return [b.bottom > 0 && b.top < innerHeight, !!vu && (e.contains(vu) || vu.contains(e))];
}"""
ACTIFS = "a[href], summary, [tabindex='0']"


def run(graine: int, nombre: int, dossier: Path) -> Compte:
    """`nombre` pages, parmi celles de deux ans, sans réponse et de cinq ans."""
    del graine  # nothing is drawn
    compte = Compte(VERIFIE)
    pages = list(_write_pages(dossier))[:nombre]
    for page in pages:
        compte.essais += 1
        compte.fautes += [f"{page.name}, Nu : {faute}" for faute in _check_markup(page, dossier)]
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  this campaign only

    with sync_playwright() as outils:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        navigateur = outils.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for page in pages:
            compte.fautes += _check_page(navigateur, page, compte)
        compte.mesures.append(f"Chromium {navigateur.version}")
        navigateur.close()
    return compte


def _write_pages(dossier: Path) -> Iterator[Path]:
    for nom, annees in (("deux-ans", ANNEES[:2]), ("sans-reponse", ()), ("cinq-ans", ANNEES)):
        racine = dossier / nom
        if annees:
            make_dossier(racine)
        else:
            copy_contract("dijon", racine)
        for annee in annees:
            run_year(racine, annee)
        exercice = annees[-1] if annees else ANNEES[0]
        jour = date(exercice + 1, 3, 20)
        _, (page,) = write_bilan(require_dossier(racine), exercice, jour, ["html"])
        yield page.rename(dossier / f"{nom}.html")


def _check_markup(page: Path, dossier: Path) -> list[str]:
    """Les fautes que dit le vérificateur Nu, pris de npm."""
    jar = dossier / "package" / "build" / "dist" / "vnu.jar"
    if not jar.exists():
        ordre = ["npm", "pack", "--silent", "vnu-jar"]
        archive = subprocess.run(ordre, cwd=dossier, check=True, capture_output=True, text=True)
        with tarfile.open(dossier / archive.stdout.split()[-1]) as contenu:
            contenu.extractall(dossier, filter="data")
    ordre = ["java", "-jar", str(jar), "--errors-only", "--format", "json", str(page)]
    fini = subprocess.run(ordre, capture_output=True, text=True, check=False)
    return [str(m["message"]) for m in json.loads(fini.stderr)["messages"]]


def _check_page(navigateur: Any, page: Path, compte: Compte) -> Iterator[str]:
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    regles = 0
    for teinte in TEINTES:
        for largeur in LARGEURS:
            ecran = {"width": largeur, "height": 900}
            onglet = navigateur.new_page(viewport=ecran, color_scheme=teinte)
            onglet.goto(page.as_uri())
            onglet.evaluate(axe)
            lu = onglet.evaluate("axe.run(document)")
            regles = len(lu["passes"])
            ou = f"{page.name}, {teinte}, {largeur}"
            yield from (f"{ou} : {v['id']}, {v['nodes'][0]['html'][:80]}" for v in lu["violations"])
            if onglet.evaluate("document.scrollingElement.scrollWidth") > largeur:
                yield f"{ou} : la page déborde"
            if (teinte, largeur) == CLAVIER:
                yield from (f"{ou} : {faute}" for faute in _walk_by_keyboard(onglet))
            onglet.close()
    compte.mesures.append(f"{page.name} : {regles} règles d'axe-core s'appliquent et passent")


def _walk_by_keyboard(onglet: Any) -> Iterator[str]:
    visibles = f'[...document.querySelectorAll("{ACTIFS}")].filter(e => e.checkVisibility())'
    attendus = int(onglet.evaluate(f"{visibles}.length"))
    atteints = 0
    for _ in range(attendus):
        onglet.keyboard.press("Tab")
        vu = onglet.evaluate(ATTEINT)
        if vu is None:
            break
        atteints += 1
        if not all(vu):
            html = onglet.evaluate("document.activeElement.outerHTML.slice(0, 80)")
            yield f"au clavier, ne se voit pas : {html}"
    if atteints != attendus:
        yield f"au clavier, {atteints} éléments atteints sur {attendus}"

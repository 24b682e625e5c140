"""P7 : mêmes données, mêmes octets, quels que soient la langue, le hachage et l'ordre du disque."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import product
from pathlib import Path
from random import Random

from campagnes.compte import Compte
from campagnes.pen import Stylo
from campagnes.shuffled import COMMANDES
from campagnes.terrain import EXERCICE, Genres, genres_of, write_contract
from campagnes.tree import read_tree
from campagnes.typing_hand import draw_answer
from clsmon.analysis.questionnaire import compute_questionnaire
from clsmon.opening import require_dossier
from clsmon.workbooks.form.workbook import render_form

LANGUES = ("C", "fr_FR.UTF-8", "tr_TR.UTF-8")
HACHAGES = ("0", "1", "4242")
FUSEAUX = ("UTC", "Pacific/Kiritimati", "America/St_Johns")
GENRES: Genres = {
    "1.1": ("nombre", "taux", "choix", "texte", "somme"),
    "1.2": ("montant", "duree", "oui_non", "decimal"),
}
ORGANISMES = tuple(f"org-{lettre}" for lettre in "abcdef")
VERIFIE = (
    f"{len(LANGUES)} langues × {len(HACHAGES)} hachages, l'ordre de chaque dossier battu à chaque "
    f"fois, trois fuseaux : {', '.join(c[0] for c in COMMANDES)} écrivent les mêmes octets "
    "(relevés, formulaires, Markdown, images, Excel, diapositives)"
)


def run(graine: int, nombre: int, dossier: Path) -> Compte:
    """`nombre` façons de lancer les mêmes commandes sur les mêmes réponses."""
    compte = Compte(VERIFIE)
    facons = list(product(LANGUES, HACHAGES))[:nombre]
    premier: dict[str, bytes] = {}
    for rang, (langue, hachage) in enumerate(facons):
        compte.essais += 1
        racine = dossier / f"essai-{rang}" / "dossier"
        prepare(racine, Random(graine))
        espace = {**os.environ, "LC_ALL": langue, "LANG": langue, "PYTHONHASHSEED": hachage}
        espace["TZ"] = FUSEAUX[rang % len(FUSEAUX)]
        ordre = [sys.executable, "-m", "campagnes.shuffled", str(graine + rang), str(racine)]
        fini = subprocess.run(
            ordre, env=espace, capture_output=True, cwd=Path(__file__).parents[1], check=False
        )
        compte.expect(fini.returncode in {0, 1}, fini.stderr.decode("utf-8", "replace")[-300:])
        arbre = read_tree(racine, "data/suivi", "formulaires", "bilans")
        premier = premier or arbre
        differents = sorted(n for n in arbre.keys() | premier if arbre.get(n) != premier.get(n))
        facon = f"{langue}, hachage {hachage}"
        compte.expect(not differents, f"{facon} : {differents[:5]} ne sont pas les mêmes")
    sortes = sorted({chemin.rpartition(".")[2] for chemin in premier})
    compte.mesures.append(f"{len(premier)} fichiers comparés : {', '.join(sortes)}")
    compte.expect({"yaml", "md", "xlsx", "svg", "pptx"} <= set(sortes), f"seulement des {sortes}")
    return compte


def prepare(racine: Path, hasard: Random) -> None:
    """Un dossier où chacun a rendu un classeur, toujours les mêmes pour un même hasard."""
    write_contract(racine, GENRES, ORGANISMES, 3)
    ouvert = require_dossier(racine)
    retours = racine / "retours" / str(EXERCICE)
    retours.mkdir(parents=True)
    genres = genres_of(GENRES)
    for code in ouvert.repondants(EXERCICE):
        stylo = Stylo(render_form(compute_questionnaire(ouvert, EXERCICE, code)))
        frappes = {cle: draw_answer(hasard, genres[cle]) for cle in stylo.cles}
        cases = {(cle, c): t for cle, frappe in frappes.items() for c, t in frappe.cases.items()}
        (retours / f"{code}.xlsx").write_bytes(stylo.fill(cases))

"""Les images d'un bilan précédent que le nouveau ne montre plus : dites, jamais effacées."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from clsmon.model.anomalie import Anomalie, Gravite, Lieu, natural_key

MONTREES = 5
"""Au-delà, la liste ne se lit plus : le reste se compte."""


def warn_leftovers(racine: Path, ecrits: Collection[Path], nom: str) -> Iterator[Anomalie]:
    """
    L'alerte des images restées à côté d'un bilan Markdown ; `nom` est celui de ses fichiers.

    Seul le Markdown a des images à côté de lui. Un graphique peut venir d'un bilan d'avant, ou
    d'une main : rien ne le dit, et rien n'est effacé.
    """
    markdown = next((chemin for chemin in ecrits if chemin.name == f"{nom}.md"), None)
    if markdown is None:
        return
    montrees = {chemin.name for chemin in ecrits}
    restes = sorted(_images(markdown.parent, nom) - montrees, key=natural_key)
    if not restes:
        return
    en_plus = len(restes) - MONTREES
    autres = f" et {en_plus} {'autre' if en_plus == 1 else 'autres'}" if en_plus > 0 else ""
    quoi = "1 image n'est plus" if len(restes) == 1 else f"{len(restes)} images ne sont plus"
    yield Anomalie(
        Lieu(markdown.parent.relative_to(racine).as_posix()),
        "GAB008",
        Gravite.ALERTE,
        f"{quoi} de ce bilan : {', '.join(restes[:MONTREES])}{autres}",
        "supprimez-les avant d'envoyer ou de publier ce dossier, si elles viennent d'un bilan "
        "précédent ; clsmon n'efface rien",
    )


def _images(dossier: Path, nom: str) -> set[str]:
    """Les images qui portent le nom de ce bilan ; celles du bilan public ont le leur."""
    siennes = re.compile(rf"{re.escape(nom)}-(?!public-).+\.svg|logo-.+\.png")
    with os.scandir(dossier) as entrees:
        return {e.name for e in entrees if siennes.fullmatch(e.name) and e.is_file()}

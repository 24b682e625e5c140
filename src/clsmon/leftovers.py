"""Ce qui reste d'un bilan précédent à côté du nouveau : dit, jamais effacé."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from clsmon.model.anomalie import Anomalie, Gravite, Lieu, natural_key
from clsmon.reporting import FORMATS

MONTREES = 5
"""Au-delà, la liste ne se lit plus : le reste se compte."""


def warn_leftovers(racine: Path, ecrits: Collection[Path], nom: str) -> Iterator[Anomalie]:
    """
    Les alertes de ce qui reste d'un bilan d'avant ; `nom` est celui des fichiers du nouveau.

    Un document ou une image peut venir d'un bilan précédent, ou d'une main : rien ne le dit, et
    rien n'est effacé.
    """
    dossier = next(chemin.parent for chemin in ecrits)
    lieu = Lieu(dossier.relative_to(racine).as_posix())
    connus = {chemin.name for chemin in ecrits}
    documents = sorted({f"{nom}.{suffixe}" for suffixe in FORMATS} - connus)
    restes = [fichier for fichier in documents if (dossier / fichier).is_file()]
    if restes:
        yield _told_documents(lieu, restes)
    # Only Markdown has images beside it.
    images = _images(dossier, nom) - connus if f"{nom}.md" in connus else set()
    if images:
        yield _told_images(lieu, sorted(images, key=natural_key))


def _told_documents(lieu: Lieu, restes: Sequence[str]) -> Anomalie:
    formats = ",".join(fichier.rpartition(".")[2] for fichier in restes)
    sont, les, refaites = (
        ("est", "l'", "refaites-le") if len(restes) == 1 else ("sont", "les ", "refaites-les")
    )
    return Anomalie(
        lieu,
        "GAB010",
        Gravite.ALERTE,
        f"{', '.join(restes)} {sont} d'un calcul précédent : ce bilan n'y a pas été récrit",
        f"avant de {les}envoyer, {refaites} (--format {formats}) ; clsmon n'efface rien",
    )


def _told_images(lieu: Lieu, restes: Sequence[str]) -> Anomalie:
    en_plus = len(restes) - MONTREES
    autres = f" et {en_plus} {'autre' if en_plus == 1 else 'autres'}" if en_plus > 0 else ""
    quoi = "1 image n'est plus" if len(restes) == 1 else f"{len(restes)} images ne sont plus"
    return Anomalie(
        lieu,
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

"""Ce qui s'écrit à l'écran : données sur la sortie, messages sur la sortie d'erreur."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TextIO

from clsmon.model.anomalie import ClsmonError
from clsmon.model.texte import clean_text


def force_utf8() -> None:
    """Les deux sorties en UTF-8, même sur une console Windows en cp1252."""
    for flux in (sys.stdout, sys.stderr):
        reconfigure = getattr(flux, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def in_colour(flux: TextIO) -> bool:
    """Vrai si le flux est un terminal et que la couleur n'est pas refusée (NO_COLOR)."""
    return flux.isatty() and not os.environ.get("NO_COLOR")


def width() -> int:
    """La largeur où replier les messages, en colonnes ; 0 hors d'un terminal : aucune."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 0


def write_out(texte: str) -> None:
    """Écrit des données sur la sortie ; un lecteur parti (« | head ») n'arrête pas le travail."""
    try:
        sys.stdout.write(texte)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(texte: str, *, quiet: bool = False) -> None:
    """Écrit un message sur la sortie d'erreur, sauf en silence."""
    if not quiet:
        sys.stderr.write(f"{texte}\n")


def show_error(erreur: ClsmonError) -> None:
    """Une erreur qui arrête : place, phrase et remède."""
    place = f"{erreur.lieu} : " if erreur.lieu else ""
    say(clean_text(f"Erreur : {place}{erreur.message}"))
    if erreur.conseil:
        say(clean_text(f"  → {erreur.conseil}"))


def lines_of(racine: Path) -> Callable[[str], Sequence[str]]:
    """De quoi montrer la ligne fautive d'un fichier du dossier ; vide s'il ne se lit pas."""
    lues: dict[str, list[str]] = {}

    def read(fichier: str) -> Sequence[str]:
        if fichier not in lues:
            lues[fichier] = _read_lines(racine / fichier)
        return lues[fichier]

    return read


def _read_lines(chemin: Path) -> list[str]:
    """Un lien, un tube ou un périphérique n'est jamais ouvert : il peut mener hors du dossier."""
    try:
        ordinaire = chemin.is_file() and not chemin.is_symlink()
        octets = chemin.read_bytes() if ordinaire else b""
    except OSError:
        octets = b""
    return octets.decode("utf-8", "replace").split("\n")


def shown_path(chemin: Path) -> str:
    """Un chemin à montrer : relatif au dossier courant s'il est dessous."""
    try:
        return chemin.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(chemin)


def shown_documents(chemins: Iterable[Path]) -> str:
    """Les documents écrits, un par ligne ; leurs images, nombreuses, en une seule."""
    tous = tuple(chemins)
    images = [chemin for chemin in tous if chemin.suffix == ".svg"]
    lignes = [shown_path(chemin) for chemin in tous if chemin not in images]
    if images:
        mot = "image" if len(images) == 1 else "images"
        lignes.append(f"{shown_path(images[0].parent)}/*.svg  ({len(images)} {mot})")
    return "".join(f"{ligne}\n" for ligne in lignes)

"""Un dossier tout entier, pour voir ce qui y change."""

from __future__ import annotations

from pathlib import Path

VERROU = ".clsmon.lock"


def read_tree(racine: Path, *sous: str) -> dict[str, bytes]:
    """Chaque fichier et ses octets, sous `racine` ou sous ces sous-dossiers ; le verrou à part."""
    return {
        chemin.relative_to(racine).as_posix(): chemin.read_bytes()
        for dossier in (sous or (".",))
        for chemin in sorted((racine / dossier).rglob("*"))
        if chemin.is_file() and chemin.name != VERROU
    }

"""Les classeurs reçus : les trouver, en garder la preuve, et n'avoir qu'une collecte à la fois."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout

from clsmon.model.anomalie import ClsmonError
from clsmon.text.loading import OBSERVATIONS, SUIVI
from clsmon.writing import PREFIXE_TEMPORAIRE, sweep, write_file

VERROUS = ("~$", ".~lock.", PREFIXE_TEMPORAIRE)
"""Ce que les tableurs, et nous, posons à côté d'un classeur ouvert."""

DU_SYSTEME = frozenset({".DS_Store", ".gitkeep", "Thumbs.db", "desktop.ini"})


@contextmanager
def lock(racine: Path, attendre: Callable[[], None]) -> Iterator[None]:
    """
    Une seule collecte à la fois dans un dossier ; `attendre` est appelé s'il faut patienter.

    Le verrou est rendu même si le programme meurt. Lève ClsmonError si le dossier est protégé.
    """
    verrou = FileLock(racine / ".clsmon.lock")
    try:
        try:
            verrou.acquire(timeout=0)
        except Timeout:
            attendre()
            verrou.acquire()
        sweep(racine / SUIVI)
        sweep(racine / OBSERVATIONS)
        sweep(racine / "retours")
    except OSError as erreur:
        raise ClsmonError(
            f"impossible d'écrire dans le dossier « {racine.name} »",
            None,
            "Vérifiez vos droits sur ce dossier : la collecte doit pouvoir y écrire.",
        ) from erreur
    try:
        yield
    finally:
        verrou.release()


def find_workbooks(chemins: Iterable[Path]) -> list[Path]:
    """
    Les fichiers à lire, triés par nom : ceux des dossiers, et ceux nommés ; verrous ignorés.

    Lève ClsmonError si un chemin n'existe pas.
    """
    trouves = []
    for chemin in chemins:
        if chemin.is_dir():
            trouves += [c for c in chemin.rglob("*") if c.is_file() and not _is_lock(c)]
        elif chemin.is_file():
            trouves += [] if _is_lock(chemin) else [chemin]
        else:
            raise ClsmonError(
                f"« {chemin} » n'existe pas",
                None,
                "Rangez les classeurs reçus dans ce dossier, ou indiquez où ils sont : "
                "clsmon collect CHEMIN.",
            )
    return sorted(set(trouves), key=lambda c: (c.name.casefold(), str(c)))


def stray_workbooks(retours: Path) -> list[Path]:
    """Les classeurs posés à côté des dossiers des exercices, et non dedans."""
    if not retours.is_dir():
        return []
    return sorted(c for c in retours.iterdir() if c.is_file() and not _is_lock(c))


def _is_lock(chemin: Path) -> bool:
    return chemin.name.startswith(VERROUS) or chemin.name in DU_SYSTEME


def keep_evidence(retours: Path, source: Path, octets: bytes) -> None:
    """Copie le classeur reçu ; un autre contenu du même nom garde les deux."""
    copie = retours / source.name
    if copie.exists() and not (copie.is_file() and copie.read_bytes() == octets):
        copie = copie.with_stem(f"{source.stem}-{sha256(octets).hexdigest()[:8]}")
    write_file(copie, octets)

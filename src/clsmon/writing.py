"""Écrire un fichier en entier ou pas du tout."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from clsmon.model.anomalie import ClsmonError, Lieu

PREFIXE_TEMPORAIRE = ".clsmon-"


def write_file(chemin: Path, octets: bytes) -> bool:
    """
    Écrit `octets` par un fichier temporaire voisin puis un renommage ; vrai si le contenu change.

    L'ancien contenu reste intact si l'écriture échoue. Lève ClsmonError avec le remède : classeur
    ouvert dans Excel, dossier en lecture seule, disque plein.
    """
    try:
        if chemin.is_file() and chemin.read_bytes() == octets:
            return False
        chemin.parent.mkdir(parents=True, exist_ok=True)
        _replace(chemin, octets)
    except PermissionError as erreur:
        raise _protected(chemin) from erreur
    except OSError as erreur:
        raise ClsmonError(
            f"impossible d'écrire « {chemin.name} » : {_reason(erreur)}",
            Lieu(str(chemin)),
            "Libérez de la place ou choisissez un autre dossier, puis recommencez.",
        ) from erreur
    return True


def write_once(chemin: Path, octets: bytes) -> None:
    """
    Écrit un fichier qui ne change plus jamais.

    Lève ClsmonError comme `write_file`, et si un autre contenu porte déjà ce nom.
    """
    if chemin.is_file() and chemin.read_bytes() != octets:
        raise ClsmonError(
            f"« {chemin.name} » existe déjà avec un autre contenu : il n'est pas remplacé",
            Lieu(str(chemin)),
            "Lancez « clsmon validate » : l'un des deux relevés a été fabriqué ou modifié.",
        )
    write_file(chemin, octets)


def _protected(chemin: Path) -> ClsmonError:
    return ClsmonError(
        f"impossible d'écrire « {chemin.name} » : fichier ouvert ou dossier protégé",
        Lieu(str(chemin)),
        f"Fermez « {chemin.name} » s'il est ouvert dans Excel, ou vérifiez vos droits sur "
        f"« {chemin.parent} », puis recommencez.",
    )


def check_writable(chemins: Iterable[Path]) -> None:
    """Lève ClsmonError si un fichier déjà là refuse l'écriture, par exemple ouvert dans Excel."""
    for chemin in chemins:
        if not chemin.exists():
            continue
        try:
            with chemin.open("r+b"):
                pass
        except OSError as erreur:
            raise _protected(chemin) from erreur


def write_together(fichiers: Mapping[Path, bytes]) -> None:
    """Écrit des fichiers qui vont ensemble ; aucun si l'un d'eux refuse l'écriture."""
    check_writable(fichiers)
    for chemin, octets in fichiers.items():
        write_file(chemin, octets)


def sweep(dossier: Path) -> None:
    """Efface les fichiers temporaires qu'une écriture interrompue a laissés sous un dossier."""
    for orphelin in dossier.rglob(f"{PREFIXE_TEMPORAIRE}*"):
        if orphelin.is_file() and not orphelin.suffixes:
            orphelin.unlink(missing_ok=True)


def _replace(chemin: Path, octets: bytes) -> None:
    descripteur, nom = tempfile.mkstemp(dir=chemin.parent, prefix=PREFIXE_TEMPORAIRE)
    temporaire = Path(nom)
    try:
        with os.fdopen(descripteur, "wb") as sortie:
            sortie.write(octets)
            sortie.flush()
            os.fsync(sortie.fileno())
        temporaire.chmod(0o644)
        temporaire.replace(chemin)
    except BaseException:
        temporaire.unlink(missing_ok=True)
        raise
    if os.name == "posix":
        dossier = os.open(chemin.parent, os.O_RDONLY)
        try:
            os.fsync(dossier)
        finally:
            os.close(dossier)


def _reason(erreur: OSError) -> str:
    import errno  # noqa: PLC0415  read only when a write failed

    raisons = {
        errno.ENOSPC: "le disque est plein",
        errno.EROFS: "le disque est en lecture seule",
        errno.ENAMETOOLONG: "le nom est trop long",
        errno.ENOTDIR: "un fichier porte le nom d'un dossier",
        errno.EEXIST: "un fichier porte le nom d'un dossier",
    }
    return raisons.get(erreur.errno or 0, "le système a refusé l'écriture")

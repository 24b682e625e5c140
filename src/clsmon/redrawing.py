"""Refaire un classeur sans perdre ce qu'une personne a écrit dans celui d'avant."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from clsmon.model.anomalie import ClsmonError, Lieu
from clsmon.workbooks.form.hidden import is_as_made
from clsmon.writing import check_writable, write_file


def redraw(chemin: Path, octets: bytes, retours: Path) -> Path | None:
    """
    Écrit un classeur neuf ; rend la copie gardée de l'ancien, None s'il n'y avait rien à garder.

    L'ancien est gardé à côté, au nom de son empreinte, dès qu'un tableur l'a enregistré, sauf si
    `retours` l'a déjà. Lève ClsmonError si l'un des deux ne peut pas être écrit ; l'ancien reste
    alors en place.
    """
    check_writable([chemin])
    copie = _set_aside(chemin, octets, retours)
    write_file(chemin, octets)
    return copie


def _set_aside(chemin: Path, octets: bytes, retours: Path) -> Path | None:
    if not chemin.is_file():
        return None
    try:
        ancien = chemin.read_bytes()
        if ancien == octets or is_as_made(ancien) or _is_received(retours, ancien):
            return None
    except OSError as erreur:
        raise ClsmonError(
            f"impossible de relire « {chemin.name} » avant de le refaire",
            Lieu(str(chemin)),
            f"Vérifiez vos droits sur « {chemin.parent} », puis recommencez.",
        ) from erreur
    copie = chemin.with_stem(f"{chemin.stem}-garde-{sha256(ancien).hexdigest()[:8]}")
    write_file(copie, ancien)
    return copie


def _is_received(retours: Path, ancien: bytes) -> bool:
    return any(
        c.is_file() and c.stat().st_size == len(ancien) and c.read_bytes() == ancien
        for c in retours.rglob("*.xlsx")
    )

"""Les documents du bilan, écrits dans `bilans/<exercice>/` à partir d'un seul calcul."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

from clsmon.analysis.bilan import compute_bilan
from clsmon.model.anomalie import MauvaisUsageError
from clsmon.model.bilan import Bilan
from clsmon.model.dossier import Dossier
from clsmon.model.suggestion import advise
from clsmon.opening import packaged
from clsmon.writing import check_writable, write_file

Fichiers = Mapping[str, bytes]
"""Ce qu'un format écrit : du nom de fichier à ses octets."""


def _markdown(bilan: Bilan, gabarits: Sequence[Path]) -> Fichiers:
    from clsmon.render.charts import render_charts  # noqa: PLC0415
    from clsmon.render.markdown import render_markdown  # noqa: PLC0415

    images = {nom: svg.encode("utf-8") for nom, svg in render_charts(bilan).items()}
    nom = f"bilan-{bilan.exercice}.md"
    return {nom: render_markdown(bilan, gabarits).encode("utf-8"), **images}


def _excel(bilan: Bilan, _gabarits: Sequence[Path]) -> Fichiers:
    from clsmon.render.excel import render_excel  # noqa: PLC0415

    return {f"bilan-{bilan.exercice}.xlsx": render_excel(bilan)}


FORMATS: Mapping[str, Callable[[Bilan, Sequence[Path]], Fichiers]] = {
    "md": _markdown,
    "xlsx": _excel,
}


def formats_of(demandes: str) -> tuple[str, ...]:
    """Les formats d'un bilan ; lève MauvaisUsageError si l'un est inconnu."""
    return formats_among(demandes, FORMATS)


def formats_among(demandes: str, connus: Collection[str]) -> tuple[str, ...]:
    """Les formats demandés, séparés par des virgules ; lève MauvaisUsageError si l'un manque."""
    formats = tuple(dict.fromkeys(f.strip() for f in demandes.split(",") if f.strip()))
    for nom in formats:
        if nom not in connus:
            raise MauvaisUsageError(f"format inconnu : « {nom} »", None, advise(nom, connus))
    return formats


def write_bilan(
    dossier: Dossier, exercice: int, jour: date, formats: Sequence[str], *, definitif: bool = False
) -> tuple[Bilan, tuple[Path, ...]]:
    """
    Calcule le bilan une fois et l'écrit dans chaque format ; rend le bilan et ses fichiers.

    Rien n'est écrit si l'un des fichiers ne peut pas l'être : tous les formats restent du même
    jour. Un gabarit du dossier (`templates/`) l'emporte sur celui du paquet. Lève ClsmonError si un
    gabarit est fautif ou si l'écriture est impossible.
    """
    bilan = compute_bilan(dossier, exercice, jour, definitif=definitif)
    gabarits = [dossier.racine / "templates", packaged("templates")]
    sortie = dossier.racine / "bilans" / str(exercice)
    fichiers = {
        sortie / fichier: octets
        for nom in formats
        for fichier, octets in FORMATS[nom](bilan, gabarits).items()
    }
    check_writable(fichiers)
    for chemin, octets in fichiers.items():
        write_file(chemin, octets)
    return bilan, tuple(fichiers)

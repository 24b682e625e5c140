"""`clsmon validate` : vérifie tout le dossier et n'écrit rien."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clsmon.cli.findings import Sortie, show_findings
from clsmon.cli.options import Racine, Silence
from clsmon.cli.screen import in_colour, lines_of, say, width

if TYPE_CHECKING:
    from clsmon.model.anomalie import Anomalie
    from clsmon.model.dossier import Dossier


def validate(
    chemins: Annotated[
        list[Path] | None,
        typer.Argument(metavar="CHEMIN", help="Ne montre que les anomalies de ces fichiers."),
    ] = None,
    dossier: Racine = None,
    sortie: Sortie = None,
    strict: Annotated[bool, typer.Option("--strict", help="Une alerte fait échouer.")] = False,
    infos: Annotated[bool, typer.Option("--infos", help="Montre aussi les infos.")] = False,
    quiet: Silence = False,
) -> int:
    """Vérifie le contrat, les fiches et le suivi."""
    from clsmon.opening import find_root, open_dossier
    from clsmon.rules import check

    racine = find_root(dossier)
    ouvert, anomalies = open_dossier(racine)
    toutes = sorted([*anomalies, *(check(ouvert) if ouvert else ())], key=lambda a: a.order())
    retenues = _within(toutes, chemins, racine)
    show_findings(retenues, sortie, lambda: _as_text(retenues, racine, infos=infos))
    say(_summary(ouvert, retenues, infos=infos), quiet=quiet)
    graves = {"erreur", "alerte"} if strict else {"erreur"}
    return int(any(a.gravite.value in graves for a in retenues))


def _within(
    anomalies: Sequence[Anomalie], chemins: Sequence[Path] | None, racine: Path
) -> list[Anomalie]:
    """Les anomalies des fichiers demandés ; toutes si rien n'est demandé."""
    from clsmon.model.anomalie import MauvaisUsageError

    demandes = [chemin.resolve() for chemin in chemins or ()]
    for chemin in demandes:
        if not chemin.exists():
            conseil = "Vérifiez le chemin, ou lancez « clsmon validate » sans chemin."
            raise MauvaisUsageError(f"« {chemin} » n'existe pas", None, conseil)
    if not demandes:
        return list(anomalies)
    return [
        a
        for a in anomalies
        if any((racine / a.lieu.fichier).is_relative_to(chemin) for chemin in demandes)
    ]


def _as_text(anomalies: Sequence[Anomalie], racine: Path, *, infos: bool) -> str:
    from clsmon.render.anomalies import render_text

    visibles = [a for a in anomalies if infos or a.gravite.value != "info"]
    couleur = in_colour(sys.stdout)
    return render_text(visibles, lines_of(racine), couleur=couleur, largeur=width())


def _summary(dossier: Dossier | None, anomalies: Sequence[Anomalie], *, infos: bool) -> str:
    from clsmon.analysis.wording import count
    from clsmon.render.anomalies import count_sentence

    compte = count_sentence(anomalies)
    if "info" in compte and not infos:
        compte += " (--infos pour les lire)"
    fiches = count(len(dossier.fiches) if dossier else 0, "fiche vérifiée", "fiches vérifiées")
    if dossier is None or "erreur" in compte:
        return f"{fiches}, {compte}."
    suite = "clsmon bilan" if dossier.releves else "clsmon forms"
    return f"{fiches}, {compte}. Et maintenant : {suite}"

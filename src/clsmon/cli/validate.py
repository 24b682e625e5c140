"""`clsmon validate` : vérifie tout le dossier et n'écrit rien."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clsmon.cli.options import Racine, Silence
from clsmon.cli.screen import in_colour, lines_of, say, width, write_out

if TYPE_CHECKING:
    from clsmon.model.anomalie import Anomalie
    from clsmon.model.dossier import Dossier


class Format(StrEnum):
    """Le format des anomalies."""

    TEXTE = "texte"
    JSON = "json"
    GITHUB = "github"


def validate(
    chemins: Annotated[
        list[Path] | None,
        typer.Argument(metavar="CHEMIN", help="Ne montre que les anomalies de ces fichiers."),
    ] = None,
    dossier: Racine = None,
    sortie: Annotated[
        Format | None,
        typer.Option("--format", metavar="texte|json|github", help="Format des anomalies."),
    ] = None,
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
    _show(retenues, sortie, racine, infos=infos)
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


def _show(
    anomalies: Sequence[Anomalie], sortie: Format | None, racine: Path, *, infos: bool
) -> None:
    from clsmon.model.anomalie import Gravite
    from clsmon.render import anomalies as formats

    dans_github = os.environ.get("GITHUB_ACTIONS") == "true"
    sortie = sortie or (Format.GITHUB if dans_github else Format.TEXTE)
    if sortie is Format.JSON:
        write_out(formats.render_json(anomalies))
    elif sortie is Format.GITHUB:
        rangs = {gravite: rang for rang, gravite in enumerate(Gravite)}
        importantes = sorted(anomalies, key=lambda a: rangs[a.gravite])
        write_out(formats.render_github(importantes))
        if resume := os.environ.get("GITHUB_STEP_SUMMARY"):
            with Path(resume).open("a", encoding="utf-8") as fichier:
                fichier.write(formats.render_github_summary(importantes))
    else:
        visibles = [a for a in anomalies if infos or a.gravite.value != "info"]
        couleur = in_colour(sys.stdout)
        write_out(formats.render_text(visibles, lines_of(racine), couleur=couleur, largeur=width()))


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

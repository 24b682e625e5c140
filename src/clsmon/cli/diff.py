"""`clsmon diff` : ce qui a changé dans le contrat, et la voie que chaque changement demande."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from clsmon.cli.findings import Sortie, show_findings
from clsmon.cli.options import Racine, Silence
from clsmon.cli.screen import say

if TYPE_CHECKING:
    from clsmon.model.revision import Revision


def diff(
    reference: Annotated[
        str, typer.Argument(metavar="REF", help="Révision de git, ou autre dossier.")
    ] = "HEAD",
    exiger: Annotated[
        bool,
        typer.Option("--exiger", help="Échoue s'il manque une décision ou un avenant."),
    ] = False,
    dossier: Racine = None,
    sortie: Sortie = None,
    quiet: Silence = False,
) -> int:
    """Compare le contrat à une autre version, selon l'article 6."""
    from clsmon.analysis.revisions.comparison import compare
    from clsmon.model.contrat import PILOTAGE
    from clsmon.opening import find_root, require_dossier
    from clsmon.render.revisions import render_revision
    from clsmon.versions import open_version

    racine = find_root(dossier)
    actuel = require_dossier(racine)
    with open_version(racine, reference) as autre:
        revision = compare(autre, actuel)
    copil = actuel.contrat.pilote == PILOTAGE
    anomalies = [changement.anomalie for changement in revision.changements]
    show_findings(anomalies, sortie, lambda: render_revision(revision, copil=copil))
    say(_summary(revision, reference, exiger=exiger), quiet=quiet)
    return int(exiger and bool(revision.en_defaut))


def _summary(revision: Revision, reference: str, *, exiger: bool) -> str:
    from clsmon.analysis.wording import count
    from clsmon.render.plain import fold

    changements = [c for c in revision.changements if c.code != "REV005"]
    compte = count(len(changements), "changement") if changements else "aucun changement du contrat"
    phrase = f"Depuis {reference} : {compte}"
    if manquants := len(revision.en_defaut):
        phrase += f", dont {manquants} à compléter"
    if revision.rectifications:
        reparations = count(revision.rectifications, "rectification")
        phrase += f" ; {reparations} de transcription, qui ne changent pas le contrat"
    suite = "clsmon validate"
    if manquants:
        suite = f"écrivez ce qui est à ajouter, puis clsmon diff {reference} --exiger"
    elif changements and not exiger:
        suite = f"clsmon validate, puis clsmon diff {reference} --exiger"
    return fold(f"{phrase}. Et maintenant : {suite}").rstrip("\n")

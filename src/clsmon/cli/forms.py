"""`clsmon forms` : un classeur par organisme, avec ses seules mesures."""

from __future__ import annotations

from typing import Annotated

import typer

from clsmon.cli.options import Exercice, Jour, Racine, Silence
from clsmon.cli.screen import say, shown_path, write_out


def forms(
    dossier: Racine = None,
    exercice: Exercice = None,
    organisme: Annotated[
        list[str] | None,
        typer.Option("--organisme", metavar="CODE", help="Seulement celui-ci (répétable)."),
    ] = None,
    jour: Jour = None,
    quiet: Silence = False,
) -> None:
    """Prépare les formulaires, un classeur par organisme."""
    from clsmon.opening import (
        exercice_of,
        find_root,
        organismes_of,
        require_dossier,
        today,
    )
    from clsmon.preparing import prepare_forms

    ouvert = require_dossier(find_root(dossier))
    annee = exercice_of(exercice, today(jour), ouvert)
    codes = organismes_of(organisme or (), annee, ouvert)
    prepares = list(prepare_forms(ouvert, annee, codes))
    for formulaire in prepares:
        nom = ouvert.contrat.nom_court(formulaire.organisme)
        write_out(f"{formulaire.mesures:>4} mesures  {shown_path(formulaire.chemin)}  ({nom})\n")
    say(
        f"{len(prepares)} formulaires préparés pour l'exercice {annee}. Envoyez-les, rangez les "
        f"réponses dans retours/{annee}/, puis : clsmon collect",
        quiet=quiet,
    )

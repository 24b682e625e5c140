"""`clsmon bilan` : le bilan de l'exercice, les mêmes chiffres dans chaque format."""

from __future__ import annotations

from typing import Annotated

import typer

from clsmon.cli.options import Exercice, Jour, Racine, Silence
from clsmon.cli.screen import say, shown_path, write_out


def bilan(
    dossier: Racine = None,
    exercice: Exercice = None,
    formats: Annotated[
        str, typer.Option("--format", metavar="md,xlsx", help="Formats, séparés par des virgules.")
    ] = "md,xlsx",
    definitif: Annotated[
        bool, typer.Option("--definitif", help="Document adopté, et non plus un projet.")
    ] = False,
    jour: Jour = None,
    quiet: Silence = False,
) -> None:
    """Rédige le bilan de l'exercice pour le COPIL."""
    from clsmon.opening import exercice_of, find_root, require_dossier, today
    from clsmon.reporting import formats_of, write_bilan

    demandes = formats_of(formats)
    ouvert = require_dossier(find_root(dossier))
    date = today(jour)
    annee = exercice_of(exercice, date, ouvert)
    for chemin in write_bilan(ouvert, annee, date, demandes, definitif=definitif):
        write_out(f"{shown_path(chemin)}\n")
    nature = "définitif" if definitif else "projet, à soumettre aux signataires"
    say(f"Bilan {annee} rédigé ({nature}).", quiet=quiet)

"""`clsmon seance` : l'ordre du jour ou le compte rendu d'une séance."""

from __future__ import annotations

from typing import Annotated

import typer

from clsmon.cli.options import Racine, Silence
from clsmon.cli.screen import say, shown_path, write_out


def seance(
    nom: Annotated[str, typer.Argument(metavar="SÉANCE", help="Par exemple 2026-05-12-copil.")],
    dossier: Racine = None,
    formats: Annotated[
        str,
        typer.Option("--format", metavar="md,docx", help="md, docx, html, avec virgules."),
    ] = "md,docx",
    ordre_du_jour: Annotated[
        bool,
        typer.Option("--ordre-du-jour", help="L'ordre du jour, même si la séance s'est tenue."),
    ] = False,
    quiet: Silence = False,
) -> None:
    """Écrit l'ordre du jour ou le compte rendu d'une séance."""
    from clsmon.minuting import FORMATS, write_meeting
    from clsmon.model.seance import EtatSeance
    from clsmon.opening import find_root, require_dossier
    from clsmon.reporting import formats_of

    demandes = formats_of(formats, FORMATS)
    ouvert = require_dossier(find_root(dossier))
    reunion, fichiers = write_meeting(ouvert, nom, demandes, ordre_du_jour=ordre_du_jour)
    for chemin in fichiers:
        write_out(f"{shown_path(chemin)}\n")
    if reunion.seance.etat is EtatSeance.PREVUE:
        suite = (
            "Relisez-le et envoyez-le avant la séance. Notez le jour de l'envoi dans le classeur : "
            f"clsmon forms --seance {nom}"
        )
    else:
        suite = f"Faites-le relire, puis : clsmon bilan --exercice {reunion.exercice}"
    say(suite, quiet=quiet)

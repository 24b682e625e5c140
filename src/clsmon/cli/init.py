"""`clsmon init` : un contrat en exemple, les gabarits à relire."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clsmon.cli.options import Silence
from clsmon.cli.screen import say, shown_path, write_out


def init(
    dossier: Annotated[
        Path | None,
        typer.Argument(metavar="DOSSIER", help="Dossier à faire, ou à compléter (sinon, ici)."),
    ] = None,
    exemple: Annotated[
        str | None,
        typer.Option("--exemple", metavar="dijon", help="Copie ce contrat dans un dossier neuf."),
    ] = None,
    gabarits: Annotated[
        bool,
        typer.Option("--gabarits", help="Copie les gabarits livrés dans templates/origine/."),
    ] = False,
    quiet: Silence = False,
) -> None:
    """Copie un contrat en exemple, ou les gabarits des documents."""
    from clsmon.founding import ORIGINE, copy_contract, copy_templates
    from clsmon.model.anomalie import MauvaisUsageError
    from clsmon.opening import find_root

    if not exemple and not gabarits:
        raise MauvaisUsageError(
            "rien à faire : ni exemple, ni gabarits",
            None,
            "Un contrat en exemple : clsmon init DOSSIER --exemple dijon. Les gabarits : "
            "clsmon init --gabarits.",
        )
    if exemple:
        cible = dossier or Path.cwd()
        copy_contract(exemple, cible)
        write_out(f"{shown_path(cible)}\n")
        say("Et maintenant : clsmon validate, dans ce dossier.", quiet=quiet)
    if gabarits:
        copies, gardes = copy_templates(find_root(dossier))
        write_out("".join(f"{shown_path(chemin)}\n" for chemin in copies))
        for chemin in gardes:
            say(f"{shown_path(chemin)} a été modifié : gardé. Supprimez-le pour le reprendre.")
        say(
            f"Lisez {ORIGINE}/LISEZ-MOI.md : un gabarit ne remplace celui de l'outil que rangé "
            "dans templates/.",
            quiet=quiet,
        )

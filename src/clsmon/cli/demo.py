"""`clsmon demo` : le cycle entier en une fois, avec des réponses fictives."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clsmon.cli.options import Silence
from clsmon.cli.screen import say, shown_documents, shown_path, write_out


def demo(
    dossier: Annotated[
        Path, typer.Argument(metavar="DOSSIER", help="Où faire la démonstration.")
    ] = Path("demo"),
    quiet: Silence = False,
) -> None:
    """Joue le cycle entier avec des réponses fictives."""
    from clsmon.cli.tables import print_returns
    from clsmon.demonstration.cycle import Etape, run_demonstration

    say("DONNÉES FICTIVES : le contrat est réel, les réponses sont inventées.", quiet=quiet)
    documents = []
    for resultat in run_demonstration(dossier):
        if isinstance(resultat, Etape):
            say(
                f"\nExercice {resultat.exercice} : {len(resultat.formulaires)} formulaires "
                f"préparés, {len(resultat.collectes)} rendus et collectés.",
                quiet=quiet,
            )
            if not quiet:
                print_returns(resultat.collectes)
        else:
            documents.append(resultat)
    say("\nLe bilan :", quiet=quiet)
    write_out(shown_documents(documents))
    say(
        f"\nOuvrez-le. Pour rejouer une étape : clsmon collect --dossier {shown_path(dossier)} "
        "--date 2026-03-20",
        quiet=quiet,
    )

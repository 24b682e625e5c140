"""`clsmon collect` : lit les classeurs rendus, enregistre ce qui est sûr et demande le reste."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clsmon.cli.options import Exercice, Jour, Racine, Silence
from clsmon.cli.screen import in_colour, say, write_out

if TYPE_CHECKING:
    from clsmon.model.collecte import Collecte


def collect(
    fichiers: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FICHIER", help="Classeurs ou dossiers (sinon retours/ANNÉE)."),
    ] = None,
    dossier: Racine = None,
    exercice: Exercice = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Montre sans rien écrire.")] = False,
    accepter_ancien: Annotated[
        bool,
        typer.Option("--accepter-ancien", help="Prend un autre exercice pour lui-même."),
    ] = False,
    jour: Jour = None,
    quiet: Silence = False,
) -> int:
    """Lit les classeurs rendus et enregistre les réponses."""
    from clsmon.collecting import collect_all, find_workbooks, lock
    from clsmon.opening import exercice_of, find_root, require_dossier, today

    racine = find_root(dossier)
    with lock(racine, lambda: say("Une autre collecte est en cours dans ce dossier : j'attends.")):
        ouvert = require_dossier(racine)
        annee = exercice_of(exercice, today(jour), ouvert)
        classeurs = find_workbooks(fichiers or [racine / "retours" / str(annee)])
        if not classeurs:
            say(f"Aucun classeur à lire. Rangez les réponses reçues dans retours/{annee}/.")
            return 0
        collectes = list(
            collect_all(
                ouvert, classeurs, annee, ecrire=not dry_run, accepter_ancien=accepter_ancien
            )
        )
    _show(collectes, dry_run=dry_run)
    nouveaux = sum(c.nouveau for c in collectes)
    verbe = "à enregistrer" if dry_run else "enregistrés"
    say(
        f"{len(collectes)} classeurs lus, {nouveaux} relevés {verbe}"
        + ("." if nouveaux else " : rien de nouveau, aucun octet n'a changé.")
        + f" Et maintenant : clsmon bilan --exercice {annee}",
        quiet=quiet,
    )
    return int(any(a.gravite.value == "erreur" for c in collectes for a in c.anomalies))


def _show(collectes: Sequence[Collecte], *, dry_run: bool) -> None:
    from clsmon.cli.tables import print_changes, print_returns
    from clsmon.render.anomalies import render_text

    print_returns(collectes)
    if dry_run:
        print_changes(collectes)
    anomalies = [a for c in collectes for a in c.anomalies if a.gravite.value != "info"]
    write_out(render_text(anomalies, lambda _: (), couleur=in_colour(sys.stdout)))

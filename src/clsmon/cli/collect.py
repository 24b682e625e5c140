"""`clsmon collect` : lit les classeurs rendus, enregistre ce qui est sûr et demande le reste."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import nullcontext
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
    attente = "Une autre collecte est en cours dans ce dossier : j'attends."
    with nullcontext() if dry_run else lock(racine, lambda: say(attente)):
        ouvert = require_dossier(racine)
        annee = exercice_of(exercice, today(jour), ouvert)
        classeurs = find_workbooks(fichiers or [racine / "retours" / str(annee)])
        options = {"ecrire": not dry_run, "accepter_ancien": accepter_ancien}
        collectes = list(collect_all(ouvert, classeurs, annee, **options))
    if not collectes:
        say(f"Aucun classeur à lire. Rangez les réponses reçues dans retours/{annee}/.")
        return 0
    _show(collectes, dry_run=dry_run)
    say(_summary(collectes, annee, dry_run=dry_run), quiet=quiet)
    return int(any(c.erreurs for c in collectes))


def _summary(collectes: Sequence[Collecte], annee: int, *, dry_run: bool) -> str:
    from clsmon.analysis.wording import count

    nouveaux = sum(c.nouveau for c in collectes)
    questions = sum(len(c.erreurs) for c in collectes)
    verbe = "à enregistrer" if dry_run else "enregistré" + ("s" if nouveaux > 1 else "")
    return (
        f"{count(len(collectes), 'classeur lu', 'classeurs lus')}, "
        f"{count(nouveaux, 'relevé')} {verbe}"
        + ("" if nouveaux else " : rien de nouveau, aucun octet n'a changé")
        + f". {count(questions, 'question')} à poser. Et maintenant : "
        + (f"clsmon collect --exercice {annee}" if dry_run else f"clsmon bilan --exercice {annee}")
    )


def _show(collectes: Sequence[Collecte], *, dry_run: bool) -> None:
    from clsmon.cli.tables import print_changes, print_returns
    from clsmon.render.anomalies import render_text

    print_returns(collectes)
    if dry_run:
        print_changes(collectes)
    anomalies = [a for c in collectes for a in c.anomalies if a.gravite.value != "info"]
    write_out(render_text(anomalies, lambda _: (), couleur=in_colour(sys.stdout)))

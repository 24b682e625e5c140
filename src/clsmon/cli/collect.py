"""`clsmon collect` : lit les classeurs rendus, enregistre ce qui est sûr et demande le reste."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clsmon.cli.options import Exercice, Jour, Racine, Silence
from clsmon.cli.screen import in_colour, say, width, write_out

if TYPE_CHECKING:
    from clsmon.model.collecte import Collecte
    from clsmon.model.dossier import Dossier


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
    from clsmon.collecting import collect_all
    from clsmon.opening import exercice_of, find_root, require_dossier, today
    from clsmon.receiving import find_workbooks, lock

    racine = find_root(dossier)
    attente = "Une autre collecte est en cours dans ce dossier : j'attends."
    with nullcontext() if dry_run else lock(racine, lambda: say(attente)):
        ouvert = require_dossier(racine)
        annee = exercice_of(exercice, today(jour), ouvert)
        classeurs = find_workbooks(fichiers or [racine / "retours" / str(annee)])
        options = {"ecrire": not dry_run, "accepter_ancien": accepter_ancien}
        collectes = collect_all(ouvert, classeurs, annee, **options)
    if not collectes:
        say(f"Aucun classeur à lire. Rangez les réponses reçues dans retours/{annee}/.")
        return 0
    _show(collectes, dry_run=dry_run)
    say(_summary(collectes, annee, dry_run=dry_run), quiet=quiet)
    say(_missing(ouvert, collectes, annee), quiet=quiet)
    return int(any(c.erreurs for c in collectes))


def _summary(collectes: Sequence[Collecte], annee: int, *, dry_run: bool) -> str:
    """Ce qui a été lu, refusé, enregistré, et la prochaine chose à faire."""
    from clsmon.analysis.wording import count

    refuses = sum(c.releve is None for c in collectes)
    nouveaux = sum(c.nouveau for c in collectes)
    questions = sum(len(c.erreurs) for c in collectes if c.releve is not None)
    lus = count(len(collectes), "classeur lu", "classeurs lus")
    refus = f" dont {count(refuses, 'refusé')}" if refuses else ""
    if nouveaux:
        releves = count(nouveaux, "relevé") + (" à enregistrer" if dry_run else " de plus")
    else:
        releves = "rien de nouveau"
    if questions:
        combien = "la question" if questions == 1 else f"les {questions} questions"
        suite = f"Posez {combien} ci-dessus, puis collectez les réponses."
    elif dry_run:
        suite = f"Et maintenant : clsmon collect --exercice {annee}"
    else:
        suite = f"Et maintenant : clsmon bilan --exercice {annee}"
    return f"{lus}{refus}, {releves}. {suite}"


def _missing(dossier: Dossier, collectes: Sequence[Collecte], annee: int) -> str:
    """Les organismes interrogés dont aucun formulaire n'est encore arrivé."""
    recus = {r.organisme for r in dossier.releves_de(annee).values()}
    recus |= {c.organisme for c in collectes if c.releve is not None}
    attendus = [c for c in dossier.repondants(annee) if c not in recus]
    noms = ", ".join(dossier.contrat.nom_court(code) for code in attendus)
    return f"Sans réponse à ce jour : {noms}." if noms else "Tous les organismes ont répondu."


def _show(collectes: Sequence[Collecte], *, dry_run: bool) -> None:
    from clsmon.cli.tables import print_changes, print_returns
    from clsmon.render.anomalies import condense, render_text

    print_returns(collectes)
    if dry_run:
        print_changes(collectes)
    anomalies = condense(a for c in collectes for a in c.anomalies if a.gravite.value != "info")
    write_out(render_text(anomalies, lambda _: (), couleur=in_colour(sys.stdout), largeur=width()))

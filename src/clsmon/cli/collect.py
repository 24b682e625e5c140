"""`clsmon collect` : lit les classeurs rendus, enregistre ce qui est sûr et demande le reste."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clsmon.cli.options import Exercice, Jour, Racine, Silence
from clsmon.cli.screen import in_colour, say, shown_path, width, write_out

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
    corrections: Annotated[
        Path | None,
        typer.Option(
            "--corrections", metavar="DOSSIER", help="Écrit les formulaires à faire corriger."
        ),
    ] = None,
    accepter_ancien: Annotated[
        bool,
        typer.Option("--accepter-ancien", help="Prend un autre exercice pour lui-même."),
    ] = False,
    garder: Annotated[
        str | None,
        typer.Option("--garder", metavar="RELEVÉ", help="Garde ses réponses contre les autres."),
    ] = None,
    retirer: Annotated[
        str | None,
        typer.Option("--retirer", metavar="RELEVÉ", help="Retire ses réponses (avec --motif)."),
    ] = None,
    motif: Annotated[
        str | None,
        typer.Option("--motif", metavar="TEXTE", help="Pourquoi retirer, ou corriger soi-même."),
    ] = None,
    jour: Jour = None,
    quiet: Silence = False,
) -> int:
    """Lit les classeurs rendus et enregistre les réponses."""
    from clsmon.cli import settle
    from clsmon.collecting import collect_all
    from clsmon.opening import exercice_of, find_root, require_dossier, today
    from clsmon.receiving import find_workbooks, lock

    settle.check_usage(fichiers or (), garder, retirer, motif, corrections, dry_run=dry_run)
    racine = find_root(dossier)
    attente = "Une autre collecte est en cours dans ce dossier : j'attends."
    with nullcontext() if dry_run else lock(racine, lambda: say(attente)):
        ouvert = require_dossier(racine)
        if garder or retirer:
            return settle.settle(ouvert, garder, retirer, motif or "", dry_run=dry_run, quiet=quiet)
        annee = exercice_of(exercice, today(jour), ouvert)
        collectes = collect_all(
            ouvert,
            find_workbooks(fichiers or _received(racine, annee)),
            annee,
            ecrire=not dry_run,
            accepter_ancien=accepter_ancien,
            motif=motif or "",
        )
        _show(collectes, dry_run=dry_run)
        if corrections is not None:
            _write_corrections(racine, collectes, corrections, annee, quiet=quiet)
    if not fichiers:
        _tell_strays(racine, annee)
    if not collectes:
        say(f"Aucun classeur à lire. Rangez les réponses reçues dans retours/{annee}/.")
        return 0
    say(_summary(collectes, annee, dry_run=dry_run, corriges=bool(corrections)), quiet=quiet)
    say(_missing(ouvert, collectes, annee), quiet=quiet)
    if any(c.examen for c in collectes):
        say(_examined(ouvert, collectes, annee), quiet=quiet)
    return int(any(c.erreurs for c in collectes))


def _received(racine: Path, annee: int) -> list[Path]:
    """Où sont les classeurs de l'exercice ; rien tant que personne n'en a rangé."""
    dossier = racine / "retours" / str(annee)
    return [dossier] if dossier.exists() else []


def _tell_strays(racine: Path, annee: int) -> None:
    """Les classeurs posés à la racine de `retours/` : aucune collecte ne les lirait."""
    from clsmon.receiving import stray_workbooks

    egares = ", ".join(chemin.name for chemin in stray_workbooks(racine / "retours"))
    if egares:
        say(f"Pas lu, car hors de retours/{annee}/ : {egares}. Rangez dans le dossier de l'année.")


def _write_corrections(
    racine: Path, collectes: Sequence[Collecte], destination: Path, annee: int, *, quiet: bool
) -> None:
    from clsmon.analysis.wording import count
    from clsmon.opening import require_dossier
    from clsmon.preparing import prepare_corrected_cahiers, prepare_corrections

    dossier = require_dossier(racine)
    prepares = [
        *prepare_corrections(dossier, collectes, destination),
        *prepare_corrected_cahiers(dossier, collectes, destination),
    ]
    for formulaire in prepares:
        questions = count(formulaire.questions, "question")
        nom = dossier.contrat.nom_court(formulaire.organisme)
        write_out(f"{questions:>13}  {shown_path(formulaire.chemin)}  ({nom})\n")
    if prepares:
        combien = count(len(prepares), "formulaire corrigé", "formulaires corrigés")
        say(f"{combien} à renvoyer. Au retour, rangez-les dans retours/{annee}/.", quiet=quiet)
    else:
        pour_vous = any(c.erreurs for c in collectes)
        raison = "Ces questions ne sont pas pour les organismes" if pour_vous else "Aucune question"
        say(f"{raison} : aucun formulaire à faire corriger.", quiet=quiet)


def _summary(collectes: Sequence[Collecte], annee: int, *, dry_run: bool, corriges: bool) -> str:
    """Ce qui a été lu, refusé, enregistré, et la prochaine chose à faire."""
    from clsmon.analysis.wording import count
    from clsmon.model.collecte import Genre

    refuses = sum(c.refusee for c in collectes)
    seances = [c for c in collectes if c.genre is Genre.SEANCE]
    examens = [c for c in collectes if c.genre is Genre.EXAMEN]
    nouveaux = sum(c.nouveau and c.genre is Genre.FORMULAIRE for c in collectes)
    lus = count(len(collectes), "classeur lu", "classeurs lus")
    refus = f" dont {count(refuses, 'refusé')}" if refuses else ""
    suffixe = " à enregistrer" if dry_run else " de plus"
    gardes = ((nouveaux, "relevé"), (sum(c.nouveau for c in examens), "examen"))
    dits = [count(nombre, mot) + suffixe for nombre, mot in gardes if nombre]
    if tenues := sum(c.nouveau for c in seances):
        mots = ("à enregistrer",) * 2 if dry_run else ("enregistrée", "enregistrées")
        dits.append(count(tenues, f"séance {mots[0]}", f"séances {mots[1]}"))
    releves = ", ".join(dits) or "rien de nouveau"
    suite = _next(collectes, annee, dry_run=dry_run, corriges=corriges)
    return f"{lus}{refus}, {releves}. {suite}"


def _next(collectes: Sequence[Collecte], annee: int, *, dry_run: bool, corriges: bool) -> str:
    """La prochaine chose à faire : ce qui arrête d'abord, puis la commande suivante."""
    from clsmon.model.collecte import Genre

    seances = [c for c in collectes if c.genre is Genre.SEANCE]
    ecrites = [] if dry_run else [c.nom for c in seances if c.nouveau]
    puis = f" Et pour la séance : clsmon seance {ecrites[-1]}" if ecrites else ""
    questions = sum(len(c.erreurs) for c in collectes if not c.refusee)
    if questions:
        return _ask(questions, corriges=corriges) + puis
    if any(a.lieu.cellule for c in seances for a in c.erreurs):
        return "Reprenez les cases nommées ci-dessus dans le classeur, puis collectez-le."
    if any(c.erreurs for c in collectes):
        return "Faites ce qui est dit ci-dessus de chaque classeur refusé, puis collectez-le."
    if dry_run:
        return "Et maintenant : la même commande, sans --dry-run"
    suite = f"seance {seances[-1].nom}" if seances else f"bilan --exercice {annee}"
    return f"Et maintenant : clsmon {suite}"


def _ask(questions: int, *, corriges: bool) -> str:
    if corriges:
        return "Faites reprendre les formulaires corrigés, puis collectez-les."
    combien = "la question" if questions == 1 else f"les {questions} questions"
    return f"Posez {combien} ci-dessus ; --corrections DOSSIER écrit les formulaires à renvoyer."


def _missing(dossier: Dossier, collectes: Sequence[Collecte], annee: int) -> str:
    """Les organismes interrogés dont aucun formulaire n'est encore arrivé."""
    from clsmon.analysis.heads import compute_received

    recus = {code for code, dit in compute_received(dossier, annee).items() if dit.rendus}
    recus |= {c.organisme for c in collectes if c.releve and not c.vide}
    attendus = [c for c in dossier.repondants(annee) if c not in recus]
    noms = ", ".join(dossier.contrat.nom_court(code) for code in attendus)
    return f"Sans réponse à ce jour : {noms}." if noms else "Tous les organismes ont répondu."


def _examined(dossier: Dossier, collectes: Sequence[Collecte], annee: int) -> str:
    """Combien de signataires ont rendu leur cahier d'examen."""
    from clsmon.analysis.contestations import examined_by
    from clsmon.render.plain import spell_examined

    recus = {*examined_by(dossier, annee), *(c.organisme for c in collectes if c.examen)}
    signataires = dossier.contrat.signataires
    return spell_examined([c for c in signataires if c in recus], dossier.contrat)


def _show(collectes: Sequence[Collecte], *, dry_run: bool) -> None:
    if not collectes:
        return
    from clsmon.cli.tables import (
        print_cahiers,
        print_changes,
        print_contested,
        print_meetings,
        print_returns,
    )
    from clsmon.model.collecte import Genre
    from clsmon.render.anomalies import condense, render_text

    par_genre = {genre: [c for c in collectes if c.genre is genre] for genre in Genre}
    print_returns(par_genre[Genre.FORMULAIRE])
    print_cahiers(par_genre[Genre.EXAMEN])
    print_meetings(par_genre[Genre.SEANCE])
    if dry_run:
        print_changes(collectes)
        print_contested(collectes)
    anomalies = condense(a for c in collectes for a in c.anomalies if a.gravite.value != "info")
    write_out(render_text(anomalies, lambda _: (), couleur=in_colour(sys.stdout), largeur=width()))

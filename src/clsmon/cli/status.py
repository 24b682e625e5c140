"""`clsmon status` : qui a répondu, ce qui manque, et de quoi relancer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clsmon.cli.options import Exercice, Jour, Racine, Silence
from clsmon.cli.screen import say, shown_path, write_out

if TYPE_CHECKING:
    from clsmon.model.dossier import Dossier
    from clsmon.model.suivi import Suivi
    from clsmon.reminding import Relances


def status(
    dossier: Racine = None,
    exercice: Exercice = None,
    relances: Annotated[
        Path | None,
        typer.Option("--relances", metavar="DOSSIER", help="Y écrit les relances, sans envoyer."),
    ] = None,
    historique: Annotated[
        bool, typer.Option("--historique", help="Montre chaque remplacement de relevé.")
    ] = False,
    jour: Jour = None,
    quiet: Silence = False,
) -> None:
    """Dit qui a répondu et ce qui manque ; prépare les relances."""
    from clsmon.analysis.follow_up import compute_follow_up
    from clsmon.opening import exercice_of, find_root, require_dossier, today
    from clsmon.reminding import prepared_organisms, write_reminders
    from clsmon.render.plain import fold

    ouvert = require_dossier(find_root(dossier))
    aujourd_hui = today(jour)
    annee = exercice_of(exercice, aujourd_hui, ouvert)
    suivi = compute_follow_up(ouvert, annee, aujourd_hui, prepared_organisms(ouvert, annee))
    if relances is not None:
        ecrites = write_reminders(ouvert, suivi, relances)
        write_out("".join(f"{shown_path(chemin)}\n" for chemin in ecrites.ecrites))
        for phrase in _warnings(ouvert, suivi, ecrites):
            say(fold(phrase).rstrip("\n"))
    if historique:
        _show_history(ouvert, suivi)
    if relances is None and not historique:
        _show(suivi)
        _show_examined(ouvert, annee)
    say(_next(suivi, relancees=relances is not None), quiet=quiet)


def _show(suivi: Suivi) -> None:
    from clsmon.cli.status_tables import print_follow_up
    from clsmon.render.closing import spell_closing
    from clsmon.render.plain import fold, spell_deadline

    write_out(_heading(suivi))
    write_out(fold(spell_deadline(suivi.delai)))
    write_out(fold(spell_closing(suivi.bilan)) + "\n")
    print_follow_up(suivi)


def _show_examined(dossier: Dossier, annee: int) -> None:
    """Où en est l'examen contradictoire, dès que les cahiers sont préparés ou rendus."""
    from clsmon.analysis.contestations import examined_by
    from clsmon.opening import examen_path
    from clsmon.render.plain import fold, spell_examined

    signataires = dossier.contrat.signataires
    rendus = examined_by(dossier, annee)
    if rendus or any(examen_path(dossier.racine, annee, c).is_file() for c in signataires):
        write_out("\n" + fold(spell_examined(rendus, dossier.contrat)))


def _heading(suivi: Suivi) -> str:
    from clsmon.render.plain import FICTIF, fold

    bilan = suivi.bilan
    fictif = f"{FICTIF}\n" if bilan.fictif else ""
    return fold(f"{bilan.contrat.titre}, exercice {bilan.exercice}") + fictif


def _show_history(dossier: Dossier, suivi: Suivi) -> None:
    from clsmon.analysis.history import compute_history
    from clsmon.render.history import render_history

    historiques = compute_history(dossier, suivi.bilan.exercice)
    write_out(f"{_heading(suivi)}\n")
    write_out(render_history(dossier, historiques) or "Aucun relevé pour cet exercice.\n")


def _warnings(dossier: Dossier, suivi: Suivi, relances: Relances) -> Iterator[str]:
    """Ce qu'il faut savoir avant d'envoyer."""
    from clsmon.analysis.wording import count

    def names(codes: Sequence[str]) -> str:
        return ", ".join(dossier.contrat.nom_court(code) for code in codes)

    if complets := sum(o.interroge and not o.a_relancer for o in suivi.organismes):
        qui = "un organisme qui a" if complets == 1 else f"{complets} organismes qui ont"
        yield f"Aucune relance pour {qui} répondu à tout."
    if relances.refaits:
        noms = names(relances.refaits)
        yield f"Formulaire joint refait, prérempli des réponses reçues depuis : {noms}."
    if relances.sans_formulaire:
        noms = names(relances.sans_formulaire)
        yield f"Sans formulaire joint, faute de l'avoir préparé : {noms}."
    if relances.sans_adresse:
        tous = len(relances.sans_adresse) == len(suivi.a_relancer)
        qui = "aucun d'eux" if tous else f"pas {names(relances.sans_adresse)}"
        yield f"Sans destinataire : contacts.yaml, à la racine du dossier, ne connaît {qui}."
    if relances.depassees:
        chemins = ", ".join(shown_path(chemin) for chemin in relances.depassees)
        yield f"À ne plus envoyer, tout est répondu : {chemins}."
    if not relances.ecrites:
        yield "Personne à relancer : aucun fichier écrit."
    else:
        ecrites = count(len(suivi.a_relancer), "relance écrite", "relances écrites")
        yield f"{ecrites}, aucune envoyée : relisez avant d'envoyer."


def _next(suivi: Suivi, *, relancees: bool) -> str:
    """La prochaine chose à faire."""
    annee = suivi.bilan.exercice
    if any(o.interroge and not o.prepare and not o.rendus for o in suivi.organismes):
        suite = f"clsmon forms --exercice {annee}"
    elif suivi.bilan.cloture.fige and not relancees:
        suite = "clsmon calendar"
    elif suivi.bilan.cloture.adoption and not relancees:
        suite = f"clsmon bilan --exercice {annee} --definitif"
    elif not suivi.a_relancer:
        suite = f"clsmon bilan --exercice {annee}"
    elif relancees:
        suite = f"clsmon collect --exercice {annee}"
    else:
        suite = f"clsmon status --exercice {annee} --relances relances"
    return f"Et maintenant : {suite}"

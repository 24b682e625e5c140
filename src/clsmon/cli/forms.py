"""`clsmon forms` : un classeur par organisme, avec ses seules mesures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from clsmon.cli.options import Exercice, Jour, Racine, Silence
from clsmon.cli.screen import say, shown_path, write_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from clsmon.model.dossier import Dossier
    from clsmon.preparing import Formulaire


def forms(
    dossier: Racine = None,
    exercice: Exercice = None,
    organisme: Annotated[
        list[str] | None,
        typer.Option("--organisme", metavar="CODE", help="Seulement celui-ci (répétable)."),
    ] = None,
    seance: Annotated[
        str | None,
        typer.Option(
            "--seance", metavar="AAAA-MM-JJ-INSTANCE", help="Le classeur d'une séance, et lui seul."
        ),
    ] = None,
    examen: Annotated[
        bool,
        typer.Option("--examen", help="Les cahiers d'examen du bilan, un par signataire."),
    ] = False,
    jour: Jour = None,
    quiet: Silence = False,
) -> None:
    """Prépare les formulaires, un classeur par organisme."""
    from clsmon.analysis.wording import count
    from clsmon.opening import exercice_of, find_root, organismes_of, require_dossier, today
    from clsmon.preparing import prepare_forms

    ouvert = require_dossier(find_root(dossier))
    if seance is not None:
        _write_meeting(ouvert, seance, organisme or (), exercice, quiet=quiet)
        return
    aujourd_hui = today(jour)
    annee = exercice_of(exercice, aujourd_hui, ouvert)
    if examen:
        _prepare_examen(ouvert, annee, organisme or (), aujourd_hui, quiet=quiet)
        return
    demandes = organismes_of(organisme or (), annee, ouvert)
    combien = _list(ouvert, prepare_forms(ouvert, annee, demandes), "mesure")
    say(
        f"{count(combien, 'formulaire préparé', 'formulaires préparés')} pour l'exercice "
        f"{annee}. Envoyez-les, rangez les réponses dans retours/{annee}/, puis : "
        f"clsmon collect --exercice {annee}",
        quiet=quiet,
    )
    limite = ouvert.contrat.limite(annee)
    if limite is not None and limite < aujourd_hui:
        say(
            f"Attention : ils disent de répondre avant le {limite:%d/%m/%Y}, date passée. "
            "Elle se change dans data/contrat.yaml, rubrique « campagne »."
        )


def _write_meeting(
    dossier: Dossier, nom: str, organismes: Sequence[str], exercice: int | None, *, quiet: bool
) -> None:
    from clsmon.model.anomalie import MauvaisUsageError
    from clsmon.preparing import prepare_meeting

    if organismes:
        raise MauvaisUsageError(
            "--seance et --organisme ne vont pas ensemble",
            None,
            "Le classeur d'une séance est pour l'animateur santé : ôtez --organisme.",
        )
    chemin, garde = prepare_meeting(dossier, nom, exercice)
    annee = chemin.parent.name
    write_out(f"{shown_path(chemin)}\n")
    _tell_kept([garde])
    say(
        f"Remplissez ce classeur, rangez-le dans retours/{annee}/, puis : "
        f"clsmon collect --exercice {annee}",
        quiet=quiet,
    )


def _list(dossier: Dossier, prepares: Iterable[Formulaire], quoi: str) -> int:
    """Une ligne par classeur écrit ; rend leur nombre."""
    from clsmon.analysis.wording import count

    ecrits = list(prepares)
    for formulaire in ecrits:
        nom = dossier.contrat.nom_court(formulaire.organisme)
        combien = count(formulaire.mesures, quoi)
        write_out(f"{combien:>11}  {shown_path(formulaire.chemin)}  ({nom})\n")
    _tell_kept(formulaire.garde for formulaire in ecrits)
    return len(ecrits)


def _tell_kept(gardes: Iterable[Path | None]) -> None:
    """Ce qui était écrit dans un classeur refait, et qui n'avait pas été collecté."""
    for garde in filter(None, gardes):
        say(
            f"Le classeur d'avant avait été rempli sans être rangé dans retours/ : il est gardé, "
            f"{shown_path(garde)}. Reportez-en ce qui compte, ou collectez-le."
        )


def _prepare_examen(
    dossier: Dossier, annee: int, demandes: Sequence[str], jour: date, *, quiet: bool
) -> None:
    """Écrit les cahiers d'examen, et dit ce qui manque pour les envoyer."""
    from clsmon.analysis.wording import count
    from clsmon.opening import signatories_of
    from clsmon.preparing import prepare_cahiers

    signataires = signatories_of(demandes, dossier)
    combien = _list(dossier, prepare_cahiers(dossier, annee, signataires), "chiffre")
    say(
        f"{count(combien, 'cahier d’examen préparé', 'cahiers d’examen préparés')} pour le bilan "
        f"{annee}. Envoyez-les avec le projet de bilan, rangez les réponses dans "
        f"retours/{annee}/, puis : clsmon collect --exercice {annee}",
        quiet=quiet,
    )
    if not dossier.releves_de(annee):
        say(f"Attention : aucune réponse n'est enregistrée pour {annee}, aucun chiffre n'y est.")
    if attention := _review_warning(dossier, annee, jour):
        say(f"Attention : {attention}")


def _review_warning(dossier: Dossier, annee: int, jour: date) -> str:
    """Ce qui empêche les cahiers de servir : bilan adopté, droit de regard sans fin, ou fini."""
    from clsmon.analysis.adopted import adoption_of, end_of_review

    fin = end_of_review(dossier, annee)
    if adoption := adoption_of(dossier, annee, jour):
        return (
            f"le bilan {annee} est déjà adopté (décision {adoption}) : ce que diraient ces cahiers "
            "n'y changerait rien sans un nouvel arbitrage du COPIL."
        )
    if fin is None and dossier.contrat.regles.droit_de_regard_jours is None:
        return (
            "ils ne disent pas pour quand. La fin du droit de regard s'écrit dans "
            f"data/exercices/{annee}.yaml : droit_de_regard_fin."
        )
    if fin is None:
        return (
            "ils ne disent pas pour quand. Notez d'abord l'envoi du projet, puis refaites-les : "
            f"clsmon bilan --exercice {annee} --envoyer"
        )
    if fin < jour:
        return f"le droit de regard s'y termine le {fin:%d/%m/%Y}, date passée."
    return ""

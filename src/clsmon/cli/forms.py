"""`clsmon forms` : un classeur par organisme, avec ses seules mesures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from clsmon.cli.options import Exercice, Jour, Racine, Silence
from clsmon.cli.screen import say, shown_path, write_out

if TYPE_CHECKING:
    from clsmon.model.dossier import Dossier


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
    jour: Jour = None,
    quiet: Silence = False,
) -> None:
    """Prépare les formulaires, un classeur par organisme."""
    from clsmon.analysis.wording import count
    from clsmon.opening import (
        exercice_of,
        find_root,
        organismes_of,
        require_dossier,
        today,
    )
    from clsmon.preparing import prepare_forms

    ouvert = require_dossier(find_root(dossier))
    if seance is not None:
        _write_meeting(ouvert, seance, organisme or (), exercice, quiet=quiet)
        return
    aujourd_hui = today(jour)
    annee = exercice_of(exercice, aujourd_hui, ouvert)
    prepares = list(prepare_forms(ouvert, annee, organismes_of(organisme or (), annee, ouvert)))
    for formulaire in prepares:
        nom = ouvert.contrat.nom_court(formulaire.organisme)
        mesures = count(formulaire.mesures, "mesure")
        write_out(f"{mesures:>11}  {shown_path(formulaire.chemin)}  ({nom})\n")
    say(
        f"{count(len(prepares), 'formulaire préparé', 'formulaires préparés')} pour l'exercice "
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
    chemin = prepare_meeting(dossier, nom, exercice)
    annee = chemin.parent.name
    write_out(f"{shown_path(chemin)}\n")
    say(
        f"Remplissez ce classeur, rangez-le dans retours/{annee}/, puis : "
        f"clsmon collect --exercice {annee}",
        quiet=quiet,
    )

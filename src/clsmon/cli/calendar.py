"""`clsmon calendar` : les échéances, à l'écran ou pour l'agenda."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clsmon.cli.options import Jour, Racine, Silence
from clsmon.cli.screen import say, shown_path, write_out

if TYPE_CHECKING:
    from clsmon.model.dossier import Dossier
    from clsmon.model.echeance import Echeance


def calendar(
    dossier: Racine = None,
    sortie: Annotated[
        Path | None,
        typer.Option("--sortie", "-o", metavar="FICHIER.ics", help="Écrit un agenda à importer."),
    ] = None,
    jour: Jour = None,
    quiet: Silence = False,
) -> None:
    """Liste les échéances, ou en fait un agenda (.ics)."""
    from clsmon.analysis.deadlines import compute_deadlines
    from clsmon.opening import find_root, require_dossier, today

    _check_name(sortie)
    ouvert = require_dossier(find_root(dossier))
    aujourd_hui = today(jour)
    echeances = compute_deadlines(ouvert, aujourd_hui)
    if sortie is None:
        _show(ouvert, aujourd_hui, echeances)
        suite = "clsmon calendar -o echeances.ics"
    else:
        _write(ouvert, aujourd_hui, echeances, sortie)
        say(_advise(echeances), quiet=quiet)
        suite = _next(ouvert, aujourd_hui)
    say(f"Et maintenant : {suite}", quiet=quiet)


def _check_name(sortie: Path | None) -> None:
    """Lève MauvaisUsageError si le nom ne finit pas par « .ics » : aucun agenda ne l'ouvrirait."""
    from clsmon.model.anomalie import MauvaisUsageError

    if sortie is not None and sortie.suffix.lower() != ".ics":
        raise MauvaisUsageError(
            f"« {sortie.name} » n'est pas un nom d'agenda",
            None,
            "Un agenda finit par .ics : clsmon calendar -o echeances.ics.",
        )


def _is_fictitious(dossier: Dossier) -> bool:
    return dossier.fictif()


def _show(dossier: Dossier, jour: date, echeances: Sequence[Echeance]) -> None:
    from clsmon.cli.deadline_tables import print_deadlines
    from clsmon.model.libelles import spell_date
    from clsmon.render.plain import FICTIF, fold

    write_out(fold(f"{dossier.contrat.titre}, échéances au {spell_date(jour)}"))
    if _is_fictitious(dossier):
        write_out(f"{FICTIF}\n")
    if echeances:
        write_out("\n")
        print_deadlines(echeances, jour)
    else:
        write_out("Aucune échéance : le contrat est fini et rien n'est en retard.\n")


def _write(dossier: Dossier, jour: date, echeances: Sequence[Echeance], sortie: Path) -> None:
    from clsmon.render.calendar import render_calendar
    from clsmon.writing import write_file

    fictif = _is_fictitious(dossier)
    write_file(sortie, render_calendar(dossier.contrat, jour, echeances, fictif=fictif))
    write_out(f"{shown_path(sortie)}\n")


def _advise(echeances: Sequence[Echeance]) -> str:
    from clsmon.analysis.wording import count
    from clsmon.render.plain import fold

    retards = sum(echeance.en_retard for echeance in echeances)
    dont = f", dont {retards} en retard" if retards else ""
    return fold(
        f"{count(len(echeances), 'échéance')}{dont}, à importer dans votre agenda. Réimporter met "
        "à jour sans doublon et n'efface rien : ôtez vous-même ce qui est fait."
    ).rstrip("\n")


def _next(dossier: Dossier, jour: date) -> str:
    """La campagne si elle est ouverte, sinon le tableau."""
    exercice = jour.year - 1
    ouverture, limite = dossier.contrat.ouverture(exercice), dossier.contrat.limite(exercice)
    ouverte = ouverture is not None and limite is not None and ouverture <= jour <= limite
    if exercice in dossier.contrat.periode.exercices and ouverte:
        return f"clsmon status --exercice {exercice}"
    return "clsmon calendar"

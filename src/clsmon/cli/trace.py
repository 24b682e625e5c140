"""`clsmon trace CLE` : un chiffre, tout son chemin, toutes ses années."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from clsmon.cli.options import Racine, Silence
from clsmon.cli.screen import say, write_out

if TYPE_CHECKING:
    from clsmon.model.anomalie import MauvaisUsageError
    from clsmon.model.dossier import Dossier


def trace(
    cle: Annotated[
        str, typer.Argument(metavar="CLE", help="Par exemple 3.1/ecoles-classes/ecoles.")
    ],
    dossier: Racine = None,
    exercice: Annotated[
        int | None,
        typer.Option("--exercice", metavar="ANNÉE", help="Une seule année (sinon, toutes)."),
    ] = None,
    quiet: Silence = False,
) -> None:
    """Suit un chiffre jusqu'à la cellule d'où il vient."""
    from clsmon.analysis.trace import compute_trace
    from clsmon.opening import check_exercice, find_root, require_dossier
    from clsmon.render.trace import render_trace

    ouvert = require_dossier(find_root(dossier))
    if exercice is not None:
        check_exercice(exercice, ouvert)
    if cle not in ouvert.cles_actuelles:
        raise _unknown(cle, ouvert)
    chemin = compute_trace(ouvert, cle, exercice)
    actuelle = chemin.situee.cle
    if actuelle != cle:
        say(f"« {cle} » est l'ancienne clé de « {actuelle} ».", quiet=quiet)
    write_out(render_trace(chemin, ouvert.contrat))
    if not chemin.annees:
        say("Rien n'est encore enregistré pour cette mesure. Voyez clsmon status.", quiet=quiet)


def _unknown(cle: str, dossier: Dossier) -> MauvaisUsageError:
    """La mesure inconnue, et au plus une clé proche : la première de la fiche si c'en est une."""
    from clsmon.model.anomalie import MauvaisUsageError
    from clsmon.model.suggestion import suggest

    voisines = (connue for connue in dossier.mesures if connue.startswith(f"{cle}/"))
    proche = suggest(cle, dossier.cles_actuelles) or next(voisines, None)
    conseil = (
        f"Vouliez-vous dire « {proche} » ?"
        if proche
        else "Une clé s'écrit fiche/indicateur/mesure ; le bilan les donne dans sa provenance."
    )
    return MauvaisUsageError(f"mesure inconnue : « {cle} »", None, conseil)

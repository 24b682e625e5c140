"""`clsmon evaluation` : tous les exercices ensemble, pour l'évaluation finale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from clsmon.cli.options import Jour, Racine, Silence
from clsmon.cli.screen import say, shown_path, write_out

if TYPE_CHECKING:
    from clsmon.model.evaluation import Evaluation


def evaluation(
    dossier: Racine = None,
    formats: Annotated[
        str, typer.Option("--format", metavar="md,xlsx,…", help="Parmi md, xlsx, html, pdf, docx.")
    ] = "md,xlsx",
    jour: Jour = None,
    quiet: Silence = False,
) -> None:
    """Réunit tous les exercices pour l'évaluation finale."""
    from clsmon.evaluating import FORMATS, write_evaluation
    from clsmon.opening import find_root, require_dossier, today
    from clsmon.printing import formats_of

    demandes = formats_of(formats, FORMATS)
    ouvert = require_dossier(find_root(dossier))
    reunie, documents = write_evaluation(ouvert, today(jour), demandes)
    write_out("".join(f"{shown_path(chemin)}\n" for chemin in documents))
    for phrase in _summary(reunie):
        say(phrase, quiet=quiet)


def _summary(evaluation: Evaluation) -> list[str]:
    """Ce que l'évaluateur lira d'abord, replié à 80 colonnes, et la commande d'après."""
    from clsmon.render.plain import FICTIF, fold

    faits = [fold(f"- {fait}", 0, 2).rstrip("\n") for fait in evaluation.faits]
    fictif = [FICTIF] if evaluation.fictif else []
    suite = (
        "clsmon trace CLE, qui suit un chiffre jusqu'à sa cellule"
        if any(serie.ligne for serie in evaluation.series)
        else "clsmon forms"
    )
    return [*fictif, *faits, f"Et maintenant : {suite}"]

"""`clsmon bilan` : le bilan de l'exercice, les mêmes chiffres dans chaque format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from clsmon.cli.options import Exercice, Jour, Racine, Silence
from clsmon.cli.screen import say, shown_path, write_out

if TYPE_CHECKING:
    from clsmon.model.bilan import Bilan


def bilan(
    dossier: Racine = None,
    exercice: Exercice = None,
    formats: Annotated[
        str, typer.Option("--format", metavar="md,xlsx", help="Formats, séparés par des virgules.")
    ] = "md,xlsx",
    definitif: Annotated[
        bool, typer.Option("--definitif", help="Document adopté, et non plus un projet.")
    ] = False,
    jour: Jour = None,
    quiet: Silence = False,
) -> None:
    """Rédige le bilan de l'exercice pour le COPIL."""
    from clsmon.opening import exercice_of, find_root, require_dossier, today
    from clsmon.reporting import formats_of, write_bilan

    demandes = formats_of(formats)
    ouvert = require_dossier(find_root(dossier))
    date = today(jour)
    annee = exercice_of(exercice, date, ouvert)
    calcule, documents = write_bilan(ouvert, annee, date, demandes, definitif=definitif)
    write_out("".join(f"{shown_path(chemin)}\n" for chemin in documents))
    say(_summary(calcule), quiet=quiet)


def _summary(bilan: Bilan) -> str:
    """Ce que le bilan vaut : sa nature, sa complétude, ce qui reste à vérifier."""
    from clsmon.analysis.wording import count
    from clsmon.render.spelling import spell_completeness

    nature = "définitif" if bilan.definitif else "projet à soumettre aux signataires"
    muets = sum(not organisme.releves for organisme in bilan.organismes)
    reserves = [
        count(muets, "organisme sans réponse", "organismes sans réponse") if muets else "",
        count(bilan.completude.a_verifier, "réponse") + " à vérifier"
        if bilan.completude.a_verifier
        else "",
    ]
    manque = ", ".join(filter(None, reserves))
    return f"Bilan {bilan.exercice} ({nature}) : {spell_completeness(bilan.completude)}" + (
        f" ; {manque}." if manque else "."
    )

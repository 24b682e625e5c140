"""La ligne de commande : un fichier par commande, qui lit ses arguments, appelle et montre."""

from __future__ import annotations

from typing import Annotated

import typer

from clsmon import __version__
from clsmon.cli.bilan import bilan
from clsmon.cli.calendar import calendar
from clsmon.cli.collect import collect
from clsmon.cli.demo import demo
from clsmon.cli.diff import diff
from clsmon.cli.evaluation import evaluation
from clsmon.cli.explain import explain
from clsmon.cli.forms import forms
from clsmon.cli.french import FrenchCommand, FrenchGroup
from clsmon.cli.init import init
from clsmon.cli.seance import seance
from clsmon.cli.status import status
from clsmon.cli.trace import trace
from clsmon.cli.validate import validate

app = typer.Typer(
    name="clsmon",
    cls=FrenchGroup,
    rich_markup_mode=None,
    add_completion=True,
    no_args_is_help=True,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 80},
    help="Le suivi annuel d'un contrat local de santé : fiches, formulaires, relevés, bilan.",
)

for commande in (
    init,
    validate,
    forms,
    collect,
    status,
    bilan,
    seance,
    trace,
    diff,
    calendar,
    evaluation,
    demo,
    explain,
):
    app.command(cls=FrenchCommand)(commande)


def _show_version(demandee: bool) -> None:
    if demandee:
        typer.echo(f"clsmon {__version__}")
        raise typer.Exit


@app.callback()
def clsmon(
    *,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Affiche la version."
        ),
    ] = False,
) -> None:
    """Le suivi annuel d'un contrat local de santé : fiches, formulaires, relevés, bilan."""

"""Les anomalies dans le format demandé : texte, JSON, ou annotations et résumé de GitHub."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clsmon.cli.screen import write_out

if TYPE_CHECKING:
    from clsmon.model.anomalie import Anomalie


class Format(StrEnum):
    """Le format des anomalies."""

    TEXTE = "texte"
    JSON = "json"
    GITHUB = "github"


Sortie = Annotated[
    Format | None,
    typer.Option("--format", metavar="texte|json|github", help="Format des anomalies."),
]


def show_findings(
    anomalies: Sequence[Anomalie], sortie: Format | None, render_text: Callable[[], str]
) -> None:
    """Écrit les anomalies ; dans GitHub Actions, des annotations sauf demande contraire."""
    from clsmon.model.anomalie import Gravite
    from clsmon.render import anomalies as formats

    dans_github = os.environ.get("GITHUB_ACTIONS") == "true"
    sortie = sortie or (Format.GITHUB if dans_github else Format.TEXTE)
    if sortie is Format.JSON:
        write_out(formats.render_json(anomalies))
    elif sortie is Format.GITHUB:
        rangs = {gravite: rang for rang, gravite in enumerate(Gravite)}
        importantes = sorted(anomalies, key=lambda a: rangs[a.gravite])
        write_out(formats.render_github(importantes))
        if resume := os.environ.get("GITHUB_STEP_SUMMARY"):
            with Path(resume).open("a", encoding="utf-8") as fichier:
                fichier.write(formats.render_github_summary(importantes))
    else:
        write_out(render_text())

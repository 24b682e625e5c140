"""Les options communes à plusieurs commandes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Racine = Annotated[
    Path | None,
    typer.Option("--dossier", metavar="CHEMIN", help="Dossier du contrat (sinon, en remontant)."),
]
Exercice = Annotated[
    int | None,
    typer.Option("--exercice", metavar="ANNÉE", help="Année examinée (sinon, l'an dernier)."),
]
Jour = Annotated[
    str | None,
    typer.Option("--date", metavar="AAAA-MM-JJ", help="Jour de référence (sinon, aujourd'hui)."),
]
Silence = Annotated[bool, typer.Option("--quiet", help="Sans les messages d'accompagnement.")]

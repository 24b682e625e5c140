"""`clsmon explain CODE` : une anomalie, ce qu'elle veut dire, un exemple, le remède."""

from __future__ import annotations

from typing import Annotated

import typer

from clsmon.cli.screen import write_out


def explain(
    code: Annotated[str, typer.Argument(metavar="CODE", help="Par exemple FIC012.")],
) -> None:
    """Explique une anomalie et donne le remède."""
    from clsmon.model.anomalie import MauvaisUsageError
    from clsmon.model.suggestion import advise
    from clsmon.rules.explain import codes
    from clsmon.rules.explain import explain as explain_code

    page = explain_code(code.upper())
    if page is None:
        raise MauvaisUsageError(f"code inconnu : « {code} »", None, advise(code.upper(), codes()))
    write_out(page)

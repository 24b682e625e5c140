"""The generated pages: `python -m docs` writes them, `--verifier` fails when one is stale."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import typer

from clsmon.cli import app
from clsmon.cli.screen import force_utf8
from clsmon.rules.explain import codes, explain
from docs.annee import year_page
from docs.gabarits import templates_page

PAGES = Path(__file__).parent
NOTE = "<!-- Page engendrée par « python -m docs » : ne pas modifier à la main. -->\n\n"


def commands_page() -> str:
    """The help of every command, as a person sees it."""
    group = typer.main.get_command(app)
    context = group.make_context("clsmon", [], resilient_parsing=True, max_content_width=80)
    parts = [NOTE, "# Commandes\n\n", _block(group.get_help(context))]
    for name in group.list_commands(context):  # type: ignore[attr-defined]  # a group, not a command
        command = group.get_command(context, name)  # type: ignore[attr-defined]  # idem
        inner = command.make_context(name, [], parent=context, resilient_parsing=True)
        parts += [f"## clsmon {name}\n\n", _block(command.get_help(inner))]
    return "".join(parts).rstrip("\n") + "\n"


def anomalies_page() -> str:
    """Every anomaly code and its page, as `clsmon explain` prints it."""
    parts = [NOTE, "# Anomalies\n\n", "Un code ne change jamais de sens.\n\n"]
    for code in codes():
        parts += [f"## {code}\n\n", _block(explain(code) or "")]
    return "".join(parts).rstrip("\n") + "\n"


def _block(texte: str) -> str:
    return f"```text\n{texte.strip()}\n```\n\n"


def pages() -> Mapping[str, str]:
    """From the name of each generated page to its text."""
    return {
        "commandes.md": commands_page(),
        "anomalies.md": anomalies_page(),
        "gabarits.md": NOTE + templates_page(),
        "annee-type.md": NOTE + year_page(),
    }


def main() -> int:
    """Write the pages, or check that they are fresh."""
    force_utf8()
    stale = 0
    for name, texte in pages().items():
        page = PAGES / name
        if "--verifier" not in sys.argv[1:]:
            page.write_text(texte, encoding="utf-8", newline="\n")
        elif not page.is_file() or page.read_text(encoding="utf-8") != texte:
            stale += 1
            sys.stderr.write(f"docs/{name} n'est plus à jour : lancez « python -m docs ».\n")
    return int(stale > 0)


if __name__ == "__main__":
    sys.exit(main())

"""L'entrée du programme : `clsmon`, ou `python -m clsmon`."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """
    Lance la ligne de commande et termine le processus ; `--version` répond avant tout import.

    Rien n'est rendu au système objet par objet : ce serait un dixième du temps de `validate`.
    """
    if sys.argv[1:] == ["--version"]:
        from clsmon import __version__  # noqa: PLC0415  nothing else is needed

        sys.stdout.write(f"clsmon {__version__}\n")
        return
    # A short life that keeps what it reads: looking for cycles costs a tenth of it.
    gc.set_threshold(200_000, 20, 100)
    from clsmon.cli.running import run  # noqa: PLC0415  answered above without it

    code = run(sys.argv[1:])
    # Every file is closed by the command that opened it, and what it wrote is flushed.
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()

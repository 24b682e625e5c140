"""L'entrée du programme : `clsmon`, ou `python -m clsmon`."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Lance la ligne de commande ; `--version` répond avant tout import."""
    if sys.argv[1:] == ["--version"]:
        from clsmon import __version__  # noqa: PLC0415  nothing else is needed

        sys.stdout.write(f"clsmon {__version__}\n")
        return
    # A short life that keeps what it reads: looking for cycles costs a tenth of it.
    gc.set_threshold(50_000, 20, 100)
    from clsmon.cli.running import run  # noqa: PLC0415  answered above without it

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()

"""Small git histories: a base dossier, patches laid over it, and commits."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

ICI = Path(__file__).parent
BASE, CAS = ICI / "base", ICI / "cas"

IDENTITE = {
    "GIT_AUTHOR_NAME": "clsmon",
    "GIT_AUTHOR_EMAIL": "clsmon@example.org",
    "GIT_COMMITTER_NAME": "clsmon",
    "GIT_COMMITTER_EMAIL": "clsmon@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


def git(racine: Path, *arguments: str) -> str:
    """Runs git there, away from the machine's own settings."""
    return subprocess.run(
        ["git", *arguments],
        cwd=racine,
        env={**os.environ, **IDENTITE},
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    ).stdout


def start(racine: Path) -> Path:
    """A repository that holds the base dossier, committed."""
    shutil.copytree(BASE, racine, dirs_exist_ok=True)
    git(racine, "init", "-q", "-b", "main")
    # a copy of the repository has other inodes and times of change: only the content counts
    git(racine, "config", "core.checkStat", "minimal")
    git(racine, "config", "core.trustctime", "false")
    commit(racine)
    return racine


def commit(racine: Path, message: str = "version") -> None:
    """Commits the whole work tree."""
    git(racine, "add", "-A")
    git(racine, "commit", "-q", "--allow-empty", "-m", message)


def lay(racine: Path, patch: Path) -> bool:
    """Lays a patch over the work tree; False if there is none."""
    if patch.is_file():
        git(racine, "apply", "--index", "--whitespace=nowarn", str(patch))
    return patch.is_file()

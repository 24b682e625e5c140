"""
One folder of `tests/revisions/cas/` per history: adding a case is adding a folder.

`avant.diff` (optional) changes the base dossier, `apres.diff` is the change under test,
`attendu.txt` holds its exact anomalies, and `decision.diff` what makes it pass; a case without it
asks for nothing. `CLSMON_MAJ=1 pytest tests/revisions` writes `attendu.txt` again: read the
difference.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from clsmon.model.codes_revisions import GRAVITES
from clsmon.opening import require_dossier
from clsmon.rules import check
from tests.revisions.history import CAS, git, lay, start
from tests.revisions.pasting import paste

Lance = Callable[..., tuple[int, str, str]]

NOMS = sorted(d.name for d in CAS.iterdir() if d.is_dir())
DEMANDENT = [nom for nom in NOMS if (CAS / nom / "decision.diff").is_file()]


@pytest.fixture(scope="module")
def depot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base dossier under git, made once; nobody writes in it."""
    return start(tmp_path_factory.mktemp("depot"))


@pytest.fixture
def racine(depot: Path, tmp_path: Path) -> Path:
    """A copy of it, in a folder whose name needs care."""
    return shutil.copytree(depot, tmp_path / "dossier d’été")


def lay_change(racine: Path, nom: str) -> None:
    """The history of a case: the version before, committed, then the change."""
    if lay(racine, CAS / nom / "avant.diff"):
        git(racine, "commit", "-q", "-m", "avant")
    assert lay(racine, CAS / nom / "apres.diff")


def read_lines(out: str) -> list[str]:
    return [
        f"{a['fichier']}:{a['ligne']}:{a['colonne']} {a['code']} {a['gravite']} {a['message']}"
        for a in json.loads(out)
    ]


def errors_of(racine: Path) -> list[str]:
    return [
        f"{a.lieu} {a.code} {a.message}"
        for a in check(require_dossier(racine))
        if a.gravite == "erreur"
    ]


@pytest.mark.parametrize("nom", NOMS)
def test_the_change_gets_its_route_then_passes(nom: str, racine: Path, lance: Lance) -> None:
    lay_change(racine, nom)
    git(racine, "commit", "-q", "-m", "après")
    diff = ("diff", "HEAD~1", "--exiger", "--dossier", racine, "--format", "json", "--quiet")
    code, out, err = lance(*diff)
    assert err == ""
    lignes = read_lines(out)
    attendu = CAS / nom / "attendu.txt"
    if os.environ.get("CLSMON_MAJ"):
        attendu.write_text("".join(f"{ligne}\n" for ligne in lignes), encoding="utf-8")
    assert lignes == attendu.read_text(encoding="utf-8").splitlines()
    assert code == int(nom in DEMANDENT)
    if lay(racine, CAS / nom / "decision.diff"):
        code, out, _ = lance(*diff)
        assert (code, [ligne for ligne in read_lines(out) if " erreur " in ligne]) == (0, [])
        assert errors_of(racine) == []


@pytest.mark.parametrize("nom", DEMANDENT)
def test_pasting_what_the_screen_gives_makes_it_pass(nom: str, racine: Path, lance: Lance) -> None:
    lay_change(racine, nom)
    _, ecran, _ = lance("diff", "--dossier", racine)
    if nom == "fiche_supprimee":
        git(racine, "checkout", "-q", "HEAD", "--", "data/fiches/2.1.yaml")
    assert paste(racine, ecran) > 0
    code, apres, _ = lance("diff", "--exiger", "--dossier", racine)
    assert code == 0, apres
    assert errors_of(racine) == []


def test_there_are_enough_histories_and_every_code_is_met_in_one() -> None:
    assert len(DEMANDENT) >= 20
    rencontres = {
        ligne.split(" ")[1]
        for nom in NOMS
        for ligne in (CAS / nom / "attendu.txt").read_text(encoding="utf-8").splitlines()
    }
    assert rencontres == set(GRAVITES)

"""
One folder of `tests/cas/` per rule: adding a case is adding a folder.

`mauvais/` and `bon/` are laid over the small sound dossier `_base/`; `attendu.txt` holds the exact
anomalies of the bad one, and the good one has none. Infos count only in the case of an info. A
relevé named « apo-empreinte.yaml » gets its true name. `CLSMON_MAJ=1 pytest tests/rules` writes
`attendu.txt` again: read the difference.
"""

from __future__ import annotations

import os
import shutil
from itertools import chain
from pathlib import Path

import pytest

from clsmon.model.anomalie import Anomalie, Gravite
from clsmon.rules import REGLES, check
from clsmon.text.loading import hash_of, load_dossier

CAS = Path(__file__).parents[1] / "cas"
DOSSIERS = sorted(d.name for d in CAS.iterdir() if d.is_dir() and d.name != "_base")
PAR_NOM = {regle.nom: regle for regle in REGLES}


def read_case(nom: str, cote: str, racine: Path) -> tuple[Anomalie, ...]:
    """The anomalies of one side of a case, infos of other rules left out."""
    shutil.copytree(CAS / "_base", racine, dirs_exist_ok=True)
    if (CAS / nom / cote).is_dir():
        shutil.copytree(CAS / nom / cote, racine, dirs_exist_ok=True)
    rendus = [racine.glob(f"data/{d}/*/*-empreinte.yaml") for d in ("suivi", "observations")]
    for releve in chain.from_iterable(rendus):
        nom_vrai = releve.stem.removesuffix("empreinte") + hash_of(releve.read_bytes())
        releve.rename(releve.with_name(nom_vrai + ".yaml"))
    dossier, formes = load_dossier(racine)
    assert dossier is not None
    return tuple(
        anomalie
        for anomalie in (*formes, *check(dossier))
        if anomalie.gravite is not Gravite.INFO or anomalie.code == PAR_NOM[nom].code
    )


def as_lines(anomalies: tuple[Anomalie, ...]) -> str:
    return "".join(f"{a.lieu} {a.code} {a.gravite} {a.message}\n" for a in anomalies)


@pytest.mark.parametrize("nom", DOSSIERS)
def test_bad_dossier_gives_exactly_its_anomalies(nom: str, tmp_path: Path) -> None:
    lignes = as_lines(read_case(nom, "mauvais", tmp_path))
    attendu = CAS / nom / "attendu.txt"
    if os.environ.get("CLSMON_MAJ"):
        attendu.write_text(lignes, encoding="utf-8", newline="\n")
    assert lignes == attendu.read_text(encoding="utf-8")
    assert f" {PAR_NOM[nom].code} " in lignes


@pytest.mark.parametrize("nom", DOSSIERS)
def test_neighbouring_good_dossier_gives_none(nom: str, tmp_path: Path) -> None:
    assert as_lines(read_case(nom, "bon", tmp_path)) == ""


def test_every_rule_has_its_folder_and_every_folder_its_rule() -> None:
    assert sorted(PAR_NOM) == DOSSIERS


def test_codes_are_unique_sorted_and_numbered_from_20() -> None:
    codes = [regle.code for regle in REGLES]
    assert len(set(codes)) == len(codes)
    assert all(int(code[3:]) >= 20 for code in codes)


def test_a_file_that_cannot_be_read_makes_no_second_fault(tmp_path: Path) -> None:
    shutil.copytree(CAS / "_base", tmp_path, dirs_exist_ok=True)
    (tmp_path / "data/fiches/1.1.yaml").write_text("id: [", encoding="utf-8")
    (tmp_path / "data/fiches/2.1.yaml").write_text("id: [", encoding="utf-8")
    (tmp_path / "data/seances/2025-05-13-copil.yaml").write_text("date: [", encoding="utf-8")
    dossier, formes = load_dossier(tmp_path)
    assert dossier is not None
    assert {a.lieu.fichier for a in formes} == {
        "data/fiches/1.1.yaml",
        "data/fiches/2.1.yaml",
        "data/seances/2025-05-13-copil.yaml",
    }
    assert check(dossier) == ()


def test_the_dijon_dossier_has_neither_error_nor_warning() -> None:
    dossier, formes = load_dossier(Path(__file__).parents[2])
    assert dossier is not None
    anomalies = (*formes, *check(dossier))
    assert as_lines(tuple(a for a in anomalies if a.gravite is not Gravite.INFO)) == ""

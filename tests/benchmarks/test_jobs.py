"""Which jobs are measured: all of them, or one alone with its own inputs."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.inputs import write_inputs
from benchmarks.jobs import GRANDE, PETITE, TRAVAUX, Jeu, jobs

JEU = Jeu(Path("donnees"), Path("programmes"))


@pytest.mark.parametrize(
    ("taille", "seul", "titles"),
    [
        pytest.param(PETITE, "collect", ["collect, 40 classeurs"], id="collect, small"),
        pytest.param(
            GRANDE, "collect", ["collect, 40 classeurs", "collect, 2000 classeurs"], id="collect"
        ),
        pytest.param(
            GRANDE,
            "validate",
            ["validate, 0 fiches", "validate, 660 fiches", "validate, 12000 fiches"],
            id="validate",
        ),
    ],
)
def test_one_job_alone(taille: int, seul: str, titles: list[str]) -> None:
    assert [travail.titre for travail in jobs(JEU, taille, seul)] == titles


def test_without_a_name_every_job_is_measured() -> None:
    alone = {travail.titre for seul in TRAVAUX for travail in jobs(JEU, PETITE, seul)}
    every = {travail.titre for travail in jobs(JEU, PETITE)}
    assert alone < every


def test_one_job_alone_writes_only_its_own_inputs(tmp_path: Path) -> None:
    write_inputs(tmp_path, PETITE, "validate")
    assert {c.name for c in tmp_path.iterdir()} == {"contrat", "fiche.json", "fiche.yamale"}

"""The pages on changing the contract are true: examples load, recipes run commands that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from clsmon.cli import app
from clsmon.model.contrat import Rectification
from clsmon.model.fiche import Vigueur
from clsmon.model.indicateur import Mesure
from clsmon.model.noeud import Noeud
from clsmon.model.seance import Avenant
from clsmon.text.shape import read_list, read_node
from clsmon.text.yaml_door import load_yaml

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {nom: (DOCS / nom).read_text(encoding="utf-8") for nom in ("changements.md", "ci.md")}
COMMANDS = {c.callback.__name__ for c in app.registered_commands if c.callback}


def blocks(page: str) -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", PAGES[page], re.DOTALL)


def test_the_example_of_an_avenant_loads() -> None:
    brut, anomalies = load_yaml(blocks("changements.md")[1].encode(), "data/avenants/1.yaml")
    assert anomalies == ()
    avenant, anomalies = read_node(Avenant, brut, "SEA")
    assert anomalies == ()
    assert avenant is not None
    assert avenant.porte_sur == ("caf",)


def test_the_example_of_a_removal_loads() -> None:
    brut, _ = load_yaml(blocks("changements.md")[0].encode(), "f.yaml")
    assert isinstance(brut, dict)
    vigueur, anomalies = read_node(Vigueur, brut["vigueur"], "FIC")
    assert anomalies == ()
    assert vigueur is not None
    assert vigueur.decision_fin == "2026-05-12-copil/D2"


@pytest.mark.parametrize(
    ("rang", "cle", "modele"), [(2, "mesures", Mesure), (3, "rectifications", Rectification)]
)
def test_the_other_examples_load(rang: int, cle: str, modele: type[Noeud]) -> None:
    brut, _ = load_yaml(blocks("changements.md")[rang].encode(), "f.yaml")
    assert isinstance(brut, dict)
    assert read_list(modele, brut[cle], "FIC")[1] == ()


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_named_exist(page: str) -> None:
    assert set(re.findall(r"\bclsmon ([a-z]+)\b", PAGES[page])) <= COMMANDS


def test_both_recipes_fetch_the_whole_history_and_require_the_decisions() -> None:
    github, gitlab = (yaml.safe_load(bloc) for bloc in blocks("ci.md"))
    etapes = github["jobs"]["contrat"]["steps"]
    assert etapes[0]["with"]["fetch-depth"] == 0
    lignes = [etape["run"] for etape in etapes if "run" in etape]
    assert lignes[-2:] == ["clsmon validate", 'clsmon diff "origin/$GITHUB_BASE_REF" --exiger']
    assert gitlab["contrat"]["variables"]["GIT_DEPTH"] == "0"
    assert gitlab["contrat"]["script"][-1] == "clsmon diff FETCH_HEAD --exiger"

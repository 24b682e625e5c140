"""The documentation is true: examples load, commands exist, counts are those of the data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clsmon.cli import app
from clsmon.model.dossier import Dossier
from clsmon.model.fiche import Fiche
from clsmon.model.observation import Examen
from clsmon.model.publication import Publication
from clsmon.model.releve import Releve
from clsmon.model.seance import Action, Seance, VieBilan
from clsmon.text.contacts import CONTACTS, load_contacts
from clsmon.text.shape import read_list, read_node
from clsmon.text.yaml_door import load_yaml

RACINE = Path(__file__).parents[2]
README = (RACINE / "README.md").read_text(encoding="utf-8")
DOSSIER = (RACINE / "docs" / "dossier.md").read_text(encoding="utf-8")
COMMANDS = {c.callback.__name__ for c in app.registered_commands if c.callback}


def blocks(texte: str, langue: str) -> list[str]:
    return re.findall(rf"```{langue}\n(.*?)```", texte, re.DOTALL)


def test_the_yaml_examples_load() -> None:
    fiche, seance, releve, examen, programme, vie, publication, _ = (
        load_yaml(b.encode(), "f.yaml")[0] for b in blocks(DOSSIER, "yaml")
    )
    assert read_node(Fiche, fiche, "FIC")[1] == ()
    assert read_node(Seance, seance, "SEA")[1] == ()
    assert read_node(Releve, releve, "SUI")[1] == ()
    assert read_node(VieBilan, vie, "SEA")[1] == ()
    assert read_node(Publication, publication, "SEA")[1] == ()
    assert read_node(Examen, examen, "SUI")[1] == ()
    assert isinstance(programme, dict)
    assert read_list(Action, programme["4.1"], "SEA")[1] == ()


def test_the_example_of_addresses_loads(tmp_path: Path, dijon: Dossier) -> None:
    (tmp_path / CONTACTS).write_text(blocks(DOSSIER, "yaml")[-1], encoding="utf-8")
    assert list(load_contacts(tmp_path, dijon.contrat)) == ["apo", "ars"]


def test_the_readme_counts_what_the_contract_holds(dijon: Dossier) -> None:
    fiches = [f for f in dijon.fiches if f.indicateurs]
    assert f"{len(dijon.contrat.axes)} axes, {len(fiches)} fiches et 6 à programmer" in README
    indicateurs = sum(len(f.indicateurs) for f in dijon.fiches)
    interroges = len(dijon.repondants(2025))
    phrase = f"{indicateurs} indicateurs, {len(dijon.mesures)} mesures, {interroges} organismes"
    assert phrase in " ".join(README.split())


@pytest.mark.parametrize("texte", [README, DOSSIER], ids=["README", "dossier"])
def test_the_commands_named_exist(texte: str) -> None:
    named = set(re.findall(r"\bclsmon ([a-z]+)\b", texte)) - {"turns"}
    assert named <= COMMANDS


def test_the_readme_blocks_are_those_that_ci_runs() -> None:
    ci = (RACINE / ".ci" / "run").read_text(encoding="utf-8")
    install, develop = blocks(README, "bash")
    assert install == "python -m pip install . && clsmon demo\n"
    assert develop == 'python -m pip install -e ".[dev]" && python -m pytest\n'
    assert '-e ".[dev]"' in ci
    assert "\npython -m pytest\n" in ci
    assert "clsmon demo" in ci


def test_the_links_of_the_readme_lead_somewhere() -> None:
    for lien in re.findall(r"\]\(([^)#]+)\)", README):
        assert lien.startswith("https://") or (RACINE / lien).exists(), lien

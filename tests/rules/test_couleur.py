"""How a colour is written in `data/contrat.yaml`, and what is said when it cannot serve."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from clsmon.rules import check
from clsmon.text.loading import load_dossier

BASE = Path(__file__).parents[1] / "cas" / "_base"


@pytest.mark.parametrize(
    ("ecrit", "dit"),
    [
        pytest.param("couleurs: {}", None, id="none"),
        pytest.param('couleurs: {principale: "#00553A"}', None, id="capitals"),
        pytest.param("couleurs:\n  principale: #00553a", "couleur vide", id="comment"),
        pytest.param('couleurs: {principale: ""}', "couleur vide", id="empty"),
        pytest.param("couleurs: {principale: 00553a}", "illisible : « 00553a »", id="no hash"),
        pytest.param('couleurs: {principale: "#0a5"}', "illisible : « #0a5 »", id="short"),
        pytest.param("couleurs: {principale: vert}", "illisible : « vert »", id="word"),
        pytest.param('couleurs: {principale: "#767676"}', None, id="just enough"),
        pytest.param('couleurs: {principale: "#777777"}', "contraste de 4,47", id="just under"),
        pytest.param("couleurs: {principal: vert}", "principal", id="unknown key"),
    ],
)
def test_a_colour_is_read_or_refused_at_its_place(
    ecrit: str, dit: str | None, tmp_path: Path
) -> None:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    contrat = tmp_path / "data/contrat.yaml"
    contrat.write_text(f"{contrat.read_text(encoding='utf-8')}{ecrit}\n", encoding="utf-8")
    dossier, formes = load_dossier(tmp_path)
    trouvees = [*formes, *(check(dossier) if dossier else ())]
    vues = [a for a in trouvees if a.lieu.fichier == "data/contrat.yaml" and a.lieu.ligne >= 21]
    assert len(vues) == (dit is not None)
    assert all(dit and dit in a.message for a in vues)
    assert all(a.conseil and a.lieu.colonne for a in vues)

"""The committed files are what LibreOffice makes: the gestures done again give the same outcome."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.abus.atelier import FIXTURES, collect_files, issue_of, open_small
from tests.abus.replay import replay, why_not

GESTES = sorted(chemin.name for chemin in FIXTURES.iterdir())


def test_one_gesture_for_each_committed_file() -> None:
    source = Path(__file__).with_name("gestures.py").read_text(encoding="utf-8")
    assert all(f'"{nom}": ' in source for nom in GESTES)
    assert (
        len(GESTES) == sum(source.count(f'{suffixe}": ') for suffixe in ("xlsx", "xls", "ods")) - 3
    )


@pytest.fixture(scope="module")
def refaits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every gesture, done again by the LibreOffice of this machine."""
    if raison := why_not():
        pytest.skip(raison)
    sortie = tmp_path_factory.mktemp("refaits")
    replay(sortie)
    return sortie


@pytest.mark.campagne
@pytest.mark.parametrize("nom", GESTES)
def test_gesture_done_again_gives_the_same_outcome(refaits: Path, nom: str) -> None:
    dossier = open_small()
    refait, garde = (collect_files(dossier, racine / nom)[nom] for racine in (refaits, FIXTURES))
    assert issue_of(refait) == issue_of(garde)
    assert [a.message for a in refait.anomalies] == [a.message for a in garde.anomalies]

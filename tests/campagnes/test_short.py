"""Every campaign, a few trials each: it still runs, and its promise holds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from campagnes.compte import Campagne
from campagnes.registre import CAMPAGNES

pytestmark = [
    pytest.mark.campagne,
    pytest.mark.skipif(os.name != "posix", reason="campaigns fork and kill"),
]


@pytest.mark.parametrize("campagne", CAMPAGNES, ids=lambda c: c.nom)
def test_a_short_campaign_holds(campagne: Campagne, tmp_path: Path) -> None:
    compte = campagne.run(20_261_124, campagne.court, tmp_path)
    assert compte.fautes == []
    assert compte.essais >= min(campagne.court, campagne.nombre)

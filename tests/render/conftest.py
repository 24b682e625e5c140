"""The bilans that the tests of this room render."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from clsmon.model.bilan import Bilan

from .bilan_samples import GABARITS, build_bilan, build_empty

BuildBilan = Callable[..., Bilan]


@pytest.fixture
def bilan() -> Bilan:
    return build_bilan()


@pytest.fixture
def bilan_of() -> BuildBilan:
    return build_bilan


@pytest.fixture
def bilan_vide() -> Bilan:
    return build_empty()


@pytest.fixture
def gabarits() -> Path:
    return GABARITS

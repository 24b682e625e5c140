"""The words written in the Markdown templates keep French spaces: no line starts with « : »."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .bilan_samples import GABARITS

TAGS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
BREAKABLE = re.compile(r" (?=[:;?!»](?:[\s*.,)]|$))|(?<=«) ")


@pytest.mark.parametrize(
    "gabarit", sorted(GABARITS.rglob("*.md.j2")), ids=lambda g: str(g.relative_to(GABARITS))
)
def test_no_plain_space_where_french_wants_a_no_break_one(gabarit: Path) -> None:
    for mots in TAGS.split(gabarit.read_text(encoding="utf-8")):
        assert not BREAKABLE.search(mots), mots

"""`clsmon bilan --public`: usage, what is said, and the logos of a definitive document."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.test_bilan import adopt

Lance = Callable[..., tuple[int, str, str]]


@pytest.fixture
def public(lance: Lance, copie: Path) -> Lance:
    def launch(*arguments: object) -> tuple[int, str, str]:
        options = ("--exercice", "2025", "--date", "2026-05-13", "--dossier", copie, "--public")
        return lance("bilan", *options, *arguments)

    return launch


def test_a_draft_warns_of_the_logos_and_says_what_is_masked(public: Lance, copie: Path) -> None:
    code, out, err = public()
    assert code == 0
    assert out.splitlines()[0].endswith("bilans/2025/bilan-2025-public.md")
    assert "GAB003 alerte  13 logos" in err
    assert "Document public : 0 mesure masquée" in err
    assert "textes des partenaires non publiés" in err
    assert not (copie / "bilans" / "2025" / "bilan-2025.md").exists()


def test_a_definitive_document_without_its_logos_writes_nothing(public: Lance, copie: Path) -> None:
    adopt(copie)
    code, out, err = public("--definitif")
    assert (code, out) == (1, "")
    assert "ars.png, dijon-metropole.png" in err
    assert "data/logos/" in err
    assert not (copie / "bilans").exists()
    assert not (copie / "data" / "exercices").exists()


@pytest.mark.parametrize(
    ("option", "phrase"),
    [
        pytest.param("--envoyer", "--envoyer et --public ne vont pas ensemble", id="sending"),
        pytest.param("--format=md", "--public rédige tous les formats à la fois", id="one format"),
    ],
)
def test_a_public_document_is_not_sent_nor_half_written(
    public: Lance, option: str, phrase: str
) -> None:
    code, out, err = public(option)
    assert (code, out) == (2, "")
    assert phrase in err

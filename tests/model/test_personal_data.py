"""Personal data in free text: seen whatever the spelling, and not seen where there are none."""

from __future__ import annotations

from random import Random

import pytest

from clsmon.model.personal_data import (
    COURRIEL,
    NIR,
    TELEPHONE,
    find_personal_data,
    hide_personal_data,
)
from tests.model.comments import ordinary_comments, personal_comments

GRAINE = 20261124


@pytest.mark.parametrize(
    ("texte", "genre"),
    [
        ("jean.dupont@exemple.fr", COURRIEL),
        ("écrire à Jean <jean@sante.exemple.fr>, merci", COURRIEL),
        ("jean @ exemple.fr", COURRIEL),
        ("jean(at)exemple.fr", COURRIEL),
        ("jean [at] exemple [dot] fr", COURRIEL),
        ("jean arobase exemple point fr", COURRIEL),
        ("jean\uff20exemple.fr", COURRIEL),
        ("03 80 12 34 56", TELEPHONE),
        ("03.80.12.34.56", TELEPHONE),
        ("03-80-12-34-56", TELEPHONE),
        ("03/80/12/34/56", TELEPHONE),
        ("0380123456", TELEPHONE),
        ("0380 12 34 56", TELEPHONE),
        ("03 80 123 456", TELEPHONE),
        ("06\u00a012\u00a034\u00a056\u00a078", TELEPHONE),
        ("+33 3 80 12 34 56", TELEPHONE),
        ("+33380123456", TELEPHONE),
        ("+33 (0)3 80 12 34 56", TELEPHONE),
        ("0033 6 12 34 56 78", TELEPHONE),
        ("+262 6 92 12 34 56", TELEPHONE),
        ("tél. : (03) 80 12 34 56.", TELEPHONE),
        ("０３ ８０ １２ ３４ ５６", TELEPHONE),
        ("0\u200b380123456", TELEPHONE),
        ("185057800608491", NIR),
        ("1 85 05 78 006 084 91", NIR),
        ("1-85-05-78-006-084-91", NIR),
        ("2 99 07 2A 004 008 49", NIR),
        ("2 99 07 2b 004 008 76", NIR),
    ],
)
def test_seen(texte: str, genre: str) -> None:
    assert find_personal_data(texte) == genre


@pytest.mark.parametrize(
    "texte",
    [
        "",
        "12 séances et 340 livres",
        "budget 2024 2025 2026",
        "45 000 12 000 3 000",
        "1 234 567,89 €",
        "le 03/04/2025, puis le 12/05/2025",
        "du 01.02.2024 au 03.04.2025",
        "SIRET 123 456 789 00012",
        "FINESS 210780581 et 21 078 058 1",
        "n° 185057800608490, clé fausse",
        "1 85 05 78 006 084 90",
        "FR76 3000 6000 0112 3456 7890 189",
        "98,5 % des 1 020 familles",
        "@villededijon sur les réseaux",
        "15h30-17h00, 20h-22h",
        "code postal 21000, 21300 et 21800",
        "convention 2024-0380-12",
        "10 20 30 40 50",
        "0,0380123456",
    ],
)
def test_not_seen(texte: str) -> None:
    assert find_personal_data(texte) == ""


def test_the_key_of_a_nir_decides() -> None:
    vus = [cle for cle in range(100) if find_personal_data(f"1850578006084{cle:02}")]
    assert vus == [91]


@pytest.mark.parametrize(
    ("texte", "cache"),
    [
        ("appeler le 03 80 12 34 56 le matin", "appeler le […] le matin"),
        ("a@b.fr ou 0612345678", "[…] ou […]"),
        ("1 85 05 78 006 084 91", "[…]"),
        ("rien à cacher", "rien à cacher"),
    ],
)
def test_hidden(texte: str, cache: str) -> None:
    assert hide_personal_data(texte) == cache


def test_nearly_all_personal_data_are_seen() -> None:
    textes = personal_comments(Random(GRAINE), 200)
    vus = [texte for texte in textes if find_personal_data(texte)]
    assert len(textes) == 200
    assert len(vus) >= 190, set(textes) - set(vus)


def test_ordinary_comments_raise_almost_no_alarm() -> None:
    textes = ordinary_comments(Random(GRAINE), 500)
    vus = [texte for texte in textes if find_personal_data(texte)]
    assert len(set(textes)) > 450
    assert len(vus) <= 10, vus

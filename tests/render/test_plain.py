"""Plain text of eighty columns: nothing acts on a terminal, no name is cut at its hyphens."""

from __future__ import annotations

from datetime import date

import pytest

from clsmon.model.releve import Valeur
from clsmon.model.suivi import Delai
from clsmon.render.plain import LARGEUR, entry, fold, one_line, spell_deadline, spell_reading

from .hostile import HOSTILES


@pytest.mark.parametrize("texte", HOSTILES)
def test_every_line_fits_and_is_inert(texte: str) -> None:
    rendu = entry("commentaire", texte, 4) + fold(texte, 2, 4)
    assert all(len(ligne) <= LARGEUR for ligne in rendu.split("\n"))
    assert not any(ord(c) < 32 and c != "\n" for c in rendu)


def test_a_long_text_folds_under_itself() -> None:
    assert entry("source", "rapport " * 12, 4).split("\n") == [
        "    source       rapport rapport rapport rapport rapport rapport rapport rapport",
        "                 rapport rapport rapport rapport",
        "",
    ]


def test_a_name_is_not_cut_at_its_hyphens() -> None:
    nom = "centres-soins-infirmiers-3cdf4364"
    assert nom in fold(f"{'mot ' * 14}{nom}, puis la suite")


def test_lines_of_a_text_become_one() -> None:
    assert one_line(" a  b \r\n\n c\td ") == "a b / c d"
    assert entry("titre", " \n ") == ""


@pytest.mark.parametrize(
    ("jour", "phrase"),
    [
        ((2026, 1, 30), "La campagne ouvre le 1er février 2026, dans 2 jours ; réponses au plus"),
        ((2026, 1, 31), "dans 1 jour ;"),
        ((2026, 3, 3), "Il reste 12 jours : réponses au plus tard le 15 mars 2026."),
        ((2026, 3, 14), "Il reste 1 jour : réponses"),
        ((2026, 3, 15), "C'est le dernier jour"),
        ((2026, 3, 16), "Limite dépassée depuis 1 jour : c'était le 15 mars 2026."),
        ((2026, 3, 18), "Limite dépassée depuis 3 jours"),
    ],
)
def test_the_days_left_in_words(jour: tuple[int, int, int], phrase: str) -> None:
    delai = Delai(date(*jour), date(2026, 2, 1), date(2026, 3, 15))
    assert phrase in spell_deadline(delai)


def test_without_a_limit_the_place_to_write_it_is_said() -> None:
    assert spell_deadline(Delai(date(2026, 3, 3), None, None)).startswith("Date limite non fixée")


@pytest.mark.parametrize(
    ("brut", "ecrit"),
    [
        pytest.param({}, "(vide)", id="nothing"),
        pytest.param({"commentaire": "voir"}, "(vide)", id="a comment alone"),
        pytest.param({"valeur": "12", "etat": "renseigne"}, "12", id="a value"),
        pytest.param({"etat": "non_disponible"}, "non disponible", id="not available"),
        pytest.param(
            {"etat": "a_verifier", "saisi": "une\ndizaine"},
            "à vérifier : «\u00a0une / dizaine\u00a0»",
            id="a doubt",
        ),
        pytest.param(
            {"etat": "a_verifier", "nature_cellule": "erreur"},
            "à vérifier : une erreur du tableur",
            id="a doubt without text",
        ),
        pytest.param({"etat": "estime", "saisi": "~40"}, "~40", id="no value but its raw text"),
    ],
)
def test_a_reading_without_its_measure(brut: dict[str, str], ecrit: str) -> None:
    assert spell_reading(Valeur.model_validate({"cellule": "S!H1", **brut}), None) == ecrit

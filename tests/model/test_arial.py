"""The lines a text takes, as LibreOffice folds it: a row too low hides the last one."""

from __future__ import annotations

import pytest

from clsmon.model.arial import count_lines, measure_text


@pytest.mark.parametrize(
    ("texte", "largeur", "lignes"),
    [
        pytest.param("", 10, 1, id="nothing is one line"),
        pytest.param("oui", 10, 1, id="a word"),
        pytest.param("oui\nnon", 10, 2, id="a line break counts"),
        pytest.param("\n", 10, 2, id="even with nothing around"),
        pytest.param("i" * 40, 20, 1, id="narrow letters"),
        pytest.param("m" * 20, 20, 2, id="wide letters"),
        pytest.param("MAMMOGRAPHIE MAMMAIRE", 18, 2, id="capitals barely overflow"),
        pytest.param("2.3/sorties/sorties", 12, 2, id="a key folds after its bars"),
        pytest.param("Hauteville-les-Dijon", 16, 2, id="a name folds after its hyphens"),
        pytest.param("0123456789" * 3, 11, 3, id="a long word is cut where it must"),
        pytest.param(
            "a\u00a0b\u00a0c\u00a0d\u00a0e\u00a0f\u00a0g", 5, 2, id="no fold at a no-break space"
        ),
    ],
)
def test_lines_of_a_text(texte: str, largeur: float, lignes: int) -> None:
    assert count_lines(texte, largeur) == lignes


@pytest.mark.parametrize(
    ("texte", "largeur", "lignes"),
    [
        ("EMAS\u00a0: dépense engagée (non disponible)", 34, 2),
        (
            "rien de déclaré\u00a0: Dijon métropole, ARS, CPAM, CPTS Centre 21, CPTS Pays d’Or",
            24,
            4,
        ),
        ("9. Annexes (DONNÉES FICTIVES)", 18, 3),
        ("Caractéristiques socio-démographiques", 12, 4),
        ("182 (incomplet\u00a0: manque Sedap)", 12, 4),
        ("1.1/rencontres/types-participants", 12, 4),
    ],
)
def test_as_many_lines_as_libreoffice_prints(texte: str, largeur: float, lignes: int) -> None:
    assert count_lines(texte, largeur) == lignes


@pytest.mark.parametrize("largeur", [1, 3, 8, 21, 60, 200])
def test_a_longer_text_never_takes_fewer_lines(largeur: float) -> None:
    texte = "L’Œuvre de santé – mentale, œcuménique et/ou pluridisciplinaire… " * 3
    lignes = [count_lines(texte[:fin], largeur) for fin in range(len(texte))]
    assert lignes == sorted(lignes)


def test_a_smaller_letter_takes_less_room() -> None:
    assert count_lines("mots " * 20, 20, taille=8) < count_lines("mots " * 20, 20, taille=12)


def test_an_accent_changes_nothing() -> None:
    assert measure_text("éàÉçîï") == measure_text("eaEcii")

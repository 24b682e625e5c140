"""An absence said in words: not available, not applicable, nothing, or a question."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clsmon.model.releve import Etat
from clsmon.workbooks.returned.grammar.absences import read_absence, read_nothing
from clsmon.workbooks.returned.grammar.outcome import Absent, Illisible, Lu


@pytest.mark.parametrize(
    ("saisi", "etat"),
    [
        *((mot, Etat.NON_DISPONIBLE) for mot in ("ND", "n.d.", "Non disponible", "non connu")),
        *((tiret, Etat.NON_DISPONIBLE) for tiret in ("-", "–", "—", "−", " - ", "?")),
        *((mot, Etat.SANS_OBJET) for mot in ("sans objet", "SO", "s.o.", "Non concerné")),
    ],
)
def test_absence(saisi: str, etat: Etat) -> None:
    assert read_absence(saisi) == Absent(etat, "absence dite en mots")


@pytest.mark.parametrize("saisi", ["NC", "n.c.", "n/a", "NA", "N.A."])
def test_an_ambiguous_absence_is_a_question(saisi: str) -> None:
    lu = read_absence(saisi)
    assert isinstance(lu, Illisible)
    assert (lu.code, lu.regle) == ("SAI015", "absence ambiguë")
    assert lu.question.startswith(f"« {saisi} » : non connu, ou non concerné ?")


@pytest.mark.parametrize("saisi", ["0", "12", "néant", "oui", "sod", "nd 12", "--", "??", ""])
def test_no_absence(saisi: str) -> None:
    assert read_absence(saisi) is None


@pytest.mark.parametrize("saisi", ["néant", "NEANT", "aucun", "Aucune", "zéro"])
def test_nothing_is_zero_and_is_told(saisi: str) -> None:
    assert read_nothing(saisi) == Lu(Decimal(0), "néant vaut zéro", dite=True)


@pytest.mark.parametrize("saisi", ["nul", "rien", "aucune idée", "néant ?", "pas de séance"])
def test_not_surely_nothing(saisi: str) -> None:
    assert read_nothing(saisi) is None

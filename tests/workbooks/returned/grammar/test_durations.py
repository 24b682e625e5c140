"""Hours and minutes typed together, where a measure counts hours or minutes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clsmon.model.indicateur import TypeMesure
from clsmon.workbooks.returned.grammar.durations import apply_duration, read_duration
from clsmon.workbooks.returned.grammar.expected import Attendu
from clsmon.workbooks.returned.grammar.outcome import Lu


@pytest.mark.parametrize(
    ("saisi", "minutes"),
    [
        ("1h30", 90),
        ("1 h 30", 90),
        ("1\u00a0h\u00a030", 90),
        ("1H30", 90),
        ("1 h 05 min", 65),
        ("0h45", 45),
        ("2 heures 15 minutes", 135),
        ("100h00", 6000),
    ],
)
def test_duration(saisi: str, minutes: int) -> None:
    assert read_duration(saisi) == minutes


@pytest.mark.parametrize(
    "saisi", ["1h", "1h5", "1h75", "1:30", "90 min", "01h30", "1h30 environ", "h30", "1,5h30", ""]
)
def test_not_a_duration(saisi: str) -> None:
    assert read_duration(saisi) is None


@pytest.mark.parametrize(
    ("minutes", "unite", "nombre"),
    [(90, "heures", "1.5"), (90, "minutes", "90"), (65, "heures", None), (90, "jours", None)],
)
def test_only_what_falls_right_is_read(minutes: int, unite: str, nombre: str | None) -> None:
    lu = apply_duration(Decimal(minutes), Attendu(TypeMesure.DUREE, unite))
    attendu = None if nombre is None else Lu(Decimal(nombre), "heures et minutes", dite=True)
    assert lu == attendu

"""A plan that declares too much is refused while it is read, not once it fills the memory."""

from __future__ import annotations

import pytest

from clsmon.workbooks.reader.container import LIMITES
from clsmon.workbooks.reader.markup import read_elements
from clsmon.workbooks.reader.refusal import ClasseurRefuse
from clsmon.workbooks.reader.strings import read_strings

ESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def test_too_many_elements_of_a_plan_are_refused() -> None:
    noms = b"<definedName/>" * (LIMITES.elements + 1)
    partie = f'<workbook xmlns="{ESPACE}">'.encode() + noms + b"</workbook>"
    with pytest.raises(ClasseurRefuse, match="plus de 80000 éléments") as refus:
        read_elements(partie, "definedName")
    assert refus.value.code == "FOR007"


def test_more_shared_texts_than_cells_are_refused() -> None:
    textes = b"<si><t>a</t></si>" * (LIMITES.cellules + 1)
    partie = f'<sst xmlns="{ESPACE}">'.encode() + textes + b"</sst>"
    with pytest.raises(ClasseurRefuse, match=f"plus de {LIMITES.cellules} textes") as refus:
        read_strings(partie)
    assert refus.value.code == "FOR007"


def test_the_heaviest_texts_a_workbook_may_hold_fit_in_memory() -> None:
    """One character beyond the basic plane makes four bytes of each, while its part is held."""
    part, decoded, python = LIMITES.total, 4 * LIMITES.total, 40 * 1_000_000
    assert part + decoded + python < 256 * 1_000_000

"""The page of every code: complete, French, and at most 80 columns wide."""

from __future__ import annotations

import pytest

from clsmon.model.codes import PAGES
from clsmon.rules import REGLES
from clsmon.rules.explain import codes, explain


@pytest.mark.parametrize("code", codes())
def test_page_is_complete_and_fits_80_columns(code: str) -> None:
    page = explain(code)
    assert page is not None
    assert page.startswith(f"{code} · ")
    assert "\n\nExemple :\n\n    " in page
    assert "\n\nRemède : " in page
    assert max(map(len, page.splitlines())) <= 80


def test_page_of_a_rule_begins_with_its_statement() -> None:
    page = explain("fic052 ")
    assert page is not None
    assert page.startswith(
        "FIC052 · erreur · cible_du_bon_cote\n\n"
        "Règle : La cible est au-dessus de la valeur initiale si l'on vise une hausse,\n"
    )


def test_unknown_code_has_no_page() -> None:
    assert explain("FIC999") is None
    assert explain("") is None


def test_no_code_has_two_pages() -> None:
    tous = [*(regle.code for regle in REGLES), *(page.code for page in PAGES)]
    assert len(tous) == len(set(tous))


def test_statement_of_a_rule_stands_on_one_line() -> None:
    for regle in REGLES:
        lignes = (regle.fonction.__doc__ or "").strip().splitlines()
        assert lignes[0].endswith("."), regle.nom
        assert lignes[1] == "", regle.nom

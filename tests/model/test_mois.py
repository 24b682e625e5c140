"""Counting in months: ends of months, 29 February, and the edges of the calendar."""

from __future__ import annotations

from datetime import date

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from clsmon.model.contrat import Periode
from clsmon.model.mois import add_months, last_day
from tests.analysis.builder import LAW

JOURS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
MOIS = st.integers(-240, 240)


@pytest.mark.parametrize(
    ("jour", "mois", "attendu"),
    [
        pytest.param(date(2028, 12, 31), -12, date(2027, 12, 31), id="un an avant"),
        pytest.param(date(2028, 12, 31), -6, date(2028, 6, 30), id="un mois plus court"),
        pytest.param(date(2028, 8, 31), -6, date(2028, 2, 29), id="février bissextile"),
        pytest.param(date(2027, 8, 31), -6, date(2027, 2, 28), id="février ordinaire"),
        pytest.param(date(2024, 2, 29), 60, date(2029, 2, 28), id="du 29 février, cinq ans"),
        pytest.param(date(2024, 2, 29), 48, date(2028, 2, 29), id="du 29 février, quatre ans"),
        pytest.param(date(2024, 1, 15), 0, date(2024, 1, 15), id="aucun mois"),
        pytest.param(date(2024, 1, 15), -(10**6), date.min, id="avant le calendrier"),
        pytest.param(date(2024, 1, 15), 10**6, date.max, id="après le calendrier"),
    ],
)
def test_add_months(jour: date, mois: int, attendu: date) -> None:
    assert add_months(jour, mois) == attendu


@LAW
@given(jour=JOURS, mois=MOIS)
def test_another_library_counts_the_same_months(jour: date, mois: int) -> None:
    assert add_months(jour, mois) == jour + relativedelta(months=mois)


@LAW
@given(jour=JOURS, mois=MOIS)
def test_only_a_day_that_does_not_exist_is_brought_back(jour: date, mois: int) -> None:
    obtenu = add_months(jour, mois)
    ecart = 12 * (obtenu.year - jour.year) + obtenu.month - jour.month
    assert ecart == mois
    assert obtenu.day == min(jour.day, last_day(obtenu.year, obtenu.month).day)


@pytest.mark.parametrize("mois", [0, 13])
def test_a_month_that_does_not_exist_has_no_last_day(mois: int) -> None:
    with pytest.raises(ValueError, match=str(mois)):
        last_day(2025, mois)


@pytest.mark.parametrize(
    ("periode", "fin", "provisoire"),
    [
        pytest.param({}, date(2028, 12, 31), True, id="sans signature"),
        pytest.param(
            {"signature": "2024-03-14", "duree_ans": 5}, date(2029, 3, 14), False, id="signé"
        ),
        pytest.param({"signature": "2024-03-14"}, date(2028, 12, 31), True, id="sans durée"),
        pytest.param(
            {"signature": "2024-02-29", "duree_ans": 4}, date(2028, 2, 29), False, id="29 février"
        ),
    ],
)
def test_the_end_of_a_contract(periode: dict[str, object], fin: date, provisoire: bool) -> None:
    lue = Periode.model_validate({"debut": 2024, "fin": 2028, **periode})
    assert (lue.date_fin, lue.fin_provisoire) == (fin, provisoire)

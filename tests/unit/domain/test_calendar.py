"""Sending days."""

from __future__ import annotations

import datetime as dt

import pytest

from sheetsdun.domain.calendar import Calendar, end_of_month, years_after

FRIDAY = dt.date(2026, 4, 3)
GOOD_FRIDAY_AND_EASTER_MONDAY = frozenset({FRIDAY, dt.date(2026, 4, 6)})
EASTER = Calendar(closed=GOOD_FRIDAY_AND_EASTER_MONDAY.__contains__)


def test_over_easter_the_next_sending_day_is_tuesday():
    assert EASTER.next_sending_day(FRIDAY) == dt.date(2026, 4, 7)


def test_a_sending_day_is_its_own_next_one():
    assert EASTER.next_sending_day(dt.date(2026, 4, 2)) == dt.date(2026, 4, 2)


@pytest.mark.parametrize(
    ("count", "expected"), [(0, (4, 7)), (1, (4, 7)), (2, (4, 8)), (4, (4, 10)), (5, (4, 13))]
)
def test_business_days_pass_over_weekends_and_holidays(count, expected):
    assert EASTER.add_business_days(FRIDAY, count) == dt.date(2026, *expected)


@pytest.mark.parametrize(
    ("day", "last"),
    [((2028, 2, 1), (2028, 2, 29)), ((2026, 12, 31), (2026, 12, 31)), ((2026, 1, 31), (2026, 1, 31))],
)
def test_end_of_month(day, last):
    assert end_of_month(dt.date(*day)) == dt.date(*last)


def test_a_leap_day_has_no_namesake():
    assert years_after(dt.date(2028, 2, 29), 5) == dt.date(2033, 2, 28)

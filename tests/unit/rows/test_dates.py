from __future__ import annotations

import datetime as dt

import pytest

from sheetsdun.ports import serial
from sheetsdun.rows import dates
from sheetsdun.rows.locales import Notation
from sheetsdun.rows.problems import Flaw

DAY = dt.date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("2026-12-31", "en_US"),
        ("2026/12/31", "de_DE"),
        ("2026-12-31T10:15:00Z", "en_US"),
        ("2026-12-31 10:15", "en_US"),
        ("31.12.2026", "de_DE"),
        ("31.12.2026", "en_US"),  # nobody writes months first with points
        ("31.12.26", "ru_RU"),
        ("31.12.2026 г.", "ru_RU"),
        ("31. 12. 2026", "cs_CZ"),
        ("12/31/2026", "en_US"),
        ("31/12/2026", "en_GB"),
        ("31-12-2026", "nl_NL"),
        ("31 Dec 2026", "en_US"),
        ("31-Dec-2026", "en_US"),
        ("Dec 31, 2026", "de_DE"),
        ("December 31st, 2026", "en_US"),
        ("31. Dezember 2026", "de_DE"),
        ("31. Dez. 2026", "de_DE"),
        ("31 декабря 2026 г.", "ru_RU"),
        ("31 дек. 2026", "ru_RU"),
    ],
)
def test_days_as_text(text, locale):
    assert dates.read(text, text, Notation.of(locale)) == DAY


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("31.02.2026", "de_DE"),
        ("29.02.2027", "de_DE"),
        ("31/12/2026", "en_US"),  # never swapped to make sense
        ("31/12/2026", "en_CA"),
        ("31.12.", "de_DE"),
        ("12/2026", "en_US"),
        ("31.12-2026", "de_DE"),
        ("31.12.123", "de_DE"),
        ("tomorrow", "en_US"),
        ("31 Foo 2026", "en_US"),
        ("Foo 31, 2026", "en_US"),
        ("2026-13-01", "en_US"),
        ("123.1.2026", "de_DE"),
    ],
)
def test_what_is_no_day(text, locale):
    assert dates.read(text, text, Notation.of(locale)) is Flaw.UNREADABLE_DATE


def test_march_is_read_in_german_and_may_in_russian():
    assert dates.of_text("3. März 2026", "dmy") == dates.of_text("3 марта 2026", "dmy") == dt.date(2026, 3, 3)
    assert dates.of_text("9 мая 2026", "dmy") == dates.of_text("9. Mai 2026", "dmy") == dt.date(2026, 5, 9)


def test_serial_numbers():
    notation = Notation.of("en_US")
    assert dates.read(46387, "whatever is shown", notation) == DAY
    assert dates.read(46387.75, "", notation) == DAY
    assert serial(DAY) == 46387
    assert dates.read(1, "", notation) == dt.date(1899, 12, 31)
    for number in (0, -5, 20261231, float("nan"), float("inf"), True):
        assert dates.read(number, "", notation) is Flaw.UNREADABLE_DATE


@pytest.mark.parametrize(
    ("locale", "decimal", "order"),
    [
        ("en_US", ".", "mdy"),
        ("en", ".", "mdy"),
        ("en_GB", ".", "dmy"),
        ("en-IE", ".", "dmy"),
        ("de_DE", ",", "dmy"),
        ("de_CH", ".", "dmy"),
        ("ru_RU", ",", "dmy"),
        ("fr_CA", ",", "ymd"),
        ("ja_JP", ".", "ymd"),
        ("sv_SE", ",", "ymd"),
        ("es_MX", ".", "dmy"),
        ("zh_Hant_TW", ".", "ymd"),
        ("", ",", "dmy"),
    ],
)
def test_notations(locale, decimal, order):
    assert Notation.of(locale) == Notation(decimal, order)

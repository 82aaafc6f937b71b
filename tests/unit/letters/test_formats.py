import datetime as dt
from decimal import Decimal

import pytest

from sheetsdun.errors import UsageError
from sheetsdun.letters.formats import formats


@pytest.mark.parametrize(
    ("tag", "amount", "currency", "shown"),
    [
        ("en", "1250.5", "EUR", "€1,250.50"),
        ("en", "1250", "USD", "US$1,250.00"),
        ("en-US", "1250", "USD", "$1,250.00"),
        ("de", "1250.5", "EUR", "1.250,50\u00a0€"),
        ("ru", "1250.5", "RUB", "1\u00a0250,50\u00a0₽"),
        ("en", "1250", "JPY", "JP¥1,250"),
        ("en", "0.125", "EUR", "€0.125"),
        ("en", "-90", "EUR", "-€90.00"),
    ],
)
def test_money_is_exact_and_in_the_letters_language(tag, amount, currency, shown):
    assert formats(tag).money(Decimal(amount), currency) == shown


@pytest.mark.parametrize(
    ("tag", "long", "short"),
    [
        ("en", "2 June 2026", "2 Jun 2026"),
        ("de-AT", "2. Juni 2026", "02.06.2026"),
        ("ru", "2 июня 2026 года", "02.06.2026"),
    ],
)
def test_dates(tag, long, short):
    assert (formats(tag).long(dt.date(2026, 6, 2)), formats(tag).short(dt.date(2026, 6, 2))) == (long, short)


def test_plurals():
    forms = [formats("ru").plural(count, "день", "дня", "дней") for count in (1, 2, 5, 11, 21, 112)]
    assert forms == ["день", "дня", "дней", "дней", "день", "дней"]
    assert [formats("en").plural(count, "day", "days") for count in (0, 1, 2)] == ["days", "day", "days"]
    assert [formats("ru").plural(count, "счёте", "счетах") for count in (1, 3, 7)] == [
        "счёте",
        "счетах",
        "счетах",
    ]


@pytest.mark.parametrize(("written", "tag"), [("de_at", "de-AT"), ("DE", "de"), ("en-GB", "en-GB")])
def test_a_language_may_be_written_in_any_way(written, tag):
    assert formats(written).tag == tag


@pytest.mark.parametrize("nonsense", ["", "../en", "klingon!", "en/../../x", "xx", "=?utf-8?q?de?="])
def test_what_is_no_language_is_refused(nonsense):
    with pytest.raises(UsageError, match="no language"):
        formats(nonsense)

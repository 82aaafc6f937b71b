from __future__ import annotations

from decimal import Decimal

import pytest

from sheetsdun.rows.locales import Notation
from sheetsdun.rows.money import Sum, read
from sheetsdun.rows.problems import Flaw

US, DE, RU = Notation.of("en_US"), Notation.of("de_DE"), Notation.of("ru_RU")


@pytest.mark.parametrize(
    ("text", "notation", "amount", "mark"),
    [
        ("1234.56", US, "1234.56", ""),
        ("1,234.56", US, "1234.56", ""),
        ("1.234,56 €", DE, "1234.56", "€"),
        ("1.234,56 €", US, "1234.56", "€"),  # two separators leave no doubt
        ("1.234", DE, "1234", ""),
        ("1,234", US, "1234", ""),
        ("1.234.567", US, "1234567", ""),
        ("12.5", DE, "12.5", ""),  # no thousands have one digit
        ("12,50", US, "12.50", ""),
        ("1 234,50 ₽", RU, "1234.50", "₽"),
        ("1\u00a0234\u202f567,5 руб.", RU, "1234567.5", "руб."),
        ("1'234.50 CHF", Notation.of("de_CH"), "1234.50", "CHF"),
        ("USD 99", US, "99", "USD"),
        ("-$5.00", US, "-5.00", "$"),
        ("$-5.00", US, "-5.00", "$"),
        ("−5", US, "-5", ""),
        ("+5", US, "5", ""),
        ("12,- €", DE, "12", "€"),
        ("12,–", DE, "12", ""),
        (".50", US, "0.50", ""),
        ("0.125", US, "0.125", ""),
        ("-0", US, "0", ""),
    ],
)
def test_sums_as_text(text, notation, amount, mark):
    assert read(text, text, notation) == Sum(Decimal(amount), mark)


@pytest.mark.parametrize(
    ("text", "notation", "flaw"),
    [
        ("abc", US, Flaw.UNREADABLE_AMOUNT),
        ("about 50", US, Flaw.UNREADABLE_AMOUNT),
        ("50 net", US, Flaw.UNREADABLE_AMOUNT),
        ("50%", US, Flaw.UNREADABLE_AMOUNT),
        ("1.23.4", US, Flaw.UNREADABLE_AMOUNT),
        ("1 23,4", US, Flaw.UNREADABLE_AMOUNT),
        ("--5", US, Flaw.UNREADABLE_AMOUNT),
        ("€ 5 €", US, Flaw.UNREADABLE_AMOUNT),
        ("5-6", US, Flaw.UNREADABLE_AMOUNT),
        ("١٢", US, Flaw.UNREADABLE_AMOUNT),
        ("9" * 30, US, Flaw.UNREADABLE_AMOUNT),
        ("(12.50)", US, Flaw.BRACKETED_AMOUNT),
        ("(€12.50)", US, Flaw.BRACKETED_AMOUNT),
        ("(" * 40_000 + ")" * 40_000, US, Flaw.UNREADABLE_AMOUNT),
        ("1,234", DE, Flaw.AMBIGUOUS_AMOUNT),
        ("1.234", US, Flaw.AMBIGUOUS_AMOUNT),
        ("31.12.2026", DE, Flaw.DATE_AS_AMOUNT),
        ("12/31/2026", US, Flaw.DATE_AS_AMOUNT),
    ],
)
def test_money_is_never_guessed(text, notation, flaw):
    assert read(text, text, notation) is flaw


@pytest.mark.parametrize(
    ("value", "shown", "notation", "amount"),
    [
        (100, "100", US, "100"),
        (1234.5, "$1,234.50", US, "1234.5"),
        (1234.5, "1.234,50 €", DE, "1234.5"),
        (1234567, "1.234.567", DE, "1234567"),
        (0.1 + 0.2, "0.3", US, "0.3"),
        (99.6, "100", US, "99.6"),  # rounded for display only
        (-12.5, "(12.50)", US, "-12.5"),  # a number format of accountants
        (120000, "1.2E+05", US, "120000"),
        (12.5, "12.50 net", US, "12.5"),
        (12.5, "", US, "12.5"),
    ],
)
def test_numbers(value, shown, notation, amount):
    said = read(value, shown, notation)
    assert isinstance(said, Sum)
    assert said.amount == Decimal(amount)


@pytest.mark.parametrize(
    ("value", "shown", "notation", "flaw"),
    [
        (46387, "12/31/2026", US, Flaw.DATE_AS_AMOUNT),
        (46387, "31.12.2026", DE, Flaw.DATE_AS_AMOUNT),
        (46387, "2026-12-31", DE, Flaw.DATE_AS_AMOUNT),
        (46387, "31 Dec 2026", US, Flaw.DATE_AS_AMOUNT),
        (46154, "12.05", DE, Flaw.DATE_AS_AMOUNT),  # typed as money, taken for the 12th of May
        (0.5, "12:00:00", US, Flaw.DATE_AS_AMOUNT),
        (0.5, "50%", US, Flaw.UNREADABLE_AMOUNT),
        (12_000_000, "12", US, Flaw.UNREADABLE_AMOUNT),  # shown in millions
        (float("nan"), "NaN", US, Flaw.UNREADABLE_AMOUNT),
        (float("inf"), "∞", US, Flaw.UNREADABLE_AMOUNT),
        (True, "TRUE", US, Flaw.UNREADABLE_AMOUNT),
    ],
)
def test_a_number_counts_only_as_people_see_it(value, shown, notation, flaw):
    assert read(value, shown, notation) is flaw

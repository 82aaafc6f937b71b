"""Whatever stands in the sheet: reading it never fails, and writing lands where it should."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal

import pytest
from debts import ladder
from hypothesis import given
from hypothesis import strategies as st

from sheetsdun.domain.decision import Decision, Reason, Verdict
from sheetsdun.domain.history import History
from sheetsdun.domain.invoice import Standing
from sheetsdun.domain.policy import Delivery
from sheetsdun.domain.reasons import Code
from sheetsdun.domain.terms import Terms
from sheetsdun.ports import Table, serial
from sheetsdun.rows import addresses, dates, money
from sheetsdun.rows.cells import writing
from sheetsdun.rows.columns import DEFAULTS, OURS, Columns
from sheetsdun.rows.locales import Notation
from sheetsdun.rows.parse import parse
from sheetsdun.rows.problems import Flaw
from sheetsdun.rows.project import statuses
from sheetsdun.rows.row import Reading
from sheetsdun.rows.text import clean, token
from sheetsdun.rows.words import LANGUAGES, Words
from sheetsdun.sync.judge import judge

HEADER = tuple(DEFAULTS.values())
LOCALES = ("en_US", "en_GB", "de_DE", "ru_RU", "de_CH", "ja_JP", "")
TELLING = (
    "", " ", "-", "0", "1", "INV-1", "INV-2", "Total", "#REF!", "#N/A", "Acme", "a@x.com", "a@x.com;b@y.org", "1.234,56 €",
    "(12.50)", "31.02.2026", "31.12.2026", "12/31/2026", "TRUE", "paid", "void", "stop", "hold", "send", "EUR", "$", "kr", "de",
)  # fmt: skip
cell = st.one_of(
    st.sampled_from(TELLING),
    st.text(max_size=12),
    st.integers(-(10**18), 10**18),
    st.integers(40_000, 50_000),
    st.floats(),
    st.booleans(),
)
row = st.lists(cell, max_size=len(HEADER))


def table(rows, shown=None):
    shown = [[str(value) for value in one] for one in rows] if shown is None else shown
    return Table("Invoices", 0, 1, HEADER, rows, shown)


def reading(locale):
    return Reading(locale=locale, standings={"paid": Standing.PAID, "void": Standing.VOID})


def decisions(book):
    return [
        Decision(
            invoice=one,
            verdict=Verdict.HELD,
            reason=Reason(Code.HELD_UNTIL, {"date": one.due or dt.date(2026, 1, 1)}),
        )
        for one in book.invoices
    ]


def wanted(book, language):
    words = Words(language, dt.date(2026, 11, 21), DEFAULTS)
    return statuses(decisions(book), History(), words, "https://mail.example/", {}, {}), words


def applied(found, rows):
    """The rows after the cells were written, as Sheets would give them back."""
    written = [[*one, *[""] * (len(HEADER) - len(one))] for one in rows]
    for one in found.cells:
        value = serial(one.value) if isinstance(one.value, dt.date) else one.value
        written[one.row - 1][one.column] = "" if value is None else value
    return written


@given(
    st.lists(row, max_size=8),
    st.lists(st.lists(st.text(max_size=9), max_size=30), max_size=8),
    st.sampled_from(LOCALES),
)
def test_no_table_stops_the_reading(rows, shown, locale):
    book = parse(table(rows, shown), Columns(), reading(locale))
    assert len(book.invoices) + book.ignored == len(rows)
    for one in book.invoices:
        assert all(addresses.valid(address) for address in one.emails)
        assert all(len(problem.value) <= 80 for problem in one.problems)
        assert one.amount is None or one.amount.is_finite()


whole_row = st.builds(
    lambda number, cells: [number, *cells],
    st.sampled_from(["INV-1", "INV-2", "INV-3", ""]),
    st.lists(cell, min_size=len(HEADER) - 1, max_size=len(HEADER) - 1),
)


@given(
    st.lists(whole_row, max_size=6),
    st.sampled_from(LOCALES),
    st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)),
)
def test_nothing_that_a_row_can_say_stops_the_decisions(rows, locale, today):
    policies = {"standard": ladder(-3, 3, 20), "$": ladder(5, name="$", delivery=Delivery.TASK)}
    invoices = parse(table(rows), Columns(), reading(locale)).invoices
    judgement = judge(invoices, History(), Terms(policies=policies, default="standard"), today)
    assert [decision.invoice for decision in judgement.plan.decisions] == list(invoices)
    said = statuses(
        judgement.plan.decisions, History(), Words("en", today, DEFAULTS), "https://mail.example/", {}
    )
    assert {invoice.id for invoice in invoices if invoice.id} <= said.keys()


@given(st.lists(row, max_size=8), st.sampled_from(LOCALES), st.sampled_from(sorted(LANGUAGES)))
def test_what_was_written_is_not_written_again_and_people_s_cells_are_as_they_were(rows, locale, language):
    book = parse(table(rows), Columns(), reading(locale))
    said, words = wanted(book, language)
    found = writing(table(rows), Columns(), locale, said, words)
    ours = {HEADER.index(DEFAULTS[name]) for name in OURS}
    assert {one.column for one in found.cells} <= ours
    again = applied(found, rows)
    assert writing(table(again), Columns(), locale, said, words).cells == ()
    reread = parse(table(again), Columns(), reading(locale))
    assert reread == parse(
        table([[*one, *[""] * (len(HEADER) - len(one))] for one in rows]), Columns(), reading(locale)
    )


@given(st.lists(st.integers(1, 30), min_size=1, max_size=15), st.randoms(use_true_random=False))
def test_rows_sorted_between_reading_and_writing_get_their_own_status(numbers, order: random.Random):
    rows = [[f"INV-{number}", "Acme", "a@x.com", 100, 46_000 + number] for number in numbers]
    said, words = wanted(parse(table(rows), Columns(), reading("en_US")), "en")
    moved = [*rows, ["", "somebody inserted this"]]
    order.shuffle(moved)
    written = applied(writing(table(moved), Columns(), "en_US", said, words), moved)
    status, note = HEADER.index("Reminder status"), HEADER.index("Reminder note")
    for one in written:
        if not one[0]:
            assert one[status] == ""
        elif numbers.count(int(one[0][4:])) > 1:
            assert (one[status], "The same number stands in row" in one[note]) == ("", True)
        else:
            assert one[status] == f"On hold until {words.date(dates.of_serial(one[4]))}"


@given(st.text())
def test_cleaning_is_done_once_and_for_all(text):
    assert clean(clean(text)) == clean(text)
    assert token(token(text)) == token(text)
    clean(text).encode()


@given(st.dates(dt.date(1900, 1, 1)))
def test_a_day_survives_its_serial_number(day):
    assert dates.of_serial(serial(day)) == day


@given(st.dates(dt.date(1900, 1, 1)), st.sampled_from(["dmy", "mdy", "ymd"]))
def test_a_day_survives_its_text(day, order):
    assert dates.of_text(day.isoformat(), order) == day
    assert dates.of_text(f"{day:%d.%m.%Y}", order) == day
    assert (
        dates.of_text(
            {"dmy": f"{day:%d/%m/%Y}", "mdy": f"{day:%m/%d/%Y}", "ymd": f"{day:%Y/%m/%d}"}[order], order
        )
        == day
    )


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from(LOCALES), st.booleans())
def test_a_sum_survives_the_way_its_locale_writes_it(amount, locale, grouped):
    notation = Notation.of(locale)
    signs = str.maketrans({".": notation.decimal, ",": "." if notation.decimal == "," else ","})
    text = (f"{amount:,.2f}" if grouped else f"{amount:.2f}").translate(signs)
    said = money.read(text, text, notation)
    assert isinstance(said, money.Sum)
    assert said.amount == amount


@given(st.text())
def test_a_text_is_a_sum_or_a_flaw(text):
    for locale in LOCALES:
        assert isinstance(money.read(text, text, Notation.of(locale)), (money.Sum, Flaw))


@given(st.floats(allow_nan=True), st.text(max_size=12))
def test_a_number_is_a_sum_or_a_flaw(value, shown):
    said = money.read(value, shown, Notation.of("de_DE"))
    assert isinstance(said, Flaw) or said.amount == pytest.approx(
        Decimal(value), rel=Decimal("1e-14"), abs=Decimal("1e-300")
    )

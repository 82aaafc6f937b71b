"""The aging as cells of a tab of its own: one line for all in each currency, then one for each debtor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from sheetsdun.domain.aging import Aged, Aging, Bucket
from sheetsdun.domain.money import rounded
from sheetsdun.ports import Entry, Leaf
from sheetsdun.rows.text import clean, clip
from sheetsdun.rows.words import Words
from sheetsdun.rows.words.language import Phrase

_LONGEST = 200
_TOP = 2
"""What the tab is, and the headers."""

_RANGES = {Bucket.UP_TO_30: "1–30", Bucket.UP_TO_60: "31–60", Bucket.UP_TO_90: "61–90"}
_NAMED = {
    Bucket.CURRENT: Phrase.AGING_CURRENT,
    Bucket.OVER_90: Phrase.AGING_OVER_90,
    Bucket.UNDATED: Phrase.AGING_UNDATED,
}


def aging_tab(aging: Aging, title: str, today: dt.date, words: Words) -> Leaf:
    """The whole tab; sums as numbers with the digits of their currency, dates as dates."""
    rows = [
        [Entry(words.phrase(Phrase.AGING_MADE, date=today))],
        [Entry(header, bold=True) for header in _headers(words)],
        *([*_line(each, words.phrase(Phrase.AGING_ALL), bold=True)] for each in aging.totals),
        *([*_line(each, clip(clean(each.customer or each.debtor), _LONGEST))] for each in aging.debtors),
    ]
    return Leaf(title, rows, frozen=_TOP)


def _headers(words: Words) -> Iterator[str]:
    yield words.phrase(Phrase.AGING_CUSTOMER)
    yield words.phrase(Phrase.AGING_CURRENCY)
    for each in Bucket:
        yield _RANGES[each] if each in _RANGES else words.phrase(_NAMED[each])
    for phrase in (
        Phrase.AGING_OPEN,
        Phrase.AGING_CREDITS,
        Phrase.AGING_NET,
        Phrase.AGING_INVOICES,
        Phrase.AGING_OLDEST,
    ):
        yield words.phrase(phrase)


def _line(each: Aged, customer: str, *, bold: bool = False) -> Iterator[Entry]:
    yield Entry(customer, bold)
    yield Entry(each.currency, bold)
    for amount in (*each.buckets.values(), each.open, each.credits, each.net):
        yield _sum(amount, each.currency, bold=bold)
    yield Entry(each.invoices, bold, "#,##0")
    yield Entry(each.oldest, bold)


def _sum(amount: Decimal, currency: str, *, bold: bool) -> Entry:
    said = rounded(amount, currency)
    digits = -int(said.as_tuple().exponent)
    return Entry(said, bold, "#,##0" + ("." + "0" * digits if digits else ""))

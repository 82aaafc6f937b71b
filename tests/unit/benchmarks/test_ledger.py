"""The plain count that the replay is held against."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import ledger
import pytest

HEADER = "customerID,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,SettledDate"
ISSUED, DUE = dt.date(2012, 3, 1), dt.date(2012, 3, 31)
FOREVER = dt.date(2020, 1, 1)


def entry(settled, issued=ISSUED, due=DUE):
    return ledger.Entry("1", "Customer 1", "ap@1.example", issued, due, settled, Decimal(5))


def levels(*entries, until=FOREVER):
    return {key: number for key, number in ledger.count(entries, until).items() if number}


def test_reads_american_dates_in_the_order_of_issue(tmp_path):
    file = tmp_path / "ledger.csv"
    rows = ["6627-ELFBK,12,2/3/2012,3/4/2012,47.07,3/5/2012", "1-A,7,1/6/2012,2/5/2012,5.26,2/3/2012"]
    file.write_text("\n".join([HEADER, *rows]), encoding="utf-8-sig")
    first, second = ledger.read(file)
    assert first.number == "7"
    assert second == ledger.Entry(
        "12",
        "Customer 6627-ELFBK",
        "ap@6627-elfbk.example",
        dt.date(2012, 2, 3),
        dt.date(2012, 3, 4),
        dt.date(2012, 3, 5),
        Decimal("47.07"),
    )


def test_an_invoice_is_open_from_issue_to_the_day_before_it_is_settled():
    one = entry(settled=dt.date(2012, 4, 2))
    assert [one.open_on(ISSUED - ledger.ONE_DAY), one.open_on(ISSUED)] == [False, True]
    assert [one.open_on(dt.date(2012, 4, 1)), one.open_on(dt.date(2012, 4, 2))] == [True, False]


@pytest.mark.parametrize(
    ("settled", "expected"),
    [
        (dt.date(2012, 3, 28), {}),
        (dt.date(2012, 3, 29), {("courtesy", "2012-03"): 1}),
        (dt.date(2012, 4, 3), {("courtesy", "2012-03"): 1}),
        (dt.date(2012, 4, 4), {("courtesy", "2012-03"): 1, ("friendly", "2012-04"): 1}),
    ],
)
def test_a_level_counts_if_the_invoice_is_open_on_its_day(settled, expected):
    assert levels(entry(settled)) == expected


def test_counts_no_further_than_asked():
    never = entry(settled=FOREVER)
    assert sum(levels(never).values()) == 5
    assert levels(never, until=dt.date(2012, 4, 10)) == levels(entry(settled=dt.date(2012, 4, 11)))


def test_a_level_before_the_issue_is_not_counted():
    assert ("courtesy", "2012-03") not in levels(entry(settled=FOREVER, issued=dt.date(2012, 3, 29)))


def test_the_table_adds_up():
    counted = ledger.count([entry(FOREVER), entry(dt.date(2012, 4, 4))], FOREVER)
    assert ledger.table(counted).splitlines() == [
        "| month | courtesy | friendly | reminder | firm | final | all |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
        "| 2012-03 | 2 | 0 | 0 | 0 | 0 | 2 |",
        "| 2012-04 | 0 | 2 | 1 | 1 | 1 | 5 |",
        "| **all** | 2 | 2 | 1 | 1 | 1 | 7 |",
    ]

"""Aging: a worked example by hand, the borders of the buckets, and what is set against what."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from debts import invoice

from sheetsdun.domain.aging import Bucket, age, bucket
from sheetsdun.domain.calendar import Calendar
from sheetsdun.domain.history import History
from sheetsdun.domain.invoice import Invoice, Problem, Standing
from sheetsdun.domain.outstanding import outstanding
from sheetsdun.domain.policy import Level, Policy
from sheetsdun.domain.terms import Terms
from sheetsdun.sync.judge import decide_all

TODAY = dt.date(2026, 6, 30)
TERMS = Terms(
    policies={"standard": Policy("standard", (Level(name="one", offset=3, template="one"),))},
    default="standard",
    calendar=Calendar(),
)


def owed(name: str, late: int, amount: str = "100", **fields: Any) -> Invoice:
    ordinary = {"due": TODAY - dt.timedelta(late), "amount": Decimal(amount)}
    return invoice(name, **{**ordinary, **fields})


def aged(*invoices: Invoice):
    return age(decide_all(invoices, History(), TERMS, TODAY), TODAY)


def figures(line) -> dict[str, str]:
    return {each.value: str(balance) for each, balance in line.buckets.items() if balance}


@pytest.mark.parametrize(
    ("late", "expected"),
    [
        (-1, "current"), (0, "current"), (1, "1-30"), (30, "1-30"), (31, "31-60"), (60, "31-60"), (61, "61-90"),
        (90, "61-90"), (91, "over 90"), (5000, "over 90"),
    ],
)  # fmt: skip
def test_borders(late: int, expected: str) -> None:
    assert bucket(TODAY - dt.timedelta(late), TODAY) == expected


def test_a_worked_example() -> None:
    found = aged(
        owed("A-1", 0, "10"),
        owed("A-2", 12, "200", paid=Decimal(50)),
        owed("A-3", 45, "70", standing=Standing.DISPUTED),
        owed("B-1", 100, "1000", customer="Ito", emails=("ito@example.com",)),
        owed("B-2", 100, "80", customer="Ito", emails=("ito@example.com",), currency="USD"),
        owed("P-1", 40, "999", paid=Decimal(999)),
        owed("V-1", 40, "999", standing=Standing.VOID),
        owed("W-1", 40, "999", standing=Standing.PAID),
        owed("C-1", 0, "-30"),
        owed("O-1", 5, "100", paid=Decimal(104)),
    )
    euro, dollar = found.totals
    assert (euro.currency, figures(euro)) == (
        "EUR",
        {"current": "10", "1-30": "150", "31-60": "70", "over 90": "1000"},
    )
    assert (euro.open, euro.past_due, euro.credits, euro.net, euro.disputed, euro.invoices, euro.overdue) == (
        1230, 1220, -34, 1196, 70, 4, 3,
    )  # fmt: skip
    assert euro.oldest == TODAY - dt.timedelta(100)
    assert (dollar.currency, figures(dollar), dollar.net) == ("USD", {"over 90": "80"}, 80)
    assert [(each.customer, each.currency, each.open, each.credits, each.net) for each in found.debtors] == [
        ("Ito", "EUR", 1000, 0, 1000),
        ("Weber KG", "EUR", 230, -34, 196),
        ("Ito", "USD", 80, 0, 80),
    ]


def test_a_credit_without_an_address_goes_to_the_customers_only_debtor() -> None:
    found = aged(owed("A", 5), owed("C", 0, "-30", emails=(), due=None))
    assert [(each.open, each.net) for each in found.debtors] == [(100, 70)]


def test_a_credit_without_an_address_of_a_customer_with_two_debtors_stands_alone() -> None:
    found = aged(owed("A", 5), owed("B", 5, emails=("b@weber.example",)), owed("C", 0, "-30", emails=()))
    assert sorted((each.open, each.net) for each in found.debtors) == [(0, -30), (100, 100), (100, 100)]
    assert found.totals[0].net == 170


def test_what_cannot_be_read_is_in_no_sum_and_told() -> None:
    lost = owed("A", 5, problems=(Problem("amount", "unreadable_amount", "ten"),))
    lost = invoice("A", amount=None, problems=lost.problems)
    found = aged(lost, owed("B", 5, due=None))
    assert [each.id for each in found.unreadable] == ["A"]
    assert [each.id for each in found.flawed] == ["B"]
    assert figures(found.totals[0]) == {Bucket.UNDATED: "100"}


class TestDaysSalesOutstanding:
    def of(self, *invoices: Invoice):
        (total,) = aged(*invoices).totals
        return outstanding(invoices, total, TODAY)

    def test_receivables_by_sales_times_90(self) -> None:
        # Owed 300 (400 less a credit of 100); invoiced in the window 900 - 100: 300 / 800 * 90 = 33.75.
        found = self.of(
            owed("A", 5, "400", issued=TODAY - dt.timedelta(89)),
            owed("B", 5, "500", issued=TODAY, paid=Decimal(500)),
            owed("C", 5, "-100", issued=TODAY),
            owed("D", 200, "999", issued=TODAY - dt.timedelta(230), paid=Decimal(999)),
            owed("E", 5, "999", issued=TODAY - dt.timedelta(90), paid=Decimal(999)),
            owed("F", 5, "999", issued=TODAY, standing=Standing.VOID),
        )
        assert (found.days, found.receivables, found.sales, found.lacking) == (34, 300, 800, 0)

    def test_a_row_that_may_belong_to_the_window_and_has_no_issue_date_leaves_it_untold(self) -> None:
        found = self.of(owed("A", 5, issued=TODAY), owed("B", 89), owed("C", 90))
        assert (found.days, found.lacking) == (None, 1)

    def test_without_sales_there_is_none(self) -> None:
        assert self.of(owed("A", 200, issued=TODAY - dt.timedelta(230))).days is None

"""Aging and recovery: sums of buckets are sums of balances, and every reminder has one end."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from decimal import Decimal

from debts import invoice, rows
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsdun.domain.accounts import CREDITS
from sheetsdun.domain.aging import age
from sheetsdun.domain.calendar import Calendar
from sheetsdun.domain.decision import Verdict
from sheetsdun.domain.history import History
from sheetsdun.domain.invoice import Standing
from sheetsdun.domain.policy import Level, Policy
from sheetsdun.domain.terms import Terms
from sheetsdun.sync.judge import decide_all

TODAY = dt.date(2026, 6, 30)
TERMS = Terms(
    policies={"standard": Policy("standard", (Level(name="one", offset=3, template="one"),))},
    default="standard",
    calendar=Calendar(),
)

MONEY = st.decimals(-500, 500, places=2)
INVOICES = st.lists(
    st.builds(
        invoice,
        st.sampled_from([f"INV-{number}" for number in range(12)]),
        customer=st.sampled_from(["Weber KG", "weber  kg", "Ito", ""]),
        emails=st.sampled_from([(), ("a@example.com",), ("b@example.com",)]),
        amount=st.none() | MONEY,
        paid=st.just(Decimal(0)) | MONEY,
        currency=st.sampled_from(["EUR", "USD", "JPY"]),
        due=st.none() | st.dates(TODAY - dt.timedelta(200), TODAY + dt.timedelta(60)),
        standing=st.sampled_from(Standing),
        stopped=st.booleans(),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(INVOICES)
def test_buckets_and_credits_add_up_to_the_balances_of_each_currency(invoices) -> None:
    decisions = decide_all(rows(*invoices), History(), TERMS, TODAY)
    found = age(decisions, TODAY)
    open_: dict[str, Decimal] = defaultdict(Decimal)
    credits_: dict[str, Decimal] = defaultdict(Decimal)
    count: Counter[str] = Counter()
    for each in decisions:
        if (balance := each.invoice.balance) is None:
            continue
        if each.verdict is not Verdict.CLOSED:
            open_[each.invoice.currency] += balance
            count[each.invoice.currency] += 1
        elif each.reason.code in CREDITS:
            credits_[each.invoice.currency] += balance
    assert [each.currency for each in found.totals] == sorted(open_.keys() | credits_.keys())
    for total in found.totals:
        code = total.currency
        assert sum(total.buckets.values()) == total.open == open_[code]
        assert (total.credits, total.net) == (credits_[code], open_[code] + credits_[code])
        lines = found.of(code)
        assert total.invoices == count[code] == sum(each.invoices for each in lines)
        for name in total.buckets:
            assert total.buckets[name] == sum(each.buckets[name] for each in lines)
        assert sum(each.net for each in lines) == total.net
        assert len({each.debtor for each in lines}) == len(lines)


@settings(max_examples=40, deadline=None)
@given(INVOICES, st.randoms(use_true_random=False))
def test_how_the_sheet_is_sorted_changes_no_sum(invoices, random) -> None:
    def told(given_):
        found = age(decide_all(rows(*given_), History(), TERMS, TODAY), TODAY)
        return sorted((each.debtor, each.currency, each.open, each.net) for each in found.debtors)

    shuffled = list(invoices)
    random.shuffle(shuffled)
    if len({each.id for each in invoices}) == len(invoices):  # of two with one name, the order may decide
        assert told(shuffled) == told(invoices)

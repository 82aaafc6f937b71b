"""The team's own tests of its ladders: a made-up invoice, lived through to a day, and what must have come of it.

The invoice is open from long before its due date, nothing else is owed by its debtor, and each letter goes on the day
on which it falls due. Where no due date is named, every day is a sending day, so that the answer is the same in every
week; where one is, the config's calendar counts.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches

from sheetsdun.domain.calendar import ONE_DAY, Calendar
from sheetsdun.domain.decision import Verdict
from sheetsdun.domain.forecast import Future
from sheetsdun.domain.history import History
from sheetsdun.domain.invoice import Hold, Invoice
from sheetsdun.domain.policy import Basis
from sheetsdun.domain.terms import Terms

NONE = "none"
"""In place of a level: nothing has been sent."""

LARGE = Decimal(1_000_000)
"""What the invoice is over where no amount is named: well above any tolerance."""

_ANY_DAY = dt.date(2026, 6, 15)
_BEFORE = 400
"""Days before the due date on which the invoice comes into the sheet: earlier than any level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What must have come of an invoice.

    Attributes:
        where: Where it is written, for people.
        days_past_due: The evening on which it is looked at; negative before the due date.
        policy: Its ladder; "" for the default.
        level: The last level that was sent, or done as a task; ``NONE`` for none; None where that does not matter.
        decision: What is decided for it that evening; None where that does not matter.
        due: Its due date; None for any day in a year in which letters go every day.
        amount: None for a large sum.
        hold_until, promise: Days past due.
    """

    where: str
    days_past_due: int
    policy: str = ""
    level: str | None = None
    decision: Verdict | None = None
    due: dt.date | None = None
    amount: Decimal | None = None
    paid: Decimal = Decimal(0)
    currency: str = ""
    hold_until: int | None = None
    promise: int | None = None


def failure(expected: Expectation, terms: Terms) -> str:
    """What is not as expected, as the end of a sentence; "" where all is."""
    policy = terms.policy(expected.policy)
    if policy is None:
        near = get_close_matches(expected.policy, terms.policies, n=1)
        return f"there is no policy “{expected.policy}”{_meant(near)}"
    if expected.level not in {None, NONE} and policy.position(str(expected.level)) is None:
        names = [level.name for level in policy.levels]
        near = get_close_matches(str(expected.level), names, n=1)
        return f"“{policy.name}” has no level “{expected.level}”{_meant(near)}"
    if expected.due is None and any(level.basis is Basis.END_OF_MONTH for level in policy.levels):
        return f"“{policy.name}” counts from the end of a month, so say which one: due = 2026-06-15"
    level, decision = _come_of(expected, terms)
    when = f"{expected.days_past_due} days past due"
    wrong = []
    if expected.level is not None and expected.level != level:
        wrong.append(f"the last level sent is {_named(level)}, not {_named(expected.level)}")
    if expected.decision is not None and expected.decision is not decision:
        wrong.append(f"the decision is {decision}, not {expected.decision}")
    return f"{when}, by “{policy.name}”, {' and '.join(wrong)}" if wrong else ""


def _come_of(expected: Expectation, terms: Terms) -> tuple[str, Verdict]:
    """The last level that was sent or done, and what is decided then."""
    due = expected.due or _ANY_DAY
    if expected.due is None:
        terms = replace(terms, calendar=Calendar(frozenset(range(7))))
    invoice = Invoice(
        row=2,
        id="expected",
        customer="A debtor",
        emails=("debtor@example.com",),
        amount=LARGE if expected.amount is None else expected.amount,
        paid=expected.paid,
        currency=expected.currency,
        due=due,
        escalation=expected.policy,
        hold=None if expected.hold_until is None else Hold(due + expected.hold_until * ONE_DAY),
        promise=None if expected.promise is None else due + expected.promise * ONE_DAY,
    )
    future = Future([invoice], History(), terms, {})
    last, level = due + expected.days_past_due * ONE_DAY, NONE
    today = due - _BEFORE * ONE_DAY
    while today <= last:
        day = future.live(today)
        climbed = [part.level for each in day.letters for part in each.letter.climbed]
        climbed += [task.rung.level.name for task in day.tasks]
        level = climbed[-1] if climbed else level
        today += ONE_DAY
    return level, future.decided(last)[0].verdict


def _named(level: str) -> str:
    return "none" if level == NONE else f"“{level}”"


def _meant(near: list[str]) -> str:
    return f"; did you mean “{near[0]}”?" if near else ""

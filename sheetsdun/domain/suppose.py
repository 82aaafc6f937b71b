"""The letter, or the task, that an invoice's level would bring: asked for by a person who wants to see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sheetsdun.domain.accounts import Accounts
from sheetsdun.domain.charging import Charging
from sheetsdun.domain.decision import Decision, Verdict
from sheetsdun.domain.drafts import shows_account
from sheetsdun.domain.history import History
from sheetsdun.domain.policy import Rung
from sheetsdun.domain.reminder import Reminder, reminder
from sheetsdun.domain.terms import Terms


def at(decision: Decision, rung: Rung) -> Decision:
    """The decision, were this level due."""
    return decision._replace(verdict=Verdict.REMIND, policy=rung.policy, level=rung.level, until=None)


def supposed(
    decision: Decision,
    rung: Rung,
    decisions: Sequence[Decision],
    history: History,
    terms: Terms,
    today: dt.date,
) -> Reminder:
    """What would be written about one invoice alone, were a level of its ladder due; no guard is asked.

    Args:
        decision: Of the invoice, as it is.
        rung: The level that is supposed to be due.
        decisions: The final ones, of all rows.
        history: The log, folded: for fees of letters that went.
        terms: What counts.
        today: The letter's day.
    """
    climbed, invoice = at(decision, rung), decision.invoice
    together = shows_account(rung.level.kind, terms)
    accounts = Accounts(decisions, terms, today)
    return reminder(
        [climbed],
        listed=[each for each in accounts.overdue(invoice) if each.row != invoice.row] if together else (),
        credits_=[each for each in accounts.credits(invoice) if each.row != invoice.row] if together else (),
        calendar=terms.calendar,
        today=today,
        charged=Charging(decisions, history, terms, today).of([climbed]),
    )

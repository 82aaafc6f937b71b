"""The first day: old invoices that were chased before there was a log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sheetsdun.domain.climb import height
from sheetsdun.domain.decide import decide
from sheetsdun.domain.decision import Verdict
from sheetsdun.domain.history import History
from sheetsdun.domain.invoice import Invoice
from sheetsdun.domain.policy import Rung
from sheetsdun.domain.terms import Terms

_LEFT_OUT = frozenset({Verdict.CLOSED, Verdict.PROBLEM, Verdict.REVIEW})


def backfill(
    invoices: Iterable[Invoice],
    history: History,
    terms: Terms,
    today: dt.date,
    *,
    due_before: dt.date,
    level: str,
) -> tuple[tuple[Invoice, Rung], ...]:
    """Find the invoices whose level would be counted as done, with that level's place on their own policy.

    Left out are invoices that are closed, have a problem or an open letter, are that far already, or whose policy has
    no level of that name.

    Args:
        invoices: The rows.
        history: The log, folded.
        terms: What the config says.
        today: The run's day.
        due_before: Only invoices due before that day.
        level: Name of the level that they have behind them.
    """
    found = []
    for invoice in invoices:
        policy = terms.policy(invoice.escalation)
        place = policy.position(level) if policy else None
        if policy is None or place is None or invoice.due is None or invoice.due >= due_before:
            continue
        known = history.of(invoice.id)
        reached = height(policy, known.completions)
        decision = decide(invoice, known, history.letters_of(invoice.id), terms, today)
        if reached < place and decision.verdict not in _LEFT_OUT:
            found.append((invoice, Rung(policy, place)))
    return tuple(found)

"""The days to come, from the sheet as it is now: read once, lived through in memory, nothing written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from sheetsdun.domain.decision import Verdict
from sheetsdun.domain.forecast import Forecast, forecast
from sheetsdun.domain.habits import Expected, habits
from sheetsdun.domain.invoice import Standing
from sheetsdun.errors import UsageError
from sheetsdun.sync.lookup import Lookup, look_up
from sheetsdun.sync.settings import Desk

DAYS = 30
"""How far it looks where nobody says."""

FURTHEST = 2 * 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Foresight:
    """What would happen, and what it rests on.

    Attributes:
        known: The sheet and its log today.
        forecast: The days to come.
        expected: By identity, when each open invoice would be paid; None where nobody is taken to pay.
        max_letters: A day with more letters than this would be refused.
    """

    known: Lookup
    forecast: Forecast
    expected: Mapping[str, Expected] | None = None
    max_letters: int = 0
    names: Mapping[str, str] = field(default_factory=dict)


def foresee(
    desk: Desk, until: dt.date | None, *, today: dt.date | None = None, payments: bool = False
) -> Foresight:
    """Live through the days to come.

    Args:
        desk: What a run works with.
        until: The last day; None for a month ahead.
        today: The first day; None for the clock's.
        payments: Whether debtors are taken to pay as they have so far.

    Raises:
        UsageError: The last day has passed, or is too far away.
        Refused: There is no log tab, or a row of it is no event any more.
        Unreachable: Google cannot be had.
    """
    known = look_up(desk, today)
    first = known.run.today
    last = until or first + dt.timedelta(DAYS)
    if not 0 <= (last - first).days <= FURTHEST:
        why = "has passed" if last < first else "is more than two years away"
        raise UsageError(f"{last} {why}; today is {first}.", "Name another day with --until.")
    expected = _expected(known) if payments else None
    days = {name: each.day for name, each in (expected or {}).items() if each.day is not None}
    return Foresight(
        known=known,
        forecast=forecast(known.invoices, known.history, known.terms, first, last, days),
        expected=expected,
        max_letters=desk.settings.max_letters,
        names={invoice.debtor: invoice.customer for invoice in reversed(known.invoices)},
    )


def _expected(known: Lookup) -> dict[str, Expected]:
    """For each invoice that is open and not disputed."""
    past = habits(known.invoices, known.terms)
    return {
        decision.invoice.id: past.expected(decision.invoice, known.run.today)
        for decision in known.decisions
        if decision.verdict not in {Verdict.CLOSED, Verdict.PROBLEM}
        and decision.invoice.standing is not Standing.DISPUTED
    }

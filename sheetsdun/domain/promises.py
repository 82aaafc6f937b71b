"""Promises to pay: kept, broken, or not to be told. The sheet has the last promise of each row; earlier ones are lost."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sheetsdun.domain.decision import Decision, Verdict
from sheetsdun.domain.event import Event, Name
from sheetsdun.domain.invoice import Invoice
from sheetsdun.domain.reasons import Code
from sheetsdun.domain.recovery import paid_on
from sheetsdun.domain.terms import Terms


class Word(enum.StrEnum):
    """What became of a promise."""

    PENDING = "pending"
    """Its day, grace included, has not passed."""
    KEPT = "kept"
    """The last payment is dated, and came in time."""
    BROKEN = "broken"
    """It is open still, or the payment's date or a letter of the log shows that it was open after the day."""
    UNKNOWN = "unknown"
    """It is paid, and nothing says when."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One row's promise.

    Attributes:
        day: The day by which it was to be paid.
        word: What became of it.
    """

    invoice: Invoice
    day: dt.date
    word: Word


def promises(
    decisions: Iterable[Decision], events: Iterable[Event], terms: Terms, today: dt.date
) -> Sequence[Promise]:
    """What became of every promise in the sheet, the oldest first; cancelled invoices are left out.

    Args:
        decisions: What the sheet says now.
        events: The log: its letters note what was open, and when.
        terms: For the days of grace.
        today: The run's day.
    """
    rows = [each for each in decisions if each.invoice.promise and each.reason.code != Code.VOID]
    names = {each.invoice.id for each in rows}
    last_open: dict[str, dt.date] = {}
    for event in events if names else ():
        # Later events of a letter repeat the balance that it was opened with.
        if event.name == Name.OPENED and event.invoice in names and (event.balance or 0) > 0:
            last_open[event.invoice] = max(event.day, last_open.get(event.invoice, event.day))
    grace = dt.timedelta(terms.promise_grace_days)
    found = [
        Promise(each.invoice, day, _word(each, day + grace, last_open.get(each.invoice.id), today))
        for each in rows
        if (day := each.invoice.promise)
    ]
    return sorted(found, key=lambda each: (each.day, each.invoice.row))


def _word(decision: Decision, until: dt.date, last_open: dt.date | None, today: dt.date) -> Word:
    if decision.verdict is not Verdict.CLOSED:
        return Word.BROKEN if today > until else Word.PENDING
    last = paid_on(decision)
    if last is not None:
        return Word.KEPT if last <= until else Word.BROKEN
    if today <= until:
        return Word.KEPT  # Whenever it came, it came in time.
    return Word.BROKEN if last_open is not None and last_open > until else Word.UNKNOWN

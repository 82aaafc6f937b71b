"""What is owed, what was sent, and what was paid after it: from the sheet and its log, read once, nothing written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheetsdun.domain.aging import Aging, age
from sheetsdun.domain.history import LetterHistory
from sheetsdun.domain.outstanding import Outstanding, outstanding
from sheetsdun.domain.promises import Promise, Word, promises
from sheetsdun.domain.recovery import Recovery, Reminded, by_level, reminded
from sheetsdun.errors import UsageError
from sheetsdun.sync.lookup import Lookup, look_up
from sheetsdun.sync.settings import Desk

DAYS = 90
"""How far it looks back where nobody says, today among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receivables:
    """The receivables of a day, and the reminders of a period.

    Attributes:
        known: The sheet and its log.
        since, until: The period, both days included.
        aging: What is open today.
        outstanding: Days sales outstanding, by currency.
        sent: Letters that went in the period, by day.
        reminders: Every reminder of every time, with its end.
        recovery: Those of the period, by level.
        open: Letters that stand open, the oldest first: as the log has them, since the mailbox is not asked.
        promises: What became of those that fell into the period, and all that are pending.
        names: Customers by debtor.
    """

    known: Lookup
    since: dt.date
    until: dt.date
    aging: Aging
    outstanding: Sequence[Outstanding]
    sent: Sequence[LetterHistory]
    reminders: Sequence[Reminded]
    recovery: Sequence[Recovery]
    open: Sequence[LetterHistory]
    promises: Sequence[Promise]
    names: Mapping[str, str]

    @property
    def today(self) -> dt.date:
        """The day of the aging."""
        return self.known.run.today


def take_stock(
    desk: Desk, since: dt.date | None = None, until: dt.date | None = None, *, today: dt.date | None = None
) -> Receivables:
    """Read the sheet and reckon.

    Args:
        desk: What a run works with.
        since: The first day of the period; None for 90 days up to its last.
        until: The last day of the period; None for today.
        today: The day of the aging; None for the clock's.

    Raises:
        UsageError: The period ends before it begins, or has not begun.
        Refused: There is no log tab, or a row of it is no event any more.
        Unreachable: Google cannot be had.
    """
    known = look_up(desk, today)
    day = known.run.today
    last = until or day
    first = since or last - dt.timedelta(DAYS - 1)
    if first > last:
        raise UsageError(
            f"The period would end on {last}, before it begins on {first}.", "See --since and --until."
        )
    if first > day:
        raise UsageError(f"{first} is still to come; today is {day}.", "Name an earlier day with --since.")
    aging = age(known.decisions, day)
    letters = known.history.letters.values()
    went = [each for each in letters if each.effective is not None and first <= each.effective <= last]
    ends = reminded(known.history, known.events, known.decisions)
    order = {name: place for place, name in enumerate(known.terms.policies)}
    return Receivables(
        known=known,
        since=first,
        until=last,
        aging=aging,
        outstanding=[outstanding(known.invoices, total, day) for total in aging.totals],
        sent=sorted(went, key=lambda each: (each.effective or last, each.id)),
        reminders=ends,
        recovery=by_level(ends, first, last, order),
        open=sorted((each for each in letters if each.state.open), key=lambda each: (each.since, each.id)),
        promises=[
            each
            for each in promises(known.decisions, known.events, known.terms, day)
            if first <= each.day <= last or each.word is Word.PENDING
        ],
        names={invoice.debtor: invoice.customer for invoice in reversed(known.invoices)},
    )

"""What would happen: the days to come, lived through with the very ``decide`` and ``plan`` of a run.

Each letter is taken as sent, and each task as done, on the day on which it falls due; a draft that lies open is taken
as sent on the first day. What waits for a person (an answer, a deleted draft, a dispute) waits to the end. Nobody
pays, but on the days that are handed in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sheetsdun.domain.calendar import ONE_DAY
from sheetsdun.domain.decide import decide
from sheetsdun.domain.decision import Decision, Verdict
from sheetsdun.domain.event import Event, Name
from sheetsdun.domain.fold import fold
from sheetsdun.domain.history import History, InvoiceHistory, LetterHistory, Part, State
from sheetsdun.domain.invoice import Invoice
from sheetsdun.domain.plan import Plan, plan
from sheetsdun.domain.reminder import Reminder, Task, part
from sheetsdun.domain.terms import Terms

_ON_THEIR_WAY = frozenset({State.OPENED, State.DRAFTED, State.SENDING})
"""Drafts that a person, or the next run, is taken to send."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A letter that would go.

    Attributes:
        letter: As the log would have it that evening.
        waits: It lies in the mailbox as a draft already.
    """

    letter: LetterHistory
    waits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What one day would bring.

    Attributes:
        letters: In the order of the plan; drafts that lie open first.
        tasks: What people are asked to do instead.
        paid: Identities of the invoices that are taken as paid on that day.
    """

    day: dt.date
    letters: tuple[Foreseen, ...] = ()
    tasks: tuple[Task, ...] = ()
    paid: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Nothing happens."""
        return not (self.letters or self.tasks or self.paid)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The days to come.

    Attributes:
        first, last: The days that were lived through, both included.
        days: Those on which something happens.
        decisions: What is decided for each row on the evening of the last day.
    """

    first: dt.date
    last: dt.date
    days: tuple[Day, ...]
    decisions: tuple[Decision, ...]


def forecast(
    invoices: Sequence[Invoice],
    history: History,
    terms: Terms,
    first: dt.date,
    last: dt.date,
    payments: Mapping[str, dt.date] | None = None,
) -> Forecast:
    """Live through some days.

    Args:
        invoices: The rows, in order.
        history: The log, folded.
        terms: What the config says.
        first: The first day.
        last: The last one, which is lived through, too.
        payments: By identity, the day on which an invoice is taken as paid in full, before that day's letters.
    """
    future = Future(invoices, history, terms, payments or {})
    days = [day for day in (future.live(each) for each in _days(first, last)) if not day.empty]
    return Forecast(first=first, last=last, days=tuple(days), decisions=tuple(future.decided(last)))


class Future:
    """A sheet and its log while days pass; ``live`` each of them once, in order."""

    def __init__(
        self, invoices: Sequence[Invoice], history: History, terms: Terms, payments: Mapping[str, dt.date]
    ) -> None:
        """Begin with what is there.

        Args:
            invoices: The rows, in order.
            history: The log, folded; it stays as it is.
            terms: What the config says.
            payments: By identity, the day on which an invoice is taken as paid in full.
        """
        self._rows = list(invoices)
        self._places: dict[str, list[int]] = {}
        for place, invoice in enumerate(self._rows):
            self._places.setdefault(invoice.id, []).append(place)
        self._known: dict[str, InvoiceHistory] = dict(history.invoices)
        self._letters: dict[str, LetterHistory] = dict(history.letters)
        self._history = replace(history, invoices=self._known, letters=self._letters)
        self._terms = terms
        self._payments: dict[dt.date, list[str]] = {}
        for name, day in payments.items():
            self._payments.setdefault(day, []).append(name)
        self._decisions: list[Decision | None] = [None] * len(self._rows)
        self._written = 0

    def live(self, today: dt.date) -> Day:
        """Let one day pass."""
        paid = tuple(name for name in self._payments.get(today, ()) if self._pay(name))
        if not self._terms.calendar.is_sending_day(today):
            return Day(day=today, paid=paid)
        decisions = self.decided(today)
        drafts = self.drafts
        if not drafts and all(decision.verdict is not Verdict.REMIND for decision in decisions):
            return Day(day=today, paid=paid)
        planned = plan(decisions, self._history, self._terms, today)
        letters = (*self._send_drafts(drafts, planned, today), *self._send(planned.reminders, today))
        self._do(planned.tasks, today)
        return Day(day=today, letters=letters, tasks=planned.tasks, paid=paid)

    @property
    def drafts(self) -> list[LetterHistory]:
        """Those that lie open."""
        return [letter for letter in self._letters.values() if letter.state in _ON_THEIR_WAY]

    def decided(self, today: dt.date) -> list[Decision]:
        """What is decided for each row by itself; asked anew only where the answer can have changed."""
        for place, known in enumerate(self._decisions):
            if known is not None and not _may_change(known, today):
                continue
            invoice = self._rows[place]
            history = self._history.of(invoice.id)
            letters = [self._letters[letter] for letter in history.letters]
            self._decisions[place] = decide(invoice, history, letters, self._terms, today)
        return [decision for decision in self._decisions if decision is not None]

    def _pay(self, name: str) -> bool:
        """Pay an invoice in full; whether there was anything to pay."""
        owed = False
        for place in self._places.get(name, ()):
            invoice = self._rows[place]
            if invoice.balance is not None and invoice.balance > 0:
                self._rows[place] = replace(invoice, paid=invoice.amount)
                self._decisions[place] = None
                owed = True
        return owed

    def _send_drafts(
        self, drafts: Sequence[LetterHistory], planned: Plan, today: dt.date
    ) -> tuple[Foreseen, ...]:
        """Send those that are still true; the others are taken back, or left to the person who has edited them."""
        withdrawn = {stale.letter for stale in planned.withdrawals}
        flagged = {stale.letter for stale in planned.flags}
        sent = []
        for letter in drafts:
            if letter.id in flagged:
                continue
            state = State.WITHDRAWN if letter.id in withdrawn else State.SENT
            day = today if state is State.SENT else None
            self._letters[letter.id] = replace(letter, state=state, effective=day)
            self._changed(letter.invoices)
            if state is State.SENT:
                self._climb(
                    _events(letter.id, Name.SENT, letter.parts, letter.debtor, letter.currency, today)
                )
                sent.append(Foreseen(self._letters[letter.id], waits=True))
        return tuple(sent)

    def _send(self, reminders: Sequence[Reminder], today: dt.date) -> tuple[Foreseen, ...]:
        """Send new letters."""
        sent = []
        for each in reminders:
            self._written += 1
            name, about = f"foreseen-{self._written}", (each.parts, each.debtor, each.currency, today)
            events = [*_events(name, Name.OPENED, *about), *_events(name, Name.SENT, *about)]
            told = self._climb(events)
            letter = self._letters[name] = told.letters[name]
            self._changed(letter.invoices)
            sent.append(Foreseen(letter))
        return tuple(sent)

    def _do(self, tasks: Sequence[Task], today: dt.date) -> None:
        """Count tasks as done."""
        for task in tasks:
            invoice = task.decision.invoice
            done = part(invoice, task.rung, task.decision.cycle)
            self._climb(_events("", Name.DONE, [done], invoice.debtor, invoice.currency, today))
            self._changed([invoice.id])

    def _climb(self, events: Sequence[Event]) -> History:
        """Let invoices have behind them what a fold of these events says, which is returned."""
        told = fold(events)
        for name, new in told.invoices.items():
            known = self._history.of(name)
            self._known[name] = replace(
                known,
                completions=known.completions + new.completions,
                letters=tuple(dict.fromkeys(known.letters + new.letters)),
            )
        return told

    def _changed(self, invoices: Sequence[str]) -> None:
        """Decide anew for these."""
        for name in invoices:
            for place in self._places.get(name, ()):
                self._decisions[place] = None


def _may_change(decision: Decision, today: dt.date) -> bool:
    """Whether the days alone can have changed a decision."""
    if decision.verdict is Verdict.REMIND:
        return True
    return decision.until is not None and decision.until <= today


def _events(
    letter: str, name: Name, parts: Sequence[Part], debtor: str, currency: str, day: dt.date
) -> list[Event]:
    """One event for each invoice."""
    return [
        Event(
            time=dt.datetime.combine(day, dt.time(12), dt.UTC),
            day=day,
            effective=day,
            run="forecast",
            name=name,
            letter=letter,
            role=each.role,
            invoice=each.invoice,
            debtor=debtor,
            policy=each.policy,
            level=each.level,
            offset=each.offset,
            cycle=each.cycle,
            balance=each.balance,
            currency=currency,
        )
        for each in parts
    ]


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    return (first + number * ONE_DAY for number in range((last - first).days + 1))

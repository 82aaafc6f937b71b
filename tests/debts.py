"""Invoices, ladders and a small office for the tests of the domain: what a run and a person do, as events of the log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sheetsdun.domain.actions import asked
from sheetsdun.domain.calendar import Calendar
from sheetsdun.domain.decide import decide
from sheetsdun.domain.decision import Decision
from sheetsdun.domain.deed import Asked
from sheetsdun.domain.event import BY_HAND, Event, Name
from sheetsdun.domain.facts import facts
from sheetsdun.domain.fold import fold
from sheetsdun.domain.history import History, Part, State
from sheetsdun.domain.invoice import Action, Invoice
from sheetsdun.domain.plan import Plan, plan
from sheetsdun.domain.policy import Level, Policy
from sheetsdun.domain.reminder import Reminder
from sheetsdun.domain.terms import Terms

DUE = dt.date(2026, 3, 2)
"""A Monday."""

EVERY_DAY = Calendar(days=frozenset(range(7)))


def day(offset: int) -> dt.date:
    """So many days after the due date of the tests."""
    return DUE + dt.timedelta(offset)


def invoice(name: str = "INV-1", /, **fields: Any) -> Invoice:
    """An ordinary invoice over 100 euros, due on ``DUE``."""
    ordinary = {
        "row": 2,
        "customer": "Weber KG",
        "emails": ("ap@weber.example",),
        "amount": Decimal(100),
        "currency": "EUR",
        "due": DUE,
    }
    return Invoice(id=name, **{**ordinary, **fields})


def rows(*invoices: Invoice) -> list[Invoice]:
    """The same invoices, numbered as rows of a sheet."""
    return [replace(each, row=row) for row, each in enumerate(invoices, start=2)]


def ladder(*offsets: int, name: str = "standard", **fields: Any) -> Policy:
    """A policy with one level for each offset, named by its place."""
    levels = tuple(
        Level(name=f"level{place}", offset=offset, template=f"level{place}", **fields)
        for place, offset in enumerate(offsets, start=1)
    )
    return Policy(name, levels)


def terms(*policies: Policy, **fields: Any) -> Terms:
    """Terms under which every day is a sending day; the first policy is the default."""
    chosen = policies or (ladder(5, 20, 40),)
    ordinary = {
        "calendar": EVERY_DAY,
        "policies": {policy.name: policy for policy in chosen},
        "default": chosen[0].name,
    }
    return Terms(**{**ordinary, **fields})


class Office:
    """A sheet, a log, and everybody who works with them; one run a day unless told otherwise."""

    def __init__(self, *invoices: Invoice, terms: Terms) -> None:
        self.rows = rows(*invoices)
        self.terms = terms
        self.events: list[Event] = []
        self.letters: dict[str, Reminder] = {}
        self.today = day(0)
        self._minutes = 0

    # -- the program ---------------------------------------------------------------------------------------------------

    @property
    def history(self) -> History:
        return fold(self.events)

    def decisions(self, today: dt.date | None = None) -> list[Decision]:
        self.today = today or self.today
        history = self.history
        return [
            decide(row, history.of(row.id), history.letters_of(row.id), self.terms, self.today)
            for row in self.rows
        ]

    def decide(self, today: dt.date, number: str = "INV-1") -> Decision:
        """The decision for one row, before the plan looks at its debtor."""
        return next(each for each in self.decisions(today) if each.invoice.id == number)

    def plan(self, today: dt.date) -> Plan:
        return plan(self.decisions(today), self.history, self.terms, today)

    def run(self, today: dt.date, *, send: bool = False) -> Plan:
        """Plan, take drafts back, make drafts; send them if asked to."""
        planned = self.plan(today)
        for stale in planned.withdrawals:
            self.tell(stale.letter, Name.WITHDRAWING)
            self.tell(stale.letter, Name.WITHDRAWN)
        for reminder in planned.reminders:
            letter = f"SD-{len(self.letters) + 1}"
            self.letters[letter] = reminder
            self._open(letter, reminder)
            self.tell(letter, Name.DRAFTED)
            if send or reminder.send:
                self.tell(letter, Name.SENDING)
                self.tell(letter, Name.SENT)
        return planned

    def asked(self, today: dt.date) -> Asked:
        return asked(self.decisions(today), self.history, self.terms, today)

    def act(self, today: dt.date) -> Asked:
        """Carry out the Actions of all rows, and empty their cells."""
        result = self.asked(today)
        for deed in result.deeds:
            if not deed.carried_out:
                continue
            self.log(Name.ASKED, invoice=deed.invoice.id, letter=deed.letter, note=str(deed.action))
            how = Name.DONE if deed.action is Action.DONE else Name.SKIPPED
            for part in deed.completes:
                self.log(how, letter=deed.letter, **_fields(part))
        for letter in result.withdraw:
            self.tell(letter, Name.WITHDRAWING)
            self.tell(letter, Name.WITHDRAWN)
        for letter in result.send:
            self.tell(letter, Name.SENT)
        for deed in result.deeds:
            if deed.carried_out:
                self.log(Name.CLEARED, invoice=deed.invoice.id, note=str(deed.action))
                self.edit(deed.invoice.id, action=None)
        return result

    # -- people --------------------------------------------------------------------------------------------------------

    def edit(self, number: str = "INV-1", **fields: Any) -> None:
        """Change cells of a row."""
        self.rows = [replace(row, **fields) if row.id == number else row for row in self.rows]

    def add(self, *invoices: Invoice) -> None:
        self.rows = rows(*self.rows, *invoices)

    def remove(self, number: str) -> None:
        self.rows = [row for row in self.rows if row.id != number]

    def send_by_hand(self, letter: str, today: dt.date) -> None:
        self.today = today
        self.tell(letter, Name.SENT, note=BY_HAND)

    # -- the log -------------------------------------------------------------------------------------------------------

    def open(self, *, state: State = State.DRAFTED) -> list[str]:
        """Ids of the letters in a state."""
        return [letter.id for letter in self.history.letters.values() if letter.state is state]

    def log(self, name: str, **fields: Any) -> None:
        """Write one event."""
        self._minutes += 1
        time = dt.datetime.combine(self.today, dt.time(6), dt.UTC) + dt.timedelta(seconds=self._minutes)
        ordinary = {"time": time, "day": self.today, "run": "r", "sequence": len(self.events) + 1}
        self.events.append(Event(name=name, **{**ordinary, **fields}))

    def tell(self, letter: str, name: str, **fields: Any) -> None:
        """Write one event of a letter, once for each of its invoices."""
        reminder = self.letters[letter]
        for part in reminder.parts:
            self.log(name, letter=letter, **{"effective": self.today, **_fields(part), **fields})

    def _open(self, letter: str, reminder: Reminder) -> None:
        self.tell(
            letter,
            Name.OPENED,
            effective=None,
            debtor=reminder.debtor,
            currency=reminder.currency,
            recipients=(*reminder.to, *reminder.cc),
            facts=facts(reminder),
            draft_id=f"draft-{letter}",
        )


def _fields(part: Part) -> dict[str, Any]:
    return {
        "role": part.role,
        "invoice": part.invoice,
        "policy": part.policy,
        "level": part.level,
        "offset": part.offset,
        "cycle": part.cycle,
        "balance": part.balance,
    }


def days(first: int, last: int) -> Iterable[dt.date]:
    """The days from one offset to another, both included."""
    return (day(offset) for offset in range(first, last + 1))


def by_number(decisions: Sequence[Decision]) -> dict[str, Decision]:
    """Decisions by the invoice's identity."""
    return {decision.invoice.id: decision for decision in decisions}

"""A crowd of invoices with a long history each, as objects in memory: what a decision is made of, without any sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ledger import LADDER, ONE_DAY

from sheetsdun.domain.calendar import Calendar
from sheetsdun.domain.event import Event, Name, Role
from sheetsdun.domain.fold import fold
from sheetsdun.domain.history import History
from sheetsdun.domain.invoice import Hold, Invoice, Standing
from sheetsdun.domain.policy import Level, Policy
from sheetsdun.domain.terms import Terms

TERMS = Terms(
    policies={
        "standard": Policy(
            "standard",
            tuple(
                Level(name=name, offset=offset, template=name, deadline_days=5)
                for name, offset in LADDER.items()
            ),
        )
    },
    default="standard",
    calendar=Calendar(closed=lambda day: (day.month, day.day) in {(1, 1), (12, 25)}),
)
_SENT = (Name.OPENED, Name.DRAFTED, Name.SENDING, Name.SENT)
_INVOICES_A_DEBTOR = 4


@dataclass(frozen=True, slots=True)
class Crowd:
    """Invoices and what has happened to them.

    Attributes:
        events: How many events the history was folded from.
    """

    invoices: list[Invoice]
    history: History
    events: int


def crowd(size: int, today: dt.date, *, drafted: bool = False) -> Crowd:
    """So many invoices with ten events each: two reminders sent, and either an answer that was cleared or a draft.

    Four of a debtor; of ten, two are paid, one is held, and of the others one half is due.
    """
    invoices = [_invoice(number, today) for number in range(size)]
    events = [event for invoice in invoices for event in _story(invoice, today, drafted=drafted)]
    return Crowd(invoices, fold(events), len(events))


def _invoice(number: int, today: dt.date) -> Invoice:
    debtor = number // _INVOICES_A_DEBTOR
    return Invoice(
        row=number + 2,
        id=f"INV-{number}",
        customer=f"Customer {debtor}",
        emails=(f"ap@customer-{debtor}.example",),
        amount=Decimal(100 + number % 900),
        currency="EUR",
        due=today - (13 + debtor % 14) * ONE_DAY,
        standing=Standing.PAID if number % 10 in {0, 1} else Standing.OPEN,
        hold=Hold() if number % 10 == 2 else None,
    )


def _story(invoice: Invoice, today: dt.date, *, drafted: bool) -> Iterator[Event]:
    assert invoice.due is not None
    for level in ("friendly", "reminder"):
        for name in _SENT:
            yield _event(invoice, name, level, invoice.due + LADDER[level] * ONE_DAY)
    if drafted:
        for name in (Name.OPENED, Name.DRAFTED):
            yield _event(invoice, name, "firm", today - ONE_DAY)
        return
    yield _event(invoice, Name.REPLIED, "reminder", today - ONE_DAY)
    yield _event(invoice, Name.CLEARED, "", today, note="clear")


def _event(invoice: Invoice, name: Name, level: str, day: dt.date, note: str = "") -> Event:
    return Event(
        time=dt.datetime.combine(day, dt.time(8), dt.UTC),
        day=day,
        effective=day,
        run="r",
        name=name,
        letter=f"SD-{invoice.id}-{level}" if level else "",
        role=Role.CLIMBED if level else "",
        invoice=invoice.id,
        debtor=invoice.debtor,
        policy="standard" if level else "",
        level=level,
        offset=LADDER.get(level, 0),
        balance=invoice.balance,
        currency=invoice.currency,
        recipients=invoice.emails,
        note=note,
    )

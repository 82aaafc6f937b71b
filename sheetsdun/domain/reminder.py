"""What falls due for one debtor, and what the letter about it will claim."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from sheetsdun.domain.addresses import foreign
from sheetsdun.domain.calendar import Calendar
from sheetsdun.domain.charging import NOTHING, Charged
from sheetsdun.domain.decision import Decision
from sheetsdun.domain.event import Role
from sheetsdun.domain.history import Part
from sheetsdun.domain.invoice import Discount, Invoice
from sheetsdun.domain.policy import Delivery, Kind, Level, Rung
from sheetsdun.domain.terms import sternest

Account: TypeAlias = tuple[str, str]
"""Debtor and currency: what is owed, and set against each other, in one sum."""

MANAGER = "manager"
"""In a level's cc: the invoice's own manager."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What else there is between a debtor and us: a letter may tell it, and asks for none of it.

    Attributes:
        elsewhere: Overdue invoices in other currencies.
        account: All that is open, due or not, and all credits, in every currency.
        instalments: Those of the invoices that climb, paid or not, by due date; empty where there is but one.
    """

    elsewhere: tuple[Invoice, ...] = ()
    account: tuple[Invoice, ...] = ()
    instalments: tuple[Invoice, ...] = ()


NOTHING_BESIDE = Beside()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One letter to be written.

    Attributes:
        climbed: The decisions of the invoices that complete their own level by it; in the order of the rows.
        listed: The debtor's other overdue invoices, which it only shows.
        credits: The debtor's credit notes and overpaid invoices, set against the rest.
        rung: The sternest level among ``climbed``; its template is the letter's text.
        cc: What the levels of ``climbed`` name, without the recipients.
        send: Whether the letter may go by itself: every level in it says so, and nobody must look at an address.
        deadline: The day by which it asks to pay; None where its level gives none.
        discounts_from: A discount that ends before this day is not named.
        charged: Interest and fees that it claims beside the principal.
        beside: What else it tells.
        replaces: Letters whose drafts must be taken back before this one is opened.
    """

    climbed: tuple[Decision, ...]
    listed: tuple[Invoice, ...] = ()
    credits: tuple[Invoice, ...] = ()
    rung: Rung
    cc: tuple[str, ...] = ()
    send: bool = False
    deadline: dt.date | None = None
    discounts_from: dt.date = dt.date.max
    charged: Charged = NOTHING
    beside: Beside = NOTHING_BESIDE
    replaces: tuple[str, ...] = ()

    @property
    def level(self) -> Level:
        """The level that gives the letter its text."""
        return self.rung.level

    @property
    def kind(self) -> Kind:
        """Whether it speaks of a day that comes or of one that has passed."""
        return self.level.kind

    @property
    def debtor(self) -> str:
        """The debtor's key."""
        return self.climbed[0].invoice.debtor

    @property
    def to(self) -> tuple[str, ...]:
        """Addresses, as the first row writes them."""
        return self.climbed[0].invoice.emails

    @property
    def currency(self) -> str:
        """ISO 4217; of every sum in it."""
        return self.climbed[0].invoice.currency

    @property
    def language(self) -> str:
        """The letter's language, "" for the default."""
        return self.climbed[0].invoice.language

    @property
    def total(self) -> Decimal:
        """What the debtor owes of all that the letter shows, credits deducted; charges come on top."""
        shown = (*(decision.invoice for decision in self.climbed), *self.listed, *self.credits)
        return owed(shown)

    def discount(self, invoice: Invoice) -> Discount | None:
        """The discount that the letter names for an invoice: one that can still be used, and leaves something to pay."""
        found = invoice.discount
        if found is None or found.until < self.discounts_from or found.amount >= (invoice.balance or 0):
            return None
        return found

    @property
    def files(self) -> tuple[str, ...]:
        """What the rows name of which their levels say that it goes with the letter; each once."""
        named = (
            decision.invoice.attachments
            for decision in self.climbed
            if decision.level and decision.level.attach
        )
        return tuple(dict.fromkeys(name for names in named for name in names))

    @property
    def parts(self) -> tuple[Part, ...]:
        """What it is for each invoice that climbs by it or is shown in it, as the log will have it."""
        climbed = (
            part(decision.invoice, rung, decision.cycle, Role.CLIMBED)
            for decision in self.climbed
            if (rung := decision.rung)
        )
        shown = (*self.listed, *self.credits)
        return (*climbed, *(part(invoice, None, 1, Role.LISTED) for invoice in shown))

    @property
    def oldest(self) -> dt.date:
        """The earliest due date among the invoices that climb."""
        return min(decision.invoice.due or dt.date.max for decision in self.climbed)


@dataclass(frozen=True, slots=True)
class Task:
    """What a person is to do instead of a letter, for one invoice."""

    decision: Decision
    rung: Rung


def part(invoice: Invoice, rung: Rung | None, cycle: int, role: str = "") -> Part:
    """The invoice and the level that it climbs, skips or has done, as the log will have it."""
    return Part(
        invoice=invoice.id,
        role=role,
        policy=rung.policy.name if rung else "",
        level=rung.level.name if rung else "",
        offset=rung.offset if rung else 0,
        cycle=cycle,
        balance=invoice.balance,
    )


def owed(invoices: Iterable[Invoice]) -> Decimal:
    """Sum of the balances; an unreadable one counts nothing."""
    return sum((invoice.balance or Decimal(0) for invoice in invoices), Decimal(0))


def account(invoice: Invoice) -> Account:
    """Where the invoice's balance belongs."""
    return invoice.debtor, invoice.currency


def reminder(
    climbed: Sequence[Decision],
    *,
    listed: Iterable[Invoice],
    credits_: Iterable[Invoice],
    calendar: Calendar,
    today: dt.date,
    charged: Charged = NOTHING,
    beside: Beside = NOTHING_BESIDE,
    replaces: Iterable[str] = (),
) -> Reminder:
    """Write up a reminder from decisions that all say remind, of one account, language and kind."""
    rungs = [rung for decision in climbed if (rung := decision.rung)]
    rung = sternest(rungs)
    days = rung.level.deadline_days
    copies = _copies(climbed)
    sends = all(each.level.delivery is Delivery.SEND for each in rungs) and not any(
        map(foreign, (*climbed[0].invoice.emails, *copies))
    )
    return Reminder(
        climbed=tuple(climbed),
        listed=tuple(listed),
        credits=tuple(credits_),
        rung=rung,
        cc=copies,
        send=sends,
        # A draft waits for a person: the debtor is to have the next business day still.
        discounts_from=today if sends else calendar.add_business_days(today, 1),
        deadline=calendar.add_business_days(today, days) if days else None,
        charged=charged,
        beside=Beside(
            elsewhere=beside.elsewhere if rung.level.overdue else (),
            account=beside.account if rung.level.statement else (),
            instalments=beside.instalments,
        ),
        replaces=tuple(replaces),
    )


def _copies(climbed: Sequence[Decision]) -> tuple[str, ...]:
    """The customer's and the levels' cc in order, each once, "manager" resolved where the row names an address."""
    seen = {email.casefold() for email in climbed[0].invoice.emails}
    copies = []
    for decision in climbed:
        for entry in (*decision.invoice.cc, *(decision.level.cc if decision.level else ())):
            address = decision.invoice.manager.strip() if entry == MANAGER else entry
            if is_address(address) and address.casefold() not in seen:
                seen.add(address.casefold())
                copies.append(address)
    return tuple(copies)


def is_address(text: str) -> bool:
    """Whether the Manager cell holds an address and not a name; whether a good one, the letter's builder sees."""
    return text.count("@") == 1 and not any(sign.isspace() or sign in ",;<>" for sign in text)

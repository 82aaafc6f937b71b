"""How late debtors have paid so far, and when they would pay what is open if they went on like that."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low

from sheetsdun.domain.calendar import ONE_DAY
from sheetsdun.domain.invoice import Invoice, Standing, customer_key
from sheetsdun.domain.terms import Terms

ENOUGH = 3
"""Settled invoices from which on a customer's past tells something."""


class Basis(enum.StrEnum):
    """What an expected payment rests on."""

    OWN = "own"
    """The customer's own past."""
    OVERALL = "overall"
    """That of all customers: this one's tells too little."""
    LATER_THAN_EVER = "later_than_ever"
    """It is open for longer than any of those that were paid: no payment is expected."""
    UNKNOWN = "unknown"
    """The sheet does not tell enough of anybody: no payment is expected."""


@dataclass(frozen=True, slots=True)
class Expected:
    """When an invoice would be paid.

    Attributes:
        day: None for not at all, as far as anybody can tell.
        sample: How many settled invoices it rests on.
    """

    basis: Basis
    day: dt.date | None = None
    sample: int = 0


@dataclass(frozen=True, slots=True)
class Habits:
    """Days past due on which invoices were settled; below zero where they were paid early.

    Attributes:
        own: By customer.
        overall: Of all customers.
    """

    own: Mapping[str, Sequence[int]]
    overall: Sequence[int]

    def expected(self, invoice: Invoice, today: dt.date) -> Expected:
        """The middle one of those delays that are still ahead of an open invoice."""
        own = self.own.get(customer_key(invoice.customer), ())
        basis, delays = (Basis.OWN, own) if len(own) >= ENOUGH else (Basis.OVERALL, self.overall)
        if invoice.due is None or len(delays) < ENOUGH:
            return Expected(Basis.UNKNOWN)
        ahead = [delay for delay in delays if invoice.due + delay * ONE_DAY > today]
        if not ahead:
            return Expected(Basis.LATER_THAN_EVER, sample=len(delays))
        return Expected(basis, invoice.due + median_low(ahead) * ONE_DAY, len(delays))


def habits(invoices: Iterable[Invoice], terms: Terms) -> Habits:
    """What the settled invoices tell, as far as the day of their last payment is known."""
    own: dict[str, list[int]] = {}
    for invoice in invoices:
        balance, paid = invoice.balance, invoice.last_payment
        if invoice.amount is None or invoice.amount <= 0 or balance is None or invoice.due is None:
            continue
        settled = terms.is_nothing(balance, invoice.currency, invoice.tolerance)
        if settled and paid is not None and paid.day is not None and invoice.standing is not Standing.VOID:
            own.setdefault(customer_key(invoice.customer), []).append((paid.day - invoice.due).days)
    return Habits(own, [delay for delays in own.values() for delay in delays])

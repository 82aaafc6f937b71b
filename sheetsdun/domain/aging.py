"""Aging: what is open, by currency and debtor, in buckets of days past due. Currencies are never added up."""

from __future__ import annotations

import datetime as dt
import enum
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sheetsdun.domain.accounts import CREDITS
from sheetsdun.domain.decision import Decision, Verdict
from sheetsdun.domain.invoice import Invoice, Standing, customer_key
from sheetsdun.domain.reminder import Account, account

_NOTHING = Decimal(0)


class Bucket(enum.StrEnum):
    """Days past due, and what nobody can tell."""

    CURRENT = "current"
    """Not yet past due: the due date itself is in it."""
    UP_TO_30 = "1-30"
    UP_TO_60 = "31-60"
    UP_TO_90 = "61-90"
    OVER_90 = "over 90"
    UNDATED = "no due date"
    """The due date is missing or cannot be read."""


OVERDUE = (Bucket.UP_TO_30, Bucket.UP_TO_60, Bucket.UP_TO_90, Bucket.OVER_90)
_LIMITS = ((0, Bucket.CURRENT), (30, Bucket.UP_TO_30), (60, Bucket.UP_TO_60), (90, Bucket.UP_TO_90))


def bucket(due: dt.date | None, today: dt.date) -> Bucket:
    """Where an invoice with that due date belongs."""
    if due is None:
        return Bucket.UNDATED
    late = (today - due).days
    return next((each for last, each in _LIMITS if late <= last), Bucket.OVER_90)


@dataclass(slots=True, kw_only=True)
class Aged:
    """What is open of one debtor, or of all, in one currency.

    Attributes:
        customer: As the sheet writes it; "" for all.
        debtor: The debtor's key; "" for all.
        buckets: Balances of open invoices.
        credits: Credit notes and overpayments, below zero: shown apart, in no bucket.
        disputed: Of the balances in the buckets, those of disputed invoices.
        invoices: How many are open.
        overdue: How many of them are past due.
        oldest: The earliest due date among them.
    """

    currency: str
    customer: str = ""
    debtor: str = ""
    buckets: dict[Bucket, Decimal] = field(default_factory=lambda: dict.fromkeys(Bucket, _NOTHING))
    credits: Decimal = _NOTHING
    disputed: Decimal = _NOTHING
    invoices: int = 0
    overdue: int = 0
    oldest: dt.date | None = None

    @property
    def open(self) -> Decimal:
        """What open invoices come to."""
        return sum(self.buckets.values(), _NOTHING)

    @property
    def past_due(self) -> Decimal:
        """What is open and past due."""
        return sum((self.buckets[each] for each in OVERDUE), _NOTHING)

    @property
    def net(self) -> Decimal:
        """What is owed once credits are set against it."""
        return self.open + self.credits

    def add(self, invoice: Invoice, balance: Decimal, today: dt.date) -> None:
        """Take in an open invoice."""
        where = bucket(invoice.due, today)
        self.buckets[where] += balance
        self.invoices += 1
        self.overdue += where in OVERDUE
        if invoice.standing is Standing.DISPUTED:
            self.disputed += balance
        if invoice.due is not None and (self.oldest is None or invoice.due < self.oldest):
            self.oldest = invoice.due


@dataclass(frozen=True, slots=True, kw_only=True)
class Aging:
    """The whole sheet, aged.

    Attributes:
        totals: One a currency, by its code.
        debtors: By currency; within it those first who owe most past due, then most.
        unreadable: Open rows whose balance nobody can tell: in no sum.
        flawed: Rows with a problem whose balance can be read: counted as they stand.
    """

    totals: Sequence[Aged]
    debtors: Sequence[Aged]
    unreadable: Sequence[Invoice] = ()
    flawed: Sequence[Invoice] = ()

    def of(self, currency: str) -> Sequence[Aged]:
        """The debtors of a currency."""
        return [each for each in self.debtors if each.currency == currency]


def age(decisions: Iterable[Decision], today: dt.date) -> Aging:
    """Sort what is open into buckets.

    Open is what the ladder does not count as closed: whatever is paid, void or below its tolerance is in no sum. A
    credit belongs to its debtor; one that names no address, to the customer's only debtor in that currency, or where
    the customer has none or several, to a line of its own: as letters net it.
    """
    accounts: dict[Account, Aged] = {}
    loose: list[tuple[Invoice, Decimal]] = []
    unreadable: list[Invoice] = []
    flawed: list[Invoice] = []
    for decision in decisions:
        invoice, balance = decision.invoice, decision.invoice.balance
        is_credit = decision.reason.code in CREDITS
        if decision.verdict is Verdict.CLOSED and not is_credit:
            continue
        if decision.verdict is Verdict.PROBLEM:
            (flawed if balance is not None else unreadable).append(invoice)
        elif balance is None:
            unreadable.append(invoice)
        if balance is None:
            continue
        if is_credit and not invoice.emails:
            loose.append((invoice, balance))
        elif is_credit:
            _line(accounts, account(invoice), invoice).credits += balance
        else:
            _line(accounts, account(invoice), invoice).add(invoice, balance, today)
    _settle(accounts, loose)
    return Aging(
        totals=_totals(accounts.values()),
        debtors=sorted(
            accounts.values(),
            key=lambda each: (each.currency, -each.past_due, -each.open, each.customer, each.debtor),
        ),
        unreadable=unreadable,
        flawed=flawed,
    )


def _line(accounts: dict[Account, Aged], key: Account, invoice: Invoice) -> Aged:
    if key not in accounts:
        accounts[key] = Aged(customer=invoice.customer, debtor=key[0], currency=invoice.currency)
    return accounts[key]


def _settle(accounts: dict[Account, Aged], loose: Sequence[tuple[Invoice, Decimal]]) -> None:
    """Give each credit without an address to whom it belongs."""
    of_customer: Mapping[Account, list[Account]] = defaultdict(list)
    for key, line in accounts.items() if loose else ():
        of_customer[customer_key(line.customer), line.currency].append(key)
    for invoice, balance in loose:
        theirs = of_customer.get((customer_key(invoice.customer), invoice.currency), ())
        key = theirs[0] if len(theirs) == 1 and invoice.customer else account(invoice)
        _line(accounts, key, invoice).credits += balance


def _totals(lines: Iterable[Aged]) -> list[Aged]:
    totals: dict[str, Aged] = {}
    for line in lines:
        total = totals.setdefault(line.currency, Aged(currency=line.currency))
        for each in Bucket:
            total.buckets[each] += line.buckets[each]
        total.credits += line.credits
        total.disputed += line.disputed
        total.invoices += line.invoices
        total.overdue += line.overdue
        if line.oldest is not None and (total.oldest is None or line.oldest < total.oldest):
            total.oldest = line.oldest
    return [totals[code] for code in sorted(totals)]

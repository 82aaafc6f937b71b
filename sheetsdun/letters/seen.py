"""Plain values as templates see them: dates and money that print themselves, text that is text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jinja2 import UndefinedError

from sheetsdun.letters.formats import Formats
from sheetsdun.letters.inert import cell, words
from sheetsdun.letters.matter import Line, Payment


@dataclass(frozen=True, slots=True)
class Day:
    """A date that prints itself in full, ``2 June 2026``, or ``short``: ``2 Jun 2026``."""

    date: dt.date
    formats: Formats

    def __str__(self) -> str:
        return self.formats.long(self.date)

    @property
    def short(self) -> str:
        """For tables."""
        return self.formats.short(self.date)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount that prints itself in the letter's language; nothing is false."""

    amount: Decimal
    currency: str
    formats: Formats

    def __str__(self) -> str:
        return self.formats.money(self.amount, self.currency)

    def __bool__(self) -> bool:
        return bool(self.amount)

    @property
    def in_words(self) -> str:
        """For formal letters; "" where the language has no such habit."""
        return self.formats.in_words(self.amount, self.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A payment, as templates see it."""

    day: Day
    amount: Money


class Row:
    """Any column of an invoice's row: ``invoice.row["PO number"]``."""

    __slots__ = ("_cells",)

    def __init__(self, cells: Mapping[str, str]) -> None:
        """Take what the sheet says."""
        self._cells = cells

    def __getitem__(self, header: str) -> str:
        """The cell's text; "" where it is empty.

        Raises:
            UndefinedError: The sheet has no such column.
        """
        try:
            return cell(self._cells[str(header)])
        except KeyError:
            raise UndefinedError(f"the sheet has no column “{header}”, or has it twice") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One invoice, as templates see it. A date that is not known is ``""``."""

    number: str
    description: str
    instalment: str
    issued: Day | str
    due: Day | str
    promised: Day | str
    reminded: Day | str
    days_overdue: int
    amount: Money
    paid: Money
    balance: Money
    interest: Money
    discount: Money
    discount_until: Day | str
    discounted: Money
    last_payment: Receipt | str
    plan: list[Item]
    row: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """What is overdue in another currency than the letter's."""

    currency: str
    invoices: list[Item]
    total: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """``sender`` in templates."""

    name: str
    address: str
    reply_to: str


@dataclass(frozen=True, slots=True)
class Seen:
    """Makes of plain values what templates see."""

    currency: str
    today: dt.date
    formats: Formats

    def day(self, date: dt.date | None) -> Day | str:
        """A date; "" for none."""
        return "" if date is None else Day(date, self.formats)

    def money(self, amount: Decimal) -> Money:
        """A sum in the currency."""
        return Money(amount, self.currency, self.formats)

    def receipt(self, payment: Payment | None) -> Receipt | str:
        """A payment; "" for none."""
        if payment is None:
            return ""
        return Receipt(day=Day(payment.day, self.formats), amount=self.money(payment.amount))

    def item(self, line: Line) -> Item:
        """An invoice."""
        return Item(
            number=cell(line.number),
            description=words(line.description),
            instalment=cell(line.instalment),
            issued=self.day(line.issued),
            due=self.day(line.due),
            promised=self.day(line.promised),
            reminded=self.day(line.reminded),
            days_overdue=0 if line.due is None else (self.today - line.due).days,
            amount=self.money(line.amount),
            paid=self.money(line.paid),
            balance=self.money(line.balance),
            interest=self.money(line.interest),
            discount=self.money(line.discount),
            discount_until=self.day(line.discount_until),
            discounted=self.money(line.balance - line.discount),
            last_payment=self.receipt(line.last_payment),
            plan=[self.item(each) for each in line.plan],
            row=Row(line.cells),
        )

    def elsewhere(self, lines: Sequence[Line]) -> Elsewhere:
        """Invoices in this currency, where it is not the letter's."""
        return Elsewhere(
            currency=self.currency,
            invoices=[self.item(line) for line in lines],
            total=self.money(owed(lines)),
        )


def owed(lines: Iterable[Line]) -> Decimal:
    """Sum of the balances."""
    return sum((line.balance for line in lines), Decimal(0))


def balance(items: Sequence[Item]) -> Money:
    """``invoices[50:] | balance``: what these have open together; they are of one currency."""
    first = items[0].balance
    return Money(sum((item.balance.amount for item in items), Decimal(0)), first.currency, first.formats)

"""What templates see: every name is told, with an example, in docs/templates.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sheetsdun.letters.formats import Formats
from sheetsdun.letters.inert import cell
from sheetsdun.letters.markdown import Markdown
from sheetsdun.letters.matter import Line, Matter, Sender


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One invoice, as templates see it. A date that is not known is ``""``."""

    number: str
    description: str
    instalment: str
    issued: Day | str
    due: Day | str
    promised: Day | str
    days_overdue: int
    amount: Money
    paid: Money
    balance: Money
    interest: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """``sender`` in templates."""

    name: str
    address: str
    reply_to: str


def build(
    matter: Matter, sender: Sender, *, letter: str, today: dt.date, formats: Formats
) -> dict[str, object]:
    """Everything that a template may print or ask for."""

    def day(date: dt.date | None) -> Day | str:
        return "" if date is None else Day(date, formats)

    def money(amount: Decimal) -> Money:
        return Money(amount, matter.currency, formats)

    def item(line: Line) -> Item:
        return Item(
            number=cell(line.number),
            description=cell(line.description),
            instalment=cell(line.instalment),
            issued=day(line.issued),
            due=day(line.due),
            promised=day(line.promised),
            days_overdue=0 if line.due is None else (today - line.due).days,
            amount=money(line.amount),
            paid=money(line.paid),
            balance=money(line.balance),
            interest=money(line.interest),
        )

    # Credit notes lessen what is asked for. Where they would swallow it whole (it is the other overdue invoices
    # that outweigh them), they are shown with those instead.
    deducted = matter.credits if _sum([*matter.invoices, *matter.credits]) > 0 else ()
    shown = matter.listed if deducted else (*matter.listed, *matter.credits)
    asked = [*matter.invoices, *deducted]
    invoices = [item(line) for line in matter.invoices]
    interest = sum((line.interest for line in matter.invoices), Decimal(0))
    charges = interest + matter.fees
    return {
        "customer": cell(matter.customer),
        "contact": cell(matter.contact),
        "manager": cell(matter.manager),
        "invoices": invoices,
        "invoice": invoices[0],
        "single": len(asked) == 1,
        "credits": [item(line) for line in deducted],
        "total": money(_sum(asked)),
        "interest": money(interest),
        "fees": money(matter.fees),
        "charges": money(charges),
        "grand_total": money(_sum(asked) + charges),
        "listed": [item(line) for line in shown],
        "account": money(_sum([*asked, *shown]) + charges),
        "currency": matter.currency,
        "deadline": day(matter.deadline),
        "promised": day(max((line.promised for line in matter.invoices if line.promised), default=None)),
        "level": matter.level,
        "overdue": matter.overdue,
        "today": Day(today, formats),
        "reference": letter,
        "language": formats.tag,
        "sender": Writer(
            name=sender.name, address=sender.address, reply_to=sender.reply_to or sender.address
        ),
        "signature": Markdown.of(sender.signature or sender.name),
        "payment": Markdown.of(sender.payment),
    }


def _sum(lines: Iterable[Line]) -> Decimal:
    return sum((line.balance for line in lines), Decimal(0))

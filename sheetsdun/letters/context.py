"""What templates see: every name is told, with an example, in docs/templates.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from sheetsdun.letters.formats import Formats
from sheetsdun.letters.inert import visible, words
from sheetsdun.letters.markdown import Markdown
from sheetsdun.letters.matter import Line, Matter, Sender
from sheetsdun.letters.person import person
from sheetsdun.letters.seen import Day, Seen, Writer, owed
from sheetsdun.pay import Order
from sheetsdun.pay.shown import offered


def build(
    matter: Matter, sender: Sender, *, letter: str, today: dt.date, formats: Formats
) -> dict[str, object]:
    """Everything that a template may print or ask for."""
    see = Seen(matter.currency, today, formats)
    due, deducted, shown = _set_off(matter)
    asked = [*due, *deducted]
    invoices = [see.item(line) for line in due]
    listed = [see.item(line) for line in shown]
    contact = words(matter.contact)
    interest = sum((line.interest for line in matter.invoices), Decimal(0))
    charges = interest + matter.fees
    total = owed(asked)
    account = see.money(owed([*asked, *shown]) + charges)
    elsewhere = [Seen(code, today, formats).elsewhere(lines) for code, lines in matter.elsewhere.items()]
    payments = [line.last_payment for line in matter.invoices if line.last_payment]
    return {
        "customer": words(matter.customer),
        "contact": contact,
        "person": person(contact, formats.tag),
        "manager": words(matter.manager),
        "invoices": invoices,
        "invoice": invoices[0],
        "row": invoices[0].row,
        "single": len(asked) == 1,
        "credits": [see.item(line) for line in deducted],
        "total": see.money(total),
        "interest": see.money(interest),
        "fees": see.money(matter.fees),
        "charges": see.money(charges),
        "grand_total": see.money(total + charges),
        "listed": listed,
        "account": account,
        "elsewhere": elsewhere,
        "totals": [account, *(each.total for each in elsewhere)],
        "paid": see.money(sum((line.paid for line in matter.invoices), Decimal(0))),
        "last_payment": see.receipt(max(payments, key=lambda payment: payment.day, default=None)),
        "currency": matter.currency,
        "deadline": see.day(matter.deadline),
        "promised": see.day(max((line.promised for line in matter.invoices if line.promised), default=None)),
        "previous": see.day(_previous(matter.invoices)),
        "discount": see.money(sum((line.discount for line in matter.invoices), Decimal(0))),
        "offer": words(matter.offer) if matter.offer_is_data else Markdown.of(matter.offer),
        "level": matter.level,
        "overdue": matter.overdue,
        "today": Day(today, formats),
        "reference": letter,
        "language": formats.tag,
        "sender": Writer(
            name=sender.name, address=sender.address, reply_to=sender.reply_to or sender.address
        ),
        "signature": Markdown.of(sender.signature or sender.name),
        "ways": offered(
            sender.ways,
            Order(
                amount=total + charges,
                currency=matter.currency,
                invoices=tuple(dict.fromkeys(filter(None, (visible(line.number) for line in due)))),
                reference=letter,
                single=len(asked) == 1,
            ),
            language=formats.tag,
            amount=formats.money(total + charges, matter.currency),
            prefer=matter.pay_by,
        ),
        "payment": Markdown.of(sender.payment),
    }


def _set_off(matter: Matter) -> tuple[Sequence[Line], Sequence[Line], Sequence[Line]]:
    """The invoices that are asked for, the credits deducted from them, and what else is shown.

    Where credits would swallow the letter's own invoices whole, it is the other overdue ones that outweigh them: the
    credits are shown with those. If less than the letter's own invoices is owed then, all of it is asked for at once.
    """
    own, listed, credits_ = matter.invoices, matter.listed, matter.credits
    if owed([*own, *credits_]) > 0:
        return own, credits_, listed
    if 0 < owed([*own, *listed, *credits_]) < owed(own):
        return (*own, *listed), credits_, ()
    return own, (), (*listed, *credits_)


def _previous(lines: Iterable[Line]) -> dt.date | None:
    """The day of the last letter before this one; None while one of the invoices was in none."""
    days = [line.reminded for line in lines]
    return max(day for day in days if day) if all(days) else None

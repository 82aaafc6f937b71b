"""Made-up matters that between them use everything a template may print: for proofreading and for previews."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from sheetsdun.letters.digest import DigestMatter, Entry
from sheetsdun.letters.matter import Line, Matter, Payment, Sender
from sheetsdun.pay.europe import Europe
from sheetsdun.pay.link import Link

TODAY = dt.date(2026, 6, 15)

SENDER = Sender(
    name="Accounts, Example GmbH",
    address="ar@example.com",
    reply_to="ar@example.com",
    signature="Anna Berg\nAccounts, Example GmbH\n+49 30 901820",
    ways=(
        Europe(
            name="transfer",
            currencies=("EUR",),
            holder="Example GmbH",
            iban="DE02120300000000202051",
            bic="BYLADEM1001",
            bank="Deutsche Kreditbank",
        ),
        Link(
            name="card",
            url="https://pay.example.com/{reference}?amount={amount}&currency={currency}",
            qr=False,
        ),
    ),
)

SENDERS = (
    SENDER,
    replace(SENDER, ways=(), payment="Example GmbH\nIBAN DE02 1203 0000 0000 2020 51\nBIC BYLADEM1001"),
    replace(SENDER, ways=()),
)
"""With ways to pay, with the config's own words on it, and with neither."""

_NAMES = {
    "en": ("Harbour & Sons Ltd", "Ms Weber", "Website maintenance", "Hosting"),
    "ru": ("ООО «Гавань»", "Мария Петровна", "Поддержка сайта", "Хостинг"),
    "de": ("Hafen & Söhne GmbH", "Frau Weber", "Wartung der Website", "Hosting"),
    "fr": ("Société du Port", "Mme Dupont", "Maintenance du site", "Hébergement"),
    "es": ("Puerto e Hijos, S. L.", "Sra. García", "Mantenimiento del sitio web", "Alojamiento"),
}


class _AnyColumn(dict[str, str]):
    """A made-up sheet has every column that a template may name."""

    def __missing__(self, header: str) -> str:
        return "4500017"


def one(language: str, template: str, *, overdue: bool) -> Matter:
    """One invoice, nothing special, nobody known by name."""
    return _matter(language, template, overdue=overdue, several=False)


def several(language: str, template: str, *, overdue: bool) -> Matter:
    """Several invoices, one paid in part and promised, others only listed, a credit note, a deadline.

    The one that is paid in part is an instalment; all were in a letter before; something is due in dollars, too.
    """
    return _matter(language, template, overdue=overdue, several=True)


def charged(language: str, template: str) -> Matter:
    """One overdue invoice with interest, and the fees of two reminders."""
    plain = one(language, template, overdue=True)
    (line,) = plain.invoices
    return replace(plain, invoices=(replace(line, interest=Decimal("4.11")),), fees=Decimal("10.00"))


def task(language: str, template: str, *, overdue: bool) -> Matter:
    """One invoice with all that is known of the debtor, as a task is about it."""
    plain = several(language, template, overdue=overdue)
    return replace(plain, invoices=plain.invoices[1:], listed=(), credits=(), deadline=None)


def digest(language: str, *, tasks: bool) -> DigestMatter:
    """Two tasks, an exhausted ladder and an uncertain letter; or the last two alone."""
    plain = several(language, "call", overdue=True)
    first, second = (
        Entry(line=line, currency=plain.currency, customer=plain.customer, level="call")
        for line in plain.invoices
    )
    call = replace(
        second, what="Call today", whom=f"+49 30 1234567, {plain.contact}", script="Good morning.\nPay?"
    )
    return DigestMatter(
        to="boss@example.com",
        language=language,
        tasks=(replace(first, what="Visit today"), call) if tasks else (),
        more=3 if tasks else 0,
        exhausted=(first,),
        uncertain=(second,),
        columns={"action": "Action", "action_note": "Action note" if tasks else "", "promise": "Promise"},
    )


def _matter(language: str, template: str, *, overdue: bool, several: bool) -> Matter:
    customer, contact, work, hosting = _NAMES.get(language.split("-", maxsplit=1)[0], _NAMES["en"])
    due = TODAY - dt.timedelta(days=12) if overdue else TODAY + dt.timedelta(days=3)
    before = TODAY - dt.timedelta(days=7) if overdue and several else None
    first = Line(
        number="2026-0117",
        amount=Decimal("1250.00"),
        issued=due - dt.timedelta(days=30),
        due=due,
        description="" if several else work,
        reminded=before,
        cells=_AnyColumn(),
        row=2,
    )
    part = Line(number="2026-0121", amount=Decimal("480.00"), due=due + dt.timedelta(days=2))
    plan = (
        replace(part, instalment="1/3", paid=part.amount, due=due - dt.timedelta(days=28)),
        replace(part, instalment="2/3", paid=Decimal("130.00")),
        replace(part, instalment="3/3", due=due + dt.timedelta(days=32)),
    )
    second = Line(
        number="2026-0121",
        amount=Decimal("480.00"),
        paid=Decimal("130.00"),
        issued=due - dt.timedelta(days=28),
        due=due + dt.timedelta(days=2),
        description=hosting,
        instalment="2/3",
        promised=TODAY - dt.timedelta(days=3) if overdue else None,
        last_payment=Payment(TODAY - dt.timedelta(days=4), Decimal("130.00")),
        reminded=before,
        plan=plan,
        cells=_AnyColumn(),
        row=3,
    )
    credit = Line(number="G-2026-009", amount=Decimal("-90.00"), issued=due, due=None, row=4)
    other = Line(number="2026-0098", amount=Decimal("75.50"), due=TODAY - dt.timedelta(days=51), row=5)
    abroad = Line(number="2026-0088", amount=Decimal("2400.00"), due=TODAY - dt.timedelta(days=9), row=6)
    return Matter(
        to=("m.weber@harbour.example",),
        cc=("books@harbour.example",) if several else (),
        language=language,
        template=template,
        level=template,
        overdue=overdue,
        currency="EUR",
        invoices=(first, second) if several else (first,),
        listed=(other,) if several else (),
        credits=(credit,) if several else (),
        elsewhere={"USD": (abroad,)} if several and overdue else {},
        customer=customer,
        contact=contact if several else "",
        manager="Anna Berg" if several else "",
        deadline=TODAY + dt.timedelta(days=7) if several and overdue else None,
    )

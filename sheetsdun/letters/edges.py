"""Made-up matters at the edges of what a letter may be about, each with its name: what templates are tried with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from sheetsdun.letters import samples
from sheetsdun.letters.matter import Line, Matter, Sender
from sheetsdun.pay import Way
from sheetsdun.pay.america import America
from sheetsdun.pay.britain import Britain
from sheetsdun.pay.link import Link
from sheetsdun.pay.pix import Pix
from sheetsdun.pay.russia import Russia
from sheetsdun.pay.swiss import Address, Swiss
from sheetsdun.pay.upi import Upi


class Edge(NamedTuple):
    """One made-up case.

    Attributes:
        name: What is special about it, as in “tried with …”.
        mailed: Whether its mail is looked at, too, and not only its words.
        printed: Whether it is also set on paper.
    """

    name: str
    matter: Matter
    sender: Sender = samples.SENDER
    mailed: bool = False
    printed: bool = False


TRAP = "<b>Evil</b> & *Söhne* [x](https://evil.example) {{ 7 * 7 }}"
"""A cell that would be HTML, Markdown and template source at once."""

_LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"

WAYS: dict[str, Way] = {
    "RUB": Russia(
        name="р/с",
        holder="ООО «Ромашка»",
        inn="7707083893",
        kpp="770701001",
        bank="ПАО СБЕРБАНК Г. МОСКВА",
        bik="044525225",
        account="40702810138250123017",
        correspondent="30101810400000000225",
    ),
    "CHF": Swiss(
        name="Bank",
        holder=Address(
            name="Max Muster & Söhne", street="Musterstrasse", house="123", postcode="8000", town="Seldwyla"
        ),
        iban="CH5800791123000889012",
        reference="SCOR",
    ),
    "USD": America(
        name="wire", holder="Example Inc.", routing="021000021", account="000123456789", bank="Example Bank"
    ),
    "GBP": Britain(name="bank", holder="Example Ltd", sort_code="601613", account="31926819"),
    "BRL": Pix(
        name="pix",
        key="123e4567-e12b-12d1-a456-426655440000",
        holder="Empresa de Comércio Ltda",
        city="São Paulo",
    ),
    "INR": Upi(name="upi", vpa="example@okbank", holder="Example & Sons"),
    "SEK": Link(name="page", url="https://pay.example.com/{reference}?amount={minor}&invoices={invoices}"),
}
"""A way to pay of each further kind, with numbers from their standards' own samples; by the currency that it is tried in."""


def edges(language: str, name: str) -> Iterator[Edge]:
    """Every case, for a template of a language.

    Args:
        language: Such as ``ru``.
        name: Of the template, without its ending.
    """
    one = samples.one(language, name, overdue=True)
    several = samples.several(language, name, overdue=True)
    (line,) = one.invoices
    yield Edge("one invoice", one)
    yield Edge("one invoice before its day", samples.one(language, name, overdue=False))
    yield Edge("several invoices before their days", samples.several(language, name, overdue=False))
    yield Edge(
        "nine invoices", replace(one, invoices=tuple(_numbered(line, number) for number in range(1, 10)))
    )
    yield Edge(
        "sixty invoices", replace(one, invoices=tuple(_numbered(line, number) for number in range(1, 61)))
    )
    yield Edge("a credit note", replace(one, credits=several.credits))
    yield Edge(
        "credit notes that outweigh it",
        replace(one, credits=(_credit(several, "-5000"),), listed=several.listed),
    )
    yield Edge("a partial payment", replace(one, invoices=several.invoices[1:]))
    yield Edge("a payment without a day", replace(one, invoices=(replace(line, paid=Decimal(200)),)))
    yield Edge(
        "a broken promise", replace(one, invoices=(replace(line, promised=samples.TODAY - dt.timedelta(2)),))
    )
    yield Edge("a deadline", replace(one, deadline=samples.TODAY + dt.timedelta(7)))
    yield Edge("everything at once", several, mailed=True, printed=True)
    yield Edge("no contact and no deadline", replace(several, contact="", manager="", deadline=None))
    yield Edge(
        "no customer and no description", replace(one, customer="", invoices=(replace(line, description=""),))
    )
    yield Edge("no date of issue", replace(one, invoices=(replace(line, issued=None),)))
    yield Edge("a hostile name", _hostile(several), mailed=True, printed=True)
    yield Edge("very long words", _long(several), mailed=True)
    yield Edge("a currency without decimals", _in("JPY", one, "125000"))
    yield Edge("a currency of three decimals", _in("KWD", one, "1250.125"))
    yield Edge("a sum of millions", _in("EUR", one, "123456789.01"))
    yield Edge("a discount", _discounted(samples.one(language, name, overdue=False)))
    yield Edge("interest and fees", samples.charged(language, name))
    yield Edge("fees alone", replace(one, fees=Decimal(10)))
    yield Edge(
        "an offer", replace(one, offer="We can **split** the sum, or give you until the end of the month.")
    )
    yield Edge("an offer from the sheet", replace(one, offer=TRAP, offer_is_data=True))
    for currency, way in WAYS.items():
        payee = replace(samples.SENDER, ways=(way,))
        yield Edge(f"a way to pay of kind {way.KIND}", _in(currency, one), payee, mailed=True)
    for said, sender in zip(
        ("how to pay in the config's own words", "no way to pay"), samples.SENDERS[1:], strict=True
    ):
        yield Edge(said, one, sender)
    yield Edge("a sender of whom nothing is known", one, Sender(address="ar@example.com"))


def _numbered(line: Line, number: int) -> Line:
    day = dt.timedelta(number)
    issued, due = (date and date - day for date in (line.issued, line.due))
    return replace(line, number=f"2026-{number:04}", issued=issued, due=due, row=number + 1)


def _credit(several: Matter, amount: str) -> Line:
    return replace(several.credits[0], amount=Decimal(amount))


def _hostile(matter: Matter) -> Matter:
    lines = (replace(line, description=TRAP) for line in matter.invoices)
    return replace(
        matter,
        invoices=tuple(lines),
        customer=TRAP,
        contact=TRAP,
        manager=TRAP,
        offer=TRAP,
        offer_is_data=True,
    )


def _long(matter: Matter) -> Matter:
    lines = (
        replace(line, number=f"{_LONG_WORD[:60]}-{place}", description=f"{_LONG_WORD} {_LONG_WORD}")
        for place, line in enumerate(matter.invoices)
    )
    return replace(matter, invoices=tuple(lines), customer=_LONG_WORD, contact=_LONG_WORD)


def _in(currency: str, matter: Matter, amount: str = "1250") -> Matter:
    (line,) = matter.invoices
    return replace(matter, currency=currency, invoices=(replace(line, amount=Decimal(amount)),))


def _discounted(matter: Matter) -> Matter:
    (line,) = matter.invoices
    until = samples.TODAY + dt.timedelta(5)
    return replace(matter, invoices=(replace(line, discount=Decimal("25.00"), discount_until=until),))

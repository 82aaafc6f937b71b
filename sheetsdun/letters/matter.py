"""What a letter is about: plain values, told by whoever wants it written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from sheetsdun.pay import Way


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that has come."""

    day: dt.date
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One invoice, or one instalment of it, as a letter shows it.

    Attributes:
        number: What the debtor knows the invoice by.
        amount: Invoice amount; negative for a credit note.
        due: None only for a credit note.
        row: Row in the sheet, for words about a refusal; 0 if unknown.
        interest: Claimed on it beside the balance.
        promised: The day by which the debtor had promised to pay it, where that day has passed unpaid.
        discount: What may be deducted if all of it is paid in time; nothing where that time is over.
        discount_until: The last day for that.
        last_payment: The latest payment for it; None where none is known by its day.
        reminded: The day of the last letter that told the debtor that it is overdue.
        plan: Its instalments, this one among them, by due date; empty where there is but one.
        cells: What stands in its row, by header, for templates that name a column of the sheet.
    """

    number: str
    amount: Decimal
    due: dt.date | None
    paid: Decimal = Decimal(0)
    interest: Decimal = Decimal(0)
    issued: dt.date | None = None
    description: str = ""
    instalment: str = ""
    promised: dt.date | None = None
    discount: Decimal = Decimal(0)
    discount_until: dt.date | None = None
    last_payment: Payment | None = None
    reminded: dt.date | None = None
    plan: tuple[Line, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)
    row: int = 0

    @property
    def balance(self) -> Decimal:
        """What is still open."""
        return self.amount - self.paid


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What one letter says, to whom, in which language.

    Attributes:
        to, cc: Addresses, bare, ASCII.
        language: Such as ``ru`` or ``de-AT``; its templates must exist.
        template: Name of the template without its ending.
        level: Name of the level, for templates that want to know it.
        overdue: It speaks of a day that has passed, not of one that comes.
        currency: ISO 4217, of every amount in it.
        invoices: Those that climb by this letter; at least one.
        listed: The debtor's other overdue invoices, only shown.
        credits: Credit notes, with negative amounts.
        elsewhere: The debtor's overdue invoices in other currencies, by currency: for another letter to ask for.
        contact: The person addressed; "" if unknown.
        manager: Our person for this customer; "" if nobody in particular.
        fees: Claimed beside the balances, for this reminder and those before it.
        deadline: The day by which the letter asks to pay; None where the level gives none.
        offer: Words that offer a deferral or a plan of instalments; "" for none.
        offer_is_data: They come from the sheet, and not from the config.
        account: All that the debtor owes and is credited with, due or not, by currency; empty where no statement goes
            with the letter.
        pay_by: Name or kind of the way to pay that this customer prefers; "" for none in particular.
    """

    to: tuple[str, ...]
    language: str
    template: str
    level: str
    overdue: bool
    currency: str
    invoices: tuple[Line, ...]
    listed: tuple[Line, ...] = ()
    credits: tuple[Line, ...] = ()
    elsewhere: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)
    cc: tuple[str, ...] = ()
    customer: str = ""
    contact: str = ""
    manager: str = ""
    fees: Decimal = Decimal(0)
    deadline: dt.date | None = None
    offer: str = ""
    offer_is_data: bool = False
    account: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)
    pay_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who writes; all of it from the config, none from the sheet.

    Attributes:
        name: Display name; "" for the bare address.
        address: "" leaves the choice to Gmail.
        reply_to: "" for the address itself.
        signature: Markdown; a line break in it is kept.
        letterhead: Who we are, line by line, on papers that go with letters; "" for the name.
        ways: How to pay, in order.
        payment: What else there is to say of it, Markdown; a line break in it is kept.
    """

    name: str = ""
    address: str = ""
    reply_to: str = ""
    signature: str = ""
    payment: str = ""
    ways: tuple[Way, ...] = ()
    letterhead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """The conversation that a letter continues.

    Attributes:
        subject: Used as it is, in place of the template's: Gmail keeps a thread together by it.
        message_id: Message-ID that Gmail gave to the letter before, with its angle brackets.
        references: Earlier Message-IDs, oldest first.
    """

    subject: str
    message_id: str
    references: tuple[str, ...] = ()


class Content(Protocol):
    """Bytes, or what gives them when they are asked for: many letters' files are not held in memory at once."""

    def __len__(self) -> int:
        """How many bytes."""

    def __bytes__(self) -> bytes:
        """The bytes."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a letter.

    Attributes:
        name: File name as the debtor sees it.
        type: MIME type, such as ``application/pdf``.
        data: The file's bytes.
    """

    name: str
    type: str
    data: Content

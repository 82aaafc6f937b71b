"""One row of the invoice sheet, understood."""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

LONGEST_KEY = 1_000
"""Characters. A longer one would be cut off in the log, and so be another one there."""


class Standing(enum.Enum):
    """What the Status column says of the debt itself."""

    OPEN = "open"
    PAID = "paid"
    VOID = "void"
    DISPUTED = "disputed"


class Action(enum.StrEnum):
    """What a person asks for in the Action column; carried out once, then cleared."""

    SEND = "send"
    REDO = "redo"
    SKIP = "skip"
    CLEAR = "clear"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Hold:
    """A person's wish that nothing goes out.

    Attributes:
        until: The last day of the hold, that day included; None until it is lifted.
    """

    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that could not be understood, or a row that contradicts another.

    Attributes:
        field: The field's name in the config, such as ``amount``; "" for the row as a whole.
        code: Key of the words that tell it, such as ``unreadable_amount``.
        value: What stands in the cell, clipped; "" where there is nothing to show.
    """

    field: str
    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came.

    Attributes:
        day: None where nobody has said when.
    """

    amount: Decimal
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Discount:
    """What may be deducted by who pays early.

    Attributes:
        amount: More than nothing, and less than the invoice.
        until: The last day for it.
    """

    amount: Decimal
    until: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """One invoice row, or one instalment of an invoice. Unreadable cells are None here and told in ``problems``.

    Attributes:
        row: 1-based row number in the sheet when it was read; for reports only, never for writing.
        id: The identity as people see it; several identity columns, and an instalment, are joined by `` · ``.
        number: The same without the instalment: what the debtor knows the invoice by. "" if that is ``id``.
        customer: Name of the debtor as written.
        customer_id: The customer's own number, where the sheet has one.
        emails: Valid addresses, in order, without repetition.
        cc: Addresses that get a copy of every letter.
        amount: Invoice amount; negative is a credit note; None if unreadable or absent.
        paid: Sum paid so far; None if unreadable. Zero where nothing stands.
        currency: ISO 4217 code.
        due: Due date; None if unreadable or absent.
        escalation: Name of the row's policy; "" for the customer's or the default.
        stopped: Escalation says ``stop``.
        do_not_contact: The customer is not to be contacted at all, by letter or by task.
        hold: Escalation says ``hold``, or a hold date stands there.
        promise: The day by which the debtor has promised to pay.
        instalment: Which part of the invoice this row is, such as ``2/3``; "" for all of it.
        pay_by: Name of the way to pay that the customer prefers.
        tolerance: The customer's own: a balance below it is nothing. None for the currency's.
        min_gap_days: Days between two overdue letters to this customer. None for the config's.
        discount: For early payment; None for none.
        last_payment: The latest payment towards the invoice, where each payment is known.
        action: What a person asks for.
        problems: What could not be understood.
        cells: All of its row by header, also what means nothing to us: for letters to print, never for deciding.
    """

    row: int
    id: str
    number: str = ""
    customer: str = ""
    customer_id: str = ""
    emails: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    amount: Decimal | None = None
    paid: Decimal | None = Decimal(0)
    currency: str = ""
    due: dt.date | None = None
    issued: dt.date | None = None
    standing: Standing = Standing.OPEN
    escalation: str = ""
    stopped: bool = False
    do_not_contact: bool = False
    hold: Hold | None = None
    promise: dt.date | None = None
    instalment: str = ""
    language: str = ""
    contact: str = ""
    phone: str = ""
    manager: str = ""
    description: str = ""
    attachments: tuple[str, ...] = ()
    pay_by: str = ""
    tolerance: Decimal | None = None
    min_gap_days: int | None = None
    discount: Discount | None = None
    last_payment: Payment | None = None
    action: Action | None = None
    action_note: str = ""
    problems: tuple[Problem, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    _debtor: str = field(default="", init=False, repr=False, compare=False)

    @property
    def balance(self) -> Decimal | None:
        """Amount less what is paid; None where one of them is unreadable."""
        if self.amount is None or self.paid is None:
            return None
        return self.amount - self.paid

    @property
    def paid_with_discount(self) -> bool:
        """Whether what is left is but the discount, and the last payment was in time for it.

        Where nobody has said when the money came, the debtor is believed.
        """
        if self.discount is None or self.balance is None or not 0 < self.balance <= self.discount.amount:
            return False
        last = self.last_payment
        return last is None or last.day is None or last.day <= self.discount.until

    @property
    def known_as(self) -> str:
        """What the debtor knows the invoice by."""
        return self.number or self.id

    @property
    def debtor(self) -> str:
        """Key of the debtor: customer and set of addresses (one bookkeeper may serve twelve firms)."""
        if not self._debtor:  # It is asked for many times in a run: found once, it is kept.
            folded = [email.casefold() for email in self.emails]
            addresses = ",".join(sorted(set(folded)) if len(folded) > 1 else folded)
            object.__setattr__(self, "_debtor", _kept_whole(f"{customer_key(self.customer)} <{addresses}>"))
        return self._debtor


def customer_key(customer: str) -> str:
    """The customer's name without regard to case and runs of spaces."""
    return " ".join(customer.split()).casefold()


def _kept_whole(key: str) -> str:
    """A key that the log can hold: of a long one its beginning, and a hash of all."""
    if len(key) <= LONGEST_KEY:
        return key
    whole = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return f"{key[: LONGEST_KEY - len(whole) - 1]} {whole}"

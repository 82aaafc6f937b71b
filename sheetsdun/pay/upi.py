"""UPI, India's instant payments, with a link that payment apps read from a code.

National Payments Corporation of India, UPI Linking Specifications, version 1.6.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import quote

from sheetsdun.pay.latin import latin
from sheetsdun.pay.order import PURPOSE, Order
from sheetsdun.pay.way import Fact, Label, Way

LONGEST_NAME = 50
_LONGEST_NOTE = 50
_LONGEST_REFERENCE = 35
_LARGEST = Decimal("999999999.99")
_VPA = re.compile(r"[A-Za-z0-9.\-_]{2,256}@[A-Za-z][A-Za-z0-9.-]{1,63}", re.ASCII)
_CATEGORY = re.compile(r"\d{4}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upi(Way):
    """A UPI id (virtual payment address)."""

    vpa: str
    holder: str
    merchant_code: str = ""

    KIND = "upi"

    def facts(self, order: Order) -> list[Fact]:
        """The id and a note."""
        return [
            Fact(Label.HOLDER, self.holder),
            Fact(Label.UPI_ID, self.vpa),
            Fact(Label.PURPOSE, self._note(order)),
        ]

    def payload(self, order: Order) -> bytes | None:
        """A link of its own scheme."""
        if order.cents is None:
            return None
        return payload(
            vpa=self.vpa,
            name=self.holder,
            amount=order.cents,
            reference=order.code,
            note=self._note(order),
            merchant_code=self.merchant_code,
        )

    @staticmethod
    def _note(order: Order) -> str:
        return order.purpose(PURPOSE, _LONGEST_NOTE, latin)


def payload(
    *, vpa: str, name: str, amount: Decimal, reference: str = "", note: str = "", merchant_code: str = ""
) -> bytes | None:
    """The link; None where there is no room for what it should say.

    Args:
        vpa: The receiver's UPI id.
        name: The receiver's.
        amount: Rupees.
        reference: Of the transaction.
        note: Shown to the payer.
        merchant_code: Of the branch of trade, four digits.
    """
    fits = (
        0 < amount <= _LARGEST
        and amount == round(amount, 2)
        and 0 < len(name) <= LONGEST_NAME
        and len(note) <= _LONGEST_NOTE
        and len(reference) <= _LONGEST_REFERENCE
    )
    if not fits:
        return None
    told = {
        "pa": vpa,
        "pn": name,
        "mc": merchant_code,
        "tr": reference,
        "tn": note,
        "am": f"{amount:.2f}",
        "cu": "INR",
    }
    pairs = (f"{key}={quote(value, safe='@')}" for key, value in told.items() if value)
    return f"upi://pay?{'&'.join(pairs)}".encode("ascii")


def vpa(text: str) -> str:
    """A UPI id. Raises ValueError."""
    if not _VPA.fullmatch(text):
        raise ValueError(f"“{text}” is no UPI id, such as example@bank")
    return text


def merchant_code(text: str) -> str:
    """Four digits, or "". Raises ValueError."""
    if text and not _CATEGORY.fullmatch(text):
        raise ValueError(f"“{text}” is no merchant code: it has four digits")
    return text

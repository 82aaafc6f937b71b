"""What a debtor is asked to pay, and the words that let us match the payment."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

PURPOSE = "{invoices} {reference}"
"""What a transfer says where the config gives no words of its own."""

_ROOM = 80
"""Characters that a pattern may have of its own: the shortest field that takes one has 140."""

_PLACES = re.compile(r"\{(\w*)\}")
_NAMES = frozenset({"invoices", "reference"})
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One payment that a letter asks for.

    Attributes:
        amount: All that the letter asks for.
        currency: ISO 4217.
        invoices: Their numbers as people see them: each one visible line.
        reference: The letter's, such as ``SD-7K3F9Q``; "" for what is not a letter, such as the words of a call.
        single: It is about one invoice and nothing else.
    """

    amount: Decimal
    currency: str
    invoices: tuple[str, ...]
    reference: str
    single: bool = True

    @property
    def cents(self) -> Decimal | None:
        """The amount with two decimals; None where it has more, or asks for nothing."""
        exact = self.amount.quantize(_CENT) if self.amount < Decimal(10) ** 15 else self.amount
        return exact if exact == self.amount and exact > 0 else None

    @property
    def number(self) -> str:
        """The one invoice's number; "" where there are several, or where credit notes lessen the sum."""
        return self.invoices[0] if self.single and self.invoices else ""

    @property
    def code(self) -> str:
        """The letter's reference in letters and digits alone."""
        return self.reference.replace("-", "")

    def purpose(self, pattern: str, longest: int, rewrite: Callable[[str], str] = str) -> str:
        """The words of a payment: invoice numbers, as many as there is room for, and the letter's reference.

        Args:
            pattern: With ``{invoices}`` and ``{reference}``.
            longest: Characters that there is room for.
            rewrite: Puts the words into the characters that the payment may carry.
        """
        count = len(self.invoices)
        for some in range(count, -1, -1):
            numbers = ", ".join(self.invoices[:some])
            if some < count:
                numbers = f"{numbers} +{count - some}" if numbers else ""
            words = pattern.format(invoices=numbers, reference=self.reference)
            words = " ".join(rewrite(words).split()).rstrip(" ,;")
            if len(words) <= longest:
                return words
        return rewrite(self.reference)[:longest]


def purpose_pattern(text: str) -> str:
    """A pattern for the words of a payment.

    Raises:
        ValueError: It names what is not there, lets no invoice number in, or leaves no room for one.
    """
    names = set(_PLACES.findall(text))
    if re.search(r"[{}]", _PLACES.sub("", text)) or not names <= _NAMES:
        raise ValueError("may have {invoices} and {reference} in it, and no other braces")
    if "invoices" not in names:
        raise ValueError("needs {invoices} in it, so that a payment can be matched")
    if len(_PLACES.sub("", text)) > _ROOM or not text.isprintable():
        raise ValueError(
            f"must be one line of at most {_ROOM} characters beside {{invoices}} and {{reference}}"
        )
    return text

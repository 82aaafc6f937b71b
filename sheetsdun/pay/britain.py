"""A transfer to an account in the United Kingdom."""

from __future__ import annotations

from dataclasses import dataclass

from sheetsdun.pay.accounts import digits
from sheetsdun.pay.latin import latin
from sheetsdun.pay.order import PURPOSE, Order
from sheetsdun.pay.way import Fact, Label, Way

_LONGEST = 18
"""Characters of a reference in Faster Payments and Bacs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Britain(Way):
    """An account with a sort code."""

    holder: str
    sort_code: str
    account: str
    bank: str = ""

    KIND = "uk"

    def facts(self, order: Order) -> list[Fact]:
        """The account, and a reference that is short enough for their forms."""
        code = self.sort_code
        return [
            Fact(Label.HOLDER, self.holder),
            Fact(Label.SORT_CODE, f"{code[:2]}-{code[2:4]}-{code[4:]}", number=True),
            Fact(Label.ACCOUNT, self.account, number=True),
            Fact(Label.BANK, self.bank),
            Fact(Label.PURPOSE, self._words(order)),
        ]

    def _words(self, order: Order) -> str:
        words = order.purpose(PURPOSE, 10**6, latin)
        candidates = (words, latin(order.number), order.reference)
        return next((each for each in candidates if 0 < len(each) <= _LONGEST), "")


def sort_code(text: str) -> str:
    """Six digits. Raises ValueError."""
    return digits(text, [6])


def account(text: str) -> str:
    """Eight digits. Raises ValueError."""
    return digits(text, [8])

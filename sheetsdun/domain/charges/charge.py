"""What every kind of charge can tell."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """What interest is reckoned on.

    Attributes:
        balance: What is open, in the debtor's disfavour.
        due: The day by which it was to be paid; the first day of interest is the one after it.
        day: The letter's day, up to which interest is claimed.
    """

    balance: Decimal
    currency: str
    due: dt.date
    day: dt.date

    @property
    def days(self) -> int:
        """Days past due."""
        return max((self.day - self.due).days, 0)


class Charge(Protocol):
    """One charge as the config has it.

    Its ``repr`` says all its settings: open drafts are written anew when it changes.
    """

    def interest_on(self, debt: Debt) -> Decimal:
        """Interest on one invoice up to the letter's day, in whole units of the currency."""

    def fee_in(self, currency: str) -> Decimal:
        """What one reminder costs the debtor; nothing in a currency for which no fee is set."""

"""A transfer to an account in the United States."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stdnum.exceptions import ValidationError
from stdnum.us import rtn

from sheetsdun.pay.order import PURPOSE, Order
from sheetsdun.pay.way import Fact, Label, Way

_ACCOUNT = re.compile(r"[A-Z0-9]{4,17}", re.ASCII)
_LONGEST = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class America(Way):
    """An account with a routing number."""

    holder: str
    routing: str
    account: str
    bank: str = ""
    bic: str = ""
    purpose: str = PURPOSE

    KIND = "us"

    def facts(self, order: Order) -> list[Fact]:
        """Account, bank, words."""
        return [
            Fact(Label.HOLDER, self.holder),
            Fact(Label.ROUTING, self.routing, number=True),
            Fact(Label.ACCOUNT, self.account, number=True),
            Fact(Label.BANK, self.bank),
            Fact(Label.BIC, self.bic, number=True),
            Fact(Label.PURPOSE, order.purpose(self.purpose, _LONGEST)),
        ]


def routing(text: str) -> str:
    """A routing number of nine digits, the last of which checks the others. Raises ValueError."""
    try:
        return rtn.validate(text.replace(" ", "").replace("-", ""))
    except ValidationError:
        raise ValueError(
            f"“{text}” is no routing number: it has 9 digits, of which the last one checks"
        ) from None


def account(text: str) -> str:
    """An account number; banks there agree on no check digits. Raises ValueError."""
    plain = text.replace(" ", "").replace("-", "").upper()
    if not _ACCOUNT.fullmatch(plain):
        raise ValueError(f"“{text}” is no account number: it has 4 to 17 digits")
    return plain

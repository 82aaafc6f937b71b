"""What the parties have agreed: simple interest at a yearly rate, and a fixed fee for each reminder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext

from sheetsdun.domain.charges.charge import Debt
from sheetsdun.domain.money import rounded

_DAYS_A_YEAR = 365
_DIGITS = 60
"""More than any sum in a sheet has, so that nothing but the last step rounds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contractual:
    """Interest and fee of a contract.

    Attributes:
        interest: Percent a year, of 365 days whatever the year.
        fee: By currency.
    """

    interest: Decimal = Decimal(0)
    fee: Mapping[str, Decimal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a charge that charges nothing. Raises ValueError."""
        if not self.interest and not any(self.fee.values()):
            raise ValueError("there must be an interest or a fee")

    def interest_on(self, debt: Debt) -> Decimal:
        """Balance x rate x days past due, rounded once."""
        with localcontext(prec=_DIGITS):
            exact = debt.balance * self.interest * debt.days / (100 * _DAYS_A_YEAR)
        return rounded(exact, debt.currency)

    def fee_in(self, currency: str) -> Decimal:
        """As agreed; nothing where no fee is agreed in that currency."""
        return self.fee.get(currency, Decimal(0))


KIND = Contractual

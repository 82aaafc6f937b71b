"""What one letter charges beside the principal: interest on each of its invoices, and fees.

A letter charges something only where the level that gives it its text names a charge. Interest is counted on the
balance of each invoice whose own level names a charge, up to the letter's day. The fee is the letter's, however many
invoices it speaks of; to it come the fees of letters that went before and are about an invoice that is still open.

Nothing of it is kept: which letters went, and at which level, stands in the log. So that no fee is ever asked for in
two letters, each belongs to one invoice: the first that climbed by the letter and is not closed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from sheetsdun.domain.charges import Charge, Debt
from sheetsdun.domain.decision import Decision, Verdict
from sheetsdun.domain.history import History, LetterHistory, State
from sheetsdun.domain.policy import Level
from sheetsdun.domain.terms import Terms, sternest

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Charged:
    """What a letter charges.

    Attributes:
        interest: By identity of the invoices that climb by it; one without interest is absent.
        fees: This letter's, and those of letters before it.
        by: What interest is counted by, as text: for the hash of what a letter claims. The interest itself grows each
            day, and a draft is not written anew for that.
    """

    interest: dict[str, Decimal]
    fees: Decimal = _NOTHING
    by: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        """Interest and fees."""
        return sum(self.interest.values(), self.fees)


NOTHING = Charged(interest={})
"""What a letter charges whose level names no charge."""


class Charging:
    """Reckons what letters charge on one day."""

    def __init__(self, decisions: Sequence[Decision], history: History, terms: Terms, today: dt.date) -> None:
        """Take note of the rows.

        Args:
            decisions: One for each row.
            history: The log, folded.
            terms: What the config says.
            today: The letters' day.
        """
        self._decisions = decisions
        self._history = history
        self._terms = terms
        self._today = today

    def of(self, climbed: Sequence[Decision]) -> Charged:
        """What one letter about these invoices charges."""
        if not self._terms.charges:
            return NOTHING
        rungs = [rung for decision in climbed if (rung := decision.rung)]
        level = sternest(rungs).level if rungs else None
        charge = self._charge(level)
        if charge is None:
            return NOTHING
        counted = [(decision, own) for decision in climbed if (own := self._charge(decision.level))]
        currency = climbed[0].invoice.currency
        return Charged(
            interest={
                decision.invoice.id: sum_
                for decision, own in counted
                if (sum_ := self._interest(decision, own))
            },
            fees=charge.fee_in(currency) + sum(map(self._earlier, climbed), _NOTHING),
            by=tuple(f"{decision.invoice.id} {own!r}" for decision, own in counted),
        )

    def _charge(self, level: Level | None) -> Charge | None:
        """A letter that speaks of a day to come charges nothing."""
        if level is None or not level.overdue:
            return None
        return self._terms.charges.get(level.charge)

    def _interest(self, decision: Decision, charge: Charge) -> Decimal:
        invoice = decision.invoice
        if invoice.due is None or not invoice.balance or invoice.balance < 0:
            return _NOTHING
        return charge.interest_on(
            Debt(balance=invoice.balance, currency=invoice.currency, due=invoice.due, day=self._today)
        )

    def _earlier(self, decision: Decision) -> Decimal:
        """Fees of the letters that went and belong to this invoice."""
        invoice = decision.invoice
        letters = self._history.letters_of(invoice.id)
        return sum((self._fee(letter) for letter in letters if self._bearer(letter) == invoice.id), _NOTHING)

    def _fee(self, letter: LetterHistory) -> Decimal:
        """What a letter costs as the config is now; one that is made anew counts once."""
        rung = self._terms.sternest(letter) if letter.state is State.SENT else None
        charge = self._charge(rung.level) if rung else None
        return charge.fee_in(letter.currency) if charge else _NOTHING

    def _bearer(self, letter: LetterHistory) -> str:
        """The invoice to which a letter's fee belongs; "" where all are closed."""
        return next((part.invoice for part in letter.climbed if part.invoice in self._open), "")

    @cached_property
    def _open(self) -> frozenset[str]:
        return frozenset(
            decision.invoice.id for decision in self._decisions if decision.verdict is not Verdict.CLOSED
        )

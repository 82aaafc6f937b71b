"""The rules of the house: what the config says about chasing, for every invoice alike."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sheetsdun.domain.addresses import foreign
from sheetsdun.domain.calendar import Calendar
from sheetsdun.domain.charges import Charge
from sheetsdun.domain.history import Completion, LetterHistory, Part
from sheetsdun.domain.invoice import Invoice
from sheetsdun.domain.policy import Delivery, Policy, Rung

ONE_CENT = Decimal("0.01")
_NOTHING = Decimal(0)


class Group(enum.StrEnum):
    """Whether the invoices of one debtor share a letter."""

    DEBTOR = "debtor"
    INVOICE = "invoice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the config says about chasing.

    Attributes:
        policies: By name.
        default: Name of the policy of rows that name none.
        calendar: Sending days.
        tolerance: By currency: a balance below it is nothing. One cent where a currency is absent.
        charges: By name: what levels may charge beside the principal.
        group: One letter for a debtor, or for an invoice.
        promise_grace_days: Days after a promised day on which the ladder still waits.
        min_gap_days: Days between two overdue letters to one debtor.
        per_day: Letters opened on one day at the most; 0 for no limit.
    """

    policies: Mapping[str, Policy]
    default: str
    calendar: Calendar = field(default_factory=Calendar)
    tolerance: Mapping[str, Decimal] = field(default_factory=dict)
    charges: Mapping[str, Charge] = field(default_factory=dict)
    group: Group = Group.DEBTOR
    promise_grace_days: int = 2
    min_gap_days: int = 5
    per_day: int = 0

    def policy(self, name: str) -> Policy | None:
        """The policy of that name, "" for the default one; without regard to case. None if there is none."""
        wanted = name or self.default
        if (found := self.policies.get(wanted)) is not None:
            return found
        folded = wanted.casefold()
        return next((policy for key, policy in self.policies.items() if key.casefold() == folded), None)

    def is_nothing(self, balance: Decimal, currency: str, own: Decimal | None = None) -> bool:
        """Whether nobody would write a letter about so small a balance, or one in the debtor's favour.

        Args:
            balance: What is open.
            currency: Of the balance.
            own: The customer's own tolerance; None for the currency's.
        """
        least = self.tolerance.get(currency, ONE_CENT) if own is None else own
        return balance < least or balance <= _NOTHING

    def gap(self, invoice: Invoice) -> int:
        """Days between two overdue letters to its debtor: the customer's own, else everybody's."""
        return self.min_gap_days if invoice.min_gap_days is None else invoice.min_gap_days

    def rung(self, part: Part | Completion) -> Rung | None:
        """Where the level of a letter, or one that is completed, stands on its policy.

        None if the config has no such level any more.
        """
        policy = self.policies.get(part.policy)
        return policy.rung(part.level) if policy else None

    def rungs(self, letter: LetterHistory) -> list[Rung]:
        """Where the levels of a letter stand, without those that the config has no more."""
        return [rung for part in letter.climbed if (rung := self.rung(part))]

    def sternest(self, letter: LetterHistory) -> Rung | None:
        """The level that gave a letter its text; None where the config has none of its levels any more."""
        parts = letter.climbed
        if len(parts) == 1:
            return self.rung(parts[0])
        rungs = self.rungs(letter)
        return sternest(rungs) if rungs else None

    def goes_by_itself(self, letter: LetterHistory) -> bool:
        """Whether every level in it says ``send``, and nobody must look at an address first."""
        rungs = self.rungs(letter)
        sends = len(rungs) == len(letter.climbed) and all(
            rung.level.delivery is Delivery.SEND for rung in rungs
        )
        return sends and not any(map(foreign, letter.recipients))

    def deadline(self, letter: LetterHistory) -> dt.date | None:
        """The day by which the letter asks to pay, from its sternest level; None where it names none."""
        if letter.day is None:
            return None
        rung = self.sternest(letter)
        days = rung.level.deadline_days if rung else 0
        return self.calendar.add_business_days(letter.day, days) if days else None


def sternest(rungs: list[Rung]) -> Rung:
    """The highest of several rungs, which may be of different policies: furthest past due, then by place.

    Of two that are as high, the names decide: the letter must not depend on how the sheet is sorted.
    """
    if len(rungs) == 1:
        return rungs[0]
    return max(rungs, key=lambda rung: (rung.offset, rung.place, rung.policy.name, rung.level.name))

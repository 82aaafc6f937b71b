"""One invoice and all that its decision rests on, and the form of an answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sheetsdun.domain.calendar import years_after
from sheetsdun.domain.climb import Ahead, ahead
from sheetsdun.domain.decision import Reason, Verdict
from sheetsdun.domain.history import InvoiceHistory, LetterHistory
from sheetsdun.domain.invoice import Invoice
from sheetsdun.domain.policy import Level, Policy
from sheetsdun.domain.terms import Terms

EARLIEST_DUE = dt.date(2000, 1, 1)
LATEST_DUE_YEARS = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """What a guard has to say.

    Attributes:
        until: The day on which it would say something else by itself.
    """

    verdict: Verdict
    reason: Reason
    until: dt.date | None = None
    level: Level | None = None


@dataclass(frozen=True, kw_only=True)
class Case:
    """One invoice and all that its decision rests on; see ``decide`` for the fields."""

    invoice: Invoice
    history: InvoiceHistory
    letters: Sequence[LetterHistory]
    terms: Terms
    today: dt.date
    drafted: str = ""

    @cached_property
    def policy(self) -> Policy | None:
        """The ladder that counts; None if the row names one that is not there."""
        return self.terms.policy(self.invoice.escalation)

    @property
    def due_in_range(self) -> bool:
        """Whether the due date is one that a real invoice has; True where there is none."""
        due = self.invoice.due
        return due is None or EARLIEST_DUE <= due <= years_after(self.today, LATEST_DUE_YEARS)

    @cached_property
    def ahead(self) -> Ahead | None:
        """The next level; None past the last one, and where there is no ladder or due date to tell it by."""
        if self.policy is None or self.invoice.due is None or not self.due_in_range:
            return None
        return ahead(
            self.policy,
            self.invoice.due,
            self.history.completions,
            self.letters,
            self.terms,
            self.today,
            self.drafted,
        )

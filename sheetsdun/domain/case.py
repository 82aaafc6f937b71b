"""One invoice and all that its decision rests on, and the form of an answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sheetsdun.domain.calendar import years_after
from sheetsdun.domain.climb import Ahead, ahead
from sheetsdun.domain.decision import Reason, Verdict
from sheetsdun.domain.history import InvoiceHistory, LetterHistory
from sheetsdun.domain.invoice import Invoice
from sheetsdun.domain.policy import Level, Policy, Rung
from sheetsdun.domain.terms import Terms

EARLIEST_DUE = dt.date(2000, 1, 1)
LATEST_DUE_YEARS = 5


class Finding(NamedTuple):
    """What a guard has to say.

    Attributes:
        until: The day on which it would say something else by itself.
    """

    verdict: Verdict
    reason: Reason
    until: dt.date | None = None
    level: Level | None = None


class Case:
    """One invoice and all that its decision rests on; see ``decide`` for the fields."""

    __slots__ = ("_ahead", "_looked", "drafted", "history", "invoice", "letters", "policy", "terms", "today")

    def __init__(
        self,
        invoice: Invoice,
        history: InvoiceHistory,
        letters: Sequence[LetterHistory],
        terms: Terms,
        today: dt.date,
        drafted: str = "",
    ) -> None:
        self.invoice = invoice
        self.history = history
        self.letters = letters
        self.terms = terms
        self.today = today
        self.drafted = drafted
        self.policy: Policy | None = terms.policy(invoice.escalation)
        """The ladder that counts; None if the row names one that is not there."""
        self._ahead: Ahead | None = None
        self._looked = False

    @property
    def due_in_range(self) -> bool:
        """Whether the due date is one that a real invoice has; True where there is none."""
        due = self.invoice.due
        if due is None or EARLIEST_DUE <= due <= self.today:
            return True
        return self.today < due <= years_after(self.today, LATEST_DUE_YEARS)

    @property
    def ahead(self) -> Ahead | None:
        """The next level; None past the last one, and where there is no ladder or due date to tell it by."""
        due = self.invoice.due
        if not self._looked and self.policy and due and self.due_in_range:
            completions = self.history.completions
            self._ahead = ahead(
                self.policy, due, completions, self.letters, self.terms, self.today, self.drafted
            )
        self._looked = True
        return self._ahead

    @property
    def letter_ahead(self) -> Rung | None:
        """The next level, if a letter goes for it."""
        ahead = self.ahead
        return ahead.rung if ahead and ahead.rung.level.written else None

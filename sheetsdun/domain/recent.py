"""The overdue letters that debtors had a short while ago: the next one keeps its distance from them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from sheetsdun.domain.history import History, LetterHistory, State
from sheetsdun.domain.policy import Kind

_MAY_HAVE_GONE = frozenset({State.SENDING, State.UNCERTAIN})


class Recent:
    """Overdue letters of the last days, by debtor; today's own matter only for the days to come."""

    def __init__(self, history: History, today: dt.date, longest_gap: int) -> None:
        """Find them.

        A letter of which nobody knows whether it went counts as gone on the day when we lost sight of it.

        Args:
            history: The log, folded.
            today: The run's day.
            longest_gap: The most days that any debtor is given between two letters.
        """
        self._today = today
        self._letters: dict[str, list[tuple[dt.date, LetterHistory]]] = defaultdict(list)
        before = today - dt.timedelta(longest_gap)
        for letter in history.letters.values():
            day = letter.since.date() if letter.state in _MAY_HAVE_GONE else letter.effective
            if day and before < day <= today and letter.kind is Kind.OVERDUE:
                self._letters[letter.debtor].append((day, letter))

    def latest(self, debtor: str, redone: str = "") -> dt.date | None:
        """Day of the last letter, today's own among them; None if there was none of late. ``redone`` as in ``last``."""
        return max(self._days(debtor, redone), default=None) if debtor in self._letters else None

    def last(self, debtor: str, gap: int, redone: str = "") -> dt.date | None:
        """Day of the last letter before today, and less than ``gap`` days ago; None if there was none.

        Args:
            debtor: The debtor's key.
            gap: Days that must lie between two letters.
            redone: An invoice whose own letter is no such one while it is being made anew on request.
        """
        if debtor not in self._letters:
            return None
        near = (day for day in self._days(debtor, redone) if 0 < (self._today - day).days < gap)
        return max(near, default=None)

    def _days(self, debtor: str, redone: str) -> Iterator[dt.date]:
        for day, letter in self._letters[debtor]:
            if letter.state is not State.REPLACED or all(part.invoice != redone for part in letter.climbed):
                yield day

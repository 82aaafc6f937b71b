"""The overdue letters that debtors had a short while ago: the next one keeps its distance from them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from sheetsdun.domain.history import History, LetterHistory, State
from sheetsdun.domain.policy import Kind

_MAY_HAVE_GONE = frozenset({State.SENDING, State.UNCERTAIN})


class Recent:
    """Overdue letters of the last days, by debtor; today's own are none of them."""

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
            if day and before < day < today and letter.kind is Kind.OVERDUE:
                self._letters[letter.debtor].append((day, letter))

    def last(self, debtor: str, gap: int, redone: str = "") -> dt.date | None:
        """Day of the last letter less than ``gap`` days ago; None if there was none.

        Args:
            debtor: The debtor's key.
            gap: Days that must lie between two letters.
            redone: An invoice whose own letter is no such one while it is being made anew on request.
        """
        letters = self._letters.get(debtor)
        if not letters:
            return None
        return max(
            (
                day
                for day, letter in letters
                if (self._today - day).days < gap
                and (
                    letter.state is not State.REPLACED
                    or not any(part.invoice == redone for part in letter.climbed)
                )
            ),
            default=None,
        )

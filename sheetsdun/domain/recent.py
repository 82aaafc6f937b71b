"""The overdue letters that debtors had a short while ago: the next one keeps its distance from them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

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
        self._latest: dict[str, dt.date] = {}
        before = today - dt.timedelta(longest_gap)
        for letter in history.letters.values():
            day = letter.since.date() if letter.state in _MAY_HAVE_GONE else letter.effective
            if not day or not before < day <= today or letter.kind is not Kind.OVERDUE:
                continue
            if letter.state is not State.REPLACED:
                self._latest[letter.debtor] = max(day, self._latest.get(letter.debtor, day))
            if day < today:
                self._letters[letter.debtor].append((day, letter))

    def latest(self, debtor: str) -> dt.date | None:
        """Day of the last letter, today's own among them; None if there was none of late."""
        return self._latest.get(debtor)

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

"""No more letters on one day than the config allows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sheetsdun.domain.history import History, State
from sheetsdun.domain.reminder import Reminder

_NEVER_CAME_ABOUT = frozenset({State.WITHDRAWN, State.FAILED, State.REPLACED})


def within_limit(
    reminders: Iterable[Reminder], limit: int, history: History, today: dt.date
) -> tuple[list[Reminder], list[Reminder]]:
    """Divide reminders into those for today, the oldest debts first, and those for a later day.

    Args:
        reminders: In any order. One that takes the place of a draft is not new, and always for today.
        limit: Letters opened on one day; 0 for no limit.
        history: Tells what was opened today by earlier runs.
        today: The run's day.
    """
    ordered = sorted(reminders, key=lambda each: (each.oldest, each.climbed[0].invoice.row))
    if not limit:
        return ordered, []
    # Of debts as old as one another, the numbers decide: sorting the sheet must not choose who is written to today.
    ordered.sort(key=lambda each: (each.oldest, min(decision.invoice.id for decision in each.climbed)))
    letters = history.letters.values()
    left = limit - sum(letter.day == today and letter.state not in _NEVER_CAME_ABOUT for letter in letters)
    taken, later = [], []
    for each in ordered:
        if each.replaces:
            taken.append(each)
        elif left > 0:
            taken.append(each)
            left -= 1
        else:
            later.append(each)
    return taken, later

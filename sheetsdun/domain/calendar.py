"""Sending days: on which days a letter may go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from sheetsdun.errors import UsageError

span = cache(dt.timedelta)
"""So many days as a length of time; the few lengths that ladders are made of are asked for again and again."""

ONE_DAY = span(1)
WORKING_WEEK = frozenset(range(5))
"""Monday to Friday, as ``date.weekday`` counts."""

_LONGEST_CLOSURE = 366


def never_closed(_day: dt.date) -> bool:
    """No holidays."""
    return False


@dataclass(frozen=True, slots=True)
class Calendar:
    """Weekdays and closed days; which days are closed is told by whoever knows the holidays of a country.

    Every invoice asks, and most ask about the same few days: what was found for a day is kept.

    Attributes:
        days: Weekdays on which letters go, 0 for Monday; at least one.
        closed: Whether a day is a holiday, or closed besides.
    """

    days: frozenset[int] = WORKING_WEEK
    closed: Callable[[dt.date], bool] = never_closed
    _found: dict[dt.date, dt.date] = field(default_factory=dict, init=False, repr=False, compare=False)
    _counted: dict[tuple[dt.date, int], dt.date] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        if not self.days:
            raise UsageError(
                "The calendar has no weekday to send on.", "Name at least one in [calendar] days."
            )

    def is_sending_day(self, day: dt.date) -> bool:
        """Whether letters may go on that day."""
        return day.weekday() in self.days and not self.closed(day)

    def next_sending_day(self, day: dt.date) -> dt.date:
        """That day if letters may go on it, or else the first one after it.

        Raises:
            UsageError: There is none within a year: the calendar closes for ever.
        """
        if (found := self._found.get(day)) is not None:
            return found
        candidate = day
        for _ in range(_LONGEST_CLOSURE):
            if self.is_sending_day(candidate):
                self._found[day] = candidate
                return candidate
            candidate += ONE_DAY
        raise UsageError(
            f"The calendar has no sending day in the year after {day.isoformat()}.",
            "Look at days, holidays and extra in [calendar].",
        )

    def add_business_days(self, day: dt.date, count: int) -> dt.date:
        """The ``count``-th sending day after that day; with 0 the day itself, moved to a sending day.

        Raises:
            UsageError: The calendar closes for ever.
        """
        if (found := self._counted.get((day, count))) is not None:
            return found
        moved = day if count else self.next_sending_day(day)
        for _ in range(count):
            moved = self.next_sending_day(moved + ONE_DAY)
        self._counted[day, count] = moved
        return moved


def end_of_month(day: dt.date) -> dt.date:
    """The last day of that day's month."""
    first = day.replace(day=1)
    return (first + 31 * ONE_DAY).replace(day=1) - ONE_DAY


def years_after(day: dt.date, years: int) -> dt.date:
    """The same day of a later year; the 29th of February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)

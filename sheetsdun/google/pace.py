"""Pacing: a large run goes as fast as the quota allows, a small one does not notice."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

WINDOW = 60.5
"""Google counts by the minute; half a second more, since its clock sees our requests a little later than ours does."""


class Pace:
    """A sliding minute in which only so many units may be spent.

    A request counts from its answer on: however long it was under way, Google's minute cannot hold more than ours.

    Args:
        units: How many may be spent in any minute.
        clock: Seconds of a clock that never goes back.
        sleep: Waits for seconds.
    """

    def __init__(
        self,
        units: int,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._limit = units
        self._clock = clock
        self._sleep = sleep
        self._spent: deque[tuple[float, int]] = deque()
        self._sum = 0

    @contextmanager
    def spend(self, units: int) -> Iterator[None]:
        """Wait until the units fit in, then carry out the request that costs them."""
        units = min(units, self._limit)  # one that costs more than a minute's units waits for an empty minute
        while self._forget() + units > self._limit:
            self._sleep(max(self._spent[0][0] + WINDOW - self._clock(), 0.001))
        try:
            yield
        finally:
            self._spent.append((self._clock(), units))
            self._sum += units

    def _forget(self) -> int:
        """Drop what is older than the window, and tell what remains."""
        while self._spent and self._spent[0][0] + WINDOW <= self._clock():
            self._sum -= self._spent.popleft()[1]
        return self._sum


@dataclass(frozen=True, slots=True)
class Quotas:
    """What Google allows one user in a minute.

    Attributes:
        reads: Sheets, read requests.
        writes: Sheets, write requests.
        gmail: Gmail, units (each method has its price).
        drive: Drive, requests.
    """

    reads: Pace
    writes: Pace
    gmail: Pace
    drive: Pace

    @classmethod
    def of_google(
        cls, *, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> Quotas:
        """The limits of projects made since May 2026."""
        return cls(*(Pace(units, clock=clock, sleep=sleep) for units in (60, 60, 6_000, 6_000)))

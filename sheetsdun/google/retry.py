"""The one retry policy: what is safe to repeat is repeated, for so long and no longer.

stamina would have been the nearer library, but neither its sleep nor its clock can be handed in; it stands on tenacity,
which takes both.
"""

from __future__ import annotations

import datetime as dt
import enum
import random
import time
from collections.abc import Callable
from typing import TypeVar

import tenacity

from sheetsdun.google.failures import NotConnected, lasting
from sheetsdun.ports import NoAnswer, Rejected

T = TypeVar("T")

LONGEST_WAITS = 120.0
"""Seconds waited for one call altogether: twice the minute by which Google counts, and less than the lease's three.
Whoever is told to wait longer than that is told so at once."""

ATTEMPTS = 4
"""How often a call without an answer is made. Only quotas are waited for longer."""


class Repeat(enum.Enum):
    """What may be repeated by itself."""

    FREELY = "reads, and changes that come to the same however often they are made"
    IF_REFUSED = "other changes: only if Google said that it was too many, or no connection came about"
    NEVER = "sends"


class Patience:
    """Carries out a call, again where that is safe and worth it.

    Args:
        sleep: Waits for seconds.
        now: The present instant, to which Google's "Retry after" is compared.
        chance: A number from 0 to 1, for jitter.
    """

    def __init__(
        self,
        *,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.now = now
        self._sleep = sleep
        self._chance = chance

    def run(self, call: Callable[[], T], repeat: Repeat) -> T:
        """Call until it succeeds, or until it should not be repeated any more; then raise its last failure."""
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception(lambda trouble: self.allows(trouble, repeat)),
            wait=self._wait,
            stop=self._enough,
            sleep=self._sleep,
            reraise=True,
        )
        return retrying(call)

    def pause(self, attempt: int) -> None:
        """Wait as after a failed attempt of this number, for callers who must look before they repeat."""
        self._sleep(self._backoff(attempt))

    @staticmethod
    def allows(end: object, repeat: Repeat) -> bool:
        """Whether a call that may be repeated so far may be repeated after this end; never after a success."""
        if repeat is Repeat.NEVER:
            return False
        if isinstance(end, Rejected):
            return end.quota and not lasting(end)
        if isinstance(end, NotConnected):
            return True
        return isinstance(end, NoAnswer) and repeat is Repeat.FREELY

    def _wait(self, state: tenacity.RetryCallState) -> float:
        """Until the instant that Google named, else 1, 2, 4 … 32 seconds; always with up to a second of jitter."""
        trouble = _failure(state)
        if isinstance(trouble, Rejected) and trouble.retry_at:
            return max((trouble.retry_at - self.now()).total_seconds(), 0.0) + self._chance()
        return self._backoff(state.attempt_number)

    def _backoff(self, attempt: int) -> float:
        return float(2 ** min(attempt - 1, 5)) + self._chance()

    @staticmethod
    def _enough(state: tenacity.RetryCallState) -> bool:
        if state.idle_for + state.upcoming_sleep > LONGEST_WAITS:
            return True
        return isinstance(_failure(state), NoAnswer) and state.attempt_number >= ATTEMPTS


def _failure(state: tenacity.RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None

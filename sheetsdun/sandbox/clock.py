"""The sandbox's date: the machine's clock plus an offset, so that it can be set and keeps running."""

from __future__ import annotations

import datetime as dt
import threading


class Clock:
    """A clock that can be set; it goes on running from there.

    Gmail's internalDate, Drive's times and every "now" of the sandbox come from here.
    """

    def __init__(self, offset: dt.timedelta = dt.timedelta()) -> None:
        self._offset = offset
        self._lock = threading.Lock()

    def now(self) -> dt.datetime:
        """The present instant, UTC, aware."""
        with self._lock:
            return dt.datetime.now(dt.UTC) + self._offset

    def set(self, instant: dt.datetime) -> None:
        """Make it this instant now."""
        with self._lock:
            self._offset = instant - dt.datetime.now(dt.UTC)

    @property
    def offset(self) -> dt.timedelta:
        """How far it is from the machine's clock."""
        with self._lock:
            return self._offset

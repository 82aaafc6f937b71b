"""Events gathered until the next fenced append."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from sheetsdun.domain.event import Event
from sheetsdun.errors import SheetsdunError
from sheetsdun.journal.lease import Lease
from sheetsdun.journal.rows import HEADER, encode


class Pen:
    """Writes a run's events. What waits in ``pending`` rides in the next append.

    Attributes:
        pending: Not yet in the log.
        written: In the log, by this run.
    """

    def __init__(
        self, lease: Lease, *, last: int, header: Sequence[str] = HEADER, now: Callable[[], dt.datetime]
    ) -> None:
        """Begin behind event number ``last``; ``header`` is the log tab's own."""
        self._lease = lease
        self._header = tuple(name.strip() for name in header)
        self._now = now
        self._last = last
        self._noted = lease.events
        self._under_way: list[Event] = []
        self.pending: list[Event] = []
        self.written: list[Event] = []

    def add(self, events: Iterable[Event]) -> None:
        """Let these wait for the next append."""
        self.pending.extend(events)

    def write(self, events: Iterable[Event] = (), *, last: bool = False) -> None:
        """Append what waits and these, numbered and dated now. Nothing to append: nothing is written.

        Raises:
            LeaseHeld, Unreachable: As ``Lease.append``; the events go on waiting.
        """
        self.pending.extend(events)
        if self.pending:
            self._append(last=last)

    def let_go(self) -> None:
        """The run ends, whatever happened: write what still waits, and let the lease go, if it is held.

        A failure to do so is no matter: the next run finds out what became of the letters, and the lease expires.
        """
        if self._lease.taken:
            with contextlib.suppress(SheetsdunError):
                self._append(last=True)

    def _append(self, *, last: bool) -> None:
        self._note()
        now = self._now()
        self._under_way = [
            replace(event, sequence=self._last + place, time=now)
            for place, event in enumerate(self.pending, start=1)
        ]
        self._lease.append([encode(event, self._header) for event in self._under_way], last=last)
        self._note()

    def _note(self) -> None:
        """Take down what has landed, by the lease's count.

        A signal may end a run between a write and this; written again as it lets go, these events would have two
        meanings.
        """
        noted = self._lease.events
        if landed := noted - self._noted:
            last, written = self._last + landed, [*self.written, *self._under_way]
            pending = self.pending[landed:]
            self._noted, self._last, self.written, self.pending = noted, last, written, pending

"""The lease: one run at a time, without a server.

It is a chain of numbered links. Creating a link whose number is in use fails, and a batchUpdate is all-or-nothing, so
a write that carries the creation of link n+1 lands only if nobody else has gone on from n. That is the fence: every
write to the spreadsheet goes through ``Lease``, and a run that was overtaken cannot change anything any more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from sheetsdun.errors import LeaseHeld, Unreachable
from sheetsdun.ports import CellWrite, Leaf, Link, LinkTaken, NoAnswer, NoteWrite, Rejected, Sheet

TERM = dt.timedelta(minutes=3)
"""How long a lease lasts after the latest write."""

KEEP = dt.timedelta(days=7)
"""Links younger than this are never pruned: a run that was asleep for so long must still collide."""

PRUNE_AT_ONCE = 100
"""In one write: more than any write adds, so that a chain only grows within a week."""

TRIES = 5
"""How often one write is sent while it is certain that it has not landed."""


def outlived(links: Sequence[Link], now: dt.datetime) -> list[Link]:
    """Links of a chain that may be pruned; never the present one."""
    return [link for link in links[:-1] if link.expires < now - KEEP]


class Lease:
    """This run's place in the chain.

    Attributes:
        number: The link that this run goes on from.
        events: Events in the log, as far as this run knows.
        taken: Whether a write of this run has landed and the lease is not yet let go.
    """

    def __init__(
        self,
        sheet: Sheet,
        links: Sequence[Link],
        *,
        owner: str,
        events: int,
        now: Callable[[], dt.datetime],
        pause: Callable[[int], None],
        take_over: bool = False,
    ) -> None:
        """Stand at the end of the chain; nothing is taken yet.

        Args:
            sheet: The spreadsheet.
            links: The chain as it was read before the log.
            owner: Id of this run.
            events: Events in the log as it was read after the chain.
            now: The run's clock, UTC.
            pause: Waits before try number n; from the one retry policy.
            take_over: Treat another's lease as expired (safe: the fence still holds).
        """
        self._sheet = sheet
        self._owner = owner
        self._now = now
        self._pause = pause
        self._take_over = take_over
        self._present = links[-1] if links else None
        self._old = [link.number for link in outlived(links, now())]
        self._until: dt.datetime | None = None
        self.number = self._present.number if self._present else 0
        self.events = events
        self.taken = False

    def holder(self) -> Link | None:
        """The link of another run that is at work now; None where the lease is free, expired or taken over."""
        present = self._present
        if (
            present is None
            or present.free
            or present.owner == self._owner
            or self._take_over
            or present.expires <= self._now()
        ):
            return None
        return present

    def check(self) -> None:
        """Stop if another run holds the lease, or if ours has run out on our own clock.

        Called before whatever the fence cannot hold back: a change in the mailbox.

        Raises:
            LeaseHeld: Stop; the other run goes on.
        """
        holder = self.holder()
        if holder is not None:
            until = holder.expires.strftime("%H:%M:%S UTC")
            raise LeaseHeld(
                f"Another run is at work on this spreadsheet (until {until} at most).",
                "Try again later, use --wait, or --take-over if you know that it is dead.",
            )
        if self._until is not None and self._until <= self._now():
            raise LeaseHeld(
                "This run was asleep for longer than its lease lasts, so it stopped.", "Run it again."
            )

    @property
    def half_over(self) -> bool:
        """It is time for the next write, if one is to come at all before the lease runs out."""
        return self._until is not None and self._until - self._now() < TERM / 2

    def append(self, rows: Sequence[Sequence[str]], *, last: bool = False) -> None:
        """Append events under the fence (none: only the link). ``last`` lets the lease go with it.

        Raises:
            LeaseHeld: Another run has gone on from our link; nothing has landed.
            Unreachable: Google refused, or it cannot be told whether it landed; the next run will see.
        """

        def send(link: Link, prune: Sequence[int]) -> None:
            self._sheet.append(link, rows, prune=prune)

        try:
            self._fence(send, events=self.events + len(rows), last=last)
        except Rejected as rejected:
            raise Unreachable(
                f"Google refused to write to the log: {rejected.message}",
                "Is its tab there, and may the account that runs sheetsdun edit it? It is safe to run again.",
            ) from rejected

    def write(
        self, tab: str, cells: Sequence[CellWrite], notes: Sequence[NoteWrite] = (), *, last: bool = False
    ) -> None:
        """Write statuses under the fence. Raises as ``append`` does, but for a refusal, which is ``Rejected``."""

        def send(link: Link, prune: Sequence[int]) -> None:
            self._sheet.write(link, tab, cells, notes, prune=prune)

        self._fence(send, events=self.events, last=last)

    def rewrite(self, leaf: Leaf, *, last: bool = False) -> None:
        """Write a tab of ours as a whole under the fence. Raises as ``write`` does."""

        def send(link: Link, prune: Sequence[int]) -> None:
            self._sheet.rewrite(link, leaf, prune=prune)

        self._fence(send, events=self.events, last=last)

    def _fence(self, send: Callable[[Link, Sequence[int]], None], *, events: int, last: bool) -> None:
        self.check()
        now = self._now()
        link = Link(self.number + 1, self._owner, now if last else now + TERM, events, free=last)
        prune = self._old[:PRUNE_AT_ONCE]
        for attempt in range(1, TRIES + 1):
            try:
                send(link, prune)
            except (LinkTaken, NoAnswer):
                if self._landed(link):
                    break
            else:
                break
            self._pause(attempt)
        else:
            raise Unreachable(
                "The spreadsheet did not take a write, and did not say why.", "It is safe to run again."
            )
        self.number, self.events, self.taken = link.number, events, not last
        self._present, self._until = link, None if last else link.expires
        del self._old[: len(prune)]

    def _landed(self, link: Link) -> bool:
        """Whether the write with this link is there; after any answer but success, the chain alone can tell."""
        chain = self._sheet.chain()
        highest = chain[-1] if chain else None
        same = next((other for other in chain if other.number == link.number), None)
        if highest is None or (highest.number < link.number):
            return False
        if same is None or same.owner != link.owner or highest.number > link.number:
            raise LeaseHeld(
                "Another run has taken over this spreadsheet, so this one stopped.", "Run it again."
            )
        return True

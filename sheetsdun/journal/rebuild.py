"""A log put in the place of a damaged one, under the fence.

The new tab is written first, beside the old one and under another name, where nobody reads it. One batchUpdate then
creates the next link, with the number of events in the new log, renames the old tab and gives its name to the new one.
So there is no moment at which a run could see half a log; whoever was overtaken collides; and nothing of the damaged
tab is lost: it stays in the spreadsheet, for people to look at.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

from sheetsdun.errors import Unreachable
from sheetsdun.journal.lease import Lease
from sheetsdun.ports import Link, NoAnswer, Rejected


class LogShelf(Protocol):
    """The spreadsheet's tabs, as far as a new log needs them."""

    def stage(self, title: str, rows: Sequence[Sequence[str]]) -> int:
        """Make a tab with these rows of text, the header first; its id.

        Raises Rejected, NoAnswer: there may be a tab of that title, and nobody reads it.
        """

    def put_in_place(self, link: Link, staged: int, aside: str) -> None:
        """One atomic write: create the link, rename the log's tab, if there is one, and give its title to the staged one.

        ``aside`` is the damaged tab's new title, to which a number is added where it is taken. Raises LinkTaken,
        Rejected, NoAnswer.
        """

    def drop(self, staged: int) -> None:
        """Delete a staged tab. Raises Rejected, NoAnswer."""


class Rebuilding(Lease):
    """A run's place in the chain, for the one write that replaces the log."""

    def replace_log(self, shelf: LogShelf, title: str, aside: str, rows: Sequence[Sequence[str]]) -> None:
        """Put a new log in the place of the present one, and let the lease go.

        Args:
            shelf: The tabs.
            title: Of the new tab until it is in place.
            aside: Of the damaged one from then on.
            rows: The header, then the events.

        Raises:
            LeaseHeld: Another run is at work, or has gone on from our link; the log is as it was.
            Unreachable: Google refused, or it cannot be told whether it landed.
        """
        self.check()
        try:
            staged = shelf.stage(title, rows)
        except (Rejected, NoAnswer) as error:
            raise Unreachable(
                f"The new log could not be written: {error}",
                f"Delete the tab “{title}” if it is there, and run again.",
            ) from error
        landed = False
        try:
            self._fence(
                lambda link, _prune: shelf.put_in_place(link, staged, aside), events=len(rows) - 1, last=True
            )
            landed = True
        except Rejected as rejected:
            raise Unreachable(
                f"Google refused to put the new log in place: {rejected.message}", "It is safe to run again."
            ) from rejected
        finally:
            # An answer that never came may have been a success: a tab that is the log now must not be deleted.
            if not landed and self._not_ours():
                with suppress(Rejected, NoAnswer, Unreachable):
                    shelf.drop(staged)

    def _not_ours(self) -> bool:
        """Whether the chain says that our link is not there; False where it cannot be asked."""
        with suppress(Unreachable):
            chain = self._sheet.chain()
            return not any(link.number > self.number and link.owner == self._owner for link in chain)
        return False

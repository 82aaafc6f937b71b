"""What is left of a damaged log: every row that still is an event, in its old order, numbered anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sheetsdun.domain.event import Event
from sheetsdun.errors import Refused
from sheetsdun.journal.rows import decode
from sheetsdun.ports import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvage:
    """What is left of a log.

    Attributes:
        events: In order, numbered from 1 without gaps.
        unreadable: Numbers of the rows that are no events any more.
        missing: How many events are known to be missing.
        tab: Whether there is a log tab at all.
        moved: Whether an event stands under another number than before.
    """

    events: tuple[Event, ...] = ()
    unreadable: tuple[int, ...] = ()
    missing: int = 0
    tab: bool = True
    moved: bool = False

    @property
    def whole(self) -> bool:
        """Nothing is wrong with the log itself."""
        return self.tab and not (self.unreadable or self.missing or self.moved)


def salvage(table: Table | None, expected: int) -> Salvage:
    """Read row by row. Identical copies of an event count once; of two that claim one number both are kept.

    Args:
        table: The log tab; None where it is gone.
        expected: Events that the chain says were written.
    """
    if table is None:
        return Salvage(tab=False, missing=expected)
    found: list[Event] = []
    unreadable: list[int] = []
    for place, row in enumerate(table.values):
        try:
            found += decode(replace(table, values=[row]))
        except Refused:
            unreadable.append(table.header_row + 1 + place)
    ordered = sorted(dict.fromkeys(found), key=lambda event: event.sequence)
    events = tuple(replace(event, sequence=number) for number, event in enumerate(ordered, start=1))
    return Salvage(
        events=events,
        unreadable=tuple(unreadable),
        missing=max(_gaps(ordered), expected - len(events) - len(unreadable), 0),
        moved=any(old.sequence != new.sequence for old, new in zip(ordered, events, strict=True)),
    )


def _gaps(ordered: Sequence[Event]) -> int:
    """Numbers below the highest one that no event has."""
    return (ordered[-1].sequence if ordered else 0) - len({event.sequence for event in ordered})

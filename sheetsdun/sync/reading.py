"""The spreadsheet -> what day it is, and the events of the log."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sheetsdun.domain.event import Event
from sheetsdun.domain.fold import fold
from sheetsdun.errors import Refused, UsageError
from sheetsdun.journal.rows import decode
from sheetsdun.ports import Snapshot
from sheetsdun.sync.run import Run
from sheetsdun.sync.settings import Desk

_RUN_ID = "23456789bcdfghjkmnpqrstvwxyz"


def read(desk: Desk, today: dt.date | None) -> tuple[Run, Snapshot, list[Event]]:
    """Read the chain, the log and the invoices.

    A log that is shorter than the chain says is read once more: Google has been seen to answer with what was there a
    moment ago.

    Raises:
        Refused: There is no log tab, or it cannot be read.
        UsageError: The time zone is none.
        Unreachable: Google cannot be had.
    """
    snapshot = desk.sheet.read()
    events = _log(snapshot, desk.settings.tabs.log)
    if snapshot.links and fold(events).count < snapshot.links[-1].events:
        snapshot = desk.sheet.read()
        events = _log(snapshot, desk.settings.tabs.log)
    return begin(desk, snapshot, today), snapshot, events


def _log(snapshot: Snapshot, title: str) -> list[Event]:
    table = snapshot.tables.get(title)
    if table is None:
        begun = bool(snapshot.links)
        raise Refused(
            f"The spreadsheet has no tab “{title}”, where the log is kept.",
            "It was there: restore it from the sheet's version history, or run `sheetsdun recover`."
            if begun
            else "Run `sheetsdun setup`, which adds it.",
        )
    return decode(table)


def begin(desk: Desk, snapshot: Snapshot, today: dt.date | None) -> Run:
    """A run on the spreadsheet as it was read: its id, and what day it is there.

    Raises:
        UsageError: The time zone is none.
    """
    name = desk.settings.time_zone or snapshot.time_zone
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise UsageError(
            f"The spreadsheet's time zone “{name}” is not known here.",
            "Name one under [calendar] time_zone.",
        ) from None
    return Run(
        id="".join(desk.source.choices(_RUN_ID, k=6)),
        today=today or desk.now().astimezone(zone).date(),
        zone=zone,
        now=desk.now,
        mailbox=desk.settings.mailbox,
    )

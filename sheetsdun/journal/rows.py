"""An event as a row of the log tab, and back. Every cell is a string; columns are found by their headers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from sheetsdun.domain.event import Event
from sheetsdun.domain.invoice import LONGEST_KEY
from sheetsdun.errors import Refused
from sheetsdun.ports import Table

HEADER = (
    "Sequence", "Time", "Day", "Effective", "Run", "Event", "Letter", "Role", "Invoice", "Debtor", "Policy", "Level",
    "Cycle", "Balance", "Recipients", "Subject", "Draft id", "Message id", "Thread id", "History id", "Facts",
    "Content", "Template", "Mailbox", "Note",
)  # fmt: skip
"""The log tab's columns, in the order in which they are made."""

CLIP = LONGEST_KEY
"""Characters that a cell of the log may hold."""

_LEVEL = re.compile(r"(?P<name>.*) (?P<offset>[+-]\d+)")


def encode(event: Event, header: Sequence[str] = HEADER) -> list[str]:
    """The event as cells in the order of ``header``; columns that are not ours stay empty."""
    cells = {
        "Sequence": str(event.sequence),
        "Time": event.time.astimezone(dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "Day": event.day.isoformat(),
        "Effective": event.effective.isoformat() if event.effective else "",
        "Run": event.run,
        "Event": event.name,
        "Letter": event.letter,
        "Role": event.role,
        "Invoice": event.invoice,
        "Debtor": event.debtor,
        "Policy": event.policy,
        "Level": f"{event.level} {event.offset:+d}" if event.level else "",
        "Cycle": str(event.cycle),
        "Balance": f"{event.balance:f} {event.currency}" if event.balance is not None else event.currency,
        "Recipients": ", ".join(event.recipients),
        "Subject": event.subject,
        "Draft id": event.draft_id,
        "Message id": event.message_id,
        "Thread id": event.thread_id,
        "History id": event.history_id,
        "Facts": event.facts,
        "Content": event.content,
        "Template": event.template,
        "Mailbox": event.mailbox,
        "Note": event.note,
    }
    return [cells.get(name, "")[:CLIP] for name in header]


def decode(table: Table) -> list[Event]:
    """Every event of the log tab, in the order of its rows.

    Rows that are wholly empty are passed over (a person may have left one).

    Raises:
        Refused: A column is missing or stands twice, or a row is no event any more.
    """
    places = _places(table)
    events = []
    for number, row in enumerate(table.values, start=table.header_row + 1):
        cells = {name: str(row[place]) if place < len(row) else "" for name, place in places.items()}
        if not any(cells.values()):
            continue
        try:
            events.append(_event(cells))
        except (ValueError, InvalidOperation) as error:
            raise Refused(
                f"Row {number} of the tab “{table.title}” is no event any more ({error}).",
                "Restore it from the sheet's version history, or run `sheetsdun recover`.",
            ) from error
    return events


def _places(table: Table) -> dict[str, int]:
    names = [name.strip() for name in table.header]
    for name in HEADER:
        if names.count(name) != 1:
            what = "stands twice" if name in names else "is missing"
            raise Refused(
                f"The column “{name}” of the tab “{table.title}” {what}.",
                "Restore the tab from the sheet's version history, or run `sheetsdun recover`.",
            )
    return {name: names.index(name) for name in HEADER}


def _event(cells: dict[str, str]) -> Event:
    rung = _LEVEL.fullmatch(cells["Level"])
    sum_, _, currency = cells["Balance"].rpartition(" ")
    return Event(
        sequence=int(cells["Sequence"]),
        time=dt.datetime.fromisoformat(cells["Time"]),
        day=dt.date.fromisoformat(cells["Day"]),
        effective=dt.date.fromisoformat(cells["Effective"]) if cells["Effective"] else None,
        run=cells["Run"],
        name=cells["Event"],
        letter=cells["Letter"],
        role=cells["Role"],
        invoice=cells["Invoice"],
        debtor=cells["Debtor"],
        policy=cells["Policy"],
        level=rung["name"] if rung else cells["Level"],
        offset=int(rung["offset"]) if rung else 0,
        cycle=int(cells["Cycle"] or 1),
        balance=Decimal(sum_) if sum_ else None,
        currency=currency,
        recipients=tuple(cells["Recipients"].split(", ")) if cells["Recipients"] else (),
        subject=cells["Subject"],
        draft_id=cells["Draft id"],
        message_id=cells["Message id"],
        thread_id=cells["Thread id"],
        history_id=cells["History id"],
        facts=cells["Facts"],
        content=cells["Content"],
        template=cells["Template"],
        mailbox=cells["Mailbox"],
        note=cells["Note"],
    )

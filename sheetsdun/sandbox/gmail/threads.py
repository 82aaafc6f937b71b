"""Conversations: their messages, oldest first, and changes to all of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetsdun.sandbox.gmail import labelling, listing, records, views
from sheetsdun.sandbox.gmail.mailbox import number, shown

if TYPE_CHECKING:
    from sheetsdun.sandbox.gmail.mailbox import Mailbox
    from sheetsdun.sandbox.gmail.records import Row
    from sheetsdun.sandbox.wire import Call, Json


def list_(mailbox: Mailbox, call: Call) -> Json:
    """threads.list: those of which at least one message fits."""
    rows, answer = listing.page(mailbox, call, "threads")
    if rows:
        answer["threads"] = [_entry(mailbox, row["id"]) for row in rows]
    return answer


def get(mailbox: Mailbox, call: Call) -> Json:
    """threads.get."""
    rows = _rows(mailbox, call)
    return {
        "id": shown(rows[0]["thread"]),
        "historyId": str(max(row["history"] for row in rows)),
        "messages": [views.message(mailbox, row, call) for row in rows],
    }


def modify(mailbox: Mailbox, call: Call) -> Json:
    """threads.modify; drafts in the thread are passed over."""
    rows = _rows(mailbox, call)
    labelling.modify(mailbox, rows, call.body, skip_drafts=True)
    return _receipt(mailbox, rows)


def trash(mailbox: Mailbox, call: Call) -> Json:
    """threads.trash."""
    rows = _rows(mailbox, call)
    for row in rows:
        labelling.trash(mailbox, row)
    return _receipt(mailbox, rows)


def untrash(mailbox: Mailbox, call: Call) -> Json:
    """threads.untrash."""
    rows = _rows(mailbox, call)
    for row in rows:
        labelling.untrash(mailbox, row)
    return _receipt(mailbox, rows)


def delete(mailbox: Mailbox, call: Call) -> Json:
    """threads.delete: every message in it, for good."""
    for row in _rows(mailbox, call):
        records.remove(mailbox, row)
    return {}


def _rows(mailbox: Mailbox, call: Call) -> list[Row]:
    return records.of_thread(mailbox, number(call.path["id"]))


def _entry(mailbox: Mailbox, thread: int) -> Json:
    rows = records.of_thread(mailbox, thread)
    return {
        "id": shown(thread),
        "snippet": rows[-1]["snippet"],
        "historyId": str(max(row["history"] for row in rows)),
    }


def _receipt(mailbox: Mailbox, rows: list[Row]) -> Json:
    return {"id": shown(rows[0]["thread"]), "messages": [views.receipt(mailbox, row) for row in rows]}


METHODS = {"list": list_, "get": get, "modify": modify, "trash": trash, "untrash": untrash, "delete": delete}

"""Messages as Gmail shows them, in its four formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetsdun.sandbox.gmail import mime, records
from sheetsdun.sandbox.gmail.mailbox import shown

if TYPE_CHECKING:
    from sheetsdun.sandbox.gmail.mailbox import Mailbox
    from sheetsdun.sandbox.gmail.records import Row
    from sheetsdun.sandbox.wire import Call, Json


def stub(message: Row) -> Json:
    """Only its ids, as in lists."""
    return {"id": shown(message["id"]), "threadId": shown(message["thread"])}


def receipt(mailbox: Mailbox, message: Row) -> Json:
    """Its ids and labels, as answers to changes have them; without any label there is no such key."""
    labels = records.labels(mailbox, message["id"])
    return stub(message) | ({"labelIds": labels} if labels else {})


def message(mailbox: Mailbox, row: Row, call: Call) -> Json:
    """The message in the format that a get asks for: minimal, full (the default), raw or metadata."""
    view = receipt(mailbox, row) | {
        "snippet": row["snippet"],
        "sizeEstimate": row["size"],
        "historyId": str(row["history"]),
        "internalDate": str(row["internal_date"]),
    }
    form = call.one("format", "full").lower()
    if form == "minimal":
        return view
    raw = records.raw(mailbox, row["id"])
    if form == "raw":
        return view | {"raw": mime.encoded(raw)}
    parsed = mime.tree(raw)
    if form == "full":
        return view | {"payload": mime.payload(parsed, row["id"])}
    wanted = {name.lower() for name in call.many("metadataHeaders")}
    headers = [
        header for header in mime.part_headers(parsed) if not wanted or header["name"].lower() in wanted
    ]
    return view | {"payload": {"mimeType": parsed.get_content_type(), "headers": headers}}

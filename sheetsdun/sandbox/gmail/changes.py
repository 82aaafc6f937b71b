"""history.list: what changed since a number; and the profile, which tells the latest number."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sheetsdun.sandbox.gmail import labels, listing, refusals
from sheetsdun.sandbox.gmail.mailbox import FIRST_HISTORY, shown

if TYPE_CHECKING:
    import sqlite3

    from sheetsdun.sandbox.gmail.mailbox import Mailbox
    from sheetsdun.sandbox.wire import Call, Json

_KEPT_DAYS = 7
_DAY = 86_400_000
_TYPES = {
    "messageAdded": "messagesAdded",
    "messageDeleted": "messagesDeleted",
    "labelAdded": "labelsAdded",
    "labelRemoved": "labelsRemoved",
}


def history(mailbox: Mailbox, call: Call) -> Json:
    """history.list.

    Raises:
        ApiError: No number (400); or one that is not known, or whose successors are forgotten by now (404): those
            older than seven days, or than the setting history_days.
    """
    start = call.one("startHistoryId")
    if not start.isdecimal():
        raise refusals.invalid("Invalid startHistoryId")
    after = max(int(start), _page_start(call.one("pageToken")))
    latest = mailbox.history
    if not _forgotten(mailbox) <= int(start) <= latest:
        raise refusals.not_found()
    wanted = {_TYPES[kind] for kind in call.many("historyTypes") if kind in _TYPES} or set(_TYPES.values())
    label = call.one("labelId")
    if label:
        labels.require(mailbox, label)
    size = listing.page_size(call)
    rows = mailbox.db.execute(
        "SELECT * FROM gmail_history WHERE mailbox = ? AND id > ? ORDER BY id", (mailbox.address, after)
    )
    found = [row for row in rows if row["kind"] in wanted and (not label or label in _labels(row))]
    answer: Json = {"historyId": str(latest)}
    if found:
        answer["history"] = [_record(row) for row in found[:size]]
    if len(found) > size:
        answer["nextPageToken"] = str(found[size - 1]["id"])
    return answer


def profile(mailbox: Mailbox, _call: Call) -> Json:
    """users.getProfile."""
    row = mailbox.db.execute(
        "SELECT count(*) AS messages, count(DISTINCT thread) AS threads FROM gmail_messages WHERE mailbox = ?",
        (mailbox.address,),
    ).fetchone()
    return {
        "emailAddress": mailbox.address,
        "messagesTotal": row["messages"],
        "threadsTotal": row["threads"],
        "historyId": str(mailbox.history),
    }


def _forgotten(mailbox: Mailbox) -> int:
    """The number of the last change that is too old to be told."""
    oldest = int(mailbox.now - mailbox.setting("history_days", _KEPT_DAYS) * _DAY)
    row = mailbox.db.execute(
        "SELECT max(id) AS id FROM gmail_history WHERE mailbox = ? AND time <= ?", (mailbox.address, oldest)
    ).fetchone()
    return row["id"] or FIRST_HISTORY


def _page_start(token: str) -> int:
    if token and not token.isdecimal():
        raise refusals.invalid("Invalid pageToken")
    return int(token or 0)


def _labels(row: sqlite3.Row) -> list[str]:
    return [*json.loads(row["labels"]), *json.loads(row["changed"])]


def _record(row: sqlite3.Row) -> Json:
    message = {"id": shown(row["message"]), "threadId": shown(row["thread"])}
    labelled = json.loads(row["labels"])
    change: Json = {"message": message | ({"labelIds": labelled} if labelled else {})}
    if row["kind"].startswith("labels"):
        change["labelIds"] = json.loads(row["changed"])
    return {"id": str(row["id"]), "messages": [message], row["kind"]: [change]}

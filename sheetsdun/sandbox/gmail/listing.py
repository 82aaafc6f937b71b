"""Lists of messages, drafts and threads, newest first, page by page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sheetsdun.sandbox.gmail import labels, query, refusals, search
from sheetsdun.sandbox.gmail.search import Condition

if TYPE_CHECKING:
    import sqlite3

    from sheetsdun.sandbox.gmail.mailbox import Mailbox
    from sheetsdun.sandbox.wire import Call, Json

_DEFAULT_PAGE = 100
_LARGEST_PAGE = 500


def page(mailbox: Mailbox, call: Call, kind: str) -> tuple[list[sqlite3.Row], Json]:
    """One page of what a list call asks for.

    Args:
        mailbox: Whose.
        call: With q, labelIds, includeSpamTrash, maxResults and pageToken.
        kind: "messages", "drafts" (their messages, with the draft's id as `draft`) or "threads" (each as the
            newest of its messages that fit).

    Returns:
        The rows; and the answer begun, with resultSizeEstimate and, if there is more, nextPageToken.

    Raises:
        ApiError: An unknown label, a strange page token or an endless query (400).
    """
    wanted = search.joined(
        " AND ", [Condition("m.mailbox = ?", (mailbox.address,)), *_conditions(mailbox, call)]
    )
    size = page_size(call)
    after = _position(call.one("pageToken"))
    rows = mailbox.db.execute(
        _STATEMENTS[kind].format(wanted=wanted.sql), (*wanted.values, *after, size + 1)
    ).fetchall()
    answer: Json = {"resultSizeEstimate": len(rows)}
    if len(rows) > size:
        rows = rows[:size]
        answer["nextPageToken"] = f"{rows[-1]['internal_date']:015d}{rows[-1]['id']:019d}"
    return rows, answer


def page_size(call: Call) -> int:
    """How many entries a page may have: maxResults, 100 by default, never more than 500."""
    text = call.one("maxResults", str(_DEFAULT_PAGE))
    return min(int(text), _LARGEST_PAGE) if text.isdecimal() and int(text) else _DEFAULT_PAGE


_STATEMENTS = {
    "messages": "SELECT m.* FROM gmail_messages m WHERE {wanted} AND (m.internal_date, m.id) < (?, ?)"
    " ORDER BY m.internal_date DESC, m.id DESC LIMIT ?",
    "drafts": "SELECT m.*, d.id AS draft FROM gmail_drafts d JOIN gmail_messages m ON m.id = d.message"
    " WHERE {wanted} AND (m.internal_date, m.id) < (?, ?) ORDER BY m.internal_date DESC, m.id DESC LIMIT ?",
    "threads": "SELECT * FROM (SELECT m.thread AS id, max(m.internal_date) AS internal_date"
    " FROM gmail_messages m WHERE {wanted} GROUP BY m.thread) WHERE (internal_date, id) < (?, ?)"
    " ORDER BY internal_date DESC, id DESC LIMIT ?",
}


def _conditions(mailbox: Mailbox, call: Call) -> list[Condition]:
    found: list[Condition] = []
    for label in call.many("labelIds"):
        labels.require(mailbox, label)
        found.append(search.labelled(mailbox, label))
    asked_for_bin = bool({"SPAM", "TRASH"} & set(call.many("labelIds")))
    if text := call.one("q").strip():
        node = query.parse(text)
        asked_for_bin = asked_for_bin or search.looks_into_bin(node)
        found.append(search.condition(mailbox, node))
        lag = mailbox.setting("search_lag_seconds", 0)
        found.append(Condition("m.added <= ?", (int(mailbox.now - lag * 1000),)))
    if not asked_for_bin and not call.flag("includeSpamTrash"):
        found.append(search.in_sight(mailbox))
    return found


def _position(token: str) -> tuple[int, int]:
    """Where the page before ended: date and id of its last entry."""
    if not token:
        return 2**63 - 1, 2**63 - 1
    if not re.fullmatch(r"[0-9]{34}", token):
        raise refusals.invalid("Invalid pageToken")
    return int(token[:15]), int(token[15:])

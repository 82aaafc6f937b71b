"""Labels: Gmail's own and those that people make."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sheetsdun.sandbox.gmail import records, refusals
from sheetsdun.sandbox.gmail.palette import COLOURS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sheetsdun.sandbox.gmail.mailbox import Mailbox
    from sheetsdun.sandbox.wire import Call, Json

_CATEGORIES = ("FORUMS", "UPDATES", "PERSONAL", "PROMOTIONS", "SOCIAL")
SYSTEM = (
    *("CHAT", "SENT", "INBOX", "IMPORTANT", "TRASH", "DRAFT", "SPAM", "STARRED", "UNREAD"),
    *(f"CATEGORY_{name}" for name in _CATEGORIES),
)
# These say what a message is, and are Gmail's alone to give and take.
_FIXED = frozenset({"CHAT", "SENT", "DRAFT"})
_RESERVED = frozenset(
    {name.lower() for name in SYSTEM}
    | {"all", "anywhere", "bin", "chats", "drafts", "migrated", "muted", "read", "scheduled", "snoozed"}
)
_LONGEST_NAME = 225
_LOOKS = ("messageListVisibility", "labelListVisibility", "color")
_SHOWN = {"messageListVisibility": "show", "labelListVisibility": "labelShow"}
_COUNT = """SELECT count(*), count(DISTINCT m.thread) FROM gmail_message_labels l JOIN gmail_messages m
    ON m.id = l.message WHERE l.mailbox = ? AND l.label = ?"""
_UNREAD = " AND EXISTS (SELECT 1 FROM gmail_message_labels u WHERE u.message = m.id AND u.label = 'UNREAD')"


def require(mailbox: Mailbox, *ids: str) -> None:
    """Refuse labels that are not there.

    Raises:
        ApiError: One of them is unknown (400).
    """
    for label in ids:
        if label not in SYSTEM and _row(mailbox, label) is None:
            raise refusals.invalid(f"Invalid label: {label}")


def require_free(mailbox: Mailbox, ids: Iterable[str]) -> None:
    """Refuse labels that nobody but Gmail may give or take, and those that are not there.

    Raises:
        ApiError: One of them is such (400).
    """
    for label in ids:
        if label in _FIXED:
            raise refusals.invalid(f"Invalid label: {label}")
        require(mailbox, label)


def searched(mailbox: Mailbox, name: str) -> list[str]:
    """The ids of labels that a search calls by this name; blanks and slashes may be written as hyphens."""
    folded = _hyphened(name)
    folded = {"drafts": "draft", "bin": "trash", "chats": "chat"}.get(folded, folded)
    own = mailbox.db.execute("SELECT id, name FROM gmail_labels WHERE mailbox = ?", (mailbox.address,))
    return [label for label in SYSTEM if _hyphened(label) == folded] + [
        row["id"] for row in own if _hyphened(row["name"]) == folded
    ]


def list_(mailbox: Mailbox, _call: Call) -> Json:
    """labels.list."""
    rows = mailbox.db.execute("SELECT id FROM gmail_labels WHERE mailbox = ?", (mailbox.address,)).fetchall()
    own = sorted((row["id"] for row in rows), key=lambda label: int(label.removeprefix("Label_")))
    return {"labels": [_find(mailbox, label) for label in [*SYSTEM, *own]]}


def get(mailbox: Mailbox, call: Call) -> Json:
    """labels.get, with the numbers of messages and threads."""
    label = _find(mailbox, call.path["id"])
    whose = (mailbox.address, label["id"])
    messages, threads = mailbox.db.execute(_COUNT, whose).fetchone()
    unread, unread_threads = mailbox.db.execute(_COUNT + _UNREAD, whose).fetchone()
    return label | {
        "messagesTotal": messages,
        "messagesUnread": unread,
        "threadsTotal": threads,
        "threadsUnread": unread_threads,
    }


def create(mailbox: Mailbox, call: Call) -> Json:
    """labels.create."""
    row = mailbox.db.execute(
        "INSERT INTO gmail_counters VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value",
        (f"label:{mailbox.address}",),
    ).fetchone()
    return _write(mailbox, f"Label_{row['value']}", call.body.get("name", ""), _SHOWN | _looks(call.body))


def patch(mailbox: Mailbox, call: Call) -> Json:
    """labels.patch: what is not given stays."""
    label = _changeable(mailbox, call, "update")
    return _write(
        mailbox, label["id"], call.body.get("name") or label["name"], _looks(label) | _looks(call.body)
    )


def update(mailbox: Mailbox, call: Call) -> Json:
    """labels.update: what is not given goes back to the default."""
    label = _changeable(mailbox, call, "update")
    return _write(mailbox, label["id"], call.body.get("name", ""), _SHOWN | _looks(call.body))


def delete(mailbox: Mailbox, call: Call) -> Json:
    """labels.delete: messages lose the label and stay."""
    label = _changeable(mailbox, call, "delete")["id"]
    rows = mailbox.db.execute(
        "SELECT message FROM gmail_message_labels WHERE mailbox = ? AND label = ?", (mailbox.address, label)
    ).fetchall()
    for row in rows:
        records.relabel(mailbox, records.find(mailbox, row["message"]), (), (label,))
    mailbox.db.execute("DELETE FROM gmail_labels WHERE mailbox = ? AND id = ?", (mailbox.address, label))
    return {}


def _find(mailbox: Mailbox, label: str) -> Json:
    if label in SYSTEM:
        return {"id": label, "name": label, "type": "system"}
    row = _row(mailbox, label)
    if row is None:
        raise refusals.not_found()
    return row


def _row(mailbox: Mailbox, label: str) -> Json | None:
    row = mailbox.db.execute(
        "SELECT * FROM gmail_labels WHERE mailbox = ? AND id = ?", (mailbox.address, label)
    ).fetchone()
    return {"id": row["id"], "name": row["name"], "type": "user"} | json.loads(row["looks"]) if row else None


def _changeable(mailbox: Mailbox, call: Call, what: str) -> Json:
    label = _find(mailbox, call.path["id"])
    if label["type"] == "system":
        raise refusals.invalid(f"Invalid {what} request")
    return label


def _write(mailbox: Mailbox, label: str, name: str, looks: Json) -> Json:
    name = name.strip()
    folded = name.casefold()
    if not 0 < len(name) <= _LONGEST_NAME or folded in _RESERVED or not all(name.split("/")):
        raise refusals.invalid("Invalid label name")
    for colour in (looks.get("color") or {}).values():
        if colour.lower() not in COLOURS:
            raise refusals.invalid(f"Label color {colour} is not on the allowed color palette")
    taken = mailbox.db.execute(
        "SELECT 1 FROM gmail_labels WHERE mailbox = ? AND folded = ? AND id <> ?",
        (mailbox.address, folded, label),
    ).fetchone()
    if taken:
        raise refusals.label_exists()
    mailbox.db.execute(
        "INSERT OR REPLACE INTO gmail_labels VALUES (?, ?, ?, ?, ?)",
        (mailbox.address, label, name, folded, json.dumps(looks)),
    )
    return _find(mailbox, label)


def _looks(given: Json) -> Json:
    return {name: given[name] for name in _LOOKS if given.get(name)}


def _hyphened(name: str) -> str:
    return name.casefold().replace(" ", "-").replace("/", "-")


METHODS = {"list": list_, "get": get, "create": create, "patch": patch, "update": update, "delete": delete}

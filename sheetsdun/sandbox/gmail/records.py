"""Messages in a mailbox: adding, taking away and labelling them, each change with its place in the history."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, TypeAlias

from sheetsdun.sandbox.gmail import refusals
from sheetsdun.sandbox.gmail.mail import as_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from sheetsdun.sandbox.gmail.mail import Mail
    from sheetsdun.sandbox.gmail.mailbox import Mailbox

Row: TypeAlias = sqlite3.Row

_ADD = """INSERT INTO gmail_messages VALUES (
    :id, :mailbox, :thread, :history, :internal_date, :added, :size, :attachments, :message_id, :subject, :snippet,
    :subject_words, :from_words, :to_words, :cc_words, :bcc_words, :filename_words, :words)"""


def add(
    mailbox: Mailbox,
    mail: Mail,
    labels: AbstractSet[str],
    thread: int | None,
    internal_date: int | None = None,
) -> Row:
    """Put a message into a mailbox.

    Args:
        mailbox: Where.
        mail: The message.
        labels: The ids of its labels, all of them known.
        thread: The conversation it joins; None begins one.
        internal_date: Milliseconds since 1970; now, if not given.

    Returns:
        The message's row.
    """
    message = mailbox.next_id()
    thread = message if thread is None else thread
    date = mailbox.now if internal_date is None else max(internal_date, 0)
    subject = as_words(mail.subject)
    senders, to, cc, bcc = (as_words(*mail.values(name)) for name in ("From", "To", "Cc", "Bcc"))
    files = as_words(*mail.filenames)
    mailbox.db.execute(
        _ADD,
        {
            "id": message,
            "mailbox": mailbox.address,
            "thread": thread,
            "history": mailbox.history,
            "internal_date": date,
            "added": mailbox.now,
            "size": len(mail.raw),
            "attachments": len(mail.filenames),
            "message_id": mail.message_id,
            "subject": mail.subject,
            "snippet": mail.snippet,
            "subject_words": subject,
            "from_words": senders,
            "to_words": to + cc + bcc,
            "cc_words": cc,
            "bcc_words": bcc,
            "filename_words": files,
            "words": subject + senders + to + cc + files + as_words(mail.words),
        },
    )
    mailbox.db.execute("INSERT INTO gmail_raw VALUES (?, ?)", (message, mail.raw))
    mailbox.db.executemany(
        "INSERT INTO gmail_message_labels VALUES (?, ?, ?)",
        [(mailbox.address, label, message) for label in labels],
    )
    _remember(mailbox, "messagesAdded", message, thread, ())
    return find(mailbox, message)


def remove(mailbox: Mailbox, message: Row) -> None:
    """Delete a message for good, and the draft that held it."""
    _remember(mailbox, "messagesDeleted", message["id"], message["thread"], ())
    for statement in (
        "DELETE FROM gmail_messages WHERE id = ?",
        "DELETE FROM gmail_raw WHERE message = ?",
        "DELETE FROM gmail_message_labels WHERE message = ?",
        "DELETE FROM gmail_drafts WHERE message = ?",
    ):
        mailbox.db.execute(statement, (message["id"],))


def relabel(mailbox: Mailbox, message: Row, add: Iterable[str], remove: Iterable[str]) -> None:
    """Give a message labels and take others from it; what changes nothing is not remembered."""
    present = set(labels(mailbox, message["id"]))
    added, removed = sorted(set(add) - present), sorted(set(remove) & present)
    mailbox.db.executemany(
        "INSERT INTO gmail_message_labels VALUES (?, ?, ?)",
        [(mailbox.address, label, message["id"]) for label in added],
    )
    mailbox.db.executemany(
        "DELETE FROM gmail_message_labels WHERE mailbox = ? AND label = ? AND message = ?",
        [(mailbox.address, label, message["id"]) for label in removed],
    )
    for kind, changed in (("labelsAdded", added), ("labelsRemoved", removed)):
        if changed:
            _remember(mailbox, kind, message["id"], message["thread"], changed)


def find(mailbox: Mailbox, message: int) -> Row:
    """A message of this mailbox.

    Raises:
        ApiError: There is none (404).
    """
    row = mailbox.db.execute(
        "SELECT * FROM gmail_messages WHERE id = ? AND mailbox = ?", (message, mailbox.address)
    ).fetchone()
    if row is None:
        raise refusals.not_found()
    assert isinstance(row, sqlite3.Row)
    return row


def of_thread(mailbox: Mailbox, thread: int) -> list[Row]:
    """The messages of a conversation, oldest first.

    Raises:
        ApiError: There is no such conversation (404).
    """
    rows = mailbox.db.execute(
        "SELECT * FROM gmail_messages WHERE mailbox = ? AND thread = ? ORDER BY internal_date, id",
        (mailbox.address, thread),
    ).fetchall()
    if not rows:
        raise refusals.not_found()
    return rows


def labels(mailbox: Mailbox, message: int) -> list[str]:
    """The ids of a message's labels, sorted."""
    rows = mailbox.db.execute(
        "SELECT label FROM gmail_message_labels WHERE message = ? ORDER BY label", (message,)
    )
    return [row["label"] for row in rows]


def raw(mailbox: Mailbox, message: int) -> bytes:
    """A message's bytes."""
    row = mailbox.db.execute("SELECT content FROM gmail_raw WHERE message = ?", (message,)).fetchone()
    return bytes(row["content"])


def _remember(mailbox: Mailbox, kind: str, message: int, thread: int, changed: Iterable[str]) -> None:
    number = mailbox.next_history()
    mailbox.db.execute(
        "INSERT INTO gmail_history VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            mailbox.address,
            number,
            mailbox.now,
            kind,
            message,
            thread,
            json.dumps(labels(mailbox, message)),
            json.dumps(list(changed)),
        ),
    )
    mailbox.db.execute("UPDATE gmail_messages SET history = ? WHERE id = ?", (number, message))

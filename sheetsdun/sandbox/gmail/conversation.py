"""Which conversation a message belongs to. Gmail's rules for the sender's side are strict, so these are.

"To add a message or draft to a thread": the threadId is given, References or In-Reply-To name a message in it,
and the subjects match. Otherwise it begins a conversation of its own, without a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetsdun.sandbox.gmail import records
from sheetsdun.sandbox.gmail.mail import conversation_subject

if TYPE_CHECKING:
    from sheetsdun.sandbox.gmail.mail import Mail
    from sheetsdun.sandbox.gmail.mailbox import Mailbox
    from sheetsdun.sandbox.gmail.records import Row


def asked_for(mailbox: Mailbox, mail: Mail, thread: int | None) -> int | None:
    """The thread of a message that is written here: the one asked for, if all three conditions hold.

    Raises:
        ApiError: There is no such thread (404).
    """
    if thread is None or not _belongs(mail, records.of_thread(mailbox, thread)):
        return None
    return thread


def of_edited_draft(mailbox: Mailbox, mail: Mail, thread: int | None, before: Row) -> int | None:
    """The thread of a draft's new content.

    A draft that is alone in its thread keeps it as long as its subject stays. One that replies to something
    must fulfil the three conditions again: without threadId an update takes it out of its conversation.

    Raises:
        ApiError: There is no such thread (404).
    """
    others = [row for row in records.of_thread(mailbox, before["thread"]) if row["id"] != before["id"]]
    if thread in {None, before["thread"]} and not others:
        same = conversation_subject(mail.subject) == conversation_subject(before["subject"])
        return int(before["thread"]) if same else None
    return asked_for(mailbox, mail, thread)


def received(mailbox: Mailbox, mail: Mail) -> int | None:
    """The thread of a message that comes in: that of a message it refers to, if the subjects match.

    A report that a message was not delivered joins that message's thread under any subject.
    """
    for reference in sorted(mail.references):
        rows = mailbox.db.execute(
            "SELECT thread FROM gmail_messages WHERE mailbox = ? AND message_id = ? GROUP BY thread ORDER BY max(id) DESC",
            (mailbox.address, reference),
        ).fetchall()
        for row in rows:
            if mail.is_report or _belongs(mail, records.of_thread(mailbox, row["thread"])):
                return int(row["thread"])
    return None


def _belongs(mail: Mail, rows: list[Row]) -> bool:
    subject = conversation_subject(mail.subject)
    return any(row["message_id"] in mail.references for row in rows) and any(
        conversation_subject(row["subject"]) == subject for row in rows
    )

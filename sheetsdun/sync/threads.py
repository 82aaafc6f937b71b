"""Which conversation a letter continues: that of the reminder before it, so that debtor and reviewer see the story.

Gmail keeps a thread together by three things: its id, the Message-ID that the new letter refers to, and the subject.
So the subject of the thread is that of the letter, whatever its level's template says.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from sheetsdun.domain.history import History, LetterHistory
from sheetsdun.domain.reminder import Reminder
from sheetsdun.letters import Thread
from sheetsdun.letters.headers import Tampered, message_id
from sheetsdun.letters.inert import header
from sheetsdun.ports import Mail, Mailbox

_REMEMBERED = 20
"""Message-IDs of a conversation that a letter names at the most; RFC 5322 lets the middle of a long one go."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread of the mailbox's, and what a letter that continues it says in its header."""

    id: str
    thread: Thread


def conversations(
    reminders: Sequence[Reminder], history: History, mailbox: Mailbox
) -> list[Conversation | None]:
    """For each reminder the conversation that it continues; None begins a new one.

    Raises:
        Unreachable: Google cannot be had.
    """
    before = [_before(reminder, history) for reminder in reminders]
    ids = list(dict.fromkeys(letter.message_id for letter in before if letter))
    mails = dict(zip(ids, mailbox.messages(ids), strict=True)) if ids else {}
    return [
        _continued(reminder, letter, mails[letter.message_id]) if letter else None
        for reminder, letter in zip(reminders, before, strict=True)
    ]


def _before(reminder: Reminder, history: History) -> LetterHistory | None:
    """The last letter that went about the invoice which gives the reminder its words.

    It went to the same debtor at the same addresses, and all that it asked for still stands in the reminder: a
    conversation whose subject names an invoice that has been paid meanwhile is not taken up again.
    """
    sternest = next(each.invoice.id for each in reminder.climbed if each.rung == reminder.rung)
    went = [
        (letter.effective, letter)
        for letter in history.letters_of(sternest)
        if letter.effective and letter.message_id and letter.thread_id
        if (part := letter.part(sternest)) and part.climbed
    ]
    if not went:
        return None
    _, last = max(reversed(went), key=lambda each: each[0])
    present = {part.invoice for part in reminder.parts}
    same = last.debtor == reminder.debtor and all(part.invoice in present for part in last.climbed)
    return last if same and _reached(reminder, last.recipients) else None


def _reached(reminder: Reminder, recipients: Sequence[str]) -> bool:
    """Whether everybody to whom the reminder is addressed has had the letter before it; copies are no matter."""
    return {each.casefold() for each in reminder.to} <= {each.casefold() for each in recipients}


def _continued(reminder: Reminder, letter: LetterHistory, mail: Mail | None) -> Conversation | None:
    """The conversation of a letter that went, as it lies in the mailbox: a person may have changed it before."""
    if mail is None or mail.is_draft or mail.in_bin or mail.is_spam or not _reached(reminder, mail.to):
        return None
    subject = mail.headers.get("subject", "").strip()
    if not subject or header(subject) != subject:  # what would not stay as it is would not be the thread's
        return None
    try:
        latest = message_id(mail.headers.get("message-id", "").strip())
    except Tampered:
        return None
    earlier: list[str] = []
    for named in mail.headers.get("references", "").split():
        with suppress(Tampered):
            earlier.append(message_id(named))
    kept = (*earlier[:1], *earlier[1:][-_REMEMBERED:])
    thread = Thread(subject=subject, message_id=latest, references=kept)
    return Conversation(mail.thread_id or letter.thread_id, thread)

"""One row of the log: something that has happened, written once and never changed."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

BY_HAND = "by hand"
"""Note of a ``sent`` event: a person sent the draft."""


class Name(enum.StrEnum):
    """The events that this version knows. A log may hold others; they are kept and ignored."""

    RUN = "run"
    """A run began to write; its note holds the numbers that the next run compares with."""
    OPENED = "opened"
    DRAFTED = "drafted"
    SENDING = "sending"
    SENT = "sent"
    EDITED = "edited"
    GONE = "gone"
    WITHDRAWING = "withdrawing"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"
    SKIPPED = "skipped"
    DONE = "done"
    FAILED = "failed"
    REFUSED = "refused"
    """Google refused to send a draft that a person has edited: it is theirs to mend."""
    UNCERTAIN = "uncertain"
    REPLIED = "replied"
    BOUNCED = "bounced"
    ASKED = "asked"
    DECLINED = "declined"
    """A person's Action was seen that could not be carried out: it is about ``letter``, and never about a newer one."""
    CLEARED = "cleared"
    PROTECTED = "protected"
    """Google would not let us write some cells; its note says which, and is the same as long as they are."""


class Role(enum.StrEnum):
    """What a letter does for one of its invoices."""

    CLIMBED = "climbed"
    """The invoice completes its own level by this letter."""
    LISTED = "listed"
    """The invoice is only shown in it."""
    DIGEST = "digest"
    """No letter to a debtor, but a digest for our own people; the invoice, where there is one, is news in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One row of the log.

    Attributes:
        sequence: Running number, from 1 without gaps; 0 while it is not yet written.
        time: When it was written, UTC.
        day: The run's today, in the sheet's time zone.
        effective: For a letter, the day on which it went, in the sheet's time zone, never after ``day``.
        run: Id of the run that wrote it.
        name: A ``Name``, or a word of a later version.
        letter: Id of the letter, such as ``SD-7K3F9Q``; "" where there is none.
        role: A ``Role``, or "".
        invoice: Identity of the invoice; "" for an event of the run as a whole.
        debtor: ``Invoice.debtor`` at that time.
        policy, level, offset: The rung that this invoice climbs by it: names, and ``Rung.offset`` in days.
        cycle: 1, and one more for each redo that a person asked for.
        balance, currency: What the letter says of this invoice.
        recipients: To and cc, in order.
        subject: The letter's subject.
        draft_id, message_id, thread_id, history_id: Gmail's ids.
        facts: Hash of what the letter claims: invoices, balances, recipients, level; not the date.
        content: Hash of the draft as we write it: recipients, subject, text.
        template: ``language/name`` of the template.
        mailbox: The Gmail account.
        note: Words for people; for ``asked``, ``declined`` and ``cleared`` the action; for ``replied`` and ``bounced`` who it was;
            for ``sent`` ``BY_HAND`` where a person sent it.
    """

    time: dt.datetime
    day: dt.date
    run: str
    name: str
    sequence: int = 0
    effective: dt.date | None = None
    letter: str = ""
    role: str = ""
    invoice: str = ""
    debtor: str = ""
    policy: str = ""
    level: str = ""
    offset: int = 0
    cycle: int = 1
    balance: Decimal | None = None
    currency: str = ""
    recipients: tuple[str, ...] = ()
    subject: str = ""
    draft_id: str = ""
    message_id: str = ""
    thread_id: str = ""
    history_id: str = ""
    facts: str = ""
    content: str = ""
    template: str = ""
    mailbox: str = ""
    note: str = ""


def in_order(events: Iterable[Event]) -> tuple[list[Event], int | None]:
    """The events by their sequence, identical copies left out, those not yet written last; up to the first damage.

    Returns:
        Also the sequence number that is missing while higher ones are there, or that two different events share; None
        for a whole log.
    """
    written: list[Event] = []
    unwritten: list[Event] = []
    for event in events:
        (written if event.sequence else unwritten).append(event)
    written.sort(key=lambda event: event.sequence)
    whole: list[Event] = []
    for event in written:
        if event.sequence == len(whole) + 1:
            whole.append(event)
        elif event.sequence > len(whole) + 1:
            return whole, len(whole) + 1
        elif event != whole[-1]:
            return whole[:-1], whole[-1].sequence
    return whole + unwritten, None

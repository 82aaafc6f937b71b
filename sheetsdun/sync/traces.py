"""Letters of this spreadsheet's in the mailbox, found without the log: by label, by header, by reference."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from sheetsdun.domain.event import Event, Name, Role
from sheetsdun.domain.history import History
from sheetsdun.domain.invoice import Invoice
from sheetsdun.letters import reference
from sheetsdun.ports import Mail, Mailbox
from sheetsdun.sync.ours import is_blank, letter_of, quoted, spreadsheet_of
from sheetsdun.sync.run import Run

_SHORT = 4
"""A number with fewer characters than this stands in many a text by chance: then the address must fit, too."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A letter as it lies in the mailbox.

    Attributes:
        id: Its reference.
        draft_id: Of a draft; "" for a letter that went.
        day: The day on which it went, or of the draft's last change.
        certain: It is this spreadsheet's for sure; otherwise only if it names one of its invoices.
        labelled: It carries the label that we put on what we send ourselves.
    """

    id: str
    mail: Mail
    draft_id: str
    day: dt.date
    certain: bool
    labelled: bool = False

    @property
    def sent(self) -> bool:
        """It went, or waits in Gmail to go at a set time."""
        return not self.draft_id

    def names(self, invoice: Invoice) -> bool:
        """Whether subject or text name the invoice."""
        if len(invoice.id) < _SHORT and not {email.lower() for email in invoice.emails} & set(self.mail.to):
            return False
        words = f"{self.mail.headers.get('subject', '')}\n{self.mail.text}"
        return re.search(rf"(?<![\w/-]){re.escape(invoice.id)}(?![\w/-])", words, re.IGNORECASE) is not None


def find_traces(run: Run, mailbox: Mailbox, *, key: str, label: str) -> list[Trace]:
    """Look for every letter of the spreadsheet, oldest first; of copies of one letter, one that went, the earliest.

    Custom headers cannot be searched for, so the reference in the text is; and since search may lag behind by hours,
    what is not found is not proved to be missing.

    Args:
        run: This run.
        mailbox: Where.
        key: The spreadsheet's id.
        label: Of letters that we have sent for it.

    Raises:
        Unreachable: Google cannot be had.
    """
    found: dict[str, Trace] = {}
    for trace in sorted(_all(run, mailbox, key, label), key=lambda trace: (not trace.sent, trace.mail.date)):
        found.setdefault(trace.id, trace)
    return sorted(found.values(), key=lambda trace: trace.mail.date)


def _all(run: Run, mailbox: Mailbox, key: str, label: str) -> Iterator[Trace]:
    labelled = set(mailbox.search(f'label:"{label.replace(chr(34), " ")}"'))
    ids = [*dict.fromkeys([*labelled, *mailbox.search('"SD-"')])]
    for mail in mailbox.messages(ids):
        # An answer of the debtor's quotes the reference, but does not come from here.
        if (
            mail is not None
            and _from_here(mail)
            and not (mail.is_draft or mail.in_bin or mail.is_spam or mail.is_chat)
        ):
            yield from _trace(run, mail, key, labelled=mail.message_id in labelled)
    drafts = mailbox.drafts()
    for draft, mail in zip(drafts, mailbox.look([draft.draft_id for draft in drafts]), strict=True):
        if mail is not None and not mail.in_bin and not is_blank(mail):
            yield from _trace(run, mail, key, draft_id=draft.draft_id)


def lost_digests(run: Run, history: History, mailbox: Mailbox, *, key: str) -> list[Event]:
    """Digests among the drafts that the log does not know: from now on it knows them, as somebody's own.

    Those that went need not be known: they have told what they had to tell.

    Raises:
        Unreachable: Google cannot be had.
    """
    drafts = mailbox.drafts()
    return [
        run.event(
            Name.EDITED,
            letter=letter_of(mail),
            role=Role.DIGEST,
            recipients=mail.to,
            subject=mail.headers.get("subject", ""),
            draft_id=draft.draft_id,
            message_id=mail.message_id,
            thread_id=mail.thread_id,
        )
        for draft, mail in zip(drafts, mailbox.look([draft.draft_id for draft in drafts]), strict=True)
        if mail is not None and not mail.in_bin and not is_blank(mail) and spreadsheet_of(mail) == key
        if reference.is_digest(letter_of(mail)) and letter_of(mail) not in history.digests
    ]


def _from_here(mail: Mail) -> bool:
    return mail.went_out or bool(spreadsheet_of(mail))


def _trace(run: Run, mail: Mail, key: str, *, draft_id: str = "", labelled: bool = False) -> Iterator[Trace]:
    """The mail as a letter of ours; nothing where it is another spreadsheet's, or has no reference."""
    spreadsheet = spreadsheet_of(mail)
    named = letter_of(mail)
    if reference.is_digest(named):
        return
    letter = named if reference.valid(named) else next(iter(quoted(mail)), "")
    if letter and spreadsheet in {"", key}:
        certain = spreadsheet == key or labelled
        yield Trace(letter, mail, draft_id, run.day_of(mail.date), certain, labelled)

"""A finished letter, and the empty shell that it begins as."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from email.header import Header

from sheetsdun.errors import SheetsdunError
from sheetsdun.letters import headers, mime, reference
from sheetsdun.letters.inert import header
from sheetsdun.letters.matter import Attachment, Sender, Thread
from sheetsdun.letters.templates import Rendered
from sheetsdun.pay.shown import Picture

LARGEST = 25 * 1024 * 1024
"""Bytes of a mail that Gmail delivers, attachments encoded."""

_SPREADSHEET = re.compile(r"[A-Za-z0-9_-]{1,200}")


class LetterRefused(SheetsdunError):
    """One letter cannot be made as planned. It alone is stopped.

    Attributes:
        letter: Its id.
        why: What is in the way, without capital and full stop.
    """

    def __init__(self, letter: str, about: str, why: str) -> None:
        self.letter = letter
        self.why = why
        of = f" about {about}" if about else ""
        super().__init__(f"Letter {letter}{of} was not made: {why}.", "Mend the row, then run again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What goes into a draft.

    Attributes:
        id: Such as ``SD-7K3F9Q``.
        spreadsheet: Id of the spreadsheet that it comes from.
        pictures: Those that the HTML shows; they count for nothing in ``content``, which is words.
        about: Invoices with their rows, for words about a refusal.
        template: ``language/name`` of the template.
        automatic: It goes out without a person's look, and its header says so (RFC 3834).
        rendered: What its template became, for other forms than mail.
    """

    id: str
    spreadsheet: str
    sender: Sender
    to: tuple[str, ...]
    cc: tuple[str, ...]
    subject: str
    text: str
    html: str
    language: str
    template: str
    about: str = ""
    attachments: tuple[Attachment, ...] = ()
    pictures: tuple[Picture, ...] = ()
    thread: Thread | None = None
    automatic: bool = False
    rendered: Rendered | None = field(default=None, repr=False)

    @property
    def recipients(self) -> tuple[str, ...]:
        """To and cc, in order."""
        return (*self.to, *self.cc)

    @property
    def content(self) -> str:
        """Hash of the draft as we write it, see ``content``."""
        return content(self.recipients, self.subject, self.text)

    def mime(self) -> bytes:
        """The mail's bytes (RFC 5322), after its header has been checked in them.

        Raises:
            LetterRefused: An address is no plain one, the mail is too large, or the check found a difference.
        """
        try:
            raw = self._built()
        except headers.Tampered as why:
            raise LetterRefused(self.id, self.about, str(why)) from why
        self._check_size(len(raw))
        return raw

    def bare(self) -> tuple[bytes, int]:
        """The mail's bytes without its attachments, and about how many it has with them (rather too many than too few).

        Raises:
            LetterRefused: As ``mime``.
        """
        raw = replace(self, attachments=()).mime()
        size = len(raw) + sum(map(mime.encoded, self.attachments))
        self._check_size(size)
        return raw, size

    def _check_size(self, size: int) -> None:
        if size > LARGEST:
            told = f"with its attachments it has {size / 1024 / 1024:.0f} MB, and Gmail delivers 25 at most"
            raise LetterRefused(self.id, self.about, told)

    def _built(self) -> bytes:
        if not self.to:
            raise headers.Tampered("it has no recipient")
        written: dict[str, str | Header] = {}
        if self.sender.address:
            written["From"] = headers.mailbox(header(self.sender.name), self.sender.address)
        written["To"] = ", ".join(map(headers.address, self.to))
        if self.cc:
            written["Cc"] = ", ".join(map(headers.address, self.cc))
        if self.sender.reply_to:
            written["Reply-To"] = headers.address(self.sender.reply_to)
        written |= _identity(self.id, self.spreadsheet, self.subject)
        written |= _conversation(self.thread)
        if self.automatic:
            written["Auto-Submitted"] = "auto-generated"
        written["Content-Language"] = self.language
        raw = mime.build(
            written,
            letter=self.id,
            text=self.text,
            html=self.html,
            pictures=self.pictures,
            attachments=self.attachments,
        )
        expected = _expected(self.id, self.spreadsheet, self.subject)
        headers.check(raw, expected=expected, recipients={"to": self.to, "cc": self.cc})
        return raw


def shell(letter: str, spreadsheet: str, subject: str, thread: Thread | None = None) -> bytes:
    """The empty draft that a letter begins as: subject and our header, no recipient, no text.

    It stands in the letter's conversation from the start, for which Gmail wants to see what it answers.

    Raises:
        LetterRefused: An id is none, or the check of the header found a difference.
    """
    plain = header(subject)
    try:
        raw = mime.empty({**_identity(letter, spreadsheet, plain), **_conversation(thread)})
        headers.check(raw, expected=_expected(letter, spreadsheet, plain), recipients={})
    except headers.Tampered as why:
        raise LetterRefused(letter, "", str(why)) from why
    return raw


def content(recipients: Iterable[str], subject: str, text: str) -> str:
    """Hash of what a reviewer would change: recipients, subject, text.

    It is the same for a letter as we write it and for its draft as it is read back: blanks at the ends of lines,
    line endings, Unicode's forms, and the case and order of addresses do not count.
    """
    addresses = sorted({address.strip().lower() for address in recipients})
    lines = [line.rstrip() for line in unicodedata.normalize("NFC", text).strip().splitlines()]
    title = " ".join(unicodedata.normalize("NFC", subject).split())
    told = json.dumps([addresses, title, lines], ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]


def _identity(letter: str, spreadsheet: str, subject: str) -> dict[str, str | Header]:
    if not reference.valid(letter) or not _SPREADSHEET.fullmatch(spreadsheet):
        raise headers.Tampered("its id or the spreadsheet's is none")
    return {"Subject": headers.unstructured("Subject", subject), headers.KEY: f"{letter} {spreadsheet}"}


def _conversation(thread: Thread | None) -> dict[str, str | Header]:
    if thread is None:
        return {}
    latest = headers.message_id(thread.message_id)
    earlier = map(headers.message_id, thread.references)
    return {"In-Reply-To": latest, "References": " ".join(dict.fromkeys([*earlier, latest]))}


def _expected(letter: str, spreadsheet: str, subject: str) -> dict[str, str]:
    return {"subject": subject, headers.KEY.lower(): f"{letter} {spreadsheet}"}

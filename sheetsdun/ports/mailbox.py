"""The contract Mailbox, and the types that cross it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sheetsdun.ports.answers import NoAnswer, Rejected


@dataclass(frozen=True, slots=True)
class Profile:
    """Whose mailbox it is, and how far its history has come."""

    address: str
    history_id: str


@dataclass(frozen=True, slots=True)
class DraftRef:
    """A draft as a list shows it."""

    draft_id: str
    message_id: str
    thread_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A message as it lies in the mailbox.

    Attributes:
        headers: By lower-case name, decoded; of a repeated header the first.
        to: Addresses of To, Cc and Bcc, lower-case, in order.
        text: The text/plain part, decoded; "" where there is none.
        empty: It has no text, no HTML and no attachment at all.
        files: Names of what is attached; pictures that the text shows are none of them.
        date: Gmail's internalDate, UTC.
    """

    message_id: str
    thread_id: str
    labels: frozenset[str]
    headers: Mapping[str, str]
    to: tuple[str, ...]
    text: str
    empty: bool
    date: dt.datetime
    history_id: str = ""
    files: tuple[str, ...] = ()

    @property
    def in_bin(self) -> bool:
        """A person has thrown it away; it may still come back."""
        return "TRASH" in self.labels

    @property
    def is_draft(self) -> bool:
        """It has not gone."""
        return "DRAFT" in self.labels

    @property
    def went_out(self) -> bool:
        """It was sent from this mailbox, or is going to be at an hour that a person has set."""
        return not self.labels.isdisjoint({"SENT", "SCHEDULED"})

    @property
    def is_spam(self) -> bool:
        """Gmail, or a person, takes it for spam."""
        return "SPAM" in self.labels

    @property
    def is_chat(self) -> bool:
        """It is no mail at all."""
        return "CHAT" in self.labels

    @property
    def came_in(self) -> bool:
        """Somebody else has sent it, and it lies where it can be read."""
        return self.labels.isdisjoint({"SENT", "DRAFT", "TRASH", "CHAT"})


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A finished message for the mailbox.

    Attributes:
        raw: RFC 5322 bytes.
        thread_id: Thread to continue; "" for a new one.
    """

    raw: bytes
    thread_id: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """What has come into the mailbox, and what has gone out of it, since a history id; drafts are left out.

    Attributes:
        history_id: Where the next look begins.
        message_ids: What others have sent, oldest first.
        sent_ids: What was sent from here, by us or by a person. It is told at once, also where search lags.
        expired: The history id was too old: ask for what is newer than an instant instead.
    """

    history_id: str
    message_ids: tuple[str, ...] = ()
    sent_ids: tuple[str, ...] = ()
    expired: bool = False


@dataclass(frozen=True, slots=True)
class Returned:
    """What a mail says about letters that did not arrive.

    Attributes:
        failed: Addresses that they could not be delivered to for good, lower-case, in order of the alphabet.
        harmless: It reports on deliveries, and of none that it has failed: it takes longer, or all is well.
    """

    failed: tuple[str, ...] = ()
    harmless: bool = False


class Mailbox(Protocol):
    """A Gmail account. Methods on several drafts answer part by part, in the order asked."""

    def profile(self) -> Profile:
        """The account's address and present history id."""

    def senders(self) -> list[str]:
        """Addresses that the account may write from, lower-case: its own, and its verified others."""

    def drafts(self) -> list[DraftRef]:
        """Every draft but those in the bin."""

    def create(self, messages: Sequence[Outgoing]) -> list[DraftRef | Rejected | NoAnswer]:
        """Make drafts, at most fifty."""

    def look(self, draft_ids: Sequence[str]) -> list[Mail | None]:
        """Read drafts with their content, those in the bin too (label TRASH); None where Google says 404.

        Raises Unreachable if that cannot be told for one of them.
        """

    def fill(self, drafts: Sequence[tuple[str, Outgoing]]) -> list[DraftRef | Rejected | NoAnswer]:
        """Replace the content of drafts (draft id, message), at most fifty."""

    def send(self, draft_id: str) -> Mail:
        """Send the draft as it stands. Never repeated by itself. Raises Rejected, NoAnswer.

        Of the answer only ids, labels and date are sure to be there.
        """

    def delete(self, draft_ids: Sequence[str]) -> list[bool | Rejected | NoAnswer]:
        """Delete drafts; False where there was none."""

    def messages(self, message_ids: Sequence[str]) -> list[Mail | None]:
        """Read messages by id; None where there is none."""

    def returned(self, message_ids: Sequence[str]) -> list[Returned]:
        """What messages say about letters that did not arrive; nothing for one that is not there."""

    def thread(self, thread_id: str) -> list[Mail]:
        """All messages of a thread, oldest first; none where there is no such thread."""

    def search(self, query: str) -> list[str]:
        """Message ids for a Gmail query, newest first, the bin included. It may lag behind by hours."""

    def news(self, history_id: str) -> News:
        """What has come in and gone out since."""

    def labelled(self, label: str) -> int:
        """How many messages carry the label; 0 where there is no such label."""

    def mark(self, message_ids: Sequence[str], label: str) -> None:
        """Put the label on messages, making it where it is missing. Safe to repeat. Raises Rejected, NoAnswer."""

"""Events folded: what has happened to each invoice and to each letter."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sheetsdun.domain.event import Event, Role
from sheetsdun.domain.policy import Kind


class State(enum.StrEnum):
    """Where a letter stands."""

    OPENED = "opened"
    """Its shell's draft id is in the log; it may be empty or filled."""
    DRAFTED = "drafted"
    SENDING = "sending"
    SENT = "sent"
    GONE = "gone"
    """Its draft is not there any more; evidence is looked for."""
    WITHDRAWING = "withdrawing"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    SKIPPED = "skipped"
    """A person counted its level as done without it."""
    REPLACED = "replaced"
    """A person asked for a redo: it no longer stands in the way."""

    @property
    def open(self) -> bool:
        """Whether it stands in the way of another letter for the same invoice."""
        return self in _OPEN

    @property
    def lost(self) -> bool:
        """Whether its draft is gone, or nobody can tell, so that a person must choose redo or skip."""
        return self in _LOST


_OPEN = frozenset({
    State.OPENED, State.DRAFTED, State.SENDING, State.GONE, State.WITHDRAWING, State.DISCARDED, State.UNCERTAIN,
})  # fmt: skip

_LOST = frozenset({State.DISCARDED, State.UNCERTAIN})

WITHOUT_DRAFT = _LOST | {State.GONE}
"""Its draft is not there, as far as anybody can tell."""

_DRAFTED, _CLIMBED = State.DRAFTED, Role.CLIMBED


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a letter is for one of its invoices.

    Attributes:
        skipped: A person counted the invoice's level as done without this letter.
    """

    invoice: str
    role: str
    policy: str
    level: str
    offset: int
    cycle: int
    balance: Decimal | None
    skipped: bool = False

    @property
    def climbed(self) -> bool:
        """Whether the invoice completes its own level by the letter."""
        return self.role == _CLIMBED


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterHistory:
    """One letter, from its events.

    Attributes:
        day: The run's today when it was opened; a deadline that it names counts from there.
        filled: Its draft has been seen with recipients and text: it is no shell of ours any more.
        edited: A person's hand was in the draft.
        tried: A run asked Gmail to send it, and did not say what became of that: it may go yet, or have gone.
        refused: Why Google would not send it as it stands; "" where it has not said so.
        since: UTC instant of the first event of the present state.
        effective: The day on which it went; None before.
        by_hand: It was sent by a person, not by us.
        gone: UTC instant of the first look that did not find its draft; None while it is there.
        climbed: The parts of the invoices that complete a level by it.
    """

    id: str
    state: State
    kind: Kind
    debtor: str
    currency: str
    parts: tuple[Part, ...]
    recipients: tuple[str, ...]
    subject: str
    draft_id: str
    message_id: str
    thread_id: str
    facts: str
    content: str
    template: str
    since: dt.datetime
    filled: bool = False
    edited: bool = False
    tried: bool = False
    refused: str = ""
    effective: dt.date | None = None
    by_hand: bool = False
    note: str = ""
    day: dt.date | None = None
    gone: dt.datetime | None = None
    climbed: tuple[Part, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Every question about a letter asks for them.
        object.__setattr__(self, "climbed", tuple([part for part in self.parts if part.climbed]))

    @property
    def untouched(self) -> bool:
        """Its draft lies in the mailbox just as we made it."""
        return self.state is _DRAFTED and not self.edited

    def part(self, invoice: str) -> Part | None:
        """What it is for that invoice; None where it does not speak of it."""
        return next((part for part in self.parts if part.invoice == invoice), None)

    def blocks(self, invoice: str) -> bool:
        """Whether that invoice can have no other letter now.

        While the draft is or may be there, it does for every invoice that climbs by it. Once it is deleted or lost, a
        level that was skipped is free of it.
        """
        if self.state not in _OPEN:  # Nearly all letters have been sent: they are asked nothing else.
            return False
        part = self.part(invoice)
        return part is not None and part.climbed and not (part.skipped and self.state.lost)

    @property
    def is_digest(self) -> bool:
        """Whether it goes to our own people and not to a debtor."""
        return any(part.role == Role.DIGEST for part in self.parts)

    @property
    def invoices(self) -> tuple[str, ...]:
        """All invoices in it, climbed and listed."""
        return tuple(part.invoice for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """A level that an invoice has behind it.

    Attributes:
        how: ``sent``, ``skipped`` or ``done``.
        day: The effective day.
    """

    policy: str
    level: str
    offset: int
    cycle: int
    day: dt.date
    how: str
    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back from the debtor after our last letter and is not yet cleared.

    Attributes:
        bounced: It is a delivery report, not a person.
        who: Sender of the mail.
        day: The day on which it came.
        thread_id: Gmail's thread.
        letter: Id of our letter that it answers; "" where that is not known.
    """

    bounced: bool
    who: str
    day: dt.date
    thread_id: str
    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceHistory:
    """What has happened to one invoice.

    Attributes:
        completions: In the order in which they were written; one that a redo took back is left out.
        letters: Ids of the letters that it is part of, oldest first.
        cycle: The present cycle, from 1.
        pending: Actions asked and not yet cleared, each with the letter that it is about ("" for none).
        declined: The same of Actions that could not be carried out when they were first seen.
    """

    completions: tuple[Completion, ...] = ()
    letters: tuple[str, ...] = ()
    cycle: int = 1
    answer: Answer | None = None
    pending: Mapping[str, str] = field(default_factory=dict)
    declined: Mapping[str, str] = field(default_factory=dict)


NOTHING = InvoiceHistory()
"""The history of an invoice that the log does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The whole log, folded.

    Attributes:
        letters: To debtors, by their ids.
        digests: To our own people, by their ids. They are apart so that no question about debtors and their letters
            ever meets one.
        count: Events that were folded: identical copies, and all from ``broken`` on, not counted.
        broken: The first sequence number that is missing while higher ones are there, or that two different events
            share; None for a whole log. What comes after it is not in here, so nothing may be sent on it.
        last_day: The latest ``day`` of an event.
        last_time: The latest ``time`` of an event.
        mailbox: The mailbox of the latest event that names one.
        history_id: Gmail's history id of the latest event that has one.
        last_run: The latest ``run`` event.
        protected: What the latest event says of cells that could not be written; "" where there is none.
        answers: Gmail's ids of the mails that ``replied`` and ``bounced`` tell of.
    """

    invoices: Mapping[str, InvoiceHistory] = field(default_factory=dict)
    letters: Mapping[str, LetterHistory] = field(default_factory=dict)
    digests: Mapping[str, LetterHistory] = field(default_factory=dict)
    count: int = 0
    broken: int | None = None
    last_day: dt.date | None = None
    last_time: dt.datetime | None = None
    mailbox: str = ""
    history_id: str = ""
    last_run: Event | None = None
    protected: str = ""
    answers: frozenset[str] = frozenset()

    def of(self, invoice: str) -> InvoiceHistory:
        """History of one invoice."""
        return self.invoices.get(invoice, NOTHING)

    @property
    def mails(self) -> Mapping[str, LetterHistory]:
        """All that we have put into the mailbox."""
        return {**self.letters, **self.digests}

    def letters_of(self, invoice: str) -> list[LetterHistory]:
        """Its letters, oldest first."""
        return [self.letters[letter] for letter in self.of(invoice).letters]

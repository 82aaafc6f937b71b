"""A letter and an invoice while the log is being folded: what ``fold`` changes event by event."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sheetsdun.domain.event import Event, Name
from sheetsdun.domain.history import Answer, Completion, InvoiceHistory, LetterHistory, Part, State
from sheetsdun.domain.policy import Kind

_ANSWERS = frozenset({Name.REPLIED, Name.BOUNCED})
_OPENED, _SENT, _DISCARDED = State.OPENED, State.SENT, State.DISCARDED
_OVERDUE, _UPCOMING = Kind.OVERDUE, Kind.UPCOMING


class LetterFold:
    """One letter, from its first event on."""

    __slots__ = (
        "asked_by", "by_hand", "content", "currency", "day", "debtor", "draft_id", "edited", "effective", "facts", "filled", "gone", "id",
        "message_id", "note", "parts", "recipients", "refused", "since", "state", "subject", "template", "thread_id",
    )  # fmt: skip

    def __init__(self, event: Event) -> None:
        self.id = event.letter
        self.state = _OPENED
        self.since = event.time
        self.day = event.day
        self.parts: dict[str, Part] = {}
        self.gone: dt.datetime | None = None
        self.recipients: tuple[str, ...] = ()
        self.debtor = self.currency = self.subject = self.facts = self.content = self.template = ""
        self.draft_id = self.message_id = self.thread_id = self.note = self.refused = ""
        self.asked_by = ""  # the run that asked Gmail to send it, until it says what became of that
        self.edited = self.filled = False
        self.effective: dt.date | None = None
        self.by_hand = False

    def become(self, state: State, event: Event) -> None:
        """Go into a state; ``since`` stays where it is in it already (one row for each invoice says so).

        What was sent stays sent; only a redo puts it out of the way.
        """
        if state is not self.state and (self.state is not _SENT or state is State.REPLACED):
            self.state = state
            self.since = event.time
            self.note = event.note

    def add_part(self, event: Event) -> None:
        """Take in the invoice that the event is about."""
        self.parts[event.invoice] = Part(
            invoice=event.invoice,
            role=event.role,
            policy=event.policy,
            level=event.level,
            offset=event.offset,
            cycle=event.cycle,
            balance=event.balance,
        )

    def note_ids(self, event: Event) -> None:
        """Keep the latest of what an event says about the letter as a whole.

        An answer's ids are those of the answer.
        """
        if event.name in _ANSWERS:
            return
        self.debtor = event.debtor or self.debtor
        self.currency = event.currency or self.currency
        self.recipients = event.recipients or self.recipients
        self.subject = event.subject or self.subject
        self.draft_id = event.draft_id or self.draft_id
        self.message_id = event.message_id or self.message_id
        self.thread_id = event.thread_id or self.thread_id
        self.facts = event.facts or self.facts
        self.content = event.content or self.content
        self.template = event.template or self.template

    def skip(self, invoice: str) -> None:
        """Note that the invoice's level was counted as done without this letter."""
        if invoice in self.parts:
            self.parts[invoice] = replace(self.parts[invoice], skipped=True)

    @property
    def all_skipped(self) -> bool:
        """No invoice waits for this letter any more."""
        return all(part.skipped for part in self.parts.values() if part.climbed)

    def history(self) -> LetterHistory:
        """The letter as it stands."""
        overdue = any(part.offset > 0 for part in self.parts.values() if part.climbed)
        # A person may skip the level first and delete the draft later.
        skipped = self.state is _DISCARDED and self.all_skipped
        return LetterHistory(
            id=self.id,
            state=State.SKIPPED if skipped else self.state,
            kind=_OVERDUE if overdue else _UPCOMING,
            debtor=self.debtor,
            currency=self.currency,
            parts=tuple(self.parts.values()),
            recipients=self.recipients,
            subject=self.subject,
            draft_id=self.draft_id,
            message_id=self.message_id,
            thread_id=self.thread_id,
            facts=self.facts,
            content=self.content,
            template=self.template,
            since=self.since,
            edited=self.edited,
            tried=bool(self.asked_by),
            filled=self.filled,
            refused=self.refused,
            effective=self.effective,
            by_hand=self.by_hand,
            note=self.note,
            day=self.day,
            gone=self.gone,
        )


class InvoiceFold:
    """One invoice, from the first event that names it on."""

    __slots__ = ("answer", "completions", "cycle", "declined", "letters", "pending")

    def __init__(self) -> None:
        self.completions: list[Completion] = []
        self.letters: list[str] = []
        self.cycle = 1
        self.answer: Answer | None = None
        self.pending: dict[str, str] = {}
        self.declined: dict[str, str] = {}

    def complete(self, completion: Completion) -> None:
        """Put a level behind the invoice. A letter that went after all outweighs the skip of its level."""
        for place, earlier in enumerate(self.completions):
            same_level = (earlier.policy, earlier.level, earlier.cycle) == (
                completion.policy, completion.level, completion.cycle,
            )  # fmt: skip
            if same_level:
                if completion.how == Name.SENT:
                    self.completions[place] = completion
                return
        self.completions.append(completion)

    @property
    def last_letter(self) -> str:
        """Id of the letter by which the last level was completed; "" where there is none."""
        return self.completions[-1].letter if self.completions else ""

    def take_back(self, letter: str) -> None:
        """Begin the next cycle; the last level is free again if that letter ("" for none) has completed it."""
        if self.completions and self.last_letter == letter:
            self.completions.pop()
        self.cycle += 1

    def history(self) -> InvoiceHistory:
        """The invoice as it stands."""
        return InvoiceHistory(
            completions=tuple(self.completions),
            letters=tuple(self.letters),
            cycle=self.cycle,
            answer=self.answer,
            pending=dict(self.pending),
            declined=dict(self.declined),
        )

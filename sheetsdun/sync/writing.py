"""Reminders -> letters: the whole of what will be in the drafts, before the first draft is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sheetsdun.domain.decision import Decision, Verdict, reason
from sheetsdun.domain.facts import facts
from sheetsdun.domain.history import History, LetterHistory, State
from sheetsdun.domain.plan import Plan
from sheetsdun.domain.reasons import Code
from sheetsdun.domain.reminder import Reminder
from sheetsdun.letters import (
    Attachment,
    Letter,
    LetterRefused,
    Matter,
    Templates,
    TooLong,
    compose,
    posted,
    reference,
    statement,
)
from sheetsdun.sync.enclosing import Enclosing
from sheetsdun.sync.matters import Matters
from sheetsdun.sync.run import Run
from sheetsdun.sync.senders import check_addresses
from sheetsdun.sync.settings import Desk
from sheetsdun.sync.threads import conversations


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter that is written but not yet in the mailbox.

    Attributes:
        record: What the log will say of it; without Gmail's ids as long as there is no draft.
        bare: The mail's bytes without attachments, its header checked in them.
        size: Bytes that it has with them, roughly.
        thread_id: Gmail's thread that it continues; "" begins a new one.
        without: What is to be said of files that should have gone with it.
    """

    record: LetterHistory
    letter: Letter
    bare: bytes
    size: int
    thread_id: str = ""
    without: tuple[str, ...] = ()

    @property
    def note(self) -> str:
        """What a person should know of it."""
        return f"It goes without a file: {'; '.join(self.without)}." if self.without else ""

    @property
    def raw(self) -> bytes:
        """The mail's bytes. Those of attachments are read for it, so ask for one letter after the other."""
        return self.letter.mime() if self.letter.attachments else self.bare


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A letter that could not be written as planned."""

    record: LetterHistory
    refusal: LetterRefused


def write_letters(
    run: Run, desk: Desk, plan: Plan, history: History, spreadsheet: str
) -> tuple[list[Composed], list[Unwritten]]:
    """Write every letter of a plan.

    Raises:
        UsageError: A template is missing or wrong, or a sender's address may not be used; nothing has been done yet.
        Unreachable: Google cannot be had.
    """
    composed: list[Composed] = []
    unwritten: list[Unwritten] = []
    taken = set(history.letters)
    matters = Matters(history, desk.settings)
    enclosing = Enclosing(desk.settings.attachments, desk.files)
    enclosing.fetch(plan.reminders)
    before = conversations(plan.reminders, history, desk.mailbox)
    for reminder, conversation in zip(plan.reminders, before, strict=True):
        letter_id = reference.new(desk.source, taken)
        taken.add(letter_id)
        matter = matters.of(reminder)
        try:
            letter = compose(
                matter,
                letter=letter_id,
                spreadsheet=spreadsheet,
                sender=desk.settings.senders.of(reminder.rung),
                templates=desk.settings.templates,
                today=run.today,
                thread=conversation.thread if conversation else None,
                automatic=reminder.send,
            )
        except TooLong as long:  # for this debtor; no row may stop the others
            why = " ".join(long.problems).rstrip(".")
            unwritten.append(Unwritten(_record(run, reminder, letter_id), LetterRefused(letter_id, "", why)))
            continue
        record = _written(_record(run, reminder, letter_id), letter)
        try:
            there, missing = enclosing.of(reminder, letter_id, letter.about)
            papers = _papers(reminder, letter, matter, desk.settings.templates, run.today)
            letter = replace(letter, attachments=(*papers, *there))
            bare, size = letter.bare()
            thread_id = conversation.id if conversation else ""
            composed.append(Composed(record, letter, bare, size, thread_id, missing))
        except LetterRefused as refusal:
            unwritten.append(Unwritten(record, refusal))
    used = [each.letter.sender.address for each in composed]
    check_addresses(used, desk.settings.mailbox, desk.mailbox)
    return composed, unwritten


def _papers(
    reminder: Reminder, letter: Letter, matter: Matter, templates: Templates, today: dt.date
) -> Iterator[Attachment]:
    """What we make ourselves to go with a letter of its level."""
    if reminder.level.letter_pdf:
        yield posted(letter, matter, templates, today=today)
    if reminder.level.statement:
        yield statement(matter, letter.sender, templates, letter=letter.id, today=today)


def told(plan: Plan, unwritten: Sequence[Unwritten]) -> Plan:
    """The plan, in which the rows of a letter that could not be written are told so."""
    if not unwritten:
        return plan
    why = {part.invoice: each.refusal for each in unwritten for part in each.record.climbed}

    def final(decision: Decision) -> Decision:
        refusal, rung = why.get(decision.invoice.id), decision.rung
        if refusal is None or rung is None or decision.verdict is not Verdict.REMIND:
            return decision
        because = reason(Code.UNWRITTEN, **rung.naming, note=f"{refusal.why}.")
        return decision._replace(verdict=Verdict.PROBLEM, reason=because)

    return replace(plan, decisions=tuple(map(final, plan.decisions)))


def _record(run: Run, reminder: Reminder, letter_id: str) -> LetterHistory:
    return LetterHistory(
        id=letter_id,
        state=State.OPENED,
        kind=reminder.kind,
        debtor=reminder.debtor,
        currency=reminder.currency,
        parts=reminder.parts,
        recipients=(*reminder.to, *reminder.cc),
        subject="",
        draft_id="",
        message_id="",
        thread_id="",
        facts=facts(reminder),
        content="",
        template="",
        since=run.now(),
        day=run.today,
    )


def _written(record: LetterHistory, letter: Letter) -> LetterHistory:
    return replace(
        record,
        subject=letter.subject,
        content=letter.content,
        template=letter.template,
    )

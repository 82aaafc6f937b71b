"""What must have happened, as events of the log: the letters that were found, levels, doubts, and answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import Any

from sheetsdun.domain.event import BY_HAND, Event, Name, Role
from sheetsdun.domain.history import History, LetterHistory, Part, State
from sheetsdun.domain.invoice import Invoice
from sheetsdun.domain.policy import Rung
from sheetsdun.letters import reference
from sheetsdun.ports import Mail, Mailbox
from sheetsdun.sync.inbox import is_automatic, is_bounce
from sheetsdun.sync.recollect import FROM_SHEET, Doubt, Memory
from sheetsdun.sync.run import Run, by_part
from sheetsdun.sync.traces import Trace


def went_since(run: Run, letters: Iterable[Trace], history: History) -> list[Event]:
    """Letters that the log has as open and the mailbox as sent.

    The next sync would find that out, too, but then it would be the last thing that happened; here it has its day.
    """
    return [
        event
        for trace in letters
        if trace.sent and (known := history.letters.get(trace.id)) and known.state.open
        for event in run.of_letter(known, Name.SENT, **_went(trace))
    ]


def retell(
    run: Run,
    letters: Sequence[Trace],
    memories: Sequence[Memory],
    history: History,
    source: Random,
) -> list[Event]:
    """The events that are missing in the log.

    Args:
        run: This run.
        letters: What the mailbox knows, oldest first.
        memories: What must have happened to each row.
        history: What is left of the log, folded.
        source: Of ids for doubts that no letter's own id can stand for.
    """
    events: list[Event] = []
    for memory in memories:
        if memory.skipped:
            rung, day = memory.skipped
            base = run.event(
                Name.SKIPPED,
                effective=min(day or run.today, run.today),
                note=FROM_SHEET,
                debtor=memory.invoice.debtor,
            )
            events += by_part(base, [_part(memory.invoice, rung, history)])
    for trace in letters:
        events += _letter(run, trace, memories, history)
    taken = {*history.letters, *(trace.id for trace in letters)}
    for memory in memories:
        if memory.doubt:
            events += _doubt(run, memory.invoice, memory.doubt, history, taken, source)
    return events


def answers(run: Run, history: History, invoices: Iterable[str], mailbox: Mailbox) -> list[Event]:
    """Answers to the last letter of each of these invoices that the log does not know.

    Raises:
        Unreachable: Google cannot be had.
    """
    last = {letter.id: letter for name in invoices if (letter := _last_sent(history, name))}
    events: list[Event] = []
    for letter in last.values():
        for mail in mailbox.thread(letter.thread_id):
            name = _kind(mail, history)
            day = run.day_of(mail.date)
            if name and letter.effective and day >= letter.effective:
                ids = {"message_id": mail.message_id, "thread_id": mail.thread_id}
                events += run.of_letter(letter, name, effective=day, note=mail.headers.get("from", ""), **ids)
    return events


def _last_sent(history: History, invoice: str) -> LetterHistory | None:
    sent = [
        letter for letter in history.letters_of(invoice) if letter.state is State.SENT and letter.thread_id
    ]
    return sent[-1] if sent else None


def _kind(mail: Mail, history: History) -> Name | None:
    if mail.message_id in history.answers or not mail.came_in:
        return None
    if is_bounce(mail):
        return Name.BOUNCED
    return None if is_automatic(mail) else Name.REPLIED


def _letter(run: Run, trace: Trace, memories: Sequence[Memory], history: History) -> Iterator[Event]:
    """A letter that was found, for each invoice for which the log does not have it."""
    known = history.letters.get(trace.id)
    named = [memory for memory in memories if _new(trace, memory, known)]
    if known is not None and not named:
        return
    mail = trace.mail
    climbing = [memory for memory in named if _climbs(trace, memory)]
    debtor = next(iter([*climbing, *named]), None)
    base = run.event(
        Name.SENT if trace.sent else Name.EDITED,
        letter=trace.id,
        debtor=debtor.invoice.debtor if debtor else "",
        currency=debtor.invoice.currency if debtor else "",
        recipients=mail.to,
        subject=mail.headers.get("subject", ""),
        draft_id=trace.draft_id,
        **_went(trace),
    )
    parts = [
        _part(memory.invoice, memory.climbed[1], history, Role.CLIMBED)
        if memory.climbed and _climbs(trace, memory)
        else _part(memory.invoice, None, history, Role.LISTED)
        for memory in named
    ]
    # A letter whose invoices are all gone from the sheet is known to the log all the same.
    yield from by_part(base, parts) if parts else [base]


def _went(trace: Trace) -> dict[str, Any]:
    """When, by whom, and Gmail's ids; of a draft the ids alone."""
    ids = {"message_id": trace.mail.message_id, "thread_id": trace.mail.thread_id}
    return {**ids, "effective": trace.day, "note": "" if trace.labelled else BY_HAND} if trace.sent else ids


def _new(trace: Trace, memory: Memory, known: LetterHistory | None) -> bool:
    if known is not None and known.part(memory.invoice.id) is not None:
        return False
    return _climbs(trace, memory) or trace.names(memory.invoice)


def _climbs(trace: Trace, memory: Memory) -> bool:
    return memory.climbed is not None and memory.climbed[0] == trace.id


def _doubt(
    run: Run, invoice: Invoice, doubt: Doubt, history: History, taken: set[str], source: Random
) -> list[Event]:
    """``uncertain``, under the letter's own id where nothing else is known of it."""
    letter = (
        doubt.letter
        if reference.valid(doubt.letter) and doubt.letter not in taken
        else reference.new(source, taken)
    )
    taken.add(letter)
    if doubt.trace:
        what = "Letter" if doubt.trace.sent else "Draft"
        note = f"{what} {doubt.letter} of {doubt.trace.day} names it, at a level that nobody can tell."
    else:
        note = (
            f"Its letter {doubt.letter} was not found in Gmail."
            if doubt.letter
            else "Its letter was not found."
        )
    base = run.event(
        Name.UNCERTAIN,
        letter=letter,
        debtor=invoice.debtor,
        currency=invoice.currency,
        recipients=invoice.emails,
        note=note,
    )
    return by_part(base, [_part(invoice, doubt.rung, history, Role.CLIMBED)])


def _part(invoice: Invoice, rung: Rung | None, history: History, role: str = "") -> Part:
    """What is recorded for one invoice; no balance, since nobody knows what it was."""
    return Part(
        invoice=invoice.id,
        role=role,
        policy=rung.policy.name if rung else "",
        level=rung.level.name if rung else "",
        offset=rung.offset if rung else 0,
        cycle=history.of(invoice.id).cycle,
        balance=None,
    )

"""Letters -> drafts, so that nothing a person could send by mistake exists before its id is in the log.

Shell, opened, fill: an empty draft is made, its id is published in the log under the fence, and only then does it get
recipients and text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from sheetsdun.domain.event import Name
from sheetsdun.journal.lease import Lease
from sheetsdun.journal.pen import Pen
from sheetsdun.letters import shell
from sheetsdun.ports import DraftRef, Mailbox, NoAnswer, Outgoing, Rejected
from sheetsdun.sync.ours import is_blank
from sheetsdun.sync.outcome import LetterOutcome, Outcome, Result
from sheetsdun.sync.prepared import BATCH
from sheetsdun.sync.run import Run
from sheetsdun.sync.writing import Composed

LOAD = 8 * 2**20
"""Bytes of finished mails that are in memory at once, if one alone is no larger."""

_GONE = 404


def draft(
    run: Run,
    letters: Sequence[Composed],
    *,
    mailbox: Mailbox,
    lease: Lease,
    pen: Pen,
    key: str,
    outcome: Outcome,
) -> None:
    """Make the drafts, at most fifty at a time.

    Args:
        run: This run.
        letters: What is to be drafted; all of them are rendered already.
        mailbox: Where.
        lease: Asked before each change in the mailbox.
        pen: Writes ``opened``; ``drafted`` waits in it for the next append.
        key: The spreadsheet's id, for our header.
        outcome: Told what became of each letter.

    Raises:
        LeaseHeld, Unreachable: The run must stop; what it left behind is settled by the next.
    """
    waiting = iter(letters)
    while batch := list(islice(waiting, BATCH)):
        opened = _open(run, batch, mailbox=mailbox, lease=lease, pen=pen, key=key, outcome=outcome)
        for load in _loads(opened):
            if lease.half_over:  # large files take their time
                pen.write()
            _fill(run, load, mailbox=mailbox, lease=lease, pen=pen, outcome=outcome)
        if outcome.stopped:
            break


def _loads(opened: Sequence[Composed]) -> Iterator[list[Composed]]:
    """Letters that are looked at, built and filled together: few at a time where they are large."""
    load: list[Composed] = []
    for each in opened:
        if load and sum(member.size for member in load) + each.size > LOAD:
            yield load
            load = []
        load.append(each)
    if load:
        yield load


def _open(
    run: Run, batch: list[Composed], *, mailbox: Mailbox, lease: Lease, pen: Pen, key: str, outcome: Outcome
) -> list[Composed]:
    """Shells, and their ids in the log."""
    lease.check()
    shells = [
        Outgoing(shell(each.record.id, key, each.letter.subject, each.letter.thread), each.thread_id)
        for each in batch
    ]
    refs = mailbox.create(shells)
    for place, ref in enumerate(refs):
        if isinstance(ref, Rejected) and ref.code == _GONE and shells[place].thread_id:
            # A person has just deleted the conversation: the letter begins one of its own.
            shells[place] = replace(shells[place], thread_id="")
            refs[place] = NoAnswer(ref.message)
    again = [place for place, ref in enumerate(refs) if isinstance(ref, NoAnswer)]
    if again:
        # A shell too many is empty and unknown to the log: the sweep takes it.
        for place, ref in zip(again, mailbox.create([shells[place] for place in again]), strict=True):
            refs[place] = ref
    opened = []
    for each, ref in zip(batch, refs, strict=True):
        if isinstance(ref, DraftRef):
            opened.append(_with(each, ref))
            continue
        if isinstance(ref, Rejected) and not ref.quota:
            pen.add(run.of_letter(each.record, Name.FAILED, note=ref.message))
            outcome.add(LetterOutcome(each.record, Result.FAILED, note=ref.message))
        else:
            outcome.stop(ref.message if isinstance(ref, Rejected) else "Gmail did not answer.")
    pen.write(event for each in opened for event in run.of_letter(each.record, Name.OPENED))
    return opened


def _fill(
    run: Run, opened: list[Composed], *, mailbox: Mailbox, lease: Lease, pen: Pen, outcome: Outcome
) -> None:
    """Recipients and text for shells that are still as we made them."""
    seen = mailbox.look([each.record.draft_id for each in opened])
    empty = []
    for each, mail in zip(opened, seen, strict=True):
        if mail is not None and is_blank(mail):
            empty.append(each)
        elif mail is not None:
            pen.add(
                run.of_letter(each.record, Name.EDITED, message_id=mail.message_id, thread_id=mail.thread_id)
            )
            outcome.add(
                LetterOutcome(each.record, Result.DRAFTED, note="A person was quicker; left as it is.")
            )
    lease.check()
    wanted = [(each.record.draft_id, Outgoing(each.raw, each.record.thread_id)) for each in empty]
    for each, ref in zip(empty, mailbox.fill(wanted), strict=True):
        if isinstance(ref, DraftRef):
            filled = _with(each, ref)
            pen.add(run.of_letter(filled.record, Name.DRAFTED))
            outcome.add(LetterOutcome(filled.record, Result.DRAFTED, each.note))
        elif isinstance(ref, Rejected) and not ref.quota:
            # Where it cannot be told whether the shell is gone, the next run goes on taking it back.
            gone = mailbox.delete([each.record.draft_id]) == [True]
            name = Name.FAILED if gone else Name.WITHDRAWING
            pen.add(run.of_letter(each.record, name, note=ref.message))
            outcome.add(LetterOutcome(each.record, Result.FAILED, note=ref.message))
        else:
            outcome.stop(ref.message if isinstance(ref, Rejected) else "Gmail did not answer.")
            outcome.add(
                LetterOutcome(each.record, Result.UNCERTAIN, note="The next run looks what became of it.")
            )


def _with(each: Composed, ref: DraftRef) -> Composed:
    record = replace(each.record, draft_id=ref.draft_id, message_id=ref.message_id, thread_id=ref.thread_id)
    return replace(each, record=record)

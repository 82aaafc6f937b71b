"""Drafts taken back: stale ones that no person has touched, and shells whose run died."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from sheetsdun.domain.event import Name
from sheetsdun.domain.history import LetterHistory, State
from sheetsdun.journal.lease import Lease
from sheetsdun.journal.pen import Pen
from sheetsdun.ports import Mailbox
from sheetsdun.sync.ours import is_untouched
from sheetsdun.sync.prepared import BATCH, Prepared
from sheetsdun.sync.run import Run


def withdraw(run: Run, prepared: Prepared, *, mailbox: Mailbox, lease: Lease, pen: Pen) -> set[str]:
    """Delete drafts of ours that no person has touched: ``withdrawing`` in the log, a last look, then the deletion.

    Args:
        run: This run.
        prepared: Names the drafts: stale ones, those that a crash left behind, those that a redo is about.
        mailbox: Where.
        lease: Asked before the deletion.
        pen: Writes ``withdrawing``; ``withdrawn`` waits in it for the next append.

    Returns:
        Ids of the letters that are certainly gone; nothing may be opened in place of the others yet.

    Raises:
        LeaseHeld, Unreachable: The run must stop; the next goes on from here.
    """
    letters = {letter.id: letter for letter in prepared.take_back}
    reasons = dict.fromkeys(letters, "")
    for stale in prepared.plan.withdrawals:
        letters[stale.letter] = prepared.history.letters[stale.letter]
        reasons[stale.letter] = stale.reason.code
    gone: set[str] = set()
    waiting = iter(letters.values())
    while batch := list(islice(waiting, BATCH)):
        for letter in batch:
            # A redo's ``asked`` comes first, and in the same write: from here on it is on its way.
            pen.add(prepared.redone.get(letter.id, ()))
            if letter.state is not State.WITHDRAWING:
                pen.add(run.of_letter(letter, Name.WITHDRAWING, note=reasons[letter.id]))
        pen.write()
        gone |= _delete(run, batch, mailbox=mailbox, lease=lease, pen=pen)
    return gone


def _delete(
    run: Run, batch: Sequence[LetterHistory], *, mailbox: Mailbox, lease: Lease, pen: Pen
) -> set[str]:
    seen = mailbox.look([letter.draft_id for letter in batch])
    ours = []
    for letter, mail in zip(batch, seen, strict=True):
        if mail is None:
            continue
        if is_untouched(mail, letter):
            ours.append(letter)
        else:
            pen.add(run.of_letter(letter, Name.EDITED, message_id=mail.message_id, thread_id=mail.thread_id))
    lease.check()
    answers = mailbox.delete([letter.draft_id for letter in ours])
    gone = [letter for letter, answer in zip(ours, answers, strict=True) if answer is True]
    for letter in gone:
        pen.add(run.of_letter(letter, Name.WITHDRAWN))
    return {letter.id for letter in gone}

"""Rows, status columns, letters in the mailbox, and what is left of the log -> what must have happened. Pure.

Two witnesses are heard. The **mailbox** proves that a letter went, when, to whom, and which invoices it names; it does
not know levels. The **status columns** say each invoice's level, the day of its last reminder, and the letter that it
was in last; they prove nothing. Where both agree, the invoice has its level behind it by that letter. Where the sheet
tells of a completed level and no letter is found, the level counts as done: better one reminder too few than the same
one twice. Where a letter names an invoice and the sheet was written before it, nobody can tell: the invoice waits, as
``uncertain``, until a person has looked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sheetsdun.domain.climb import height
from sheetsdun.domain.history import History, State
from sheetsdun.domain.invoice import Invoice
from sheetsdun.domain.policy import Kind, Policy, Rung
from sheetsdun.letters import reference
from sheetsdun.rows.readback import Said
from sheetsdun.sync.traces import Trace

FROM_SHEET = "as the status columns said"
"""Note of a level that counts as done since the sheet says so."""

_FOR_A_PERSON = frozenset({State.DISCARDED, State.UNCERTAIN})


@dataclass(frozen=True, slots=True)
class Doubt:
    """A letter of which nobody can tell what it was for this invoice.

    Attributes:
        letter: Its reference; "" where only the sheet tells of one and does not name it.
        rung: The level to be taken as its; None where the row has no policy.
        trace: The letter as it lies in the mailbox; None where it was not found.
    """

    letter: str
    rung: Rung | None
    trace: Trace | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What must have happened to one invoice, beyond what is left of the log.

    Attributes:
        climbed: The letter by which it completes (or will complete, once the draft is sent) a level.
        skipped: A level that counts as done, and since which day; None for an unknown one.
        doubt: Why it must wait for a person.
    """

    invoice: Invoice
    climbed: tuple[str, Rung] | None = None
    skipped: tuple[Rung, dt.date | None] | None = None
    doubt: Doubt | None = None


def recollect(
    invoice: Invoice,
    policy: Policy | None,
    said: Said | None,
    letters: Sequence[Trace],
    history: History,
    *,
    whole: bool = False,
    closed: bool = False,
) -> Memory:
    """Find out what must have happened to one invoice.

    Args:
        invoice: Its row.
        policy: That counts for it; None where there is none of its name.
        said: What the status columns say of it; None where they cannot be read.
        letters: All letters that the mailbox knows, oldest first.
        history: What is left of the log, folded.
        whole: No event of the log is missing: then the sheet cannot know of levels that it does not.
        closed: Nothing is owed: then nobody need look at it.
    """
    case = _Case(invoice, policy, said or Said(), letters, history, whole=whole)
    climbed = case.climbed()
    skipped = None if whole else case.skipped(climbed)
    doubt = None if closed else case.doubt(climbed, skipped)
    return Memory(invoice=invoice, climbed=climbed, skipped=skipped, doubt=doubt)


class _Case:
    """One invoice, and all that is known of it."""

    def __init__(
        self,
        invoice: Invoice,
        policy: Policy | None,
        said: Said,
        letters: Sequence[Trace],
        history: History,
        *,
        whole: bool,
    ) -> None:
        self.invoice = invoice
        self.policy = policy
        self.said = said
        self.history = history
        self.by_id = {trace.id: trace for trace in letters}
        self.known = [
            letter
            for letter in history.letters_of(invoice.id)
            # Where log and sheet both have gaps, a letter that is said to list the invoice may have done more.
            if whole or said.rung or (part := letter.part(invoice.id)) is None or part.climbed
        ]
        known = {letter.id for letter in self.known}
        self.unknown = [trace for trace in letters if trace.id not in known and trace.names(invoice)]
        self.named = next(iter(reference.find(said.draft)), "")
        done = history.of(invoice.id).completions
        self.floor = height(policy, done) if policy else 0

    def climbed(self) -> tuple[str, Rung] | None:
        """The letter on which mailbox and sheet agree."""
        said = self.said
        if said.rung is None or said.rung.place <= self.floor:
            return None
        if not said.ahead:
            that_day = [trace for trace in self.unknown if trace.sent and trace.day == said.last]
            return (that_day[-1].id, said.rung) if that_day else None
        in_draft = said.drafted and not said.sent and any(trace.id == self.named for trace in self.unknown)
        return (self.named, said.rung) if in_draft else None

    def skipped(self, climbed: tuple[str, Rung] | None) -> tuple[Rung, dt.date | None] | None:
        """The level that the sheet knows as completed, where no letter tells of it."""
        rung = self.said.rung
        if rung is None or (climbed and not self.said.ahead):
            return None
        done = self._before(rung) if self.said.ahead else rung
        return (done, self.said.last) if done and done.place > self.floor else None

    def _before(self, rung: Rung) -> Rung | None:
        """The level that must be behind the invoice if this one is next; those before the due date may be passed over."""
        if rung.policy.jumps:
            return None
        lower = (Rung(rung.policy, place) for place in range(rung.place - 1, 0, -1))
        return next((each for each in lower if each.level.overdue), None)

    def doubt(
        self, climbed: tuple[str, Rung] | None, skipped: tuple[Rung, dt.date | None] | None
    ) -> Doubt | None:
        """Why the invoice must wait for a person; None where it need not."""
        said = self.said
        floor = max(self.floor, climbed[1].place if climbed else 0, skipped[0].place if skipped else 0)
        if said.drafted and climbed is None and said.rung and said.rung.place > self.floor:
            letter = "" if said.sent else self.named
            if not self._waits() and (self.history.letters.get(letter) is None or self._lost(letter)):
                return Doubt(letter, said.rung, self.by_id.get(letter))
        later = [trace for trace in self.unknown if self._untold(trace, climbed)]
        if not later:
            return None
        rung = self._likely(later, floor)
        if rung is None and self.policy is not None and self.invoice.due is not None:
            return None
        return Doubt(later[-1].id, rung, later[-1])

    def _waits(self) -> bool:
        """Whether what is left of the log holds a letter that stands in the invoice's way and will go on to.

        One whose draft is gone may have been sent: then it is out of the way tomorrow.
        """
        drafts = {trace.id for trace in self.by_id.values() if not trace.sent}
        return any(
            letter.blocks(self.invoice.id) and (letter.state in _FOR_A_PERSON or letter.id in drafts)
            for letter in self.history.letters_of(self.invoice.id)
        )

    def _lost(self, letter: str) -> bool:
        """Whether the log knows the letter, but no longer what it was for this invoice."""
        return self.history.letters[letter].part(self.invoice.id) is None

    def _untold(self, trace: Trace, climbed: tuple[str, Rung] | None) -> bool:
        """Whether sheet and log were written before this letter, so that neither can say what it was."""
        if climbed and climbed[0] == trace.id:
            return False
        if self.said.rung is not None:
            if trace.id == self.named:
                # A link to a letter that went, beside a level of another day: the invoice is only listed in it.
                return not self.said.sent
            witness = self.by_id.get(self.named)
            if witness is not None:
                return trace.mail.date > witness.mail.date
            if self.said.last is not None and trace.day <= self.said.last:
                return False
        days = [letter.effective for letter in self.known]
        days += [each.day for each in self.history.of(self.invoice.id).completions]
        return all(day is None or trace.day > day for day in days)

    def _likely(self, later: Sequence[Trace], floor: int) -> Rung | None:
        """The level that the last of these letters can have been at the most; None past the last one.

        A policy that climbs step by step has no more levels behind it than letters, and none that was not due yet.
        """
        due, newest = self.invoice.due, later[-1].day
        if self.policy is None or due is None:
            return None
        places = range(floor + 1, len(self.policy.levels) + 1)
        passed_over = {Kind.UPCOMING} if later[0].day > due else set()
        rungs = [
            rung
            for rung in (Rung(self.policy, each) for each in places)
            if rung.level.kind not in passed_over
        ]
        reached = [rung for rung in rungs if due + dt.timedelta(rung.offset) <= newest] or rungs[:1]
        if not self.policy.jumps:
            reached = reached[: len(later)]
        return reached[-1] if reached else None

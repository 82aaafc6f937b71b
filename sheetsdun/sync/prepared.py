"""Everything that a run knows and intends before it has changed anything."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sheetsdun.domain.deed import Asked
from sheetsdun.domain.event import Event
from sheetsdun.domain.fold import fold
from sheetsdun.domain.history import History, LetterHistory
from sheetsdun.domain.invoice import Action, Invoice
from sheetsdun.domain.plan import Plan
from sheetsdun.domain.reminder import Reminder
from sheetsdun.domain.terms import Terms
from sheetsdun.journal.pen import Pen
from sheetsdun.letters import LetterRefused
from sheetsdun.ports import DraftRef, Snapshot
from sheetsdun.rows.payments import Loose
from sheetsdun.sync.digesting import WrittenDigest
from sheetsdun.sync.litter import Litter
from sheetsdun.sync.ours import label
from sheetsdun.sync.run import Run
from sheetsdun.sync.writing import Composed, Unwritten

BATCH = 50
"""Drafts that are made, filled or taken back at once, between two fenced writes; Google advises against more."""

GROUP = 10
"""Letters sent between two looks at the rows: so many could be wrong at the most when somebody pays meanwhile."""

ROWS_A_LETTER = 4
"""Events that one invoice's part of a letter leaves in the log at the most, in one run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What a run found and decided.

    Attributes:
        events: The log as it was read.
        logged: How many events that are; identical copies of a row count once.
        news: What settling, answers and Actions add to it; not yet written.
        history: The log with the news, as if ``take_back`` were taken back already.
        history_id: Where the next look for answers begins; "" if that is not known yet.
        loose: Payments that only a person can match.
        asked: What people ask for in the Action column.
        redone: By letter, the ``asked`` of redos whose draft must be taken back first.
        take_back: Our untouched drafts that a crash left behind, or a redo is about.
        strangers: Drafts that the log does not know.
        litter: Those among them that a run of ours has left behind, as far as it was worth a look.
        letters, unwritten: The plan's reminders, written or not.
        digests, no_digest: Digests for our own people, and why others could not be written.
        to_send: Drafts of earlier runs that go by themselves and have not gone yet.
        stale_cells: Cells that say something else than they should, and that may be written as far as is known.
        emptied: By identity, Actions that are done but for their cell.
        only: Identities of the invoices that letters may be about; none for all.
    """

    run: Run
    snapshot: Snapshot
    events: Sequence[Event]
    logged: int
    news: Sequence[Event]
    history: History
    history_id: str
    invoices: Sequence[Invoice]
    loose: Sequence[Loose]
    terms: Terms
    asked: Asked
    redone: Mapping[str, Sequence[Event]]
    take_back: Sequence[LetterHistory]
    strangers: Sequence[DraftRef]
    litter: Litter
    plan: Plan
    letters: Sequence[Composed]
    digests: Sequence[WrittenDigest]
    no_digest: Sequence[LetterRefused]
    unwritten: Sequence[Unwritten]
    to_send: Sequence[LetterHistory]
    stale_cells: int
    emptied: Mapping[str, Action]
    only: frozenset[str]

    @property
    def tells(self) -> bool:
        """Whether the run has something to write into the log.

        Once a day that is also how far the mailbox's history has come: Gmail forgets it after a week.
        """
        deeds = any(deed.carried_out and deed.invoice.id not in self.emptied for deed in self.asked.deeds)
        return bool(
            self.news
            or self.take_back
            or self.plan.withdrawals
            or self.letters
            or self.digests
            or self.to_send
            or deeds
        ) or (self.first_today and self.history_id != self.history.history_id)

    @property
    def idle(self) -> bool:
        """There is nothing to do: the run writes nothing and never takes the lease."""
        return not (
            self.tells or self.stale_cells or self.first_today or self.litter.shells or self.litter.unknown
        )

    @property
    def first_today(self) -> bool:
        """Nothing has been written today: the header's note must say that the sheet was checked."""
        latest = self.snapshot.links[-1].expires if self.snapshot.links else None
        return latest is None or latest.astimezone(self.run.zone).date() < self.run.today

    @property
    def label(self) -> str:
        """Gmail's label for letters that were sent for this spreadsheet."""
        return label(self.snapshot.title)

    @property
    def writes(self) -> int:
        """Links that the run may add to the chain, roughly."""
        return (
            5
            + 2 * ((len(self.letters) + len(self.digests)) // BATCH)
            + len(self.letters) // GROUP
            + len(self.to_send) // GROUP
        )

    @property
    def rows_to_log(self) -> int:
        """Events that the run may add to the log, roughly."""
        records = [*(each.record for each in self.letters), *(each.record for each in self.digests)]
        parts = sum(len(record.parts) for record in records)
        return len(self.news) + ROWS_A_LETTER * (parts + len(self.to_send) + len(self.plan.withdrawals))

    def history_with(self, pen: Pen) -> History:
        """The log with all that this run has written, or is about to."""
        return fold([*self.events, *pen.written, *pen.pending])

    def free_to_write(self, gone: Collection[str]) -> list[Composed]:
        """The letters, and after them the digests, for which everything that must make way has done so.

        Args:
            gone: Letters whose drafts were certainly taken back.
        """
        wanted = [letter.id for letter in self.take_back]
        wanted += [stale.letter for stale in self.plan.withdrawals]
        left = [self.history.mails[letter] for letter in wanted if letter not in gone]
        letters = [each for each in left if not each.is_digest]
        told = {each.recipients for each in left if each.is_digest}
        free = [each for each in self.letters if not any(_meet(each, other) for other in letters)]
        return [*free, *(each.mail for each in self.digests if each.record.recipients not in told)]


def only_these(plan: Plan, only: Collection[str]) -> Plan:
    """The plan, as far as it is about some invoices; all of it where none are named."""
    if not only:
        return plan
    reminders = tuple(
        each for each in plan.reminders if any(decision.invoice.id in only for decision in each.climbed)
    )
    makes_way = set(_replaced(reminders))
    return replace(
        plan,
        reminders=reminders,
        tasks=tuple(task for task in plan.tasks if task.decision.invoice.id in only),
        withdrawals=tuple(stale for stale in plan.withdrawals if stale.letter in makes_way),
    )


def _replaced(reminders: Iterable[Reminder]) -> Iterable[str]:
    return (letter for reminder in reminders for letter in reminder.replaces)


def _meet(letter: Composed, other: LetterHistory) -> bool:
    """Whether one must not be opened while the other is there: one open draft a debtor, currency and kind."""
    record = letter.record
    same = (record.debtor, record.currency, record.kind) == (other.debtor, other.currency, other.kind)
    return same or not set(record.invoices).isdisjoint(other.invoices)

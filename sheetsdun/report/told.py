"""What a report says, whoever it is for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sheetsdun.domain.decision import Decision
from sheetsdun.domain.deed import Deed
from sheetsdun.domain.digest import Digest
from sheetsdun.domain.event import BY_HAND, Event, Name, Role
from sheetsdun.domain.history import LetterHistory
from sheetsdun.domain.plan import Stale
from sheetsdun.domain.reminder import Task
from sheetsdun.rows.payments import Loose
from sheetsdun.rows.words import Words
from sheetsdun.sync.outcome import LetterOutcome, Outcome, Result
from sheetsdun.sync.prepared import Prepared

_ORDINARY = frozenset({
    Name.RUN, Name.OPENED, Name.DRAFTED, Name.SENDING, Name.SENT, Name.WITHDRAWING, Name.CLEARED,
    Name.DECLINED, Name.PROTECTED,
})  # fmt: skip
"""Events of a letter's ordinary course, and of a run's own; all others are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a run says of itself.

    Attributes:
        spreadsheet: Its title.
        applied: Whether anything could be changed: ``sync``, not ``plan``.
        decisions: One for each row.
        letters: What became of each letter, or is planned for it.
        by_itself: Ids of planned letters that are sent without a person: the policy or an Action says so.
        stale: Drafts that are to be taken back; empty once they were, since events tell of that.
        loose: Payments that only a person can match.
        undone: Actions that are not carried out.
        tasks: What people are to do instead of letters.
        digests: What became of each digest for our own people, or is planned for it.
        events: Those that are no letter's ordinary course.
        calls: HTTP requests by API.
        words: In which reasons are told.
    """

    run: str
    today: dt.date
    spreadsheet: str
    applied: bool
    decisions: Sequence[Decision]
    letters: Sequence[LetterOutcome]
    by_itself: frozenset[str]
    stale: Sequence[Stale]
    loose: Sequence[Loose]
    undone: Sequence[Deed]
    tasks: Sequence[Task]
    digests: Sequence[tuple[Digest, LetterOutcome]]
    events: Sequence[Event]
    calls: Mapping[str, int]
    warnings: Sequence[str]
    stopped: str
    words: Words


def told(prepared: Prepared, outcome: Outcome, calls: Mapping[str, int], headers: Mapping[str, str]) -> Told:
    """Gather what a report says.

    Args:
        prepared: What the run found and decided.
        outcome: What came of it; an empty one for ``plan``.
        calls: HTTP requests by API.
        headers: What each column is called in the sheet.
    """
    events = [*outcome.events] if outcome.applied else [*prepared.news]
    return Told(
        run=prepared.run.id,
        today=prepared.run.today,
        spreadsheet=prepared.snapshot.title,
        applied=outcome.applied,
        decisions=prepared.plan.decisions,
        letters=_letters(prepared, outcome),
        by_itself=frozenset() if outcome.applied else _by_itself(prepared),
        stale=() if outcome.applied else prepared.plan.withdrawals,
        loose=prepared.loose,
        undone=[deed for deed in prepared.asked.deeds if not deed.carried_out],
        tasks=prepared.plan.tasks,
        digests=_digests(prepared, outcome),
        events=[event for event in events if _telling(event)],
        calls=calls,
        warnings=outcome.warnings,
        stopped=outcome.stopped,
        words=Words("en", prepared.run.today, headers),
    )


def total(letter: LetterHistory) -> Decimal:
    """What the letter asks for: what climbs by it, less credits, unless these would swallow it whole."""
    climbed = sum((part.balance or Decimal(0) for part in letter.climbed), Decimal(0))
    credits_ = sum((part.balance for part in letter.parts if part.balance and part.balance < 0), Decimal(0))
    return climbed + credits_ if climbed + credits_ > 0 else climbed


def sternest_level(letter: LetterHistory) -> str:
    """The level that gives the letter its text."""
    return max(letter.climbed, key=lambda part: part.offset).level if letter.climbed else ""


def invoices(letter: LetterHistory, role: Role) -> list[str]:
    """Identities of the invoices that have this role in the letter."""
    return [part.invoice for part in letter.parts if part.role == role]


def _letters(prepared: Prepared, outcome: Outcome) -> list[LetterOutcome]:
    """In the order of the plan; then what happened to letters of earlier runs."""
    records = [each.record for each in prepared.letters]
    if not outcome.applied:
        records += _released(prepared)
    planned = {record.id: LetterOutcome(record, Result.PLANNED) for record in records}
    refused = {
        each.record.id: LetterOutcome(each.record, Result.FAILED, str(each.refusal))
        for each in prepared.unwritten
    }
    whole = planned | refused | outcome.letters
    return [each for each in whole.values() if not each.letter.is_digest]


def _digests(prepared: Prepared, outcome: Outcome) -> list[tuple[Digest, LetterOutcome]]:
    return [
        (each.digest, outcome.letters.get(each.record.id, LetterOutcome(each.record, Result.PLANNED)))
        for each in prepared.digests
    ]


def _released(prepared: Prepared) -> list[LetterHistory]:
    """Drafts of earlier runs that are sent now: an Action asks for it, or the policy does."""
    asked = [prepared.history.letters[letter] for letter in prepared.asked.send]
    return [*asked, *(letter for letter in prepared.to_send if letter not in asked)]


def _by_itself(prepared: Prepared) -> frozenset[str]:
    written = (each.record for each in prepared.letters)
    released = {letter.id for letter in _released(prepared)}
    return frozenset(released | {letter.id for letter in written if prepared.terms.goes_by_itself(letter)})


def _telling(event: Event) -> bool:
    if event.role == Role.DIGEST:
        return False
    return event.name not in _ORDINARY or (event.name == Name.SENT and event.note == BY_HAND)

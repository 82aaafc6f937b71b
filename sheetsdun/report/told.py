"""What a report says, whoever it is for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sheetsdun.domain.decision import Decision
from sheetsdun.domain.event import BY_HAND, Event, Name, Role
from sheetsdun.domain.history import LetterHistory
from sheetsdun.domain.reminder import Task
from sheetsdun.rows.words import Words
from sheetsdun.sync.outcome import LetterOutcome, Outcome, Result
from sheetsdun.sync.prepared import Prepared

_ORDINARY = frozenset({
    Name.RUN, Name.OPENED, Name.DRAFTED, Name.SENDING, Name.SENT, Name.WITHDRAWING, Name.CLEARED,
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
        tasks: What people are to do instead of letters.
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
    tasks: Sequence[Task]
    events: Sequence[Event]
    calls: Mapping[str, int]
    warnings: Sequence[str]
    stopped: str
    withdrawn: int
    words: Words


def told(prepared: Prepared, outcome: Outcome, calls: Mapping[str, int]) -> Told:
    """Gather what a report says.

    Args:
        prepared: What the run found and decided.
        outcome: What came of it; an empty one for ``plan``.
        calls: HTTP requests by API.
    """
    events = [*outcome.events] if outcome.applied else [*prepared.news]
    return Told(
        run=prepared.run.id,
        today=prepared.run.today,
        spreadsheet=prepared.snapshot.title,
        applied=outcome.applied,
        decisions=prepared.plan.decisions,
        letters=_letters(prepared, outcome),
        tasks=prepared.plan.tasks,
        events=[event for event in events if _telling(event)],
        calls=calls,
        warnings=outcome.warnings,
        stopped=outcome.stopped,
        withdrawn=len({event.letter for event in events if event.name == Name.WITHDRAWN}),
        words=Words("en", prepared.run.today),
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
    planned = {each.record.id: LetterOutcome(each.record, Result.PLANNED) for each in prepared.letters}
    refused = {
        each.record.id: LetterOutcome(each.record, Result.FAILED, str(each.refusal))
        for each in prepared.unwritten
    }
    return [*(planned | refused | outcome.letters).values()]


def _telling(event: Event) -> bool:
    return event.name not in _ORDINARY or (event.name == Name.SENT and event.note == BY_HAND)

"""Which level is next for an invoice, and when. Guards, debtors and money are no matter here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sheetsdun.domain.calendar import ONE_DAY, end_of_month
from sheetsdun.domain.event import Name
from sheetsdun.domain.history import Completion, LetterHistory
from sheetsdun.domain.policy import Basis, Climb, Kind, Level, Policy, Rung
from sheetsdun.domain.terms import Terms


class Ahead(NamedTuple):
    """The next level.

    Attributes:
        rung: Its place.
        day: The day on which it falls due by the ladder alone.
        goes: The first sending day, from today on, on which it may go.
        deadline: The day to pay that the last letter named, where it is what ``day`` waits for; None elsewhere.
    """

    rung: Rung
    day: dt.date
    goes: dt.date
    deadline: dt.date | None = None


def ahead(
    policy: Policy,
    due: dt.date,
    completions: Sequence[Completion],
    letters: Sequence[LetterHistory],
    terms: Terms,
    today: dt.date,
    drafted: str = "",
) -> Ahead | None:
    """The next level of an invoice; None past the last one.

    Levels are never skipped, except for those before the due date whose day has passed: they are passed over, never
    sent late. A policy that jumps goes to the highest level reached.

    Args:
        policy: The ladder that counts now.
        due: The invoice's due date.
        completions: The levels behind it, of any policy.
        letters: Its letters, for the deadlines in them.
        terms: Calendar, and the policies of earlier levels.
        today: The run's day.
        drafted: Name of a level whose draft lies ready: it stays good until the due date has passed, also on days on
            which nothing is sent.
    """
    last = completions[-1] if completions else None
    floor = 0
    for completion in completions:
        floor = max(floor, completed_place(policy, completion))
    deadline = _deadline(last, letters, terms)
    candidates: list[Ahead] = []
    for rung in policy.rungs[floor:]:
        level = rung.level
        if policy.climb is Climb.JUMP and candidates and level.basis is Basis.PREVIOUS:
            continue  # It has no day before the level below it is done; a higher one may have been reached all the same.
        day = _day(rung, due, last, terms)
        waits = None
        if deadline and deadline >= day:
            waits, day = deadline, deadline + ONE_DAY
        ready = level.name == drafted and day <= today
        goes = today if ready else terms.calendar.next_sending_day(max(day, today))
        if level.kind is Kind.UPCOMING:
            missed = not ready and terms.calendar.next_sending_day(day) < today
            if missed or goes > due:
                continue
        candidates.append(Ahead(rung, day, goes, waits))
        if policy.climb is Climb.STEP:
            break
    return _chosen(candidates, today)


def _chosen(candidates: list[Ahead], today: dt.date) -> Ahead | None:
    """The highest level that may go today, or else the highest on the first day on which any may."""
    if len(candidates) <= 1:
        return candidates[0] if candidates else None
    first = min(candidate.goes for candidate in candidates)
    reached = [candidate for candidate in candidates if candidate.goes <= max(first, today)]
    return reached[-1] if reached else None


def completed_place(policy: Policy, completion: Completion) -> int:
    """How far up this policy a completed level reaches; 0 for not at all.

    A level of another policy, or one that the config has no more, counts by its days past due: one goes on at the
    first level whose offset is greater.
    """
    if completion.policy == policy.name and (rung := policy.rung(completion.level)):
        return rung.place
    higher = (rung.place for rung in policy.rungs if rung.offset > completion.offset)
    return next(higher, len(policy.levels) + 1) - 1


def _day(rung: Rung, due: dt.date, last: Completion | None, terms: Terms) -> dt.date:
    """The day on which a level falls due, from its basis and from the level completed before it."""
    level = rung.level
    if level.basis is Basis.PREVIOUS:
        start = last.day + dt.timedelta(level.offset) if last else due + dt.timedelta(rung.offset)
    else:
        start = due + dt.timedelta(level.offset)
        if level.basis is Basis.END_OF_MONTH:
            start = end_of_month(start)
        if last and rung.policy.climb is Climb.STEP:
            start = max(start, _not_closer(level, last, terms) or start)
        if last and last.how == Name.SENT:
            start = max(
                start, last.day + ONE_DAY
            )  # Two letters on one day would be one too many, whatever their bases.
    # An overdue letter on the due date, or before it, would be untrue.
    return max(start, due + ONE_DAY) if level.kind is Kind.OVERDUE else start


def _not_closer(level: Level, last: Completion, terms: Terms) -> dt.date | None:
    """The day that keeps a level as far from the one before as the ladder means it; None between different bases."""
    policy = terms.policies.get(last.policy)
    before = policy.rung(last.level) if policy else None
    basis, offset = (before.level.basis, before.level.offset) if before else (Basis.DUE, last.offset)
    return last.day + dt.timedelta(level.offset - offset) if basis is level.basis else None


def _deadline(last: Completion | None, letters: Sequence[LetterHistory], terms: Terms) -> dt.date | None:
    """The day to pay that the letter of the last completed level named."""
    if last is None or not last.letter or last.how != Name.SENT:
        return None
    for letter in reversed(letters):
        if letter.id == last.letter:
            return terms.deadline(letter)
    return None

"""Which level is next for an invoice, and when. Guards, debtors and money are no matter here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sheetsdun.domain.calendar import ONE_DAY, end_of_month, span
from sheetsdun.domain.event import Name
from sheetsdun.domain.history import Completion, LetterHistory
from sheetsdun.domain.policy import Basis, Level, Policy, Rung
from sheetsdun.domain.terms import Terms

_DUE, _END_OF_MONTH, _PREVIOUS, _SENT = Basis.DUE, Basis.END_OF_MONTH, Basis.PREVIOUS, Name.SENT


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
    deadline = _deadline(completions, letters, terms)
    behind = terms.rung(last) if last else None
    next_sending_day = terms.calendar.next_sending_day
    candidates: list[Ahead] = []
    for rung in policy.rungs[height(policy, completions) :]:
        level = rung.level
        if candidates and level.basis is _PREVIOUS:
            continue  # It has no day before the level below it is done; a higher one may have been reached all the same.
        day = _day(rung, due, last, behind)
        waits = None
        if deadline and deadline >= day:
            waits, day = deadline, deadline + ONE_DAY
        ready = level.name == drafted and day <= today
        goes = today if ready else next_sending_day(max(day, today))
        if not level.overdue:
            missed = not ready and next_sending_day(day) < today
            if missed or goes > due:
                continue
        found = Ahead(rung, day, goes, waits)
        if not policy.jumps:
            return found
        candidates.append(found)
    return _chosen(candidates, today)


def height(policy: Policy, completions: Iterable[Completion]) -> int:
    """How far up this policy completed levels reach: the highest place, 0 for none.

    A level of another policy, or one that the config has no more, counts by its days past due: one goes on at the
    first level whose offset is greater.
    """
    places = [0]
    for completion in completions:
        own = policy.rung(completion.level) if completion.policy == policy.name else None
        if own is not None:
            places.append(own.place)
        else:
            higher = (rung.place for rung in policy.rungs if rung.offset > completion.offset)
            places.append(next(higher, len(policy.levels) + 1) - 1)
    return max(places)


def _chosen(candidates: list[Ahead], today: dt.date) -> Ahead | None:
    """The highest level that may go today, or else the highest on the first day on which any may."""
    if not candidates:
        return None
    first = min(candidate.goes for candidate in candidates)
    return [candidate for candidate in candidates if candidate.goes <= max(first, today)][-1]


def _day(rung: Rung, due: dt.date, last: Completion | None, behind: Rung | None) -> dt.date:
    """The day on which a level falls due, from its basis and from the level completed before it.

    Args:
        rung: The level.
        due: The invoice's due date.
        last: The level completed before it, if there is one.
        behind: Where that stands; None where the config has it no more.
    """
    level = rung.level
    if level.basis is _PREVIOUS:
        start = last.day + span(level.offset) if last else due + span(rung.offset)
    else:
        start = due + span(level.offset)
        if level.basis is _END_OF_MONTH:
            start = end_of_month(start)
        if last is not None:
            distance = None if rung.policy.jumps else _distance(level, last, behind)
            if distance is not None:
                start = max(start, last.day + span(distance))
            if last.how == _SENT and start <= last.day:
                # Two letters on one day would be one too many, whatever their bases.
                start = last.day + ONE_DAY
    # An overdue letter on the due date, or before it, would be untrue.
    return due + ONE_DAY if start <= due and level.overdue else start


def _distance(level: Level, last: Completion, behind: Rung | None) -> int | None:
    """Days that keep a level as far from the one before as the ladder means it; None between different bases."""
    if behind is None:
        return level.offset - last.offset if level.basis is _DUE else None
    before = behind.level
    return level.offset - before.offset if level.basis is before.basis else None


def _deadline(
    completions: Sequence[Completion], letters: Sequence[LetterHistory], terms: Terms
) -> dt.date | None:
    """The day to pay that the last letter named; levels that were skipped or done since do not take it back."""
    for completion in reversed(completions):
        if completion.letter and completion.how == _SENT:
            for letter in reversed(letters):
                if letter.id == completion.letter:
                    return terms.deadline(letter)
            return None
    return None

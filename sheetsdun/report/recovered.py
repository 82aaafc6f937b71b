"""What a recovery has found, for the person who must agree to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from sheetsdun.domain.event import Event, Name, Role
from sheetsdun.domain.policy import Rung
from sheetsdun.rows.words import Words
from sheetsdun.sync.recover import Recovery

_DOUBTS_SHOWN = 20


def as_lines(found: Recovery) -> Iterator[str]:
    """What is left, what would be added, and what a person must look at afterwards."""
    words = Words("en", found.run.today)
    yield from _left(found)
    yield f"The mailbox knows {_count(len(found.letters), 'letter')} of this spreadsheet's."
    if found.unfound:
        yield (
            f"{_count(found.unfound, 'more letter')} with our label cannot be found yet, since Gmail's search lags: "
            "sync will refuse until you have run recover again, in an hour or tomorrow."
        )
    if not found.needed:
        yield "Nothing is missing."
        return
    yield from _added(found, words)
    yield from _doubts(found, words)


def _left(found: Recovery) -> Iterator[str]:
    left = found.left
    if not left.tab:
        yield "The log's tab is gone."
        return
    said = f"The log has {_count(len(left.events), 'event')} that can be read"
    trouble = []
    if left.unreadable:
        rows = ", ".join(map(str, left.unreadable[:10])) + (", …" if len(left.unreadable) > 10 else "")  # noqa: PLR2004 - a glance
        trouble.append(f"row{'s' if len(left.unreadable) > 1 else ''} {rows} cannot be read")
    if left.missing:
        trouble.append(f"{_count(left.missing, 'event')} {'is' if left.missing == 1 else 'are'} missing")
    if left.moved and not trouble:
        trouble.append("two rows claim the same number")
    yield f"{said}; {' and '.join(trouble)}." if trouble else f"{said}, and nothing is wrong with it."


def _added(found: Recovery, words: Words) -> Iterator[str]:
    letters: dict[str, list[Event]] = {}
    for event in found.news:
        if event.letter and event.name in {Name.SENT, Name.EDITED}:
            letters.setdefault(event.letter, []).append(event)
    if letters:
        yield "Letters that are added to the log:"
    for letter, events in letters.items():
        first = events[0]
        when = f"sent on {words.date(first.effective)}" if first.effective else "a draft"
        yield f"  {letter}  {when}, to {', '.join(first.recipients) or 'nobody'}: {_named(found, events, words)}"
    levels = [event for event in found.news if event.name == Name.SKIPPED]
    if levels:
        yield "Levels that count as done, since the status columns say so and no letter was found:"
    for event in levels:
        yield f"  {event.invoice}  {_step(found, event, words)}"
    counted = Counter(event.name for event in found.news if event.name in {Name.REPLIED, Name.BOUNCED})
    for name, count in counted.items():
        what = "answer" if name == Name.REPLIED else "delivery report"
        yield f"{_count(count, what)} to last letters, which will be shown in the sheet until somebody chooses clear."


def _doubts(found: Recovery, words: Words) -> Iterator[str]:
    doubts = [event for event in found.news if event.name == Name.UNCERTAIN]
    if not doubts:
        return
    yield "For these a person must look in Sent, then choose redo or skip; until then they get no letter:"
    for event in doubts[:_DOUBTS_SHOWN]:
        yield f"  {event.invoice}  {_step(found, event, words)}?  {event.note}"
    if len(doubts) > _DOUBTS_SHOWN:
        yield f"  … and {len(doubts) - _DOUBTS_SHOWN} more"


def _named(found: Recovery, events: list[Event], words: Words) -> str:
    climbed = [
        f"{event.invoice} {_step(found, event, words)}" for event in events if event.role == Role.CLIMBED
    ]
    listed = [event.invoice for event in events if event.role == Role.LISTED]
    also = [f"named: {', '.join(listed)}"] if listed else []
    return ", ".join([*climbed, *also]) or "about invoices that are not in the sheet any more"


def _step(found: Recovery, event: Event, words: Words) -> str:
    rungs: Mapping[str, Rung] = {
        level.name: Rung(policy, place)
        for policy in (found.terms.policies.get(event.policy),)
        if policy
        for place, level in enumerate(policy.levels, start=1)
    }
    rung = rungs.get(event.level)
    return (
        words.step(event.level, rung.place, len(rung.policy.levels)) if rung else event.level or "a reminder"
    )


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"

"""The story of one invoice: what the log has of it, day by day, as a person would tell it; and what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sheetsdun.domain.decision import Arg, Decision, Reason, Verdict
from sheetsdun.domain.event import BY_HAND, Event, Name, Role
from sheetsdun.domain.invoice import Action
from sheetsdun.domain.reasons import Code
from sheetsdun.domain.terms import Terms
from sheetsdun.journal.rows import HEADER, encode
from sheetsdun.rows.words import Words
from sheetsdun.sync.backfill import BEFORE_US
from sheetsdun.sync.recollect import FROM_SHEET

_ENDS = {
    Name.OPENED: frozenset({Name.DRAFTED, Name.EDITED, Name.SENT, Name.FAILED, Name.GONE, Name.WITHDRAWN}),
    Name.SENDING: frozenset({Name.SENT, Name.FAILED, Name.REFUSED, Name.UNCERTAIN, Name.DRAFTED}),
    Name.WITHDRAWING: frozenset({Name.WITHDRAWN, Name.EDITED, Name.SENT}),
    Name.GONE: frozenset({Name.SENT, Name.DISCARDED, Name.WITHDRAWN, Name.EDITED, Name.UNCERTAIN}),
}
"""A step that is told only as long as none of these has followed it."""

_ONCE = frozenset({Name.DRAFTED, Name.EDITED})
_ASKED = {
    Action.SEND: "Somebody chose send: the draft goes as it stands",
    Action.REDO: "Somebody chose redo: the letter is made anew",
    Action.CLEAR: "Somebody chose clear: the answer is dealt with",
}
"""Skip and done are told by what they have completed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What is known of one invoice.

    Attributes:
        invoice: Its identity.
        events: Those of the log that name it, oldest first.
        decision: What is decided for it now; None where its row is not in the sheet any more.
    """

    invoice: str
    events: Sequence[Event]
    decision: Decision | None


def as_lines(story: Story, terms: Terms, words: Words) -> Iterator[str]:
    """The story in sentences, newest last, and what comes next as the last of them."""
    yield heading(story.invoice, story.decision, words)
    yield from happened(story.events, terms, words)
    yield _next(story.decision, words)


def happened(events: Sequence[Event], terms: Terms, words: Words) -> Iterator[str]:
    """What the log has of an invoice, in sentences, newest last."""
    told = [*_Teller(events, terms, words).told()]
    width = max((len(day) for day, _ in told), default=0)
    for day, sentence in told:
        yield f"  {day:>{width}}  {sentence}"
    if not told:
        yield "  Nothing has happened yet."


def as_record(story: Story, words: Words) -> dict[str, Any]:
    """The story for programs: events as the log has them, by the names of its columns."""
    names = [column.lower().replace(" ", "_") for column in HEADER]
    decision = story.decision
    return {
        "invoice": story.invoice,
        "row": decision.invoice.row if decision else None,
        "decision": decision.verdict if decision else None,
        "level": decision.level.name if decision and decision.level else None,
        "until": decision.until.isoformat() if decision and decision.until else None,
        "reason": _reasons(decision, words) if decision else "",
        "events": [dict(zip(names, encode(event), strict=True)) for event in story.events],
    }


def heading(name: str, decision: Decision | None, words: Words) -> str:
    """The invoice in one line: whose it is, what is open of it, when it was due."""
    if decision is None:
        return f"{name} (no row in the sheet any more)"
    invoice = decision.invoice
    parts = [name, invoice.customer]
    if invoice.balance is not None:
        parts.append(f"{words.money(invoice.balance)} {invoice.currency} open".replace("  ", " "))
    if invoice.due is not None:
        parts.append(f"due {words.date(invoice.due)}")
    return f"{', '.join(part for part in parts if part)} (row {invoice.row})"


def _next(decision: Decision | None, words: Words) -> str:
    if decision is None:
        return "Next: nothing, as long as its row is not in the sheet."
    said = _reasons(decision, words)
    if decision.verdict is Verdict.WAIT and said.startswith("Next:"):
        return said
    return f"Next: {said}"


def _reasons(decision: Decision, words: Words) -> str:
    return " ".join(map(words.reason, (decision.reason, *decision.others)))


class _Teller:
    """Tells the events of one invoice: each step that matters once, by whom it was."""

    def __init__(self, events: Sequence[Event], terms: Terms, words: Words) -> None:
        self.events = events
        self.terms = terms
        self.words = words
        self.cycle = 1

    def told(self) -> Iterator[tuple[str, str]]:
        """Day and sentence of what is worth telling."""
        seen: set[tuple[str, str]] = set()
        for place, event in enumerate(self.events):
            again = (event.letter, event.name) in seen
            if event.letter:
                seen.add((event.letter, event.name))
            if (again and event.name in _ONCE) or self._followed(place):
                continue
            if sentence := self._sentence(event):
                yield self.words.date(event.effective or event.day), sentence
            if event.name == Name.ASKED and event.note == Action.REDO:
                seen = {key for key in seen if key[0] != event.letter}

    def _followed(self, place: int) -> bool:
        event = self.events[place]
        ends = _ENDS.get(Name(event.name)) if event.name in _ENDS else None
        later = (other.name for other in self.events[place + 1 :] if other.letter == event.letter)
        return ends is not None and not ends.isdisjoint(later)

    def _sentence(self, event: Event) -> str:  # noqa: C901, PLR0911, PLR0912  one case an event, side by side
        letter = self._letter(event)
        match event.name:
            case Name.OPENED if event.role == Role.DIGEST:
                return f"Told to {', '.join(event.recipients)}, in the digest {event.letter}"
            case Name.OPENED:
                return f"We began a draft: {letter}"
            case Name.DRAFTED:
                return f"We made a draft: {letter}"
            case Name.SENDING:
                return f"We handed it to Gmail, which has not answered yet: {letter}"
            case Name.SENT if event.role == Role.LISTED:
                return f"Shown in a letter about other invoices: {letter}"
            case Name.SENT:
                return f"{'Sent by hand' if event.note == BY_HAND else 'We sent it'}: {letter}"
            case Name.EDITED:
                return f"Somebody edited the draft {event.letter}{_noted(event)}"
            case Name.GONE:
                return f"The draft {event.letter} is not there any more; we look whether it was sent"
            case Name.WITHDRAWING:
                return f"We are taking the draft {event.letter} back{self._why(event)}"
            case Name.WITHDRAWN:
                return f"We took the draft {event.letter} back{self._why(event)}"
            case Name.DISCARDED:
                return f"Somebody deleted the draft {event.letter}{_noted(event)}"
            case Name.SKIPPED if event.note in {BEFORE_US, FROM_SHEET}:
                return f"{self._step(event)} counts as done, {event.note}"
            case Name.SKIPPED:
                return f"Somebody chose skip: {self._step(event)} counts as done{_noted(event)}"
            case Name.DONE:
                return f"Done by hand: {self._step(event)}{_noted(event)}"
            case Name.FAILED:
                return f"Google refused the letter {event.letter}{_noted(event)}"
            case Name.REFUSED:
                return f"Google refused to send the edited draft {event.letter}{_noted(event)}"
            case Name.UNCERTAIN:
                return f"Nobody can tell whether {self._step(event)} was sent{_noted(event)}"
            case Name.REPLIED:
                return f"{event.note or 'Somebody'} answered"
            case Name.BOUNCED:
                return f"It came back{_noted(event)}"
            case Name.ASKED:
                return _ASKED[Action(event.note)] + self._new_cycle(event) if event.note in _ASKED else ""
            case Name.DECLINED:
                return f"Somebody chose {event.note}, which could not be carried out then"
            case Name.CLEARED | Name.PROTECTED | Name.RUN:
                return ""
            case _:
                return f"{event.name}{_noted(event)} (written by another version)"

    def _letter(self, event: Event) -> str:
        """Level, sum, whom to, and the reference, as far as the event tells them."""
        money = (
            f"{self.words.money(event.balance)} {event.currency}".strip() if event.balance is not None else ""
        )
        to = f"to {', '.join(event.recipients)}" if event.recipients else ""
        step = self._step(event) if event.level else ""
        return ", ".join(part for part in (step, money, to, event.letter) if part)

    def _step(self, event: Event) -> str:
        """``firm (4 of 5)``; the name alone where the config has that level no more."""
        policy = self.terms.policies.get(event.policy)
        place = policy.position(event.level) if policy else None
        if policy is None or place is None:
            return event.level or "a reminder"
        return self.words.step(event.level, place, len(policy.levels))

    def _why(self, event: Event) -> str:
        """The reason of a withdrawal, from its code; ``withdrawn`` itself does not say it."""
        code = event.note or next(
            (
                other.note
                for other in reversed(self.events)
                if (other.letter, other.name) == (event.letter, Name.WITHDRAWING)
            ),
            "",
        )
        if code not in set(Code):
            return ""
        args: dict[str, Arg] = {"invoice": event.invoice}
        said = self.words.reason(Reason(code, args)).rstrip(".")
        # The log keeps the code alone: a sentence that needs more is told by the code's own words.
        said = code.replace("_", " ") if "—" in said else f"{said[:1].lower()}{said[1:]}"
        return f": {said}"

    def _new_cycle(self, event: Event) -> str:
        if event.note != Action.REDO:
            return ""
        self.cycle += 1
        return f" (cycle {self.cycle})"


def _noted(event: Event) -> str:
    return f" ({event.note})" if event.note else ""

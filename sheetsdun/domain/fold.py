"""The fold: events of the log -> history. What each event means is said here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from sheetsdun.domain.event import BY_HAND, Event, Name, Role, in_order
from sheetsdun.domain.folding import InvoiceFold, LetterFold
from sheetsdun.domain.history import WITHOUT_DRAFT, Answer, Completion, History, State
from sheetsdun.domain.invoice import Action

_STATES: dict[str, State] = {
    Name.DRAFTED: State.DRAFTED,
    Name.EDITED: State.DRAFTED,
    Name.REFUSED: State.DRAFTED,
    Name.SENDING: State.SENDING,
    Name.SENT: State.SENT,
    Name.GONE: State.GONE,
    Name.WITHDRAWING: State.WITHDRAWING,
    Name.WITHDRAWN: State.WITHDRAWN,
    Name.DISCARDED: State.DISCARDED,
    Name.FAILED: State.FAILED,
    Name.UNCERTAIN: State.UNCERTAIN,
}
"""Events that put their letter into a state; the latest one counts."""

_SEEN = frozenset({Name.DRAFTED, Name.EDITED, Name.REFUSED})
_PARTS = frozenset({Role.CLIMBED, Role.LISTED})
_DIGEST = Role.DIGEST
_GONE, _DRAFTED, _SENDING, _SENT = Name.GONE, Name.DRAFTED, Name.SENDING, Name.SENT
_MAY_BE_GONE = frozenset({State.OPENED, State.DRAFTED})
"""``gone`` says of the other states only that their draft was looked for once more."""


def fold(events: Iterable[Event]) -> History:
    """Fold the log.

    Events count in the order of their sequence; identical copies are ignored. Where a number is missing, or two
    different events share one, the fold stops before it and ``History.broken`` names it. Events that are not yet
    written (sequence 0) come after all others, in the order given. Unknown names change nothing.
    """
    known, broken = in_order(events)
    folding = _Folding()
    for event in known:
        folding.take(event)
    return folding.history(known, broken)


class _Folding:
    """The fold while it runs."""

    def __init__(self) -> None:
        self.letters: dict[str, LetterFold] = {}
        self.digests: dict[str, LetterFold] = {}
        self.invoices: dict[str, InvoiceFold] = {}
        self.answers: set[str] = set()

    def invoice(self, name: str) -> InvoiceFold:
        if name not in self.invoices:
            self.invoices[name] = InvoiceFold()
        return self.invoices[name]

    def take(self, event: Event) -> None:
        """Let one event change the letter and the invoices that it names."""
        if event.role == _DIGEST:
            self._digest(event)
            return
        letter = self._letter(event) if event.letter else None
        if letter:
            self._move(letter, event)
            letter.note_ids(event)
        if (tell := _TELLS.get(event.name)) is not None:
            tell(self, letter, event)

    def _digest(self, event: Event) -> None:
        """A digest is about our own people: nothing that befalls it changes an invoice."""
        digest = self.digests.setdefault(event.letter, LetterFold(event))
        if event.invoice not in digest.parts:
            digest.add_part(event)
        self._move(digest, event)
        digest.note_ids(event)

    def _letter(self, event: Event) -> LetterFold:
        """The event's letter, with the part that the event tells of."""
        letter = self.letters.get(event.letter)
        if letter is None:
            letter = self.letters[event.letter] = LetterFold(event)
        if event.invoice and event.invoice not in letter.parts and event.role in _PARTS:
            letter.add_part(event)
            self.invoice(event.invoice).letters.append(event.letter)
        return letter

    def _move(self, letter: LetterFold, event: Event) -> None:
        """Put the letter into the state that the event tells of."""
        name = event.name
        if name == _SENDING:
            letter.asked_by = event.run
        elif name in _SEEN:
            if event.run == letter.asked_by:
                letter.asked_by = ""
            letter.gone = None
            letter.filled = True
            letter.edited |= name != _DRAFTED
            letter.refused = event.note if name == Name.REFUSED else ""
        elif name == _GONE:
            letter.gone = letter.gone or event.time
        state = _STATES.get(name)
        if state and (name != _GONE or letter.state in _MAY_BE_GONE):
            letter.become(state, event)

    def complete_all(self, letter: LetterFold | None, event: Event) -> None:
        """The letter went: every invoice that climbs by it has its level behind it.

        The first row says so of all; the others, one for each invoice, only of parts that were not known then.
        """
        if letter is None:
            return
        names = letter.parts if letter.effective is None else letter.parts.keys() & {event.invoice}
        letter.effective = day = event.effective or event.day
        letter.by_hand = event.note == BY_HAND
        for name in names:
            part, invoice = letter.parts[name], self.invoice(name)
            if part.climbed:
                invoice.complete(
                    Completion(
                        policy=part.policy,
                        level=part.level,
                        offset=part.offset,
                        cycle=part.cycle,
                        day=day,
                        how=_SENT,
                        letter=letter.id,
                    )
                )
            if invoice.answer and invoice.answer.day < day:
                invoice.answer = None

    def complete(self, letter: LetterFold | None, event: Event) -> None:
        if not event.invoice:
            return
        self.invoice(event.invoice).complete(
            Completion(
                policy=event.policy,
                level=event.level,
                offset=event.offset,
                cycle=event.cycle,
                day=event.effective or event.day,
                how=event.name,
                letter=event.letter,
            )
        )
        if letter:
            letter.skip(event.invoice)
            if letter.state in WITHOUT_DRAFT and letter.all_skipped:
                letter.become(State.SKIPPED, event)

    def answer(self, letter: LetterFold | None, event: Event) -> None:
        if event.message_id:
            self.answers.add(event.message_id)
        answer = Answer(
            bounced=event.name == Name.BOUNCED,
            who=event.note,
            day=event.effective or event.day,
            thread_id=event.thread_id,
            letter=event.letter,
        )
        if event.invoice and self.invoice(event.invoice).answer == answer:
            return  # The row of another invoice of the letter has said so of all.
        for name in letter.parts if letter and letter.parts else filter(None, [event.invoice]):
            invoice = self.invoice(name)
            written_since = any(
                (sent := self.letters[other].effective) is not None and sent > answer.day
                for other in invoice.letters
            )
            if not written_since:
                invoice.answer = answer

    def ask(self, letter: LetterFold | None, event: Event) -> None:
        if not event.invoice:
            return
        invoice = self.invoice(event.invoice)
        invoice.pending.setdefault(event.note, event.letter)
        if event.note == Action.REDO:
            self._redo(letter, invoice, event)
        elif event.note == Action.CLEAR:
            self._forget_answer(invoice)

    def decline(self, _letter: LetterFold | None, event: Event) -> None:
        if event.invoice:
            self.invoice(event.invoice).declined.setdefault(event.note, event.letter)

    def clear(self, _letter: LetterFold | None, event: Event) -> None:
        if not event.invoice:
            return
        invoice = self.invoice(event.invoice)
        asked = self.letters.get(invoice.pending.pop(event.note, ""))
        if asked and event.note == Action.SEND:
            asked.refused = ""  # Whoever asks again wants it tried again.
        invoice.declined.pop(event.note, None)
        if event.note == Action.CLEAR:
            self._forget_answer(invoice)

    def _redo(self, letter: LetterFold | None, invoice: InvoiceFold, event: Event) -> None:
        """Put the letter out of the way and free its levels; without a letter, the invoice's last level."""
        letter = letter or self._to_redo(event.invoice)
        if letter is None:
            invoice.take_back("")
            return
        if letter.state is State.REPLACED:
            return
        went = letter.state is State.SENT
        letter.become(State.REPLACED, event)
        for name, part in letter.parts.items():
            other = self.invoice(name)
            if part.climbed and (not went or other.last_letter == letter.id):
                other.take_back(letter.id)
            if other.answer and other.answer.letter == letter.id:
                other.answer = None

    def _to_redo(self, name: str) -> LetterFold | None:
        """The letter that stands open for the invoice, or else the one of its last completed level."""
        invoice = self.invoice(name)
        for letter in map(self.letters.__getitem__, reversed(invoice.letters)):
            if letter.state.open and letter.parts[name].climbed:
                return letter
        return self.letters.get(invoice.last_letter)

    def _forget_answer(self, invoice: InvoiceFold) -> None:
        """An answer to one letter is dealt with for every invoice that the letter speaks of."""
        answer, invoice.answer = invoice.answer, None
        letter = self.letters.get(answer.letter) if answer else None
        for name in letter.parts if letter else ():
            other = self.invoice(name)
            if other.answer and answer and other.answer.letter == answer.letter:
                other.answer = None

    def history(self, events: list[Event], broken: int | None) -> History:
        """What has come of all."""
        return History(
            invoices={name: invoice.history() for name, invoice in self.invoices.items()},
            letters={name: letter.history() for name, letter in self.letters.items()},
            digests={name: digest.history() for name, digest in self.digests.items()},
            count=len(events),
            broken=broken,
            last_day=max((event.day for event in events), default=None),
            last_time=max((event.time for event in events), default=None),
            mailbox=next((event.mailbox for event in reversed(events) if event.mailbox), ""),
            history_id=next((event.history_id for event in reversed(events) if event.history_id), ""),
            protected=next((event.note for event in reversed(events) if event.name == Name.PROTECTED), ""),
            answers=frozenset(self.answers),
            last_run=next((event for event in reversed(events) if event.name == Name.RUN), None),
        )


_TELLS: Mapping[str, Callable[[_Folding, LetterFold | None, Event], None]] = {
    Name.SENT: _Folding.complete_all,
    Name.SKIPPED: _Folding.complete,
    Name.DONE: _Folding.complete,
    Name.REPLIED: _Folding.answer,
    Name.BOUNCED: _Folding.answer,
    Name.ASKED: _Folding.ask,
    Name.DECLINED: _Folding.decline,
    Name.CLEARED: _Folding.clear,
}
"""Events that change more than their letter's state; nearly all others only do that."""

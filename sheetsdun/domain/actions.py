"""What people ask for in the Action column: what each comes to, or why it is not carried out.

``send`` and ``redo`` act on the whole letter, ``clear`` on the whole answer. ``skip`` acts on the one invoice while the
draft is there (the draft is stale then, and ``plan`` sees to it), and on the whole letter once the draft is gone.

An Action is about what its author could see. One that cannot be carried out is logged as ``declined`` with the letter
that it is about, when it is first seen, and from then on never acts on another, however long it stays in its cell.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sheetsdun.domain.accounts import CREDITS, LISTED
from sheetsdun.domain.case import Case
from sheetsdun.domain.decision import Decision, Reason, Verdict, reason
from sheetsdun.domain.deed import Asked, Deed
from sheetsdun.domain.history import WITHOUT_DRAFT, History, LetterHistory, Part, State
from sheetsdun.domain.invoice import Action, Invoice
from sheetsdun.domain.reasons import Code
from sheetsdun.domain.reminder import part
from sheetsdun.domain.terms import Terms

_ON_LETTERS = frozenset({Action.SEND, Action.REDO, Action.SKIP})
_BUSY = frozenset({State.OPENED, State.SENDING, State.WITHDRAWING})
_UNSENT = frozenset({State.DRAFTED, State.SENDING})


def asked(
    decisions: Sequence[Decision],
    history: History,
    terms: Terms,
    today: dt.date,
    shown: Mapping[str, str] | None = None,
) -> Asked:
    """Find out what every Action in the sheet comes to.

    Args:
        decisions: One for each row, as ``decide`` gave them.
        history: The log, folded.
        terms: What the config says.
        today: The run's day.
        shown: What the Draft column says beside the Actions, by identity; None where nobody can tell.
    """
    return _Desk(decisions, history, terms, today, shown).asked()


class _Desk:
    """Where the Actions of one run are looked at together."""

    def __init__(
        self,
        decisions: Sequence[Decision],
        history: History,
        terms: Terms,
        today: dt.date,
        shown: Mapping[str, str] | None,
    ) -> None:
        self.shown = shown
        self.history = history
        self.terms = terms
        self.today = today
        self.rows = {decision.invoice.id: decision for decision in decisions}
        self.decisions = decisions
        self.copies = Counter(decision.invoice.id for decision in decisions)
        self.completed: set[tuple[str, str]] = set()
        self.on_letter: dict[str, set[Action]] = defaultdict(set)
        for decision in decisions:
            action, letter = decision.invoice.action, self._letter(decision.invoice)
            if action in _ON_LETTERS and letter and self._has_a_say(decision.invoice, action, letter):
                self.on_letter[letter.id].add(action)

    def asked(self) -> Asked:
        deeds = tuple(
            self._deed(decision, decision.invoice.action)
            for decision in self.decisions
            if decision.invoice.action
        )
        return Asked(deeds, tuple(self._forgotten()))

    def _forgotten(self) -> Iterator[tuple[str, str]]:
        for name, known in self.history.invoices.items():
            row = self.rows.get(name)
            for action in {**known.pending, **known.declined}:
                if row is None or row.invoice.action != action:
                    yield name, action

    def _deed(self, decision: Decision, action: Action) -> Deed:
        invoice, letter = decision.invoice, self._letter(decision.invoice)
        if self._logged(invoice):
            return self._again(invoice, action)
        if self.copies[invoice.id] > 1 or not invoice.id:
            return replace(_nothing(invoice, action), declined=True)
        deed = self._of_its_own(decision, action, letter)
        if action in _ON_LETTERS and letter and len(self.on_letter[letter.id]) > 1:
            deed = _refused(invoice, action, reason(Code.ACTION_CONTRADICTS, letter=letter.id), letter)
        about = self.history.of(invoice.id).declined.get(action)
        if about is not None and deed.carried_out and (not about or about != deed.letter):
            deed = _early(invoice, action)
        return replace(deed, declined=about is not None)

    def _of_its_own(self, decision: Decision, action: Action, letter: LetterHistory | None) -> Deed:
        match action:
            case Action.SEND:
                deed = self._send(decision.invoice, letter)
                hidden = letter and deed.carried_out and not self._seen(decision.invoice, letter)
                return _early(decision.invoice, action) if hidden else deed
            case Action.REDO:
                return self._redo(decision, letter)
            case Action.SKIP:
                return self._skip(decision, letter)
            case Action.DONE:
                return self._task_done(decision)
            case Action.CLEAR:
                return self._clear(decision.invoice)

    def _again(self, invoice: Invoice, action: Action) -> Deed:
        """The log has it as asked: the cell is only emptied, unless it is a letter that could not be sent yet."""
        letter = self.history.letters.get(self.history.of(invoice.id).pending[action])
        if action is not Action.SEND or letter is None or letter.state not in _UNSENT:
            return _carried_out(invoice, action, logged=True)
        return replace(self._send(invoice, letter), logged=True)

    def _clear(self, invoice: Invoice) -> Deed:
        answer = self.history.of(invoice.id).answer
        if answer is None:
            return _nothing(invoice, Action.CLEAR)
        return _carried_out(invoice, Action.CLEAR, letter=answer.letter)

    def _send(self, invoice: Invoice, letter: LetterHistory | None) -> Deed:
        if letter is None or letter.state in WITHOUT_DRAFT:
            return _refused(invoice, Action.SEND, reason(Code.ACTION_NO_DRAFT))
        if letter.state in _BUSY:
            known = letter if letter.state is State.SENDING else None
            return _refused(invoice, Action.SEND, reason(Code.ACTION_BUSY, letter=letter.id), known)
        if letter.refused:
            why = reason(Code.ACTION_REFUSED, letter=letter.id, note=letter.refused)
            return _refused(invoice, Action.SEND, why, letter)
        unfit = next((each.invoice for each in letter.parts if not self._fit(each)), None)
        if unfit is not None:
            return _refused(invoice, Action.SEND, reason(Code.ACTION_NOT_NOW, invoice=unfit), letter)
        return _carried_out(invoice, Action.SEND, letter=letter.id)

    def _seen(self, invoice: Invoice, letter: LetterHistory) -> bool:
        """Whether the row showed the letter, or one that came after it, to whoever wrote the Action."""
        if self.shown is None or invoice.id not in self.shown:
            return True
        letters = self.history.of(invoice.id).letters
        return any(each in self.shown[invoice.id] for each in letters[letters.index(letter.id) :])

    def _fit(self, of_letter: Part) -> bool:
        """Whether a letter that speaks of this invoice may go: nothing but its draft holds the invoice back.

        A credit that it shows is closed, and always was.
        """
        row = self.rows.get(of_letter.invoice)
        if row is None or of_letter.skipped:
            return False
        credit = not of_letter.climbed and row.reason.code in CREDITS
        return credit or row.verdict in {Verdict.REVIEW, *LISTED}

    def _redo(self, decision: Decision, letter: LetterHistory | None) -> Deed:
        invoice = decision.invoice
        if decision.verdict is Verdict.CLOSED:
            return _nothing(invoice, Action.REDO)
        letter = letter if letter and letter.blocks(invoice.id) else self._last_letter(invoice)
        if letter is None:
            known = self.history.of(invoice.id).completions
            return _carried_out(invoice, Action.REDO) if known else _nothing(invoice, Action.REDO)
        there = letter.state in {State.OPENED, State.DRAFTED}
        if letter.state in _BUSY:
            return _refused(invoice, Action.REDO, reason(Code.ACTION_BUSY, letter=letter.id), letter)
        if there and letter.edited:
            return _refused(invoice, Action.REDO, reason(Code.ACTION_EDITED, letter=letter.id), letter)
        return _carried_out(invoice, Action.REDO, letter=letter.id, withdraw=there)

    def _last_letter(self, invoice: Invoice) -> LetterHistory | None:
        """The letter that Google has refused last, or that has completed the last level."""
        known = self.history.of(invoice.id)
        newest = self.history.letters.get(known.letters[-1]) if known.letters else None
        if newest and newest.state is State.FAILED:
            return newest
        return self.history.letters.get(known.completions[-1].letter) if known.completions else None

    def _skip(self, decision: Decision, letter: LetterHistory | None) -> Deed:
        invoice = decision.invoice
        if letter is None or not letter.blocks(invoice.id):
            ahead = None if decision.verdict is Verdict.CLOSED else self._case(invoice).ahead
            if ahead is None:
                return _nothing(invoice, Action.SKIP)
            return self._completed(invoice, Action.SKIP, [part(invoice, ahead.rung, decision.cycle)])
        if letter.state in _BUSY:
            return _refused(invoice, Action.SKIP, reason(Code.ACTION_BUSY, letter=letter.id), letter)
        whole = letter.state in WITHOUT_DRAFT
        parts = [
            each for each in letter.climbed if (whole or each.invoice == invoice.id) and not each.skipped
        ]
        return (
            self._completed(invoice, Action.SKIP, parts, letter) if parts else _nothing(invoice, Action.SKIP)
        )

    def _task_done(self, decision: Decision) -> Deed:
        """The task of the day, also when what the call has brought (a promise, a hold) now comes first."""
        invoice = decision.invoice
        ahead = None if decision.verdict is Verdict.CLOSED else self._case(invoice).ahead
        if ahead is None or ahead.rung.level.written or ahead.day > self.today:
            return _nothing(invoice, Action.DONE)
        return self._completed(invoice, Action.DONE, [part(invoice, ahead.rung, decision.cycle)])

    def _completed(
        self, invoice: Invoice, action: Action, parts: list[Part], letter: LetterHistory | None = None
    ) -> Deed:
        """Levels completed; what another row of the same letter has completed already is left out."""
        fresh = [each for each in parts if (each.invoice, each.level) not in self.completed]
        self.completed.update((each.invoice, each.level) for each in fresh)
        return Deed(
            invoice=invoice,
            action=action,
            reason=reason(Code(f"action_{action}"), level=parts[0].level),
            letter=letter.id if letter else "",
            completes=tuple(fresh),
        )

    def _letter(self, invoice: Invoice) -> LetterHistory | None:
        """The open letter that an Action in this row is about; for ``send`` also one that only lists the invoice."""
        letters = self.history.letters_of(invoice.id)
        found = next((letter for letter in reversed(letters) if letter.blocks(invoice.id)), None)
        if found is None and invoice.action is Action.SEND:
            found = next((letter for letter in reversed(letters) if letter.state is State.DRAFTED), None)
        return found

    def _has_a_say(self, invoice: Invoice, action: Action, letter: LetterHistory) -> bool:
        """Whether the Action in this row still counts for the letter."""
        declined = self.history.of(invoice.id).declined
        return not self._logged(invoice) and declined.get(action, letter.id) == letter.id

    def _logged(self, invoice: Invoice) -> bool:
        return invoice.action in self.history.of(invoice.id).pending

    def _case(self, invoice: Invoice) -> Case:
        return Case(
            invoice=invoice,
            history=self.history.of(invoice.id),
            letters=self.history.letters_of(invoice.id),
            terms=self.terms,
            today=self.today,
        )


def _carried_out(
    invoice: Invoice, action: Action, *, letter: str = "", withdraw: bool = False, logged: bool = False
) -> Deed:
    why = reason(Code(f"action_{action}"), letter=letter, level="")
    return Deed(invoice=invoice, action=action, reason=why, letter=letter, withdraw=withdraw, logged=logged)


def _refused(invoice: Invoice, action: Action, why: Reason, letter: LetterHistory | None = None) -> Deed:
    about = letter.id if letter else ""
    return Deed(invoice=invoice, action=action, reason=why, carried_out=False, letter=about)


def _early(invoice: Invoice, action: Action) -> Deed:
    return _refused(invoice, action, reason(Code.ACTION_EARLY, action=action))


def _nothing(invoice: Invoice, action: Action) -> Deed:
    return _refused(invoice, action, reason(Code.ACTION_NOTHING, action=action))

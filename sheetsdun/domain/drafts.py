"""Drafts that stand open: which are still wanted, which must be taken back, which stand in the way.

The question "is this draft still wanted?" is asked as: were it not there, would the very same letter be due?
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sheetsdun.domain.accounts import Accounts
from sheetsdun.domain.charging import Charging
from sheetsdun.domain.decide import decide
from sheetsdun.domain.decision import Decision, Reason, Verdict, reason
from sheetsdun.domain.history import History, LetterHistory, State
from sheetsdun.domain.invoice import Invoice
from sheetsdun.domain.policy import Kind
from sheetsdun.domain.reasons import Code
from sheetsdun.domain.reminder import facts, reminder
from sheetsdun.domain.terms import Group, Terms, sternest

NEAR_DEADLINE = 3
"""Business days: a draft whose day to pay is nearer is written anew."""

_NOT_OURS_TO_CHANGE = frozenset({State.OPENED, State.SENDING, State.GONE, State.WITHDRAWING})


class Drafts:
    """The open drafts of a log, looked at on one day."""

    def __init__(self, decisions: Sequence[Decision], history: History, terms: Terms, today: dt.date) -> None:
        """Find the open drafts.

        Args:
            decisions: One for each row, each made with all letters in view.
            history: The log, folded.
            terms: What the config says.
            today: The run's day.
        """
        self._history = history
        self._terms = terms
        self._today = today
        self.charging = Charging(decisions, history, terms, today)
        self._rows = {decision.invoice.id: decision for decision in reversed(decisions)}
        drafted = [letter for letter in history.letters.values() if letter.state is State.DRAFTED]
        self.untouched = {letter.id: letter for letter in drafted if letter.untouched}
        self.edited = [letter for letter in drafted if letter.edited]
        self._in_the_way: dict[tuple[str, str, Kind], str] = {
            (letter.debtor, letter.currency, letter.kind): letter.id
            for letter in history.letters.values()
            if letter.state in _NOT_OURS_TO_CHANGE or (letter.state is State.DRAFTED and letter.edited)
        }

    def of(self, invoice: str) -> list[LetterHistory]:
        """The untouched drafts by which the invoice would climb."""
        letters = self._history.of(invoice).letters
        found = (self.untouched.get(letter) for letter in letters)
        return [letter for letter in found if letter and letter.blocks(invoice)]

    def in_the_way(self, invoice: Invoice, kind: Kind) -> str | None:
        """Id of an open letter to this debtor, in this currency and of this kind, that is not ours to change."""
        if self._terms.group is Group.INVOICE:
            return None
        return self._in_the_way.get((invoice.debtor, invoice.currency, kind))

    def wanted(self, decision: Decision) -> Decision:
        """What would be decided if no untouched draft were there."""
        if decision.verdict is not Verdict.REVIEW:
            return decision
        return self._without(decision, self.of(decision.invoice.id))

    def stale(self, letter: LetterHistory, accounts: Accounts) -> Reason | None:
        """Why a draft should not be sent as it is; None where it is still true and wanted.

        Args:
            letter: An open draft, untouched or edited.
            accounts: Of what is wanted for all rows.
        """
        climbed = [self._rows.get(part.invoice) for part in letter.climbed]
        present = [decision for decision in climbed if decision is not None]
        if len(present) < len(climbed):
            gone = next(part for part in letter.climbed if part.invoice not in self._rows)
            return reason(Code.ROW_GONE, invoice=gone.invoice)
        wanted = [self._if_not_for(letter, decision) for decision in present]
        unwanted = next((decision for decision in wanted if decision.verdict is not Verdict.REMIND), None)
        if unwanted is not None:
            waits = unwanted.verdict in {Verdict.WAIT, Verdict.EXHAUSTED}
            return reason(Code.NOT_DUE, invoice=unwanted.invoice.id) if waits else unwanted.reason
        if not wanted or not self._same_claims(letter, wanted, accounts):
            return reason(Code.FACTS_CHANGED)
        deadline = self._terms.deadline(letter)
        return (
            reason(Code.DEADLINE_NEAR, deadline=deadline)
            if deadline and self._near(letter, deadline)
            else None
        )

    def _if_not_for(self, letter: LetterHistory, decision: Decision) -> Decision:
        if decision.verdict is not Verdict.REVIEW:
            return decision
        return self._without(decision, [letter, *self.of(decision.invoice.id)])

    def _without(self, decision: Decision, absent: Sequence[LetterHistory]) -> Decision:
        """Decide again as if these letters were not there."""
        if not absent:
            return decision
        invoice, ids = decision.invoice, {letter.id for letter in absent}
        part = absent[0].part(invoice.id)
        return decide(
            invoice,
            self._history.of(invoice.id),
            [letter for letter in self._history.letters_of(invoice.id) if letter.id not in ids],
            self._terms,
            self._today,
            drafted=part.level if part else "",
        )

    def _same_claims(self, letter: LetterHistory, wanted: Sequence[Decision], accounts: Accounts) -> bool:
        """Whether the letter, written today for the same invoices, would say the same to the same people."""
        first = wanted[0].invoice
        one_letter = {(each.invoice.debtor, each.invoice.currency, each.invoice.language) for each in wanted}
        if len(one_letter) > 1 or (first.debtor, first.currency) != (letter.debtor, letter.currency):
            return False
        listed = {part.invoice for part in letter.parts if not part.climbed}
        today = reminder(
            wanted,
            listed=(invoice for invoice in accounts.overdue(first) if invoice.id in listed),
            credits_=accounts.credits(first) if shows_account(letter.kind, self._terms) else (),
            calendar=self._terms.calendar,
            today=self._today,
            charged=self.charging.of(wanted),
        )
        return today.kind is letter.kind and facts(today) == letter.facts

    def _near(self, letter: LetterHistory, deadline: dt.date) -> bool:
        """Whether the named day is nearer than it may be; a short deadline is near only once a day has passed."""
        rungs = [rung for part in letter.climbed if (rung := self._terms.rung(part))]
        least = min(NEAR_DEADLINE, sternest(rungs).level.deadline_days)
        return self._terms.calendar.add_business_days(self._today, least) > deadline


def shows_account(kind: Kind, terms: Terms) -> bool:
    """Whether a letter of that kind lists the debtor's other overdue invoices, and credits.

    One that speaks of a day to come reproaches nobody with days that have passed.
    """
    return kind is Kind.OVERDUE and terms.group is Group.DEBTOR


def refused(history: History, invoices: Iterable[str]) -> Iterator[LetterHistory]:
    """Letters of these invoices that Google has refused for certain."""
    seen: Mapping[str, None] = dict.fromkeys(name for one in invoices for name in history.of(one).letters)
    return (letter for name in seen if (letter := history.letters[name]).state is State.FAILED)

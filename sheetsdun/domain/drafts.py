"""Drafts that stand open: which are still wanted, which must be taken back, which stand in the way.

The question "is this draft still wanted?" is asked as: were it not there, would the very same letter be due?
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias

from sheetsdun.domain.accounts import Accounts
from sheetsdun.domain.charging import Charging
from sheetsdun.domain.decide import decide
from sheetsdun.domain.decision import Decision, Reason, Verdict, reason
from sheetsdun.domain.facts import facts
from sheetsdun.domain.history import History, LetterHistory, State
from sheetsdun.domain.invoice import Invoice
from sheetsdun.domain.policy import Kind
from sheetsdun.domain.reasons import Code
from sheetsdun.domain.reminder import Account, Beside, Reminder, reminder
from sheetsdun.domain.terms import Group, Terms

NEAR_DEADLINE = 3
"""Business days: a draft whose day to pay is nearer is written anew."""

AccountAndKind: TypeAlias = tuple[str, str, Kind]

_SENT, _REVIEW = State.SENT, Verdict.REVIEW
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
        self._wanted: dict[int, Decision] = {}
        self.untouched: dict[str, LetterHistory] = {}
        self.edited: list[LetterHistory] = []
        self._in_the_way: dict[AccountAndKind, str] = {}
        self._of: dict[str, list[LetterHistory]] = defaultdict(list)
        self._on: dict[AccountAndKind, list[LetterHistory]] = defaultdict(list)
        self._refused: dict[str, list[LetterHistory]] = defaultdict(list)
        for letter in history.letters.values():
            if letter.state is not _SENT:
                self._sort_in(letter)

    def _sort_in(self, letter: LetterHistory) -> None:
        on = letter.debtor, letter.currency, letter.kind
        if letter.untouched:
            self.untouched[letter.id] = letter
            self._on[on].append(letter)
            for part in letter.climbed:
                self._of[part.invoice].append(letter)
        elif letter.state is State.DRAFTED:
            self.edited.append(letter)
            self._in_the_way[on] = letter.id
        elif letter.state in _NOT_OURS_TO_CHANGE:
            self._in_the_way[on] = letter.id
        elif letter.state is State.FAILED:
            for part in letter.parts:
                self._refused[part.invoice].append(letter)

    def of(self, invoice: str) -> Sequence[LetterHistory]:
        """The untouched drafts by which the invoice would climb."""
        return self._of.get(invoice, ())

    def on(self, account: Account, kind: Kind) -> Sequence[LetterHistory]:
        """The untouched drafts of an account and a kind."""
        return self._on.get((*account, kind), ())

    def refused(self, invoices: Iterable[str]) -> Iterable[LetterHistory]:
        """Letters of these invoices that Google has refused for certain."""
        if not self._refused:
            return ()
        return {letter.id: letter for one in invoices for letter in self._refused.get(one, ())}.values()

    def in_the_way(self, invoice: Invoice, kind: Kind) -> str | None:
        """Id of an open letter to this debtor, in this currency and of this kind, that is not ours to change."""
        if not self._in_the_way or self._terms.group is Group.INVOICE:
            return None
        return self._in_the_way.get((invoice.debtor, invoice.currency, kind))

    def wanted(self, decision: Decision) -> Decision:
        """What would be decided if no untouched draft were there."""
        if decision.verdict is not _REVIEW:
            return decision
        row = decision.invoice.row
        if row not in self._wanted:
            self._wanted[row] = self._without(decision, self.of(decision.invoice.id))
        return self._wanted[row]

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
        today = self._as_written_today(letter, wanted, accounts)
        if today is None or facts(today) != letter.facts:
            return self._lapsed(letter, today) or reason(Code.FACTS_CHANGED)
        deadline = self._terms.deadline(letter)
        return (
            reason(Code.DEADLINE_NEAR, deadline=deadline)
            if deadline and self._near(letter, deadline)
            else None
        )

    def _if_not_for(self, letter: LetterHistory, decision: Decision) -> Decision:
        if decision.verdict is not Verdict.REVIEW:
            return decision
        drafts = self.of(decision.invoice.id)
        if letter in drafts[:1]:
            return self.wanted(decision)
        return self._without(decision, [letter, *drafts])

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

    def _as_written_today(
        self, letter: LetterHistory, wanted: Sequence[Decision], accounts: Accounts
    ) -> Reminder | None:
        """The letter, written today for the same invoices; None where it would be another one, or several."""
        if not wanted:
            return None
        first = wanted[0].invoice
        one_letter = {(each.invoice.debtor, each.invoice.currency, each.invoice.language) for each in wanted}
        if len(one_letter) > 1 or (first.debtor, first.currency) != (letter.debtor, letter.currency):
            return None
        listed = {part.invoice for part in letter.parts if not part.climbed}
        today = reminder(
            wanted,
            listed=(invoice for invoice in accounts.overdue(first) if invoice.id in listed),
            credits_=accounts.credits(first) if shows_account(letter.kind, self._terms) else (),
            calendar=self._terms.calendar,
            today=self._today,
            charged=self.charging.of(wanted),
            beside=self._beside(letter, accounts.beside(wanted)),
        )
        return today if today.kind is letter.kind else None

    @staticmethod
    def _beside(letter: LetterHistory, beside: Beside) -> Beside:
        """What the letter tells beside its invoices: what became overdue only after it was written, it does not tell."""
        written = letter.day or dt.date.max
        return replace(
            beside, elsewhere=tuple(each for each in beside.elsewhere if each.due and each.due < written)
        )

    @staticmethod
    def _lapsed(letter: LetterHistory, today: Reminder | None) -> Reason | None:
        """That a discount is over, if that alone is what the letter would say otherwise today."""
        if today is None or facts(replace(today, discounts_from=dt.date.min)) != letter.facts:
            return None
        over = [
            (each.invoice.discount.until, each.invoice.id)
            for each in today.climbed
            if each.invoice.discount and not today.discount(each.invoice)
        ]
        until, first = min(over)
        return reason(Code.DISCOUNT_OVER, until=until, invoice=first)

    def _near(self, letter: LetterHistory, deadline: dt.date) -> bool:
        """Whether the named day is nearer than it may be; a short deadline is near only once a day has passed."""
        rung = self._terms.sternest(letter)
        least = min(NEAR_DEADLINE, rung.level.deadline_days if rung else 0)
        return self._terms.calendar.add_business_days(self._today, least) > deadline


def shows_account(kind: Kind, terms: Terms) -> bool:
    """Whether a letter of that kind lists the debtor's other overdue invoices, and credits.

    One that speaks of a day to come reproaches nobody with days that have passed.
    """
    return kind is Kind.OVERDUE and terms.group is Group.DEBTOR

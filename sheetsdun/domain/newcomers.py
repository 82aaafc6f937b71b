"""Invoices that are due and have no draft: whether the debtor may get another letter today."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace

from sheetsdun.domain.decision import Decision, Reason, Verdict, level_args, reason
from sheetsdun.domain.drafts import Drafts
from sheetsdun.domain.history import History, LetterHistory, State
from sheetsdun.domain.policy import Delivery, Kind
from sheetsdun.domain.reasons import Code
from sheetsdun.domain.terms import Terms

_MAY_HAVE_GONE = frozenset({State.SENDING, State.UNCERTAIN})


class Newcomers:
    """The two rules about a debtor that can push a due letter back."""

    def __init__(
        self, drafts: Drafts, history: History, terms: Terms, today: dt.date, longest_gap: int
    ) -> None:
        """Find the debtors who had an overdue letter a short while ago.

        A letter of which nobody knows whether it went counts as gone on the day when we lost sight of it.

        Args:
            drafts: The open drafts.
            history: The log, folded.
            terms: What the config says.
            today: The run's day.
            longest_gap: The most days that any debtor is given between two letters.
        """
        self._drafts = drafts
        self._terms = terms
        self._today = today
        self._recent: dict[str, list[tuple[dt.date, LetterHistory]]] = defaultdict(list)
        before = today - dt.timedelta(longest_gap)
        for letter in history.letters.values():
            day = letter.since.date() if letter.state in _MAY_HAVE_GONE else letter.effective
            if day and before < day < today and letter.kind is Kind.OVERDUE:
                self._recent[letter.debtor].append((day, letter))

    def admit(self, decision: Decision) -> Decision:
        """The decision, or review or wait in its place where the debtor may have no other letter today.

        Args:
            decision: What is wanted for an invoice. One with an untouched draft of the same kind is no newcomer.
        """
        rung = decision.rung
        if decision.verdict is not Verdict.REMIND or rung is None or rung.level.delivery is Delivery.TASK:
            return decision
        if any(letter.kind is rung.level.kind for letter in self._drafts.of(decision.invoice.id)):
            return decision
        other = self._drafts.in_the_way(decision.invoice, rung.level.kind)
        if other is not None:
            why = reason(Code.DEBTOR_DRAFT, **level_args(rung), letter=other)
            return replace(decision, verdict=Verdict.REVIEW, reason=why)
        last = None if rung.level.waives_gap else self._last(decision)
        if rung.level.kind is Kind.UPCOMING or last is None:
            return decision
        until = self._terms.calendar.next_sending_day(last + dt.timedelta(self._gap(decision)))
        return waiting(decision, reason(Code.MIN_GAP, **level_args(rung), last=last, until=until), until)

    def _gap(self, decision: Decision) -> int:
        own = decision.invoice.min_gap_days
        return self._terms.min_gap_days if own is None else own

    def _last(self, decision: Decision) -> dt.date | None:
        """Day of the last letter to keep a distance from; one that is being made anew on request is none."""
        recent = self._recent.get(decision.invoice.debtor)
        if not recent:
            return None
        redone, gap = decision.invoice.id, self._gap(decision)
        return max(
            (
                day
                for day, letter in recent
                if (self._today - day).days < gap
                and (
                    letter.state is not State.REPLACED
                    or not any(part.invoice == redone for part in letter.climbed)
                )
            ),
            default=None,
        )


def waiting(decision: Decision, why: Reason, until: dt.date | None) -> Decision:
    """The decision, pushed back."""
    return replace(decision, verdict=Verdict.WAIT, reason=why, until=until)

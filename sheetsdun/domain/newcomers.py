"""Invoices that are due and have no draft: whether the debtor may get another letter today, or else when."""

from __future__ import annotations

import datetime as dt

from sheetsdun.domain.calendar import span
from sheetsdun.domain.decision import Decision, Reason, Verdict, reason
from sheetsdun.domain.drafts import Drafts
from sheetsdun.domain.policy import Rung
from sheetsdun.domain.reasons import Code
from sheetsdun.domain.recent import Recent
from sheetsdun.domain.terms import Terms

_REMIND, _WAIT = Verdict.REMIND, Verdict.WAIT


class Newcomers:
    """The two rules about a debtor that can push a letter back, or the day for which it waits."""

    def __init__(self, drafts: Drafts, recent: Recent, terms: Terms) -> None:
        """Ask the open drafts, and the letters that have just gone."""
        self._drafts = drafts
        self._terms = terms
        self._recent = recent

    def admit(self, decision: Decision) -> Decision:
        """The decision, or review or wait in its place where the debtor may have no other letter today.

        Args:
            decision: What is wanted for an invoice. One with an untouched draft of the same kind is no newcomer.
        """
        if decision.verdict is _WAIT:
            return self._further_off(decision)
        if decision.verdict is not _REMIND or (rung := decision.rung) is None or not rung.level.written:
            return decision
        drafts = self._drafts.of(decision.invoice.id)
        if drafts and any(letter.kind is rung.level.kind for letter in drafts):
            return decision
        other = self._drafts.in_the_way(decision.invoice, rung.level.kind)
        if other is not None:
            why = reason(Code.DEBTOR_DRAFT, **rung.naming, letter=other)
            return decision._replace(verdict=Verdict.REVIEW, reason=why)
        if rung.level.waives_gap or not rung.level.overdue:
            return decision
        invoice, gap = decision.invoice, self._terms.gap(decision.invoice)
        last = self._recent.last(invoice.debtor, gap, redone=invoice.id)
        return decision if last is None else self._after(decision, rung, last + span(gap), last)

    def _further_off(self, decision: Decision) -> Decision:
        """What waits for its day: with the day on which it may go, where a letter that went makes that a later one."""
        last = self._recent.latest(decision.invoice.debtor, redone=decision.invoice.id)
        if last is None or decision.until is None or (rung := decision.rung) is None:
            return decision
        level, first = rung.level, last + span(self._terms.gap(decision.invoice))
        if first <= decision.until or level.waives_gap or not (level.written and level.overdue):
            return decision
        return self._after(decision, rung, first, last)

    def _after(self, decision: Decision, rung: Rung, day: dt.date, last: dt.date) -> Decision:
        until = self._terms.calendar.next_sending_day(day)
        return waiting(decision, reason(Code.MIN_GAP, **rung.naming, last=last, until=until), until)


def waiting(decision: Decision, why: Reason, until: dt.date | None) -> Decision:
    """The decision, pushed back."""
    return decision._replace(verdict=Verdict.WAIT, reason=why, until=until)

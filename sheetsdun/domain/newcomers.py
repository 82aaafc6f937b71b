"""Invoices that are due and have no draft: whether the debtor may get another letter today."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sheetsdun.domain.decision import Decision, Reason, Verdict, level_args, reason
from sheetsdun.domain.drafts import Drafts
from sheetsdun.domain.policy import Delivery, Kind
from sheetsdun.domain.reasons import Code
from sheetsdun.domain.recent import Recent
from sheetsdun.domain.terms import Terms


class Newcomers:
    """The two rules about a debtor that can push a due letter back."""

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
        rung = decision.rung
        if decision.verdict is not Verdict.REMIND or rung is None or rung.level.delivery is Delivery.TASK:
            return decision
        if any(letter.kind is rung.level.kind for letter in self._drafts.of(decision.invoice.id)):
            return decision
        other = self._drafts.in_the_way(decision.invoice, rung.level.kind)
        if other is not None:
            why = reason(Code.DEBTOR_DRAFT, **level_args(rung), letter=other)
            return replace(decision, verdict=Verdict.REVIEW, reason=why)
        if rung.level.waives_gap or rung.level.kind is Kind.UPCOMING:
            return decision
        invoice, gap = decision.invoice, self._terms.gap(decision.invoice)
        last = self._recent.last(invoice.debtor, gap, redone=invoice.id)
        if last is None:
            return decision
        until = self._terms.calendar.next_sending_day(last + dt.timedelta(gap))
        return waiting(decision, reason(Code.MIN_GAP, **level_args(rung), last=last, until=until), until)


def waiting(decision: Decision, why: Reason, until: dt.date | None) -> Decision:
    """The decision, pushed back."""
    return replace(decision, verdict=Verdict.WAIT, reason=why, until=until)

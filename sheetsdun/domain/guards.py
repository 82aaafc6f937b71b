"""The questions asked of an invoice before the ladder is: the first that has an answer decides.

Each guard is a function from a ``Case`` to a ``Finding``, or None where it has nothing to say. ``GUARDS`` is their
order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from sheetsdun.domain.calendar import ONE_DAY
from sheetsdun.domain.case import Case, Finding
from sheetsdun.domain.decision import Arg, Reason, Verdict, reason
from sheetsdun.domain.history import LetterHistory, State
from sheetsdun.domain.invoice import Standing
from sheetsdun.domain.reasons import Code

TOLD_ONLY = frozenset({"action", "hold_until", "discount", "discount_until"})
"""Cells whose problems leave the decision to the others: an unreadable hold date holds, an unknown Action or discount is
nothing."""

_ADDRESSES = frozenset({"email", "cc"})
"""Cells whose problems are none where no letter goes."""

_PAID, _VOID, _DISPUTED = Standing.PAID, Standing.VOID, Standing.DISPUTED

_REVIEW = {
    State.OPENED: Code.DRAFT_UNFINISHED,
    State.DRAFTED: Code.DRAFT_READY,
    State.SENDING: Code.DRAFT_SENDING,
    State.GONE: Code.DRAFT_GONE,
    State.WITHDRAWING: Code.DRAFT_WITHDRAWING,
    State.DISCARDED: Code.DRAFT_DISCARDED,
    State.UNCERTAIN: Code.DRAFT_UNCERTAIN,
}


def closed(case: Case) -> Finding | None:
    """Nothing is owed. A credit note is closed too: it is never reminded of, only set against other invoices."""
    invoice, balance = case.invoice, case.invoice.balance
    if invoice.standing is _PAID:
        return Finding(Verdict.CLOSED, reason(Code.PAID))
    if invoice.standing is _VOID:
        return Finding(Verdict.CLOSED, reason(Code.VOID))
    if balance is not None and invoice.discount and invoice.paid_with_discount:
        code = Code.PAID_WITH_DISCOUNT
        return Finding(Verdict.CLOSED, reason(code, balance=balance, currency=invoice.currency))
    if balance is None or not case.terms.is_nothing(balance, invoice.currency, invoice.tolerance):
        return None
    if case.terms.is_nothing(-balance, invoice.currency):
        return Finding(Verdict.CLOSED, reason(Code.PAID))
    is_credit = invoice.amount is not None and invoice.amount < 0
    code = Code.CREDIT_NOTE if is_credit else Code.OVERPAID
    return Finding(Verdict.CLOSED, reason(code, balance=balance, currency=invoice.currency))


def stopped(case: Case) -> Finding | None:
    """The customer is not to be contacted, or Escalation says stop."""
    if case.invoice.do_not_contact:
        return Finding(Verdict.STOPPED, reason(Code.DO_NOT_CONTACT))
    return Finding(Verdict.STOPPED, reason(Code.STOPPED)) if case.invoice.stopped else None


def problem(case: Case) -> Finding | None:
    """The row cannot be understood, or a letter could not go."""
    first = next(problems(case), None)
    return Finding(Verdict.PROBLEM, first) if first else None


def problems(case: Case) -> Iterator[Reason]:
    """Everything that leaves the row out, the gravest first."""
    invoice = case.invoice
    for found in invoice.problems:
        if found.field not in TOLD_ONLY and (found.field not in _ADDRESSES or case.letter_ahead):
            yield reason(Code.PROBLEM, field=found.field, problem=found.code, value=found.value)
    told = {found.field for found in invoice.problems} if invoice.problems else ()
    if invoice.amount is None and "amount" not in told:
        yield reason(Code.NO_AMOUNT)
    if invoice.paid is None and "paid" not in told:
        yield reason(Code.PROBLEM, field="paid", problem="unreadable_amount", value="")
    if invoice.due is None:
        if "due" not in told:
            yield reason(Code.NO_DUE)
    elif not case.due_in_range:
        yield reason(Code.DUE_OUT_OF_RANGE, date=invoice.due)
    if case.policy is None:
        yield reason(Code.UNKNOWN_POLICY, policy=invoice.escalation or case.terms.default)
    if not invoice.emails and "email" not in told and (rung := case.letter_ahead):
        yield reason(Code.NO_ADDRESS, **rung.naming)


def held(case: Case) -> Finding | None:
    """A dispute, or a hold; an unreadable hold date holds until somebody mends it."""
    invoice = case.invoice
    if invoice.standing is _DISPUTED:
        return Finding(Verdict.HELD, reason(Code.DISPUTED))
    if invoice.problems and any(found.field == "hold_until" for found in invoice.problems):
        return Finding(Verdict.HELD, reason(Code.HELD))
    if invoice.hold is None:
        return None
    last = invoice.hold.until
    if last is None:
        return Finding(Verdict.HELD, reason(Code.HELD))
    if case.today > last:
        return None
    return Finding(Verdict.HELD, reason(Code.HELD_UNTIL, date=last), until=_day_after(last))


def promised(case: Case) -> Finding | None:
    """The debtor has named a day, and it has not passed, grace included."""
    promise = case.invoice.promise
    if promise is None or promise_broken(case):
        return None
    until = _day_after(promise, case.terms.promise_grace_days)
    return Finding(Verdict.PROMISED, reason(Code.PROMISED, date=promise, until=until), until=until)


def promise_broken(case: Case) -> bool:
    """The promised day has passed, grace included."""
    promise = case.invoice.promise
    return promise is not None and case.today - promise > dt.timedelta(case.terms.promise_grace_days)


def answered(case: Case) -> Finding | None:
    """Something came back after our last letter, and nobody has dealt with it."""
    answer = case.history.answer
    if answer is None:
        return None
    code = Code.BOUNCED if answer.bounced else Code.REPLIED
    return Finding(Verdict.ANSWERED, reason(code, who=answer.who, date=answer.day))


def in_review(case: Case) -> Finding | None:
    """A letter of this invoice's stands open: levels never pile up behind it."""
    for letter in reversed(case.letters):
        if letter.blocks(case.invoice.id):
            return _standing(case, letter)
    return None


def _standing(case: Case, letter: LetterHistory) -> Finding:
    part = next(part for part in letter.climbed if part.invoice == case.invoice.id)
    edited = letter.state is State.DRAFTED and letter.edited
    code = Code.DRAFT_EDITED if edited else _REVIEW[letter.state]
    rung = case.terms.rung(part)
    # The config may have lost the level since; its name is all that is left then.
    args: Mapping[str, Arg] = rung.naming if rung else {"level": part.level, "place": 0, "levels": 0}
    return Finding(Verdict.REVIEW, reason(code, **args), level=rung.level if rung else None)


Guard: TypeAlias = Callable[[Case], Finding | None]

GUARDS: tuple[Guard, ...] = (closed, stopped, problem, held, promised, answered, in_review)
"""In this order; after them the ladder decides."""


def _day_after(day: dt.date, more: int = 0) -> dt.date:
    """The next day, or ``more`` days later; the last day of all has none after it."""
    return min(day, dt.date.max - (more + 1) * ONE_DAY) + (more + 1) * ONE_DAY

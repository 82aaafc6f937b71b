"""Invoice, its history, the terms, today -> decision. Pure and total: every invoice gets exactly one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from sheetsdun.domain.case import Case, Finding
from sheetsdun.domain.decision import Decision, Reason, Verdict, level_args, reason
from sheetsdun.domain.guards import GUARDS, TOLD_ONLY, problems, promise_broken
from sheetsdun.domain.history import InvoiceHistory, LetterHistory
from sheetsdun.domain.invoice import Invoice
from sheetsdun.domain.policy import Delivery
from sheetsdun.domain.reasons import Code
from sheetsdun.domain.terms import Terms

_STILL_CHASED = frozenset({Verdict.REMIND, Verdict.WAIT, Verdict.REVIEW, Verdict.EXHAUSTED})


def decide(
    invoice: Invoice,
    history: InvoiceHistory,
    letters: Sequence[LetterHistory],
    terms: Terms,
    today: dt.date,
    *,
    drafted: str = "",
) -> Decision:
    """Decide what is to be done about one invoice today, seen by itself; ``plan`` looks at its debtor.

    Args:
        invoice: The row.
        history: What has happened to it.
        letters: The letters that it is part of, oldest first.
        terms: What the config says.
        today: The run's day in the sheet's time zone.
        drafted: Name of the level whose untouched draft was left out of ``letters``, where the question is whether
            that draft is still wanted: it does not matter then that today nothing is sent, or that a day before the
            due date has passed.

    Returns:
        The decision of the first guard that has something to say, or else the ladder's.

    Raises:
        UsageError: The calendar has no sending day within a year. Nothing else is raised, whatever the row says.
    """
    case = Case(invoice=invoice, history=history, letters=letters, terms=terms, today=today, drafted=drafted)
    found = _found(case)
    return Decision(
        invoice=invoice,
        verdict=found.verdict,
        reason=found.reason,
        policy=case.policy,
        level=found.level,
        until=found.until,
        cycle=history.cycle,
        others=tuple(_others(case, found)) if _has_others(case, found) else (),
    )


def _found(case: Case) -> Finding:
    for guard in GUARDS:
        if (finding := guard(case)) is not None:
            return finding
    return ladder(case)


def ladder(case: Case) -> Finding:
    """What the ladder says, once no guard has: due, wait, or past the last level."""
    # The guards let no invoice through that has no policy and no due date.
    assert case.policy is not None
    assert case.invoice.due is not None
    ahead = case.ahead
    if ahead is None:
        why = reason(Code.EXHAUSTED, policy=case.policy.name, levels=len(case.policy.levels))
        return Finding(Verdict.EXHAUSTED, why)
    level, args = ahead.rung.level, level_args(ahead.rung)
    if ahead.goes <= case.today:
        days = (case.today - case.invoice.due).days
        if level.delivery is Delivery.TASK:
            why = reason(Code.TASK_DUE, **args, days=days, channel=level.channel)
        else:
            why = reason(Code.LEVEL_DUE, **args, days=days)
        return Finding(Verdict.REMIND, why, level=level)
    if ahead.day <= case.today:
        why = reason(Code.SENDING_DAY, **args, until=ahead.goes)
    elif ahead.deadline:
        why = reason(Code.DEADLINE, **args, deadline=ahead.deadline, until=ahead.goes)
    else:
        why = reason(Code.NEXT_LEVEL, **args, until=ahead.goes)
    return Finding(Verdict.WAIT, why, until=ahead.goes, level=level)


def _has_others(case: Case, found: Finding) -> bool:
    """Whether there can be anything beside the reason; with most invoices there cannot."""
    return bool(found.verdict is Verdict.PROBLEM or case.invoice.problems or case.invoice.promise)


def _others(case: Case, found: Finding) -> Iterator[Reason]:
    """What a person should know beside the reason."""
    if found.verdict is Verdict.CLOSED:
        return
    if found.verdict is Verdict.PROBLEM:
        yield from list(problems(case))[1:]
    for problem in case.invoice.problems:
        if problem.field in TOLD_ONLY:
            yield reason(Code.PROBLEM, field=problem.field, problem=problem.code, value=problem.value)
    if found.verdict in _STILL_CHASED and promise_broken(case) and case.invoice.promise:
        yield reason(Code.BROKEN_PROMISE, date=case.invoice.promise)

"""Invoice, its history, the terms, today -> decision. Pure and total: every invoice gets exactly one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from sheetsdun.domain.case import Case, Finding
from sheetsdun.domain.decision import Decision, Reason, Verdict, reason
from sheetsdun.domain.guards import GUARDS, TOLD_ONLY, problems, promise_broken
from sheetsdun.domain.history import InvoiceHistory, LetterHistory
from sheetsdun.domain.invoice import Invoice
from sheetsdun.domain.reasons import Code
from sheetsdun.domain.terms import Terms

_STILL_CHASED = frozenset({Verdict.REMIND, Verdict.WAIT, Verdict.REVIEW, Verdict.EXHAUSTED})
_REMIND, _WAIT, _PROBLEM = Verdict.REMIND, Verdict.WAIT, Verdict.PROBLEM
_LEVEL_DUE, _NEXT_LEVEL = Code.LEVEL_DUE, Code.NEXT_LEVEL


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
    case = Case(invoice, history, letters, terms, today, drafted)
    for guard in GUARDS:
        if (found := guard(case)) is not None:
            break
    else:
        found = ladder(case)
    verdict, why, until, level = found
    # With most invoices there can be nothing beside the reason.
    others = verdict is _PROBLEM or invoice.problems or invoice.promise
    told = tuple(_others(case, found)) if others else ()
    return Decision(invoice, verdict, why, case.policy, level, until, history.cycle, told)


def ladder(case: Case) -> Finding:
    """What the ladder says, once no guard has: due, wait, or past the last level."""
    # The guards let no invoice through that has no policy and no due date.
    assert case.policy is not None
    assert case.invoice.due is not None
    ahead = case.ahead
    if ahead is None:
        why = reason(Code.EXHAUSTED, policy=case.policy.name, levels=len(case.policy.levels))
        return Finding(Verdict.EXHAUSTED, why)
    level, naming = ahead.rung.level, ahead.rung.naming
    if ahead.goes <= case.today:
        days = (case.today - case.invoice.due).days
        if level.written:
            why = reason(_LEVEL_DUE, **naming, days=days)
        else:
            why = reason(Code.TASK_DUE, **naming, days=days, channel=level.channel)
        return Finding(_REMIND, why, None, level)
    if ahead.day <= case.today:
        why = reason(Code.SENDING_DAY, **naming, until=ahead.goes)
    elif ahead.deadline:
        why = reason(Code.DEADLINE, **naming, deadline=ahead.deadline, until=ahead.goes)
    else:
        why = reason(_NEXT_LEVEL, **naming, until=ahead.goes)
    return Finding(_WAIT, why, ahead.goes, level)


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

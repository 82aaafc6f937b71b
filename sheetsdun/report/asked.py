"""What each question about an invoice saw: the sentences of ``explain``."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sheetsdun.domain.decision import Decision
from sheetsdun.domain.money import rounded
from sheetsdun.domain.trace import Answer, Question, Step
from sheetsdun.rows.words import Words
from sheetsdun.sync.explain import Explanation

NAMES: Mapping[Question, str] = {
    Question.CLOSED: "closed",
    Question.STOPPED: "stopped",
    Question.PROBLEM: "problem",
    Question.HELD: "held",
    Question.PROMISED: "promised",
    Question.ANSWERED: "answered",
    Question.REVIEW: "in review",
    Question.LADDER: "ladder",
    Question.OTHER_LETTER: "other letter",
    Question.GAP: "gap",
    Question.BALANCE: "balance",
    Question.REFUSED: "refused",
    Question.PER_DAY: "day's limit",
}
"""What people call each question."""


def saw(step: Step, told: Explanation, words: Words) -> str:
    """What a question saw, in one sentence."""
    if step.finding is not None:
        return words.reason(step.finding.reason)
    if step.answer is Answer.NOT_ASKED:
        return "Not asked."
    assert told.decision is not None
    return _NOTHING[step.question](told, told.decision, words)


def _closed(_told: Explanation, decision: Decision, words: Words) -> str:
    balance = decision.invoice.balance
    if balance is None:
        return "What is open cannot be told."
    return f"{words.money(rounded(balance, decision.invoice.currency))} {decision.invoice.currency} are open."


def _problem(_told: Explanation, decision: Decision, _words: Words) -> str:
    to = ", ".join(decision.invoice.emails)
    return f"The row can be understood; letters go to {to}." if to else "The row can be understood."


def _held(_told: Explanation, decision: Decision, words: Words) -> str:
    hold = decision.invoice.hold
    if hold is not None and hold.until is not None:
        return f"The hold until {words.date(hold.until)} has passed; there is no dispute."
    return "There is no hold and no dispute."


def _promised(_told: Explanation, decision: Decision, words: Words) -> str:
    promise = decision.invoice.promise
    if promise is None:
        return "Nothing is promised."
    return f"The promise for {words.date(promise)} has passed, the days of grace included."


def _review(told: Explanation, _decision: Decision, words: Words) -> str:
    if told.stale:
        draft = told.stale[0]
        return f"The draft {draft.letter} is taken back: {words.reason(draft.reason)}"
    return "No letter about it stands open."


def _gap(told: Explanation, decision: Decision, words: Words) -> str:
    if decision.level is not None and not decision.level.overdue:
        return "A letter before the due date keeps no distance to others."
    if decision.level is not None and decision.level.waives_gap:
        return "The level keeps no distance to others: it waives the gap."
    days = words.days(told.terms.gap(decision.invoice))
    return f"No other letter went to this debtor in the last {days}."


def _per_day(told: Explanation, _decision: Decision, _words: Words) -> str:
    limit = told.terms.per_day
    return (
        f"There is room among the letters of a day (at most {limit})."
        if limit
        else "There is no limit of a day."
    )


_NOTHING: Mapping[Question, Callable[[Explanation, Decision, Words], str]] = {
    Question.CLOSED: _closed,
    Question.STOPPED: lambda *_: "Nobody has said stop.",
    Question.PROBLEM: _problem,
    Question.HELD: _held,
    Question.PROMISED: _promised,
    Question.ANSWERED: lambda *_: "Nothing has come back since our last letter.",
    Question.REVIEW: _review,
    Question.LADDER: lambda *_: "No level is due.",
    Question.OTHER_LETTER: lambda *_: "No other letter to this debtor stands open.",
    Question.GAP: _gap,
    Question.BALANCE: lambda *_: "No credits of this debtor cover what is open.",
    Question.REFUSED: lambda *_: "This letter has not been refused before.",
    Question.PER_DAY: _per_day,
}
"""What each question says where it has nothing to say."""

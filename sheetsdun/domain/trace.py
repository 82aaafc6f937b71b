"""How a decision came about: each question in the order in which it is asked, what it said, and which one decided.

These are the very guards of ``decide``, asked one by one; no rule stands here a second time. What ``plan`` has to say
of the debtor is told by the reason of its decision.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator
from dataclasses import dataclass

from sheetsdun.domain.case import Case, Finding
from sheetsdun.domain.decide import ladder
from sheetsdun.domain.decision import Decision, Verdict
from sheetsdun.domain.guards import GUARDS, Guard
from sheetsdun.domain.history import History
from sheetsdun.domain.plan import Plan
from sheetsdun.domain.reasons import Code
from sheetsdun.domain.terms import Terms


class Question(enum.StrEnum):
    """What is asked of an invoice, and then of its debtor, in this order."""

    CLOSED = "closed"
    STOPPED = "stopped"
    PROBLEM = "problem"
    HELD = "held"
    PROMISED = "promised"
    ANSWERED = "answered"
    REVIEW = "review"
    LADDER = "ladder"
    """Is a level due?"""
    OTHER_LETTER = "other_letter"
    """Does another letter to this debtor stand open?"""
    GAP = "gap"
    """Has the debtor had a letter a short while ago?"""
    BALANCE = "balance"
    """Does the debtor owe anything on balance?"""
    REFUSED = "refused"
    """Has this very letter failed already?"""
    PER_DAY = "per_day"
    """Is there room among the letters of the day?"""


class Answer(enum.StrEnum):
    """What a question came to."""

    PASSED = "passed"
    """It had nothing to say."""
    DECIDED = "decided"
    """It was the first to say something."""
    WOULD = "would"
    """It would decide if nothing before it did."""
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Step:
    """One question.

    Attributes:
        finding: What it says; None where that is nothing, or it was not asked.
    """

    question: Question
    answer: Answer
    finding: Finding | None = None


_OF_INVOICE: tuple[tuple[Question, Guard], ...] = tuple(
    zip(
        (
            Question.CLOSED,
            Question.STOPPED,
            Question.PROBLEM,
            Question.HELD,
            Question.PROMISED,
            Question.ANSWERED,
            Question.REVIEW,
            Question.LADDER,
        ),
        (*GUARDS, ladder),
        strict=True,
    )
)
"""The guards in their order, each by the name of its question; then the ladder."""

_OF_DEBTOR = {
    Code.DEBTOR_DRAFT: Question.OTHER_LETTER,
    Code.MIN_GAP: Question.GAP,
    Code.NET_NOTHING: Question.BALANCE,
    Code.REFUSED: Question.REFUSED,
    Code.UNWRITTEN: Question.REFUSED,
    Code.PER_DAY: Question.PER_DAY,
    Code.NO_ROOM: Question.PER_DAY,
    Code.LAST_MISSED: Question.PER_DAY,
}
"""What ``plan`` adds, by the reason that it gives, in the order in which it asks."""


def trace(decision: Decision, history: History, terms: Terms, today: dt.date, plan: Plan) -> tuple[Step, ...]:
    """Every question about one invoice.

    Args:
        decision: The final one for its row.
        history: The log, folded.
        terms: What the config says.
        today: The run's day.
        plan: In which the decision stands. A draft that it takes back is left out of account, as it was there.
    """
    case = _case(decision, history, terms, today, {stale.letter for stale in plan.withdrawals})
    steps: list[Step] = []
    of_debtor = _OF_DEBTOR.get(Code(decision.reason.code))
    decided = False
    for question, finding in _findings(case):
        if finding is None or (of_debtor and question is Question.LADDER):
            answer = Answer.PASSED
        else:
            answer = Answer.WOULD if decided else Answer.DECIDED
            decided = True
        steps.append(Step(question, answer, finding))
    ladder_says = steps[-1].finding
    due = not decided and ladder_says is not None and ladder_says.verdict is Verdict.REMIND
    if ladder_says is None:
        steps[-1] = Step(Question.LADDER, Answer.NOT_ASKED)
    for question in dict.fromkeys(_OF_DEBTOR.values()):
        if of_debtor is question:
            finding = Finding(decision.verdict, decision.reason, decision.until, decision.level)
            steps.append(Step(question, Answer.DECIDED, finding))
            due = False
        else:
            asked = due or (of_debtor is None and decision.verdict is Verdict.REMIND)
            steps.append(Step(question, Answer.PASSED if asked else Answer.NOT_ASKED))
    return tuple(steps)


def _case(decision: Decision, history: History, terms: Terms, today: dt.date, taken_back: set[str]) -> Case:
    invoice = decision.invoice
    letters = history.letters_of(invoice.id)
    gone = [part for letter in letters if letter.id in taken_back if (part := letter.part(invoice.id))]
    return Case(
        invoice=invoice,
        history=history.of(invoice.id),
        letters=[letter for letter in letters if letter.id not in taken_back],
        terms=terms,
        today=today,
        drafted=gone[0].level if gone else "",
    )


def _findings(case: Case) -> Iterator[tuple[Question, Finding | None]]:
    """What each question says by itself. The ladder is for rows that can be understood."""
    understood = True
    for question, guard in _OF_INVOICE:
        finding = guard(case) if question is not Question.LADDER or understood else None
        if question is Question.PROBLEM and finding is not None:
            understood = False
        yield question, finding

"""An invoice on its ladder: which levels are behind it, and the day of each that is still to come."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sheetsdun.domain.calendar import ONE_DAY
from sheetsdun.domain.climb import height
from sheetsdun.domain.decision import Decision, Verdict
from sheetsdun.domain.forecast import Future
from sheetsdun.domain.history import Completion, History, LetterHistory
from sheetsdun.domain.invoice import Invoice, customer_key
from sheetsdun.domain.policy import Policy, Rung
from sheetsdun.domain.terms import Terms

_FURTHEST = 3 * 366
"""Days that are looked ahead."""


class Stage(enum.StrEnum):
    """Where a level stands."""

    DONE = "done"
    PASSED = "passed"
    """It is behind the invoice without having been sent: before the due date and too late, or jumped over."""
    OPEN = "open"
    """A letter of it stands open."""
    NEXT = "next"
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One level, as an invoice has it.

    Attributes:
        how: Of one that is done: ``sent``, ``skipped`` or ``done``.
        day: On which it was completed; or on which it would go, if nothing is paid and all before it go on their
            days. None where only a person can bring it about.
        letter: Id of its letter; "" where there is none.
    """

    rung: Rung
    stage: Stage
    how: str = ""
    day: dt.date | None = None
    letter: str = ""


def outlook(
    decision: Decision, decisions: Sequence[Decision], history: History, terms: Terms, today: dt.date
) -> tuple[Place, ...]:
    """Every level of the invoice's policy; none where it has no policy.

    Args:
        decision: The final one for the invoice.
        decisions: Those of all rows: other invoices of the debtor may hold a letter back.
        history: The log, folded.
        terms: What the config says.
        today: The run's day.
    """
    policy, invoice = decision.policy, decision.invoice
    if policy is None:
        return ()
    known = history.of(invoice.id)
    floor = height(policy, known.completions)
    done = {each.level: each for each in known.completions if each.policy == policy.name}
    opened = _open(history.letters_of(invoice.id), invoice.id, policy)
    ahead = _ahead(neighbours(invoice, decisions), invoice, history, terms, today)
    first = min((place for level in ahead if (place := policy.position(level))), default=None)
    rungs = (Rung(policy, place) for place in range(1, len(policy.levels) + 1))
    return tuple(_place(rung, done, opened, ahead, floor, first) for rung in rungs)


def neighbours(invoice: Invoice, decisions: Sequence[Decision]) -> list[Invoice]:
    """The rows that can matter for an invoice: those of its debtor, and of its customer."""
    customer = customer_key(invoice.customer)
    return [
        each.invoice
        for each in decisions
        if each.invoice.row == invoice.row
        or each.invoice.debtor == invoice.debtor
        or (customer and customer_key(each.invoice.customer) == customer)
    ]


def around(rows: Sequence[Invoice], history: History) -> History:
    """What the log has of some rows and their debtors."""
    names, debtors = {row.id for row in rows}, {row.debtor for row in rows}
    letters = {
        letter.id: letter
        for letter in history.letters.values()
        if letter.debtor in debtors or not names.isdisjoint(letter.invoices)
    }
    names |= {name for letter in letters.values() for name in letter.invoices}
    return replace(history, invoices={name: history.of(name) for name in names}, letters=letters)


def _open(letters: Sequence[LetterHistory], invoice: str, policy: Policy) -> Mapping[str, LetterHistory]:
    """Letters that stand open, by the level of this invoice."""
    parts = ((letter, letter.part(invoice)) for letter in letters if letter.blocks(invoice))
    return {part.level: letter for letter, part in parts if part and part.policy == policy.name}


def _ahead(
    rows: Sequence[Invoice], invoice: Invoice, history: History, terms: Terms, today: dt.date
) -> dict[str, dt.date]:
    """The day on which each further level would go."""
    future = Future(rows, around(rows, history), terms, {})
    place = next(number for number, row in enumerate(rows) if row.row == invoice.row)
    found: dict[str, dt.date] = {}
    for number in range(_FURTHEST):
        day = today + number * ONE_DAY
        happened = future.live(day)
        for letter in happened.letters:
            found |= {part.level: day for part in letter.letter.climbed if part.invoice == invoice.id}
        for task in happened.tasks:
            if task.decision.invoice.row == invoice.row:
                found[task.rung.level.name] = day
        now = future.decided(day)[place]
        lived = terms.calendar.is_sending_day(day)
        if lived and now.until is None and now.verdict is not Verdict.REMIND:
            break
    return found


def _place(
    rung: Rung,
    done: Mapping[str, Completion],
    opened: Mapping[str, LetterHistory],
    ahead: Mapping[str, dt.date],
    floor: int,
    first: int | None,
) -> Place:
    name = rung.level.name
    if letter := opened.get(name):
        return Place(rung=rung, stage=Stage.OPEN, day=letter.day, letter=letter.id)
    if behind := done.get(name):
        return Place(rung=rung, stage=Stage.DONE, how=behind.how, day=behind.day, letter=behind.letter)
    if name in ahead:
        stage = Stage.NEXT if rung.place == first else Stage.LATER
        return Place(rung=rung, stage=stage, day=ahead[name])
    if rung.place <= floor or (first is not None and rung.place < first):
        return Place(rung=rung, stage=Stage.PASSED)
    return Place(rung=rung, stage=Stage.LATER)

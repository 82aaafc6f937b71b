"""Recovery by level: what was paid after a reminder of which level, and before the next one.

The sheet says what is paid, and seldom when. What is known of a balance is what the log has noted of it at each
letter, and what the sheet says now; a day of payment is known only from the tab of payments. So an invoice counts as
paid after the last reminder that went before it was settled; where the day is known and lies before that reminder, the
two have crossed, and the payment belongs to the reminder before. Nothing here says that it was paid because of it.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median

from sheetsdun.domain.decision import Decision, Verdict
from sheetsdun.domain.event import Event, Name
from sheetsdun.domain.history import History
from sheetsdun.domain.invoice import Standing
from sheetsdun.domain.reasons import Code

_NOTHING = Decimal(0)


class After(enum.StrEnum):
    """What came after a reminder; each has exactly one."""

    PAID = "paid"
    """Settled, before any further reminder."""
    NEXT = "next"
    """Not settled: a further reminder followed."""
    OPEN = "open"
    """Not settled so far, and no further reminder yet."""
    CROSSED = "crossed"
    """Settled before the reminder went, as turned out later."""
    VOID = "void"
    """The invoice was cancelled."""
    UNKNOWN = "unknown"
    """The row is not in the sheet any more, or its balance or currency tells nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """One invoice that was reminded once.

    Attributes:
        day: On which the letter went, or the task was done.
        balance: What the log has noted of it then; None where it has not.
        after: What came after it.
        recovered: What was paid of the balance after it and before the next one, part payments included.
        days: From the reminder to the last payment; None where nobody has said when that was.
    """

    invoice: str
    policy: str
    level: str
    offset: int
    day: dt.date
    currency: str
    balance: Decimal | None
    after: After = After.UNKNOWN
    recovered: Decimal = _NOTHING
    days: int | None = None


@dataclass(slots=True, kw_only=True)
class Recovery:
    """All reminders of one level.

    Attributes:
        after: How many had which end.
        asked: Balances at the time of the reminder, by currency.
        recovered: What was paid of them after it and before the next one, by currency.
        delays: Days to payment, of those where that is known.
    """

    policy: str
    level: str
    offset: int
    after: dict[After, int] = field(default_factory=lambda: dict.fromkeys(After, 0))
    asked: dict[str, Decimal] = field(default_factory=dict)
    recovered: dict[str, Decimal] = field(default_factory=dict)
    delays: list[int] = field(default_factory=list)

    @property
    def reminded(self) -> int:
        """How many reminders there were."""
        return sum(self.after.values())

    @property
    def median_days(self) -> float | None:
        """Half of the payments whose day is known came within so many days."""
        return float(median(self.delays)) if self.delays else None


def reminded(history: History, events: Iterable[Event], decisions: Iterable[Decision]) -> list[Reminded]:
    """Every reminder that went, and what came after it, by invoice and day.

    Args:
        history: The log, folded: letters that went.
        events: The log: tasks that were done.
        decisions: What the sheet says now.
    """
    by_invoice: dict[str, list[Reminded]] = defaultdict(list)
    for each in [*_letters(history), *_tasks(events)]:
        by_invoice[each.invoice].append(each)
    now: dict[str, Decision] = {}
    twice: set[str] = set()
    for decision in decisions:
        name = decision.invoice.id
        (twice.add(name) if name in now else now.setdefault(name, decision))
    found: list[Reminded] = []
    for name, several in by_invoice.items():
        several.sort(key=lambda each: each.day)
        found += _ended(several, None if name in twice else now.get(name))
    return found


def by_level(
    reminders: Iterable[Reminded], since: dt.date, until: dt.date, order: Mapping[str, int] | None = None
) -> list[Recovery]:
    """The reminders of a period, by policy and level, the calmest level first.

    Args:
        reminders: As ``reminded`` gives them.
        since: The first day on which a reminder counts.
        until: The last one; payments count until today.
        order: Places of the policies, by name; others come after them.
    """
    found: dict[tuple[str, str], Recovery] = {}
    for each in reminders:
        if not since <= each.day <= until:
            continue
        level = found.setdefault(
            (each.policy, each.level), Recovery(policy=each.policy, level=each.level, offset=each.offset)
        )
        level.after[each.after] += 1
        if each.balance is not None:
            level.asked[each.currency] = level.asked.get(each.currency, _NOTHING) + each.balance
            level.recovered[each.currency] = level.recovered.get(each.currency, _NOTHING) + each.recovered
        if each.days is not None:
            level.delays.append(each.days)
    places = order or {}
    return sorted(
        found.values(),
        key=lambda each: (places.get(each.policy, len(places)), each.policy, each.offset, each.level),
    )


def paid_on(decision: Decision) -> dt.date | None:
    """The day on which a settled invoice was settled: that of its last payment, where the payments settle it.

    Where a person has but written "paid" beside a payment of a part, nobody has said when the rest came.
    """
    invoice = decision.invoice
    if invoice.last_payment is None or invoice.balance is None:
        return None
    marked = invoice.standing is Standing.PAID and invoice.balance > 0
    return None if marked else invoice.last_payment.day


def _letters(history: History) -> Iterable[Reminded]:
    for letter in history.letters.values():
        if letter.effective is None:
            continue
        for part in letter.climbed:
            yield Reminded(
                invoice=part.invoice,
                policy=part.policy,
                level=part.level,
                offset=part.offset,
                day=letter.effective,
                currency=letter.currency,
                balance=part.balance,
            )


def _tasks(events: Iterable[Event]) -> Iterable[Reminded]:
    for event in events:
        if event.name == Name.DONE and event.invoice:
            yield Reminded(
                invoice=event.invoice,
                policy=event.policy,
                level=event.level,
                offset=event.offset,
                day=event.effective or event.day,
                currency=event.currency,
                balance=event.balance,
            )


def _ended(several: Sequence[Reminded], decision: Decision | None) -> Iterable[Reminded]:
    """The reminders of one invoice, each with its end."""
    settled = decision is not None and _is_settled(decision)
    day = paid_on(decision) if decision and settled else None
    # Where the day of payment is known, it belongs to the last reminder that went on it or before.
    before = sum(each.day <= day for each in several) if day else len(several)
    for place, each in enumerate(several, start=1):
        if place < before:
            yield _with(each, After.NEXT, _less(each.balance, several[place].balance))
        elif place > before:
            yield _with(each, After.CROSSED, _NOTHING)
        elif settled:
            assert decision
            days = (day - each.day).days if day else None
            yield _with(each, After.PAID, _less(each.balance, _left(decision)), days)
        else:
            yield _unsettled(each, decision)


def _unsettled(each: Reminded, decision: Decision | None) -> Reminded:
    """The last reminder of an invoice that is not settled."""
    if decision is None:
        return _with(each, After.UNKNOWN, _NOTHING)
    if decision.reason.code == Code.VOID:
        return _with(each, After.VOID, _NOTHING)
    invoice = decision.invoice
    if invoice.balance is None or invoice.currency != each.currency:
        return _with(each, After.UNKNOWN, _NOTHING)
    return _with(each, After.OPEN, _less(each.balance, invoice.balance))


def _is_settled(decision: Decision) -> bool:
    return decision.verdict is Verdict.CLOSED and decision.reason.code != Code.VOID


def _left(decision: Decision) -> Decimal:
    """What was never paid of an invoice that is settled: a discount, or a balance that counts as nothing."""
    if decision.reason.code == Code.PAID_WITH_DISCOUNT:
        return decision.invoice.balance or _NOTHING
    return _NOTHING


def _less(then: Decimal | None, now: Decimal | None) -> Decimal:
    """What was paid between two looks; never below nothing, nor more than was asked for."""
    if then is None or now is None:
        return _NOTHING
    return min(max(then - now, _NOTHING), max(then, _NOTHING))


def _with(each: Reminded, after: After, recovered: Decimal, days: int | None = None) -> Reminded:
    return Reminded(
        invoice=each.invoice,
        policy=each.policy,
        level=each.level,
        offset=each.offset,
        day=each.day,
        currency=each.currency,
        balance=each.balance,
        after=after,
        recovered=recovered,
        days=days,
    )

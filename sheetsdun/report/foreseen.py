"""What a forecast tells, whoever it is for: days with their letters and sums, and what must be said beside them."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from sheetsdun.domain.decision import Verdict
from sheetsdun.domain.forecast import Day, Foreseen
from sheetsdun.domain.habits import ENOUGH, Basis
from sheetsdun.domain.history import State
from sheetsdun.domain.invoice import Invoice
from sheetsdun.domain.money import rounded
from sheetsdun.domain.policy import Policy, Rung
from sheetsdun.report.told import sternest_level, total
from sheetsdun.rows.words import Words
from sheetsdun.sync.foresee import Foresight

VERSION = 1
"""Of the JSON; a later version may add names, never change one."""

_WAITS_FOR_A_PERSON = {
    Verdict.PROBLEM: "with a problem",
    Verdict.HELD: "on hold",
    Verdict.STOPPED: "stopped",
    Verdict.ANSWERED: "answered",
    Verdict.REVIEW: "in review",
}
_LOST = frozenset({State.DISCARDED, State.UNCERTAIN})


def levels(told: Foresight) -> list[str]:
    """Names of all levels, the calmest first."""
    policies: Iterable[Policy] = told.known.terms.policies.values()
    rungs = [Rung(policy, place) for policy in policies for place in range(1, len(policy.levels) + 1)]
    return [*dict.fromkeys(rung.level.name for rung in sorted(rungs, key=lambda rung: rung.offset))]


def by_level(days: Iterable[Day]) -> Counter[str]:
    """How many letters have which level as their sternest."""
    return Counter(sternest_level(each.letter) for day in days for each in day.letters)


def asked_for(letters: Iterable[Foreseen]) -> dict[str, Decimal]:
    """What letters ask for, by currency: what climbs by them, less credits."""
    sums: dict[str, Decimal] = {}
    for each in letters:
        currency = each.letter.currency
        sums[currency] = sums.get(currency, Decimal(0)) + total(each.letter)
    return sums


def owed(invoices: Iterable[Invoice]) -> dict[str, Decimal]:
    """Balances by currency."""
    sums: dict[str, Decimal] = {}
    for invoice in invoices:
        sums[invoice.currency] = sums.get(invoice.currency, Decimal(0)) + (invoice.balance or Decimal(0))
    return sums


def money(sums: dict[str, Decimal], words: Words) -> str:
    """``1,200.00 EUR, 40.00 USD``: currencies are never mixed."""
    return ", ".join(f"{words.money(rounded(sums[code], code))} {code}" for code in sorted(sums))


def counted(count: int, one: str, many: str) -> str:
    """``1 letter``, ``3 letters``."""
    return f"{count:,} {one if count == 1 else many}"


def headline(told: Foresight) -> str:
    """What it comes to, in one sentence."""
    days = told.forecast.days
    letters = sum(len(day.letters) for day in days)
    tasks = sum(len(day.tasks) for day in days)
    debtors = len({each.letter.debtor for day in days for each in day.letters})
    said = f"{counted(letters, 'letter', 'letters')} to {counted(debtors, 'debtor', 'debtors')}"
    return f"{said} and {counted(tasks, 'task', 'tasks')}" if tasks else said


def assumption(told: Foresight, words: Words) -> str:
    """What is taken for granted."""
    last = words.date(told.forecast.last)
    paying = "debtors pay as they have so far" if told.expected is not None else "nobody pays"
    return f"From today until {last}, if {paying} and every letter goes on the day on which it falls due."


def remarks(told: Foresight, words: Words) -> Iterator[str]:
    """What must be said beside the figures."""
    first = told.forecast.days[0] if told.forecast.days else None
    drafts = sum(letter.waits for letter in first.letters) if first else 0
    if first and drafts:
        lie = counted(drafts, "draft that lies open is", "drafts that lie open are")
        yield f"{lie[:1].upper()}{lie[1:]} taken as sent on {words.date(first.day)}."
    over = [
        day for day in told.forecast.days if sum(not each.waits for each in day.letters) > told.max_letters
    ]
    if over:
        named = ", ".join(words.date(day.day) for day in over[:5])
        yield f"On {named} there would be more new letters than max_letters ({told.max_letters}): sync would refuse."
    exhausted = [each.invoice for each in told.forecast.decisions if each.verdict is Verdict.EXHAUSTED]
    if exhausted:
        past = counted(len(exhausted), "invoice is", "invoices are")
        yield f"By then {past} past the last level: {money(owed(exhausted), words)}."
    yield from _left_out(told, words)
    yield from _payments(told)


def _left_out(told: Foresight, words: Words) -> Iterator[str]:
    waiting = [each for each in told.forecast.decisions if each.verdict in _WAITS_FOR_A_PERSON]
    if not waiting:
        return
    counts = Counter(each.verdict for each in waiting)
    parts = ", ".join(
        f"{counts[verdict]} {name}" for verdict, name in _WAITS_FOR_A_PERSON.items() if counts[verdict]
    )
    sums = money(owed(each.invoice for each in waiting), words)
    yield f"Waiting for a person to the end, and so without further letters: {parts} ({sums})."


def _payments(told: Foresight) -> Iterator[str]:
    """What the expected payments rest on; where the sheet does not tell, that is said."""
    if told.expected is None:
        return
    counts = Counter(each.basis for each in told.expected.values())
    if not told.expected:
        yield "Nothing is open that anybody could pay."
    if counts[Basis.OWN]:
        yield (
            f"{counted(counts[Basis.OWN], 'open invoice is', 'open invoices are')} taken as paid by their customer's own past: the median of the days "
            f"late of at least {ENOUGH} settled invoices."
        )
    if counts[Basis.OVERALL]:
        yield (
            f"{counted(counts[Basis.OVERALL], 'open invoice is', 'open invoices are')} taken as paid by the median of all customers, since their own past is known "
            f"of fewer than {ENOUGH} invoices."
        )
    if counts[Basis.LATER_THAN_EVER]:
        yield (
            f"{counted(counts[Basis.LATER_THAN_EVER], 'invoice is', 'invoices are')} open for longer than any of those was before it "
            "was paid: no payment is expected."
        )
    if counts[Basis.UNKNOWN]:
        yield (
            f"Of {counted(counts[Basis.UNKNOWN], 'open invoice', 'open invoices')} nobody can tell: the sheet knows the day of payment of fewer than {ENOUGH} settled "
            "invoices. Days of payment are read from the tab of payments. They are taken as not paid."
        )


def as_record(told: Foresight, words: Words) -> dict[str, Any]:
    """The forecast for programs."""
    expected = told.expected or {}
    return {
        "version": VERSION,
        "today": told.forecast.first.isoformat(),
        "until": told.forecast.last.isoformat(),
        "with_payments": told.expected is not None,
        "days": [_day(told, day) for day in told.forecast.days],
        "expected_payments": [
            {
                "invoice": name,
                "day": each.day.isoformat() if each.day else None,
                "basis": each.basis,
                "sample": each.sample,
            }
            for name, each in expected.items()
        ],
        "at_the_end": [
            {"invoice": each.invoice.id, "decision": each.verdict} for each in told.forecast.decisions
        ],
        "remarks": [*remarks(told, words)],
    }


def _day(told: Foresight, day: Day) -> dict[str, Any]:
    return {
        "day": day.day.isoformat(),
        "letters": [_letter(told, letter) for letter in day.letters],
        "tasks": [
            {
                "invoice": task.decision.invoice.id,
                "customer": task.decision.invoice.customer,
                "level": task.rung.level.name,
                "channel": task.rung.level.channel,
            }
            for task in day.tasks
        ],
        "paid": [*day.paid],
    }


def _letter(told: Foresight, each: Foreseen) -> dict[str, Any]:
    letter = each.letter
    return {
        "customer": told.names.get(letter.debtor, ""),
        "debtor": letter.debtor,
        "currency": letter.currency,
        "total": f"{total(letter):f}",
        "level": sternest_level(letter),
        "kind": letter.kind,
        "waits": each.waits,
        "invoices": [
            {"invoice": part.invoice, "level": part.level, "balance": f"{part.balance or 0:f}"}
            for part in letter.climbed
        ],
    }


def months(first: dt.date, last: dt.date) -> Sequence[dt.date]:
    """The first day of each month from one day to another."""
    found = [first.replace(day=1)]
    while (following := (found[-1] + dt.timedelta(31)).replace(day=1)) <= last:
        found.append(following)
    return found


def weeks(told: Foresight, month: dt.date) -> Iterator[list[dt.date]]:
    """The weeks of a month, from Monday, without those that are over by today or begin after the last day."""
    for week in calendar.Calendar().monthdatescalendar(month.year, month.month):
        if week[-1] >= told.forecast.first and week[0] <= told.forecast.last:
            yield week

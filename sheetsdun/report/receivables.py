"""What a report of receivables tells, whoever it is for: names, shares, findings, and what must be said beside them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from sheetsdun.domain.aging import Aged, Bucket
from sheetsdun.domain.history import LetterHistory, State
from sheetsdun.domain.invoice import customer_key
from sheetsdun.domain.outstanding import WINDOW, Outstanding
from sheetsdun.domain.promises import Word
from sheetsdun.domain.recovery import After, Recovery
from sheetsdun.report.foreseen import counted, money
from sheetsdun.report.told import sternest_level, total
from sheetsdun.rows.text import clip
from sheetsdun.rows.words import Words
from sheetsdun.sync.receivables import Receivables

NAMES = {
    Bucket.CURRENT: "Current",
    Bucket.UP_TO_30: "1–30",
    Bucket.UP_TO_60: "31–60",
    Bucket.UP_TO_90: "61–90",
    Bucket.OVER_90: "Over 90",
    Bucket.UNDATED: "No due date",
}
"""Headers of the buckets."""

STATES = {
    State.OPENED: "being made",
    State.DRAFTED: "waits as a draft",
    State.SENDING: "handed to Gmail, no answer yet",
    State.GONE: "draft is gone, being looked for",
    State.WITHDRAWING: "being taken back",
    State.DISCARDED: "deleted by a person: choose redo or skip",
    State.UNCERTAIN: "nobody can tell whether it was sent: choose redo or skip",
}
"""Of open letters."""

_LONGEST = 60
_WEEK = 7


def buckets(told: Receivables) -> list[Bucket]:
    """Those that are shown: the last one only where something is in it."""
    undated = any(each.buckets[Bucket.UNDATED] for each in told.aging.totals)
    return [each for each in Bucket if undated or each is not Bucket.UNDATED]


def whom(told: Receivables, debtor: str) -> str:
    """A debtor as the sheet names them."""
    return clip(told.names.get(debtor, "") or debtor, _LONGEST)


def named(line: Aged) -> str:
    """The debtor of a line."""
    return clip(line.customer or line.debtor, _LONGEST)


def state(letter: LetterHistory) -> str:
    """Where an open letter stands, in words."""
    if letter.state is State.DRAFTED and letter.edited:
        return "a draft that a person has edited"
    return STATES.get(letter.state, str(letter.state))


def share(part: Decimal | int, whole: Decimal | int) -> str:
    """A part in whole percent; "" of nothing."""
    return f"{round(Decimal(100) * part / whole)} %" if whole else ""


def level_name(told: Receivables, each: Recovery) -> str:
    """A level; with its policy where there are several."""
    several = len({other.policy for other in told.recovery}) > 1
    return f"{each.policy}: {each.level}" if several else each.level


def median_days(each: Recovery) -> str:
    """Median days to payment, with how many it rests on: ``6 (of 3)``."""
    found = each.median_days
    return "" if found is None else f"{found:g} (of {len(each.delays)})"


def days_outstanding(each: Outstanding) -> str:
    """Days sales outstanding, or a dash."""
    return "–" if each.days is None else f"{each.days:f}"


def asked_for(letters: Iterable[LetterHistory]) -> dict[str, Decimal]:
    """What letters asked for, by currency."""
    sums: dict[str, Decimal] = {}
    for each in letters:
        sums[each.currency] = sums.get(each.currency, Decimal(0)) + total(each)
    return sums


def sent_by_level(told: Receivables) -> Counter[str]:
    """How many letters of the period had which level as their sternest."""
    return Counter(sternest_level(each) for each in told.sent)


def level_names(told: Receivables) -> list[str]:
    """Names of the levels of the letters that went, the calmest first."""
    lowest: dict[str, int] = {}
    for letter in told.sent:
        offset = max((part.offset for part in letter.climbed), default=0)
        name = sternest_level(letter)
        lowest[name] = min(offset, lowest.get(name, offset))
    return sorted(lowest, key=lambda name: (lowest[name], name))


def weeks(told: Receivables) -> list[tuple[dt.date, Counter[str]]]:
    """The weeks of the period by their Monday, those without letters too: letters by their sternest level."""
    monday = told.since - dt.timedelta(told.since.weekday())
    count = (min(told.until, told.today) - monday).days // _WEEK + 1
    found: dict[dt.date, Counter[str]] = {
        monday + dt.timedelta(_WEEK * number): Counter() for number in range(count)
    }
    for letter in told.sent:
        if letter.effective is not None:
            start = letter.effective - dt.timedelta(letter.effective.weekday())
            found.setdefault(start, Counter())[sternest_level(letter)] += 1
    return sorted(found.items())


def period(told: Receivables) -> str:
    """``1 September 2026 – 29 November 2026``."""
    return f"{told.since.day} {told.since:%B %Y} – {told.until.day} {told.until:%B %Y}"


def headline(told: Receivables, words: Words) -> str:
    """What it comes to, in one sentence."""
    sums = {each.currency: each.past_due for each in told.aging.totals if each.past_due}
    if not sums:
        return "nothing is past due"
    return f"{money(sums, words)} past due"


def concentration(lines: Sequence[Aged]) -> tuple[int, str]:
    """How few debtors owe half or more of what is past due in one currency, and their share."""
    whole = sum((each.past_due for each in lines), Decimal(0))
    reached = Decimal(0)
    for number, each in enumerate(lines, start=1):
        reached += each.past_due
        if whole and reached * 2 >= whole:
            return number, share(reached, whole)
    return 0, ""


def promise_counts(told: Receivables) -> Counter[Word]:
    """How many promises had which end."""
    return Counter(each.word for each in told.promises)


def remarks(told: Receivables, words: Words) -> Iterator[str]:
    """What must be said beside the figures."""
    yield from _in_no_sum(told)
    yield from _credits(told, words)
    yield from _outstanding(told)
    yield from _recovered(told)


def _in_no_sum(told: Receivables) -> Iterator[str]:
    if count := len(told.aging.unreadable):
        rows = ", ".join(str(each.row) for each in told.aging.unreadable[:5])
        more = f" and {count - 5} more" if count > 5 else ""  # noqa: PLR2004 - as many as are named
        yield f"In no sum, since the balance cannot be read: {counted(count, 'row', 'rows')} ({rows}{more})."
    if count := len(told.aging.flawed):
        yield f"{counted(count, 'row', 'rows')} with a problem {'is' if count == 1 else 'are'} counted as the row stands."
    if letters := told.known.broken:
        yield f"The log is damaged from event {letters} on: nothing after it is told here."


def _credits(told: Receivables, words: Words) -> Iterator[str]:
    sums = {each.currency: each.credits for each in told.aging.totals if each.credits}
    if sums:
        yield (
            f"Credit notes and overpayments come to {money(sums, words)}. They are in no bucket; a debtor's net is "
            "what is left when they are set against what is open."
        )
    disputed = {each.currency: each.disputed for each in told.aging.totals if each.disputed}
    if disputed:
        yield f"Of what is open, {money(disputed, words)} is disputed."


def _outstanding(told: Receivables) -> Iterator[str]:
    if any(each.days is not None for each in told.outstanding):
        yield (
            "Days sales outstanding: what is owed today, credits deducted, divided by what was invoiced in the last "
            f"{WINDOW} days, times {WINDOW}. It holds only as long as paid invoices stay in the sheet."
        )
    for each in told.outstanding:
        if each.lacking:
            rows = counted(each.lacking, "row", "rows")
            yield f"Days sales outstanding in {each.currency} cannot be told: {rows} may be of these {WINDOW} days, and lack the issue date or the amount."
        elif each.days is None:
            yield f"Days sales outstanding in {each.currency} cannot be told: nothing was invoiced in the last {WINDOW} days."


def _recovered(told: Receivables) -> Iterator[str]:
    if not told.recovery:
        return
    yield (
        "Recovery: an invoice counts as paid after the last reminder before it was settled. That says when, not why. "
        "Sums are what the log has noted at each reminder, less what it notes at the next, or what the sheet says now."
    )
    paid = sum(each.after[After.PAID] for each in told.recovery)
    known = sum(len(each.delays) for each in told.recovery)
    if paid > known:
        yield (
            f"Of {counted(paid, 'invoice', 'invoices')} paid after a reminder, the day is known of {known}: "
            "only the tab of payments tells days."
        )
    crossed = sum(each.after[After.CROSSED] for each in told.recovery)
    if crossed:
        yield f"{counted(crossed, 'reminder', 'reminders')} went after the payment, as its date shows: they crossed."
    gone = sum(each.after[After.UNKNOWN] for each in told.recovery)
    if gone:
        yield f"Of {counted(gone, 'reminder', 'reminders')} nobody can tell what came after: the row is gone, or tells no balance in that currency."


def best(told: Receivables) -> Recovery | None:
    """The level after which most invoices were paid; None where none was."""
    paid = [each for each in told.recovery if each.after[After.PAID]]
    return max(paid, key=lambda each: each.after[After.PAID], default=None)


def debtors(told: Receivables) -> int:
    """How many customers owe something that is past due."""
    return len({customer_key(each.customer) or each.debtor for each in told.aging.debtors if each.past_due})

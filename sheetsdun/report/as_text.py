"""The report for people: what was or will be written, what needs somebody, and how many rows wait for what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import IO

from rich.console import Console, RenderableType
from rich.text import Text

from sheetsdun.domain.decision import Decision, Verdict
from sheetsdun.domain.invoice import Invoice
from sheetsdun.domain.reasons import Code
from sheetsdun.report.tables import LONGEST, tables
from sheetsdun.report.told import Told
from sheetsdun.rows.text import clip
from sheetsdun.sync.outcome import LetterOutcome, Result

PIPE_WIDTH = 160
"""Characters of a line where there is no terminal to ask."""

_COUNTED = {
    Verdict.REMIND: "due",
    Verdict.WAIT: "waiting",
    Verdict.REVIEW: "in review",
    Verdict.HELD: "on hold",
    Verdict.PROMISED: "promised",
    Verdict.ANSWERED: "answered",
    Verdict.STOPPED: "stopped",
    Verdict.EXHAUSTED: "past the last level",
    Verdict.PROBLEM: "with a problem",
    Verdict.CLOSED: "closed",
}
_NEEDS_A_WORD = frozenset({Code.DRAFT_DISCARDED, Code.DRAFT_UNCERTAIN})


def print_report(told: Told, stream: IO[str], *, verbose: bool = False, quiet: bool = False) -> None:
    """Print the report.

    Args:
        told: What it says.
        stream: Where; colours only where it is a terminal and NO_COLOR is not set.
        verbose: Every row, and the calls.
        quiet: Only what needs a person.
    """
    width = None if stream.isatty() else PIPE_WIDTH
    console = Console(
        file=stream, highlight=False, emoji=False, markup=False, width=width, soft_wrap=width is not None
    )
    first = True
    for block in _blocks(told, verbose=verbose, quiet=quiet):
        if not first:
            console.print()
        first = False
        for line in block:
            console.print(line)


def _blocks(told: Told, *, verbose: bool, quiet: bool) -> Iterator[Iterable[RenderableType]]:
    """What stands together; an empty line goes between two blocks."""
    if not quiet:
        yield [Text(_headline(told), style="bold")]
        yield from ([table] for table in tables(told, verbose=verbose))
        if told.decisions and not told.letters and not told.tasks:
            yield [Text(_nothing_new(told))]
    if help_ := [*_help(told)]:
        yield [Text("Needs a person", style="bold"), *(Text(f"  {line}") for line in help_)]
    if verbose and told.decisions:
        yield [Text(_row(told, decision)) for decision in told.decisions]
    if not quiet:
        yield _ending(told, verbose=verbose)


def _ending(told: Told, *, verbose: bool) -> Iterator[Text]:
    yield Text(_summary(told))
    if verbose:
        calls = ", ".join(f"{api} {count}" for api, count in told.calls.items())
        yield Text(f"HTTP requests: {calls}", style="dim")
    elif not told.applied and told.decisions:
        yield Text("With -v: every row, and why it waits.", style="dim")


def _headline(told: Told) -> str:
    day = f"{told.today:%a} {told.words.date(told.today)} {told.today.year}"
    what = "Done" if told.applied else "Plan; nothing was changed"
    return f"{told.spreadsheet}, {day}. {what}."


def _help(told: Told) -> Iterator[str]:
    for decision in told.decisions:
        if decision.verdict.needs_help or decision.reason.code in _NEEDS_A_WORD:
            yield _row(told, decision)
    for deed in told.undone:
        yield _of_row(deed.invoice, told.words.reason(deed.reason))
    yield from map(str, told.loose)
    for each in (*told.letters, *(each for _, each in told.digests)):
        if each.note or each.result in {Result.FAILED, Result.UNCERTAIN}:
            yield _trouble(each)
    yield from told.warnings
    if told.stopped:
        left = sum(each.result is Result.PLANNED for each in told.letters)
        rest = f" {left} letters are left for the next run." if left else ""
        yield f"Stopped early: {told.stopped}{rest}"


def _trouble(each: LetterOutcome) -> str:
    return f"{each.letter.id} {each.result}: {each.note}"


def _row(told: Told, decision: Decision) -> str:
    sentences = " ".join(map(told.words.reason, (decision.reason, *decision.others)))
    return _of_row(decision.invoice, sentences)


def _of_row(invoice: Invoice, sentences: str) -> str:
    customer = clip(invoice.customer, LONGEST)
    return f"Row {invoice.row}, {invoice.id or '(no number)'}, {customer or '(no customer)'}: {sentences}"


def _nothing_new(told: Told) -> str:
    days = [each.until for each in told.decisions if each.reason.code is Code.SENDING_DAY and each.until]
    if not days:
        return "No new reminder is due."
    first = min(days)
    what = "1 invoice is due one" if len(days) == 1 else f"{len(days)} invoices are due one"
    return f"No new reminder today: {what}, and the next sending day is {first:%a} {told.words.date(first)}."


def _summary(told: Told) -> str:
    if not told.decisions:
        return "The invoice tab has no invoices."
    counts = Counter(decision.verdict for decision in told.decisions)
    parts = [f"{counts[verdict]} {words}" for verdict, words in _COUNTED.items() if counts[verdict]]
    rows = "1 invoice" if len(told.decisions) == 1 else f"{len(told.decisions)} invoices"
    return f"{rows}: {', '.join(parts)}."

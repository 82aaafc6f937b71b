"""The report for people: what was or will be written, what needs somebody, and how many rows wait for what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import IO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sheetsdun.domain.decision import Decision, Verdict
from sheetsdun.domain.event import Event, Name, Role
from sheetsdun.domain.history import LetterHistory
from sheetsdun.report.told import Told, invoices, sternest_level, total
from sheetsdun.sync.outcome import LetterOutcome, Result

PIPE_WIDTH = 160
"""Characters of a line where there is no terminal to ask."""

_SHOWN = 12
"""Invoices of a letter that are named; the others are counted."""

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
_NEEDS_HELP = frozenset({Verdict.PROBLEM, Verdict.ANSWERED})
_COLOURS = {Result.FAILED: "red", Result.UNCERTAIN: "yellow", Result.SENT: "green", Result.DRAFTED: "green"}
_HAPPENED = {
    Name.EDITED: "a person edited the draft",
    Name.GONE: "the draft is gone; looking for it",
    Name.DISCARDED: "a person deleted the draft: choose redo or skip",
    Name.SENT: "sent by hand",
    Name.WITHDRAWN: "taken back",
    Name.SKIPPED: "skipped",
    Name.DONE: "task done",
    Name.FAILED: "Google refused it",
    Name.UNCERTAIN: "nobody can tell whether it was sent: look in Sent, then choose redo or skip",
    Name.REPLIED: "the debtor answered",
    Name.BOUNCED: "came back",
    Name.ASKED: "asked for",
}


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
    if not quiet:
        console.print(Text(_headline(told), style="bold"))
        for table in _tables(told, verbose=verbose):
            console.print()
            console.print(table)
    help_ = [*_help(told)]
    if help_:
        if not quiet:
            console.print()
        console.print(Text("Needs a person", style="bold"))
        for line in help_:
            console.print(Text(f"  {line}"))
    if verbose:
        console.print()
        for decision in told.decisions:
            console.print(Text(_row(told, decision)))
    if not quiet:
        console.print()
        console.print(Text(_summary(told)))
        if verbose:
            calls = ", ".join(f"{api} {count}" for api, count in told.calls.items())
            console.print(Text(f"HTTP requests: {calls}", style="dim"))


def _headline(told: Told) -> str:
    day = f"{told.today:%a} {told.words.date(told.today)} {told.today.year}"
    what = "Done" if told.applied else "Plan; nothing was changed"
    return f"{told.spreadsheet}, {day}. {what}."


def _tables(told: Told, *, verbose: bool) -> Iterator[Table]:
    if told.letters:
        table = _table("Letter", "To", "Level", "Invoices", "Total", "Outcome")
        table.columns[4].justify = "right"
        for each in told.letters:
            letter = each.letter
            outcome = Text(each.result, style=_COLOURS.get(each.result, ""))
            table.add_row(
                letter.id,
                Text(_whom(told, letter, verbose=verbose)),
                sternest_level(letter),
                Text(_named(letter)),
                f"{total(letter):,.2f} {letter.currency}",
                outcome,
            )
        yield table
    if told.tasks:
        table = _table("Task", "For", "Level", "Invoice", "Total")
        table.columns[4].justify = "right"
        for task in told.tasks:
            invoice = task.decision.invoice
            table.add_row(
                told.words.task(task.rung.level.channel),
                Text(
                    ", ".join(part for part in (invoice.contact or invoice.customer, invoice.phone) if part)
                ),
                task.rung.level.name,
                Text(invoice.id),
                f"{invoice.balance or 0:,.2f} {invoice.currency}",
            )
        yield table
    happened = [*_happened(told.events)]
    if happened:
        table = _table("Letter", "Invoice", "What happened")
        for letter_id, about, what in happened:
            table.add_row(letter_id, Text(about), Text(what))
        yield table


def _table(*headers: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for header in headers:
        table.add_column(header, overflow="fold")
    return table


def _whom(told: Told, letter: LetterHistory, *, verbose: bool) -> str:
    """The customer, as the rows name them; the addresses, too, where every row is shown."""
    names = (
        decision.invoice.customer for decision in told.decisions if decision.invoice.id in letter.invoices
    )
    addresses = ", ".join(letter.recipients)
    customer = next(filter(None, names), "")
    return f"{customer} <{addresses}>".strip() if verbose or not customer else customer


def _named(letter: LetterHistory) -> str:
    names = invoices(letter, Role.CLIMBED)
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    listed = invoices(letter, Role.LISTED)
    also = f" (+{len(listed)} listed)" if listed else ""
    return ", ".join(names[:_SHOWN]) + more + also


def _happened(events: Iterable[Event]) -> Iterator[tuple[str, str, str]]:
    for event in events:
        if event.name in _HAPPENED:
            note = f" ({event.note})" if event.note and event.name != Name.SENT else ""
            yield event.letter, event.invoice, _HAPPENED[Name(event.name)] + note


def _help(told: Told) -> Iterator[str]:
    for decision in told.decisions:
        if decision.verdict in _NEEDS_HELP:
            yield _row(told, decision)
    for each in told.letters:
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
    invoice = decision.invoice
    sentences = " ".join(map(told.words.reason, (decision.reason, *decision.others)))
    name = invoice.id or "(no number)"
    return f"Row {invoice.row}, {name}, {invoice.customer or '(no customer)'}: {sentences}"


def _summary(told: Told) -> str:
    if not told.decisions:
        return "The invoice tab has no invoices."
    counts = Counter(decision.verdict for decision in told.decisions)
    parts = [f"{counts[verdict]} {words}" for verdict, words in _COUNTED.items() if counts[verdict]]
    rows = "1 invoice" if len(told.decisions) == 1 else f"{len(told.decisions)} invoices"
    return f"{rows}: {', '.join(parts)}."

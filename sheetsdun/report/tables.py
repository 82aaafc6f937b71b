"""The tables of the report for people: letters, tasks, what happened, and what would be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rich import box
from rich.table import Table
from rich.text import Text

from sheetsdun.domain.event import Event, Name, Role
from sheetsdun.domain.history import LetterHistory
from sheetsdun.report.told import Told, invoices, sternest_level, total
from sheetsdun.rows.text import clip
from sheetsdun.sync.outcome import LetterOutcome, Result

_SHOWN = 12
"""Invoices of a letter that are named; the others are counted."""

LONGEST = 60
"""Characters of a customer's name: a cell may hold forty thousand."""

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
    Name.REFUSED: "Google refused to send it as edited",
    Name.UNCERTAIN: "nobody can tell whether it was sent: look in Sent, then choose redo or skip",
    Name.REPLIED: "the debtor answered",
    Name.BOUNCED: "came back",
    Name.ASKED: "Action",
}
_NOTED = {Name.SENT: "", Name.BOUNCED: "", Name.ASKED: " {}"}
"""How an event's note is told, where not in brackets: who sent it, and a robot's name, say nothing."""


def tables(told: Told, *, verbose: bool) -> Iterator[Table]:
    """All that have something to show.

    Args:
        told: What the report says.
        verbose: Addresses, too.
    """
    if told.letters:
        yield _letters(told, verbose=verbose)
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
    if told.digests:
        yield _digests(told)
    happened = [*_happened(told.events)]
    if happened:
        table = _table("Letter", "Invoice", "What happened")
        for letter_id, about, what in happened:
            table.add_row(letter_id, Text(about), Text(what))
        yield table
    if told.stale:
        table = _table("Draft", "Would be taken back")
        for stale in told.stale:
            table.add_row(stale.letter, Text(told.words.reason(stale.reason)))
        yield table


def _letters(told: Told, *, verbose: bool) -> Table:
    """The letters. One that is only planned has no code yet that it would keep."""
    coded = any(map(_code, told.letters))
    customers = {decision.invoice.id: decision.invoice.customer for decision in told.decisions}
    table = _table(*["Letter"] * coded, "To", "Level", "Invoices", "Total", "Outcome")
    table.columns[-2].justify = "right"
    for each in told.letters:
        letter = each.letter
        table.add_row(
            *[_code(each)] * coded,
            Text(_whom(customers, letter, verbose=verbose)),
            sternest_level(letter),
            Text(_named(letter)),
            f"{total(letter):,.2f} {letter.currency}",
            Text(_outcome(told, each), style=_COLOURS.get(each.result, "")),
        )
    return table


def _digests(told: Told) -> Table:
    table = _table("Digest", "To", "Tasks", "News", "Outcome")
    for digest, each in told.digests:
        outcome = Text(_outcome(told, each), style=_COLOURS.get(each.result, ""))
        table.add_row(_code(each), Text(digest.to), str(len(digest.tasks)), str(len(digest.news)), outcome)
    return table


def _code(each: LetterOutcome) -> str:
    return each.letter.id if each.letter.draft_id or each.result is not Result.PLANNED else ""


def _outcome(told: Told, each: LetterOutcome) -> str:
    if each.result is not Result.PLANNED:
        return each.result
    if told.applied:
        return "left for the next run"
    return "to be sent" if each.letter.id in told.by_itself else "to be drafted"


def _table(*headers: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for header in headers:
        table.add_column(header, overflow="fold")
    return table


def _whom(customers: Mapping[str, str], letter: LetterHistory, *, verbose: bool) -> str:
    """The customer, as the rows name them; the addresses, too, where every row is shown."""
    names = (customers.get(invoice) for invoice in letter.invoices)
    addresses = ", ".join(letter.recipients)
    customer = clip(next(filter(None, names), ""), LONGEST)
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
            note = _NOTED.get(Name(event.name), " ({})").format(event.note) if event.note else ""
            yield event.letter, event.invoice, _HAPPENED[Name(event.name)] + note

"""A forecast in the terminal: a table of days, or a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from sheetsdun.domain.forecast import Day
from sheetsdun.report.as_text import PIPE_WIDTH
from sheetsdun.report.foreseen import (
    asked_for,
    assumption,
    by_level,
    headline,
    levels,
    money,
    months,
    remarks,
    weeks,
)
from sheetsdun.report.told import sternest_level
from sheetsdun.rows.text import clip
from sheetsdun.rows.words import Words
from sheetsdun.sync.foresee import Foresight

_LONGEST = 60
_CELL = 6
_WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def print_forecast(
    told: Foresight, words: Words, stream: IO[str], *, as_calendar: bool = False, verbose: bool = False
) -> None:
    """Print it.

    Args:
        told: What would happen.
        words: In which dates and sums are said.
        stream: Where.
        as_calendar: A month's grid instead of a table of days.
        verbose: Each letter of each day.
    """
    width = None if stream.isatty() else PIPE_WIDTH
    console = Console(
        file=stream, highlight=False, emoji=False, markup=False, width=width, soft_wrap=width is not None
    )
    for block in _blocks(told, words, as_calendar=as_calendar, verbose=verbose):
        console.print(block)


def _blocks(told: Foresight, words: Words, *, as_calendar: bool, verbose: bool) -> Iterator[RenderableType]:
    yield Text(f"{told.known.snapshot.title}: {headline(told)}", style="bold")
    yield Text(assumption(told, words))
    yield Text()
    if told.forecast.days:
        yield from map(Text, calendar_lines(told)) if as_calendar else [_table(told, words)]
        yield Text()
    if verbose:
        for day in told.forecast.days:
            yield from map(Text, _letters(told, day, words))
        yield Text()
    counts = by_level(told.forecast.days)
    if counts:
        yield Text(
            "By level: " + ", ".join(f"{name} {counts[name]}" for name in levels(told) if counts[name])
        )
    for remark in remarks(told, words):
        yield Text(remark)


def _table(told: Foresight, words: Words) -> Table:
    paying = told.expected is not None
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for header in ("Day", "Letters", "Levels", "Asks for", "Tasks", *(["Paid"] if paying else [])):
        table.add_column(
            header, overflow="fold", justify="right" if header in {"Letters", "Tasks", "Paid"} else "left"
        )
    for day in told.forecast.days:
        counts = by_level([day])
        table.add_row(
            f"{day.day:%a} {words.date(day.day)}",
            str(len(day.letters) or ""),
            ", ".join(f"{name} {counts[name]}" for name in levels(told) if counts[name]),
            money(asked_for(day.letters), words),
            str(len(day.tasks) or ""),
            *([str(len(day.paid) or "")] if paying else []),
        )
    return table


def _letters(told: Foresight, day: Day, words: Words) -> Iterator[str]:
    """One line a letter, and one a task."""
    yield f"{day.day:%a} {words.date(day.day)}"
    for each in day.letters:
        letter = each.letter
        whom = clip(told.names.get(letter.debtor, "") or letter.debtor, _LONGEST)
        named = ", ".join(part.invoice for part in letter.climbed)
        draft = " (a draft already)" if each.waits else ""
        yield f"  {sternest_level(letter)}: {whom}, {named}, {money(asked_for([each]), words)}{draft}"
    for task in day.tasks:
        invoice = task.decision.invoice
        yield f"  {task.rung.level.name} ({task.rung.level.channel}): {clip(invoice.customer, _LONGEST)}, {invoice.id}"
    if day.paid:
        yield f"  paid: {', '.join(day.paid)}"


def calendar_lines(told: Foresight) -> Iterator[str]:
    """Months as grids: under each day its letters, and after a plus its tasks."""
    happens = {day.day: day for day in told.forecast.days}
    for number, month in enumerate(months(told.forecast.first, told.forecast.last)):
        if number:
            yield ""
        yield f"{month:%B %Y}".center(_CELL * 7).rstrip()
        yield "".join(name.rjust(_CELL) for name in _WEEK)
        for week in weeks(told, month):
            inside = [day for day in week if day.month == month.month]
            dates = [str(day.day) if day in inside else "" for day in week]
            counts = [_count(happens.get(day)) if day in inside else "" for day in week]
            yield "".join(text.rjust(_CELL) for text in dates).rstrip()
            if any(counts):
                yield "".join(text.rjust(_CELL) for text in counts).rstrip()
    yield ""
    yield "Under each day [letters], and +tasks."


def _count(day: Day | None) -> str:
    if day is None:
        return ""
    letters = f"[{len(day.letters)}]" if day.letters else ""
    return letters + (f"+{len(day.tasks)}" if day.tasks else "")

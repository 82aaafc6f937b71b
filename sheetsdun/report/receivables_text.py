"""A report of receivables in the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import IO

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from sheetsdun.domain.aging import Aged
from sheetsdun.domain.money import rounded
from sheetsdun.domain.recovery import After
from sheetsdun.report.as_text import PIPE_WIDTH
from sheetsdun.report.foreseen import counted, money
from sheetsdun.report.receivables import (
    NAMES,
    asked_for,
    buckets,
    days_outstanding,
    headline,
    level_name,
    level_names,
    median_days,
    named,
    period,
    promise_counts,
    remarks,
    sent_by_level,
    share,
    state,
    whom,
)
from sheetsdun.report.told import sternest_level, total
from sheetsdun.rows.words import Words
from sheetsdun.sync.receivables import Receivables

_SHOWN = 15
"""Debtors of a currency, and open letters, that are shown where nobody asks for all."""


def print_receivables(told: Receivables, words: Words, stream: IO[str], *, verbose: bool = False) -> None:
    """Print it; ``verbose`` shows every debtor and every open letter."""
    width = None if stream.isatty() else PIPE_WIDTH
    console = Console(
        file=stream, highlight=False, emoji=False, markup=False, width=width, soft_wrap=width is not None
    )
    for block in _blocks(told, words, verbose=verbose):
        console.print(block)


def _blocks(told: Receivables, words: Words, *, verbose: bool) -> Iterator[RenderableType]:
    title = f"{told.known.snapshot.title} on {words.date(told.today)}: {headline(told, words)}"
    yield Text(title, style="bold")
    yield Text()
    if told.aging.totals:
        yield _aging(told, words)
        yield Text()
    for aged in told.aging.totals:
        yield from _debtors(told, aged, words, verbose=verbose)
    yield from _sent(told, words)
    if told.recovery:
        yield _recovery(told, words)
        yield Text()
    yield from _open(told, words, verbose=verbose)
    if told.promises:
        counts = promise_counts(told)
        said = ", ".join(f"{counts[word]} {word}" for word in sorted(counts))
        yield Text(f"Promises to pay: {said}.")
    for remark in remarks(told, words):
        yield Text(remark)


def _table(headers: Sequence[str], left: int) -> Table:
    """A table whose first columns stand to the left, and all others, with figures, to the right."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for place, header in enumerate(headers):
        table.add_column(header, overflow="fold", justify="left" if place < left else "right")
    return table


def _figures(told: Receivables, each: Aged, words: Words) -> list[str]:
    """The buckets, what is open, credits and net."""
    sums = [*(each.buckets[name] for name in buckets(told)), each.open, each.credits, each.net]
    return [words.money(rounded(amount, each.currency)) if amount else "–" for amount in sums]


def _headers(told: Receivables) -> list[str]:
    return [*(NAMES[each] for each in buckets(told)), "Open", "Credits", "Net"]


def _aging(told: Receivables, words: Words) -> Table:
    table = _table(["Days past due", *_headers(told), "Invoices", "DSO"], left=1)
    for each, outstanding in zip(told.aging.totals, told.outstanding, strict=True):
        table.add_row(
            each.currency,
            *_figures(told, each, words),
            f"{each.invoices:,}",
            days_outstanding(outstanding),
        )
    return table


def _debtors(told: Receivables, aged: Aged, words: Words, *, verbose: bool) -> Iterator[RenderableType]:
    lines = told.aging.of(aged.currency)
    table = _table([f"Debtors, {aged.currency}", *_headers(told), "Oldest due"], left=1)
    shown = lines if verbose else lines[:_SHOWN]
    for each in shown:
        oldest = words.date(each.oldest) if each.oldest else ""
        table.add_row(Text(named(each)), *_figures(told, each, words), oldest)
    yield table
    if len(lines) > len(shown):
        rest = lines[len(shown) :]
        owed = sum((each.open for each in rest), Decimal(0))
        yield Text(
            f"and {counted(len(rest), 'debtor', 'debtors')} more with {money({aged.currency: owed}, words)} (-v shows all)"
        )
    yield Text()


def _sent(told: Receivables, words: Words) -> Iterator[RenderableType]:
    counts = sent_by_level(told)
    said = f"Sent {period(told)}: {counted(len(told.sent), 'letter', 'letters')}"
    if told.sent:
        by_level = ", ".join(f"{name} {counts[name]}" for name in level_names(told))
        by_hand = sum(each.by_hand for each in told.sent)
        said += (
            f" ({by_level}), {by_hand} of them by hand. They asked for {money(asked_for(told.sent), words)}"
        )
    yield Text(f"{said}.")
    yield Text()


def _recovery(told: Receivables, words: Words) -> Table:
    table = _table(
        [
            "Recovery by level", "Reminded", "Paid", "", "Next level", "Open", "Other",
            "Asked for", "Recovered", "Median days",
        ],
        left=1,
    )  # fmt: skip
    for each in told.recovery:
        after = each.after
        paid, later, still = after[After.PAID], after[After.NEXT], after[After.OPEN]
        table.add_row(
            level_name(told, each),
            f"{each.reminded:,}",
            f"{paid:,}",
            share(paid, each.reminded),
            f"{later:,}",
            f"{still:,}",
            f"{each.reminded - paid - later - still:,}",
            "\n".join(money(each.asked, words).split(", ")),
            "\n".join(money(each.recovered, words).split(", ")),
            median_days(each),
        )
    return table


def _open(told: Receivables, words: Words, *, verbose: bool) -> Iterator[RenderableType]:
    if not told.open:
        return
    table = _table(["Open letter", "Whom", "Level", "State", "Since", "Total"], left=4)
    shown = told.open if verbose else told.open[:_SHOWN]
    for each in shown:
        table.add_row(
            each.id,
            Text(whom(told, each.debtor)),
            sternest_level(each),
            state(each),
            words.date(each.since.astimezone(told.known.run.zone).date()),
            money({each.currency: total(each)}, words),
        )
    yield table
    if len(told.open) > len(shown):
        yield Text(f"and {len(told.open) - len(shown)} more (-v shows all)")
    yield Text()

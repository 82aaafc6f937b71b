"""A table as a book of invoices. One bad row never stops the others."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from sheetsdun.domain.invoice import Invoice, Problem
from sheetsdun.ports import Table, Value
from sheetsdun.rows import vocabulary
from sheetsdun.rows.anycolumn import AnyColumn
from sheetsdun.rows.columns import OURS, Columns, locate
from sheetsdun.rows.identity import Identity, others, without_instalment
from sheetsdun.rows.locales import Notation
from sheetsdun.rows.problems import Flaw
from sheetsdun.rows.row import Reading, Row

_TELLING = ("customer", "email", "amount", "due")
"""Without anything in these, a row with a number is a heading, or a number that is not yet in use."""


@dataclass(frozen=True, slots=True)
class Book:
    """What an invoice tab holds.

    Attributes:
        invoices: In the order of their rows.
        ignored: Rows that are no invoices: empty ones, totals, headings, numbers not yet in use.
    """

    invoices: tuple[Invoice, ...] = ()
    ignored: int = 0


def parse(table: Table, columns: Columns, reading: Reading) -> Book:
    """Read every row of the invoice tab.

    Raises:
        Refused: The header row lacks a column that must be there, or has one twice.
    """
    places = locate(table.header, columns, table.title)
    notation = Notation.of(reading.locale)
    identity = cast("Identity", Identity.at(places, columns, notation))  # locate has found its columns
    wanted = [(name, place) for name, place in places.items() if name not in OURS]
    cells = AnyColumn(table.header)
    invoices: list[Invoice] = []
    known: dict[str, list[int]] = {}
    for number, values, shown in rows(table):
        name = identity.of(values, shown)
        if name:
            known.setdefault(name, []).append(number)
        width = len(values)
        row = Row(
            number,
            [(field, values[place], shown[place]) for field, place in wanted if place < width],
            reading,
            notation,
        )
        if name and _is_invoice(row, name):
            invoices.append(_numbered(row.invoice(name, cells.of(shown))))
        elif not name and _is_unnamed(row):
            invoices.append(_unnamed(row, columns))
    return Book(tuple(_told_apart(invoices, known)), len(table.values) - len(invoices))


def _numbered(invoice: Invoice) -> Invoice:
    return (
        dataclasses.replace(invoice, number=without_instalment(invoice.id, invoice.instalment))
        if invoice.instalment
        else invoice
    )


def rows(table: Table) -> Iterator[tuple[int, Sequence[Value], Sequence[str]]]:
    """The table's rows: 1-based number in the sheet, values, and the same as people see them, of one length."""
    for place, values in enumerate(table.values):
        shown = table.shown[place] if place < len(table.shown) else ()
        if len(shown) < len(values):  # a number format may show nothing at all of what stands there
            shown = [*shown, *map(str, values[len(shown) :])]
        yield table.header_row + 1 + place, values, shown


def _is_invoice(row: Row, identity: str) -> bool:
    """Whether a row with something in its identity columns is an invoice, and no heading and no total."""
    texts = row.texts
    if not any(name in texts for name in _TELLING):
        return any(problem.field in _TELLING for problem in row.problems)
    total = identity.casefold().rstrip(":") in vocabulary.TOTAL
    return not (total and "email" not in texts and "due" not in texts)


def _is_unnamed(row: Row) -> bool:
    """Whether a row without a number is an invoice all the same: a sum, and somebody who owes it."""
    texts = row.texts
    broken = any(problem.field in {"invoice", "amount"} for problem in row.problems)
    return ("amount" in texts or broken) and ("email" in texts or ("customer" in texts and "due" in texts))


def _unnamed(row: Row, columns: Columns) -> Invoice:
    invoice = row.invoice("")
    if any(problem.field in columns.identity for problem in invoice.problems):
        return invoice
    return dataclasses.replace(
        invoice, problems=(Problem(columns.identity[0], Flaw.NO_IDENTITY.value), *invoice.problems)
    )


def _told_apart(invoices: Sequence[Invoice], known: dict[str, list[int]]) -> Iterator[Invoice]:
    """The invoices, each with a problem that names the other rows with its number."""
    for invoice in invoices:
        if also := others(known.get(invoice.id, ()), invoice.row):
            problem = Problem("", Flaw.DUPLICATE.value, also)
            invoice = dataclasses.replace(invoice, problems=(problem, *invoice.problems))  # noqa: PLW2901 - told apart
        yield invoice

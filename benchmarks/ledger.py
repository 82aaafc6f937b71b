"""A ledger of settled invoices as CSV, and how many reminders it must lead to: plain arithmetic, nothing of sheetsdun's.

The file has the columns invoiceNumber, customerID, InvoiceDate, DueDate, SettledDate (dates as 1/6/2012, month
first) and InvoiceAmount.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

LADDER = {"courtesy": -3, "friendly": 3, "reminder": 10, "firm": 20, "final": 30}
"""Levels and their days from the due date."""

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One invoice of the ledger; open from ``issued`` to the day before ``settled``."""

    number: str
    customer: str
    email: str
    issued: dt.date
    due: dt.date
    settled: dt.date
    amount: Decimal

    def open_on(self, day: dt.date) -> bool:
        """Whether it was issued, and not yet settled."""
        return self.issued <= day < self.settled


def read(path: Path) -> list[Entry]:
    """The ledger, in the order in which its invoices were issued."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sorted(map(_entry, csv.DictReader(file)), key=lambda entry: (entry.issued, entry.number))


def count(entries: Iterable[Entry], until: dt.date) -> Counter[tuple[str, str]]:
    """Reminders that are sent up to a day, itself included, by level and month (2012-07).

    Every day is a sending day and every level is sent on its day: an invoice gets a level if it is open on that day.
    """
    counted: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        for level, offset in LADDER.items():
            day = entry.due + offset * ONE_DAY
            if entry.open_on(day) and day <= until:
                counted[level, f"{day:%Y-%m}"] += 1
    return counted


def table(counted: Mapping[tuple[str, str], int]) -> str:
    """Reminders by month and level, as a Markdown table with totals."""
    months = sorted({month for _, month in counted})
    lines = [_line("month", *LADDER, "all"), _line("---", *("---:" for _ in LADDER), "---:")]
    for month in months:
        numbers = [counted.get((level, month), 0) for level in LADDER]
        lines.append(_line(month, *numbers, sum(numbers)))
    totals = [sum(counted.get((level, month), 0) for month in months) for level in LADDER]
    return "\n".join([*lines, _line("**all**", *totals, sum(totals))])


def _line(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _entry(row: Mapping[str, str]) -> Entry:
    customer = row["customerID"]
    return Entry(
        number=row["invoiceNumber"],
        customer=f"Customer {customer}",
        email=f"ap@{customer.lower()}.example",
        issued=_day(row["InvoiceDate"]),
        due=_day(row["DueDate"]),
        settled=_day(row["SettledDate"]),
        amount=Decimal(row["InvoiceAmount"]),
    )


def _day(text: str) -> dt.date:
    month, day, year = map(int, text.split("/"))
    return dt.date(year, month, day)

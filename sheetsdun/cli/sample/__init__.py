"""The demo's sample: the invoices of a small design studio, as they would stand on any day, and its config.

``invoices.csv`` has whole numbers where a sheet has dates: days from today.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sheetsdun.google.founding import Content

MAILBOX: Final = "accounts@haldenvoss.example"
TITLE: Final = "Receivables"
TAB: Final = "Invoices"
LOCALE: Final = "en_GB"
TIME_ZONE: Final = "Europe/Berlin"

_SENDER: Final = {
    "signature": "Greta Halden\nAccounts, Halden & Voss Studio\n+49 30 5550 0117",
}

_PAY: Final = """
[[pay]]  # a new account is written here, and nobody who edits the sheet can redirect money
name = "main"
kind = "iban"
holder = "Halden & Voss Studio"
iban = "DE89 3704 0044 0532 0130 00"
bic = "COBADEFFXXX"

[[pay]]
name = "card"
kind = "link"
title = "Pay by card"
url = "https://pay.haldenvoss.example/{reference}?amount={amount}&currency={currency}"
"""

_AUTO: Final = """
[policy.auto]  # as above, but sent without asking: for rows whose Escalation says "auto"
"""

_DATES: Final = frozenset({"Due", "Issued", "Hold until", "Promise"})
_SUMS: Final = frozenset({"Amount", "Paid"})
_DAYS: Final = re.compile(r"-?\d+")


def invoices(today: dt.date) -> list[list[Content]]:
    """The invoice tab, its header first, with dates around ``today``."""
    text = resources.files(__name__).joinpath("invoices.csv").read_text(encoding="utf-8")
    header, *rows = csv.reader(text.splitlines())
    filled = [[_content(name, cell, today) for name, cell in zip(header, row, strict=True)] for row in rows]
    return [[*header], *filled]


def config(spreadsheet_id: str, credentials: Path, endpoint: str) -> str:
    """The config that ``init`` writes, filled in as the studio would, with a second policy that sends by itself.

    Args:
        spreadsheet_id: Of the sample spreadsheet.
        credentials: The credentials file.
        endpoint: Where the embedded Google is.
    """
    from sheetsdun.config.example import LADDER, quoted, render

    text = render(
        spreadsheet_id,
        MAILBOX,
        credentials=str(credentials),
        invoices=TAB,
        sender="Halden & Voss Studio",
        endpoints=dict.fromkeys(("sheets", "gmail", "drive"), endpoint),
    )
    levels = "".join(
        f'\n[[policy.auto.level]]\nname = {quoted(name)}\noffset = {offset}\ndelivery = "send"\n'
        for name, offset in LADDER
    )
    return _fill_in(text, {name: quoted(value) for name, value in _SENDER.items()}) + _AUTO + levels + _PAY


def _fill_in(text: str, values: Mapping[str, str]) -> str:
    """Fill in settings that ``init`` leaves empty, where they stand."""
    for name, value in values.items():
        before, empty, after = text.partition(f'\n{name} = ""')
        assert empty, name
        text = f"{before}\n{name} = {value}{after}"
    return text


def _content(header: str, cell: str, today: dt.date) -> Content:
    if header in _DATES and _DAYS.fullmatch(cell):
        return today + dt.timedelta(int(cell))
    return Decimal(cell) if header in _SUMS and cell else cell

"""The layout that a config asks of its spreadsheet: what ``setup`` adds where it is missing."""

from __future__ import annotations

from collections.abc import Iterable

from sheetsdun.config import Config
from sheetsdun.google.layout import Column, WantedTab
from sheetsdun.journal.rows import HEADER
from sheetsdun.rows import policies, vocabulary
from sheetsdun.rows.columns import NEEDED, OURS, key

PEOPLE = ("escalation", "hold_until", "promise", "action", "language")
"""Columns by which the team steers reminders; added where they are missing."""

BLANK = ("invoice", "customer", "email", "issued", "due", "currency", "amount", "paid")
"""What an invoice tab begins with in which nothing stands yet."""

HALTING = ("hold", "stop")
"""What Escalation offers beside the policies."""


def ladders(config: Config) -> WantedTab:
    """The tab of ladders, with those of the config, for the team to tune."""
    header, *levels = policies.written(config.policies.values())
    columns = tuple(Column(str(title)) for title in header)
    return WantedTab(config.sheet.policies, columns, key=key, rows=tuple(map(tuple, levels)))


def wanted(config: Config, own: Iterable[str] = (), *, blank: bool = False) -> tuple[WantedTab, ...]:
    """The invoice tab and the log tab as they should be.

    Args:
        config: Names the tabs, the headers ("" for a column that is not wanted) and policies.
        own: Policies that the spreadsheet's own tab has besides.
        blank: Nothing stands in the invoice tab yet, not even a header: it gets the columns of an invoice, too.
    """
    choices = {
        "escalation": (*dict.fromkeys((*config.policies, *own)), *HALTING),
        "action": vocabulary.offered(config.defaults.ui_language),
    }
    first = (*BLANK, *NEEDED, *config.sheet.identity) if blank else ()
    headers = config.columns.headers
    columns = tuple(
        Column(headers[field], choices.get(field, ()), ours=field in OURS)
        for field in dict.fromkeys((*first, *PEOPLE, *OURS))
        if headers[field]
    )
    return (
        WantedTab(config.sheet.invoices, columns, config.sheet.header_row, key=key),
        WantedTab(config.sheet.log, tuple(map(Column, HEADER)), ours=True),
    )

"""Tables -> invoices and terms: everything in the spreadsheet that a decision rests on, but for the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sheetsdun.domain.invoice import Invoice
from sheetsdun.domain.terms import Terms
from sheetsdun.errors import Refused
from sheetsdun.ports import Table
from sheetsdun.rows import customers, payments, policies
from sheetsdun.rows.parse import parse
from sheetsdun.rows.row import Reading
from sheetsdun.sync.settings import Settings


def understand(
    tables: Mapping[str, Table], settings: Settings, locale: str
) -> tuple[tuple[Invoice, ...], Terms]:
    """Read the invoice tab, and what the other tabs add to it.

    Returns:
        The invoices, in the order of their rows, and the terms, the sheet's own policies among them.

    Raises:
        Refused: There is no invoice tab, or its header row is not as expected.
        ConfigError: The sheet's policies have mistakes.
    """
    tabs = settings.tabs
    table = tables.get(tabs.invoices)
    if table is None:
        raise Refused(
            f"The spreadsheet has no tab “{tabs.invoices}”.",
            "Was it renamed? Name it under [sheet] invoices in the config.",
        )
    terms = settings.terms
    if tabs.policies in tables:
        terms = replace(
            terms, policies={**policies.read(tables[tabs.policies], terms.charges), **terms.policies}
        )
    reading = Reading(locale=locale, currency=settings.currency, standings=settings.standings)
    invoices: Iterable[Invoice] = parse(table, settings.columns, reading).invoices
    if tabs.customers in tables:
        invoices = customers.complete(invoices, tables[tabs.customers], settings.columns, reading)
    if tabs.payments in tables:
        invoices = payments.settle(invoices, tables[tabs.payments], settings.columns, reading)
    return tuple(invoices), terms

"""Tables -> invoices and terms: everything in the spreadsheet that a decision rests on, but for the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sheetsdun.domain.instalments import Received, covered
from sheetsdun.domain.invoice import Invoice
from sheetsdun.domain.terms import Terms
from sheetsdun.errors import Refused
from sheetsdun.ports import Table
from sheetsdun.rows import customers, payments, policies
from sheetsdun.rows.parse import parse
from sheetsdun.rows.payments import Loose
from sheetsdun.rows.row import Reading
from sheetsdun.sync.settings import Settings


@dataclass(frozen=True, slots=True)
class Understood:
    """What the tabs say.

    Attributes:
        invoices: In the order of their rows.
        terms: The config's, the sheet's own policies among them.
        loose: Payments that only a person can match; they count nowhere.
    """

    invoices: tuple[Invoice, ...]
    terms: Terms
    loose: tuple[Loose, ...] = ()


def understand(
    tables: Mapping[str, Table], settings: Settings, locale: str
) -> tuple[tuple[Invoice, ...], Terms]:
    """The invoices and the terms, see ``understand_all``."""
    whole = understand_all(tables, settings, locale)
    return whole.invoices, whole.terms


def understand_all(tables: Mapping[str, Table], settings: Settings, locale: str) -> Understood:
    """Read the invoice tab, and what the other tabs add to it.

    Raises:
        Refused: There is no invoice tab, or the header row of a tab is not as expected.
        ConfigError: The sheet's policies have mistakes.
    """
    tabs = settings.tabs
    table = tables.get(tabs.invoices)
    if table is None:
        raise Refused(
            f"The spreadsheet has no tab “{tabs.invoices}”.",
            "Was it renamed? Name it under [sheet] invoices in the config.",
        )
    terms = _with_ladders(tables, settings)
    reading = Reading(locale=locale, currency=settings.currency, standings=settings.standings)
    invoices: Iterable[Invoice] = parse(table, settings.columns, reading).invoices
    if tabs.customers in tables:
        columns = settings.customer_columns or settings.columns.customers()
        invoices = customers.complete(invoices, tables[tabs.customers], columns, reading)
    if tabs.payments in tables:
        columns = settings.payment_columns or settings.columns.payments()
        settled = payments.settle(invoices, tables[tabs.payments], columns, reading)
        return Understood(settled.invoices, terms, settled.loose)
    return Understood(tuple(covered(invoices, Received({}, {}))), terms)


def _with_ladders(tables: Mapping[str, Table], settings: Settings) -> Terms:
    """The terms with the sheet's own ladders; of two that have one name, in whatever capitals, one counts."""
    terms, tabs = settings.terms, settings.tabs
    if tabs.policies not in tables:
        if tabs.policies_first:
            raise Refused(
                f"The spreadsheet has no tab “{tabs.policies}”, and its ladders count before those of the config.",
                'Was it renamed? Name it under [sheet] policies in the config, or say policies_first = "config" there.',
            )
        return terms
    own = policies.read(tables[tabs.policies], terms.charges)
    first, second = (own, terms.policies) if tabs.policies_first else (terms.policies, own)
    taken = {name.casefold() for name in first}
    merged = {**first, **{name: ladder for name, ladder in second.items() if name.casefold() not in taken}}
    return replace(terms, policies=merged)

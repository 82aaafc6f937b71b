"""The Payments tab: one row a payment, with the invoice tab's identity and Amount headers.

A payment stands either in the Paid cell of its invoice or in this tab: what stands in both is counted twice.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from decimal import Decimal

from sheetsdun.domain.invoice import Invoice, Problem
from sheetsdun.domain.money import rounded
from sheetsdun.errors import Refused
from sheetsdun.ports import Table
from sheetsdun.rows import currency, money
from sheetsdun.rows.columns import Columns, places
from sheetsdun.rows.identity import Identity
from sheetsdun.rows.locales import Notation
from sheetsdun.rows.parse import rows
from sheetsdun.rows.problems import Flaw
from sheetsdun.rows.row import Reading
from sheetsdun.rows.text import clean, clip, is_nothing


def settle(
    invoices: Iterable[Invoice], table: Table, columns: Columns, reading: Reading
) -> Iterator[Invoice]:
    """The invoices, with the payments of the tab added to what is paid of each.

    A payment that cannot be read, or is in another currency, is a problem of its invoice.

    Raises:
        Refused: The tab lacks an identity column or the amount.
    """
    where = places(table.header, columns)
    notation = Notation.of(reading.locale)
    identity = Identity.at(where, columns, notation)
    if identity is None or "amount" not in where:
        needed = ", ".join(f"“{columns.headers[name]}”" for name in (*columns.identity, "amount"))
        raise Refused(
            f"The tab “{table.title}” needs the columns {needed}, each once.",
            'Mend its header row, or write payments = "" under [sheet] in the config.',
        )
    place = where["amount"]
    paid: dict[str, list[tuple[money.Sum | Flaw, str]]] = {}
    for _, values, shown in rows(table):
        text = clean(shown[place]) if place < len(shown) else ""
        if not is_nothing(text):
            said = money.read(values[place], text, notation)
            paid.setdefault(identity.of(values, shown), []).append((said, text))
    for invoice in invoices:
        found = paid.get(invoice.id) if invoice.id else None
        yield invoice if found is None else _settled(invoice, found)


def _settled(invoice: Invoice, found: Iterable[tuple[money.Sum | Flaw, str]]) -> Invoice:
    total = Decimal(0)
    problems = list(invoice.problems)
    for said, text in found:
        if isinstance(said, Flaw):
            problems.append(Problem("paid", said.value, clip(text)))
        elif said.mark and invoice.currency not in currency.meanings(said.mark):
            problems.append(Problem("paid", Flaw.CURRENCY_CONFLICT.value, clip(text)))
        else:
            total += rounded(said.amount, invoice.currency)
    paid = None if invoice.paid is None else invoice.paid + total
    return dataclasses.replace(invoice, paid=paid, problems=tuple(problems))

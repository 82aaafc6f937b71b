"""Days sales outstanding: for how many days' sales nobody has been paid yet.

The formula is the usual one, by currency: what is owed today, credits deducted, divided by what was invoiced in the
last 90 days, credit notes deducted, times 90. It says nothing where a date or an amount is missing that matters to it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from sheetsdun.domain.aging import Aged
from sheetsdun.domain.invoice import Invoice, Standing

WINDOW = 90
"""Days of sales that it looks back on, today among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outstanding:
    """Days sales outstanding in one currency.

    Attributes:
        days: None where it cannot be told.
        receivables: What is owed today, credits deducted.
        sales: What was invoiced in the window, credit notes deducted.
        lacking: Rows that may belong to the window, and whose issue date or amount is not known.
    """

    currency: str
    days: Decimal | None
    receivables: Decimal
    sales: Decimal
    lacking: int


def outstanding(invoices: Iterable[Invoice], total: Aged, today: dt.date) -> Outstanding:
    """Reckon it for the currency of a total.

    Args:
        invoices: All rows; those of other currencies are passed over.
        total: What is open in the currency.
        today: The last day of the window.
    """
    first = today - dt.timedelta(WINDOW - 1)
    sales, lacking = Decimal(0), 0
    for invoice in invoices:
        if invoice.currency != total.currency or invoice.standing is Standing.VOID:
            continue
        if invoice.issued is None:
            # What was due before the window was issued before it, too.
            lacking += invoice.due is None or invoice.due >= first
        elif first <= invoice.issued <= today:
            lacking += invoice.amount is None
            sales += invoice.amount or 0
    told = not lacking and sales > 0
    days = (total.net * WINDOW / sales).quantize(Decimal(1), ROUND_HALF_UP) if told else None
    return Outstanding(
        currency=total.currency, days=days, receivables=total.net, sales=sales, lacking=lacking
    )

"""Money that came, and the rows that it pays: the instalments of an invoice are covered from the oldest on."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sheetsdun.domain.invoice import Invoice, Payment, Standing

_NONE: Sequence[Payment] = ()
_NEVER = dt.date.max


@dataclass(frozen=True, slots=True)
class Received:
    """Payments that came for something.

    Attributes:
        rows: By identity: for one row, and no other.
        invoices: By the invoice's number: for all of its instalments.
    """

    rows: Mapping[str, Sequence[Payment]]
    invoices: Mapping[str, Sequence[Payment]]


def covered(invoices: Iterable[Invoice], received: Received) -> Iterator[Invoice]:
    """The invoices with what has come for them, in their order.

    What is paid for an invoice, and what is paid too much of one of its instalments, goes to its oldest instalment
    that is still open, then to the next. Disputed ones come last. What is left stays with the last one, as overpaid.
    """
    rows = list(invoices)
    together: dict[str, list[int]] = defaultdict(list)
    for place, invoice in enumerate(rows):
        if own := received.rows.get(invoice.id, _NONE):
            rows[place] = _more(invoice, sum((each.amount for each in own), Decimal(0)), own)
        if invoice.instalment or invoice.known_as in received.invoices:
            together[invoice.known_as].append(place)
    for number, places in together.items():
        for place, invoice in zip(
            places,
            _spread([rows[place] for place in places], received.invoices.get(number, _NONE)),
            strict=True,
        ):
            rows[place] = invoice
    yield from rows


def _spread(parts: Sequence[Invoice], payments: Sequence[Payment]) -> list[Invoice]:
    """The instalments of one invoice, with its payments spread over them."""
    spread = {place: _more(part, Decimal(0), payments) for place, part in enumerate(parts)}
    pool = sum((each.amount for each in payments), Decimal(0))
    open_ = sorted(
        (place for place, part in enumerate(parts) if _takes(part)), key=lambda at: _age(parts[at])
    )
    for place in open_:
        surplus = -min(spread[place].balance or Decimal(0), Decimal(0))
        pool += surplus
        spread[place] = _more(spread[place], -surplus)
    for place in open_:
        taken = min(spread[place].balance or Decimal(0), max(pool, Decimal(0)))
        pool -= taken
        spread[place] = _more(spread[place], taken)
    if pool:
        last = open_[-1] if open_ else len(parts) - 1
        spread[last] = _more(spread[last], pool)
    return list(spread.values())


def _takes(part: Invoice) -> bool:
    """Whether a payment can go towards it."""
    return (
        part.standing in {Standing.OPEN, Standing.DISPUTED}
        and part.balance is not None
        and part.amount is not None
        and part.amount > 0
    )


def _age(part: Invoice) -> tuple[bool, dt.date, int]:
    return part.standing is Standing.DISPUTED, part.due or _NEVER, part.row


def _more(invoice: Invoice, amount: Decimal, payments: Sequence[Payment] = _NONE) -> Invoice:
    """The invoice with so much more paid; and with the latest of its payments."""
    paid = None if invoice.paid is None else invoice.paid + amount
    dated = [each for each in (*payments, invoice.last_payment) if each and each.day and each.amount > 0]
    last = max(dated, key=lambda each: each.day or dt.date.min, default=None)
    return replace(invoice, paid=paid, last_payment=last)

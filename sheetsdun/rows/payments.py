"""The Payments tab: one row a payment, matched to its invoice by number.

A payment stands either in the Paid cell of its invoice or in this tab: what stands in both is counted twice.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sheetsdun.domain.instalments import Received, covered
from sheetsdun.domain.invoice import Invoice, Payment, Problem
from sheetsdun.domain.money import rounded
from sheetsdun.errors import Refused
from sheetsdun.ports import Table
from sheetsdun.rows import currency
from sheetsdun.rows.columns import Columns, lacking, places
from sheetsdun.rows.identity import JOINT, Identity
from sheetsdun.rows.locales import Notation
from sheetsdun.rows.money import Sum
from sheetsdun.rows.parse import rows
from sheetsdun.rows.problems import Flaw
from sheetsdun.rows.rawrow import RawRow, Reading
from sheetsdun.rows.references import Numbers
from sheetsdun.rows.text import clip, is_nothing

_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Loose:
    """A payment that nobody but a person can match.

    Attributes:
        tab: The tab's title.
        row: 1-based row number in it.
        amount: As people see it in the cell.
        text: What stands there as invoice, or else as reference.
        matches: The invoices that it names; none, or more than one.
    """

    tab: str
    row: int
    amount: str
    text: str
    matches: tuple[str, ...] = ()

    def __str__(self) -> str:
        """As a person is told of it."""
        said = f", “{self.text}”" if self.text else ""
        why = (
            f"names more than one invoice ({', '.join(self.matches)})"
            if self.matches
            else "names no invoice of the sheet"
        )
        return (
            f"“{self.tab}”, row {self.row}: the payment of {self.amount}{said} {why}; it counts nowhere yet."
        )


@dataclass(frozen=True, slots=True)
class _Receipt:
    """One row of the tab that is matched: a sum, or what is wrong with it."""

    row: RawRow
    said: Sum | None

    def towards(self, invoice: Invoice) -> Payment | Problem:
        """The payment in the invoice's currency, or why it is none."""
        code, said = invoice.currency, self.said
        if said is None:
            (wrong, *_) = (found for found in self.row.problems if found.field == "amount")
            return dataclasses.replace(wrong, field="paid")
        named = self.row.text("currency")
        if any(
            mark and not is_nothing(mark) and code not in currency.meanings(mark)
            for mark in (said.mark, named)
        ):
            told = self.row.text("amount") if said.mark else f"{self.row.text('amount')} {named}"
            return Problem("paid", Flaw.CURRENCY_CONFLICT.value, clip(told))
        return Payment(rounded(said.amount, code), self.row.day("date"))


@dataclass(frozen=True, slots=True)
class Settled:
    """What the tab comes to.

    Attributes:
        invoices: With the payments added to what is paid of each.
        loose: Payments that count nowhere, in the order of their rows.
    """

    invoices: tuple[Invoice, ...]
    loose: tuple[Loose, ...] = ()


def settle(invoices: Iterable[Invoice], table: Table, columns: Columns, reading: Reading) -> Settled:
    """Add the payments of the tab to what is paid.

    The cell of the invoice's number counts, and where it is empty the reference. A payment that cannot be read, or is
    in another currency, is a problem of its invoice. One that names no invoice, or more than one, is loose.

    Args:
        invoices: As their own rows have them.
        table: The tab.
        columns: Those of the tab, see ``Columns.of_tab``.
        reading: What gives cells their meaning.

    Raises:
        Refused: The tab lacks the amount, or the columns by which payments are matched, or one that the config names.
    """
    there = tuple(invoices)
    matching = _Matching(there, table, columns, reading)
    by_row: dict[str, list[_Receipt]] = {}
    by_number: dict[str, list[_Receipt]] = {}
    loose = []
    for receipt, identity, named in matching.receipts():
        if identity:
            by_row.setdefault(identity, []).append(receipt)
        elif len(named) == 1:
            by_number.setdefault(named[0], []).append(receipt)
        else:
            text = clip(receipt.row.text("invoice") or receipt.row.text("reference"), _LONGEST)
            amount = receipt.row.text("amount")
            loose.append(
                Loose(tab=table.title, row=receipt.row.number, amount=amount, text=text, matches=named)
            )
    rows_, numbers = {}, {}
    told: dict[str, list[Problem]] = {}
    for invoice in there:
        if own := by_row.get(invoice.id):
            rows_[invoice.id] = _towards(own, invoice, told)
        if whole := by_number.get(invoice.known_as):
            numbers[invoice.known_as] = _towards(whole, invoice, told)
    paid = covered(there, Received(rows_, numbers))
    return Settled(tuple(_with(invoice, told.get(invoice.id, ())) for invoice in paid), tuple(loose))


class _Matching:
    """The rows of the tab, each with what it is for."""

    def __init__(self, invoices: Sequence[Invoice], table: Table, columns: Columns, reading: Reading) -> None:
        self._table = table
        self._reading = reading
        self._notation = Notation.of(reading.locale)
        self._where = places(table.header, columns)
        self._identity = Identity.at(self._where, columns, self._notation)
        missing = lacking(table.header, columns)
        missing += [columns.headers["amount"]] if "amount" not in self._where else []
        if not {"invoice", "reference"} & self._where.keys():
            missing += [" or ".join(filter(None, (columns.headers["invoice"], columns.headers["reference"])))]
        if missing:
            raise Refused(
                f"The tab “{table.title}” needs the column {', '.join(f'“{title}”' for title in missing)}, once.",
                "Mend its header row, or name its columns under [payment_columns] in the config"
                ' (payments = "" under [sheet] leaves the tab alone).',
            )
        self._ids = {invoice.id for invoice in invoices if invoice.id}
        self._numbers = Numbers(
            (invoice.known_as.partition(JOINT)[0], invoice.known_as) for invoice in invoices if invoice.id
        )

    def receipts(self) -> Iterator[tuple[_Receipt, str, tuple[str, ...]]]:
        """Each payment, the row that it is for where it names just that, and else the numbers that it names."""
        for number, values, shown in rows(self._table):
            cells = [
                (name, values[place], shown[place])
                for name, place in self._where.items()
                if place < len(values)
            ]
            row = RawRow(number, cells, self._reading, self._notation)
            said = row.sum("amount")
            if (said is None and not row.broken("amount")) or (said and not said.amount):
                continue
            identity = self._identity.of(values, shown) if self._identity else ""
            exact = identity if identity in self._ids else ""
            text = row.text("invoice")
            yield (
                _Receipt(row, said),
                exact,
                self._numbers.named(row.text("reference") if is_nothing(text) else text),
            )


def _towards(receipts: Iterable[_Receipt], invoice: Invoice, told: dict[str, list[Problem]]) -> list[Payment]:
    found = [receipt.towards(invoice) for receipt in receipts]
    told.setdefault(invoice.id, []).extend(each for each in found if isinstance(each, Problem))
    return [each for each in found if isinstance(each, Payment)]


def _with(invoice: Invoice, problems: Sequence[Problem]) -> Invoice:
    return dataclasses.replace(invoice, problems=(*invoice.problems, *problems)) if problems else invoice

"""The Customers tab: what is known of a customer, for rows that do not say it themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from sheetsdun.domain.invoice import Invoice, Problem, customer_key
from sheetsdun.domain.money import rounded
from sheetsdun.errors import Refused
from sheetsdun.ports import Table
from sheetsdun.rows import currency
from sheetsdun.rows.columns import Columns, lacking, places
from sheetsdun.rows.locales import Notation
from sheetsdun.rows.money import Sum
from sheetsdun.rows.parse import rows
from sheetsdun.rows.problems import Flaw
from sheetsdun.rows.row import Reading, Row

_GAPS = range(366)
"""Days between two letters."""

_ADDRESSES = ("email", "cc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """One row of the tab.

    Attributes:
        given: What it has in common with an invoice's row, its problems among that.
        tolerance: In whatever currency the invoice has, unless it names its own.
    """

    given: Invoice
    pay_by: str = ""
    tolerance: Sum | None = None
    min_gap_days: int | None = None
    do_not_contact: bool = False

    def tolerance_in(self, code: str) -> Decimal | None:
        """The sum below which a balance in that currency is nothing; None where it is said of another currency."""
        said = self.tolerance
        if said is None or (said.mark and code not in currency.meanings(said.mark)):
            return None
        return rounded(said.amount, code)


class Register:
    """The customers of a tab, found by their id or name without regard to case."""

    def __init__(self) -> None:
        self._named: dict[str, list[Customer]] = {}
        self._numbered: dict[str, list[Customer]] = {}

    def add(self, customer: Customer) -> None:
        """Enter a customer."""
        if name := customer_key(customer.given.customer):
            self._named.setdefault(name, []).append(customer)
        if number := customer_key(customer.given.customer_id):
            self._numbered.setdefault(number, []).append(customer)

    def of(self, invoice: Invoice) -> tuple[list[Customer], bool]:
        """Whose invoice it is, more than one where nobody can tell; and whether that was told by their id.

        The id in a column of its own counts first, then the name; then an id that stands in place of the name.
        """
        name, number = customer_key(invoice.customer), customer_key(invoice.customer_id)
        if found := self._numbered.get(number):
            return found, True
        if found := self._named.get(name):
            return found, False
        return self._numbered.get(name, []), True


def complete(
    invoices: Iterable[Invoice], table: Table, columns: Columns, reading: Reading
) -> Iterator[Invoice]:
    """The invoices, each with what its customer's row says where its own row is silent.

    The customer's Escalation counts where the invoice's is empty: a policy, hold or stop. A customer who is not to be
    contacted is not, whatever the invoice says. One who stands in the tab more than once is a problem of each of their
    invoices.

    Args:
        invoices: As their own rows have them.
        table: The tab.
        columns: Those of the tab, see ``Columns.of_tab``.
        reading: What gives cells their meaning.

    Raises:
        Refused: The tab has no column by which to find a customer, or lacks one that the config names.
    """
    where = places(table.header, columns)
    missing = lacking(table.header, columns)
    if not missing and not {"customer", "customer_id"} & where.keys():
        missing = [columns.headers["customer"] or columns.headers["customer_id"] or "Customer"]
    if missing:
        raise Refused(
            f"The tab “{table.title}” has no column {', '.join(f'“{title}”' for title in missing)}.",
            "Add it, or name its columns under [customer_columns] in the config"
            ' (customers = "" under [sheet] leaves the tab alone).',
        )
    register = Register()
    notation = Notation.of(reading.locale)
    for number, values, shown in rows(table):
        cells = [
            (name, values[place], shown[place])
            for name, place in where.items()
            if name in columns.headers and place < len(values)
        ]
        register.add(_customer(Row(number, cells, reading, notation)))
    for invoice in invoices:
        found, by_id = register.of(invoice)
        yield _completed(invoice, found, by_id=by_id) if found else invoice


def _customer(row: Row) -> Customer:
    tolerance = row.sum("tolerance")
    if tolerance and tolerance.amount < 0:
        row.problem("tolerance", Flaw.NEGATIVE_SUM)
    gap, silent = row.whole("min_gap_days", _GAPS), row.said_yes("do_not_contact")
    return Customer(
        given=row.invoice(""),
        pay_by=row.text("pay_by"),
        tolerance=tolerance,
        min_gap_days=gap,
        do_not_contact=silent,
    )


def _completed(invoice: Invoice, found: list[Customer], *, by_id: bool) -> Invoice:
    customer, given = found[-1], found[-1].given
    # A hold date in the row says nothing of the policy, and lifts neither a stop nor a hold of the customer's.
    silent = not invoice.escalation and not invoice.stopped
    # An address that the customer's row spells wrong does not matter where the invoice has its own.
    own = [name for name, there in zip(_ADDRESSES, (invoice.emails, invoice.cc), strict=True) if there]
    theirs = [problem for problem in given.problems if problem.field not in own]
    problems = (*invoice.problems, *(problem for problem in theirs if problem not in invoice.problems))
    if len(found) > 1:
        told = invoice.customer_id if by_id and invoice.customer_id else invoice.customer
        problems = (*problems, Problem("customer", Flaw.CUSTOMER_TWICE.value, told))
    return replace(
        invoice,
        customer=(by_id and given.customer) or invoice.customer,
        customer_id=invoice.customer_id or given.customer_id,
        emails=invoice.emails or given.emails,
        cc=invoice.cc or given.cc,
        language=invoice.language or given.language,
        escalation=given.escalation if silent else invoice.escalation,
        stopped=given.stopped if silent else invoice.stopped,
        do_not_contact=any(each.do_not_contact for each in found),
        hold=(given.hold if silent else None) or invoice.hold,
        contact=invoice.contact or given.contact,
        phone=invoice.phone or given.phone,
        manager=invoice.manager or given.manager,
        pay_by=customer.pay_by,
        tolerance=customer.tolerance_in(invoice.currency),
        min_gap_days=customer.min_gap_days,
        problems=problems,
    )

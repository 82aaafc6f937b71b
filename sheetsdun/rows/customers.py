"""The Customers tab: what is known of a customer, for rows that do not say it themselves.

It has the invoice tab's headers: Customer, and any of Email, Language, Escalation, Contact, Phone and Manager.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from sheetsdun.domain.invoice import Invoice, Problem, customer_key
from sheetsdun.errors import Refused
from sheetsdun.ports import Table
from sheetsdun.rows.columns import Columns, places
from sheetsdun.rows.locales import Notation
from sheetsdun.rows.parse import rows
from sheetsdun.rows.problems import Flaw
from sheetsdun.rows.row import Reading, Row

_GIVEN = ("customer", "email", "language", "escalation", "contact", "phone", "manager")


def complete(
    invoices: Iterable[Invoice], table: Table, columns: Columns, reading: Reading
) -> Iterator[Invoice]:
    """The invoices, each with what its customer's row says where its own row is silent.

    The customer's Escalation counts where the invoice's is empty: a policy, hold or stop. A customer who stands in the
    tab more than once is a problem of each of their invoices.

    Raises:
        Refused: The tab has no customer column.
    """
    where = places(table.header, columns)
    if "customer" not in where:
        raise Refused(
            f"The tab “{table.title}” has no column “{columns.headers['customer']}”.",
            'Add it, or write customers = "" under [sheet] in the config.',
        )
    notation = Notation.of(reading.locale)
    wanted = [(name, where[name]) for name in _GIVEN if name in where]
    known: dict[str, Invoice] = {}
    twice: set[str] = set()
    for number, values, shown in rows(table):
        cells = [(name, values[place], shown[place]) for name, place in wanted if place < len(values)]
        customer = Row(number, cells, reading, notation).invoice("")
        key = customer_key(customer.customer)
        if key in known:
            twice.add(key)
        known[key] = customer
    for invoice in invoices:
        key = customer_key(invoice.customer)
        given = known.get(key) if key else None
        yield invoice if given is None else _completed(invoice, given, known_twice=key in twice)


def _completed(invoice: Invoice, given: Invoice, *, known_twice: bool) -> Invoice:
    silent = not invoice.escalation and not invoice.stopped and invoice.hold is None
    # An address that the customer's row spells wrong does not matter where the invoice has its own.
    theirs = [found for found in given.problems if not (found.field == "email" and invoice.emails)]
    problems = (*invoice.problems, *(found for found in theirs if found not in invoice.problems))
    if known_twice:
        problems = (*problems, Problem("customer", Flaw.CUSTOMER_TWICE.value, invoice.customer))
    return dataclasses.replace(
        invoice,
        emails=invoice.emails or given.emails,
        language=invoice.language or given.language,
        escalation=given.escalation if silent else invoice.escalation,
        stopped=given.stopped if silent else invoice.stopped,
        hold=given.hold if silent else invoice.hold,
        contact=invoice.contact or given.contact,
        phone=invoice.phone or given.phone,
        manager=invoice.manager or given.manager,
        problems=problems,
    )

from __future__ import annotations

import datetime as dt

import pytest

from sheetsdun.domain.invoice import Standing
from sheetsdun.ports import Table
from sheetsdun.rows.columns import DEFAULTS, Columns
from sheetsdun.rows.parse import parse
from sheetsdun.rows.row import Reading
from sheetsdun.rows.words import Words

TODAY = dt.date(2026, 11, 21)
STANDINGS = {"paid": Standing.PAID, "void": Standing.VOID, "disputed": Standing.DISPUTED}


def table_of(*rows, header=None, header_row=1):
    """Rows are mappings of field to value, or to (value, shown); the header holds just the fields in use."""
    used = dict.fromkeys(("invoice", "customer", "email", "amount", "due"))
    for row in rows:
        used |= dict.fromkeys(row)
    header = header or tuple(DEFAULTS[name] for name in used)
    values, shown = [], []
    for row in rows:
        cells = [row.get(name, "") for name in used]
        values.append([cell[0] if isinstance(cell, tuple) else cell for cell in cells])
        shown.append([cell[1] if isinstance(cell, tuple) else seen(cell) for cell in cells])
    return Table("Invoices", 0, header_row, header, values, shown, len(header), 1000)


def seen(value):
    return str(value).upper() if isinstance(value, bool) else str(value)


@pytest.fixture
def make_table():
    """A tab of some rows, each a mapping of field to value, or to value and what people see of it."""
    return table_of


@pytest.fixture
def good():
    """A row with nothing wrong in it; more fields are added or replaced."""

    def build(**fields):
        row = {
            "invoice": "INV-1",
            "customer": "Acme",
            "email": "ann@acme.com",
            "amount": 100,
            "due": "2026-12-01",
        }
        return row | fields

    return build


@pytest.fixture
def read():
    """The invoices of some rows."""

    def build(*rows, locale="en_US", currency="EUR", columns=None, header_row=1):
        reading = Reading(locale=locale, currency=currency, standings=STANDINGS)
        return parse(table_of(*rows, header_row=header_row), columns or Columns(), reading)

    return build


@pytest.fixture
def read_one(read, good):
    """The invoice of one good row with some fields replaced."""

    def build(locale="en_US", **fields):
        (invoice,) = read(good(**fields), locale=locale).invoices
        return invoice

    return build


@pytest.fixture
def words():
    return Words("en", TODAY, DEFAULTS)

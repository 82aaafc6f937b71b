"""What one column says, row by row, whatever it holds: read beside the invoices, which know nothing of it."""

from __future__ import annotations

from sheetsdun.domain.invoice import Action
from sheetsdun.ports import Table
from sheetsdun.rows import vocabulary
from sheetsdun.rows.columns import Columns, places
from sheetsdun.rows.identity import Identity
from sheetsdun.rows.locales import Notation
from sheetsdun.rows.parse import rows
from sheetsdun.rows.text import clean


def drafts(table: Table, columns: Columns, locale: str) -> dict[str, str] | None:
    """What the Draft column says, by identity; None where there is no such column."""
    return _column(table, columns, locale, "draft")


def actions(table: Table, columns: Columns, locale: str) -> dict[str, Action]:
    """The Actions in the sheet, by identity."""
    said = _column(table, columns, locale, "action") or {}
    found = ((name, vocabulary.ACTIONS.get(text.casefold())) for name, text in said.items())
    return {name: action for name, action in found if action is not None}


def _column(table: Table, columns: Columns, locale: str, field: str) -> dict[str, str] | None:
    where = places(table.header, columns)
    identity, place = Identity.at(where, columns, Notation.of(locale)), where.get(field)
    if identity is None or place is None:
        return None
    return {
        name: clean(shown[place]) if place < len(shown) else ""
        for _, values, shown in rows(table)
        if (name := identity.of(values, shown))
    }

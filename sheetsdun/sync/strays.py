"""What slipped because somebody inserted, deleted or sorted rows between our last look and our write.

A status in the row of another invoice is set right by the next comparison. Two things are not: a status in a blank row
or a new one, which is compared with nothing, so what we wrote there is emptied again; and an Action cell that was
emptied although another row's Action was carried out, so what it said is written back (as often as rows move again).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from sheetsdun.ports import CellWrite, Table, Value, serial
from sheetsdun.rows.columns import OURS, Columns, places
from sheetsdun.rows.identity import Identity
from sheetsdun.rows.locales import Notation
from sheetsdun.rows.parse import rows


def strays(
    written: Iterable[CellWrite], table: Table, columns: Columns, locale: str, known: Collection[str]
) -> list[CellWrite]:
    """The writes that take them away.

    Args:
        written: Every cell that this run has written to the tab; of several at one place the last one counts.
        table: The tab as it is now.
        columns: Which header each field has.
        locale: The spreadsheet's.
        known: Identities that have a status: their rows are compared, whatever stands there.
    """
    where = places(table.header, columns)
    identity = Identity.at(where, columns, Notation.of(locale))
    if identity is None:
        return []
    ours = {where[name] for name in OURS if name in where}
    there = {
        number - 1: values for number, values, shown in rows(table) if identity.of(values, shown) not in known
    }
    latest = {(cell.row, cell.column): cell for cell in written}
    return [
        CellWrite(row, column, None)
        for (row, column), cell in latest.items()
        if column in ours and column < len(there.get(row, ()))
        if there[row][column] == (serial(cell.value) if isinstance(cell.value, dt.date) else cell.value)
    ]


def wiped(
    written: Iterable[CellWrite], before: Table, after: Table, columns: Columns, locale: str
) -> list[CellWrite]:
    """The writes that let Action cells say again what they should, where another row's Action was written into them.

    Args:
        written: The cells of the latest write.
        before: The tab as it was read before it.
        after: The tab as it is now.
        columns: Which header each field has.
        locale: The spreadsheet's.
    """
    column = places(after.header, columns).get("action")
    if column is None or column != places(before.header, columns).get("action"):
        return []  # a column that has moved is another matter
    said, says = (_actions(table, columns, locale) for table in (before, after))
    ours = {cell.row: cell.value or "" for cell in written if cell.column == column}
    found = []
    for name, (row, text) in says.items():
        was, due = said.get(name, (-1, ""))
        meant = ours.get(was, due)  # what was to stand there after the write
        hit = row in ours and text == ours[row]
        missed = meant and row != was and text == due
        if text != meant and (hit or missed):
            found.append(CellWrite(row, column, str(meant) or None))
    return found


def _actions(table: Table, columns: Columns, locale: str) -> Mapping[str, tuple[int, Value]]:
    """By identity: the row (from 0), and what its Action cell says."""
    where = places(table.header, columns)
    identity, column = Identity.at(where, columns, Notation.of(locale)), where.get("action")
    if identity is None or column is None:
        return {}
    return {
        name: (number - 1, values[column] if column < len(values) else "")
        for number, values, shown in rows(table)
        if (name := identity.of(values, shown))
    }

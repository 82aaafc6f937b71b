"""What slipped because somebody inserted, deleted or sorted rows between our last look and our write.

A status in the row of another invoice is set right by the next comparison. Two things are not: a status in a blank row
or a new one, which is compared with nothing, so what we wrote there is emptied again; and an Action cell that was
emptied although another row's Action was carried out, so what it said is written back (as often as rows move again,
and out of a blank row into which it fell on its way).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from sheetsdun.ports import CellWrite, Table, Value
from sheetsdun.rows.cells import as_read
from sheetsdun.rows.columns import OURS, Columns, places
from sheetsdun.rows.identity import Identity
from sheetsdun.rows.locales import Notation
from sheetsdun.rows.parse import rows


def strays(
    written: Iterable[CellWrite],
    first: Table,
    table: Table,
    columns: Columns,
    locale: str,
    known: Collection[str],
) -> list[CellWrite]:
    """The writes that take them away.

    A row may have moved once more since the write: what we wrote, and no such row said in that column before, is ours
    wherever it stands now.

    Args:
        written: Every cell that this run has written to the tab; of several at one place the last one counts.
        first: The tab as it was before the first of them.
        table: The tab as it is now.
        columns: Which header each field has.
        locale: The spreadsheet's.
        known: Identities that have a status: their rows are compared, whatever stands there.
    """
    where = places(table.header, columns)
    ours = sorted(where[name] for name in OURS if name in where)
    old = {
        (column, value)
        for values in _unknown(first, columns, locale, known).values()
        for column, value in enumerate(values)
    }
    latest = {(cell.row, cell.column): as_read(cell.value) for cell in written}
    said = {(column, value) for (_, column), value in latest.items()} - old
    return [
        CellWrite(row, column, None)
        for row, values in _unknown(table, columns, locale, known).items()
        for column in ours
        if column < len(values)
        and values[column] != ""
        and (latest.get((row, column)) == values[column] or (column, values[column]) in said)
    ]


def _unknown(
    table: Table, columns: Columns, locale: str, known: Collection[str]
) -> Mapping[int, Sequence[Value]]:
    """Rows (from 0) that have no status of their own: blank ones, and new ones. None where no row can be told."""
    identity = Identity.at(places(table.header, columns), columns, Notation.of(locale))
    if identity is None:
        return {}
    return {
        number - 1: values for number, values, shown in rows(table) if identity.of(values, shown) not in known
    }


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
    (said, loose), (says, looser) = (_actions(table, columns, locale) for table in (before, after))
    ours = {cell.row: cell.value or "" for cell in written if cell.column == column}
    found = []
    for name, (row, text) in says.items():
        was, due = said.get(name, (-1, ""))
        meant = ours.get(was, due)  # what was to stand there after the write
        hit = row in ours and text == ours[row]
        missed = meant and row != was and text == due
        if text != meant and (hit or missed):
            found.append(CellWrite(row, column, str(meant) or None))
    more = Counter(looser.values()) - Counter(loose.values())
    found += [
        CellWrite(row, column, None) for row, text in looser.items() if more[text] and ours.get(row) == text
    ]
    return found


def _actions(
    table: Table, columns: Columns, locale: str
) -> tuple[Mapping[str, tuple[int, Value]], Mapping[int, Value]]:
    """By identity: the row (from 0), and what its Action cell says; and by row what those of rows without a number say."""
    where = places(table.header, columns)
    identity, column = Identity.at(where, columns, Notation.of(locale)), where.get("action")
    named: dict[str, tuple[int, Value]] = {}
    loose: dict[int, Value] = {}
    if identity is None or column is None:
        return named, loose
    for number, values, shown in rows(table):
        text = values[column] if column < len(values) else ""
        if name := identity.of(values, shown):
            named[name] = number - 1, text
        elif text:
            loose[number - 1] = text
    return named, loose

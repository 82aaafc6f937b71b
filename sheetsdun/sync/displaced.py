"""What we wrote into people's columns, because somebody inserted or moved a column between our last look and our write.

Google has no compare-and-swap on cells. What stood there was read when the run began; a formula only as what it came to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sheetsdun.ports import CellWrite, Table, Value
from sheetsdun.rows.cells import as_read
from sheetsdun.rows.columns import OURS, Columns, places
from sheetsdun.rows.identity import Identity
from sheetsdun.rows.locales import Notation
from sheetsdun.rows.parse import rows


@dataclass(frozen=True, slots=True)
class Displaced:
    """Cells that stand under another header than the one that they were written for.

    Attributes:
        back: The writes that give people's cells back what they held.
        lost: Places (row, column; from 0) of which nobody knows what they held.
    """

    back: tuple[CellWrite, ...] = ()
    lost: tuple[tuple[int, int], ...] = ()

    def __add__(self, other: Displaced) -> Displaced:
        return Displaced(self.back + other.back, self.lost + other.lost)


def moved(written: Sequence[CellWrite], before: Table, after: Table) -> list[CellWrite]:
    """The cells of a write that stand under another header by now."""
    return [cell for cell in written if _header(before, cell.column) != _header(after, cell.column)]


def displaced(
    cells: Sequence[CellWrite],
    *,
    before: Table,
    now: Table,
    known: Table,
    columns: Columns,
    locale: str,
    carried_out: Collection[str],
) -> Displaced:
    """What to do about cells that have ``moved``.

    Args:
        cells: They.
        before: The tab as it was read before they were written.
        now: The whole tab, read since.
        known: The whole tab as it was read when the run began.
        columns: Which header each field has.
        locale: The spreadsheet's.
        carried_out: Identities whose Action cell was to be emptied.
    """
    where = places(now.header, columns)
    ours = {where[name] for name in OURS if name in where}
    names = {row: name for name, (row, _) in _by_identity(before, columns, locale)}
    held = {name: values for name, (_, values) in _by_identity(known, columns, locale)}
    back, lost = [], []
    for cell in cells:
        if cell.column in ours or _value(now, cell.row, cell.column) != as_read(cell.value):
            continue  # the next comparison sees to it; or somebody has typed there since
        name = names.get(cell.row, "")
        was = _was(held.get(name), known, _header(now, cell.column))
        if cell.column == where.get("action") and name in carried_out:
            was = ""
        if was is None:
            lost.append((cell.row, cell.column))
        elif was != as_read(cell.value):
            back.append(CellWrite(cell.row, cell.column, None if was == "" else was))
    return Displaced(tuple(back), tuple(lost))


def _was(values: Sequence[Value] | None, known: Table, header: str) -> Value | None:
    """What the row held under that header; None where that cannot be told."""
    if header not in known.header:
        return ""  # a column that was not there when the run began
    if values is None or not header or known.header.count(header) > 1:
        return None
    place = known.header.index(header)
    return values[place] if place < len(values) else ""


def _header(table: Table, column: int) -> str:
    return table.header[column] if column < len(table.header) else ""


def _value(table: Table, row: int, column: int) -> Value:
    place = row - table.header_row
    values: Sequence[Value] = table.values[place] if place < len(table.values) else ()
    return values[column] if column < len(values) else ""


def _by_identity(
    table: Table, columns: Columns, locale: str
) -> Iterator[tuple[str, tuple[int, Sequence[Value]]]]:
    """Each named row: its place (from 0) and its values; none of a number that stands twice."""
    identity = Identity.at(places(table.header, columns), columns, Notation.of(locale))
    found: dict[str, list[tuple[int, Sequence[Value]]]] = {}
    for number, values, shown in rows(table):
        if identity and (name := identity.of(values, shown)):
            found.setdefault(name, []).append((number - 1, values))
    return ((name, several[0]) for name, several in found.items() if len(several) == 1)

"""A spreadsheet in memory, behind the same contract and with the same habits as Google's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias, TypeVar

from doubles.hooks import Hooks, call

from sheetsdun.errors import Unreachable
from sheetsdun.ports import (
    CellWrite,
    Kept,
    Leaf,
    Link,
    LinkTaken,
    NoteWrite,
    Rejected,
    Snapshot,
    Table,
    Value,
    serial,
)

Cell: TypeAlias = Value | dt.date
V = TypeVar("V")

MOST_CELLS = 10_000_000
MOST_CHARACTERS = 30_000


class MemorySheet:
    """A spreadsheet in memory.

    A test plays the people by changing ``grids`` in place.

    Args:
        tabs: Rows of each tab, the header's included; a log is added if there is none.
        header_rows: Header row (from 1) of tabs where it is not the first.
        log: Title of the log's tab.
        log_header: Its header, if it is made here.
        hooks: Where a test steps in.

    Attributes:
        grids: Rows of each tab; empty cells are "".
        chain_: Links by number.
        notes, addresses: Notes and links of cells, by tab, row and column (from 0).
        marks: Stamps of tabs that are wholly ours, by title.
        protected: Tab and column (from 0) of cells that refuse to be written.
    """

    def __init__(
        self,
        tabs: Mapping[str, Sequence[Sequence[Cell]]],
        *,
        header_rows: Mapping[str, int] | None = None,
        log: str = "Reminder log",
        log_header: Sequence[str] = (),
        spreadsheet_id: str = "sheet-1",
        title: str = "Receivables",
        locale: str = "en_GB",
        time_zone: str = "Europe/Berlin",
        hooks: Hooks | None = None,
    ) -> None:
        self.hooks = hooks or Hooks()
        self.grids = {name: [list(row) for row in rows] for name, rows in {log: [log_header], **tabs}.items()}
        self.sheet_ids = {name: number for number, name in enumerate(self.grids, start=100)}
        self.chain_: dict[int, Link] = {}
        self.marks: dict[str, str] = {}
        self.notes: dict[tuple[str, int, int], str] = {}
        self.addresses: dict[tuple[str, int, int], str] = {}
        self.protected: set[tuple[str, int]] = set()
        self.spreadsheet_id, self.title, self.locale, self.time_zone = (
            spreadsheet_id,
            title,
            locale,
            time_zone,
        )
        self._log = log
        self._header_rows = dict(header_rows or {})

    @call
    def read(self) -> Snapshot:
        return Snapshot(
            spreadsheet_id=self.spreadsheet_id,
            title=self.title,
            locale=self.locale,
            time_zone=self.time_zone,
            links=self._links(),
            tables={name: self._table(name) for name in self.grids if name not in self.marks},
            room=MOST_CHARACTERS - 18 * len(self.chain_),
            cells=MOST_CELLS - sum(len(row) for rows in self.grids.values() for row in rows),
        )

    @call
    def chain(self) -> tuple[Link, ...]:
        return self._links()

    @call
    def tables(self) -> Mapping[str, Table]:
        return {name: self._table(name) for name in self.grids if name not in {self._log, *self.marks}}

    @call
    def reread(self, tab: str, wanted: Callable[[str], bool]) -> Table:
        if tab not in self.grids:
            raise Unreachable(f"There is no tab {tab}.")
        whole = self._table(tab)
        kept = [wanted(name) for name in whole.header]
        return replace(whole, values=_only(whole.values, kept), shown=_only(whole.shown, kept))

    @call
    def append(self, link: Link, events: Sequence[Sequence[str]], *, prune: Sequence[int] = ()) -> None:
        self._check(link, self._log, ())
        rows = self.grids[self._log]
        while len(rows) > 1 and not any(rows[-1]):
            rows.pop()
        rows.extend(list(event) for event in events)
        self._link(link, prune)

    @call
    def write(
        self, link: Link, tab: str, cells: Sequence[CellWrite], notes: Sequence[NoteWrite] = (), *,
        prune: Sequence[int] = (),
    ) -> None:  # fmt: skip
        self._check(link, tab, [*(cell.column for cell in cells), *(note.column for note in notes)])
        for cell in cells:
            self.put(tab, cell.row, cell.column, "" if cell.value is None else cell.value)
            place = (tab, cell.row, cell.column)
            self.addresses.pop(place, None)
            if cell.link and cell.value:
                self.addresses[place] = cell.link
        for note in notes:
            self.notes[tab, note.row, note.column] = note.text
        self._link(link, prune)

    @call
    def kept(self, title: str) -> Kept | None:
        if title not in self.grids:
            return None
        table = self._table(title)
        rows = self.grids[title]
        values = _trimmed([[_value(cell) for cell in row] for row in rows])
        return Kept(self.marks.get(title), values, table.width * table.height)

    @call
    def rewrite(self, link: Link, leaf: Leaf, *, prune: Sequence[int] = ()) -> None:
        if leaf.title in self.grids and leaf.title not in self.marks:
            raise Rejected(f"The tab {leaf.title} is not ours.", code=409)
        if link.number in self.chain_:
            raise LinkTaken(f"Link {link.number} is there already.", code=400, reason="INVALID_ARGUMENT")
        self.grids[leaf.title] = [[each.plain for each in row] for row in leaf.rows]
        self.marks[leaf.title] = leaf.stamp
        self._link(link, prune)

    def put(self, tab: str, row: int, column: int, value: Cell) -> None:
        """Set a cell (from 0), the grid growing as needed."""
        rows = self.grids[tab]
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend([""] * (column + 1 - len(rows[row])))
        rows[row][column] = value

    def _check(self, link: Link, tab: str, columns: Iterable[int]) -> None:
        if link.number in self.chain_:
            raise LinkTaken(f"Link {link.number} is there already.", code=400, reason="INVALID_ARGUMENT")
        if tab not in self.grids:
            raise Rejected(f"There is no tab {tab}.", code=404, reason="notFound")
        if any((tab, column) in self.protected for column in columns):
            raise Rejected("You are trying to edit a protected cell or object.", code=400, reason="protected")

    def _link(self, link: Link, prune: Sequence[int]) -> None:
        self.chain_[link.number] = replace(link, expires=link.expires.replace(microsecond=0))
        for number in prune:
            del self.chain_[number]

    def _links(self) -> tuple[Link, ...]:
        return tuple(self.chain_[number] for number in sorted(self.chain_))

    def _table(self, tab: str) -> Table:
        rows = self.grids[tab]
        header_row = self._header_rows.get(tab, 1)
        values = _trimmed([[_value(cell) for cell in row] for row in rows[header_row - 1 :]])
        shown = _trimmed([[_shown(cell) for cell in row] for row in rows[header_row - 1 :]])
        return Table(
            title=tab,
            sheet_id=self.sheet_ids.setdefault(tab, 100 + len(self.sheet_ids)),
            header_row=header_row,
            header=tuple(shown[0]) if shown else (),
            values=values[1:],
            shown=shown[1:],
            width=max([26, *map(len, rows)]),
            height=max(1000, len(rows)),
        )


def _value(cell: Cell) -> Value:
    return serial(cell) if isinstance(cell, dt.date) else cell


def _shown(cell: Cell) -> str:
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return f"{cell:.10g}"
    return str(cell)


def _only(rows: Sequence[Sequence[V]], kept: Sequence[bool]) -> list[list[V | str]]:
    return _trimmed([[cell if keep else "" for cell, keep in zip(row, kept, strict=False)] for row in rows])


def _trimmed(rows: list[list[V]]) -> list[list[V]]:
    """As Google answers: without the empty cells and rows at the end."""
    for row in rows:
        while row and row[-1] == "":
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows

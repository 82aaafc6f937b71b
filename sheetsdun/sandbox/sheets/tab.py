"""One sheet of a spreadsheet: its grid, and what lies on it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field

from sheetsdun.sandbox.sheets.areas import COLUMNS, ROWS, Area, Box
from sheetsdun.sandbox.sheets.cells import Cell, Row, Slot, has_content, trimmed
from sheetsdun.sandbox.wire import Json

DEFAULT_ROWS = 1000
DEFAULT_COLUMNS = 26
THINGS = (
    "merges",
    "conditionalFormats",
    "protectedRanges",
    "filterViews",
    "bandedRanges",
    "rowGroups",
    "columnGroups",
    "tables",
)


@dataclass(slots=True)
class Tab:
    """A sheet. What it holds is replaced, never changed in place, so that a clone is cheap and independent.

    Attributes:
        sheet_id: Its id within the spreadsheet.
        title: What stands on the tab.
        row_count: Rows of the grid.
        column_count: Columns of the grid.
        properties: Its other SheetProperties, such as hidden.
        grid_properties: Its other GridProperties, such as frozenRowCount.
        rows: Its rows; those below the last one kept are empty.
        sizes: By axis and index, DimensionProperties that a row or column has of its own.
        things: By Google's name, what lies on it: merges, protected ranges, …
        basic_filter: The filter that everybody sees.
        formulas: Whether a formula was ever entered.
    """

    sheet_id: int
    title: str
    row_count: int = DEFAULT_ROWS
    column_count: int = DEFAULT_COLUMNS
    properties: Json = field(default_factory=dict)
    grid_properties: Json = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    sizes: dict[str, dict[int, Json]] = field(default_factory=lambda: {ROWS: {}, COLUMNS: {}})
    things: dict[str, list[Json]] = field(default_factory=lambda: {name: [] for name in THINGS})
    basic_filter: Json | None = None
    formulas: bool = False
    _own: bool = True

    def clone(self) -> Tab:
        """A copy to work on. The rows are copied when the first of them is changed."""
        twin = copy.copy(self)
        twin.properties = dict(self.properties)
        twin.grid_properties = dict(self.grid_properties)
        twin.sizes = {axis: dict(sizes) for axis, sizes in self.sizes.items()}
        twin.things = {name: list(things) for name, things in self.things.items()}
        twin._own = False  # noqa: SLF001 - a twin is of this class
        return twin

    def own_rows(self) -> list[Row]:
        """The rows, to be changed."""
        if not self._own:
            self.rows = list(self.rows)
            self._own = True
        return self.rows

    @property
    def cells(self) -> int:
        """Cells of the grid, empty ones included: Google limits these."""
        return self.row_count * self.column_count

    def everything(self) -> Box:
        """The whole grid."""
        return Box(self.sheet_id, 0, self.row_count, 0, self.column_count)

    def clip(self, area: Area) -> Box:
        """The part of an area that is on the grid."""
        return area.clip(self.row_count, self.column_count)

    def row(self, index: int) -> Row:
        """One row; empty below the last one kept."""
        return self.rows[index] if index < len(self.rows) else ()

    def at(self, row: int, column: int) -> Slot:
        """What stands at one place."""
        slots = self.row(row)
        return slots[column] if column < len(slots) else None

    def put(self, row: int, column: int, slot: Slot) -> None:
        """Set one place."""
        self.put_run(row, column, [slot])

    def put_run(self, row: int, column: int, slots: list[Slot]) -> None:
        """Set neighbours in one row."""
        old = self.row(row)
        if len(old) < column:
            old = old + (None,) * (column - len(old))
        self.put_row(row, trimmed([*old[:column], *slots, *old[column + len(slots) :]]))

    def put_row(self, index: int, row: Row) -> None:
        """Set a whole row (without trailing None)."""
        rows = self.own_rows()
        if index >= len(rows):
            if not row:
                return
            rows.extend([()] * (index - len(rows) + 1))
        rows[index] = row
        self.formulas = self.formulas or any(isinstance(slot, Cell) and slot.formula for slot in row)
        while rows and not rows[-1]:
            rows.pop()

    def run(self, row: int, left: int, right: int) -> list[Slot]:
        """Neighbours in one row, padded with None."""
        slots = self.row(row)[left:right]
        return [*slots, *[None] * (right - left - len(slots))]

    def filled(self, box: Box) -> Iterator[tuple[int, int, Slot]]:
        """The places of a box that hold anything: row, column, slot."""
        for row in range(box.top, min(box.bottom, len(self.rows))):
            for column, slot in enumerate(self.rows[row][box.left : box.right], box.left):
                if slot is not None:
                    yield row, column, slot

    def last_row_with_content(self) -> int:
        """The index of the last row with a value or formula; -1 if there is none."""
        for index in range(len(self.rows) - 1, -1, -1):
            if any(has_content(slot) for slot in self.rows[index]):
                return index
        return -1

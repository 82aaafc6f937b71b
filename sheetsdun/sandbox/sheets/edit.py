"""One call's work on a spreadsheet: a clone of it, who asks, and the rules that every change obeys."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable

from sheetsdun.sandbox.sheets import structure
from sheetsdun.sandbox.sheets.areas import COLUMNS, ROWS, Area, Box, from_grid_range
from sheetsdun.sandbox.sheets.book import Book
from sheetsdun.sandbox.sheets.cells import Cell, Slot
from sheetsdun.sandbox.sheets.errors import invalid
from sheetsdun.sandbox.sheets.formula.rewrite import copied, rewritten
from sheetsdun.sandbox.sheets.protection import is_bound
from sheetsdun.sandbox.sheets.shifts import Insertion, Shift
from sheetsdun.sandbox.sheets.shown import Lens
from sheetsdun.sandbox.sheets.tab import Tab
from sheetsdun.sandbox.wire import Json

MAX_CELLS = 10_000_000
_MAX_ID = 2**31 - 1
_PROTECTED = (
    "You are trying to edit a protected cell or object. "
    "Please contact the spreadsheet owner to remove protection if you need to edit."
)


class Edit:
    """A clone of a spreadsheet that one call works on. Nothing is kept of it unless the whole call succeeds."""

    def __init__(self, book: Book, caller: str, now: dt.datetime) -> None:
        self.book = book.clone()
        self.caller = caller
        self.now = now

    def lens(self) -> Lens:
        """A look at the spreadsheet as it is now, in the middle of the call."""
        return Lens(self.book, self.now)

    def tab(self, sheet_id: int) -> Tab:
        """The sheet with this id.

        Raises:
            ApiError: There is none (400).
        """
        return self.book.tab(sheet_id)

    def box(self, grid_range: Json | None) -> Box:
        """The cells of a GridRange that are on the grid.

        Raises:
            ApiError: There is no range, no such sheet, or it begins outside of the grid (400).
        """
        if grid_range is None:
            raise invalid("Must specify a range.")
        return self.book.on_grid(from_grid_range(grid_range))

    def writable(self, grid_range: Json | None) -> Box:
        """The same, of cells that the caller may change.

        Raises:
            ApiError: A protection binds the caller, or as for ``box`` (400).
        """
        box = self.box(grid_range)
        self.guard(box)
        return box

    def guard(self, area: Area) -> None:
        """Let pass who may change these cells.

        Raises:
            ApiError: A protection binds the caller (400).
        """
        tab = self.tab(area.sheet_id)
        for protected in tab.things["protectedRanges"]:
            if is_bound(protected, self.book, area, self.caller):
                raise invalid(_PROTECTED)

    def shift(self, tab: Tab, change: Shift) -> None:
        """Insert, delete or move rows or columns.

        Raises:
            ApiError: The spreadsheet would have too many cells (400).
        """
        structure.shift(self.book, tab, change)
        self.check_size()

    def grow(self, tab: Tab, rows: int = 0, columns: int = 0) -> None:
        """Add rows at the bottom, columns at the right.

        Raises:
            ApiError: The spreadsheet would have too many cells (400).
        """
        if rows > 0:
            self.shift(tab, Insertion(ROWS, tab.row_count, rows))
        if columns > 0:
            self.shift(tab, Insertion(COLUMNS, tab.column_count, columns))

    def check_size(self) -> None:
        """Hold Google's limit.

        Raises:
            ApiError: The spreadsheet has too many cells (400).
        """
        if sum(tab.cells for tab in self.book.tabs) > MAX_CELLS:
            raise invalid(
                "This action would increase the number of cells in the workbook above the limit of "
                f"{MAX_CELLS} cells."
            )

    def copy_of(self, slot: Slot, down: int, right: int) -> Slot:
        """A cell as it is in a copy so many rows down and columns right: its formula refers to what is there."""
        if not isinstance(slot, Cell) or slot.formula is None:
            return slot
        formula = rewritten(
            slot.formula, self.book.locale.decimal, lambda reference: copied(reference, down, right)
        )
        return Cell(None, formula, slot.format, slot.note, slot.validation, slot.extra)


def new_id(taken: Iterable[int]) -> int:
    """An id as Google draws them: random, positive, not in use."""
    used = set(taken)
    while True:
        drawn = secrets.randbelow(_MAX_ID) + 1
        if drawn not in used:
            return drawn

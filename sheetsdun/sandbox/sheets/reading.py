"""Values read from the grid, as values.get and its batch forms show them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sheetsdun.sandbox.sheets.areas import COLUMNS, ROWS, Box
from sheetsdun.sandbox.sheets.cells import Cell, Slot
from sheetsdun.sandbox.sheets.formula.values import Fault
from sheetsdun.sandbox.sheets.patterns import general
from sheetsdun.sandbox.sheets.rendering import FORMATTED, FORMULA, STRING, Rendering
from sheetsdun.sandbox.sheets.shown import Lens
from sheetsdun.sandbox.sheets.tab import Tab
from sheetsdun.sandbox.wire import Json


def value_range(lens: Lens, box: Box, rendering: Rendering) -> Json:
    """A ValueRange: trailing empty cells and rows are left out, gaps are empty texts."""
    columns = rendering.dimension == COLUMNS
    out: Json = {"range": lens.book.name_of(box), "majorDimension": COLUMNS if columns else ROWS}
    values = _rows(lens, lens.book.tab(box.sheet_id), box, rendering)
    if columns:
        width = max(map(len, values), default=0)
        values = [[row[column] if column < len(row) else "" for row in values] for column in range(width)]
        for line in values:
            _trim(line)
    while values and not values[-1]:
        values.pop()
    if values:
        out["values"] = values
    return out


def _rows(lens: Lens, tab: Tab, box: Box, rendering: Rendering) -> list[list[Any]]:
    show = _shower(lens, tab, rendering)
    plain = _plain(lens, rendering)
    out = []
    for row in range(box.top, min(box.bottom, len(tab.rows))):
        # Most cells are bare values: they are shown without asking the lens.
        line = [
            show(row, column, slot) if isinstance(slot, Cell) else plain(slot)
            for column, slot in enumerate(tab.rows[row][box.left : box.right], box.left)
        ]
        _trim(line)
        out.append(line)
    return out


def _trim(line: list[Any]) -> None:
    while line and line[-1] == "":
        line.pop()


def _plain(lens: Lens, rendering: Rendering) -> Callable[[Slot], Any]:
    """How to show a cell that is a bare value."""
    if rendering.values != FORMATTED:
        return lambda slot: "" if slot is None else slot
    locale = lens.locale

    def show(slot: Slot) -> Any:
        if slot is None:
            return ""
        if isinstance(slot, str):
            return slot
        if isinstance(slot, bool):
            return locale.true if slot else locale.false
        assert not isinstance(slot, Cell)
        return general(slot, locale)

    return show


def _shower(lens: Lens, tab: Tab, rendering: Rendering) -> Callable[[int, int, Cell], Any]:
    """How to show a cell that is more than a bare value."""

    def show(row: int, column: int, cell: Cell) -> Any:
        if rendering.values == FORMULA and cell.formula is not None:
            return cell.formula
        if rendering.values == FORMATTED:
            return lens.text(tab, row, column)
        value = lens.value(tab, row, column)
        if isinstance(value, Fault):
            return value.text
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if is_number and rendering.dates == STRING and lens.is_date(lens.number_format(tab, cell)):
            return lens.text(tab, row, column)
        return "" if value is None else value

    return show

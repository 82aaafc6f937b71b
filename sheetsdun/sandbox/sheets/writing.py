"""Arrays of values written into the grid, as values.update, append and their batch forms do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sheetsdun.sandbox.sheets import a1, typed
from sheetsdun.sandbox.sheets.areas import COLUMNS, Area, Box
from sheetsdun.sandbox.sheets.cells import Cell, Slot, as_cell, as_slot, number, text, with_value
from sheetsdun.sandbox.sheets.edit import Edit
from sheetsdun.sandbox.sheets.errors import invalid
from sheetsdun.sandbox.sheets.shown import Lens
from sheetsdun.sandbox.sheets.tab import Tab

RAW = "RAW"
USER_ENTERED = "USER_ENTERED"
_STRUCT = {"dict": "struct_value {}", "list": "list_value {}"}


@dataclass(frozen=True, slots=True)
class Written:
    """What a write has changed."""

    box: Box
    rows: int
    columns: int
    cells: int


def check_option(option: str) -> str:
    """The valueInputOption.

    Raises:
        ApiError: It is not said (400).
    """
    if option not in {RAW, USER_ENTERED}:
        raise invalid("'valueInputOption' is required but not specified")
    return option


def by_rows(values: list[list[Any]], dimension: str) -> list[list[Any]]:
    """The values by row, whichever dimension they were given by; what a shorter column leaves out is null."""
    for outer, line in enumerate(values):
        if not isinstance(line, list):
            raise invalid(f"Invalid values[{outer}]: {line!r}")
    if dimension != COLUMNS:
        return values
    height = max(map(len, values), default=0)
    return [[column[row] if row < len(column) else None for column in values] for row in range(height)]


def write(edit: Edit, area: Area, values: list[list[Any]], option: str, *, single: bool) -> Written:
    """Write rows of values from the first cell of an area on; null leaves a cell as it is.

    Raises:
        ApiError: A value is of no kind that a cell can take, the values reach beyond the area (of a single cell:
            beyond the grid), or a protection binds the caller (400).
    """
    target = edit.book.on_grid(area)
    tab = edit.tab(area.sheet_id)
    limit = tab.clip(Area(area.sheet_id, area.top, None, area.left, None)) if single else target
    height, width = len(values), max(map(len, values), default=0)
    _check_fit(edit, area, limit, values)
    box = Box(area.sheet_id, area.top, area.top + height, area.left, area.left + width)
    if not box.empty:
        edit.guard(box)
    reader = _Reader(edit.lens(), option)
    cells, columns, rows = 0, set[int](), 0
    for offset, line in enumerate(values):
        slots = tab.run(box.top + offset, box.left, box.left + len(line))
        changed = [
            reader.slot(slot, value, offset, place)
            for place, (slot, value) in enumerate(zip(slots, line, strict=True))
        ]
        tab.put_run(box.top + offset, box.left, changed)
        places = [place for place, value in enumerate(line) if value is not None]
        columns.update(places)
        cells += len(places)
        rows += bool(places)
    return Written(box if not box.empty else target, rows, len(columns), cells)


def _check_fit(edit: Edit, area: Area, limit: Box, values: list[list[Any]]) -> None:
    name = edit.book.name_of(area)
    if len(values) > limit.height:
        raise invalid(
            f"Requested writing within range [{name}], but tried writing to row [{limit.bottom + 1}]"
        )
    if max(map(len, values), default=0) > limit.width:
        column = a1.column_letters(limit.right)
        raise invalid(f"Requested writing within range [{name}], but tried writing to column [{column}]")


class _Reader:
    """Turns JSON values into slots."""

    def __init__(self, lens: Lens, option: str) -> None:
        self._lens = lens
        self._raw = option == RAW

    def slot(self, old: Slot, value: Any, row: int, column: int) -> Slot:
        """What stands in the cell after the value was written into it."""
        if value is None:
            return old
        if isinstance(value, bool):
            return with_value(old, value)
        if isinstance(value, int | float):
            return with_value(old, number(value))
        if not isinstance(value, str):
            raise invalid(f"Invalid values[{row}][{column}]: {_STRUCT[type(value).__name__]}")
        content = text(value)
        if content is None or self._raw or self._is_text(old):
            return with_value(old, content)
        entry = typed.understand(content, self._lens.locale, self._lens.year)
        slot = with_value(old, entry.value, entry.formula)
        if entry.number_format is None or (isinstance(old, Cell) and (old.format or {}).get("numberFormat")):
            return slot
        cell = as_cell(slot)
        form = {**(cell.format or {}), "numberFormat": entry.number_format}
        return as_slot(Cell(cell.value, cell.formula, form, cell.note, cell.validation, cell.extra))

    @staticmethod
    def _is_text(old: Slot) -> bool:
        """Whether the cell has the plain text format, in which nothing typed is anything but text."""
        form = (old.format or {}).get("numberFormat") if isinstance(old, Cell) else None
        return form is not None and (form.get("type") == "TEXT" or form.get("pattern") == "@")


def clear(tab: Tab, box: Box) -> None:
    """Take the values out of a box; formats, notes and rules stay."""
    for row in range(box.top, min(box.bottom, len(tab.rows))):
        slots = tab.row(row)[box.left : box.right]
        if any(slot is not None for slot in slots):
            tab.put_run(row, box.left, [with_value(slot, None) for slot in slots])

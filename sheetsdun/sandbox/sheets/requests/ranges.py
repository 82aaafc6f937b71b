"""Cells put in and taken out of a range, the others shifting over."""

from __future__ import annotations

from dataclasses import replace

from sheetsdun.sandbox.sheets.areas import COLUMNS, ROWS, Box
from sheetsdun.sandbox.sheets.cells import Slot
from sheetsdun.sandbox.sheets.edit import Edit
from sheetsdun.sandbox.sheets.errors import invalid
from sheetsdun.sandbox.sheets.shifts import Deletion
from sheetsdun.sandbox.sheets.tab import Tab
from sheetsdun.sandbox.wire import Json


def _insert(edit: Edit, body: Json) -> Json:
    box, tab, down = _asked(edit, body)
    pushed = _beyond(tab, box, down=down)
    last_row, last_column = _extent(tab, pushed)
    if down:
        edit.grow(tab, rows=last_row + 1 + box.height - tab.row_count)
    else:
        edit.grow(tab, columns=last_column + 1 + box.width - tab.column_count)
    lines = [tab.run(row, pushed.left, pushed.right) for row in range(pushed.top, pushed.bottom)]
    if down:
        lines = (_blank(box) + lines)[: tab.row_count - box.top]
    else:
        lines = [[None] * box.width + line for line in lines]
        lines = [line[: tab.column_count - box.left] for line in lines]
    _put(tab, box, lines)
    return {}


def _delete(edit: Edit, body: Json) -> Json:
    box, tab, down = _asked(edit, body)
    whole_rows = down and box.left == 0 and box.right == tab.column_count
    if whole_rows and box.height < tab.row_count:
        # Whole rows go as rows, so that what belongs to them goes along; the grid keeps its size.
        edit.shift(tab, Deletion(ROWS, box.top, box.bottom))
        edit.grow(tab, rows=box.height)
        return {}
    pulled = _beyond(tab, box, down=down)
    lines = [tab.run(row, pulled.left, pulled.right) for row in range(pulled.top, pulled.bottom)]
    if down:
        lines = lines[box.height :] + _blank(box)[: len(lines)]
    else:
        lines = [line[box.width :] + [None] * min(box.width, len(line)) for line in lines]
    _put(tab, box, lines)
    return {}


def _asked(edit: Edit, body: Json) -> tuple[Box, Tab, bool]:
    if body.get("shiftDimension") not in {ROWS, COLUMNS}:
        raise invalid("Must specify a shiftDimension.")
    box = edit.writable(body.get("range"))
    tab = edit.tab(box.sheet_id)
    down = body["shiftDimension"] == ROWS
    edit.guard(_beyond(tab, box, down=down))
    return box, tab, down


def _beyond(tab: Tab, box: Box, *, down: bool) -> Box:
    """The range with everything below or to the right of it, as far as rows are kept."""
    if down:
        return replace(box, bottom=max(box.top, len(tab.rows)))
    return replace(box, right=tab.column_count, bottom=min(box.bottom, max(box.top, len(tab.rows))))


def _extent(tab: Tab, box: Box) -> tuple[int, int]:
    """The last row and column that hold anything; before the box if nothing does."""
    places = [(row, column) for row, column, _ in tab.filled(box)]
    rows, columns = [row for row, _ in places], [column for _, column in places]
    return max(rows, default=box.top - box.height - 1), max(columns, default=box.left - box.width - 1)


def _blank(box: Box) -> list[list[Slot]]:
    return [[None] * box.width for _ in range(box.height)]


def _put(tab: Tab, box: Box, lines: list[list[Slot]]) -> None:
    for offset, line in enumerate(lines):
        tab.put_run(box.top + offset, box.left, line)


REQUESTS = {"insertRange": _insert, "deleteRange": _delete}

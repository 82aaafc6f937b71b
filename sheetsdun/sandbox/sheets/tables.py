"""Where values.append puts new rows: the table that Google sees in the data."""

from __future__ import annotations

from sheetsdun.sandbox.sheets.areas import Box
from sheetsdun.sandbox.sheets.cells import has_content
from sheetsdun.sandbox.sheets.tab import Tab


def find_table(tab: Tab, within: Box) -> Box | None:
    """The last table that shares a cell with a box: neighbouring cells with content, and the box around them.

    Cells touching only at a corner are neighbours too.
    """
    start = _last_content(tab, within)
    if start is None:
        return None
    return _region(tab, *start)


def _last_content(tab: Tab, box: Box) -> tuple[int, int] | None:
    for row in range(min(box.bottom, len(tab.rows)) - 1, box.top - 1, -1):
        slots = tab.row(row)[box.left : box.right]
        for offset in range(len(slots)):
            if has_content(slots[offset]):
                return row, box.left + offset
    return None


def _region(tab: Tab, row: int, column: int) -> Box:
    """The box around a cell, grown while there is content beside it."""
    top, bottom, left, right = row, row + 1, column, column + 1
    grown = True
    while grown:
        grown = False
        while top > 0 and _any(tab, top - 1, left - 1, right + 1):
            top, grown = top - 1, True
        while bottom < len(tab.rows) and _any(tab, bottom, left - 1, right + 1):
            bottom, grown = bottom + 1, True
        while left > 0 and _any_in_column(tab, left - 1, top - 1, bottom + 1):
            left, grown = left - 1, True
        while right < tab.column_count and _any_in_column(tab, right, top - 1, bottom + 1):
            right, grown = right + 1, True
    return Box(tab.sheet_id, top, bottom, left, right)


def _any(tab: Tab, row: int, left: int, right: int) -> bool:
    return any(has_content(slot) for slot in tab.row(row)[max(0, left) : right])


def _any_in_column(tab: Tab, column: int, top: int, bottom: int) -> bool:
    rows = tab.rows[max(0, top) : bottom]
    return any(len(row) > column and has_content(row[column]) for row in rows)

"""Rows and columns: insert, delete, move, append, size and hide."""

from __future__ import annotations

from dataclasses import dataclass

from sheetsdun.sandbox.sheets.areas import COLUMNS, ROWS, Area
from sheetsdun.sandbox.sheets.cells import Cell, Slot, trimmed
from sheetsdun.sandbox.sheets.edit import Edit
from sheetsdun.sandbox.sheets.errors import invalid, required
from sheetsdun.sandbox.sheets.masks import known, merged, update_mask
from sheetsdun.sandbox.sheets.shifts import Deletion, Insertion, Move
from sheetsdun.sandbox.sheets.tab import Tab
from sheetsdun.sandbox.wire import Json

_WORD = {ROWS: "row", COLUMNS: "column"}
_FIELDS = frozenset({"pixelSize", "hiddenByUser"})


@dataclass(frozen=True, slots=True)
class Extent:
    """Neighbouring rows or columns of a sheet."""

    tab: Tab
    axis: str
    start: int
    end: int

    @property
    def count(self) -> int:
        """How many the whole sheet has."""
        return size(self.tab, self.axis)

    @property
    def area(self) -> Area:
        """Their cells."""
        if self.axis == ROWS:
            return Area(self.tab.sheet_id, self.start, self.end)
        return Area(self.tab.sheet_id, left=self.start, right=self.end)


def size(tab: Tab, axis: str) -> int:
    """How many rows or columns a sheet has."""
    return tab.row_count if axis == ROWS else tab.column_count


def axis_of(body: Json) -> str:
    """The dimension of a request.

    Raises:
        ApiError: It is not said (400).
    """
    axis: str = body.get("dimension") or ""
    if axis not in _WORD:
        raise invalid("Must specify a dimension.")
    return axis


def extent_of(edit: Edit, value: Json) -> Extent:
    """The rows or columns of a DimensionRange; without an end, to the last.

    Raises:
        ApiError: It is none, or empty (400).
    """
    tab, axis = edit.tab(value.get("sheetId") or 0), axis_of(value)
    start, end = value.get("startIndex") or 0, value.get("endIndex")
    end = size(tab, axis) if end is None else end
    if start < 0 or end <= start:
        raise invalid(f"range.endIndex[{end}] must be greater than range.startIndex[{start}].")
    return Extent(tab, axis, start, end)


def _insert(edit: Edit, body: Json) -> Json:
    value = required(body, "range")
    if value.get("endIndex") is None:
        raise invalid("Both the start and end index of the range must be specified.")
    extent = extent_of(edit, value)
    before = bool(body.get("inheritFromBefore"))
    if before and extent.start == 0:
        raise invalid("inheritFromBefore is not supported when inserting at index 0.")
    if extent.start > extent.count:
        word = _WORD[extent.axis]
        raise invalid(f"range.startIndex[{extent.start}] is after last {word} in grid[{extent.count}].")
    edit.shift(extent.tab, Insertion(extent.axis, extent.start, extent.end - extent.start))
    _inherit(extent, extent.start - 1 if before else extent.end)
    return {}


def _inherit(extent: Extent, source: int) -> None:
    """Give new rows or columns the formats of a neighbour."""
    tab, count = extent.tab, extent.end - extent.start
    if extent.axis == ROWS:
        formats = trimmed([_format_only(slot) for slot in tab.row(source)])
        if formats:
            for row in range(extent.start, extent.end):
                tab.put_row(row, formats)
        return
    for row in range(len(tab.rows)):
        form = _format_only(tab.at(row, source))
        if form is not None:
            tab.put_run(row, extent.start, [form] * count)


def _format_only(slot: Slot) -> Slot:
    return Cell(format=slot.format) if isinstance(slot, Cell) and slot.format else None


def _delete(edit: Edit, body: Json) -> Json:
    extent = extent_of(edit, required(body, "range"))
    tab, axis, count, word = extent.tab, extent.axis, extent.count, _WORD[extent.axis]
    if extent.end > count:
        raise invalid(
            f"Cannot delete a {word} that doesn't exist. "
            f"Tried to delete {word} index {max(extent.start, count)} but there are only {count} {word}s."
        )
    if extent.start == 0 and extent.end == count:
        raise invalid(f"You can't delete all the {word}s on the sheet.")
    key = "frozenRowCount" if axis == ROWS else "frozenColumnCount"
    frozen = tab.grid_properties.get(key) or 0
    if frozen and extent.start <= frozen and extent.end == count:
        raise invalid(f"Sorry, it is not possible to delete all non-frozen {word}s.")
    edit.guard(extent.area)
    edit.shift(tab, Deletion(axis, extent.start, extent.end))
    if extent.start < frozen:
        tab.grid_properties[key] = frozen - (min(extent.end, frozen) - extent.start)
    return {}


def _move(edit: Edit, body: Json) -> Json:
    extent = extent_of(edit, required(body, "source"))
    to = body.get("destinationIndex") or 0
    if extent.end > extent.count or to > extent.count:
        raise invalid(f"Cannot move beyond the last {_WORD[extent.axis]}: there are {extent.count}.")
    edit.guard(extent.area)
    if not extent.start <= to <= extent.end:
        edit.shift(extent.tab, Move(extent.axis, extent.start, extent.end, to))
    return {}


def _append(edit: Edit, body: Json) -> Json:
    tab, axis = edit.tab(body.get("sheetId") or 0), axis_of(body)
    length = body.get("length") or 0
    if length < 1:
        raise invalid("length must be greater than 0.")
    edit.grow(tab, *((length, 0) if axis == ROWS else (0, length)))
    return {}


def _update(edit: Edit, body: Json) -> Json:
    extent = extent_of(edit, required(body, "range"))
    mask = known(update_mask(body), _FIELDS)
    new = {name: value for name, value in required(body, "properties").items() if name in _FIELDS}
    if extent.start >= extent.count:
        word = _WORD[extent.axis]
        raise invalid(f"range.startIndex[{extent.start}] is after last {word} in grid[{extent.count}].")
    sizes = extent.tab.sizes[extent.axis]
    for index in range(extent.start, min(extent.end, extent.count)):
        merged_size = {k: v for k, v in (merged(sizes.pop(index, None), new, mask) or {}).items() if v}
        if merged_size:
            sizes[index] = merged_size
    return {}


def _auto_resize(edit: Edit, body: Json) -> Json:
    """Nobody measures texts here: the sizes fall back to the default."""
    extent = extent_of(edit, required(body, "dimensions"))
    sizes = extent.tab.sizes[extent.axis]
    for index in [index for index in sizes if extent.start <= index < extent.end]:
        rest = {name: value for name, value in sizes.pop(index).items() if name != "pixelSize"}
        if rest:
            sizes[index] = rest
    return {}


REQUESTS = {
    "insertDimension": _insert,
    "deleteDimension": _delete,
    "moveDimension": _move,
    "appendDimension": _append,
    "updateDimensionProperties": _update,
    "autoResizeDimensions": _auto_resize,
}

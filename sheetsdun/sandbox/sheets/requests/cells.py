"""Cells written: their values, formats, notes and rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sheetsdun.sandbox.sheets import celldata
from sheetsdun.sandbox.sheets.areas import ROWS, Box, from_grid_range, to_grid_range
from sheetsdun.sandbox.sheets.cells import Cell, Slot, as_cell, as_slot
from sheetsdun.sandbox.sheets.colours import in_both_forms
from sheetsdun.sandbox.sheets.edit import Edit
from sheetsdun.sandbox.sheets.errors import invalid, required
from sheetsdun.sandbox.sheets.masks import Mask, update_mask
from sheetsdun.sandbox.sheets.shifts import Insertion
from sheetsdun.sandbox.sheets.tab import Tab
from sheetsdun.sandbox.wire import Json

_EDGES = ("top", "bottom", "left", "right")


def _update(edit: Edit, body: Json) -> Json:
    mask = celldata.cell_mask(update_mask(body))
    rows = [row.get("values") or [] for row in body.get("rows") or ()]
    if body.get("range") is not None:
        box = edit.writable(body["range"])
        _put(edit.tab(box.sheet_id), box, rows, mask, clearing=True)
        return {}
    box = _from_start(edit, required(body, "start"))
    height, width = len(rows), max(map(len, rows), default=0)
    written = replace(box, bottom=box.top + height, right=box.left + width)
    if not written.empty:
        edit.guard(written)
    _put(edit.tab(box.sheet_id), box, rows, mask, clearing=False)
    return {}


def _from_start(edit: Edit, start: Json) -> Box:
    """The grid from a coordinate on."""
    tab = edit.tab(start.get("sheetId") or 0)
    row, column = start.get("rowIndex") or 0, start.get("columnIndex") or 0
    if row < 0 or column < 0:
        raise invalid("Indexes of a GridCoordinate must not be negative.")
    if row >= tab.row_count:
        raise invalid(f"GridCoordinate.rowIndex[{row}] is after last row in grid[{tab.row_count}]")
    if column >= tab.column_count:
        raise invalid(
            f"GridCoordinate.columnIndex[{column}] is after last column in grid[{tab.column_count}]"
        )
    return Box(tab.sheet_id, row, tab.row_count, column, tab.column_count)


def _put(tab: Tab, box: Box, rows: list[list[Json]], mask: Mask, *, clearing: bool) -> None:
    """Write rows of CellData; where the box has cells that the rows lack, clear them if asked to."""
    if len(rows) > box.height:
        raise invalid(
            f"Attempting to write row: {box.bottom}, beyond the last requested row of: {box.bottom - 1}"
        )
    for offset in range(box.height if clearing else len(rows)):
        data = rows[offset] if offset < len(rows) else []
        if len(data) > box.width:
            raise invalid(
                f"Attempting to write column: {box.right}, "
                f"beyond the last requested column of: {box.right - 1}"
            )
        row = box.top + offset
        width = box.width if clearing else len(data)
        if not data and row >= len(tab.rows):
            continue
        old = tab.run(row, box.left, box.left + width)
        padded = [*data, *[{}] * (width - len(data))]
        tab.put_run(
            row,
            box.left,
            [celldata.updated(slot, each or {}, mask) for slot, each in zip(old, padded, strict=True)],
        )


def _append(edit: Edit, body: Json) -> Json:
    mask = celldata.cell_mask(update_mask(body))
    rows = [row.get("values") or [] for row in body.get("rows") or ()]
    if body.get("tableId"):
        box = _room_in_table(edit, body["tableId"], len(rows))
    else:
        tab = edit.tab(body.get("sheetId") or 0)
        top = tab.last_row_with_content() + 1
        box = Box(tab.sheet_id, top, top + len(rows), 0, tab.column_count)
    tab = edit.tab(box.sheet_id)
    edit.grow(tab, box.bottom - tab.row_count)
    if rows:
        edit.guard(box)
    _put(tab, box, rows, mask, clearing=False)
    return {}


def _room_in_table(edit: Edit, table_id: str, count: int) -> Box:
    """The place below the last row of a structured table, which grows by it."""
    for tab in edit.book.tabs:
        for table in tab.things["tables"]:
            if table["tableId"] != table_id:
                continue
            box = tab.clip(from_grid_range(table["range"]))
            if any(
                True
                for _ in tab.filled(Box(tab.sheet_id, box.bottom, box.bottom + count, box.left, box.right))
            ):
                edit.shift(tab, Insertion(ROWS, box.bottom, count))
            grown = replace(box, bottom=box.bottom + count)
            tab.things["tables"] = [
                {**each, "range": to_grid_range(grown)} if each["tableId"] == table_id else each
                for each in tab.things["tables"]
            ]
            return replace(grown, top=box.bottom)
    raise invalid(f"No table with id: {table_id}")


def _repeat(edit: Edit, body: Json) -> Json:
    mask = celldata.cell_mask(update_mask(body))
    data = required(body, "cell")
    box = edit.writable(body.get("range"))
    tab = edit.tab(box.sheet_id)
    formula = bool((data.get("userEnteredValue") or {}).get("formulaValue"))
    if not formula:
        change_each(tab, box, lambda slot: celldata.updated(slot, data, mask))
        return {}
    for row in range(box.top, box.bottom):
        slots = [celldata.updated(slot, data, mask) for slot in tab.run(row, box.left, box.right)]
        tab.put_run(
            row,
            box.left,
            [edit.copy_of(slot, row - box.top, offset) for offset, slot in enumerate(slots)],
        )
    return {}


def change_each(tab: Tab, box: Box, change: Callable[[Slot], Slot]) -> None:
    """Change every cell of a box, empty ones too. Cells that were one object stay one: most are the same."""
    # The old slot is kept beside its new one, so that its id is not used again meanwhile.
    known: dict[int, tuple[Slot, Slot]] = {}

    def once(slot: Slot) -> Slot:
        found = known.get(id(slot))
        if found is None:
            found = known[id(slot)] = (slot, change(slot))
        return found[1]

    for row in range(box.top, box.bottom):
        tab.put_run(row, box.left, [once(slot) for slot in tab.run(row, box.left, box.right)])


def _set_validation(edit: Edit, body: Json) -> Json:
    box = edit.writable(body.get("range"))
    rule = celldata.validation(body.get("rule"))
    change_each(edit.tab(box.sheet_id), box, lambda slot: as_slot(replace(as_cell(slot), validation=rule)))
    return {}


def _update_borders(edit: Edit, body: Json) -> Json:
    """Borders are kept at the cells that they belong to."""
    box = edit.writable(body.get("range"))
    tab = edit.tab(box.sheet_id)
    for row in range(box.top, box.bottom):
        slots = []
        for column, slot in enumerate(tab.run(row, box.left, box.right), box.left):
            edges = {
                "top": body.get("top" if row == box.top else "innerHorizontal"),
                "bottom": body.get("bottom" if row == box.bottom - 1 else "innerHorizontal"),
                "left": body.get("left" if column == box.left else "innerVertical"),
                "right": body.get("right" if column == box.right - 1 else "innerVertical"),
            }
            slots.append(_bordered(slot, edges))
        tab.put_run(row, box.left, slots)
    return {}


def _bordered(slot: Slot, edges: dict[str, Json | None]) -> Slot:
    cell: Cell = as_cell(slot)
    borders = dict((cell.format or {}).get("borders") or {})
    for edge in _EDGES:
        border = edges[edge]
        if border is None:
            continue
        borders.pop(edge, None)
        if border.get("style") not in {None, "NONE"}:
            borders[edge] = in_both_forms(border, {})
    form = {name: value for name, value in (cell.format or {}).items() if name != "borders"}
    if borders:
        form["borders"] = borders
    return as_slot(replace(cell, format=form or None))


REQUESTS = {
    "updateCells": _update,
    "appendCells": _append,
    "repeatCell": _repeat,
    "setDataValidation": _set_validation,
    "updateBorders": _update_borders,
}

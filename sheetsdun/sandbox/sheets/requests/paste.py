"""Cut, copy and paste."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace

from sheetsdun.sandbox.sheets.areas import Area, Box, from_grid_range
from sheetsdun.sandbox.sheets.cells import EMPTY, Cell, Slot, as_cell, as_slot
from sheetsdun.sandbox.sheets.edit import Edit
from sheetsdun.sandbox.sheets.errors import invalid, required
from sheetsdun.sandbox.sheets.formula.values import Fault
from sheetsdun.sandbox.sheets.writing import USER_ENTERED, write
from sheetsdun.sandbox.wire import Json

_TRANSPOSE = "TRANSPOSE"


def _format(old: Cell, new: Cell) -> Cell:
    return replace(old, format=new.format, validation=new.validation)


def _no_borders(old: Cell, new: Cell) -> Cell:
    form = {name: value for name, value in (new.format or {}).items() if name != "borders"}
    borders = (old.format or {}).get("borders")
    return replace(new, format=({**form, "borders": borders} if borders else form) or None)


_PASTES: dict[str, Callable[[Cell, Cell], Cell]] = {
    "PASTE_NORMAL": lambda _, new: new,
    "PASTE_VALUES": lambda old, new: replace(old, value=new.value, formula=None),
    "PASTE_FORMAT": _format,
    "PASTE_NO_BORDERS": _no_borders,
    "PASTE_FORMULA": lambda old, new: replace(old, value=new.value, formula=new.formula),
    "PASTE_DATA_VALIDATION": lambda old, new: replace(old, validation=new.validation),
}


def _paste_type(body: Json, name: str) -> str:
    kind: str = body.get(name) or "PASTE_NORMAL"
    if kind not in _PASTES:
        raise invalid(f"This embedded Google does not paste as {kind}.")
    return kind


def _copy(edit: Edit, body: Json) -> Json:
    kind = _paste_type(body, "pasteType")
    source = edit.box(required(body, "source"))
    block = _lifted(edit, source, kind)
    if body.get("pasteOrientation") == _TRANSPOSE:
        block = [list(line) for line in zip(*block, strict=True)]
    wanted = edit.book.on_grid(from_grid_range(required(body, "destination")))
    height, width = len(block), len(block[0]) if block else 0
    # A destination that is a multiple of the source is filled with copies of it.
    down = wanted.height // height if height and wanted.height % height == 0 else 1
    right = wanted.width // width if width and wanted.width % width == 0 else 1
    for row in range(max(down, 1)):
        for column in range(max(right, 1)):
            target = wanted.top + row * height, wanted.left + column * width
            _drop(edit, source, block, Area(wanted.sheet_id, target[0], None, target[1], None), kind)
    return {}


def _cut(edit: Edit, body: Json) -> Json:
    kind = _paste_type(body, "pasteType")
    source = edit.writable(required(body, "source"))
    corner = required(body, "destination")
    tab = edit.tab(source.sheet_id)
    block = _lifted(edit, source, kind)
    for row in range(source.top, min(source.bottom, len(tab.rows))):
        emptied = [as_slot(_taken(as_cell(slot), kind)) for slot in tab.run(row, source.left, source.right)]
        tab.put_run(row, source.left, emptied)
    sheet_id, top, left = (corner.get(name) or 0 for name in ("sheetId", "rowIndex", "columnIndex"))
    # What is cut keeps its formulas as they are: nothing is shifted.
    _drop(edit, Box(sheet_id, top, 0, left, 0), block, Area(sheet_id, top, None, left, None), kind)
    return {}


def _taken(cell: Cell, kind: str) -> Cell:
    """What is left where a cell was cut."""
    if kind == "PASTE_NORMAL":
        return EMPTY
    return _PASTES[kind](cell, EMPTY)


def _lifted(edit: Edit, source: Box, kind: str) -> list[list[Slot]]:
    tab = edit.tab(source.sheet_id)
    lens = edit.lens()
    block = [tab.run(row, source.left, source.right) for row in range(source.top, source.bottom)]
    if kind != "PASTE_VALUES":
        return block
    out: list[list[Slot]] = []
    for row, line in enumerate(block, source.top):
        values = [lens.value(tab, row, column) for column in range(source.left, source.left + len(line))]
        out.append([value.text if isinstance(value, Fault) else value for value in values])
    return out


def _drop(edit: Edit, source: Box, block: list[list[Slot]], area: Area, kind: str) -> None:
    height, width = len(block), len(block[0]) if block else 0
    target = edit.book.on_grid(area)
    tab = edit.tab(area.sheet_id)
    edit.grow(tab, target.top + height - tab.row_count, target.left + width - tab.column_count)
    edit.guard(Box(area.sheet_id, target.top, target.top + height, target.left, target.left + width))
    paste = _PASTES[kind]
    down, right = target.top - source.top, target.left - source.left
    for offset, line in enumerate(block):
        row = target.top + offset
        old = tab.run(row, target.left, target.left + width)
        new = [edit.copy_of(slot, down, right) for slot in line]
        pasted = [as_slot(paste(as_cell(a), as_cell(b))) for a, b in zip(old, new, strict=True)]
        tab.put_run(row, target.left, pasted)


def _paste_data(edit: Edit, body: Json) -> Json:
    if body.get("html"):
        raise invalid("This embedded Google does not paste HTML.")
    if body.get("type", "PASTE_NORMAL") not in {"PASTE_NORMAL", "PASTE_VALUES"}:
        raise invalid("Text can only be pasted as PASTE_NORMAL or PASTE_VALUES.")
    delimiter = body.get("delimiter") or ""
    if len(delimiter) != 1:
        raise invalid("Must specify a delimiter of one character, or html.")
    corner = required(body, "coordinate")
    rows = list(csv.reader(io.StringIO(body.get("data") or ""), delimiter=delimiter))
    sheet_id, top, left = (corner.get(name) or 0 for name in ("sheetId", "rowIndex", "columnIndex"))
    tab = edit.tab(sheet_id)
    width = max(map(len, rows), default=0)
    edit.grow(tab, top + len(rows) - tab.row_count, left + width - tab.column_count)
    write(edit, Area(sheet_id, top, None, left, None), [*rows], USER_ENTERED, single=True)
    return {}


def _text_to_columns(edit: Edit, body: Json) -> Json:
    marks = {"COMMA": ",", "SEMICOLON": ";", "PERIOD": ".", "SPACE": " ", "CUSTOM": body.get("delimiter")}
    kind = body.get("delimiterType") or "COMMA"
    source = edit.box(required(body, "source"))
    if source.width != 1:
        raise invalid("The source range must span exactly one column.")
    tab = edit.tab(source.sheet_id)
    cells = {row: slot for row, _, slot in tab.filled(source) if isinstance(slot, str)}
    mark = marks.get(kind) or next((m for m in ",;\t|" if any(m in text for text in cells.values())), ",")
    parts = {row: text.split(mark) for row, text in cells.items()}
    width = max(map(len, parts.values()), default=0)
    edit.grow(tab, columns=source.left + width - tab.column_count)
    for row, line in parts.items():
        write(edit, Area(tab.sheet_id, row, None, source.left, None), [line], USER_ENTERED, single=True)
    return {}


REQUESTS = {
    "copyPaste": _copy,
    "cutPaste": _cut,
    "pasteData": _paste_data,
    "textToColumns": _text_to_columns,
}

"""Changes of a grid's structure, carried through to everything that stands on it or refers to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sheetsdun.sandbox.sheets.areas import COLUMNS, ROWS, from_grid_range, to_grid_range
from sheetsdun.sandbox.sheets.book import Book
from sheetsdun.sandbox.sheets.cells import Cell, Row, Slot, trimmed
from sheetsdun.sandbox.sheets.formula.rewrite import follow, rewritten
from sheetsdun.sandbox.sheets.formula.tokens import Reference
from sheetsdun.sandbox.sheets.shifts import Deletion, Insertion, Move, Shift, moved_area
from sheetsdun.sandbox.sheets.tab import Tab
from sheetsdun.sandbox.wire import Json

_MANY_RANGES = frozenset({"ranges", "unprotectedRanges"})
_COLUMN_KEYS = frozenset({"columnIndex", "dimensionIndex"})


def shift(book: Book, tab: Tab, change: Shift) -> None:
    """Insert, delete or move rows or columns of a sheet; the grid's size follows."""
    _shift_grid(tab, change)
    tab.sizes[change.axis] = {
        moved: size
        for index, size in tab.sizes[change.axis].items()
        if (moved := change.index(index)) is not None
    }
    for name, things in tab.things.items():
        moved_things = (_thing(thing, tab.sheet_id, change, name) for thing in things)
        tab.things[name] = [thing for thing in moved_things if thing is not None]
    if tab.basic_filter is not None:
        tab.basic_filter = _thing(tab.basic_filter, tab.sheet_id, change, "basicFilter")
    names = (_thing(entry, tab.sheet_id, change, "namedRanges") for entry in book.named)
    book.named = [entry for entry in names if entry is not None]
    _shift_metadata(book, tab, change)
    rewrite_formulas(book, lambda home, reference: _follow(book, home, reference, tab, change))


def rewrite_formulas(book: Book, change: Callable[[Tab, Reference], Reference | None]) -> None:
    """Change the references of every formula; None makes one an error."""
    decimal = book.locale.decimal
    for home in book.tabs:
        if not home.formulas:
            continue
        for index, row in enumerate(home.rows):
            if not any(isinstance(slot, Cell) and slot.formula for slot in row):
                continue
            changed = [_rewritten(slot, decimal, home, change) for slot in row]
            if any(new is not old for new, old in zip(changed, row, strict=True)):
                home.put_row(index, tuple(changed))


def _rewritten(
    slot: Slot, decimal: str, home: Tab, change: Callable[[Tab, Reference], Reference | None]
) -> Slot:
    if not isinstance(slot, Cell) or slot.formula is None:
        return slot
    formula = rewritten(slot.formula, decimal, lambda reference: change(home, reference))
    return slot if formula == slot.formula else replace(slot, formula=formula)


def _follow(book: Book, home: Tab, reference: Reference, tab: Tab, change: Shift) -> Reference | None:
    named = home if reference.sheet is None else book.titled(reference.sheet)
    return follow(reference, change) if named is tab else reference


def _shift_grid(tab: Tab, change: Shift) -> None:
    match change:
        case Insertion(axis, at, count):
            _resize(tab, axis, count)
            if axis == ROWS:
                rows = tab.own_rows()
                if at < len(rows):
                    rows[at:at] = [()] * count
            else:
                _each_row(tab, at, lambda row: (*row[:at], *[None] * count, *row[at:]))
        case Deletion(axis, start, end):
            _resize(tab, axis, start - end)
            if axis == ROWS:
                del tab.own_rows()[start:end]
            else:
                _each_row(tab, start, lambda row: trimmed([*row[:start], *row[end:]]))
        case Move(axis, start, end, to):
            if axis == ROWS:
                rows = tab.own_rows()
                rows.extend([()] * (max(end, to) - len(rows)))
                _move(rows, start, end, to)
            else:
                _each_row(tab, min(start, to), lambda row: _moved_slots(row, start, end, to))
    while tab.rows and not tab.rows[-1]:
        tab.own_rows().pop()


def _resize(tab: Tab, axis: str, by: int) -> None:
    if axis == ROWS:
        tab.row_count += by
    else:
        tab.column_count += by


def _each_row(tab: Tab, left: int, change: Callable[[Row], Row]) -> None:
    """Change the rows that reach beyond a column."""
    rows = tab.own_rows()
    rows[:] = [change(row) if len(row) > left else row for row in rows]


def _moved_slots(row: Row, start: int, end: int, to: int) -> Row:
    slots = [*row, *[None] * (max(end, to) - len(row))]
    _move(slots, start, end, to)
    return trimmed(slots)


def _move(items: list[Any], start: int, end: int, to: int) -> None:
    block = items[start:end]
    if to <= start:
        items[to:end] = block + items[to:start]
    else:
        items[start:to] = items[end:to] + block


def _thing(thing: Json, sheet_id: int, change: Shift, name: str) -> Json | None:
    """A thing on the sheet after the change; None if what it lay on is gone."""
    if name == "merges":
        moved = _range(thing, sheet_id, change)
        single = moved is not None and _is_one_cell(moved)
        return None if single else moved
    if name in {"rowGroups", "columnGroups"}:
        return _group(thing, change)
    out = dict(thing)
    if "range" in thing:
        moved = _range(thing["range"], sheet_id, change)
        if moved is None:
            return None
        out["range"] = moved
    for key in _MANY_RANGES & thing.keys():
        out[key] = [moved for each in thing[key] if (moved := _range(each, sheet_id, change)) is not None]
        if key == "ranges" and not out[key]:
            return None
    if change.axis == COLUMNS:
        _shift_columns(out, change)
    return out


def _range(value: Json, sheet_id: int, change: Shift) -> Json | None:
    area = from_grid_range(value)
    if area.sheet_id != sheet_id:
        return value
    moved = moved_area(area, change)
    return None if moved is None else to_grid_range(moved)


def _is_one_cell(value: Json) -> bool:
    area = from_grid_range(value)
    return area.bottom == area.top + 1 and area.right == area.left + 1


def _group(group: Json, change: Shift) -> Json | None:
    extent = group["range"]
    if extent["dimension"] != change.axis:
        return group
    span = change.span(extent["startIndex"], extent["endIndex"])
    if span is None:
        return None
    return {**group, "range": {**extent, "startIndex": span[0], "endIndex": span[1]}}


def _shift_columns(thing: Json, change: Shift) -> None:
    """The columns that a filter names."""
    for key in ("filterSpecs", "sortSpecs"):
        if key in thing:
            thing[key] = [spec for each in thing[key] if (spec := _spec(each, change)) is not None]
    if "criteria" in thing:
        moved = {change.index(int(column)): rule for column, rule in thing["criteria"].items()}
        thing["criteria"] = {str(column): rule for column, rule in moved.items() if column is not None}


def _spec(spec: Json, change: Shift) -> Json | None:
    out = dict(spec)
    for key in _COLUMN_KEYS & spec.keys():
        index = change.index(spec[key])
        if index is None:
            return None
        out[key] = index
    return out


def _shift_metadata(book: Book, tab: Tab, change: Shift) -> None:
    """Metadata goes where its row or column goes, and with it."""
    for entry in list(book.metadata.values()):
        place = entry.place
        if place.sheet_id != tab.sheet_id or place.axis != change.axis or place.index is None:
            continue
        index = change.index(place.index)
        if index is None:
            del book.metadata[entry.metadata_id]
        else:
            book.metadata[entry.metadata_id] = replace(entry, place=replace(place, index=index))

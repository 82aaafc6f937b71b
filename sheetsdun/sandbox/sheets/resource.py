"""The Spreadsheet resource, as replies show it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sheetsdun.sandbox.sheets import celldata, protection
from sheetsdun.sandbox.sheets.areas import COLUMNS, ROWS, Area, Box
from sheetsdun.sandbox.sheets.book import Book, Metadata
from sheetsdun.sandbox.sheets.masks import ALL, Mask, below
from sheetsdun.sandbox.sheets.shown import Lens
from sheetsdun.sandbox.sheets.tab import Tab
from sheetsdun.sandbox.wire import Json

PIXELS = {ROWS: 21, COLUMNS: 100}
"""How high a row and how wide a column is unless it has a size of its own."""

_FONT = "Arial"


def spreadsheet(
    lens: Lens, caller: str, areas: Sequence[Area] | None, mask: Mask | None, *, grid: bool
) -> Json:
    """The resource.

    Args:
        lens: A look at the spreadsheet.
        caller: Who asks.
        areas: Only these parts of the grid, and only their sheets; None for everything.
        mask: What of it is wanted; what is costly and not wanted is left out.
        grid: Whether grid data is wanted where the mask does not say.
    """
    book = lens.book
    wanted = ALL if mask is None else mask
    cells = celldata.wanted_cells(wanted) if mask else (ALL if grid else None)
    data = below(wanted, "sheets", "data") if mask else (ALL if grid else None)
    out: Json = {
        "spreadsheetId": book.book_id,
        "properties": properties(book),
        "sheets": [],
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{book.book_id}/edit",
    }
    for index, tab in enumerate(book.tabs):
        parts = [tab.everything()] if areas is None else _parts(tab, areas)
        if areas is not None and not parts:
            continue
        sheet = _sheet(book, tab, index, caller)
        if data is not None:
            sheet["data"] = [_grid_data(lens, tab, part, data, cells) for part in parts]
        out["sheets"].append(sheet)
    if book.named:
        out["namedRanges"] = book.named
    entries = [shown_metadata(entry) for entry in book.metadata.values() if entry.place.sheet_id is None]
    if entries:
        out["developerMetadata"] = entries
    return out


def properties(book: Book) -> Json:
    """SpreadsheetProperties."""
    defaults = {
        "autoRecalc": "ON_CHANGE",
        "defaultFormat": celldata.DEFAULT_FORMAT,
        "spreadsheetTheme": {"primaryFontFamily": _FONT},
    }
    return defaults | book.properties


def sheet_properties(tab: Tab, index: int) -> Json:
    """SheetProperties; as Google does, id and index are said also when they are 0."""
    grid = {"rowCount": tab.row_count, "columnCount": tab.column_count}
    return {
        "sheetId": tab.sheet_id,
        "title": tab.title,
        "index": index,
        "sheetType": "GRID",
        "gridProperties": grid | {name: value for name, value in tab.grid_properties.items() if value},
        **{name: value for name, value in tab.properties.items() if value},
    }


def shown_metadata(entry: Metadata) -> Json:
    """DeveloperMetadata."""
    place = entry.place
    location: Json = {"locationType": place.kind}
    if place.sheet_id is None:
        location["spreadsheet"] = True
    elif place.axis is None or place.index is None:
        location["sheetId"] = place.sheet_id
    else:
        sheet = {"sheetId": place.sheet_id} if place.sheet_id else {}
        location["dimensionRange"] = {
            **sheet,
            "dimension": place.axis,
            "startIndex": place.index,
            "endIndex": place.index + 1,
        }
    out: Json = {"metadataId": entry.metadata_id, "metadataKey": entry.key}
    if entry.value:
        out["metadataValue"] = entry.value
    return out | {"location": location, "visibility": entry.visibility}


def _parts(tab: Tab, areas: Sequence[Area]) -> list[Box]:
    return [tab.clip(area) for area in areas if area.sheet_id == tab.sheet_id]


def _sheet(book: Book, tab: Tab, index: int, caller: str) -> Json:
    out: Json = {"properties": sheet_properties(tab, index)}
    out.update({name: things for name, things in tab.things.items() if things})
    if "protectedRanges" in out:
        out["protectedRanges"] = [
            protection.shown(protected, book, caller) for protected in out["protectedRanges"]
        ]
    if tab.basic_filter is not None:
        out["basicFilter"] = tab.basic_filter
    entries = [
        shown_metadata(entry)
        for entry in book.metadata.values()
        if entry.place.sheet_id == tab.sheet_id and entry.place.axis is None
    ]
    if entries:
        out["developerMetadata"] = entries
    return out


def _grid_data(lens: Lens, tab: Tab, box: Box, data: Mask, cells: Mask | None) -> Json:
    out: Json = {}
    if box.top:
        out["startRow"] = box.top
    if box.left:
        out["startColumn"] = box.left
    last = box.top if cells is None else min(box.bottom, len(tab.rows))
    rows = [_row(lens, tab, row, box, cells) for row in range(box.top, last)]
    while rows and not rows[-1]:
        rows.pop()
    if rows:
        out["rowData"] = rows
    sizes: list[tuple[str, str, int, int]] = [
        ("rowMetadata", ROWS, box.top, box.bottom),
        ("columnMetadata", COLUMNS, box.left, box.right),
    ]
    for name, axis, start, end in sizes:
        if not data or name in data or "*" in data:
            size_of = _sizes(lens.book, tab, axis)
            out[name] = [size_of(index) for index in range(start, end)]
    return out


def _row(lens: Lens, tab: Tab, row: int, box: Box, mask: Mask | None) -> Json:
    width = min(box.right, len(tab.row(row)))
    values = [celldata.shown(lens, tab, row, column, mask or ALL) for column in range(box.left, width)]
    while values and not values[-1]:
        values.pop()
    return {"values": values} if values else {}


def _sizes(book: Book, tab: Tab, axis: str) -> Callable[[int], Json]:
    """How to show the DimensionProperties of each row or column."""
    entries: dict[int, list[Json]] = {}
    for entry in book.metadata.values():
        place = entry.place
        if place.sheet_id == tab.sheet_id and place.axis == axis and place.index is not None:
            entries.setdefault(place.index, []).append(shown_metadata(entry))
    own = tab.sizes[axis]
    default = {"pixelSize": PIXELS[axis]}

    def size_of(index: int) -> Json:
        size = default | own[index] if index in own else default
        return {**size, "developerMetadata": entries[index]} if index in entries else size

    return size_of

"""A new spreadsheet, with everything that a Spreadsheet resource says of it: what ``get`` shows can be made again."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

from sheetsdun.sandbox.sheets.areas import COLUMNS, ROWS
from sheetsdun.sandbox.sheets.book import Book
from sheetsdun.sandbox.sheets.celldata import updated
from sheetsdun.sandbox.sheets.edit import Edit
from sheetsdun.sandbox.sheets.masks import ALL
from sheetsdun.sandbox.sheets.requests import carry_out
from sheetsdun.sandbox.sheets.requests.properties import check_properties
from sheetsdun.sandbox.sheets.requests.sheets import new_tab
from sheetsdun.sandbox.sheets.resource import PIXELS
from sheetsdun.sandbox.sheets.tab import Tab
from sheetsdun.sandbox.wire import Json

_DEFAULTS: Json = {"title": "Untitled spreadsheet", "locale": "en_US", "timeZone": "Etc/GMT"}
_ID_BYTES = 32
_THINGS = {
    "protectedRanges": ("addProtectedRange", "protectedRange"),
    "filterViews": ("addFilterView", "filter"),
    "bandedRanges": ("addBanding", "bandedRange"),
    "tables": ("addTable", "table"),
}


def new_book(asked: Json, owner: str) -> Book:
    """A spreadsheet with its sheets, still without anything in them.

    Raises:
        ApiError: Its properties, or those of a sheet, cannot be (400).
    """
    given = {name: value for name, value in (asked.get("properties") or {}).items() if value}
    properties = _DEFAULTS | given
    check_properties(properties)
    # Google's ids begin with a 1 too, and one with a hyphen in front would read like an option.
    book = Book(f"1{secrets.token_urlsafe(_ID_BYTES)}", owner, properties)
    for index, sheet in enumerate(asked.get("sheets") or [{}]):
        first = {"sheetId": 0} if index == 0 else {}
        book.tabs.append(new_tab(book, first | (sheet.get("properties") or {})))
    return book


def furnish(edit: Edit, asked: Json) -> None:
    """Put in what the resource has besides properties: cells, what lies on the sheets, names, metadata.

    Raises:
        ApiError: Something of it cannot be (400).
    """
    edit.check_size()
    sheets = asked.get("sheets") or [{}]
    for tab, sheet in zip(edit.book.tabs, sheets, strict=True):
        for part in sheet.get("data") or ():
            _put_cells(edit, tab, part)
            for axis, name, key in (
                (ROWS, "rowMetadata", "startRow"),
                (COLUMNS, "columnMetadata", "startColumn"),
            ):
                _put_sizes(tab, axis, part.get(key) or 0, part.get(name) or [])
        for name in ("rowGroups", "columnGroups"):
            tab.things[name] = sheet.get(name) or []
    for index, request in enumerate(_requests(asked, sheets)):
        carry_out(edit, request, index)


def _put_cells(edit: Edit, tab: Tab, part: Json) -> None:
    top, left = part.get("startRow") or 0, part.get("startColumn") or 0
    for offset, row in enumerate(part.get("rowData") or ()):
        slots = [updated(None, data or {}, ALL) for data in row.get("values") or ()]
        edit.grow(tab, top + offset + 1 - tab.row_count, left + len(slots) - tab.column_count)
        tab.put_run(top + offset, left, slots)


def _put_sizes(tab: Tab, axis: str, start: int, sizes: list[Json]) -> None:
    for index, size in enumerate(sizes, start):
        own = {name: value for name, value in size.items() if name != "developerMetadata" and value}
        if own and own != {"pixelSize": PIXELS[axis]}:
            tab.sizes[axis][index] = own


def _requests(asked: Json, sheets: list[Json]) -> Iterator[Json]:
    """What is made by the same rules as in a batch."""
    for each in asked.get("namedRanges") or ():
        yield {"addNamedRange": {"namedRange": each}}
    yield from _metadata(asked)
    for sheet in sheets:
        for each in sheet.get("merges") or ():
            yield {"mergeCells": {"range": each, "mergeType": "MERGE_ALL"}}
        for index, each in enumerate(sheet.get("conditionalFormats") or ()):
            yield {"addConditionalFormatRule": {"rule": each, "index": index}}
        for name, (kind, field) in _THINGS.items():
            for each in sheet.get(name) or ():
                yield {kind: {field: each}}
        if sheet.get("basicFilter"):
            yield {"setBasicFilter": {"filter": sheet["basicFilter"]}}
        yield from _metadata(sheet)
        for part in sheet.get("data") or ():
            for line in (*(part.get("rowMetadata") or ()), *(part.get("columnMetadata") or ())):
                yield from _metadata(line)


def _metadata(holder: Json) -> Iterator[Json]:
    for each in holder.get("developerMetadata") or ():
        # Where an entry is shown, so is its locationType; to send it with a creation is an error.
        location = {
            name: value for name, value in (each.get("location") or {}).items() if name != "locationType"
        }
        yield {"createDeveloperMetadata": {"developerMetadata": {**each, "location": location}}}

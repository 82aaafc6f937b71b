"""Sheets as a whole: added, duplicated, deleted."""

from __future__ import annotations

from typing import Any

from sheetsdun.sandbox.sheets import resource, structure
from sheetsdun.sandbox.sheets.areas import Area
from sheetsdun.sandbox.sheets.book import Book
from sheetsdun.sandbox.sheets.edit import Edit, new_id
from sheetsdun.sandbox.sheets.errors import invalid
from sheetsdun.sandbox.sheets.requests.properties import OWN, check_grid, check_title, existing, mirror_colour
from sheetsdun.sandbox.sheets.tab import DEFAULT_COLUMNS, DEFAULT_ROWS, Tab
from sheetsdun.sandbox.wire import Json

_LEFT_BEHIND = ("protectedRanges", "tables")


def new_tab(book: Book, properties: Json) -> Tab:
    """A sheet with these properties, with a free id and title where they name none; not yet in the book.

    Raises:
        ApiError: The id or title is in use, or it is no grid (400).
    """
    if properties.get("sheetType", "GRID") not in {"GRID", "SHEET_TYPE_UNSPECIFIED"}:
        raise invalid("Only sheets of type GRID can be added.")
    sheet_id = properties.get("sheetId")
    if sheet_id is None:
        sheet_id = new_id(tab.sheet_id for tab in book.tabs)
    _check_id(book, sheet_id)
    title = properties.get("title") or _free_title(book, "Sheet", 1)
    check_title(book, title, None)
    grid = {
        name: value for name, value in (properties.get("gridProperties") or {}).items() if value is not None
    }
    tab = Tab(sheet_id, title, grid.pop("rowCount", DEFAULT_ROWS), grid.pop("columnCount", DEFAULT_COLUMNS))
    check_grid(tab, grid)
    tab.grid_properties = grid
    tab.properties = {name: value for name, value in properties.items() if name not in OWN}
    mirror_colour(tab.properties, "tabColorStyle" if "tabColorStyle" in properties else "tabColor")
    return tab


def copy_tab(source: Tab, sheet_id: int, title: str) -> Tab:
    """A copy of a sheet. Metadata, protections and tables stay with the original."""
    tab = source.clone()
    tab.sheet_id, tab.title = sheet_id, title
    for name in tab.things:
        tab.things[name] = (
            [] if name in _LEFT_BEHIND else [_onto(each, sheet_id) for each in tab.things[name]]
        )
    for index, view in enumerate(tab.things["filterViews"]):
        tab.things["filterViews"][index] = {**view, "filterViewId": new_id(())}
    for index, band in enumerate(tab.things["bandedRanges"]):
        tab.things["bandedRanges"][index] = {**band, "bandedRangeId": new_id(())}
    tab.basic_filter = None if tab.basic_filter is None else _onto(tab.basic_filter, sheet_id)
    return tab


def _onto(value: Any, sheet_id: int) -> Any:
    """The same ranges on another sheet."""
    if isinstance(value, list):
        return [_onto(each, sheet_id) for each in value]
    if not isinstance(value, dict):
        return value
    out = {name: _onto(each, sheet_id) for name, each in value.items()}
    if value.keys() & {"sheetId", "startRowIndex", "startColumnIndex", "startIndex"} or value == {}:
        out.pop("sheetId", None)
        return ({"sheetId": sheet_id} if sheet_id else {}) | out
    return out


def _add(edit: Edit, body: Json) -> Json:
    properties = body.get("properties") or {}
    tab = new_tab(edit.book, properties)
    index = properties.get("index")
    edit.book.tabs.insert(len(edit.book.tabs) if index is None else index, tab)
    edit.check_size()
    return {"properties": resource.sheet_properties(tab, edit.book.tabs.index(tab))}


def _delete(edit: Edit, body: Json) -> Json:
    book = edit.book
    tab = existing(book, body.get("sheetId") or 0)
    edit.guard(Area(tab.sheet_id))
    visible = [each for each in book.tabs if not each.properties.get("hidden")]
    if visible == [tab] or len(book.tabs) == 1:
        raise invalid("You can't remove all the sheets in a document.")
    structure.rewrite_formulas(
        book,
        lambda home, ref: None if ref.sheet and book.titled(ref.sheet) is tab and home is not tab else ref,
    )
    book.tabs.remove(tab)
    book.named = [entry for entry in book.named if (entry["range"].get("sheetId") or 0) != tab.sheet_id]
    book.metadata = {
        key: entry for key, entry in book.metadata.items() if entry.place.sheet_id != tab.sheet_id
    }
    return {}


def _duplicate(edit: Edit, body: Json) -> Json:
    book = edit.book
    source = existing(book, body.get("sourceSheetId") or 0)
    sheet_id = body.get("newSheetId")
    if sheet_id is None:
        sheet_id = new_id(tab.sheet_id for tab in book.tabs)
    _check_id(book, sheet_id)
    title = body.get("newSheetName") or copy_title(book, source.title)
    check_title(book, title, None)
    tab = copy_tab(source, sheet_id, title)
    book.tabs.insert(body.get("insertSheetIndex") or 0, tab)
    edit.check_size()
    return {"properties": resource.sheet_properties(tab, book.tabs.index(tab))}


def copy_title(book: Book, title: str) -> str:
    """A free title for a copy of a sheet."""
    wanted = f"Copy of {title}"
    return wanted if book.titled(wanted) is None else _free_title(book, f"{wanted} ", 2)


def _check_id(book: Book, sheet_id: int) -> None:
    if sheet_id < 0:
        raise invalid(f"Sheet ids must be non-negative: {sheet_id}")
    if book.find_tab(sheet_id) is not None:
        raise invalid(f'A sheet with the ID "{sheet_id}" already exists. Please enter another ID.')


def _free_title(book: Book, stem: str, number: int) -> str:
    while book.titled(f"{stem}{number}") is not None:
        number += 1
    return f"{stem}{number}"


REQUESTS = {
    "addSheet": _add,
    "deleteSheet": _delete,
    "duplicateSheet": _duplicate,
}

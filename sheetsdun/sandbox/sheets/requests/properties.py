"""The properties of a sheet, and of the spreadsheet."""

from __future__ import annotations

import zoneinfo
from dataclasses import replace

from sheetsdun.sandbox.sheets import structure
from sheetsdun.sandbox.sheets.areas import COLUMNS, ROWS
from sheetsdun.sandbox.sheets.book import Book
from sheetsdun.sandbox.sheets.edit import Edit
from sheetsdun.sandbox.sheets.errors import invalid, required
from sheetsdun.sandbox.sheets.formula.tokens import Reference
from sheetsdun.sandbox.sheets.locales import is_known
from sheetsdun.sandbox.sheets.masks import ALL, Mask, known, merged, update_mask
from sheetsdun.sandbox.sheets.shifts import Deletion
from sheetsdun.sandbox.sheets.tab import Tab
from sheetsdun.sandbox.wire import Json

OWN = frozenset({"sheetId", "title", "index", "sheetType", "gridProperties"})
"""The properties that a sheet has fields of its own for."""

_FIELDS = OWN | {"hidden", "rightToLeft", "tabColor", "tabColorStyle"}
_BOOK_FIELDS = frozenset(
    {
        "title",
        "locale",
        "timeZone",
        "autoRecalc",
        "defaultFormat",
        "iterativeCalculationSettings",
        "spreadsheetTheme",
        "importFunctionsExternalUrlAccessAllowed",
    }
)


def _update(edit: Edit, body: Json) -> Json:
    new = required(body, "properties")
    mask = known(update_mask(body), _FIELDS)
    tab = existing(edit.book, new.get("sheetId") or 0)
    wanted = mask or dict.fromkeys((_FIELDS & new.keys()) | {"gridProperties"}, ALL)
    if "title" in wanted:
        _rename(edit.book, tab, new.get("title") or "")
    if "gridProperties" in wanted:
        _regrid(edit, tab, new.get("gridProperties") or {}, wanted["gridProperties"])
    for name in wanted.keys() - OWN:
        value = merged(tab.properties.get(name), new.get(name), wanted[name])
        tab.properties.pop(name, None)
        if value:
            tab.properties[name] = value
        if name in {"tabColor", "tabColorStyle"}:
            mirror_colour(tab.properties, name)
    if all(each.properties.get("hidden") for each in edit.book.tabs):
        raise invalid("You can't hide all the visible sheets in a document.")
    if "index" in wanted:
        _move(edit.book.tabs, tab, new.get("index") or 0)
    return {}


def _move(tabs: list[Tab], tab: Tab, index: int) -> None:
    """Google counts the new place while the sheet still stands at its old one."""
    old = tabs.index(tab)
    if not 0 <= index <= len(tabs):
        raise invalid(f"Sheet index {index} is out of bounds: there are {len(tabs)} sheets.")
    tabs.remove(tab)
    tabs.insert(index - 1 if index > old else index, tab)


def _rename(book: Book, tab: Tab, title: str) -> None:
    check_title(book, title, tab)
    old = tab.title

    def renamed(_: Tab, reference: Reference) -> Reference:
        return reference.renamed(old, title)

    structure.rewrite_formulas(book, renamed)
    tab.title = title


def _regrid(edit: Edit, tab: Tab, new: Json, mask: Mask) -> None:
    """Change the grid's size and what is frozen."""
    old = {**tab.grid_properties, "rowCount": tab.row_count, "columnCount": tab.column_count}
    grid = merged(old, new, mask) or {}
    rows, columns = grid.pop("rowCount", 0) or 0, grid.pop("columnCount", 0) or 0
    if rows < 1:
        raise invalid("You can't delete all the rows on the sheet.")
    if columns < 1:
        raise invalid("You can't delete all the columns on the sheet.")
    for axis, count, size in ((ROWS, tab.row_count, rows), (COLUMNS, tab.column_count, columns)):
        if size < count:
            edit.guard(replace(tab.everything(), **({"top": size} if axis == ROWS else {"left": size})))
            edit.shift(tab, Deletion(axis, size, count))
    edit.grow(tab, rows - tab.row_count, columns - tab.column_count)
    check_grid(tab, grid)
    tab.grid_properties = {name: value for name, value in grid.items() if value}


def check_grid(tab: Tab, grid: Json) -> None:
    """Refuse a grid without cells, or with nothing below or beside what is frozen (400)."""
    if tab.row_count < 1 or tab.column_count < 1:
        raise invalid("A sheet must have at least one row and one column.")
    if (grid.get("frozenRowCount") or 0) >= tab.row_count:
        raise invalid("You can't freeze all visible rows on the sheet.")
    if (grid.get("frozenColumnCount") or 0) >= tab.column_count:
        raise invalid("You can't freeze all visible columns on the sheet.")


def mirror_colour(properties: Json, source: str) -> None:
    """Google shows a tab's colour twice, in the old form and the new."""
    colour = properties.get("tabColor")
    if source == "tabColorStyle":
        style = {name: value for name, value in (properties.get("tabColorStyle") or {}).items() if value}
        colour = style.get("rgbColor")
        properties.pop("tabColorStyle", None)
        if style:
            properties["tabColorStyle"] = style
    elif colour:
        properties["tabColorStyle"] = {"rgbColor": colour}
    else:
        properties.pop("tabColorStyle", None)
    properties.pop("tabColor", None)
    if colour:
        properties["tabColor"] = colour


def _update_spreadsheet(edit: Edit, body: Json) -> Json:
    new = required(body, "properties")
    mask = known(update_mask(body), _BOOK_FIELDS)
    properties = merged(edit.book.properties, new, mask) or {}
    if not mask:
        properties = edit.book.properties | new
    check_properties(properties)
    edit.book.properties = properties
    return {}


def check_properties(properties: Json) -> None:
    """Refuse what Google refuses.

    Raises:
        ApiError: No title, an unknown locale or time zone (400).
    """
    if not properties.get("title"):
        raise invalid("Spreadsheet title cannot be empty.")
    locale = properties.get("locale") or ""
    if not is_known(locale):
        raise invalid(f"Unsupported locale: {locale}")
    zone = properties.get("timeZone") or ""
    try:
        zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise invalid(f"Invalid time zone: {zone}") from error


def existing(book: Book, sheet_id: int) -> Tab:
    """The sheet with this id.

    Raises:
        ApiError: There is none (400).
    """
    tab = book.find_tab(sheet_id)
    if tab is None:
        raise invalid(f"No sheet with id: {sheet_id}")
    return tab


def check_title(book: Book, title: str, own: Tab | None) -> None:
    """Refuse an empty title, and one that another sheet has (400)."""
    if not title:
        raise invalid("A sheet must have a name.")
    other = book.titled(title)
    if other is not None and other is not own:
        raise invalid(f'A sheet with the name "{title}" already exists. Please enter another name.')


REQUESTS = {"updateSheetProperties": _update, "updateSpreadsheetProperties": _update_spreadsheet}

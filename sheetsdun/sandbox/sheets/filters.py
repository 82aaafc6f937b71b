"""Data filters: what they select of developer metadata, and of the grid."""

from __future__ import annotations

from collections.abc import Sequence

from sheetsdun.sandbox.sheets.areas import ROWS, Area, from_grid_range
from sheetsdun.sandbox.sheets.book import Book, Metadata, Place
from sheetsdun.sandbox.sheets.errors import invalid
from sheetsdun.sandbox.wire import Json

_EXACT = "EXACT_LOCATION"


def matching_metadata(book: Book, filters: Sequence[Json]) -> list[tuple[Metadata, list[Json]]]:
    """The entries that at least one filter selects, each with the filters that do."""
    found = []
    for entry in book.metadata.values():
        chosen = [each for each in filters if selects(book, each, entry)]
        if chosen:
            found.append((entry, chosen))
    return found


def selects(book: Book, data_filter: Json, entry: Metadata) -> bool:
    """Whether a data filter selects an entry: by a lookup, or by the place where it is.

    Raises:
        ApiError: The filter is none (400).
    """
    lookup = data_filter.get("developerMetadataLookup")
    if lookup is not None:
        return _looked_up(book, lookup, entry)
    area = _area(book, data_filter)
    where = place_area(entry.place)
    return where is not None and area.covers(where)


def areas(book: Book, data_filter: Json) -> list[tuple[Area, bool]]:
    """The parts of the grid that a data filter selects, and whether each is a single cell.

    Raises:
        ApiError: The filter is none, or names what is not there (400).
    """
    if "a1Range" in data_filter:
        return [book.find(data_filter["a1Range"])]
    if "gridRange" in data_filter:
        return [(_area(book, data_filter), False)]
    chosen = (entry.place for entry, _ in matching_metadata(book, [data_filter]))
    return [(area, False) for place in chosen if (area := place_area(place)) is not None]


def place_area(place: Place) -> Area | None:
    """The cells of a place; None for the spreadsheet as a whole."""
    if place.sheet_id is None:
        return None
    if place.axis is None or place.index is None:
        return Area(place.sheet_id)
    if place.axis == ROWS:
        return Area(place.sheet_id, place.index, place.index + 1)
    return Area(place.sheet_id, left=place.index, right=place.index + 1)


def place_of(book: Book, location: Json) -> Place:
    """The place that a DeveloperMetadataLocation names.

    Raises:
        ApiError: It names none, or one that is not there (400).
    """
    named = [name for name in ("spreadsheet", "sheetId", "dimensionRange") if location.get(name) is not None]
    if len(named) != 1:
        raise invalid("A location must specify exactly one of spreadsheet, sheetId or dimensionRange.")
    if named == ["spreadsheet"]:
        if not location["spreadsheet"]:
            raise invalid("location.spreadsheet must be true when it is specified.")
        return Place()
    if named == ["sheetId"]:
        return Place(book.tab(location["sheetId"]).sheet_id)
    extent = location["dimensionRange"]
    tab = book.tab(extent.get("sheetId") or 0)
    axis, start, end = extent.get("dimension"), extent.get("startIndex") or 0, extent.get("endIndex")
    count = tab.row_count if axis == ROWS else tab.column_count
    if axis not in {"ROWS", "COLUMNS"} or start < 0 or end != start + 1:
        raise invalid("location.dimensionRange must represent a single row or column.")
    if start >= count:
        raise invalid(f"location.dimensionRange exceeds the sheet: it has {count} {axis.lower()}.")
    return Place(tab.sheet_id, axis, start)


def _area(book: Book, data_filter: Json) -> Area:
    if "a1Range" in data_filter:
        return book.find(data_filter["a1Range"])[0]
    if "gridRange" not in data_filter:
        raise invalid("A data filter must specify a developerMetadataLookup, an a1Range or a gridRange.")
    area = from_grid_range(data_filter["gridRange"])
    book.tab(area.sheet_id)
    return area


def _looked_up(book: Book, lookup: Json, entry: Metadata) -> bool:
    given = {name: value for name, value in lookup.items() if value is not None}
    place = entry.place
    tests = {
        "metadataId": entry.metadata_id,
        "metadataKey": entry.key,
        "metadataValue": entry.value,
        "visibility": entry.visibility,
        "locationType": place.kind,
    }
    if any(given[name] != value for name, value in tests.items() if name in given):
        return False
    if "metadataLocation" not in given:
        if given.get("locationMatchingStrategy"):
            raise invalid("locationMatchingStrategy needs a metadataLocation.")
        return True
    wanted = place_of(book, given["metadataLocation"])
    if wanted == place:
        return True
    if given.get("locationMatchingStrategy") == _EXACT:
        return False
    first, second = place_area(wanted), place_area(place)
    return first is not None and second is not None and first.meets(second)

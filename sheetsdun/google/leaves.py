"""Tabs that are wholly ours: how they are marked, and the requests that write one as a whole.

The mark is developer metadata on the tab itself; a copy of the tab does not bear it. A tab without it is a person's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from sheetsdun.google import chain, layout_requests
from sheetsdun.google.grids import Tab
from sheetsdun.ports import Entry, Leaf, serial

Json: TypeAlias = dict[str, Any]

KEY = "sheetsdun-tab"
FIELDS = f"sheets(properties(sheetId,title,gridProperties(rowCount,columnCount)),{chain.FIELDS})"

# All that a person may have left on a cell is part of it.
_CELL = "userEnteredValue,userEnteredFormat,textFormatRuns,dataValidation,note"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a leaf is.

    Attributes:
        tab: The tab.
        mark: Id of its mark; None where it bears none.
        stamp: What the mark says.
    """

    tab: Tab
    mark: int | None = None
    stamp: str = ""


def place(sheets: Iterable[Mapping[str, Any]], title: str) -> Place | None:
    """The tab of that title, without regard to case, among ``sheets`` of an answer."""
    for sheet in sheets:
        tab = Tab.of(sheet)
        if tab.title.casefold() == title.casefold():
            mine = (entry for entry in sheet.get("developerMetadata", ()) if entry.get("metadataKey") == KEY)
            mark: Mapping[str, Any] = next(mine, {})
            found = mark.get("metadataId")
            return Place(tab, None if found is None else int(found), str(mark.get("metadataValue", "")))
    return None


def added(leaf: Leaf, sheet_id: int, mark: int) -> list[Json]:
    """The requests that add the tab, mark it, warn whoever would type there, and fill it."""
    rows = _height(leaf)
    tab = layout_requests.added_tab(sheet_id, leaf.title, rows=rows, columns=leaf.width, frozen=leaf.frozen)
    created = chain.creation(mark, KEY, leaf.stamp)
    created["createDeveloperMetadata"]["developerMetadata"]["location"] = {"sheetId": sheet_id}
    warned = layout_requests.warning({"sheetId": sheet_id})
    return [tab, created, warned, _filled(leaf, sheet_id)]


def written(leaf: Leaf, there: Place) -> list[Json]:
    """The requests that make the tab what the leaf says: its size, its mark, all of its cells."""
    sheet_id = there.tab.sheet_id
    grid = {"rowCount": _height(leaf), "columnCount": leaf.width, "frozenRowCount": leaf.frozen}
    grid["frozenColumnCount"] = 0
    return [
        {
            "updateSheetProperties": {
                "properties": {"sheetId": sheet_id, "gridProperties": grid},
                "fields": ",".join(f"gridProperties.{name}" for name in grid),
            }
        },
        {
            "updateDeveloperMetadata": {
                "dataFilters": [{"developerMetadataLookup": {"metadataId": there.mark}}],
                "developerMetadata": {"metadataValue": leaf.stamp},
                "fields": "metadataValue",
            }
        },
        _filled(leaf, sheet_id),
    ]


def _height(leaf: Leaf) -> int:
    """Rows of its grid: a tab of frozen rows alone cannot be."""
    return max(len(leaf.rows), leaf.frozen + 1)


def _filled(leaf: Leaf, sheet_id: int) -> Json:
    """Cells of the range that the rows lack are cleared."""
    return {
        "updateCells": {
            "range": {"sheetId": sheet_id},
            "rows": [{"values": [_cell(each) for each in row]} for row in leaf.rows],
            "fields": _CELL,
        }
    }


def _cell(entry: Entry) -> Json:
    value = entry.value
    form: Json = {}
    if entry.bold:
        form["textFormat"] = {"bold": True}
    if isinstance(value, dt.date):
        data: Json = {"numberValue": serial(value)}
        form["numberFormat"] = {"type": "DATE"}
    elif isinstance(value, Decimal | int):
        data = {"numberValue": float(value) if isinstance(value, Decimal) else value}
        if entry.pattern:
            form["numberFormat"] = {"type": "NUMBER", "pattern": entry.pattern}
    else:
        data = {"stringValue": value} if value else {}
    return ({"userEnteredValue": data} if data else {}) | ({"userEnteredFormat": form} if form else {})

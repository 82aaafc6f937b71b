"""A first look at a spreadsheet that nobody has configured yet, for ``init``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sheetsdun.google import failures
from sheetsdun.google.grids import Tab
from sheetsdun.google.sheets_client import SheetsClient

_FIELDS = (
    "properties(title,locale,timeZone),sheets(properties(sheetId,title,gridProperties(rowCount,columnCount)))"
)


@dataclass(frozen=True, slots=True)
class Outline:
    """What stands at the top of each tab.

    Attributes:
        title: Of the spreadsheet.
        locale: Such as ``de_DE``.
        time_zone: IANA name.
        tabs: The first rows as people see them, by title, in the order of the tabs.
    """

    title: str
    locale: str
    time_zone: str
    tabs: Mapping[str, list[list[str]]]


def outline(client: SheetsClient, spreadsheet_id: str, rows: int = 10) -> Outline:
    """Read the first rows of every tab: two requests.

    Raises:
        errors.Unreachable: Google cannot be had, or there is no such spreadsheet for this account.
    """
    with failures.reading("sheets", client.transport.identity):
        layout = client.fetch_sheet_metadata(spreadsheet_id, {"fields": _FIELDS})
        tabs = [tab for tab in map(Tab.of, layout.get("sheets", ())) if tab.width and tab.height]
        ranges = [tab.a1(f"1:{min(rows, tab.height)}") for tab in tabs]
        pieces = client.values_batch_get(spreadsheet_id, ranges)["valueRanges"] if ranges else []
    properties = layout.get("properties", {})
    return Outline(
        title=str(properties.get("title", "")),
        locale=str(properties.get("locale", "")),
        time_zone=str(properties.get("timeZone", "")),
        tabs={tab.title: piece.get("values", []) for tab, piece in zip(tabs, pieces, strict=True)},
    )

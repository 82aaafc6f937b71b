"""A new spreadsheet with something in it: for rehearsals; a team's own is never made by us."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from sheetsdun.google import failures
from sheetsdun.google.sheets_client import SheetsClient
from sheetsdun.ports import serial

Content: TypeAlias = str | int | Decimal | dt.date | None
"""A cell's content; text is kept as it is, and never a formula."""

_DATE = {"type": "DATE", "pattern": "d mmm yyyy"}
_MONEY = {"type": "NUMBER", "pattern": "#,##0.00"}
_SPARE_ROWS = 100


def found(
    client: SheetsClient,
    title: str,
    tabs: Mapping[str, Sequence[Sequence[Content]]],
    *,
    locale: str,
    time_zone: str,
) -> str:
    """Make a spreadsheet: one request.

    Args:
        client: gspread's client on our transport.
        title: Its title.
        tabs: Rows by the tab's title, the header first.
        locale: Such as ``en_GB``.
        time_zone: IANA name.

    Returns:
        Its id.

    Raises:
        errors.Unreachable: Google cannot be had, or says no.
    """
    body = {
        "properties": {"title": title, "locale": locale, "timeZone": time_zone},
        "sheets": [_tab(name, rows) for name, rows in tabs.items()],
    }
    with failures.reading("sheets", client.transport.identity):
        return client.create(body)


def _tab(title: str, rows: Sequence[Sequence[Content]]) -> dict[str, Any]:
    size = {"rowCount": len(rows) + _SPARE_ROWS, "columnCount": max(map(len, rows), default=1)}
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    header = [{"values": [_cell(cell) | bold for cell in row]} for row in rows[:1]]
    return {
        "properties": {"title": title, "gridProperties": size | {"frozenRowCount": 1}},
        "data": [{"rowData": [*header, *_cells(rows[1:])]}],
    }


def _cells(rows: Iterable[Sequence[Content]]) -> list[dict[str, Any]]:
    return [{"values": [_cell(cell) for cell in row]} for row in rows]


def _cell(content: Content) -> dict[str, Any]:
    match content:
        case None | "":
            return {}
        case str():
            return {"userEnteredValue": {"stringValue": content}}
        case dt.date():
            return {
                "userEnteredValue": {"numberValue": serial(content)},
                "userEnteredFormat": {"numberFormat": _DATE},
            }
        case Decimal():
            return {
                "userEnteredValue": {"numberValue": float(content)},
                "userEnteredFormat": {"numberFormat": _MONEY},
            }
        case _:
            return {"userEnteredValue": {"numberValue": content}}

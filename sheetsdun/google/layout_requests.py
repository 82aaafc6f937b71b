"""The requests of a batchUpdate by which ``layout`` changes a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

_WORDS = "Written by sheetsdun: what is typed here is overwritten, or confuses it."


def added_tab(sheet_id: int, title: str, *, rows: int, columns: int, frozen: int) -> Json:
    """A new tab, its first rows frozen."""
    grid = {"rowCount": rows, "columnCount": columns, "frozenRowCount": frozen}
    return {"addSheet": {"properties": {"sheetId": sheet_id, "title": title, "gridProperties": grid}}}


def header(sheet_id: int, row: int, column: int, names: Sequence[str]) -> Json:
    """Header cells, bold, from a 0-based place to the right."""
    bold = {"textFormat": {"bold": True}}
    cells = [{"userEnteredValue": {"stringValue": name}, "userEnteredFormat": bold} for name in names]
    return {
        "updateCells": {
            "start": {"sheetId": sheet_id, "rowIndex": row, "columnIndex": column},
            "rows": [{"values": cells}],
            "fields": "userEnteredValue,userEnteredFormat.textFormat.bold",
        }
    }


def rows(sheet_id: int, row: int, rows: Sequence[Sequence[str | int]]) -> Json:
    """Plain cells, from a 0-based row down."""
    return {
        "updateCells": {
            "start": {"sheetId": sheet_id, "rowIndex": row, "columnIndex": 0},
            "rows": [{"values": [_cell(value) for value in each]} for each in rows],
            "fields": "userEnteredValue",
        }
    }


def _cell(value: str | int) -> Json:
    if value == "":
        return {}
    return {"userEnteredValue": {"stringValue" if isinstance(value, str) else "numberValue": value}}


def dropdown(sheet_id: int, row: int, column: int, choices: Sequence[str]) -> Json:
    """A list to choose from, in a column from a 0-based row down.

    Not strict: a word of the person's own is theirs, and the row's note tells that it was not understood.
    """
    values = [{"userEnteredValue": choice} for choice in choices]
    rule = {"condition": {"type": "ONE_OF_LIST", "values": values}, "showCustomUi": True, "strict": False}
    span = columns_of(sheet_id, column, column) | {"startRowIndex": row}
    return {"setDataValidation": {"range": span, "rule": rule}}


def wider(sheet_id: int) -> Json:
    """One column more at the right end."""
    return {"appendDimension": {"sheetId": sheet_id, "dimension": "COLUMNS", "length": 1}}


def frozen(sheet_id: int, rows: int) -> Json:
    """So many rows stay in sight."""
    properties = {"sheetId": sheet_id, "gridProperties": {"frozenRowCount": rows}}
    return {"updateSheetProperties": {"properties": properties, "fields": "gridProperties.frozenRowCount"}}


def warning(span: Json) -> Json:
    """Who edits here is asked whether they mean it."""
    return {
        "addProtectedRange": {"protectedRange": {"range": span, "warningOnly": True, "description": _WORDS}}
    }


def columns_of(sheet_id: int, first: int, last: int) -> Json:
    """Whole columns, both 0-based ones included."""
    return {"sheetId": sheet_id, "startColumnIndex": first, "endColumnIndex": last + 1}

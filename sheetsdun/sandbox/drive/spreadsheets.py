"""What Drive asks of the Sheets API: to make, rename, copy, fill and read spreadsheets."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Mapping

from sheetsdun.sandbox.wire import ApiError, Call, Handler, Json

EXPORTS = {"text/csv": ",", "text/tab-separated-values": "\t"}
"""The formats that a spreadsheet is exported in, with what stands between their cells."""


class Spreadsheets:
    """The Sheets API, called on behalf of whoever called Drive."""

    def __init__(self, handlers: Mapping[str, Handler]) -> None:
        self._handlers = handlers

    def create(self, call: Call, title: str) -> str:
        """Make one; gives its id."""
        made = self._ask(call, "create", {}, {"properties": {"title": title}})
        return str(made["spreadsheetId"])

    def rename(self, call: Call, spreadsheet_id: str, title: str) -> None:
        """Give it another title."""
        change = {"properties": {"title": title}, "fields": "title"}
        path = {"spreadsheetId": spreadsheet_id}
        self._ask(call, "batchUpdate", path, {"requests": [{"updateSpreadsheetProperties": change}]})

    def copy(self, call: Call, spreadsheet_id: str, title: str) -> str:
        """Make another with the same sheets, ids, cells and metadata; gives its id."""
        path = {"spreadsheetId": spreadsheet_id}
        book = self._ask(call, "get", path, {}, includeGridData="true")
        book = {key: value for key, value in book.items() if key not in {"spreadsheetId", "spreadsheetUrl"}}
        book["properties"] = {**book["properties"], "title": title}
        return str(self._ask(call, "create", {}, book)["spreadsheetId"])

    def fill(self, call: Call, spreadsheet_id: str, text: str) -> None:
        """Let the first sheet hold a CSV file's cells, as if they were typed, and nothing else; no other stays."""
        sheets = self._ask(call, "get", {"spreadsheetId": spreadsheet_id}, {})["sheets"]
        others = [{"deleteSheet": {"sheetId": sheet["properties"]["sheetId"]}} for sheet in sheets[1:]]
        path = {"spreadsheetId": spreadsheet_id, "range": self._first_sheet(call, spreadsheet_id)}
        if others:
            self._ask(call, "batchUpdate", path, {"requests": others})
        self._ask(call, "values.clear", path, {})
        rows = list(csv.reader(io.StringIO(text)))
        if rows:
            # An append makes the sheet as long as it has to be; an update stops at its end.
            self._ask(call, "values.append", path, {"values": rows}, valueInputOption="USER_ENTERED")

    def export(self, call: Call, spreadsheet_id: str, mime_type: str) -> bytes:
        """The first sheet as people see it.

        Raises:
            ApiError: Not in this format (400).
        """
        if mime_type not in EXPORTS:
            raise ApiError(400, "The requested conversion is not supported.", reason="badRequest")
        path = {"spreadsheetId": spreadsheet_id, "range": self._first_sheet(call, spreadsheet_id)}
        rows = self._ask(call, "values.get", path, {}).get("values", [])
        width = max(map(len, rows), default=0)
        text = io.StringIO()
        writer = csv.writer(text, delimiter=EXPORTS[mime_type])
        writer.writerows([*row, *[""] * (width - len(row))] for row in rows)
        return text.getvalue().removesuffix("\r\n").encode()

    def _first_sheet(self, call: Call, spreadsheet_id: str) -> str:
        book = self._ask(call, "get", {"spreadsheetId": spreadsheet_id}, {})
        title: str = book["sheets"][0]["properties"]["title"]
        return "'" + title.replace("'", "''") + "'"

    def _ask(self, call: Call, method: str, path: Mapping[str, str], body: Json, **query: str) -> Json:
        name = f"sheets.spreadsheets.{method}"
        asked = dataclasses.replace(
            call, method=name, path=path, query={k: [v] for k, v in query.items()}, body=body, media=None
        )
        answer = self._handlers[name](asked)
        assert isinstance(answer, dict), "the Sheets API answers in JSON"
        return answer

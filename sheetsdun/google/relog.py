"""A new tab in the place of the log's: staged beside it, then put in place by one fenced batchUpdate."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from sheetsdun.google import cells, failures
from sheetsdun.google import chain as links
from sheetsdun.google import layout_requests as make
from sheetsdun.google.grids import Tab
from sheetsdun.google.layout_requests import Json
from sheetsdun.google.sheets_client import SheetsClient
from sheetsdun.ports import Link, LinkTaken, Rejected

_ROWS_AT_ONCE = 500
"""About half of the 2 MB that Google advises for a request."""

_ROOM = 200
"""Empty rows of the new tab."""

_LARGEST_ID = 2**31 - 1


class GoogleShelf:
    """The tabs of one spreadsheet behind the ``LogShelf`` contract.

    Args:
        client: gspread's client on our transport.
        spreadsheet_id: Which spreadsheet.
        log: Title of the log's tab.
        new_id: Makes an id for a new tab.
    """

    def __init__(
        self,
        client: SheetsClient,
        spreadsheet_id: str,
        log: str,
        new_id: Callable[[], int] = lambda: random.randrange(1, _LARGEST_ID),  # noqa: S311  no secret: any free id will do
    ) -> None:
        self._client = client
        self._id = spreadsheet_id
        self._log = log
        self._new_id = new_id

    def stage(self, title: str, rows: Sequence[Sequence[str]]) -> int:
        """Make a tab with these rows of text, protected with a warning as the log is; its id."""
        sheet_id = self._new_id()
        header, *events = rows
        grid = make.added_tab(sheet_id, title, rows=len(rows) + _ROOM, columns=len(header), frozen=1)
        self._change(grid, make.header(sheet_id, 0, 0, header), make.warning({"sheetId": sheet_id}))
        for first in range(0, len(events), _ROWS_AT_ONCE):
            self._change(cells.appended(sheet_id, events[first : first + _ROWS_AT_ONCE]))
        return sheet_id

    def put_in_place(self, link: Link, staged: int, aside: str) -> None:
        """Create the link, rename the log's tab, give its title to the staged one: all or nothing."""
        tabs = self._tabs()
        old = next((tab for tab in tabs if tab.title.casefold() == self._log.casefold()), None)
        taken = {tab.title.casefold() for tab in tabs}
        free = next(title for title in _titles(aside) if title.casefold() not in taken)
        renamed = [_renamed(old.sheet_id, free)] if old else []
        try:
            self._change(links.create(link), *renamed, _renamed(staged, old.title if old else self._log))
        except Rejected as refusal:
            if links.collision(refusal.message):
                raise LinkTaken(refusal.message, code=refusal.code, reason=refusal.reason) from refusal
            raise

    def drop(self, staged: int) -> None:
        """Delete a staged tab."""
        self._change({"deleteSheet": {"sheetId": staged}})

    def _change(self, *requests: Json) -> None:
        self._client.batch_update(self._id, {"requests": list(requests)})

    def _tabs(self) -> list[Tab]:
        with failures.reading("sheets", self._client.transport.identity):
            answer: Mapping[str, Any] = self._client.fetch_sheet_metadata(
                self._id, {"fields": "sheets(properties(sheetId,title))"}
            )
        return [Tab.of(sheet) for sheet in answer.get("sheets", ())]


def _titles(title: str) -> Iterator[str]:
    yield title
    yield from (f"{title} {number}" for number in count(2))


def _renamed(sheet_id: int, title: str) -> Json:
    return {"updateSheetProperties": {"properties": {"sheetId": sheet_id, "title": title}, "fields": "title"}}

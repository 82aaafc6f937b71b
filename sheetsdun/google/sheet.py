"""The Sheet of a run: one spreadsheet, read in three requests, written in fenced ones."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import requests

from sheetsdun.errors import Unreachable
from sheetsdun.google import cells as cell_requests
from sheetsdun.google import chain as links
from sheetsdun.google import failures, grids, leaves
from sheetsdun.google.grids import Grid, Tab
from sheetsdun.google.sheets_client import SheetsClient
from sheetsdun.ports import (
    CellWrite,
    Kept,
    Leaf,
    Link,
    LinkTaken,
    NoteWrite,
    Rejected,
    Snapshot,
    Table,
)

MOST_CELLS = 10_000_000
"""What a spreadsheet may hold, all tabs together."""

_READINGS = 4
_TABS = "sheets(properties(sheetId,title,gridProperties(rowCount,columnCount,frozenRowCount)))"
_LAYOUT = f"properties(title,locale,timeZone),{_TABS},{links.FIELDS}"
_GRID = f"{_TABS[:-1]},data(startRow,startColumn,rowData(values({grids.CELL_FIELDS}))))"


class GoogleSheet:
    """A spreadsheet behind the ``Sheet`` contract.

    Tabs are found by title when they are read, and written to by the id that was seen then: a tab that is renamed in
    between is still the one that was read.

    Args:
        client: gspread's client on our transport.
        spreadsheet_id: Which spreadsheet.
        tabs: Title of each tab to read, with its header row (from 1); the log is added if it is not among them.
        log: Title of the log's tab.
    """

    def __init__(
        self, client: SheetsClient, spreadsheet_id: str, tabs: Mapping[str, int], log: str = "Reminder log"
    ) -> None:
        self._client = client
        self._id = spreadsheet_id
        self._log = log
        self._header_rows = {log: 1, **tabs}
        self._tabs: dict[str, Tab] = {}
        self._headers: dict[str, Sequence[str]] = {}
        self._dated: dict[str, set[tuple[int, int]]] = {}
        self._leaves: dict[str, leaves.Place | None] = {}

    # -- reading ------------------------------------------------------------------------------------------------------

    def read(self) -> Snapshot:
        """Read the chain and the layout, then all tabs unformatted, then all but the log as shown: three requests.

        The log holds nothing but text, which is shown as it is. The two readings of the others are two moments. If a
        text differs between them somebody sorted or typed in between, and both are read again, until they agree or come
        out twice alike.
        """
        with self._reading():
            layout = self._client.fetch_sheet_metadata(self._id, {"fields": _LAYOUT})
            tabs = self._note_tabs(layout)
            tables = self._tables(tabs)
        self._headers = {title: table.header for title, table in tables.items()}
        properties = layout.get("properties", {})
        sizes = (Tab.of(sheet) for sheet in layout.get("sheets", ()))
        return Snapshot(
            spreadsheet_id=self._id,
            title=str(properties.get("title", "")),
            locale=str(properties.get("locale", "")),
            time_zone=str(properties.get("timeZone", "")),
            links=links.links(layout.get("developerMetadata", ())),
            tables=tables,
            room=links.room(layout.get("developerMetadata", ())),
            cells=max(0, MOST_CELLS - sum(tab.width * tab.height for tab in sizes)),
        )

    def chain(self) -> tuple[Link, ...]:
        """Read the chain alone."""
        with self._reading():
            answer = self._client.fetch_sheet_metadata(self._id, {"fields": links.FIELDS})
        return links.links(answer.get("developerMetadata", ()))

    def tables(self) -> Mapping[str, Table]:
        """Read all tabs but the log again: two requests."""
        with self._reading():
            return self._tables({title: tab for title, tab in self._tabs.items() if title != self._log})

    def reread(self, tab: str, wanted: Callable[[str], bool]) -> Table:
        """Read the header and the wanted columns again, at one moment, in one request.

        A second request follows only where a wanted column has moved since it was last seen. A column that is no longer
        there is missing from the answer's header.

        Raises:
            errors.Unreachable: Also if there is no such tab any more.
        """
        header = self._headers.get(tab, ())
        for _ in range(_READINGS):
            asked = _places(header, wanted)
            with self._reading():
                place, grid = self._grid(tab, asked)
            table = grids.table(place, self._header_rows.get(tab, 1), grid.values, grid.shown)
            self._headers[tab] = header = table.header
            if _places(header, wanted) <= asked:
                self._dated[tab] = grid.dated
                return table
        raise Unreachable(f"The columns of {tab} move faster than they can be read.", "Run again.")

    # -- writing ------------------------------------------------------------------------------------------------------

    def append(self, link: Link, events: Sequence[Sequence[str]], *, prune: Sequence[int] = ()) -> None:
        """Create the link, append the events to the log, delete the links numbered ``prune``: all or nothing."""
        rows = [cell_requests.appended(self._sheet_id(self._log), events)] if events else []
        self._fenced(link, rows, prune)

    def write(
        self,
        link: Link,
        tab: str,
        cells: Sequence[CellWrite],
        notes: Sequence[NoteWrite] = (),
        *,
        prune: Sequence[int] = (),
    ) -> None:
        """Create the link, set these cells and notes: all or nothing."""
        updates = cell_requests.updates(self._sheet_id(tab), cells, notes, self._dated.get(tab, ()))
        self._fenced(link, updates, prune)

    # -- tabs that are wholly ours ------------------------------------------------------------------------------------

    def kept(self, title: str) -> Kept | None:
        """Look at a tab that would be wholly ours: one request, and one more for what stands on it, where it is."""
        with self._reading():
            answer = self._client.fetch_sheet_metadata(self._id, {"fields": leaves.FIELDS})
            self._leaves[title] = place = leaves.place(answer.get("sheets", ()), title)
            if place is None:
                return None
            ours = place.mark is not None
            values = self._values([place.tab.whole], "UNFORMATTED_VALUE")[0] if ours else []
        return Kept(place.stamp if ours else None, values, place.tab.width * place.tab.height)

    def rewrite(self, link: Link, leaf: Leaf, *, prune: Sequence[int] = ()) -> None:
        """Create the link, and make the tab what the leaf says: all or nothing."""
        place = self._leaves[leaf.title]
        if place is None:
            work = leaves.added(leaf, *self._new_ids())
        elif place.mark is None:
            raise Rejected(f"The tab {leaf.title} is not ours.", code=requests.codes.conflict)
        else:
            work = leaves.written(leaf, place)
        self._fenced(link, work, prune)

    @staticmethod
    def _new_ids() -> tuple[int, int]:
        """Ids for a new tab and its mark, below those of the chain's links."""
        return random.randrange(1, links.BASE), random.randrange(1, links.BASE)  # noqa: S311  no secret: any free id will do

    def _fenced(self, link: Link, work: list[links.Json], prune: Sequence[int]) -> None:
        body = {"requests": [links.create(link), *work, *map(links.prune, prune)]}
        try:
            self._client.batch_update(self._id, body)
        except Rejected as refusal:
            if refusal.code == requests.codes.bad_request and self._taken(link, refusal.message):
                raise LinkTaken(refusal.message, code=refusal.code, reason=refusal.reason) from refusal
            raise

    def _taken(self, link: Link, message: str) -> bool:
        """Whether the link is there; by the chain itself, since Google words and translates its messages as it likes."""
        if links.collision(message):
            return True
        try:
            return any(found.number == link.number for found in self.chain())
        except Unreachable:
            return False

    # -- the parts ----------------------------------------------------------------------------------------------------

    def _reading(self) -> Any:
        return failures.reading("sheets", self._client.transport.identity)

    def _note_tabs(self, layout: Mapping[str, Any]) -> dict[str, Tab]:
        """Remember where the wanted tabs are, by the title asked for."""
        by_title = {tab.title.casefold(): tab for tab in map(Tab.of, layout.get("sheets", ()))}
        found = {title: by_title.get(title.casefold()) for title in self._header_rows}
        self._tabs = {title: tab for title, tab in found.items() if tab and tab.width}
        return self._tabs

    def _tables(self, tabs: Mapping[str, Tab]) -> dict[str, Table]:
        # Whole tabs by name: rows and columns that were added since the layout was read are within.
        ranges = {title: tab.whole for title, tab in tabs.items()}
        log = ranges.pop(self._log, None)
        read = self._both(ranges, log)
        return {
            title: grids.table(tab, self._header_rows[title], *read[title]) for title, tab in tabs.items()
        }

    def _both(self, ranges: Mapping[str, str], log: str | None) -> dict[str, tuple[Any, Any]]:
        """Both readings of each tab by title; of the log only the first, which is the second, too."""
        before: tuple[Any, Any] | None = None
        asked = [*ranges.values()]
        for _ in range(_READINGS):
            values = self._values([*asked, log] if log else asked, "UNFORMATTED_VALUE")
            kept = {self._log: (texts := values.pop(), texts)} if log else {}
            shown = self._values(asked, "FORMATTED_VALUE")
            if all(map(grids.agree, values, shown)) or (values, shown) == before:
                return kept | dict(zip(ranges, zip(values, shown, strict=True), strict=True))
            before = values, shown
        raise Unreachable("The spreadsheet changes faster than it can be read.", "Run again in a minute.")

    def _values(self, ranges: list[str], render: str) -> list[Any]:
        if not ranges:
            return []
        options = {"valueRenderOption": render, "dateTimeRenderOption": "SERIAL_NUMBER"}
        answer = self._client.values_batch_get(self._id, ranges, {**options, "majorDimension": "ROWS"})
        return [piece.get("values", []) for piece in answer["valueRanges"]]

    def _grid(self, title: str, columns: set[int]) -> tuple[Tab, Grid]:
        row = self._header_rows.get(title, 1)
        tab = self._tabs.get(title) or self._find(title)
        ranges = [tab.a1(f"{row}:{row}")]
        ranges += [tab.below(row, first, last) for first, last in grids.spans(columns)]
        answer = self._client.fetch_sheet_metadata(self._id, {"ranges": ranges, "fields": _GRID})
        sheet = answer["sheets"][0]
        self._tabs[title] = tab = Tab.of(sheet)
        return tab, Grid.of(sheet.get("data", ()))

    def _sheet_id(self, title: str) -> int:
        if title not in self._tabs:
            self._find(title)
        return self._tabs[title].sheet_id

    def _find(self, title: str) -> Tab:
        """Look for a tab that no reading has come across."""
        with self._reading():
            self._note_tabs(self._client.fetch_sheet_metadata(self._id, {"fields": _TABS}))
        if title not in self._tabs:
            raise Rejected(f"There is no tab {title}.", code=requests.codes.not_found, reason="notFound")
        return self._tabs[title]


def _places(header: Sequence[str], wanted: Callable[[str], bool]) -> set[int]:
    """The 0-based columns whose header is wanted; each of them where one stands twice."""
    return {place for place, name in enumerate(header) if wanted(name)}

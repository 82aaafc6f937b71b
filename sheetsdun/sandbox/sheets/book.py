"""A spreadsheet: its properties, sheets, named ranges and developer metadata."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field

from sheetsdun.sandbox.sheets import a1
from sheetsdun.sandbox.sheets.areas import Area, Box, from_grid_range, to_grid_range
from sheetsdun.sandbox.sheets.errors import invalid
from sheetsdun.sandbox.sheets.locales import LocaleFacts, facts
from sheetsdun.sandbox.sheets.tab import Tab
from sheetsdun.sandbox.wire import Json


@dataclass(frozen=True, slots=True)
class Place:
    """Where developer metadata is: the spreadsheet, a sheet, or one row or column of it."""

    sheet_id: int | None = None
    axis: str | None = None
    index: int | None = None

    @property
    def kind(self) -> str:
        """Google's locationType."""
        if self.sheet_id is None:
            return "SPREADSHEET"
        return {None: "SHEET", "ROWS": "ROW", "COLUMNS": "COLUMN"}[self.axis]


@dataclass(frozen=True, slots=True)
class Metadata:
    """One entry of developer metadata."""

    metadata_id: int
    key: str
    value: str
    visibility: str
    place: Place


@dataclass(slots=True)
class Book:
    """A spreadsheet. What it holds is replaced, never changed in place."""

    book_id: str
    owner: str
    properties: Json
    tabs: list[Tab] = field(default_factory=list)
    named: list[Json] = field(default_factory=list)
    metadata: dict[int, Metadata] = field(default_factory=dict)

    def clone(self) -> Book:
        """A copy to work on."""
        twin = copy.copy(self)
        twin.properties = dict(self.properties)
        twin.tabs = [tab.clone() for tab in self.tabs]
        twin.named = list(self.named)
        twin.metadata = dict(self.metadata)
        return twin

    @property
    def locale(self) -> LocaleFacts:
        """What its locale decides."""
        return facts(self.properties["locale"])

    def find_tab(self, sheet_id: int) -> Tab | None:
        """The sheet with this id, if there is one."""
        return next((tab for tab in self.tabs if tab.sheet_id == sheet_id), None)

    def tab(self, sheet_id: int) -> Tab:
        """The sheet with this id.

        Raises:
            ApiError: There is none (400).
        """
        tab = self.find_tab(sheet_id)
        if tab is None:
            raise invalid(f"No grid with id: {sheet_id}")
        return tab

    def titled(self, title: str) -> Tab | None:
        """The sheet with this title, without regard to case, if there is one."""
        folded = title.casefold()
        return next((tab for tab in self.tabs if tab.title == title), None) or next(
            (tab for tab in self.tabs if tab.title.casefold() == folded), None
        )

    def named_area(self, name: str) -> Area | None:
        """The area of a named range, without regard to case, if there is one."""
        folded = name.casefold()
        for entry in self.named:
            if entry["name"].casefold() == folded and "range" in entry:
                return from_grid_range(entry["range"])
        return None

    def find(self, text: str) -> tuple[Area, bool]:
        """The area that a text in A1 notation names, and whether it names a single cell.

        Raises:
            ApiError: It names nothing here (400).
        """
        for area, single in self._readings(text):
            if area is not None:
                return area, single
        raise invalid(f"Unable to parse range: {text}")

    def _readings(self, text: str) -> Iterator[tuple[Area | None, bool]]:
        """What a text can mean, likeliest first: a range, a named range, a sheet."""
        title, reference, quoted = a1.split_title(text)
        if title is not None:
            tab = self.titled(title)
            if tab is not None and reference is None:
                yield Area(tab.sheet_id), False
            elif tab is not None:
                yield self._on(tab, reference or "")
                area = self.named_area(reference or "")
                yield area if area and area.sheet_id == tab.sheet_id else None, False
            if quoted or reference is not None:
                return
        text = reference or ""
        yield self._on(self.tabs[0], text)
        yield self.named_area(text), False
        tab = self.titled(text)
        yield None if tab is None else Area(tab.sheet_id), False

    @staticmethod
    def _on(tab: Tab, reference: str) -> tuple[Area | None, bool]:
        corners = a1.parse_corners(reference)
        if corners is None:
            return None, False
        area = Area(tab.sheet_id, corners.top, corners.bottom, corners.left, corners.right)
        return area, corners.single

    def name_of(self, area: Area) -> str:
        """The area in A1 notation."""
        corners = a1.Corners(area.top, area.bottom, area.left, area.right)
        return a1.range_name(self.tab(area.sheet_id).title, corners)

    def on_grid(self, area: Area) -> Box:
        """The part of an area that its sheet has.

        Raises:
            ApiError: Its sheet does not exist, it is no range, or it begins outside of the grid (400).
        """
        tab = self.tab(area.sheet_id)
        ends = (area.top, area.bottom), (area.left, area.right)
        if any(start < 0 or (end is not None and end < start) for start, end in ends):
            raise invalid("Indexes of a range must not be negative, nor its end before its start.")
        if area.top >= tab.row_count or area.left >= tab.column_count:
            raise invalid(
                f"Range ({self.name_of(area)}) exceeds grid limits. "
                f"Max rows: {tab.row_count}, max columns: {tab.column_count}"
            )
        return tab.clip(area)

    def normal(self, grid_range: Json) -> Json:
        """A GridRange in Google's own form, its sheet checked."""
        area = from_grid_range(grid_range)
        self.on_grid(area)
        return to_grid_range(area)

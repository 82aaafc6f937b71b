"""What ``setup`` makes: tabs and columns that are missing, dropdowns, protections with a warning, frozen headers.

First the steps are found and can be shown to a person; then they are carried out, all in one batchUpdate. What is there
and right is left alone: to set a dropdown again would wipe the colours that somebody gave it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sheetsdun.google import failures, grids
from sheetsdun.google import layout_requests as make
from sheetsdun.google.grids import Tab
from sheetsdun.google.layout_requests import Json
from sheetsdun.google.sheets_client import SheetsClient

_PROTECTED = "protectedRanges(range,description)"
_TABS = f"sheets(properties(sheetId,title,gridProperties(rowCount,columnCount,frozenRowCount)),{_PROTECTED})"
_CELLS = "sheets(properties(sheetId),data(rowData(values(formattedValue,dataValidation(condition)))))"
_ROWS_OF_A_NEW_TAB = 200
_LARGEST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column that should be there.

    Attributes:
        header: Its header.
        choices: What its dropdown offers; none for no dropdown.
        ours: Only sheetsdun writes to it: protected with a warning.
    """

    header: str
    choices: tuple[str, ...] = ()
    ours: bool = False


@dataclass(frozen=True, slots=True)
class WantedTab:
    """A tab that should be there.

    Attributes:
        title: Its title.
        columns: Those that it needs, in the order in which missing ones are added.
        header_row: From 1.
        ours: Only sheetsdun writes to it: its header is frozen, and all of it is protected with a warning.
        key: What two headers have in common that mean the same column.
        rows: What a new tab begins with, below its header; a tab that is there gets none of it.
    """

    title: str
    columns: tuple[Column, ...]
    header_row: int = 1
    ours: bool = False
    key: Callable[[str], str] = str.strip
    rows: tuple[tuple[str | int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do.

    Attributes:
        kind: What is missing.
        tab: Where.
        name: The column's header; "" where it is about the whole tab.
        requests: How it is done.
    """

    kind: Literal["tab", "column", "dropdown", "protection", "frozen"]
    tab: str
    name: str
    requests: tuple[Json, ...]


class Layout:
    """The wanted layout of one spreadsheet against the one that is there.

    Args:
        client: gspread's client on our transport.
        spreadsheet_id: Which spreadsheet.
        new_id: Makes an id for a new tab.
    """

    def __init__(
        self,
        client: SheetsClient,
        spreadsheet_id: str,
        new_id: Callable[[], int] = lambda: random.randrange(1, _LARGEST_ID),  # noqa: S311  no secret: any free id will do
    ) -> None:
        self._client = client
        self._id = spreadsheet_id
        self._new_id = new_id

    def steps(self, wanted: Sequence[WantedTab]) -> list[Step]:
        """What is missing. Reads only.

        Raises:
            errors.Unreachable: Google cannot be had, or says no.
        """
        with failures.reading("sheets", self._client.transport.identity):
            answer = self._client.fetch_sheet_metadata(self._id, {"fields": _TABS})
            sheets = {Tab.of(sheet).title.casefold(): sheet for sheet in answer.get("sheets", ())}
            there = [tab for tab in wanted if tab.title.casefold() in sheets]
            found = self._look([(tab, Tab.of(sheets[tab.title.casefold()])) for tab in there])
        steps: list[Step] = []
        for tab in wanted:
            sheet = sheets.get(tab.title.casefold())
            if sheet is None:
                steps += self._added(tab)
            else:
                steps += _amended(tab, Tab.of(sheet), found[tab.title], sheet.get("protectedRanges", ()))
        return steps

    def carry_out(self, steps: Sequence[Step]) -> None:
        """Do it, all or nothing. Raises Rejected or NoAnswer; ``steps`` tells afterwards what is still missing."""
        if requests := [request for step in steps for request in step.requests]:
            self._client.batch_update(self._id, {"requests": requests})

    def _look(self, tabs: Sequence[tuple[WantedTab, Tab]]) -> dict[str, _Found]:
        """Read the header of each tab, the rule of each first cell below it, and how far its data reaches."""
        if not tabs:
            return {}
        ranges = [
            tab.a1(f"{min(want.header_row, tab.height)}:{min(want.header_row + 1, tab.height)}")
            for want, tab in tabs
        ]
        answer = self._client.fetch_sheet_metadata(self._id, {"ranges": ranges, "fields": _CELLS})
        data = {Tab.of(sheet).sheet_id: sheet.get("data", ()) for sheet in answer.get("sheets", ())}
        whole = self._client.values_batch_get(self._id, [tab.below(1) for _, tab in tabs])["valueRanges"]
        found: dict[str, _Found] = {}
        for (want, tab), values in zip(tabs, whole, strict=True):
            rows = [row.get("values", []) for row in data[tab.sheet_id][0].get("rowData", ())]
            header = [str(cell.get("formattedValue", "")) for cell in rows[0]] if rows else []
            rules = (
                [cell.get("dataValidation", {}).get("condition", {}) for cell in rows[1]] if rows[1:] else []
            )
            reach = max((len(row) for row in values.get("values", ())), default=0)
            found[want.title] = _Found(header, rules, reach)
        return found

    def _added(self, tab: WantedTab) -> list[Step]:
        sheet_id = self._new_id()
        requests = (
            make.added_tab(
                sheet_id, tab.title, rows=_ROWS_OF_A_NEW_TAB, columns=max(len(tab.columns), 1), frozen=tab.header_row
            ),
            make.header(sheet_id, tab.header_row - 1, 0, [column.header for column in tab.columns]),
            *([make.rows(sheet_id, tab.header_row, tab.rows)] if tab.rows else []),
        )  # fmt: skip
        places = dict(enumerate(tab.columns))
        dropdowns = [
            _dropdown(tab, sheet_id, place, column) for place, column in places.items() if column.choices
        ]
        return [Step("tab", tab.title, "", requests), *dropdowns, *_protections(tab, sheet_id, places, ())]


@dataclass(frozen=True, slots=True)
class _Found:
    """One tab as it is: its header, the rules under it, and the first column without any data."""

    header: Sequence[str]
    rules: Sequence[Mapping[str, Any]]
    reach: int


def _amended(want: WantedTab, tab: Tab, found: _Found, protected: Sequence[Mapping[str, Any]]) -> list[Step]:
    places = {want.key(name): place for place, name in reversed(list(enumerate(found.header))) if name}
    steps: list[Step] = []
    end, width = max(len(found.header), found.reach), tab.width
    at: dict[int, Column] = {}
    for column in want.columns:
        place = places.get(want.key(column.header))
        if place is None:
            place, end = end, end + 1
            requests = [] if place < width else [make.wider(tab.sheet_id)]
            width = max(width, end)
            header = make.header(tab.sheet_id, want.header_row - 1, place, [column.header])
            steps.append(Step("column", want.title, column.header, (*requests, header)))
        at[place] = column
        rule = found.rules[place] if place < len(found.rules) else {}
        if column.choices and not _offers(rule, column.choices):
            steps.append(_dropdown(want, tab.sheet_id, place, column))
    if want.ours and tab.frozen < want.header_row:
        steps.append(Step("frozen", want.title, "", (make.frozen(tab.sheet_id, want.header_row),)))
    return [*steps, *_protections(want, tab.sheet_id, at, protected)]


def _protections(
    want: WantedTab, sheet_id: int, at: Mapping[int, Column], protected: Sequence[Mapping[str, Any]]
) -> list[Step]:
    """Warnings for our tab, or for our columns, neighbours together; only where none is yet."""
    # A protected header row protects no column.
    spans = [entry.get("range", {}) for entry in protected]
    ranges = [
        span for span in spans if "endRowIndex" not in span or int(span["endRowIndex"]) > want.header_row
    ]
    if any("startColumnIndex" not in span and "endColumnIndex" not in span for span in ranges):
        return []
    if want.ours:
        return [Step("protection", want.title, "", (make.warning({"sheetId": sheet_id}),))]
    bare = [
        place
        for place, column in at.items()
        if column.ours and not any(_covers(span, place) for span in ranges)
    ]
    return [
        Step(
            "protection",
            want.title,
            ", ".join(at[place].header for place in range(first, last + 1)),
            (make.warning(make.columns_of(sheet_id, first, last)),),
        )
        for first, last in grids.spans(bare)
    ]


def _covers(span: Mapping[str, Any], place: int) -> bool:
    return int(span.get("startColumnIndex", 0)) <= place < int(span.get("endColumnIndex", place + 1))


def _offers(rule: Mapping[str, Any], choices: Sequence[str]) -> bool:
    values = [value.get("userEnteredValue", "") for value in rule.get("values", ())]
    return rule.get("type") == "ONE_OF_LIST" and values == list(choices)


def _dropdown(want: WantedTab, sheet_id: int, place: int, column: Column) -> Step:
    return Step(
        "dropdown", want.title, column.header, (make.dropdown(sheet_id, want.header_row, place, column.choices),)
    )  # fmt: skip

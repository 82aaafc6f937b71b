"""Cells to be written, as the requests of a batchUpdate: as few as may be, and never a formula."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any, TypeAlias

from sheetsdun.ports import CellWrite, NoteWrite, serial

Json: TypeAlias = dict[str, Any]
Place: TypeAlias = tuple[int, int]

_VALUE = "userEnteredValue"
# Runs carry the link; a new value wipes those of before, so that text and links may share one request.
_TEXT = f"{_VALUE},textFormatRuns"
_DATE = f"{_VALUE},userEnteredFormat.numberFormat"


def updates(
    sheet_id: int, cells: Iterable[CellWrite], notes: Iterable[NoteWrite], dated: Collection[Place]
) -> list[Json]:
    """The updateCells requests for cells and notes, neighbours merged into one rectangle.

    Args:
        sheet_id: The tab.
        cells: What to write.
        notes: Notes to set; "" takes one away.
        dated: Places that show a number as a date already: their format, perhaps a person's choice, is left alone.
    """
    patches = [_patch(cell, (cell.row, cell.column) in dated) for cell in cells]
    patches += [_Patch(note.row, note.column, "note", {"note": note.text}) for note in notes]
    return [
        {
            "updateCells": {
                "fields": block.fields,
                "start": {"sheetId": sheet_id, "rowIndex": block.row, "columnIndex": block.column},
                "rows": [{"values": values} for values in block.rows],
            }
        }
        for block in _blocks(patches)
    ]


def appended(sheet_id: int, rows: Sequence[Sequence[str]]) -> Json:
    """The request that adds rows of text below the last row with data."""
    return {
        "appendCells": {
            "sheetId": sheet_id,
            "fields": _VALUE,
            "rows": [{"values": [_text(cell) for cell in row]} for row in rows],
        }
    }


@dataclass(frozen=True, slots=True)
class _Patch:
    row: int
    column: int
    fields: str
    data: Json


@dataclass(slots=True)
class _Block:
    """A rectangle of cells that are written with one field mask."""

    row: int
    column: int
    fields: str
    rows: list[list[Json]] = field(default_factory=list)

    @property
    def span(self) -> tuple[int, int, str]:
        return self.column, len(self.rows[0]), self.fields


def _patch(cell: CellWrite, shows_dates: bool) -> _Patch:
    value = cell.value
    if isinstance(value, dt.date):
        data = _number(serial(value))
        if shows_dates:
            return _Patch(cell.row, cell.column, _TEXT, data)
        return _Patch(
            cell.row, cell.column, _DATE, data | {"userEnteredFormat": {"numberFormat": {"type": "DATE"}}}
        )
    if isinstance(value, str):
        data = _text(value)
        if cell.link and value:
            data["textFormatRuns"] = [{"format": {"link": {"uri": cell.link}}}]
    elif value is None:
        data = {}
    elif isinstance(value, bool):
        data = {_VALUE: {"boolValue": value}}
    else:
        data = _number(value)
    return _Patch(cell.row, cell.column, _TEXT, data)


def _text(value: str) -> Json:
    return {_VALUE: {"stringValue": value}} if value else {}


def _number(value: float) -> Json:
    return {_VALUE: {"numberValue": value}}


def _blocks(patches: list[_Patch]) -> Iterator[_Block]:
    """Runs along a row, then runs of the same columns stacked row upon row."""
    for _, of_kind in groupby(
        sorted(patches, key=attrgetter("fields", "row", "column")), key=attrgetter("fields")
    ):
        growing: dict[tuple[int, int, str], _Block] = {}
        for run in _runs(of_kind):
            above = growing.get(run.span)
            if above and above.row + len(above.rows) == run.row:
                above.rows += run.rows
            else:
                if above:
                    yield above
                growing[run.span] = run
        yield from growing.values()


def _runs(patches: Iterable[_Patch]) -> Iterator[_Block]:
    run: _Block | None = None
    for patch in patches:
        if run and patch.row == run.row and patch.column == run.column + len(run.rows[0]):
            run.rows[0].append(patch.data)
            continue
        if run:
            yield run
        run = _Block(patch.row, patch.column, patch.fields, [[patch.data]])
    if run:
        yield run

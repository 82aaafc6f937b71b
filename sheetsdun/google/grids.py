"""Places in A1 notation, and answers with cells in them as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sheetsdun.ports import Table, Value, letters

Json: TypeAlias = dict[str, Any]
Rows: TypeAlias = list[list[Value]]

CELL_FIELDS = "effectiveValue,formattedValue,userEnteredFormat(numberFormat(type))"
_DATES = frozenset({"DATE", "DATE_TIME"})
_KINDS = ("stringValue", "numberValue", "boolValue")


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab's place and size, from the spreadsheet's metadata.

    Attributes:
        title: As it is now.
        sheet_id: Stays when it is renamed.
        width, height: In columns and rows; 0 for a tab without a grid, such as a chart.
        frozen: Number of frozen rows.
    """

    title: str
    sheet_id: int
    width: int
    height: int
    frozen: int = 0

    @classmethod
    def of(cls, sheet: Mapping[str, Any]) -> Tab:
        """From one of ``sheets`` in an answer; Google leaves out zeros."""
        properties = sheet["properties"]
        grid = properties.get("gridProperties", {})
        return cls(
            title=str(properties.get("title", "")),
            sheet_id=int(properties.get("sheetId", 0)),
            width=int(grid.get("columnCount", 0)),
            height=int(grid.get("rowCount", 0)),
            frozen=int(grid.get("frozenRowCount", 0)),
        )

    def a1(self, cells: str) -> str:
        """The range of these cells on this tab."""
        return f"'{self.title.replace(chr(39), chr(39) * 2)}'!{cells}"

    @property
    def whole(self) -> str:
        """The range of everything on this tab."""
        return self.a1("")[:-1]

    def below(self, row: int, first: int = 0, last: int | None = None) -> str:
        """The range from a 1-based row down, between two 0-based columns (the last one included)."""
        end = self.width - 1 if last is None else last
        return self.a1(f"{letters(first)}{row}:{letters(end)}")


def spans(columns: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring columns together, as first and last."""
    first = last = -2
    for column in sorted(columns):
        if column > last + 1:
            if last >= 0:
                yield first, last
            first = column
        last = column
    if last >= 0:
        yield first, last


def table(tab: Tab, header_row: int, values: Rows, shown: list[list[str]]) -> Table:
    """A table from the two readings of its tab, whose header row counts from 1."""
    top = header_row - 1
    return Table(
        title=tab.title,
        sheet_id=tab.sheet_id,
        header_row=header_row,
        header=tuple(shown[top]) if top < len(shown) else (),
        values=values[header_row:],
        shown=shown[header_row:],
        width=tab.width,
        height=tab.height,
    )


def agree(values: Rows, shown: list[list[str]]) -> bool:
    """Whether two readings of one range can be of the same moment: text is shown as it is."""
    return len(values) == len(shown) and not any(
        value.__class__ is str and value != text
        for row, texts in zip(values, shown, strict=True)
        for value, text in zip(row, texts, strict=False)
    )


@dataclass(slots=True)
class Grid:
    """Cells of one tab, put together from the pieces of a reading with grid data.

    Attributes:
        values, shown: From the first row of the tab; gaps are "".
        dated: 0-based places in the sheet whose number format is a date's.
    """

    values: Rows = field(default_factory=list)
    shown: list[list[str]] = field(default_factory=list)
    dated: set[tuple[int, int]] = field(default_factory=set)

    @classmethod
    def of(cls, pieces: Iterable[Mapping[str, Any]]) -> Grid:
        """From ``sheets[].data``."""
        grid = cls()
        for piece in pieces:
            row, column = int(piece.get("startRow", 0)), int(piece.get("startColumn", 0))
            for offset, cells in enumerate(piece.get("rowData", ())):
                grid._take(row + offset, column, cells.get("values", ()))
        return grid

    def _take(self, row: int, column: int, cells: Sequence[Mapping[str, Any]]) -> None:
        for place, cell in enumerate(cells, column):
            if cell.get("userEnteredFormat", {}).get("numberFormat", {}).get("type") in _DATES:
                self.dated.add((row, place))
            text = str(cell.get("formattedValue", ""))
            effective = cell.get("effectiveValue")
            if effective is None and not text:
                continue
            value = (
                next((effective[kind] for kind in _KINDS if kind in effective), text) if effective else text
            )
            _put(self.values, row, place, value)
            _put(self.shown, row, place, text)


def _put(rows: list[list[Any]], at: int, place: int, value: Value) -> None:
    while len(rows) <= at:
        rows.append([])
    row = rows[at]
    if len(row) <= place:
        row.extend([""] * (place + 1 - len(row)))
    row[place] = value

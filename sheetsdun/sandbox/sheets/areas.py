"""Rectangles of cells: half-open, zero-based, open-ended where an end is None; and Google's GridRange for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sheetsdun.sandbox.wire import Json

ROWS = "ROWS"
COLUMNS = "COLUMNS"


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on one sheet; an end of None reaches to the edge of the grid."""

    sheet_id: int
    top: int = 0
    bottom: int | None = None
    left: int = 0
    right: int | None = None

    def clip(self, row_count: int, column_count: int) -> Box:
        """The part of it that a grid of this size has."""
        bottom = row_count if self.bottom is None else min(self.bottom, row_count)
        right = column_count if self.right is None else min(self.right, column_count)
        return Box(self.sheet_id, self.top, max(self.top, bottom), self.left, max(self.left, right))

    def meets(self, other: Area) -> bool:
        """Whether the two share a cell."""
        return (
            self.sheet_id == other.sheet_id
            and _overlap(self.top, self.bottom, other.top, other.bottom)
            and _overlap(self.left, self.right, other.left, other.right)
        )

    def covers(self, other: Area) -> bool:
        """Whether every cell of the other is in this one."""
        return (
            self.sheet_id == other.sheet_id
            and _inside(other.top, other.bottom, self.top, self.bottom)
            and _inside(other.left, other.right, self.left, self.right)
        )


@dataclass(frozen=True, slots=True)
class Box(Area):
    """An area whose ends are all known."""

    bottom: int = 0
    right: int = 0

    @property
    def height(self) -> int:
        """Rows in it."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """Columns in it."""
        return self.right - self.left

    @property
    def empty(self) -> bool:
        """Whether it has no cell."""
        return self.height <= 0 or self.width <= 0

    def at(self, top: int, left: int) -> Box:
        """The same shape with its first cell here."""
        return replace(self, top=top, bottom=top + self.height, left=left, right=left + self.width)


def _overlap(start: int, end: int | None, other_start: int, other_end: int | None) -> bool:
    return (end is None or other_start < end) and (other_end is None or start < other_end)


def _inside(start: int, end: int | None, outer_start: int, outer_end: int | None) -> bool:
    return start >= outer_start and (outer_end is None or (end is not None and end <= outer_end))


def from_grid_range(value: Json) -> Area:
    """An area from Google's GridRange, whose absent fields are open ends (and sheet 0)."""
    return Area(
        value.get("sheetId") or 0,
        value.get("startRowIndex") or 0,
        value.get("endRowIndex"),
        value.get("startColumnIndex") or 0,
        value.get("endColumnIndex"),
    )


def to_grid_range(area: Area) -> Json:
    """Google's GridRange; as Google does, sheet 0 goes without saying but a start of 0 is said beside its end."""
    out: Json = {"sheetId": area.sheet_id} if area.sheet_id else {}
    if area.top or area.bottom is not None:
        out["startRowIndex"] = area.top
    if area.bottom is not None:
        out["endRowIndex"] = area.bottom
    if area.left or area.right is not None:
        out["startColumnIndex"] = area.left
    if area.right is not None:
        out["endColumnIndex"] = area.right
    return out


def bounding(areas: Iterable[Box]) -> Box | None:
    """The smallest box around all of them; None for none."""
    boxes = list(areas)
    if not boxes:
        return None
    return Box(
        boxes[0].sheet_id,
        min(box.top for box in boxes),
        max(box.bottom for box in boxes),
        min(box.left for box in boxes),
        max(box.right for box in boxes),
    )

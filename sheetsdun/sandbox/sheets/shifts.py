"""How a change of the grid's structure moves what stands on it: indexes, spans, areas."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from sheetsdun.sandbox.sheets.areas import ROWS, Area


@dataclass(frozen=True, slots=True)
class Insertion:
    """Rows or columns are put in before ``at``."""

    axis: str
    at: int
    count: int

    def index(self, index: int) -> int | None:
        """Where a row or column is afterwards; None if it is gone."""
        return index + self.count if index >= self.at else index

    def span(self, start: int, end: int | None) -> tuple[int, int | None] | None:
        """Where a span is afterwards: it grows if the new ones come inside it."""
        moved = self.index(start)
        assert moved is not None  # nothing goes by an insertion
        return moved, end if end is None or end <= self.at else end + self.count


@dataclass(frozen=True, slots=True)
class Deletion:
    """Rows or columns from ``start`` to before ``end`` are taken out."""

    axis: str
    start: int
    end: int

    def index(self, index: int) -> int | None:
        """Where a row or column is afterwards; None if it is gone."""
        if index < self.start:
            return index
        return index - (self.end - self.start) if index >= self.end else None

    def span(self, start: int, end: int | None) -> tuple[int, int | None] | None:
        """What is left of a span; None if nothing is."""
        first = self._after(start)
        if end is None:
            return first, None
        last = self._after(end)
        return (first, last) if first < last else None

    def _after(self, edge: int) -> int:
        return edge if edge <= self.start else max(self.start, edge - (self.end - self.start))


@dataclass(frozen=True, slots=True)
class Move:
    """Rows or columns from ``start`` to before ``end`` go before ``to`` (counted before they are taken out)."""

    axis: str
    start: int
    end: int
    to: int

    def index(self, index: int) -> int | None:
        """Where a row or column is afterwards."""
        count = self.end - self.start
        if self.start <= index < self.end:
            return index + (self.to - self.start if self.to <= self.start else self.to - self.end)
        if self.to <= index < self.start:
            return index + count
        return index - count if self.end <= index < self.to else index

    def span(self, start: int, end: int | None) -> tuple[int, int | None] | None:
        """Where a span is afterwards: one wholly moved goes along, of another the rest stays together."""
        if start >= self.start and end is not None and end <= self.end:
            first, last = self.index(start), self.index(end - 1)
            assert first is not None
            assert last is not None
            return first, last + 1
        count = self.end - self.start
        rest = Deletion(self.axis, self.start, self.end).span(start, end)
        if rest is None:
            return start, end
        to = self.to - count if self.to >= self.end else self.to
        return Insertion(self.axis, to, count).span(*rest)


Shift: TypeAlias = Insertion | Deletion | Move


def moved_area(area: Area, shift: Shift) -> Area | None:
    """Where an area of the shifted sheet is afterwards; None if it is gone."""
    rows = shift.axis == ROWS
    span = shift.span(area.top, area.bottom) if rows else shift.span(area.left, area.right)
    if span is None:
        return None
    if rows:
        return replace(area, top=span[0], bottom=span[1])
    return replace(area, left=span[0], right=span[1])

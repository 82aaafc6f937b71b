"""Any cell of a row by its header: for letters, which may print columns that mean nothing to us.

A cell is looked up when a letter asks for it, so that reading a long sheet costs next to nothing more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sheetsdun.rows.columns import key
from sheetsdun.rows.text import clean


class AnyColumn:
    """Headers, under which the cells of rows are found."""

    __slots__ = ("_places",)

    def __init__(self, header: Sequence[str]) -> None:
        """Take a header row. A header that stands twice is not there: nobody can tell which is meant."""
        titles = [key(title) for title in header]
        self._places = {
            title: place for place, title in enumerate(titles) if title and titles.count(title) == 1
        }

    def of(self, shown: Sequence[str]) -> Mapping[str, str]:
        """A row as people see it, by header, compared without regard to case and blanks."""
        return _Cells(self._places, shown)


class _Cells(Mapping[str, str]):
    __slots__ = ("_places", "_shown")

    def __init__(self, places: Mapping[str, int], shown: Sequence[str]) -> None:
        self._places = places
        self._shown = shown

    def __getitem__(self, header: str) -> str:
        place = self._places[key(header)]
        return clean(self._shown[place]) if place < len(self._shown) else ""

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

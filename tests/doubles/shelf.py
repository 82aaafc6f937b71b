"""The tabs of the spreadsheet in memory, as a new log needs them."""

from __future__ import annotations

from collections.abc import Sequence

from doubles.hooks import Hooks, call
from doubles.sheet import MemorySheet

from sheetsdun.ports import Link, LinkTaken


class MemoryShelf:
    """Puts a new log into a ``MemorySheet``."""

    def __init__(self, sheet: MemorySheet, log: str = "Reminder log") -> None:
        self.sheet = sheet
        self.log = log
        self.hooks: Hooks = sheet.hooks
        self.staged: dict[int, str] = {}

    @call
    def stage(self, title: str, rows: Sequence[Sequence[str]]) -> int:
        self.sheet.grids[title] = [list(row) for row in rows]
        number = 500 + len(self.staged)
        self.staged[number] = title
        return number

    @call
    def put_in_place(self, link: Link, staged: int, aside: str) -> None:
        if link.number in self.sheet.chain_:
            raise LinkTaken("is there already", code=400, reason="INVALID_ARGUMENT")
        grids = self.sheet.grids
        if self.log in grids:
            grids[aside] = grids.pop(self.log)
        grids[self.log] = grids.pop(self.staged.pop(staged))
        self.sheet.chain_[link.number] = link

    @call
    def drop(self, staged: int) -> None:
        del self.sheet.grids[self.staged.pop(staged)]

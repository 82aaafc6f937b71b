"""Cells that Google does not let us write: told, tried again once a day, and otherwise no reason to write."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence

from sheetsdun.ports import CellWrite, Value, letters, serial

NAMED = 5
"""Cells that are named."""


def told(cells: Iterable[CellWrite]) -> str:
    """Which cells these are, and in a few digits what was to stand in them: the same for the same, "" for none."""
    wanted = sorted((cell.row, cell.column, str(_plain(cell.value))) for cell in cells)
    if not wanted:
        return ""
    digest = hashlib.blake2b(repr(wanted).encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return f"{named([(row, column) for row, column, _ in wanted])} ({len(wanted)}, {digest})"


def named(places: Sequence[tuple[int, int]]) -> str:
    """The first of some cells (row, column; from 0) as people name them."""
    some = ", ".join(f"{letters(column)}{row + 1}" for row, column in places[:NAMED])
    return f"{some} and others" if len(places) > NAMED else some


def _plain(value: Value | dt.date | None) -> Value | None:
    return serial(value) if isinstance(value, dt.date) else value

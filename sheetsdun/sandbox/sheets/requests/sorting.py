"""Rows of a range brought into another order."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from sheetsdun.sandbox.sheets.areas import ROWS, Box, from_grid_range
from sheetsdun.sandbox.sheets.edit import Edit
from sheetsdun.sandbox.sheets.errors import invalid
from sheetsdun.sandbox.sheets.formula.values import rank
from sheetsdun.sandbox.wire import Json

_BLANK = 4


def _sort(edit: Edit, body: Json) -> Json:
    box = edit.writable(body.get("range"))
    _refuse_merges(edit, box)
    tab, lens = edit.tab(box.sheet_id), edit.lens()
    order = list(range(box.top, box.bottom))
    specs = body.get("sortSpecs") or [{"dimensionIndex": box.left}]
    for spec in reversed(specs):
        if "dimensionIndex" not in spec and len(spec.keys() - {"sortOrder"}):
            raise invalid("This embedded Google sorts by values only.")
        column = spec.get("dimensionIndex") or 0
        if not box.left <= column < box.right:
            raise invalid(f"sortSpecs.dimensionIndex[{column}] is outside of the range.")
        keys = {row: rank(lens.value(tab, row, column)) for row in order}
        down = spec.get("sortOrder") == "DESCENDING"
        # Sorting is stable; empty cells come last in either direction.
        filled = [row for row in order if keys[row][0] != _BLANK]
        blank = [row for row in order if keys[row][0] == _BLANK]
        filled.sort(key=lambda row, keys=keys: keys[row], reverse=down)  # type: ignore[misc]
        order = filled + blank
    rearrange(edit, box, order)
    return {}


def _randomize(edit: Edit, body: Json) -> Json:
    box = edit.writable(body.get("range"))
    _refuse_merges(edit, box)
    order = list(range(box.top, box.bottom))
    random.shuffle(order)  # not for secrets
    rearrange(edit, box, order)
    return {}


def _refuse_merges(edit: Edit, box: Box) -> None:
    for merge in edit.tab(box.sheet_id).things["merges"]:
        area = from_grid_range(merge)
        if area.meets(box) and area.bottom is not None and area.bottom - area.top > 1:
            raise invalid("You can't sort a range with vertical merges.")


def rearrange(edit: Edit, box: Box, order: Sequence[int]) -> None:
    """Put the rows of a box into this order (their present indexes). Formulas refer to their new row.

    Where whole rows are rearranged, their metadata goes along.
    """
    tab = edit.tab(box.sheet_id)
    old = {row: tab.run(row, box.left, box.right) for row in order}
    for place, row in enumerate(order, box.top):
        if place != row:
            tab.put_run(place, box.left, [edit.copy_of(slot, place - row, 0) for slot in old[row]])
    if box.left > 0 or box.right < tab.column_count:
        return
    moved = {row: place for place, row in enumerate(order, box.top)}
    for entry in list(edit.book.metadata.values()):
        where = entry.place
        if where.sheet_id == tab.sheet_id and where.axis == ROWS and where.index in moved:
            there = replace(where, index=moved[where.index])
            edit.book.metadata[entry.metadata_id] = replace(entry, place=there)


REQUESTS = {"sortRange": _sort, "randomizeRange": _randomize}

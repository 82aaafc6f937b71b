"""Merged cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sheetsdun.sandbox.sheets.areas import Box, from_grid_range, to_grid_range
from sheetsdun.sandbox.sheets.cells import has_content, with_value
from sheetsdun.sandbox.sheets.edit import Edit
from sheetsdun.sandbox.sheets.errors import invalid
from sheetsdun.sandbox.sheets.tab import Tab
from sheetsdun.sandbox.wire import Json


def _merge(edit: Edit, body: Json) -> Json:
    box = edit.writable(body.get("range"))
    tab = edit.tab(box.sheet_id)
    for merge in tab.things["merges"]:
        area = from_grid_range(merge)
        if area.meets(box) and not box.covers(area):
            raise invalid("You must select all cells in a merged range to merge or unmerge them.")
    _split(tab, box)
    for part in _parts(box, body.get("mergeType") or "MERGE_ALL"):
        if part.height * part.width > 1:
            _keep_first(tab, part)
            tab.things["merges"].append(to_grid_range(part))
    return {}


def _parts(box: Box, kind: str) -> Iterator[Box]:
    if kind == "MERGE_COLUMNS":
        yield from (replace(box, left=column, right=column + 1) for column in range(box.left, box.right))
    elif kind == "MERGE_ROWS":
        yield from (replace(box, top=row, bottom=row + 1) for row in range(box.top, box.bottom))
    else:
        yield box


def _keep_first(tab: Tab, box: Box) -> None:
    """A merged cell has the first content of its cells, in its first place."""
    filled = [(row, column, slot) for row, column, slot in tab.filled(box) if has_content(slot)]
    for row, column, slot in filled[1:] if filled else []:
        tab.put(row, column, with_value(slot, None))
    if filled and filled[0][:2] != (box.top, box.left):
        row, column, slot = filled[0]
        tab.put(box.top, box.left, slot)
        tab.put(row, column, with_value(slot, None))


def _unmerge(edit: Edit, body: Json) -> Json:
    box = edit.writable(body.get("range"))
    tab = edit.tab(box.sheet_id)
    for merge in tab.things["merges"]:
        area = from_grid_range(merge)
        if area.meets(box) and not box.covers(area):
            raise invalid("You must select all cells in a merged range to merge or unmerge them.")
    _split(tab, box)
    return {}


def _split(tab: Tab, box: Box) -> None:
    tab.things["merges"] = [merge for merge in tab.things["merges"] if not from_grid_range(merge).meets(box)]


REQUESTS = {"mergeCells": _merge, "unmergeCells": _unmerge}

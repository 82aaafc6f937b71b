"""Tidying a range: repeated rows out, needless blanks out."""

from __future__ import annotations

from sheetsdun.sandbox.sheets.cells import Cell, Slot, with_value
from sheetsdun.sandbox.sheets.edit import Edit
from sheetsdun.sandbox.sheets.formula.values import rank
from sheetsdun.sandbox.wire import Json


def _delete_duplicates(edit: Edit, body: Json) -> Json:
    box = edit.writable(body.get("range"))
    tab, lens = edit.tab(box.sheet_id), edit.lens()
    columns = sorted(
        column
        for each in body.get("comparisonColumns") or [{"startIndex": box.left, "endIndex": box.right}]
        for column in range(each.get("startIndex") or 0, each.get("endIndex") or box.right)
    )
    seen, kept = set[tuple[object, ...]](), []
    height = min(box.bottom, len(tab.rows)) - box.top
    for row in range(box.top, box.top + height):
        key = tuple(rank(lens.value(tab, row, column)) for column in columns)
        if key not in seen:
            seen.add(key)
            kept.append((row, tab.run(row, box.left, box.right)))
    empty: list[Slot] = [None] * box.width
    for place in range(box.top, box.top + height):
        offset = place - box.top
        if offset < len(kept):
            row, slots = kept[offset]
            tab.put_run(place, box.left, [edit.copy_of(slot, place - row, 0) for slot in slots])
        else:
            tab.put_run(place, box.left, empty)
    removed = max(height, 0) - len(kept)
    return {"duplicatesRemovedCount": removed} if removed else {}


def _trim_whitespace(edit: Edit, body: Json) -> Json:
    box = edit.writable(body.get("range"))
    tab, lens = edit.tab(box.sheet_id), edit.lens()
    changed = 0
    for row, column, slot in list(tab.filled(box)):
        value = lens.value(tab, row, column)
        formula = isinstance(slot, Cell) and slot.formula is not None
        if isinstance(value, str) and not formula:
            tidy = " ".join(value.split())
            if tidy != value:
                tab.put(row, column, with_value(slot, tidy or None))
                changed += 1
    return {"cellsChangedCount": changed} if changed else {}


REQUESTS = {"deleteDuplicates": _delete_duplicates, "trimWhitespace": _trim_whitespace}

"""Find and replace."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sheetsdun.sandbox.sheets import typed
from sheetsdun.sandbox.sheets.areas import Box
from sheetsdun.sandbox.sheets.cells import Cell, Slot, with_value
from sheetsdun.sandbox.sheets.edit import Edit
from sheetsdun.sandbox.sheets.errors import invalid
from sheetsdun.sandbox.sheets.shown import Lens
from sheetsdun.sandbox.wire import Json


def _find_replace(edit: Edit, body: Json) -> Json:
    if not body.get("find"):
        raise invalid("find must not be empty.")
    replace = _replacer(body)
    counts = {"valuesChanged": 0, "formulasChanged": 0, "rowsChanged": 0, "sheetsChanged": 0}
    occurrences = 0
    for box in _scope(edit, body):
        tab, lens = edit.tab(box.sheet_id), edit.lens()
        rows = set[int]()
        for row, column, slot in list(tab.filled(box)):
            formula = slot.formula if isinstance(slot, Cell) else None
            if formula is not None and not body.get("includeFormulas"):
                continue
            shown = formula if formula is not None else lens.text(tab, row, column)
            changed, count = replace(shown)
            if not count:
                continue
            occurrences += count
            counts["valuesChanged" if formula is None else "formulasChanged"] += 1
            rows.add(row)
            tab.put(row, column, _entered(lens, slot, changed))
        for row in rows:
            edit.guard(Box(tab.sheet_id, row, row + 1, box.left, box.right))
        counts["rowsChanged"] += len(rows)
        counts["sheetsChanged"] += bool(rows)
    counts["occurrencesChanged"] = occurrences
    return {name: count for name, count in counts.items() if count}


def _entered(lens: Lens, slot: Slot, text: str) -> Slot:
    entry = typed.understand(text, lens.locale, lens.year)
    return with_value(slot, entry.value, entry.formula)


def _scope(edit: Edit, body: Json) -> list[Box]:
    # Sheet 0 is a sheet, though 0 equals False.
    named = [n for n in ("range", "sheetId", "allSheets") if body.get(n) is not None and body[n] is not False]
    if len(named) != 1:
        raise invalid("Must specify exactly one of range, sheetId or allSheets.")
    if named == ["range"]:
        return [edit.box(body["range"])]
    if named == ["sheetId"]:
        return [edit.tab(body["sheetId"]).everything()]
    return [tab.everything() for tab in edit.book.tabs]


def _replacer(body: Json) -> Callable[[str], tuple[str, int]]:
    find, put = body["find"], body.get("replacement") or ""
    flags = 0 if body.get("matchCase") else re.IGNORECASE
    regular = bool(body.get("searchByRegex"))
    try:
        pattern = re.compile(find if regular else re.escape(find), flags)
    except re.error as error:
        raise invalid(f"Invalid regular expression: {find}") from error
    # Groups are written $1 here.
    replacement: Any = re.sub(r"\$(\d)", r"\\g<\1>", put) if regular else lambda _: put

    def replace(text: str) -> tuple[str, int]:
        if body.get("matchEntireCell") and not pattern.fullmatch(text):
            return text, 0
        return pattern.subn(replacement, text)

    return replace


REQUESTS = {"findReplace": _find_replace}

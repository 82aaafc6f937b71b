"""Structured tables: a named range with typed columns, kept as data; appendCells can aim at one."""

from __future__ import annotations

import secrets

from sheetsdun.sandbox.sheets.areas import from_grid_range
from sheetsdun.sandbox.sheets.edit import Edit
from sheetsdun.sandbox.sheets.errors import invalid, required
from sheetsdun.sandbox.sheets.masks import known, merged, update_mask
from sheetsdun.sandbox.sheets.tab import Tab
from sheetsdun.sandbox.wire import Json

_FIELDS = frozenset({"name", "range", "rowsProperties", "columnProperties"})


def _add(edit: Edit, body: Json) -> Json:
    asked = required(body, "table")
    identity = asked.get("tableId") or secrets.token_hex(8)
    if any(each["tableId"] == identity for tab in edit.book.tabs for each in tab.things["tables"]):
        raise invalid(f"A table with ID {identity} already exists.")
    table = _checked(edit, {**asked, "tableId": identity})
    edit.tab(from_grid_range(table["range"]).sheet_id).things["tables"].append(table)
    return {"table": table}


def _update(edit: Edit, body: Json) -> Json:
    new = required(body, "table")
    mask = known(update_mask(body), _FIELDS)
    tab, index = _found(edit, new.get("tableId") or "")
    old = tab.things["tables"].pop(index)
    table = _checked(edit, (merged(old, new, mask) or {}) | {"tableId": old["tableId"]})
    edit.tab(from_grid_range(table["range"]).sheet_id).things["tables"].append(table)
    return {}


def _delete(edit: Edit, body: Json) -> Json:
    """The table goes with its cells, as Google does it."""
    tab, index = _found(edit, body.get("tableId") or "")
    box = edit.writable(tab.things["tables"][index]["range"])
    del tab.things["tables"][index]
    for row in range(box.top, min(box.bottom, len(tab.rows))):
        tab.put_run(row, box.left, [None] * box.width)
    return {}


def _checked(edit: Edit, table: Json) -> Json:
    if not table.get("name"):
        raise invalid("A table must have a name.")
    out = {**table, "range": edit.book.normal(required(table, "range"))}
    area = from_grid_range(out["range"])
    for tab in edit.book.tabs:
        for other in tab.things["tables"]:
            if other["name"].casefold() == out["name"].casefold():
                raise invalid(f'A table with the name "{out["name"]}" already exists.')
            if from_grid_range(other["range"]).meets(area):
                raise invalid("A table cannot overlap another table.")
    return out


def _found(edit: Edit, identity: str) -> tuple[Tab, int]:
    for tab in edit.book.tabs:
        for index, each in enumerate(tab.things["tables"]):
            if each["tableId"] == identity:
                return tab, index
    raise invalid(f"No table with id: {identity}")


REQUESTS = {"addTable": _add, "updateTable": _update, "deleteTable": _delete}

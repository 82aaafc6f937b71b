"""Banding: alternating colours, kept and not rendered."""

from __future__ import annotations

from sheetsdun.sandbox.sheets.areas import from_grid_range
from sheetsdun.sandbox.sheets.colours import in_both_forms
from sheetsdun.sandbox.sheets.edit import Edit, new_id
from sheetsdun.sandbox.sheets.errors import invalid, required
from sheetsdun.sandbox.sheets.masks import merged, update_mask
from sheetsdun.sandbox.sheets.tab import Tab
from sheetsdun.sandbox.wire import Json


def _add(edit: Edit, body: Json) -> Json:
    asked = required(body, "bandedRange")
    entry = in_both_forms(asked, {})
    taken = {each["bandedRangeId"] for tab in edit.book.tabs for each in tab.things["bandedRanges"]}
    identity = entry.get("bandedRangeId") or new_id(taken)
    if identity in taken:
        raise invalid(f"A banded range with ID {identity} already exists.")
    entry = _checked(edit, entry | {"bandedRangeId": identity}, None)
    _put(edit, entry)
    return {"bandedRange": entry}


def _update(edit: Edit, body: Json) -> Json:
    new = required(body, "bandedRange")
    tab, index = _found(edit, new.get("bandedRangeId") or 0)
    old = tab.things["bandedRanges"][index]
    changed = in_both_forms(merged(old, new, update_mask(body)) or {}, old)
    entry = changed | {"bandedRangeId": old["bandedRangeId"]}
    entry = _checked(edit, entry, old["bandedRangeId"])
    del tab.things["bandedRanges"][index]
    _put(edit, entry)
    return {}


def _delete(edit: Edit, body: Json) -> Json:
    tab, index = _found(edit, body.get("bandedRangeId") or 0)
    del tab.things["bandedRanges"][index]
    return {}


def _put(edit: Edit, entry: Json) -> None:
    edit.tab(from_grid_range(entry["range"]).sheet_id).things["bandedRanges"].append(entry)


def _checked(edit: Edit, entry: Json, own: int | None) -> Json:
    if not (entry.get("rowProperties") or entry.get("columnProperties")):
        raise invalid("At least one of rowProperties or columnProperties must be specified.")
    out = {**entry, "range": edit.book.normal(required(entry, "range"))}
    area = from_grid_range(out["range"])
    for each in edit.tab(area.sheet_id).things["bandedRanges"]:
        if each["bandedRangeId"] != own and from_grid_range(each["range"]).meets(area):
            raise invalid("You cannot add alternating background colors to a range that already has them.")
    return out


def _found(edit: Edit, identity: int) -> tuple[Tab, int]:
    for tab in edit.book.tabs:
        for index, each in enumerate(tab.things["bandedRanges"]):
            if each["bandedRangeId"] == identity:
                return tab, index
    raise invalid(f"No banded range with ID: {identity}")


REQUESTS = {"addBanding": _add, "updateBanding": _update, "deleteBanding": _delete}

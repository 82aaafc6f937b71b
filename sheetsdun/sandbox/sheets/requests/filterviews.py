"""Filters: kept; what they hide is hidden by nobody here."""

from __future__ import annotations

from sheetsdun.sandbox.sheets.areas import from_grid_range
from sheetsdun.sandbox.sheets.edit import Edit, new_id
from sheetsdun.sandbox.sheets.errors import invalid, required
from sheetsdun.sandbox.sheets.masks import merged, update_mask
from sheetsdun.sandbox.sheets.tab import Tab
from sheetsdun.sandbox.wire import Json


def _set_basic(edit: Edit, body: Json) -> Json:
    entry = required(body, "filter")
    kept = _ranged(edit, entry)
    edit.tab(from_grid_range(kept["range"]).sheet_id).basic_filter = kept
    return {}


def _clear_basic(edit: Edit, body: Json) -> Json:
    edit.tab(body.get("sheetId") or 0).basic_filter = None
    return {}


def _add(edit: Edit, body: Json) -> Json:
    asked = required(body, "filter")
    taken = _ids(edit)
    identity = asked.get("filterViewId") or new_id(taken)
    if identity in taken:
        raise invalid(f"A filter view with ID {identity} already exists.")
    entry = {"filterViewId": identity, "title": asked.get("title") or f"Filter {len(taken) + 1}"}
    return {"filter": _put(edit, _ranged(edit, asked | entry))}


def _duplicate(edit: Edit, body: Json) -> Json:
    tab, index = _found(edit, body.get("filterId") or 0)
    old = tab.things["filterViews"][index]
    new = {"filterViewId": new_id(_ids(edit)), "title": f"Copy of {old['title']}"}
    return {"filter": _put(edit, old | new)}


def _update(edit: Edit, body: Json) -> Json:
    new = required(body, "filter")
    tab, index = _found(edit, new.get("filterViewId") or 0)
    old = tab.things["filterViews"][index]
    entry = (merged(old, new, update_mask(body)) or {}) | {"filterViewId": old["filterViewId"]}
    entry = _ranged(edit, entry)
    del tab.things["filterViews"][index]
    _put(edit, entry)
    return {}


def _delete(edit: Edit, body: Json) -> Json:
    tab, index = _found(edit, body.get("filterId") or 0)
    del tab.things["filterViews"][index]
    return {}


def _ids(edit: Edit) -> set[int]:
    return {each["filterViewId"] for tab in edit.book.tabs for each in tab.things["filterViews"]}


def _put(edit: Edit, entry: Json) -> Json:
    edit.tab(from_grid_range(entry["range"]).sheet_id).things["filterViews"].append(entry)
    return entry


def _ranged(edit: Edit, entry: Json) -> Json:
    """The filter with its range in Google's form, taken from a named range if it names one."""
    identity = entry.get("namedRangeId")
    if identity:
        named = next((each for each in edit.book.named if each["namedRangeId"] == identity), None)
        if named is None:
            raise invalid(f"Cannot find a named range with ID: {identity}")
        return {**entry, "range": named["range"]}
    return {**entry, "range": edit.book.normal(required(entry, "range"))}


def _found(edit: Edit, identity: int) -> tuple[Tab, int]:
    for tab in edit.book.tabs:
        for index, each in enumerate(tab.things["filterViews"]):
            if each["filterViewId"] == identity:
                return tab, index
    raise invalid(f"No filter view with ID: {identity}")


REQUESTS = {
    "setBasicFilter": _set_basic,
    "clearBasicFilter": _clear_basic,
    "addFilterView": _add,
    "duplicateFilterView": _duplicate,
    "updateFilterView": _update,
    "deleteFilterView": _delete,
}

"""Protected ranges."""

from __future__ import annotations

from sheetsdun.sandbox.sheets import protection
from sheetsdun.sandbox.sheets.edit import Edit, new_id
from sheetsdun.sandbox.sheets.errors import invalid, required
from sheetsdun.sandbox.sheets.masks import known, merged, update_mask
from sheetsdun.sandbox.sheets.tab import Tab
from sheetsdun.sandbox.wire import Json

_FIELDS = frozenset(
    {
        "protectedRangeId",
        "range",
        "namedRangeId",
        "tableId",
        "description",
        "warningOnly",
        "requestingUserCanEdit",
        "unprotectedRanges",
        "editors",
    }
)


def _add(edit: Edit, body: Json) -> Json:
    asked = required(body, "protectedRange")
    entry = {name: value for name, value in asked.items() if value not in (None, "", [])}
    taken = {each["protectedRangeId"] for tab in edit.book.tabs for each in tab.things["protectedRanges"]}
    identity = entry.get("protectedRangeId") or new_id(taken)
    if identity in taken:
        raise invalid(f"A protected range with ID {identity} already exists.")
    entry["protectedRangeId"] = identity
    tab = _home(edit, entry)
    entry = _settled(edit, entry, asked)
    tab.things["protectedRanges"].append(entry)
    return {"protectedRange": protection.shown(entry, edit.book, edit.caller)}


def _update(edit: Edit, body: Json) -> Json:
    new = required(body, "protectedRange")
    mask = known(update_mask(body), _FIELDS)
    tab, index = _found(edit, new.get("protectedRangeId") or 0)
    old = tab.things["protectedRanges"][index]
    entry = merged(old, new, mask) or {}
    entry["protectedRangeId"] = old["protectedRangeId"]
    del tab.things["protectedRanges"][index]
    home = _home(edit, entry)
    home.things["protectedRanges"].append(_settled(edit, entry, new))
    return {}


def _delete(edit: Edit, body: Json) -> Json:
    tab, index = _found(edit, body.get("protectedRangeId") or 0)
    del tab.things["protectedRanges"][index]
    return {}


def _home(edit: Edit, entry: Json) -> Tab:
    """The sheet that it is on."""
    named = [name for name in ("range", "namedRangeId") if name in entry]
    if len(named) != 1 or "tableId" in entry:
        raise invalid("Must specify exactly one of range or namedRangeId.")
    area = protection.protected_area(entry, edit.book)
    if area is None:
        raise invalid(f"Cannot find a named range with ID: {entry['namedRangeId']}")
    return edit.tab(area.sheet_id)


def _settled(edit: Edit, entry: Json, asked: Json) -> Json:
    """The entry as it is kept: ranges in Google's form, and who may edit."""
    out = {name: value for name, value in entry.items() if name != "requestingUserCanEdit"}
    if "range" in out:
        out["range"] = edit.book.normal(out["range"])
    if "unprotectedRanges" in out:
        out["unprotectedRanges"] = [edit.book.normal(each) for each in out["unprotectedRanges"]]
    if out.get("warningOnly"):
        out.pop("editors", None)
        return out
    out.pop("warningOnly", None)
    editors = dict(out.get("editors") or {})
    users = list(editors.get("users") or ())
    if asked.get("requestingUserCanEdit") is False and edit.caller not in users:
        # Google ignores this read-only field; here it is the way to be bound by one's own protection.
        out[protection.LOCKED_OUT] = [edit.caller]
        return out
    editors["users"] = list(dict.fromkeys([edit.caller, *users]))
    out["editors"] = {name: value for name, value in editors.items() if value}
    return out


def _found(edit: Edit, identity: int) -> tuple[Tab, int]:
    for tab in edit.book.tabs:
        for index, each in enumerate(tab.things["protectedRanges"]):
            if each["protectedRangeId"] != identity:
                continue
            if not protection.may_edit(each, edit.book, edit.caller) and edit.caller != edit.book.owner:
                raise invalid("You do not have permission to change this protected range.")
            return tab, index
    raise invalid(f"No protected range with ID: {identity}")


REQUESTS = {"addProtectedRange": _add, "updateProtectedRange": _update, "deleteProtectedRange": _delete}

"""Named ranges."""

from __future__ import annotations

import re

from sheetsdun.sandbox.sheets import a1
from sheetsdun.sandbox.sheets.edit import Edit, new_id
from sheetsdun.sandbox.sheets.errors import invalid, required
from sheetsdun.sandbox.sheets.masks import known, merged, update_mask
from sheetsdun.sandbox.wire import Json

_NAME = re.compile(r"(?!(?:true|false)\Z)[^\W\d]\w{0,249}\Z", re.IGNORECASE)
_FIELDS = frozenset({"name", "namedRangeId", "range"})


def _add(edit: Edit, body: Json) -> Json:
    entry = required(body, "namedRange")
    identity = entry.get("namedRangeId") or str(new_id(()))
    if any(each["namedRangeId"] == identity for each in edit.book.named):
        raise invalid(f"A named range with the ID {identity} already exists.")
    kept = {
        "namedRangeId": identity,
        "name": _checked_name(edit, entry.get("name") or "", identity),
        "range": edit.book.normal(required(entry, "range")),
    }
    edit.book.named.append(kept)
    return {"namedRange": kept}


def _update(edit: Edit, body: Json) -> Json:
    new = required(body, "namedRange")
    mask = known(update_mask(body), _FIELDS)
    index = _index(edit, new.get("namedRangeId") or "")
    old = edit.book.named[index]
    entry = merged(old, new, mask) or {}
    entry["namedRangeId"] = old["namedRangeId"]
    entry["name"] = _checked_name(edit, entry.get("name") or "", old["namedRangeId"])
    entry["range"] = edit.book.normal(required(entry, "range"))
    edit.book.named[index] = entry
    return {}


def _delete(edit: Edit, body: Json) -> Json:
    del edit.book.named[_index(edit, body.get("namedRangeId") or "")]
    return {}


def _index(edit: Edit, identity: str) -> int:
    for index, entry in enumerate(edit.book.named):
        if entry["namedRangeId"] == identity:
            return index
    raise invalid(f"Cannot find a named range with ID: {identity}")


def _checked_name(edit: Edit, name: str, identity: str) -> str:
    if not _NAME.match(name) or a1.parse_corners(name) is not None:
        raise invalid(f"The name of the named range is invalid: {name}")
    folded = name.casefold()
    if any(e["name"].casefold() == folded and e["namedRangeId"] != identity for e in edit.book.named):
        raise invalid(f'A named range with name "{name}" already exists.')
    return name


REQUESTS = {"addNamedRange": _add, "updateNamedRange": _update, "deleteNamedRange": _delete}

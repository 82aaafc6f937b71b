"""Groups of rows and columns: what is kept is how deep each one lies; the groups follow from it."""

from __future__ import annotations

from sheetsdun.sandbox.sheets.areas import ROWS
from sheetsdun.sandbox.sheets.edit import Edit
from sheetsdun.sandbox.sheets.errors import invalid, required
from sheetsdun.sandbox.sheets.masks import known, update_mask
from sheetsdun.sandbox.sheets.requests.dimensions import Extent, extent_of
from sheetsdun.sandbox.wire import Json

_DEEPEST = 8
_FIELDS = frozenset({"range", "depth", "collapsed"})


def _add(edit: Edit, body: Json) -> Json:
    return _deepen(edit, body, 1)


def _delete(edit: Edit, body: Json) -> Json:
    return _deepen(edit, body, -1)


def _deepen(edit: Edit, body: Json, by: int) -> Json:
    extent = extent_of(edit, required(body, "range"))
    if extent.end > extent.count:
        raise invalid(f"range.endIndex[{extent.end}] is after the last of {extent.count}.")
    groups = extent.tab.things[_name(extent)]
    depths = [0] * extent.count
    for group in groups:
        span = group["range"]
        for index in range(span["startIndex"], span["endIndex"]):
            depths[index] = max(depths[index], group["depth"])
    if by < 0 and not any(depths[extent.start : extent.end]):
        raise invalid("There is no group over the range.")
    for index in range(extent.start, extent.end):
        depths[index] = max(0, depths[index] + by)
    if max(depths) > _DEEPEST:
        raise invalid(f"Groups cannot be deeper than {_DEEPEST}.")
    collapsed = {_key(group) for group in groups if group.get("collapsed")}
    made = _from_depths(extent, depths)
    for group in made:
        if _key(group) in collapsed:
            group["collapsed"] = True
    extent.tab.things[_name(extent)] = made
    return {"dimensionGroups": made} if made else {}


def _from_depths(extent: Extent, depths: list[int]) -> list[Json]:
    made = []
    for depth in range(1, max(depths, default=0) + 1):
        start = None
        for index, deep in enumerate([*depths, 0]):
            if deep >= depth and start is None:
                start = index
            elif deep < depth and start is not None:
                sheet = {"sheetId": extent.tab.sheet_id} if extent.tab.sheet_id else {}
                span = {**sheet, "dimension": extent.axis, "startIndex": start, "endIndex": index}
                made.append({"range": span, "depth": depth})
                start = None
    return made


def _update(edit: Edit, body: Json) -> Json:
    new = required(body, "dimensionGroup")
    mask = known(update_mask(body), _FIELDS)
    extent = extent_of(edit, required(new, "range"))
    wanted = (extent.start, extent.end, new.get("depth") or 0)
    groups = extent.tab.things[_name(extent)]
    for index, group in enumerate(groups):
        if _key(group) == wanted:
            if not mask or "collapsed" in mask:
                groups[index] = {name: value for name, value in group.items() if name != "collapsed"}
                groups[index] |= {"collapsed": True} if new.get("collapsed") else {}
            return {}
    raise invalid("There is no such group.")


def _name(extent: Extent) -> str:
    return "rowGroups" if extent.axis == ROWS else "columnGroups"


def _key(group: Json) -> tuple[int, int, int]:
    return group["range"]["startIndex"], group["range"]["endIndex"], group["depth"]


REQUESTS = {"addDimensionGroup": _add, "deleteDimensionGroup": _delete, "updateDimensionGroup": _update}

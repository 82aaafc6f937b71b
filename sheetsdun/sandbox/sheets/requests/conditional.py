"""Conditional formats: kept in order, not worked out."""

from __future__ import annotations

from sheetsdun.sandbox.sheets.areas import from_grid_range
from sheetsdun.sandbox.sheets.colours import in_both_forms
from sheetsdun.sandbox.sheets.edit import Edit
from sheetsdun.sandbox.sheets.errors import invalid, required
from sheetsdun.sandbox.sheets.tab import Tab
from sheetsdun.sandbox.wire import Json


def _add(edit: Edit, body: Json) -> Json:
    rule, tab = _checked(edit, required(body, "rule"))
    rules = tab.things["conditionalFormats"]
    index = body.get("index") or 0
    if index > len(rules):
        raise invalid(f"index[{index}] is beyond the last rule of sheet {tab.sheet_id}.")
    rules.insert(index, rule)
    return {}


def _update(edit: Edit, body: Json) -> Json:
    index = body.get("index") or 0
    if body.get("rule") is not None:
        rule, tab = _checked(edit, body["rule"])
        old = _at(tab, index)
        tab.things["conditionalFormats"][index] = rule
        return {"newRule": rule, "newIndex": index, "oldRule": old}
    tab = edit.tab(body.get("sheetId") or 0)
    rule = _at(tab, index)
    rules = tab.things["conditionalFormats"]
    new = body.get("newIndex") or 0
    if new >= len(rules):
        raise invalid(f"newIndex[{new}] is beyond the last rule of sheet {tab.sheet_id}.")
    rules.insert(new, rules.pop(index))
    return {"newRule": rule, "newIndex": new, "oldIndex": index}


def _delete(edit: Edit, body: Json) -> Json:
    tab, index = edit.tab(body.get("sheetId") or 0), body.get("index") or 0
    rule = _at(tab, index)
    del tab.things["conditionalFormats"][index]
    return {"rule": rule}


def _at(tab: Tab, index: int) -> Json:
    rules = tab.things["conditionalFormats"]
    if index >= len(rules):
        raise invalid(f"No conditional format on sheet: {tab.sheet_id} at index: {index}")
    return rules[index]


def _checked(edit: Edit, rule: Json) -> tuple[Json, Tab]:
    """The rule with its ranges in Google's form, and the sheet that they are all on."""
    if sum(rule.get(name) is not None for name in ("booleanRule", "gradientRule")) != 1:
        raise invalid("A rule must specify exactly one of booleanRule or gradientRule.")
    sheets = {from_grid_range(each).sheet_id for each in rule.get("ranges") or ()}
    if len(sheets) != 1:
        raise invalid("All ranges must be on the same sheet, and there must be one.")
    shown = in_both_forms(rule, {})
    return {**shown, "ranges": [edit.book.normal(each) for each in rule["ranges"]]}, edit.tab(sheets.pop())


REQUESTS = {
    "addConditionalFormatRule": _add,
    "updateConditionalFormatRule": _update,
    "deleteConditionalFormatRule": _delete,
}

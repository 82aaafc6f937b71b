"""CellData: what a request writes into a cell, and what a cell looks like in a reply."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sheetsdun.sandbox.sheets.cells import Cell, Scalar, Slot, as_cell, as_slot, number, text, with_value
from sheetsdun.sandbox.sheets.colours import in_both_forms, is_colour
from sheetsdun.sandbox.sheets.errors import invalid
from sheetsdun.sandbox.sheets.formula.values import Fault, Value
from sheetsdun.sandbox.sheets.masks import ALL, Mask, below, known, merged
from sheetsdun.sandbox.sheets.shown import Lens
from sheetsdun.sandbox.sheets.tab import Tab
from sheetsdun.sandbox.wire import Json

_KEPT = ("textFormatRuns", "chipRuns", "pivotTable")
_VALUE_ONLY = frozenset({"userEnteredValue"})
_READ_ONLY = frozenset({"effectiveValue", "formattedValue", "effectiveFormat", "hyperlink"})
FIELDS = frozenset({"userEnteredValue", "userEnteredFormat", "note", "dataValidation", *_KEPT}) | _READ_ONLY
DEFAULT_FORMAT: Json = {
    "backgroundColor": {"red": 1, "green": 1, "blue": 1},
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    },
    "backgroundColorStyle": {"rgbColor": {"red": 1, "green": 1, "blue": 1}},
}


def cell_mask(mask: Mask) -> Mask:
    """The mask of an update of cells.

    Raises:
        ApiError: It names no field of CellData (400).
    """
    return known(mask, FIELDS)


def updated(slot: Slot, data: Json, mask: Mask) -> Slot:
    """The cell after an update: masked fields are taken from the data, and cleared where it has none.

    Raises:
        ApiError: A value is of no kind that a cell can take (400).
    """
    if mask.keys() == _VALUE_ONLY:
        return with_value(slot, *entered(data.get("userEnteredValue")))  # most updates, and the largest
    cell = as_cell(slot)
    changes: dict[str, Any] = {}
    if _masked(mask, "userEnteredValue"):
        changes["value"], changes["formula"] = entered(data.get("userEnteredValue"))
    if _masked(mask, "userEnteredFormat"):
        inner = mask.get("userEnteredFormat", ALL) if mask else ALL
        changed = merged(cell.format, data.get("userEnteredFormat"), inner) or {}
        changes["format"] = in_both_forms(changed, cell.format or {}) or None
    if _masked(mask, "note"):
        changes["note"] = data.get("note") or ""
    if _masked(mask, "dataValidation"):
        changes["validation"] = validation(data.get("dataValidation"))
    extra = dict(cell.extra or {})
    for name in _KEPT:
        if _masked(mask, name):
            extra.pop(name, None)
            if data.get(name):
                extra[name] = data[name]
    return as_slot(replace(cell, extra=extra or None, **changes))


def _masked(mask: Mask, name: str) -> bool:
    return not mask or name in mask


def entered(value: Json | None) -> tuple[Scalar | None, str | None]:
    """The value and the formula of an ExtendedValue; a stringValue is never parsed.

    Raises:
        ApiError: It is an error value, which nobody can enter (400).
    """
    for kind, content in (value or {}).items():
        if content is None:
            continue
        match kind:
            case "stringValue":
                return text(content), None
            case "numberValue":
                return number(float(content)), None
            case "boolValue":
                return bool(content), None
            case "formulaValue":
                if not content.startswith("="):
                    return text(content), None
                text(content)
                return None, content
            case _:
                raise invalid("Cannot set an error value as user entered value.")
    return None, None


def validation(rule: Json | None) -> Json | None:
    """A data validation rule as it is kept.

    Raises:
        ApiError: It has no condition (400).
    """
    if not rule:
        return None
    condition = rule.get("condition") or {}
    if condition.get("type", "CONDITION_TYPE_UNSPECIFIED") == "CONDITION_TYPE_UNSPECIFIED":
        raise invalid("A data validation rule must have a condition type.")
    kept = {"condition": {name: part for name, part in condition.items() if part}}
    return kept | {name: rule[name] for name in ("inputMessage", "strict", "showCustomUi") if rule.get(name)}


def extended(value: Value, formula: str | None = None) -> Json:
    """A value as Google's ExtendedValue."""
    if formula is not None:
        return {"formulaValue": formula}
    if isinstance(value, Fault):
        return {"errorValue": {"type": value.type, "message": value.message}}
    if isinstance(value, bool):
        return {"boolValue": value}
    return {"stringValue": value} if isinstance(value, str) else {"numberValue": value}


def shown(lens: Lens, tab: Tab, row: int, column: int, mask: Mask) -> Json:
    """A cell as a reply shows it."""
    slot = tab.at(row, column)
    if slot is None:
        return {}
    cell = as_cell(slot)
    out: Json = {}
    filled = cell.value is not None or cell.formula is not None
    value = lens.value(tab, row, column) if filled else None
    if filled and _masked(mask, "userEnteredValue"):
        out["userEnteredValue"] = extended(cell.value, cell.formula)
    if filled and value is not None and _masked(mask, "effectiveValue"):
        out["effectiveValue"] = extended(value)
    if filled and _masked(mask, "formattedValue"):
        out["formattedValue"] = lens.text(tab, row, column)
    if cell.format and _masked(mask, "userEnteredFormat"):
        out["userEnteredFormat"] = cell.format
    if _masked(mask, "effectiveFormat"):
        out["effectiveFormat"] = effective_format(lens, tab, cell)
    out.update(_about(cell, mask))
    return out


def _about(cell: Cell, mask: Mask) -> Json:
    """What a cell has besides a value and a format."""
    out: Json = {}
    link = ((cell.format or {}).get("textFormat") or {}).get("link") or {}
    if link.get("uri") and _masked(mask, "hyperlink"):
        out["hyperlink"] = link["uri"]
    if cell.note and _masked(mask, "note"):
        out["note"] = cell.note
    if cell.validation and _masked(mask, "dataValidation"):
        out["dataValidation"] = cell.validation
    out.update({name: part for name, part in (cell.extra or {}).items() if _masked(mask, name)})
    return out


def effective_format(lens: Lens, tab: Tab, cell: Cell) -> Json:
    """The spreadsheet's default format with the cell's own on top."""
    base: Json = lens.book.properties.get("defaultFormat") or DEFAULT_FORMAT
    out = _overlaid(base, cell.format or {})
    number_format = lens.number_format(tab, as_slot(cell))
    if number_format and cell.formula is not None:
        out["numberFormat"] = {**number_format, "pattern": lens.pattern(number_format)}
    return out


def _overlaid(base: Json, over: Json) -> Json:
    out = dict(base)
    for name, value in over.items():
        nested = isinstance(value, dict) and name in out and not is_colour(name)
        out[name] = _overlaid(out[name], value) if nested else value
    return out


def wanted_cells(mask: Mask | None) -> Mask | None:
    """What a mask on a spreadsheet wants of each cell; None if nothing."""
    return below(mask, "sheets", "data", "rowData", "values")

"""Comparisons, and the functions that choose cells by them."""

from __future__ import annotations

import fnmatch
import math
import re
from collections.abc import Callable

from sheetsdun.sandbox.sheets import typed
from sheetsdun.sandbox.sheets.cells import number
from sheetsdun.sandbox.sheets.formula.setting import Setting, flat
from sheetsdun.sandbox.sheets.formula.values import (
    Array,
    FormulaError,
    Result,
    Value,
    rank,
    single,
    to_bool,
    to_text,
)

_COMPARISON = re.compile(r"(<>|<=|>=|=|<|>)?(.*)", re.DOTALL)


def _matches(criterion: Value, setting: Setting) -> Callable[[Value], bool]:
    """The test that a criterion such as ``">=10"`` or ``"paid*"`` stands for."""
    operator, wanted = "=", criterion
    if isinstance(criterion, str):
        match = _COMPARISON.match(criterion)
        assert match is not None  # the pattern takes any text
        operator = match.group(1) or "="
        entry = typed.understand(match.group(2), setting.locale, setting.now.year).value
        wanted = match.group(2) if entry is None else entry

    def test(value: Value) -> bool:
        if isinstance(wanted, str) and operator in {"=", "<>"}:
            shown = value if isinstance(value, str) else ""
            same = fnmatch.fnmatchcase(shown.casefold(), wanted.casefold().replace("[", "[[]"))
            return same == (operator == "=")
        if value is None or rank(value)[0] != rank(wanted)[0]:
            return operator == "<>"
        return compare(operator, value, wanted)

    return test


def compare(operator: str, left: Value, right: Value) -> bool:
    """A comparison as formulas make it: an empty cell is equal to 0, to an empty text and to FALSE."""
    if left is None or right is None:
        other = right if left is None else left
        blank: Value = "" if isinstance(other, str) else (False if isinstance(other, bool) else 0)
        left = blank if left is None else left
        right = blank if right is None else right
    first, second = rank(left), rank(right)
    match operator:
        case "=":
            return first == second
        case "<>":
            return first != second
        case "<":
            return first < second
        case "<=":
            return first <= second
        case ">":
            return first > second
        case _:
            return first >= second


def countif(setting: Setting, cells: Result, criterion: Result) -> Value:
    """COUNTIF."""
    test = _matches(single(criterion), setting)
    return sum(test(value) for value in flat(cells))


def sumif(setting: Setting, cells: Result, criterion: Result, summed: Result | None = None) -> Value:
    """SUMIF."""
    test = _matches(single(criterion), setting)
    amounts = flat(cells if summed is None else summed)
    chosen: Array = [[amount for value, amount in zip(flat(cells), amounts, strict=False) if test(value)]]
    return number(math.fsum(setting.numbers((chosen,))))


def vlookup(setting: Setting, key: Result, cells: Result, column: Result, is_sorted: Result = True) -> Value:
    """VLOOKUP.

    Raises:
        FormulaError: The key is not there, or the column is none of the range.
    """
    wanted, index = single(key), int(setting.number(column)) - 1
    table = cells if isinstance(cells, list) else [[cells]]
    found: Value = None
    hit = False
    for row in table:
        if index < 0 or index >= len(row):
            raise FormulaError("#REF!", "VLOOKUP evaluates to an out of bounds range.")
        if compare("=", row[0], wanted) and row[0] is not None:
            return row[index]
        if to_bool(single(is_sorted), setting.locale) and row[0] is not None and compare("<", row[0], wanted):
            found, hit = row[index], True
    if not hit:
        raise FormulaError(
            "#N/A", f"Did not find value '{to_text(wanted, setting.locale)}' in VLOOKUP evaluation."
        )
    return found

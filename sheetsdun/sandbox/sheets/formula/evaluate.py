"""Tree → value."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Protocol

from sheetsdun.sandbox.sheets.cells import number
from sheetsdun.sandbox.sheets.formula.functions import FUNCTIONS
from sheetsdun.sandbox.sheets.formula.lookups import compare
from sheetsdun.sandbox.sheets.formula.parser import Broken, CallNode, Literal, Named, Node, Operation
from sheetsdun.sandbox.sheets.formula.setting import Setting
from sheetsdun.sandbox.sheets.formula.tokens import Reference
from sheetsdun.sandbox.sheets.formula.values import (
    Fault,
    FormulaError,
    Result,
    Value,
    single,
    to_bool,
    to_number,
    to_text,
)

_LARGEST = 1e308
_ARITHMETIC: Mapping[str, Callable[[float, float], float | complex]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "^": lambda left, right: float(left) ** right,
    "%": lambda left, _: left / 100,
    "unary-": lambda left, _: -left,
    "unary+": lambda left, _: left,
}
_LAZY = frozenset({"IF", "IFERROR", "IFNA", "ISERROR", "ISNA"})


class Lookup(Protocol):
    """Where an evaluation gets the values that a formula names."""

    def referred(self, reference: Reference) -> Result:
        """The values of a reference; a range is an array."""

    def named(self, name: str) -> Result | None:
        """The values of a named range; None if there is no such name."""


def evaluate(node: Node | None, lookup: Lookup, setting: Setting) -> Result:
    """The value of a tree.

    Raises:
        FormulaError: It is an error.
    """
    match node:
        case None:
            return None
        case Literal(value):
            return value
        case Broken(text):
            raise FormulaError(text, "Reference does not exist." if text == "#REF!" else "")
        case Reference():
            return lookup.referred(node)
        case Named(name):
            found = lookup.named(name)
            if found is None:
                raise FormulaError("#NAME?", f"Unknown range name: '{name.upper()}'.")
            return found
        case Operation(sign, operands):
            return _operate(sign, [single(evaluate(each, lookup, setting)) for each in operands], setting)
        case CallNode(name, arguments):
            return _call(name, arguments, lookup, setting)


def _operate(sign: str, operands: list[Value], setting: Setting) -> Value:
    if sign == "&":
        return "".join(to_text(value, setting.locale) for value in operands)
    if sign in {"=", "<>", "<", "<=", ">", ">="}:
        return compare(sign, operands[0], operands[1])
    numbers = [to_number(value, setting.locale, setting.now.year) for value in operands]
    result = _calculate(sign, numbers)
    if isinstance(result, complex) or abs(result) > _LARGEST:
        raise FormulaError("#NUM!")
    return number(result)


def _calculate(sign: str, numbers: list[float]) -> float | complex:
    try:
        return _ARITHMETIC[sign](numbers[0], numbers[-1])
    except ZeroDivisionError as error:
        raise FormulaError("#DIV/0!", "Function DIVIDE parameter 2 cannot be zero.") from error
    except OverflowError as error:
        raise FormulaError("#NUM!") from error


def _call(name: str, arguments: tuple[Node | None, ...], lookup: Lookup, setting: Setting) -> Result:
    if name in _LAZY:
        return _lazy(name, arguments, lookup, setting)
    function = FUNCTIONS.get(name)
    if function is None:
        raise FormulaError("#NAME?", f"Unknown function: '{name}'.")
    values = [evaluate(argument, lookup, setting) for argument in arguments]
    try:
        return function(setting, *values)
    except TypeError as error:
        raise FormulaError("#N/A", f"Wrong number of arguments to {name}.") from error
    except (ZeroDivisionError, ArithmeticError) as error:
        raise FormulaError("#DIV/0!") from error


def _lazy(name: str, arguments: tuple[Node | None, ...], lookup: Lookup, setting: Setting) -> Result:
    """The functions that do not look at every argument, or not at its error."""
    if not arguments:
        raise FormulaError("#N/A", f"Wrong number of arguments to {name}.")
    if name == "IF":
        chosen = to_bool(single(evaluate(arguments[0], lookup, setting)), setting.locale)
        if chosen:
            return evaluate(arguments[1], lookup, setting) if len(arguments) > 1 else True
        return evaluate(arguments[2], lookup, setting) if len(arguments) > 2 else False  # noqa: PLR2004 - third of IF
    try:
        result = evaluate(arguments[0], lookup, setting)
        value = single(result) if not isinstance(result, list) else None
    except FormulaError as error:
        caught = name in {"IFERROR", "ISERROR"} or error.fault.text == "#N/A"
        if not caught:
            if name == "ISNA":
                return False
            raise
        if name.startswith("IS"):
            return True
        return evaluate(arguments[1], lookup, setting) if len(arguments) > 1 else ""
    return False if name.startswith("IS") else (result if isinstance(result, list) else value)


def outcome(node: Node, lookup: Lookup, setting: Setting) -> Value:
    """What a cell with this formula shows: a scalar, or the error; of a range its first cell; of nothing 0."""
    try:
        result = evaluate(node, lookup, setting)
    except FormulaError as error:
        return error.fault
    if isinstance(result, list):
        result = result[0][0] if result and result[0] else None
    if isinstance(result, Fault):
        return result
    return 0 if result is None else result

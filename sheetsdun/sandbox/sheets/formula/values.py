"""What a formula can yield, and how one kind turns into another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from sheetsdun.sandbox.sheets import typed
from sheetsdun.sandbox.sheets.cells import Scalar, number
from sheetsdun.sandbox.sheets.locales import LocaleFacts
from sheetsdun.sandbox.sheets.patterns import general

_TYPES = {
    "#ERROR!": "ERROR",
    "#NULL!": "NULL_VALUE",
    "#DIV/0!": "DIVIDE_BY_ZERO",
    "#VALUE!": "VALUE",
    "#REF!": "REF",
    "#NAME?": "NAME",
    "#NUM!": "NUM",
    "#N/A": "N_A",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """An error value, as shown: ``#REF!``."""

    text: str
    message: str = ""

    @property
    def type(self) -> str:
        """Google's name for it."""
        return _TYPES[self.text]


class FormulaError(Exception):
    """Raised in the middle of a formula: its value is this fault."""

    def __init__(self, text: str, message: str = "") -> None:
        super().__init__(text)
        self.fault = Fault(text, message)


Value: TypeAlias = "Scalar | Fault | None"
"""A scalar, an error or an empty cell."""

Array: TypeAlias = list[list[Value]]
"""The values of a range, by row."""

Result: TypeAlias = "Value | Array"


def single(result: Result) -> Value:
    """One value: of a range of one cell, that cell.

    Raises:
        FormulaError: It is a larger range, or an error.
    """
    if isinstance(result, list):
        if len(result) != 1 or len(result[0]) != 1:
            raise FormulaError("#VALUE!", "An array value could not be found.")
        result = result[0][0]
    if isinstance(result, Fault):
        raise FormulaError(result.text, result.message)
    return result


def to_number(value: Value, locale: LocaleFacts, year: int = 1900) -> float:
    """The value as a number: an empty cell is 0, a text is read as if typed.

    Raises:
        FormulaError: It is none.
    """
    if value is None:
        return 0
    if isinstance(value, str):
        entry = typed.understand(value, locale, year).value
        if entry is None or isinstance(entry, str | bool):
            raise FormulaError("#VALUE!", f"Parameter expects number values. But '{value}' is a text.")
        return entry
    if isinstance(value, Fault):
        raise FormulaError(value.text, value.message)
    return int(value) if isinstance(value, bool) else value


def to_text(value: Value, locale: LocaleFacts) -> str:
    """The value as a text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return locale.true if value else locale.false
    if isinstance(value, Fault):
        raise FormulaError(value.text, value.message)
    return value if isinstance(value, str) else general(number(value), locale)


def to_bool(value: Value, locale: LocaleFacts) -> bool:
    """The value as true or false.

    Raises:
        FormulaError: It is a text that is neither.
    """
    if isinstance(value, str):
        if value.upper() in {"TRUE", locale.true}:
            return True
        if value.upper() in {"FALSE", locale.false, ""}:
            return False
        raise FormulaError("#VALUE!", f"Parameter expects boolean values. But '{value}' is a text.")
    return bool(to_number(value, locale))


def rank(value: Value) -> tuple[int, float | str]:
    """Where a value stands in order: numbers, texts without regard to case, booleans, errors, empty cells."""
    if value is None:
        return 4, 0
    if isinstance(value, Fault):
        return 3, value.text
    if isinstance(value, bool):
        return 2, int(value)
    if isinstance(value, str):
        return 1, value.casefold()
    return 0, value

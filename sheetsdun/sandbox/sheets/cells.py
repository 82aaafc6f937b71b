"""What a cell holds.

A grid has millions of them, so a cell that has only a value *is* that value; anything more (a format, a note, a
formula, …) is an immutable Cell. Formats and validation rules are shared and never changed in place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from sheetsdun.sandbox.sheets.errors import invalid
from sheetsdun.sandbox.wire import Json

Scalar: TypeAlias = str | float | bool
MAX_CHARACTERS = 50_000
_EXACT = 2**53


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds more than a value.

    Attributes:
        value: The entered value; None for an empty cell or a formula.
        formula: The entered formula with its equals sign.
        format: The userEnteredFormat.
        note: The note; empty for none.
        validation: The data validation rule.
        extra: Other kept fields of CellData, such as textFormatRuns.
    """

    value: Scalar | None = None
    formula: str | None = None
    format: Json | None = None
    note: str = ""
    validation: Json | None = None
    extra: Json | None = None


Slot: TypeAlias = Scalar | Cell | None
"""What stands at one place of the grid."""

Row: TypeAlias = tuple[Slot, ...]
"""One row: immutable, without trailing None."""

EMPTY = Cell()


def as_cell(slot: Slot) -> Cell:
    """The slot as a Cell."""
    if slot is None:
        return EMPTY
    return slot if isinstance(slot, Cell) else Cell(slot)


def as_slot(cell: Cell) -> Slot:
    """The shortest slot for a cell."""
    if cell.formula is None and not cell.note and not (cell.format or cell.validation or cell.extra):
        return cell.value
    return cell


def with_value(slot: Slot, value: Scalar | None, formula: str | None = None) -> Slot:
    """The slot with another content: its format, note and rule stay."""
    if not isinstance(slot, Cell):
        return value if formula is None else Cell(formula=formula)
    extra = {k: v for k, v in slot.extra.items() if k != "textFormatRuns"} if slot.extra else None
    return as_slot(replace(slot, value=value, formula=formula, extra=extra or None))


def has_content(slot: Slot) -> bool:
    """Whether there is a value or a formula."""
    if isinstance(slot, Cell):
        return slot.formula is not None or slot.value is not None
    return slot is not None


def trimmed(slots: list[Slot]) -> Row:
    """A row without its trailing empty slots."""
    end = len(slots)
    while end and slots[end - 1] is None:
        end -= 1
    return tuple(slots[:end])


def number(value: float) -> float:
    """The number as JSON shows it best: 5, not 5.0."""
    return int(value) if abs(value) < _EXACT and value == int(value) else float(value)


def text(value: str) -> str | None:
    """A text as a cell keeps it: an empty one is no content.

    Raises:
        ApiError: It is longer than Google allows (400).
    """
    if len(value) > MAX_CHARACTERS:
        raise invalid(
            f"Your input contains more than the maximum of {MAX_CHARACTERS} characters in a single cell."
        )
    return value or None

"""References moved: by a change of the grid, by a copy of the formula, by a sheet's new title."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sheetsdun.sandbox.sheets.areas import ROWS
from sheetsdun.sandbox.sheets.formula.tokens import End, Reference, tokens
from sheetsdun.sandbox.sheets.shifts import Shift

_GONE = "#REF!"


def rewritten(formula: str, decimal: str, change: Callable[[Reference], Reference | None]) -> str:
    """The formula with each reference changed; a reference that becomes None is an error in it from then on."""
    out = ["="]
    for token in tokens(formula, decimal):
        if token.reference is None:
            out.append(token.text)
            continue
        changed = change(token.reference)
        if changed is None:
            out.append(_GONE)
        else:
            out.append(token.text if changed == token.reference else str(changed))
    return "".join(out)


def follow(reference: Reference, shift: Shift) -> Reference | None:
    """The reference after its sheet was shifted; None if what it named is gone."""
    start, end = reference.start, reference.end
    first, last = (_along(part, shift) for part in (start, end or start))
    if first is None and last is None:
        return reference
    if end is None:
        assert first is not None
        index = shift.index(first)
        return None if index is None else replace(reference, start=_put(start, shift, index))
    span = shift.span(first or 0, None if last is None else last + 1)
    if span is None:
        return None
    return replace(
        reference,
        start=start if first is None else _put(start, shift, span[0]),
        end=end if span[1] is None else _put(end, shift, span[1] - 1),
    )


def copied(reference: Reference, down: int, right: int) -> Reference | None:
    """The reference in a copy of the formula so many rows down and columns right; None if it leaves the grid."""
    ends = []
    for part in (reference.start, reference.end):
        if part is None:
            continue
        row = part.row if part.row is None or part.fixed_row else part.row + down
        column = part.column if part.column is None or part.fixed_column else part.column + right
        if (row is not None and row < 0) or (column is not None and column < 0):
            return None
        ends.append(replace(part, row=row, column=column))
    return replace(reference, start=ends[0], end=ends[1] if len(ends) > 1 else None)


def _along(end: End, shift: Shift) -> int | None:
    return end.row if shift.axis == ROWS else end.column


def _put(end: End, shift: Shift, index: int) -> End:
    return replace(end, row=index) if shift.axis == ROWS else replace(end, column=index)

"""A1 notation: read and written, without knowing any spreadsheet."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TITLED = re.compile(r"(?s)(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^']+?))(?:!(?P<rest>[^!]*))?\Z")
_CELL = r"\$?([A-Za-z]{0,3})\$?([0-9]{0,8})"
_SPAN = re.compile(rf"{_CELL}(?::{_CELL})?\Z")
_BY_NUMBERS = re.compile(r"(?i)r([0-9]{1,8})c([0-9]{1,5})(?::r([0-9]{1,8})c([0-9]{1,5}))?\Z")
_PLAIN_TITLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_LIKE_A_CELL = re.compile(r"(?i)[a-z]{1,3}[0-9]+\Z|r[0-9]*c[0-9]*\Z|true\Z|false\Z")
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class Corners:
    """The cells that a reference names: zero-based, half-open; None where it is open."""

    top: int = 0
    bottom: int | None = None
    left: int = 0
    right: int | None = None
    single: bool = False


def column_letters(index: int) -> str:
    """``A`` for 0, ``AA`` for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """0 for ``A``, 26 for ``AA``."""
    index = 0
    for letter in letters.upper():
        index = index * _LETTERS + ord(letter) - ord("A") + 1
    return index - 1


def cell_name(row: int, column: int) -> str:
    """``B3`` for row 2, column 1."""
    return f"{column_letters(column)}{row + 1}"


def parse_corners(text: str) -> Corners | None:
    """What ``A1``, ``A1:B2``, ``A:C``, ``2:5``, ``A2:C``, ``B2:4``, ``R1C1:R2C2`` name; None for anything else."""
    match = _SPAN.match(text)
    if match is None:
        return _corners_by_numbers(text)
    letters, digits, end_letters, end_digits = match.groups()
    if end_letters is None:
        if not (letters and digits) or int(digits) < 1:
            return None
        row, column = int(digits) - 1, column_index(letters)
        return Corners(row, row + 1, column, column + 1, single=True)
    if not (letters or digits) or not (end_letters or end_digits):
        return None
    rows = _span(*(int(part) - 1 if part else None for part in (digits, end_digits)))
    columns = _span(*(column_index(part) if part else None for part in (letters, end_letters)))
    if rows[0] < 0:
        return None
    return Corners(rows[0], rows[1], columns[0], columns[1])


def _corners_by_numbers(text: str) -> Corners | None:
    """The other notation that Google takes: ``R2C3`` is C2."""
    match = _BY_NUMBERS.match(text)
    if match is None:
        return None
    top, left, bottom, right = (int(part) - 1 if part else None for part in match.groups())
    if -1 in {top, left, bottom, right}:
        return None
    single = bottom is None
    rows, columns = _span(top, top if single else bottom), _span(left, left if single else right)
    return Corners(rows[0], rows[1], columns[0], columns[1], single=single)


def _span(start: int | None, end: int | None) -> tuple[int, int | None]:
    """From two inclusive ends, in either order, either of them open, to a half-open span."""
    if start is None:
        # ``A:C5`` is the same as ``A1:C5``.
        return 0, None if end is None else end + 1
    if end is None:
        return start, None
    return min(start, end), max(start, end) + 1


def split_title(text: str) -> tuple[str | None, str | None, bool]:
    """The sheet's title, the reference after it, and whether the title was quoted.

    Without an exclamation mark an unquoted text may be either, so it is given as the reference.
    """
    match = _TITLED.match(text)
    if match is None:
        return None, text, False
    quoted, plain, rest = match.group("quoted", "plain", "rest")
    if quoted is not None:
        return quoted.replace("''", "'"), rest, True
    if rest is None:
        return None, plain, False
    return plain, rest, False


def quote_title(title: str) -> str:
    """The title as Google writes it in front of a range: in quotes where it could be misread."""
    if _PLAIN_TITLE.match(title) and not _LIKE_A_CELL.match(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def range_name(title: str, corners: Corners) -> str:
    """``'My sheet'!A2:C`` and the like."""
    start = cell_name(corners.top, corners.left)
    end = ("" if corners.right is None else column_letters(corners.right - 1)) + (
        "" if corners.bottom is None else str(corners.bottom)
    )
    return f"{quote_title(title)}!{start}" + (f":{end}" if end and end != start else "")

"""A formula in tokens, and the references in it."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from typing import TypeAlias

from sheetsdun.sandbox.sheets.a1 import column_index, column_letters, quote_title

_SHEET = r"(?:(?P<sheet>'(?:[^']|'')+'|[^\W\d][\w.]*)!)?"
_ENDS = (
    r"(?P<ref>\$?[A-Za-z]{1,3}\$?[1-9]\d{0,7}(?::\$?[A-Za-z]{1,3}(?:\$?[1-9]\d{0,7})?|:\$?[1-9]\d{0,7})?"
    r"|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?:\$?[1-9]\d{0,7})?|\$?[1-9]\d{0,7}:\$?[1-9]\d{0,7})(?![\w(.])"
)
_END = re.compile(r"(\$?)([A-Za-z]*)(\$?)(\d*)")


def _pattern(decimal: str) -> re.Pattern[str]:
    number = rf"(?:\d+(?:{re.escape(decimal)}\d*)?|{re.escape(decimal)}\d+)(?:[eE][+-]?\d+)?"
    return re.compile(
        r'(?P<string>"(?:[^"]|"")*")'
        r"|(?P<error>#(?:REF!|N/A|VALUE!|DIV/0!|NUM!|NAME\?|NULL!|ERROR!))"
        rf"|{_SHEET}{_ENDS}"
        rf"|(?P<number>{number})(?![\w])"
        r"|(?P<name>[^\W\d][\w.]*)"
        r"|(?P<operator><>|<=|>=|[-+*/^&=<>%(),;{}\\])"
        r"|(?P<space>\s+)|(?P<other>.)",
        re.DOTALL,
    )


_PATTERNS = {decimal: _pattern(decimal) for decimal in (".", ",")}


@dataclass(frozen=True, slots=True)
class End:
    """One end of a reference: a row, a column or both; None where it is open; and which of them are fixed by $."""

    row: int | None
    column: int | None
    fixed_row: bool = False
    fixed_column: bool = False

    def __str__(self) -> str:
        column = (
            "" if self.column is None else ("$" if self.fixed_column else "") + column_letters(self.column)
        )
        row = "" if self.row is None else ("$" if self.fixed_row else "") + str(self.row + 1)
        return column + row


@dataclass(frozen=True, slots=True)
class Reference:
    """A cell or a range in a formula, and the title of its sheet if it is named."""

    start: End
    end: End | None = None
    sheet: str | None = None

    def __str__(self) -> str:
        title = f"{quote_title(self.sheet)}!" if self.sheet is not None else ""
        return title + str(self.start) + (f":{self.end}" if self.end else "")

    def renamed(self, old: str, new: str) -> Reference:
        """The same reference after its sheet got another title."""
        same = self.sheet is not None and self.sheet.casefold() == old.casefold()
        return replace(self, sheet=new) if same else self


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a formula: string, error, ref, number, name, operator, space or other."""

    kind: str
    text: str
    reference: Reference | None = None


Tokens: TypeAlias = tuple[Token, ...]


@functools.lru_cache(maxsize=16_384)
def tokens(formula: str, decimal: str) -> Tokens:
    """The tokens of a formula (after its equals sign), in a locale with this decimal separator."""
    out = []
    for match in _PATTERNS[decimal].finditer(formula, 1):
        kind = match.lastgroup or "other"
        if kind == "ref":
            out.append(Token(kind, match.group(), _reference(match.group("sheet"), match.group("ref"))))
        else:
            out.append(Token(kind, match.group()))
    return tuple(out)


def _reference(sheet: str | None, text: str) -> Reference:
    title = sheet[1:-1].replace("''", "'") if sheet and sheet.startswith("'") else sheet
    start, _, end = text.partition(":")
    return Reference(_end(start), _end(end) if end else None, title)


def _end(text: str) -> End:
    match = _END.match(text)
    assert match is not None  # every part of the pattern may be empty
    first, letters, second, digits = match.groups()
    if not letters:
        return End(int(digits) - 1, None, fixed_row=bool(first or second))
    row = int(digits) - 1 if digits else None
    return End(row, column_index(letters), fixed_row=bool(second), fixed_column=bool(first))

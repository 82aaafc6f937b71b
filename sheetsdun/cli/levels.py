"""A CSV file of invoices and the levels that they have behind them, for ``backfill``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from sheetsdun.errors import UsageError
from sheetsdun.sync.claims import Claim

_COLUMNS = ("invoice", "level")
_SEPARATORS = ",;\t"


def read_levels(path: Path) -> tuple[list[Claim], list[str]]:
    """Read the file: what it claims, and what is wrong with its lines.

    Its first line names the columns, ``invoice`` and ``level`` among them, in any order and case; others are passed
    over. Comma, semicolon or tab may separate them, as spreadsheets write them.

    Raises:
        UsageError: It cannot be read, or one of the two columns is not there.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8"
        raise UsageError(f"{path} cannot be read ({why}).") from None
    head = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    header = [name.strip().casefold() for name in next(reader, [])]
    missing = [name for name in _COLUMNS if header.count(name) != 1]
    if missing:
        raise UsageError(
            f"The first line of {path} must name the columns “invoice” and “level”, each once.",
            "For example: invoice,level",
        )
    places = [header.index(name) for name in _COLUMNS]
    claims: list[Claim] = []
    mistakes: list[str] = []
    for line, cells in _lines(reader, path):
        where = f"line {line}"
        invoice, level = (cells[place].strip() if place < len(cells) else "" for place in places)
        if invoice and level:
            claims.append(Claim(where, invoice, level))
        elif any(cell.strip() for cell in cells):
            mistakes.append(f"{where}: there is no {'level' if invoice else 'invoice'}")
    return claims, mistakes


def _lines(reader: Iterator[list[str]], path: Path) -> Iterator[tuple[int, list[str]]]:
    """Each record with the number of the line on which it begins; an entry in quotes may hold line breaks."""
    begins = 2
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1  # type: ignore[attr-defined]  # csv's reader has it; its stub gives no type to name
    except csv.Error as error:
        raise UsageError(f"{path}, line {begins}: {error}.") from None

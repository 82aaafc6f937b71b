"""Which setting stands in which line of a TOML text. tomllib tells no lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

Path = tuple[str | int, ...]
"""Where a setting is: keys, and the place in an array of tables."""

_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
_KEY = rf"{_PART}(?:\s*\.\s*{_PART})*"
_TABLE = re.compile(rf"\s*(\[\[?)\s*({_KEY})\s*\]\]?")
_SETTING = re.compile(rf"\s*({_KEY})\s*=")
_PARTS = re.compile(_PART)
_VALUE = re.compile(r'''#.*|"""|\'\'\'|"(?:[^"\\]|\\.)*"|'[^']*'|[\[{\]}]''')


def locate(text: str) -> dict[Path, int]:
    """The 1-based line of every table and setting in a text that tomllib has read without complaint."""
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    for number, line in _statements(text):
        if match := _TABLE.match(line):
            table = _indexed(_parts(match[2]), counts)
            if match[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            found.setdefault(table, number)
        elif match := _SETTING.match(line):
            path = table
            for part in _parts(match[1]):
                path = (*path, part)
                found.setdefault(path, number)
    return found


def nearest(path: Path, lines: Mapping[Path, int]) -> int | None:
    """The line of a setting, or of the innermost table or setting around it."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return None


def _indexed(parts: Path, counts: Mapping[Path, int]) -> Path:
    """The path of a table, with the place in each array of tables that it lies in."""
    path: Path = ()
    for place, part in enumerate(parts):
        path = (*path, part)
        if path in counts and place < len(parts) - 1:
            path = (*path, counts[path])
    return path


def _parts(key: str) -> Path:
    return tuple(part[1:-1] if part[0] in "\"'" else part for part in _PARTS.findall(key))


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """The lines that begin a statement: those within a multi-line text, array or table are left out."""
    depth, quote = 0, ""
    for number, line in enumerate(text.splitlines(), start=1):
        if not depth and not quote:
            yield number, line
            if _TABLE.match(line):
                continue
        rest = line
        while rest:
            if quote:
                _, closing, rest = rest.partition(quote)
                quote = "" if closing else quote
                continue
            match = _VALUE.search(rest)
            if match is None:
                break
            rest = rest[match.end() :]
            if match[0] in {'"""', "'''"}:
                quote = match[0]
            elif match[0] in "[{":
                depth += 1
            elif match[0] in "]}":
                depth -= 1

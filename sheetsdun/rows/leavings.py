"""Statuses in rows that are no invoice's and hold nothing else.

A run died before it could take them out again; somebody pasted back what the column said once, or emptied all other
cells of a row. While a run lives it knows what it has written (``sync.strays``). Here nothing is known but what
statuses say, so what a person keeps in a blank row, a count say, is told from ours by its words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeAlias

from sheetsdun.ports import CellWrite, Table, Value
from sheetsdun.rows.cells import as_read
from sheetsdun.rows.columns import OURS, Columns, places
from sheetsdun.rows.project import Status
from sheetsdun.rows.words import Words

Said: TypeAlias = tuple[Value, ...]
"""What a row says in our columns, in their order of ``OURS``."""

_TEXTS = ("reminder_status", "reminder_level", "reminder_note", "draft")
_NOTHING: tuple[Value, ...] = ("", False)
"""An empty box is nothing, too."""


def leavings(
    table: Table, columns: Columns, statuses: Mapping[str, Status | None], words: Words
) -> frozenset[Said]:
    """What stands in otherwise blank rows and is surely ours.

    The status is one that we could have written; or, without any, each other text is one that an invoice's row says.

    Args:
        table: The whole tab.
        columns: Which header each field has.
        statuses: What the rows should say, by identity.
        words: The language of the status columns.
    """
    where = places(table.header, columns)
    number = where[columns.identity[0]]
    ours = {where[name] for name in OURS if name in where}
    found: set[Said] = set()
    theirs: set[Said] = set()
    for values in table.values:
        if number >= len(values) or values[number] == "":
            (found if _holds_nothing_but(ours, values) else theirs).add(_said(values, where))
    # Rows of both kinds that say the same cannot be told apart where only some columns are read again.
    found -= theirs
    if not any(map(any, found)):
        return frozenset()
    known: set[tuple[str, Value]] = set()
    for status in filter(None, statuses.values()):
        known.update((name, as_read(getattr(status, name))) for name in _TEXTS)
    for values in table.values:
        if number < len(values) and values[number] != "":
            known.update(zip(OURS, _said(values, where), strict=True))
    return frozenset(said for said in found if _is_ours(said, known, words))


def emptied(table: Table, columns: Columns, left: Collection[Said]) -> Iterator[CellWrite]:
    """The writes that take them out, wherever those rows stand by now.

    Args:
        table: The tab, read just now: at least the columns that must be read ``again``.
        columns: Which header each field has.
        left: The leavings of the whole tab.
    """
    if not left:
        return
    where = places(table.header, columns)
    ours = {where[name] for name in OURS if name in where}
    for place, values in enumerate(table.values, start=table.header_row):
        if _said(values, where) in left and _holds_nothing_but(ours, values):
            yield from (
                CellWrite(place, column, None)
                for column in sorted(ours)
                if column < len(values) and values[column] != ""
            )


def _holds_nothing_but(ours: Collection[int], values: Sequence[Value]) -> bool:
    return all(value in _NOTHING for column, value in enumerate(values) if column not in ours)


def _said(values: Sequence[Value], where: Mapping[str, int]) -> Said:
    found = (where.get(name, len(values)) for name in OURS)
    return tuple(values[place] if place < len(values) else "" for place in found)


def _is_ours(said: Said, known: Collection[tuple[str, Value]], words: Words) -> bool:
    texts = [
        (name, value) for name, value in zip(OURS, said, strict=True) if isinstance(value, str) and value
    ]
    if said[0] != "":
        return isinstance(said[0], str) and words.is_status(said[0])
    return bool(texts) and all(text in known for text in texts)

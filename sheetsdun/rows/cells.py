"""Statuses as cells: each row found by its identity and each column by its header, only what differs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sheetsdun.domain.invoice import Action, Problem
from sheetsdun.ports import CellWrite, NoteWrite, Table, Value, serial
from sheetsdun.rows import vocabulary
from sheetsdun.rows.columns import OURS, Columns, places
from sheetsdun.rows.identity import Identity, others
from sheetsdun.rows.locales import Notation
from sheetsdun.rows.parse import rows
from sheetsdun.rows.problems import Flaw
from sheetsdun.rows.project import Status
from sheetsdun.rows.text import clean
from sheetsdun.rows.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What is to be written to the invoice tab.

    Attributes:
        cells: The cells that differ, top to bottom.
        missing: Headers that are not there, or more than once: nothing is written under them, and without an identity
            column nothing at all.
        vanished: Identities that are in no row any more.
        uncleared: Identities whose Action cell still says what was carried out; emptying it is among the cells.
    """

    cells: tuple[CellWrite, ...] = ()
    missing: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()
    uncleared: tuple[str, ...] = ()


def writing(
    table: Table,
    columns: Columns,
    locale: str,
    statuses: Mapping[str, Status | None],
    words: Words,
    carried_out: Mapping[str, Action] | None = None,
) -> Writing:
    """Compare the statuses with the tab as it is now.

    Args:
        table: The tab, read just now: at least the columns that must be read ``again``.
        columns: Which header each field has.
        locale: The spreadsheet's.
        statuses: By identity; None where several rows had the number when the tab was parsed. Those rows, and rows of
            a number that stands twice by now, are told in their note and not touched otherwise.
        words: The language of the status columns.
        carried_out: Actions that were carried out, by identity. Their cell is emptied if it still says so.
    """
    where = places(table.header, columns)
    missing = tuple(
        columns.headers[name]
        for name in dict.fromkeys((*columns.identity, *OURS))
        if name not in where and columns.headers[name]
    )
    identity = Identity.at(where, columns, Notation.of(locale))
    if identity is None:
        return Writing(missing=missing)
    found: dict[str, list[tuple[int, Sequence[Value]]]] = {}
    for number, values, shown in rows(table):
        name = identity.of(values, shown)
        if name in statuses or (carried_out and name in carried_out):
            found.setdefault(name, []).append((number, values))
    cells: list[CellWrite] = []
    uncleared: list[str] = []
    for name, several in found.items():
        if len(several) > 1:
            cells += _twice([number for number, _ in several], dict(several), where, words)
            continue
        number, values = several[0]
        if status := statuses.get(name):
            cells += _differing(number, values, where, _wanted(status), quiet=status.quiet)
        if carried_out and (action := carried_out.get(name)) and _says(values, where, action):
            cells.append(CellWrite(number - 1, where["action"], None))
            uncleared.append(name)
    cells.sort(key=lambda cell: (cell.row, cell.column))
    vanished = tuple(name for name in statuses if name not in found)
    return Writing(cells=tuple(cells), missing=missing, vanished=vanished, uncleared=tuple(uncleared))


def header_note(table: Table, columns: Columns, text: str) -> NoteWrite | None:
    """The note on the header of the status column; None where that column is not there."""
    place = places(table.header, columns).get("reminder_status")
    return None if place is None else NoteWrite(table.header_row - 1, place, text)


_Wanted = Mapping[str, tuple[str | dt.date | None, str]]


def _wanted(status: Status) -> _Wanted:
    """Value and link by field."""
    return {name: (getattr(status, name) or None, status.link if name == "draft" else "") for name in OURS}


def _differing(
    number: int, values: Sequence[Value], where: Mapping[str, int], wanted: _Wanted, *, quiet: bool = False
) -> Iterator[CellWrite]:
    """The cells of one row that say something else than they should."""
    there = {name: _at(values, where[name]) for name in wanted if name in where}
    if quiet and not any(value != "" for value in there.values()):
        return
    for name, value in there.items():
        want, link = wanted[name]
        if value != as_read(want):
            yield CellWrite(number - 1, where[name], want, link)


def _twice(
    numbers: Sequence[int], several: Mapping[int, Sequence[Value]], where: Mapping[str, int], words: Words
) -> Iterator[CellWrite]:
    """The notes of rows that have one number between them."""
    for number in numbers:
        said = words.problem(Problem("", Flaw.DUPLICATE.value, others(numbers, number)))
        note = f"{said[:1].upper()}{said[1:]}."
        yield from _differing(number, several[number], where, {"reminder_note": (note, "")})


def _says(values: Sequence[Value], where: Mapping[str, int], action: Action) -> bool:
    """Whether the Action cell asks for that."""
    place = where.get("action")
    return place is not None and vocabulary.ACTIONS.get(clean(str(_at(values, place))).casefold()) is action


def _at(values: Sequence[Value], place: int) -> Value:
    return values[place] if place < len(values) else ""


def as_read(want: Value | dt.date | None) -> Value:
    """How a cell that holds this is read, unformatted."""
    if want is None:
        return ""
    return serial(want) if isinstance(want, dt.date) else want

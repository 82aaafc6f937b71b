"""The contract Sheet, and the types that cross it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, TypeAlias

Value: TypeAlias = str | int | float | bool
"""A cell as Sheets gives it unformatted. Empty cells are ""; dates are serial numbers."""

EPOCH = dt.date(1899, 12, 30)
"""Day 0 of Sheets: day 1 is 1899-12-31."""


def serial(day: dt.date) -> int:
    """The number that Sheets keeps for a day."""
    return (day - EPOCH).days


def letters(column: int) -> str:
    """The letters of a 0-based column: A, B, … Z, AA."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the lease's chain; its number never comes back.

    Attributes:
        number: From 1; the highest is the present one.
        owner: Id of the run that holds it.
        expires: UTC; for a lease that was let go, when that was.
        events: Number of events in the log once this write has landed.
        free: The lease was let go with this write, whatever anybody's clock says.
    """

    number: int
    owner: str
    expires: dt.datetime
    events: int
    free: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One tab as it was read.

    Attributes:
        title: The tab's title.
        sheet_id: Its id, which stays when it is renamed.
        header_row: 1-based.
        header: Header cells as shown.
        values: Rows under the header, unformatted; trailing empty cells are absent.
        shown: The same rows as people see them.
        width, height: Of the grid, in columns and rows.
    """

    title: str
    sheet_id: int
    header_row: int
    header: tuple[str, ...]
    values: Sequence[Sequence[Value]] = ()
    shown: Sequence[Sequence[str]] = ()
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The spreadsheet at one moment: the chain was read first, then the tabs.

    Attributes:
        locale: Such as ``de_DE``.
        time_zone: IANA name.
        links: The lease's chain, lowest number first.
        cells: Cells that the whole spreadsheet may still take.
        room: Characters of links that it may still take.
        tables: By the title asked for; a tab that is not there is absent.
    """

    spreadsheet_id: str
    title: str
    locale: str
    time_zone: str
    links: tuple[Link, ...]
    tables: Mapping[str, Table]
    cells: int = 0
    room: int = 0


@dataclass(frozen=True, slots=True)
class CellWrite:
    """One cell to be written: text, number, date or truth, never a formula.

    Attributes:
        row, column: 0-based place in the grid.
        value: None empties the cell.
        link: An address that the cell's text leads to; "" for none.
    """

    row: int
    column: int
    value: str | int | float | dt.date | None
    link: str = ""


@dataclass(frozen=True, slots=True)
class NoteWrite:
    """The note of one cell of ours (the status header)."""

    row: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell of a tab that is wholly ours.

    Attributes:
        value: Text, number or date, never a formula; None for an empty cell.
        bold: Whether it stands out.
        pattern: How a number is shown, such as ``#,##0.00``; "" as Sheets likes.
    """

    value: str | Decimal | int | dt.date | None
    bold: bool = False
    pattern: str = ""

    @property
    def plain(self) -> Value:
        """The value as a reading gives it."""
        if self.value is None:
            return ""
        if isinstance(self.value, Decimal):
            return float(self.value)
        return serial(self.value) if isinstance(self.value, dt.date) else self.value


@dataclass(frozen=True, slots=True)
class Leaf:
    """A tab that is wholly ours, as it is to be.

    Attributes:
        title: Its title.
        rows: All of its cells.
        frozen: Rows at the top that stay in sight.
    """

    title: str
    rows: Sequence[Sequence[Entry]]
    frozen: int = 0

    @property
    def width(self) -> int:
        """Its columns."""
        return max(map(len, self.rows), default=1)

    @property
    def stamp(self) -> str:
        """A hash of all that stands on it, formats included: what the tab is marked with as ours."""
        told = [[(str(each.value), each.bold, each.pattern) for each in row] for row in self.rows]
        text = json.dumps([self.frozen, told], ensure_ascii=False)
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Kept:
    """A tab as it was found, for whoever would write it.

    Attributes:
        stamp: What it is marked with; None where it does not bear our mark: it is a person's.
        values: Its cells, unformatted; trailing empty ones are absent.
        size: Cells of its grid.
    """

    stamp: str | None
    values: Sequence[Sequence[Value]] = ()
    size: int = 0


class Sheet(Protocol):
    """A spreadsheet with an invoice tab, a log tab and a chain."""

    def read(self) -> Snapshot:
        """Read the chain, then all tabs that the config names, each both unformatted and as shown."""

    def chain(self) -> tuple[Link, ...]:
        """Read the chain alone, lowest number first."""

    def tables(self) -> Mapping[str, Table]:
        """Read the tabs again, as ``read`` does, but neither the chain nor the log: what decide is asked with anew."""

    def reread(self, tab: str, wanted: Callable[[str], bool]) -> Table:
        """Read the tab's header again, and the columns whose header is wanted; the others' cells are "" in the answer.

        Which headers mean the same column is for whoever asks to say.
        """

    def append(self, link: Link, events: Sequence[Sequence[str]], *, prune: Sequence[int] = ()) -> None:
        """One atomic write: create the link, append rows to the log, delete the links numbered ``prune``.

        Without events it only creates the link. Raises LinkTaken, Rejected, NoAnswer.
        """

    def write(
        self, link: Link, tab: str, cells: Sequence[CellWrite], notes: Sequence[NoteWrite] = (), *,
        prune: Sequence[int] = (),
    ) -> None:  # fmt: skip
        """One atomic write: create the link, set these cells and notes. Raises LinkTaken, Rejected, NoAnswer."""

    def kept(self, title: str) -> Kept | None:
        """Look at a tab that would be wholly ours; None where there is none of that title."""

    def rewrite(self, link: Link, leaf: Leaf, *, prune: Sequence[int] = ()) -> None:
        """One atomic write: create the link, and make the tab what the leaf says, adding it where it was not ``kept``.

        To be called only after ``kept``, and only where the tab is missing or ours. Raises LinkTaken, Rejected, NoAnswer.
        """

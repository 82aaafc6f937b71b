"""Statuses into the sheet, each to its own row, although people sort and insert while we write.

Google has no compare-and-swap on cells. So: read identities and header again, write only our own cells that differ,
read back, and repair what slipped, at most three times; then tell.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sheetsdun.domain.invoice import Action
from sheetsdun.errors import Unreachable
from sheetsdun.journal.lease import Lease
from sheetsdun.ports import CellWrite, NoteWrite, Rejected, Sheet, Table
from sheetsdun.rows.cells import Writing, header_note, writing
from sheetsdun.rows.columns import Columns
from sheetsdun.rows.leavings import Said, emptied
from sheetsdun.rows.project import Status
from sheetsdun.rows.words import Words
from sheetsdun.sync import protected
from sheetsdun.sync.displaced import Displaced, displaced, moved
from sheetsdun.sync.outcome import Outcome
from sheetsdun.sync.strays import strays, wiped

TRIES = 3

SEARCHES = 30
"""Halvings in search of protected cells; what is not found by then is left out as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the invoice tab is to say.

    Attributes:
        tab: Its title.
        locale: The spreadsheet's.
        statuses: By identity; None for one whose number stands in several rows.
        carried_out: Actions whose cell is to be emptied, by identity.
        note: For the header of the status column.
        known: The whole tab as it was read when the run began.
        left: What stands of ours in its blank rows.
    """

    tab: str
    columns: Columns
    locale: str
    words: Words
    statuses: Mapping[str, Status | None]
    carried_out: Mapping[str, Action]
    note: str
    known: Table
    left: Collection[Said] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What came of it.

    Attributes:
        table: The tab as it was read last.
        emptied: Identities whose Action cell no longer says what was carried out.
        refused: Cells that Google does not let us write.
    """

    table: Table
    emptied: frozenset[str]
    refused: tuple[CellWrite, ...]


def write_back(
    page: Page, *, sheet: Sheet, lease: Lease, outcome: Outcome, last: bool, heed: Callable[[Table], None]
) -> Written:
    """Write what differs, and the header's note.

    Args:
        page: What the tab is to say.
        sheet: Where.
        lease: Every write goes through it.
        outcome: Told what could not be written.
        last: Whether the lease may go with the write, since nothing is to be written after it.
        heed: Told what the tab says right before the first write.

    Raises:
        LeaseHeld, Unreachable: Statuses are a projection: the next run writes them.
    """
    there = _read(page, sheet)
    first = there.table
    heed(first)
    note = header_note(there.table, page.columns, page.note)
    writer = _Writer(page.tab, lease, last=last)
    written: list[CellWrite] = []
    back: Sequence[CellWrite] = ()
    hit = Displaced()
    for _ in range(TRIES):
        wanted = [cell for cell in (*there.cells, *back) if _place(cell) not in writer.refused]
        items: list[CellWrite | NoteWrite] = [*wanted, note] if note else [*wanted]
        if not items:
            break
        writer.write(items)
        written += wanted
        note = None
        before, there = there, _read(page, sheet)
        latest = [cell for cell in wanted if cell not in back]
        there = _after(there, before, page, latest, written, first)
        found = _displaced(page, sheet, before.table, there.table, latest)
        back, hit = found.back, hit + found
    else:
        if people := [*back, *there.taken]:
            writer.write(people)
    _tell_displaced(hit, writer.refused, outcome)
    slipped = [cell for cell in there.cells if _place(cell) not in writer.refused and cell not in there.taken]
    if slipped:
        outcome.warn(
            f"{len(slipped)} status cells changed while they were written; the next run repairs them."
        )
    if writer.refused:
        outcome.warn(
            f"Google would not let us write {protected.named(sorted(writer.refused))}: {writer.why} "
            "If these cells are protected, let the account that runs sheetsdun edit them."
        )
    for header in there.writing.missing:
        outcome.warn(
            f"The column “{header}” is not there (or stands twice), so nothing was written under it."
        )
    return Written(
        table=there.table,
        emptied=frozenset(page.carried_out) - set(there.writing.uncleared),
        refused=tuple(cell for cell in there.cells if _place(cell) in writer.refused),
    )


class _Writer:
    """Writes cells, leaving out those that Google refuses: one protected cell fails the whole batch it is in.

    Attributes:
        refused: Places (row, column; from 0) of cells that are left out.
        why: Google's words.
    """

    def __init__(self, tab: str, lease: Lease, *, last: bool) -> None:
        self._tab = tab
        self._lease = lease
        self._last = last
        self._searches = SEARCHES
        self.refused: set[tuple[int, int]] = set()
        self.why = ""

    def write(self, items: Sequence[CellWrite | NoteWrite]) -> None:
        """Write all at once; where that is refused, halves of it, down to the single cell."""
        cells = [item for item in items if isinstance(item, CellWrite)]
        notes = [item for item in items if isinstance(item, NoteWrite)]
        try:
            self._lease.write(self._tab, cells, notes, last=self._last)
        except Rejected as rejected:
            if rejected.quota:
                why = f"Google would not take the statuses: {rejected.message}"
                raise Unreachable(why, "The next run writes them.") from rejected
            self.why = rejected.message
            if len(items) == 1 or not self._searches:
                self.refused.update(map(_place, items))
                return
            self._searches -= 1
            by_column = sorted(items, key=lambda item: (item.column, item.row))
            middle = len(by_column) // 2
            self.write(by_column[:middle])
            self.write(by_column[middle:])


def _place(item: CellWrite | NoteWrite) -> tuple[int, int]:
    return item.row, item.column


@dataclass(frozen=True, slots=True)
class _There:
    """The tab as it is now, what it lacks, and all the cells that are to be written for it.

    Attributes:
        taken: Those of them that give people's Action cells back what another row's Action was written over.
    """

    table: Table
    writing: Writing
    cells: Sequence[CellWrite]
    taken: Sequence[CellWrite] = ()


def _read(page: Page, sheet: Sheet) -> _There:
    table = sheet.reread(page.tab, page.columns.again)
    lacks = writing(table, page.columns, page.locale, page.statuses, page.words, page.carried_out)
    return _There(table, lacks, [*lacks.cells, *emptied(table, page.columns, page.left)])


def _after(
    there: _There,
    before: _There,
    page: Page,
    latest: Sequence[CellWrite],
    written: Sequence[CellWrite],
    first: Table,
) -> _There:
    """What was read after a write, with what that write did to rows that had moved."""
    columns, locale = page.columns, page.locale
    left = strays(written, first, there.table, columns, locale, page.statuses)
    taken = wiped(latest, before.table, there.table, columns, locale)
    # A blank row may hold what this run has just written, and a dead run before it.
    return replace(there, cells=[*dict.fromkeys((*there.cells, *left)), *taken], taken=taken)


def _displaced(
    page: Page, sheet: Sheet, before: Table, after: Table, latest: Sequence[CellWrite]
) -> Displaced:
    """What a write has hit in people's columns that came a moment after a column moved."""
    cells = moved(latest, before, after)
    now = sheet.tables().get(page.tab) if cells else None
    if now is None:
        return Displaced()
    return displaced(
        cells,
        before=before,
        now=now,
        known=page.known,
        columns=page.columns,
        locale=page.locale,
        carried_out=page.carried_out,
    )


def _tell_displaced(hit: Displaced, refused: Collection[tuple[int, int]], outcome: Outcome) -> None:
    given = {_place(cell) for cell in hit.back if cell.value is not None} - set(refused)
    lost = {*hit.lost, *(place for place in map(_place, hit.back) if place in refused)}
    if given or lost:
        outcome.warn(
            "A column was inserted or moved at the very moment of writing, so we wrote over "
            f"{protected.named(sorted(given | lost))}. {len(given)} of {len(given | lost)} cells got back what they held "
            "when the run began, formulas as values: compare them with the version history."
        )

"""The aging written into a tab of its own: as a whole, under the lease's fence, and only where it has changed."""

from __future__ import annotations

from collections.abc import Sequence

from sheetsdun.errors import Refused, Unreachable, UsageError
from sheetsdun.journal.lease import Lease
from sheetsdun.ports import Entry, Rejected, Value
from sheetsdun.rows.aging_tab import aging_tab
from sheetsdun.sync import guards
from sheetsdun.sync.guards import Accept
from sheetsdun.sync.receivables import Receivables
from sheetsdun.sync.settings import Desk


def write_aging(desk: Desk, told: Receivables) -> bool:
    """Write the tab; False where it says just that already.

    Raises:
        UsageError: The config says that there is to be no such tab.
        Refused: A tab of that title is not ours, the log is damaged, the sheet has grown backwards, or there is no room.
        LeaseHeld: Another run is at work, or has gone on since the sheet was read: nothing was written.
        Unreachable: Google cannot be had, or says no.
    """
    title = desk.settings.tabs.aging
    if not title:
        raise UsageError(
            'The config says aging = "": there is to be no such tab.',
            'Name it under [sheet] aging, such as "Aging".',
        )
    known, run = told.known, told.known.run
    if known.history.last_day is not None and run.today < known.history.last_day:
        raise Refused(
            f"Today would be {run.today}, but the log has already seen {known.history.last_day}.",
            "The tab is of today: leave --today and --now out, or wait until that day.",
        )
    others = set(Accept) - {Accept.LOG}
    guards.check_sheet(run, known.snapshot, known.history, len(known.invoices), others)
    words = desk.settings.words(run.today)
    leaf = aging_tab(told.aging, title, run.today, words)
    kept = desk.sheet.kept(title)
    if kept is not None and kept.stamp is None:
        raise Refused(
            f"The spreadsheet has a tab “{title}” that sheetsdun has not made, so it was left alone.",
            "Rename that tab, or name another one under [sheet] aging in the config.",
        )
    if kept is not None and kept.stamp == leaf.stamp and _same(kept.values, leaf.rows):
        return False
    guards.check_room(known.snapshot, run.now(), 1, 0)
    cells = len(leaf.rows) * leaf.width
    if cells - (kept.size if kept else 0) > known.snapshot.cells:
        raise Refused(
            f"The tab “{title}” needs {cells:,} cells, and the spreadsheet has no room for them.",
            "Delete empty rows and columns of other tabs; a spreadsheet may hold 10 million cells.",
        )
    lease = Lease(
        desk.sheet,
        known.snapshot.links,
        owner=run.id,
        events=known.history.count,
        now=run.now,
        pause=desk.pause,
    )
    try:
        lease.rewrite(leaf, last=True)
    except Rejected as rejected:
        raise Unreachable(
            f"Google refused to write the tab “{title}”: {rejected.message}",
            "May the account that runs sheetsdun edit it? It is safe to run again.",
        ) from rejected
    return True


def _same(values: Sequence[Sequence[Value]], rows: Sequence[Sequence[Entry]]) -> bool:
    """Whether the cells say what they should: somebody may have typed over them."""
    return [_trimmed(row) for row in values] == [_trimmed([each.plain for each in row]) for row in rows]


def _trimmed(row: Sequence[Value]) -> list[Value]:
    cells = [*row]
    while cells and cells[-1] == "":
        cells.pop()
    return cells
